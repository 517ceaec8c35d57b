/** The documents say what the code does: settings, commands, exit codes, views and their columns, links. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsPage } from '../src/config-page.js';
import { openArchive } from '../src/store/open.js';

const ROOT = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const DOCUMENTS = ['README.md', 'README.zh-CN.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'seeds/README.md'];

describe('documents', () => {
  it('lists every setting with its default (node scripts/write-settings.mjs writes the page)', () => {
    expect(read('docs/settings.md')).toBe(settingsPage());
  });

  it.each(['README.md', 'README.zh-CN.md'])('%s names every command', (name) => {
    const commands = [...read('src/cli.ts').matchAll(/define\('([a-z]+)'/gu)].map((match) => match[1]);
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter((command) => !read(name).includes(`\`${command}`))).toEqual([]);
  });

  it.each(['README.md', 'README.zh-CN.md'])('%s names every exit code, and the two commands', (name) => {
    for (const code of [0, 1, 2, 3, 4, 5, 130]) expect(read(name)).toMatch(new RegExp(`(?:^|[\\s·*：])${code} `, 'u'));
    expect(read(name)).toContain('npm ci && npm run demo');
    expect(read(name)).toContain('npm ci && npm test');
  });

  it('describes every view with all its columns', () => {
    const folder = mkdtempSync(join(tmpdir(), 'docs-'));
    const database = openArchive(folder);
    const views = database.prepare("SELECT name FROM sqlite_master WHERE type = 'view'").pluck().all() as string[];
    for (const view of views) {
      const row = read('README.md').split('\n').find((line) => line.startsWith(`| \`${view}\``)) ?? '';
      const columns = (database.pragma(`table_info(${view})`) as { name: string }[]).map((column) => column.name);
      expect([view, columns.filter((column) => !new RegExp(`\\b${column}\\b`, 'u').test(row))]).toEqual([view, []]);
      expect(read('README.zh-CN.md')).toContain(view);
    }
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([...DOCUMENTS, ...readdirSync(join(ROOT, 'docs', 'decisions')).map((name) => `docs/decisions/${name}`)])('%s has links that lead somewhere', (name) => {
    const links = [...read(name).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/gu)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(name), link)))).toEqual([]);
  });
});
