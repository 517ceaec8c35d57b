/** Builds the project before the tests when a source is newer than the last build: tests of the command line run what a user runs. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

function newest(folder: string): number {
  return Math.max(0, ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
  }));
}

export function setup(): void {
  const built = join(ROOT, 'dist', 'src', 'cli.js');
  const sources = Math.max(newest(join(ROOT, 'src')), newest(join(ROOT, 'test', 'farm')), newest(join(ROOT, 'test', 'bench')));
  if (existsSync(built) && statSync(built).mtimeMs > sources) return;
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' });
}
