/** Decides which Chromium to drive: the configured one, else one that is installed, else Playwright's own. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright';

export interface Chromium {
  readonly path: string;
  /** Where it was found: named in the configuration, on this system, or downloaded by Playwright. */
  readonly source: 'configured' | 'installed' | 'playwright';
  /** As it names itself, such as `Chromium 140.0.7339.16`. */
  readonly version: string;
}

/** The part of the configuration that names a browser. */
export interface ChromiumSettings {
  readonly browser: { readonly executablePath: string | null };
}

/** Names on the PATH, Chromium before Chrome: the freer one, and the one that Linux distributions package. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where macOS keeps applications; they are not on the PATH. */
const MAC_APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** `--version` answers in well under a second; a wrapper that hangs (a snap that waits for its daemon) is no browser to us. */
const VERSION_TIMEOUT_MS = 15_000;

const run = promisify(execFile);

/**
 * The version that the program at `path` prints, or null when it does not run.
 * Asked because a file of the right name is not yet a browser: Ubuntu's `chromium-browser` is a script that asks for a snap,
 * and Playwright's download does not start while system libraries are missing.
 */
async function versionOf(path: string): Promise<string | null> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: VERSION_TIMEOUT_MS, killSignal: 'SIGKILL' });
    const line = stdout.trim().split('\n').at(-1) ?? '';
    return /\d+\.\d+/u.test(line) ? line.trim() : null;
  } catch {
    return null;
  }
}

function installedPaths(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const places = process.platform === 'darwin' ? [...onPath, ...MAC_APPLICATIONS] : onPath;
  return places.filter((path) => existsSync(path));
}

/** Playwright's own download; asking throws on systems for which there is none. */
function playwrightPaths(): string[] {
  try {
    const path = chromium.executablePath();
    return existsSync(path) ? [path] : [];
  } catch {
    return [];
  }
}

async function firstThatRuns(paths: readonly string[], source: Chromium['source']): Promise<Chromium | null> {
  for (const path of paths) {
    const version = await versionOf(path);
    if (version !== null) return { path, source, version };
  }
  return null;
}

/**
 * The Chromium to use, or null when there is none that runs.
 * A configured path is the user's decision: when it does not run, nothing else is taken in its place.
 */
export async function findChromium(config: ChromiumSettings): Promise<Chromium | null> {
  const configured = config.browser.executablePath;
  if (configured !== null) return firstThatRuns([configured], 'configured');
  return await firstThatRuns(installedPaths(), 'installed') ?? await firstThatRuns(playwrightPaths(), 'playwright');
}
