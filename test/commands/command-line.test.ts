/** The command line as a user meets it: exit codes, messages that say what to do, clean JSON, and good data untouched by bad input. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../src/store/sqlite.js';
import { startFarm } from '../farm/farm.js';
import type { Farm } from '../farm/farm.js';
import { QUICK_ENV, run, start } from '../harvest/command-line.js';
import type { Ended } from '../harvest/command-line.js';

const ROOT = join(import.meta.dirname, '..', '..');
const SAMPLES = join(ROOT, '..', 'shared', 'samples');

let folder: string;

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'cli-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

function nianbao(...words: string[]): Promise<Ended> {
  return run(words, { cwd: folder, env: QUICK_ENV });
}

function seeds(...rows: string[]): string {
  const file = join(folder, 'seeds.csv');
  writeFileSync(file, ['code,agency,home,columns', ...rows].join('\n'));
  return file;
}

describe('words', () => {
  it.each([
    [['--help'], 0], [['--version'], 0], [['harvest', '--help'], 0], [['no-such-command'], 2], [['harvest', '--no-such-option'], 2], [['recrawl'], 2], [['export'], 2],
    [['portals', 'dance'], 2], [['portals', 'check', 'hunan'], 2], [['show', 'x'], 2], [['status'], 2], [['search', 'x'], 2], [['import', 'no-such-file'], 2], [['import'], 2],
  ])('%j ends with %i', async (words, code) => {
    const ended = await nianbao(...words);
    expect([ended.code, ended.err]).toEqual([code, ended.err]);
    expect(ended.err).not.toMatch(/\n\s+at /u);
  });

  it.each([[['export', '--out', 'x'], 'export'], [['harvest', '--no-such-option'], 'harvest'], [['recrawl'], 'recrawl']])('%j points to the help of its command', async (words, command) => {
    expect((await nianbao(...words)).err).toContain(`(nianbao ${command} --help `);
  });

  it('names the candidates of an ambiguous place', async () => {
    const ended = await nianbao('status', 'chaoyang');
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/110105/u);
    expect(ended.err).toMatch(/220104|211300/u);
  });
});

describe('the built command', () => {
  it('may be run as it is, as npx does', () => {
    expect(statSync(join(ROOT, 'dist', 'src', 'cli.js')).mode & 0o111).toBe(0o111);
  });
});

describe('output', () => {
  it.each(['stdout', 'stderr'] as const)('ends quietly when nobody reads %s to its end', async (stream) => {
    const file = seeds('430100,长沙市公安局,http://gaj.a.localhost/,', 'x30100,错的,http://gaj.b.localhost/,');
    const { child, ended } = start(['portals', stream === 'stdout' ? 'list' : 'no-such-word', '--json', '--seeds', file], { cwd: folder, env: QUICK_ENV });
    child[stream]?.destroy();
    const { code, signal, out, err } = await ended;
    expect([code, signal]).toEqual([stream === 'stdout' ? 0 : 2, null]);
    expect(out + err).not.toMatch(/EPIPE|\n\s+at /u);
  });
});

describe('configuration', () => {
  it('names a wrong key with its path and what was expected', async () => {
    writeFileSync(join(folder, 'crawler.config.ts'), "import { defineConfig } from 'nianbao';\nexport default defineConfig({ politeness: { delaySecond: 3 } } as never);\n");
    const ended = await nianbao('status');
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/politeness\.delaySecond/u);
    expect(ended.err).toMatch(/delaySeconds/u);
  });

  it('is read from a TypeScript file, overridden by the environment and by flags', async () => {
    writeFileSync(join(folder, 'crawler.config.ts'), "import { defineConfig } from 'nianbao';\nexport default defineConfig({ storage: 'from-file', seeds: ['none.csv'] });\n");
    const fromFile = await nianbao('status');
    expect(fromFile.err).toContain(join(folder, 'from-file'));
    const fromEnv = await run(['status'], { cwd: folder, env: { NIANBAO_STORAGE: 'from-env' } });
    expect(fromEnv.err).toContain(join(folder, 'from-env'));
    const fromFlag = await run(['status', '--storage', 'from-flag'], { cwd: folder, env: { NIANBAO_STORAGE: 'from-env' } });
    expect(fromFlag.err).toContain(join(folder, 'from-flag'));
  });
});

describe('seed lists', () => {
  it('checks every bad row with file and line', async () => {
    const file = seeds('430100,长沙市公安局,http://gaj.a.localhost/,', 'x30100,错的,http://gaj.b.localhost/,', '430200,株洲市公安局,not a url,');
    const ended = await nianbao('portals', 'check', '--seeds', file);
    expect(ended.code).toBe(2);
    expect(ended.out).toMatch(/seeds\.csv:3: error: code/u);
    expect(ended.out).toMatch(/seeds\.csv:4: error: home/u);
  });

  it('counts a row with two faults once, says what stands in it, and asks nobody when no row is good', async () => {
    const good = seeds('430100,长沙市公安局,http://gaj.a.localhost/,', 'x30100,错的,not a url,');
    expect((await nianbao('portals', 'list', '--seeds', good)).err).toMatch(/^1 portal; 1 bad row is left out/u);
    expect((await nianbao('portals', 'check', '--seeds', good)).out).toMatch(/1 list, 1 good portal, 2 errors in 1 row, 0 warnings\.\n$/u);
    const none = await nianbao('harvest', '--seeds', seeds('x30100,错的,not a url,'), '--storage', 'archive');
    expect([none.code, none.out]).toEqual([2, '']);
    expect(none.err).toMatch(/seeds\.csv:2: code "x30100": expected a division code/u);
    expect(none.err).toMatch(/1 bad row, named above/u);
    expect(none.err).not.toMatch(/the good ones run/u);
  });

  it('lists portals as JSON and nothing else', async () => {
    const file = seeds('430100,长沙市公安局,http://gaj.a.localhost/,');
    const ended = await nianbao('portals', 'list', 'changsha', '--json', '--seeds', file);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject([{ code: '430100', agency: '长沙市公安局', level: 'prefecture', province: '湖南省' }]);
  });

  it('says where there is no portal', async () => {
    const file = seeds('430100,长沙市公安局,http://gaj.a.localhost/,');
    expect((await nianbao('harvest', '110000', '--seeds', file)).code).toBe(2);
  });
});

describe('imports', { timeout: 120_000 }, () => {
  it.skipIf(!existsSync(SAMPLES))('reads the samples: four reports, and a notice that is none', async () => {
    const imported = await nianbao('import', SAMPLES, '--json', '--storage', 'archive');
    expect([imported.code, imported.err]).toEqual([0, '']);
    expect(JSON.parse(imported.out)).toMatchObject({ files: 5, reports: 4, new: 5 });
    const exported = await nianbao('export', '--format', 'jsonl', '--out', 'corpus', '--storage', 'archive');
    expect(exported.code).toBe(0);
    const records = readFileSync(join(folder, 'corpus', 'reports.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    const facts = Object.fromEntries(records.map((record) => [String(record['url']).slice(-7, -4), [record['kind'], record['agency'], record['code'], record['year']]]));
    expect(facts).toMatchObject({
      '000': ['annual-report', '长沙市公安局', '430100', 2016],
      '001': ['annual-report', '朔州市公安局', '140600', 2021],
      '002': ['annual-report', '莆田市公安局', '350300', 2022],
      '003': ['annual-report', '抚顺市公安局', '210400', 2017],
    });
    expect(facts['004']?.[0]).toBe('other');
    expect(Object.keys(facts)).toHaveLength(5);
    expect((await nianbao('verify', '--storage', 'archive')).code).toBe(0);
    expect(JSON.parse((await nianbao('import', SAMPLES, '--json', '--storage', 'archive')).out)).toMatchObject({ new: 0, changed: 0, same: 5 });
  });

  it('leaves out what it cannot read and brings in the rest', async () => {
    mkdirSync(join(folder, 'saved', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'saved', 'deep', 'a.html'), '<html><body><h1>清河县公安局2015年政府信息公开工作年度报告</h1><p>根据条例规定，现公布年度报告。</p></body></html>');
    writeFileSync(join(folder, 'saved', 'b.exe'), 'MZ');
    for (const name of ['c.exe', 'd.css']) writeFileSync(join(folder, 'saved', name), 'x');
    const ended = await nianbao('import', 'saved', '--storage', 'archive');
    expect(ended.code).toBe(0);
    expect(ended.out).toBe('1 file imported (1 annual report): 1 new, 0 changed, 0 same.\n');
    expect(ended.err).toMatch(/Left out: 3 files of other kinds \(\.exe 2, \.css 1\)\.\nWhat can be imported: [^\n]+\n$/u);
  });

  it('names what gave no text and what is not what its name says', async () => {
    mkdirSync(join(folder, 'saved'));
    const page = '<html><body><h1>清河县公安局2015年政府信息公开工作年度报告</h1><p>根据条例规定，现公布年度报告。</p></body></html>';
    const files = { 'page.doc': page, 'empty.html': '', 'wordless.html': '<html><body></body></html>', 'cut.docx': 'PK\u0003\u0004word/document.xml', 'text.docx': '公安局' };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'saved', name), text);
    const ended = await nianbao('import', 'saved', '--storage', 'archive');
    expect([ended.code, ended.out]).toEqual([0, '5 files imported (1 annual report): 5 new, 0 changed, 0 same.\n']);
    expect(ended.err).toMatch(/(?:^|\n)3 files of these gave no text; the bytes are kept:\n.*cut\.docx: .+\n.*empty\.html: the file is empty\n.*wordless\.html: no words stand in it\n1 file is not what the name says [^\n]+\n.*text\.docx: /u);
    const json = await nianbao('import', 'saved', '--storage', 'archive', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ withoutText: [{}, {}, {}], misnamed: [{ file: expect.stringMatching(/text\.docx$/u) as unknown }] });
  });

  it.each([['a file of another kind', 'style.css'], ['an empty folder', 'nothing'], ['a file that is not there', 'none.html']])('ends with 2 for %s, and makes no archive', async (_case, path) => {
    mkdirSync(join(folder, 'nothing'));
    writeFileSync(join(folder, 'style.css'), 'x');
    const ended = await nianbao('import', path, '--storage', 'archive');
    expect([ended.code, ended.out]).toEqual([2, '']);
    expect(ended.err).toContain(path);
    expect(ended.err).not.toMatch(/ENOENT|\n\s+at /u);
    expect(existsSync(join(folder, 'archive'))).toBe(false);
  });
});

describe('storage', () => {
  it('ends with 5 and without a stack when a reader comes upon damage', async () => {
    writeFileSync(join(folder, 'a.html'), '<html><body><h1>清河县公安局2015年政府信息公开工作年度报告</h1><p>根据条例规定，现公布年度报告。</p></body></html>');
    await nianbao('import', 'a.html', '--storage', 'archive');
    const file = join(folder, 'archive', 'nianbao.sqlite');
    writeFileSync(file, readFileSync(file).subarray(0, 3 * 4096));
    for (const words of [['status'], ['search', '公安'], ['export', '--format', 'jsonl', '--out', 'corpus'], ['verify']]) {
      const ended = await nianbao(...words, '--storage', 'archive');
      expect([words, ended.code, /\n\s+at /u.test(ended.err)]).toEqual([words, 5, false]);
      expect(ended.err).toMatch(/damaged/u);
    }
    expect(existsSync(join(folder, 'corpus'))).toBe(false);
  });

  it('leaves a foreign database alone', async () => {
    mkdirSync(join(folder, 'theirs'));
    const other = connect(join(folder, 'theirs', 'nianbao.sqlite'));
    other.exec('CREATE TABLE precious (a)');
    other.close();
    const file = seeds('430100,长沙市公安局,http://127.0.0.1:1/,');
    const ended = await nianbao('harvest', '--seeds', file, '--storage', 'theirs', '--allow-private');
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/another program/u);
  });
});

describe('harvest', { timeout: 120_000 }, () => {
  let farm: Farm;
  beforeAll(async () => { farm = await startFarm(); });
  afterAll(() => farm.close());

  const farmSeeds = (): string => {
    const file = join(folder, 'farm.csv');
    writeFileSync(file, farm.seedsCsv());
    return file;
  };

  it('names an unreachable portal and a bad row, keeps the good portals, and ends with 3', async () => {
    const [header = '', ...rows] = farm.seedsCsv().trim().split('\n');
    const trs = rows.find((row) => row.includes('gaj.yueyang')) ?? '';
    const file = join(folder, 'mixed.csv');
    writeFileSync(file, [header, trs, '430200,株洲市公安局,prefecture,http://127.0.0.1:1/,,auto,', 'abc,坏行,prefecture,,,auto,'].join('\n'));
    const ended = await nianbao('harvest', '--seeds', file, '--allow-private', '--storage', 'archive', '--json');
    expect(ended.code).toBe(3);
    expect(ended.err).toMatch(/mixed\.csv:4/u);
    const summary = JSON.parse(ended.out) as { counts: { new: number }; portals: { agency: string; failures: { reason: string }[] }[] };
    expect(summary.counts.new).toBe(17);
    expect(summary.portals.find((portal) => portal.agency === '株洲市公安局')?.failures[0]?.reason).toBe('refused');
  });

  it('ends recrawl of an unreachable portal with 3', async () => {
    const file = seeds('430200,株洲市公安局,http://127.0.0.1:1/,');
    const ended = await nianbao('recrawl', '430200', '--seeds', file, '--allow-private', '--storage', 'archive', '--json');
    expect(ended.code).toBe(3);
    expect((JSON.parse(ended.out) as { portals: { failures: { reason: string }[] }[] }).portals[0]?.failures[0]?.reason).toBe('refused');
  });

  it('reads no more links of a page than it is told', async () => {
    const file = farmSeeds();
    const ended = await run(['harvest', '岳阳', '--seeds', file, '--allow-private', '--storage', 'archive'], { cwd: folder, env: { ...QUICK_ENV, NIANBAO_LIMITS_LINKS_PER_PAGE: '1' } });
    expect([0, 3]).toContain(ended.code);
    const database = connect(join(folder, 'archive', 'nianbao.sqlite'), { readonly: true });
    const notices = database.prepare("SELECT count(*) FROM reading WHERE notices LIKE '%discover-link-limit%'").pluck().get() as number;
    const reports = database.prepare('SELECT count(*) FROM v_report').pluck().get() as number;
    database.close();
    expect(notices).toBeGreaterThan(0);
    expect(reports).toBeLessThan(farm.reports.filter(({ agency }) => agency === '岳阳市公安局').length);
  });

  it('is refused while another one holds the storage, and readers work meanwhile', async () => {
    const file = farmSeeds();
    const { child, ended } = start(['harvest', '--seeds', file, '--allow-private', '--storage', 'archive'], { cwd: folder, env: QUICK_ENV });
    const locked = async (): Promise<Ended> => {
      for (let attempt = 0; attempt < 40; attempt += 1) {
        if (existsSync(join(folder, 'archive', 'nianbao.sqlite'))) break;
        await new Promise((resolve) => { setTimeout(resolve, 100); });
      }
      return nianbao('harvest', '--seeds', file, '--allow-private', '--storage', 'archive');
    };
    const second = await locked();
    expect(second.code).toBe(4);
    expect(second.err).toContain(`process ${child.pid}`);
    expect((await nianbao('status', '--json', '--storage', 'archive')).code).toBe(0);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
  });

  it('writes nothing beside its storage', async () => {
    const file = farmSeeds();
    await nianbao('harvest', '岳阳', '--seeds', file, '--allow-private', '--storage', 'archive');
    expect(readdirSync(folder).sort()).toEqual(['archive', 'farm.csv']);
  });

  it('ends recrawl with what changed', async () => {
    const file = farmSeeds();
    const words = ['--seeds', file, '--allow-private', '--storage', 'archive'];
    await nianbao('harvest', 'yueyang', ...words);
    farm.setSeason(2);
    const ended = await nianbao('recrawl', '430600', ...words);
    farm.setSeason(1);
    expect(ended.out).toMatch(/0 new, 1 changed, 0 gone, 16 same/u);
    expect(ended.out).toMatch(/\{\+|\[-/u);
    expect(ended.err).not.toMatch(/changed, 0 gone|\{\+|\[-/u);
    expect(ended.err).toMatch(/岳阳市公安局 \([^)]+\): \d+ pages?, /u);
    const search = await nianbao('search', '信息', '--json', '--storage', 'archive');
    expect((JSON.parse(search.out) as { hits: unknown[] }).hits.length).toBeGreaterThan(0);
  });
});
