/** The documents say what the code does: settings, commands, options, exit codes, views and their columns, rooms, packages, links. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { settings } from '../src/config.js';
import { settingsPage, WITHOUT_EFFECT } from '../src/config-page.js';
import { FORMATS } from '../src/export/export.js';
import { openArchive } from '../src/store/open.js';

const ROOT = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const READMES = ['README.md', 'README.zh-CN.md'];
const DECISIONS = readdirSync(join(ROOT, 'docs', 'decisions')).map((name) => `docs/decisions/${name}`);
const DOCUMENTS = [...READMES, 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'seeds/README.md', 'test/farm/PORTALS.md', ...DECISIONS];

/** All first groups of `pattern` in `text`. */
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
/** The words in `backticks`. */
const quoted = (text: string): string[] => found(text, /`([^`]+)`/gu);
/** The cells of the row of a Markdown table that begins with `first`; none when there is no such row. */
const rowOf = (text: string, first: string): string[] => (text.split('\n').find((line) => line.startsWith(`| ${first}`)) ?? '').split(/(?<!\\)\|/u).map((cell) => cell.trim());

describe('settings', () => {
  it('stand in docs/settings.md with their defaults (npm run build && node scripts/write-settings.mjs writes the page)', () => {
    expect(read('docs/settings.md')).toBe(settingsPage());
  });

  it('are marked where nothing reads them yet, and only there', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.startsWith('config'));
    const code = files.map((name) => read(join('src', name)).replace(/\/\*[\s\S]*?\*\//gu, '')).join('\n');
    const unread = settings().map(({ path }) => path).filter((path) => !new RegExp(`\\b${path.split('.').at(-1) ?? path}\\b`, 'u').test(code));
    expect(unread.sort()).toEqual([...WITHOUT_EFFECT].sort());
  });
});

describe.each(READMES)('%s', (name) => {
  it('gives the two commands that set it up', () => {
    expect(read(name)).toContain('npm ci && npm run demo');
    expect(read(name)).toContain('npm ci && npm test');
  });

  it('names every command, and no other', () => {
    const commands = found(read('src/cli.ts'), /define\('([a-z]+)'/gu);
    const rows = found(read(name), /^\| `([a-z]+)\b[^|]*(?:\\\|[^|]*)*`/gmu);
    expect(commands.length).toBeGreaterThan(10);
    // A command with several verbs may have a row for each.
    expect([...new Set(rows)].sort()).toEqual(commands.sort());
  });

  it('uses in its examples only commands that there are', () => {
    const commands = new Set(found(read('src/cli.ts'), /define\('([a-z]+)'/gu));
    expect(found(read(name), /npx nianbao ([a-z]+)/gu).filter((command) => !commands.has(command))).toEqual([]);
  });

  it('names every option, and no other', () => {
    const options = new Set([...found(read('src/cli.ts'), /[oO]ption\('--([a-z-]+)/gu), 'help', 'version']);
    const named = new Set(found(read(name), /(?<![a-z-])--([a-z][a-z-]+)/gu));
    expect([...named].sort()).toEqual([...options].sort());
  });

  it('names every exit code', () => {
    const codes = found(/ExitCode = ([^;]+);/u.exec(read('src/errors.ts'))?.[1] ?? '', /(\d+)/gu);
    const line = read(name).split('\n\n').find((paragraph) => /^\*\*(?:Exit codes|退出码)/u.test(paragraph)) ?? '';
    expect(codes.length).toBeGreaterThan(5);
    expect(found(line, /(?:[:：·]\**\s+)(\d+) /gu)).toEqual(codes);
  });

  it('names every export format', () => {
    const row = rowOf(read(name), '`export').join(' ');
    expect(Object.keys(FORMATS).filter((format) => !row.includes(`\`${format}\``))).toEqual([]);
  });
});

describe('the views', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const database = openArchive(folder);
  const views = database.prepare("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name").pluck().all() as string[];
  afterAll(() => { database.close(); rmSync(folder, { recursive: true, force: true }); });

  it.each(READMES)('%s describes every view with exactly its columns, in their order', (name) => {
    expect(views.length).toBeGreaterThan(5);
    for (const view of views) {
      // What stands in brackets explains a column.
      const cell = (rowOf(read(name), `\`${view}\``)[3] ?? '').replace(/[(（][^)）]*[)）]/gu, '');
      const columns = (database.pragma(`table_info(${view})`) as { name: string }[]).map((column) => column.name);
      expect([view, ...cell.split(/[,、]/u).map((column) => column.trim())]).toEqual([view, ...columns]);
    }
  });

  it.each(READMES)('%s names every state of the ledger', (name) => {
    const states = found(/LedgerState = ([^;]+);/u.exec(read('src/store/ledger-rules.ts'))?.[1] ?? '', /'([a-z-]+)'/gu);
    expect(states).toHaveLength(8);
    expect(states.filter((state) => !read(name).includes(`\`${state}\``))).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  const page = read('ARCHITECTURE.md');
  const house = read('test/house.test.ts');
  const isRoom = (room: string): boolean => existsSync(join(ROOT, 'src', room)) && readdirSync(join(ROOT, 'src', room)).length > 0;

  it('lets rooms import what the house rules let them import', () => {
    const table = /MAY_IMPORT[^{]+\{([^}]+)\}/u.exec(house)?.[1] ?? '';
    const rules = [...table.matchAll(/^ {2}([a-z]+): \[([^\]]*)\]/gmu)].map((match) => [match[1] ?? '', found(match[2] ?? '', /'([^']+)'/gu)] as const).filter(([room]) => isRoom(room));
    expect(rules.length).toBeGreaterThan(10);
    for (const [room, allowed] of rules) expect([room, ...quoted(rowOf(page, `\`${room}\``)[3] ?? '').sort()]).toEqual([room, ...[...allowed].sort()]);
  });

  it('marks the rooms that are not still', () => {
    const still = new Set(found(/STILL = new Set\(\[([^\]]+)\]/u.exec(house)?.[1] ?? '', /'([^']+)'/gu));
    const marked = [...page.matchAll(/^\| `([a-z]+)`( \*)? \| [A-Z]/gmu)].map((match) => [match[1] ?? '', match[2] === undefined] as const).filter(([room]) => isRoom(room));
    expect(marked.filter(([room, isStill]) => room !== 'harvest' && isStill !== still.has(room))).toEqual([]);
  });

  it('names the doors of the packages', () => {
    const table = /DOORS[^{]+\{([^}]+)\}/u.exec(house)?.[1] ?? '';
    const doors = [...table.matchAll(/^ {2}'?([^':\s]+)'?: \[([^\]]*)\]/gmu)].map((match) => [match[1] ?? '', found(match[2] ?? '', /'([^']+)'/gu)] as const);
    const rows = page.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|').map(quoted));
    expect(doors.length).toBeGreaterThan(10);
    for (const [name, rooms] of doors) expect([name, rows.find((cells) => cells[1]?.includes(name))?.[2]]).toEqual([name, rooms]);
  });
});

describe('documents', () => {
  it('give a reason for every package (docs/decisions/0007-libraries.md)', () => {
    const { dependencies, optionalDependencies } = JSON.parse(read('package.json')) as Readonly<Record<'dependencies' | 'optionalDependencies', Record<string, string>>>;
    const cells = read('docs/decisions/0007-libraries.md').split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split('|')[1] ?? '').join(',');
    const named = new Set(cells.split(',').map((name) => name.trim().split(' ')[0]));
    expect(Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !named.has(name))).toEqual([]);
  });

  it.each(DOCUMENTS)('%s has links that lead somewhere', (name) => {
    const links = found(read(name), /\]\((?!https?:|#)([^)#\s]+)[^)]*\)/gu);
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(name), link)))).toEqual([]);
  });

  it.each(DOCUMENTS)('%s names files that exist', (name) => {
    const files = found(read(name), /(?<![\w./-])((?:src|test|docs|scripts|seeds)\/[\w./-]+\.(?:ts|md|mjs|json))(?![\w/-])/gu);
    expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
