/** What a user installs: every package under a licence we accept, every package in the bill of materials. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'licences-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

type Entry = Readonly<{ version?: string; license?: string; dev?: boolean }>;

/** Runs the script on a lock file that holds `packages`, or on the project's own. */
function licences(packages?: Readonly<Record<string, Entry>>): { code: number | null; out: string; err: string } {
  const file = join(folder, 'package-lock.json');
  if (packages) writeFileSync(file, JSON.stringify({ packages: { '': {}, ...packages } }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'licences.mjs'), ...(packages ? [file] : [])], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Readonly<Record<string, Entry & { name?: string }>> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== '').map(([path, entry]) => ({ ...entry, name: entry.name ?? path.split('node_modules/').at(-1) ?? '', alias: path.split('node_modules/').at(-1) ?? '' }));

describe('npm run licences', () => {
  it('lists every package that a user installs, and finds each allowed', () => {
    const { code, out, err } = licences();
    expect([code, err]).toEqual([0, '']);
    const expected = locked.filter(({ dev }) => dev !== true).map(({ name, version }) => `${name}\t${version}`).sort();
    expect(out.trim().split('\n').map((line) => line.split('\t').slice(0, 2).join('\t')).sort()).toEqual(expected);
  });

  it.each([['GPL-3.0-only', 1], ['MIT AND GPL-3.0-only', 1], [undefined, 1], ['SEE LICENSE IN x', 1], ['MIT', 0], ['(MIT OR GPL-3.0-only)', 0], ['MIT AND ISC', 0]])('%s ends with %i', (license, code) => {
    const ended = licences({ 'node_modules/sound': { version: '1.0.0', license: 'ISC' }, 'node_modules/@a/odd': { version: '2.0.0', license } });
    expect(ended.code).toBe(code);
    if (code === 1) expect(ended.err).toContain('@a/odd 2.0.0');
    expect(ended.err).not.toContain('sound');
  });

  it('leaves out what only development needs', () => {
    expect(licences({ 'node_modules/odd': { version: '2.0.0', license: 'GPL-3.0-only', dev: true } })).toMatchObject({ code: 0, out: '' });
  });
});

describe('npm run sbom', () => {
  it('is CycloneDX and holds every locked package', () => {
    const { status, stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
    expect(status).toBe(0);
    const bill = JSON.parse(stdout) as { bomFormat: string; components: { name: string; version: string }[] };
    expect(bill.bomFormat).toBe('CycloneDX');
    const held = new Set(bill.components.map(({ name, version }) => `${name}@${version}`));
    expect(locked.map(({ alias, version }) => `${alias}@${version}`).filter((name) => !held.has(name))).toEqual([]);
  });
});

describe('npm pack', () => {
  it('holds what the documents at its top refer to', () => {
    const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
    const answer = JSON.parse(stdout) as { files: { path: string }[] }[] | Record<string, { files: { path: string }[] }>;
    const held = new Set((Object.values(answer)[0]?.files ?? []).map(({ path }) => path));
    const links = ['README.md', 'README.zh-CN.md', 'SECURITY.md'].flatMap((name) => [...readFileSync(join(ROOT, name), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/gu)].map((match) => match[1] ?? ''));
    expect(links.length).toBeGreaterThan(5);
    const missing = links.filter((link) => !held.has(link) && ![...held].some((path) => path.startsWith(`${link.replace(/\/$/u, '')}/`)));
    expect(missing).toEqual([]);
    expect([...held].filter((path) => /^(?:src|storage|node_modules)\/|^test\/.*\.ts$/u.test(path))).toEqual([]);
  });
});
