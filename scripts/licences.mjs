/**
 * `npm run licences`: name, version and licence of every package that an installation without development packages may hold, on any
 * system, from the lock file. Ends with 1 when one is outside the list below. Another lock file may be named.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Licences that ask for a notice at most. CC-BY-4.0 is caniuse-lite's, a table of data. */
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC-BY-4.0', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'Unlicense', 'Zlib']);

/** Read in the package's own licence file where its package.json says nothing, or nothing in SPDX. */
const READ_BY_HAND = { 'duck@0.1.12': 'BSD-2-Clause', 'map-stream@0.1.0': 'MIT', 'pause-stream@0.0.11': 'MIT OR Apache-2.0' };

/** Whether an SPDX expression can be met by allowed licences. Brackets within brackets do not occur; an expression with them is refused. */
function isAllowed(expression) {
  const bare = expression.replace(/^\(([^()]*)\)$/u, '$1');
  return bare.split(' OR ').some((either) => either.split(' AND ').every((licence) => ALLOWED.has(licence.trim())));
}

/** What the installed package says of itself, when the lock file says nothing. */
function installed(root, path) {
  const file = join(root, path, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).license : undefined;
}

function packagesOf(lockFile) {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  return Object.entries(packages).filter(([path, entry]) => path !== '' && !entry.dev && !entry.link).map(([path, entry]) => {
    const name = entry.name ?? path.split('node_modules/').at(-1);
    const declared = entry.license ?? installed(dirname(lockFile), path);
    const licence = READ_BY_HAND[`${name}@${entry.version}`] ?? (typeof declared === 'string' ? declared : 'unknown');
    return { name, version: entry.version, licence };
  }).sort((a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1));
}

const lockFile = resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'package-lock.json'));
const packages = packagesOf(lockFile);
for (const { name, version, licence } of packages) process.stdout.write(`${name}\t${version}\t${licence}\n`);
const outside = packages.filter(({ licence }) => !isAllowed(licence));
for (const { name, version, licence } of outside) process.stderr.write(`${name} ${version} has the licence "${licence}", which is not in the list of scripts/licences.mjs.\n`);
process.exitCode = outside.length > 0 ? 1 : 0;
