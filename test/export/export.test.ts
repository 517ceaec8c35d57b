/** Exports: the record, the formats, the folder they are put into, and that the same archive gives the same bytes. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportOptions } from '../../src/export/export.js';
import { exportArchive, FORMATS, formatNamed } from '../../src/export/export.js';
import { cellMeaning, inFormOrder } from '../../src/export/cell-meanings.js';
import { CARD_KEYS, STATEMENT_KEYS } from '../../src/export/codebook-fields.js';
import { guardFormula } from '../../src/export/formula-guard.js';
import { safeName } from '../../src/export/safe-name.js';
import { textPath } from '../../src/export/text.js';
import { ANNEX_ROWS } from '../../src/recognise/era/annex-2014.js';
import { APPLICANTS, REVIEW_COLUMNS } from '../../src/recognise/era/columns.js';
import { FORM_2019 } from '../../src/recognise/era/form-2019.js';
import { FORM_2021 } from '../../src/recognise/era/form-2021.js';
import { refreshLedger } from '../../src/store/ledger.js';
import { openReader } from '../../src/store/open.js';
import { sealRun } from '../../src/store/run-chain.js';
import { EVERYTHING } from '../../src/store/selection.js';
import { ArchiveFixture, digestOf, temporaryFolder } from '../store/archive-fixture.js';

const STATED = { key: 'requests.received', value: 19, unit: '件', isApproximate: false, sentence: '年报正文', start: 7, end: 11, method: 'prose-count' };

let archive: ArchiveFixture;
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  archive = new ArchiveFixture();
  folder = temporaryFolder();
  archive.run({ id: 1 });
  archive.report({ id: 'aaaaaa01', agency: '清河市公安局', code: '430100', province: '湖南省', year: 2016, runId: 1, title: '=HYPERLINK("http://evil")', publishedOn: '2017-03-08',
    text: '清河市公安局\n年报正文', attachments: [{ name: '附件.pdf', url: 'http://gaj.example.gov.cn/f.pdf' }, { name: '未取.doc', url: 'http://gaj.example.gov.cn/g.doc' }] });
  archive.report({ id: 'aaaaaa02', agency: '清河市公安局', code: '430100', province: '湖南省', year: 2015, runId: 1, seenAt: '2026-04-02T00:00:00.000Z' });
  archive.report({ id: 'bbbbbb03', agency: '沙岭县公安局', code: '440111', province: '广东省', year: 2016, runId: 1, grade: 'mirror' });
  archive.report({ id: 'cccccc04', kind: 'other', agency: null, title: '通知', runId: 1, grade: null });
  archive.capture({ url: 'http://gaj.example.gov.cn/f.pdf', content: '%PDF', kind: 'attachment', mediaType: 'application/pdf' });
  archive.cell('aaaaaa01', ['requests', 'new', 'natural'], '１９', 19);
  archive.cell('aaaaaa01', ['requests', 'new', 'total'], '', null);
  archive.cell('bbbbbb03', ['requests', 'carried', 'total'], '-3', -3);
  archive.database.prepare("INSERT INTO rule_check VALUES ('aaaaaa01', 1, 'requests.total', 'pass', 19, 19)").run();
  archive.database.prepare("INSERT INTO duplicate VALUES ('aaaaaa01', 'bbbbbb03', 'near', 0.97)").run();
  archive.database.prepare("UPDATE version SET statements = ?, metadata = ? WHERE document_id = 'aaaaaa01'").run(JSON.stringify([STATED]), '{"indexNumber":"014/2017-00012","documentNumber":"清公〔2017〕3号"}');
  archive.repair('aaaaaa02', { ordinal: 0, start: 0, end: 0, before: '', after: '' });
  refreshLedger(archive.database, { today: '2026-06-30' });
  sealRun(archive.database, 1);
});
afterEach(() => { archive.remove(); folder.remove(); });

const out = (name = 'out'): string => join(folder.path, name);
const run = (over: Partial<ExportOptions> & Pick<ExportOptions, 'format'>): ReturnType<typeof exportArchive> =>
  exportArchive(archive.database, { out: out(), selection: EVERYTHING, toolVersion: '1.0.0', ...over });
const read = (file: string): string => readFileSync(join(out(), file), 'utf8');
const lines = (): Record<string, unknown>[] => read('reports.jsonl').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
const csv = (file: string): Record<string, string>[] => parse<Record<string, string>>(read(file), { columns: true });
const everyFile = (root: string): string[] => readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)).sort();

describe('jsonl', () => {
  it('carries the fields in the order of the contract', async () => {
    await run({ format: 'jsonl' });
    const record = lines()[1];
    expect(Object.keys(record ?? {})).toEqual(['reportId', 'url', 'finalUrl', 'kind', 'title', 'agency', 'code', 'province', 'city', 'county', 'level', 'year', 'periodStart', 'periodEnd',
      'publishedOn', 'formatEra', 'legalBasis', 'grade', 'removedAt', 'mediaType', 'charset', 'text', 'sections', 'cells', 'checks', 'statements', 'metadata', 'repairs', 'attachments', 'rawSha256', 'textSha256', 'notices', 'duplicates', 'provenance']);
    expect(record).toMatchObject({
      reportId: 'aaaaaa01', kind: 'annual-report', title: '=HYPERLINK("http://evil")', year: 2016, city: null, charset: { used: 'utf-8', declared: 'utf-8', from: 'meta' },
      legalBasis: ['国令第711号'], textSha256: digestOf('清河市公安局\n年报正文'), checks: [
        { rule: 'requests.total', state: 'pass', expected: 19, actual: 19, otherReportId: null },
        ...['natural', 'total'].map((column) => ({ rule: `T3-XYEAR-CARRY.${column}`, state: 'not-assessable', expected: null, actual: null, otherReportId: 'aaaaaa02' })),
      ],
      statements: [STATED], metadata: { indexNumber: '014/2017-00012', documentNumber: '清公〔2017〕3号' },
      duplicates: [{ reportId: 'bbbbbb03', kind: 'near', similarity: 0.97 }],
      attachments: [{ name: '附件.pdf', url: 'http://gaj.example.gov.cn/f.pdf', sha256: digestOf('%PDF'), mediaType: 'application/pdf' }, { name: '未取.doc', url: 'http://gaj.example.gov.cn/g.doc', sha256: null, mediaType: null }],
    });
    expect(record?.['cells']).toEqual([
      { table: 'requests', row: 'new', column: 'natural', raw: '１９', value: 19, state: 'value', place: null }, { table: 'requests', row: 'new', column: 'total', raw: '', value: null, state: 'blank', place: null },
    ]);
    expect(record?.['provenance']).toMatchObject({ captureId: expect.any(String) as unknown, runId: '1', via: 'http', status: 200, redirects: [], robots: 'allowed', tool: 'nianbao 1.0.0', derivation: '1' });
  });

  it('sorts by code, agency, year and id, unknown last, other documents included', async () => {
    const { counts } = await run({ format: 'jsonl' });
    expect(lines().map((record) => record['reportId'])).toEqual(['aaaaaa02', 'aaaaaa01', 'bbbbbb03', 'cccccc04']);
    expect(lines().at(-1)).toMatchObject({ kind: 'other', year: null, agency: null, grade: null });
    expect(counts).toEqual({ documents: 4, reports: 3, other: 1, cells: 3 });
  });

  it.each([
    ['a province', { provinces: ['430000'] }, ['aaaaaa02', 'aaaaaa01']],
    ['a city by a place code', { places: ['440100'] }, ['bbbbbb03']],
    ['place and province together', { places: ['440100'], provinces: ['430000'] }, []],
    ['a year', { years: [2015] }, ['aaaaaa02']],
    ['two years', { years: [2015, 2016] }, ['aaaaaa02', 'aaaaaa01', 'bbbbbb03']],
    ['a grade', { grades: ['mirror' as const] }, ['bbbbbb03']],
    ['a day', { since: '2026-04-01' }, ['aaaaaa02']],
  ])('filters by %s', async (_case, over, ids) => {
    await run({ format: 'jsonl', selection: { ...EVERYTHING, ...over } });
    expect(read('reports.jsonl').split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line) as { reportId: string }).reportId)).toEqual(ids);
  });

  it('counts a new version as news since a day', async () => {
    archive.report({ id: 'bbbbbb03', agency: '沙岭县公安局', code: '440111', year: 2016, text: '新文', seenAt: '2026-05-01T00:00:00.000Z' });
    await run({ format: 'jsonl', selection: { ...EVERYTHING, since: '2026-05-01' } });
    expect(lines().map((record) => record['text'])).toEqual(['新文']);
  });
});

describe('csv', () => {
  it('writes one file a list, joined by the report\'s id', async () => {
    await run({ format: 'csv' });
    expect(everyFile(out())).toEqual(['README.md', 'attachments.csv', 'cells-codebook.csv', 'cells-wide.csv', 'cells.csv', 'checks.csv', 'datapackage.json', 'duplicates.csv', 'ledger.csv', 'manifest.json', 'metadata.csv', 'notices.csv', 'repairs.csv', 'reports.csv', 'sections.csv', 'statements.csv']);
    const key = { reportId: 'aaaaaa01', code: '430100', agency: '清河市公安局', year: '2016' };
    expect(csv('statements.csv')).toEqual([{ ...key, key: 'requests.received', value: '19', unit: '件', isApproximate: 'false', sentence: '年报正文', start: '7', end: '11', method: 'prose-count' }]);
    expect(csv('metadata.csv')).toEqual([{ ...key, key: 'indexNumber', value: '014/2017-00012' }, { ...key, key: 'documentNumber', value: '清公〔2017〕3号' }]);
    expect(csv('reports.csv')).toHaveLength(4);
    expect(csv('reports.csv')[1]).toMatchObject({ reportId: 'aaaaaa01', text: '清河市公安局\n年报正文', charsetUsed: 'utf-8', legalBasis: '国令第711号', title: '\'=HYPERLINK("http://evil")' });
    expect(csv('cells.csv')[0]).toEqual({ reportId: 'aaaaaa01', code: '430100', agency: '清河市公安局', year: '2016', table: 'requests', row: 'new', column: 'natural', raw: '１９', value: '19', state: 'value', place: '' });
    expect(csv('cells.csv').at(-1)).toMatchObject({ raw: '-3', value: '-3' });
    expect(csv('ledger.csv').find((row) => row['agency'] === '清河市公安局' && row['year'] === '2016')).toMatchObject({ state: 'held', reportId: 'aaaaaa01' });
    expect(csv('duplicates.csv')).toHaveLength(2);
  });

  it('writes a wide file with a column a cell, blank and absent both empty', async () => {
    await run({ format: 'csv' });
    expect(read('cells-wide.csv')).toBe('reportId,code,agency,year,publishedOn,formatEra,requests.new.natural,requests.new.total,requests.carried.total\n'
      + 'aaaaaa01,430100,清河市公安局,2016,2017-03-08,,19,,\nbbbbbb03,440111,沙岭县公安局,2016,,,,,-3\n');
  });

  it('explains each column of the wide file in both languages', async () => {
    await run({ format: 'csv' });
    const [header = ''] = read('cells-wide.csv').split('\n');
    expect(csv('cells-codebook.csv').map((row) => row['name'])).toEqual(header.split(',').slice(6));
    expect(csv('cells-codebook.csv').find((row) => row['name'] === 'requests.new.natural'))
      .toEqual({ name: 'requests.new.natural', table: 'requests', row: 'new', column: 'natural', english: 'New requests this year, from natural persons', chinese: '本年新收政府信息公开申请数量，自然人' });
    // `requests.carried.total` is a row that no reporting format has.
    expect(csv('cells-codebook.csv').find((row) => row['row'] === 'carried')).toMatchObject({ english: '', chinese: '' });
  });

  it('begins with a byte order mark only when asked', async () => {
    await run({ format: 'csv', byteOrderMark: true });
    expect(read('reports.csv').startsWith('\ufeffreportId,')).toBe(true);
    await run({ format: 'csv' });
    expect(read('reports.csv').startsWith('reportId,')).toBe(true);
  });

  it.each([
    '=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\0=1', '＝1+1', '＋1', '－1＋1', '＠x', ' =1+1', '\ufeff=1+1', '"=1+1', '\'=1+1', '　=1', '-', '=',
  ])('guards %j', (text) => {
    expect(guardFormula(text).startsWith('\'')).toBe(true);
    expect(guardFormula(text)).not.toContain('\0');
  });

  it.each(['-12', '+3.5', '-0.1', '19', '清河市公安局', '1=1', '（一）', '', 'http://a=b', '—', '/'])('leaves %j', (text) => {
    expect(guardFormula(text)).toBe(text);
  });

  it('keeps a row one row, whatever stands in it', async () => {
    archive.report({ id: 'dddddd05', agency: '甲\r乙"丙', code: '430100', year: 2017, text: '一,二;"三"\r四\n五\u2028六', title: '\t制表' });
    await run({ format: 'csv' });
    expect(csv('reports.csv').at(2)).toMatchObject({ agency: '甲\r乙"丙', text: '一,二;"三"\r四\n五\u2028六', title: '\'\t制表' });
  });
});

describe('text', () => {
  it('writes the words alone, under safe names', async () => {
    await run({ format: 'text' });
    expect(everyFile(out())).toEqual(['README.md', 'datapackage.json', 'index.csv', 'manifest.json', 'unknown/unknown/unknown-cccccc04.txt', '广东省/沙岭县公安局/2016-bbbbbb03.txt', '湖南省/清河市公安局/2015-aaaaaa02.txt', '湖南省/清河市公安局/2016-aaaaaa01.txt'].sort());
    expect(digestOf(readFileSync(join(out(), '湖南省/清河市公安局/2016-aaaaaa01.txt')))).toBe(digestOf('清河市公安局\n年报正文'));
    expect(csv('index.csv')[1]).toMatchObject({ file: '湖南省/清河市公安局/2016-aaaaaa01.txt', reportId: 'aaaaaa01' });
  });

  it.each([
    ['../../etc/passwd', 'etc passwd'], ['..', 'x'], ['.', 'x'], ['', 'x'], [null, 'x'], ['a/b\\c', 'a b c'], ['C:\\x', 'C x'], ['NUL', '_NUL'], ['con.txt', '_con.txt'], ['甲\u202e乙', '甲 乙'],
    ['a\0b', 'a b'], ['\ud800x', 'x'], ['局 ', '局'], ['name.', 'name'], ['~root', '~root'], ['长'.repeat(200), '长'.repeat(60)], ['a'.repeat(179) + '长.', 'a'.repeat(179)],
  ])('makes %j safe', (name, safe) => {
    expect(safeName(name, 'x')).toBe(safe);
  });

  it('cannot leave the folder', () => {
    expect(textPath({ province: '../..', agency: '/etc', year: null, reportId: '../x' })).toBe('unknown/etc/unknown-.. x.txt');
  });
});

describe('the folder', () => {
  it('holds a manifest with a digest for every file, and no time of day', async () => {
    const result = await run({ format: 'csv', selection: { ...EVERYTHING, years: [2016] } });
    const manifest = JSON.parse(read('manifest.json')) as { files: { path: string; bytes: number; sha256: string }[] };
    expect(manifest).toMatchObject({ tool: 'nianbao 1.0.0', format: 'csv', filters: { year: [2016], place: [], since: null }, counts: { reports: 2 }, newestRunSha256: expect.stringMatching(/^[\da-f]{64}$/u) as unknown });
    expect(manifest.files.map((file) => file.path)).toEqual(everyFile(out()).filter((file) => file !== 'manifest.json'));
    for (const file of manifest.files) {
      expect(digestOf(readFileSync(join(out(), file.path)))).toBe(file.sha256);
      expect(statSync(join(out(), file.path)).size).toBe(file.bytes);
    }
    expect(result.files).toEqual(manifest.files);
  });

  it.each(Object.keys(FORMATS).map((name) => [name]))('%s: the same archive gives the same bytes, and replaces the earlier export', async (name) => {
    await run({ format: formatNamed(name) });
    const before = everyFile(out()).map((file) => [file, digestOf(readFileSync(join(out(), file)))]);
    await run({ format: formatNamed(name) });
    expect(everyFile(out()).map((file) => [file, digestOf(readFileSync(join(out(), file)))])).toEqual(before);
    expect(readdirSync(folder.path)).toEqual(['out']);
  });

  it('is replaced by another format as a whole', async () => {
    await run({ format: 'text' });
    await run({ format: 'jsonl' });
    expect(everyFile(out())).toEqual(['README.md', 'datapackage.json', 'manifest.json', 'reports.jsonl']);
  });

  it.each([
    ['somebody\'s file', (): void => writeFileSync(join(out(), 'thesis.docx'), 'mine')],
    ['somebody\'s manifest', (): void => writeFileSync(join(out(), 'manifest.json'), '{"tool":"webpack","files":[]}')],
    ['a link', (): void => symlinkSync('/etc/hostname', join(out(), 'x'))],
  ])('is refused when it holds %s', async (_case, put) => {
    mkdirSync(out());
    put();
    await expect(run({ format: 'jsonl' })).rejects.toMatchObject({ code: 'export-folder-not-empty', exitCode: 2 });
    expect(readdirSync(out())).toHaveLength(1);
  });

  it('is refused when a file was added to an earlier export', async () => {
    await run({ format: 'jsonl' });
    writeFileSync(join(out(), 'notes.txt'), 'mine');
    await expect(run({ format: 'jsonl' })).rejects.toMatchObject({ code: 'export-folder-not-empty' });
    expect(read('notes.txt')).toBe('mine');
    expect(readdirSync(folder.path)).toEqual(['out']);
  });

  it('is refused when it is a file, and made when it or its parents are not there', async () => {
    writeFileSync(out('file'), '');
    await expect(run({ format: 'jsonl', out: out('file') })).rejects.toMatchObject({ code: 'export-not-a-folder', exitCode: 2 });
    await run({ format: 'jsonl', out: out('a/b/c') });
    expect(existsSync(out('a/b/c/reports.jsonl'))).toBe(true);
    mkdirSync(out('empty'));
    await run({ format: 'jsonl', out: out('empty') });
    expect(existsSync(out('empty/reports.jsonl'))).toBe(true);
  });

  it('stays as it was when the export is stopped or fails', async () => {
    await run({ format: 'jsonl' });
    const before = read('reports.jsonl');
    const stopping = new AbortController();
    const stopped = await run({ format: 'jsonl', selection: { ...EVERYTHING, years: [2016] }, signal: stopping.signal, onProgress: () => stopping.abort() });
    expect(stopped.folder).toBeNull();
    const failing = run({ format: 'jsonl', onProgress: () => { throw new Error('disk'); } });
    await expect(failing).rejects.toThrow('disk');
    expect(read('reports.jsonl')).toBe(before);
    expect(readdirSync(folder.path)).toEqual(['out']);
  });

  it('is of one moment, whatever a harvest writes meanwhile', async () => {
    const reader = openReader(archive.storage);
    const onProgress = (done: number): void => archive.report({ id: `new${done}`, agency: '丙', code: '430100', year: 2020 });
    const { counts } = await exportArchive(reader, { format: 'csv', out: out(), selection: EVERYTHING, toolVersion: '1.0.0', onProgress });
    reader.close();
    expect(counts.documents).toBe(4);
    expect(read('reports.csv')).not.toContain('new1');
  });

  it('sweeps up after an export whose process died', async () => {
    mkdirSync(out('.out.partial-999999'));
    mkdirSync(out('.out.partial-1'));
    await run({ format: 'jsonl' });
    expect(readdirSync(folder.path).sort()).toEqual(['.out.partial-1', 'out']);
  });

  it('explains every field in both languages', async () => {
    await run({ format: 'jsonl' });
    const readme = read('README.md');
    for (const field of Object.keys(lines()[0] ?? {})) expect(readme).toMatch(new RegExp(`^\\| \`${field}\` \\| .+ \\| .*[\\u4e00-\\u9fff].* \\|$`, 'mu'));
  });

  it.each([['2019', FORM_2019], ['2021', FORM_2021]])('explains every cell of the format of %s', (_, form) => {
    const cells: (readonly [table: string, row: string, column: string])[] = [
      ...form.bands.flatMap((band) => band.rows.flatMap((row) => band.columns.map((column) => ['proactive', `${band.key}.${row.key}`, column.key] as const))),
      ...form.requests.flatMap((row) => APPLICANTS.map((column) => ['requests', row.key, column.key] as const)),
      ...REVIEW_COLUMNS.map((column) => ['reviewLitigation', 'count', column] as const),
    ];
    expect(cells.filter((cell) => cellMeaning(...cell) === null)).toEqual([]);
    expect(new Set(cells.map((cell) => cellMeaning(...cell)?.english)).size).toBe(cells.length);
    expect(new Set(cells.map((cell) => cellMeaning(...cell)?.chinese)).size).toBe(cells.length);
  });

  it('puts cells into the order of the forms, and what no form has last', () => {
    expect(inFormOrder(['requests.r.total.total', 'x.y.z', 'annex.10.count', 'requests.new.total', 'annex.2.count', 'requests.new.natural', 'reviewLitigation.count.suitDirect.upheld', 'reviewLitigation.count.review.total', 'requests.carriedIn.natural', 'proactive.art20_6.penalty.decisions', 'proactive.art20_5.licence.decisions', 'requests.new.shareholder']))
      .toEqual(['proactive.art20_5.licence.decisions', 'proactive.art20_6.penalty.decisions', 'requests.new.natural', 'requests.new.total', 'requests.new.shareholder', 'requests.carriedIn.natural', 'requests.r.total.total', 'reviewLitigation.count.review.total', 'reviewLitigation.count.suitDirect.upheld', 'annex.2.count', 'annex.10.count', 'x.y.z']);
  });

  it('explains every row of the annex with its label, and every key of a statement and of a catalogue card', () => {
    const numbered = ANNEX_ROWS.filter(({ unit }) => unit !== null);
    expect(numbered.filter(({ order, label }) => !label.includes((cellMeaning('annex', String(order), 'count')?.chinese ?? 'none').replace(/（万元）|，数量$/gu, ''))).map(({ order }) => order)).toEqual([]);
    const source = (file: string): string => readFileSync(join(import.meta.dirname, '..', '..', 'src', 'recognise', file), 'utf8');
    const stated = new Set([...source('statements.ts').matchAll(/'((?:requests|fees|reviews|lawsuits|published)\.[a-zA-Z]+)'/gu)].map((match) => match[1]));
    expect([...stated].sort()).toEqual(STATEMENT_KEYS.map(([key]) => key).sort());
    const card = [...source('catalogue-card.ts').matchAll(/^ {2}([a-zA-Z]+): \[/gmu)].map((match) => match[1]);
    expect(card).toEqual(CARD_KEYS.map(([key]) => key));
  });

  it('knows its formats', () => {
    expect(() => formatNamed('xls')).toThrow(/jsonl/u);
    expect(() => formatNamed('toString')).toThrow();
  });
});
