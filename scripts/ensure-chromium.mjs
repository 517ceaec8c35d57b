/**
 * Finds a Chromium for the browser tests, or installs one: Playwright's own, else the system's package manager.
 * Says what each attempt does. Ends 0 in any case: without a browser the browser tests are skipped, with the reason.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { createJiti } from 'jiti';

const DOWNLOAD_LIMIT_MS = 240_000;
const PACKAGE_LIMIT_MS = 600_000;

/** The same finder that harvests use, in the same order; it is TypeScript, and nothing is built yet when this runs. */
const { findChromium } = await createJiti(import.meta.url).import('../src/fetch/chromium.ts');

const say = (text) => process.stdout.write(`chromium: ${text}\n`);

const find = () => findChromium({ browser: { executablePath: process.env.NIANBAO_BROWSER_EXECUTABLE_PATH || null } });

/** Runs a command without a shell; true when it ended well. Its last lines are shown when it did not. */
function attempt(command, args, limitMs) {
  say(`running: ${[command, ...args].join(' ')}`);
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: limitMs, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', HOMEBREW_NO_AUTO_UPDATE: '1' } });
  if (done.status === 0) return true;
  const said = `${done.stdout ?? ''}\n${done.stderr ?? ''}`.trim().split('\n').slice(-3).join(' | ');
  say(`that did not work (${done.error?.code ?? `exit ${done.status}`}): ${said.slice(0, 400)}`);
  return false;
}

const has = (command) => spawnSync(command, ['--version'], { stdio: 'ignore', timeout: 15_000 }).error === undefined;

/** How to become root without asking anybody: being it, or sudo that needs no password; null when neither. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore', timeout: 15_000 });
  return sudo.status === 0 ? ['sudo', '-n'] : null;
}

function asRoot(prefix, ...command) {
  const [program, ...args] = [...prefix, ...command];
  return attempt(program, args, PACKAGE_LIMIT_MS);
}

function downloadByPlaywright() {
  say('none found; trying Playwright\'s own download');
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  return attempt(process.execPath, [cli, 'install', 'chromium'], DOWNLOAD_LIMIT_MS);
}

/** Package managers with the commands that install Chromium. */
const MANAGERS = [
  { name: 'apt-get', install: (root) => { asRoot(root, 'apt-get', 'update', '-q'); return asRoot(root, 'apt-get', 'install', '-y', '-q', '--no-install-recommends', 'chromium'); } },
  { name: 'dnf', install: (root) => asRoot(root, 'dnf', 'install', '-y', '-q', 'chromium') },
  { name: 'apk', install: (root) => asRoot(root, 'apk', 'add', '--quiet', 'chromium') },
];

function installBySystem() {
  if (process.platform === 'darwin') return has('brew') && attempt('brew', ['install', '--cask', 'chromium'], PACKAGE_LIMIT_MS);
  const manager = MANAGERS.find(({ name }) => has(name));
  if (!manager) { say('no package manager that I know (apt-get, dnf, apk)'); return false; }
  const root = rootPrefix();
  if (root === null) { say(`${manager.name} needs root, and sudo asks for a password; not asking for it`); return false; }
  say(`trying the system's package manager, ${manager.name}`);
  return manager.install(root);
}

async function ensure() {
  for (const install of [null, downloadByPlaywright, installBySystem]) {
    if (install) install();
    const found = await find();
    if (found) { say(`${found.path} (${found.version}, ${found.source})`); return; }
    if (process.env.NIANBAO_BROWSER_EXECUTABLE_PATH) {
      say(`NIANBAO_BROWSER_EXECUTABLE_PATH names ${process.env.NIANBAO_BROWSER_EXECUTABLE_PATH}, which does not run; not installing another in its place`);
      return;
    }
  }
  say('none could be installed. Everything but the browser tests will run; those say that they are skipped.');
  say('To have them too, install Chromium or Chrome, or set NIANBAO_BROWSER_EXECUTABLE_PATH to one.');
}

await ensure();
