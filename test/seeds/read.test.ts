/** Seed lists as spreadsheets save them, and every way a row can be wrong. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NianbaoError } from '../../src/errors.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { readSeeds, readSeedTexts } from '../../src/seeds/read.js';
import { decodeSeedText } from '../../src/seeds/seed-files.js';

const HEADER = 'code,province,city,county,agency,level,home,columns,platform,render,charset,delay,enabled,note';

function read(...lines: string[]) {
  return readSeedTexts([{ file: 'seeds/t.csv', text: lines.join('\n') }]);
}

/** A row with only the named cells filled. */
function row(cells: Record<string, string>): string {
  return HEADER.split(',').map((name) => (cells[name] ?? '').replace(/^(.*[,"\n].*)$/su, (cell) => `"${cell.replaceAll('"', '""')}"`)).join(',');
}

const GOOD = { code: '430100', agency: '长沙市公安局', home: 'http://gaj.changsha.test/' };

describe('a list as saved by', () => {
  const sheet = (delimiter: string, end: string): string => [
    ['代码', '机关', '首页', '栏目', '备注', '负责人'].join(delimiter),
    ['430100', '长沙市公安局', 'http://gaj.changsha.test/', '', `"第一行${end}第二行"`, '甲'].join(delimiter),
    ['', '', '', '', '', ''].join(delimiter),
    ['330326', '平阳县公安局', '', 'http://www.py.test/a/|http://www.py.test/b/', '', '乙'].join(delimiter),
    '',
  ].join(end);
  const cases: [string, Buffer][] = [
    ['an editor: UTF-8, commas', Buffer.from(sheet(',', '\n'))],
    ['Excel: UTF-8 with BOM, CRLF', Buffer.from(`\uFEFF${sheet(',', '\r\n')}`)],
    ['Chinese Excel: GBK, commas', iconv.encode(sheet(',', '\r\n'), 'gbk')],
    ['Excel with a German locale: GBK, semicolons', iconv.encode(sheet(';', '\r\n'), 'gbk')],
    ['Excel "Unicode text": UTF-16, tabs', Buffer.from(`\uFEFF${sheet('\t', '\r\n')}`, 'utf16le')],
    ['an old Mac: CR', Buffer.from(sheet(',', '\r'))],
    ['Excel with a separator hint', Buffer.from(`sep=;\r\n${sheet(';', '\r\n')}`)],
  ];
  it.each(cases)('%s', (name, bytes) => {
    const { seeds, problems } = readSeedTexts([{ file: 'x.csv', text: decodeSeedText(bytes) }]);
    expect(problems).toEqual([]);
    const shift = name.includes('hint') ? 1 : 0;
    expect(seeds).toMatchObject([
      { code: '430100', agency: '长沙市公安局', province: '湖南省', city: '长沙市', note: '第一行\n第二行', source: { file: 'x.csv', line: 2 + shift } },
      { code: '330326', columns: ['http://www.py.test/a/', 'http://www.py.test/b/'], home: null, source: { line: 5 + shift } },
    ]);
  });

  it('UTF-16 with the bytes the other way round', () => {
    expect(decodeSeedText(Buffer.from('\uFEFF代码', 'utf16le').swap16())).toBe('代码');
  });
});

describe('a good row', () => {
  it('is filled from its code', () => {
    const { seeds, problems } = read(HEADER, row({ code: '110105', home: 'http://a.test' }));
    expect(problems).toEqual([]);
    expect(seeds[0]).toMatchObject({
      province: '北京市', city: '北京市', county: '朝阳区', agency: '朝阳区公安局', level: 'county', home: 'http://a.test', columns: [], platform: 'auto', render: 'auto',
      charset: null, delaySecs: null, enabled: true, note: null, source: { file: 'seeds/t.csv', line: 2 },
    });
  });

  const agencies: [string, string | null, string][] = [
    ['000000', '公安部', 'ministry'], ['430000', '湖南省公安厅', 'province'], ['150000', '内蒙古自治区公安厅', 'province'], ['310000', '上海市公安局', 'province'],
    ['660000', '新疆生产建设兵团公安局', 'province'], ['222400', '延边朝鲜族自治州公安局', 'prefecture'], ['429004', '仙桃市公安局', 'county'],
  ];
  it.each(agencies)('%s alone means %s', (code, agency, level) => {
    expect(read(HEADER, row({ code, home: 'http://a.test' })).seeds[0]).toMatchObject({ code, agency, level });
  });

  const codes: [Record<string, string>, string][] = [
    [{ agency: '长沙市公安局' }, '430100'], [{ agency: '开县公安局' }, '500154'], [{ agency: '朝阳区公安局', city: '长春' }, '220104'], [{ agency: '朝阳分局', province: '北京', county: '朝阳区' }, '110105'],
    [{ agency: '重庆市公安局沙坪坝区分局', county: '沙坪坝区', city: '重庆市', province: '重庆市' }, '500106'], [{ agency: '重庆市公安局沙坪坝区分局' }, '500106'], [{ agency: '上海市公安局黄浦分局' }, '310101'], [{ agency: '淄博市公安局高新区分局' }, '370300'], [{ agency: '长沙市公安局交通警察支队' }, '430100'], [{ agency: '公安部', code: '000000' }, '000000'],
  ];
  it.each(codes)('%o gives %s', (cells, code) => {
    const { seeds, problems } = read(HEADER, row({ home: 'http://a.test', ...cells }));
    expect([seeds[0]?.code, problems]).toEqual([code, []]);
  });

  it('has cells in many spellings', () => {
    const { seeds, problems } = read(
      HEADER,
      row({ ...GOOD, level: '市级', render: 'HTTP', charset: 'GBK', delay: '２.5', enabled: '否', platform: 'TRS', columns: ' http://a.test/x ｜http://a.test/y|http://a.test/x|' }),
    );
    expect(problems).toEqual([]);
    expect(seeds[0]).toMatchObject({ level: 'prefecture', render: 'http', charset: 'gbk', delaySecs: 2.5, enabled: false, platform: 'trs', columns: ['http://a.test/x', 'http://a.test/y'] });
  });

  it.each(['no', 'No', 'false', '0', '否'])('enabled %s is no', (enabled) => { expect(read(HEADER, row({ ...GOOD, enabled })).seeds[0]?.enabled).toBe(false); });
  it.each(['', 'yes', 'TRUE', '1', '是'])('enabled %j is yes', (enabled) => { expect(read(HEADER, row({ ...GOOD, enabled })).seeds[0]?.enabled).toBe(true); });

  it('keeps its portal id when other cells change', () => {
    const id = (cells: Record<string, string>): string | undefined => read(HEADER, row(cells)).seeds[0]?.portalId;
    expect(id(GOOD)).toMatch(/^430100-[0-9a-f]{10}$/u);
    expect(id({ ...GOOD, note: 'x', delay: '9', enabled: 'no', city: '长沙' })).toBe(id(GOOD));
    expect(id({ ...GOOD, home: 'HTTP://GAJ.changsha.test' })).toBe(id(GOOD));
    expect(id({ ...GOOD, home: 'http://other.test/' })).not.toBe(id(GOOD));
  });

  it('may have columns of the user\'s own and headers in any case', () => {
    const { seeds, problems } = read(' CODE , contact,Home', '430100,someone,http://a.test');
    expect([seeds.length, problems]).toEqual([1, []]);
  });
});

describe('a bad row is named and left out', () => {
  const cases: [string, Record<string, string>, string, string][] = [
    ['no agency', { home: 'http://a.test' }, 'agency', 'expected a code or an agency'],
    ['no address', { code: '430100' }, 'home', 'expected an address in home or columns'],
    ['short code', { ...GOOD, code: '4301' }, 'code', 'such as 430100'],
    ['statistical code', { ...GOOD, code: '430100000000' }, 'code', 'such as 430100'],
    ['code from a spreadsheet', { ...GOOD, code: '4.30E+05' }, 'code', 'six digits'],
    ['level', { ...GOOD, level: 'city' }, 'level', 'expected ministry, province, prefecture or county'],
    ['no scheme', { ...GOOD, home: 'gaj.changsha.test' }, 'home', 'such as http://gaj.changsha.test'],
    ['other scheme', { ...GOOD, home: 'ftp://gaj.changsha.test' }, 'home', 'not ftp:'],
    ['script', { ...GOOD, home: 'javascript:alert(1)' }, 'home', 'not javascript:'],
    ['words', { ...GOOD, home: '待查' }, 'home', 'expected a web address'],
    ['password', { ...GOOD, home: 'http://me:secret@a.test' }, 'home', 'user name or password'],
    ['two addresses', { ...GOOD, columns: 'http://a.test http://b.test' }, 'columns', 'put | between'],
    ['one bad column of two', { ...GOOD, columns: 'http://a.test/x|/y' }, 'columns', '/y: expected a web address'],
    ['too long', { ...GOOD, home: `http://a.test/${'a'.repeat(2100)}` }, 'home', 'longer than 2083'],
    ['render', { ...GOOD, render: 'chrome' }, 'render', 'expected auto, http or browser'],
    ['charset', { ...GOOD, charset: 'gb9999' }, 'charset', 'expected a charset'],
    ['delay', { ...GOOD, delay: '1 h' }, 'delay', '0 to 3600'],
    ['long delay', { ...GOOD, delay: '3601' }, 'delay', '0 to 3600'],
    ['negative delay', { ...GOOD, delay: '-1' }, 'delay', '0 to 3600'],
    ['enabled', { ...GOOD, enabled: 'maybe' }, 'enabled', 'expected yes or no'],
    ['platform', { ...GOOD, platform: '拓尔思' }, 'platform', 'expected auto or the name'],
  ];
  it.each(cases)('%s', (_name, cells, column, reason) => {
    const { seeds, problems } = read(HEADER, row({ code: '110000', home: 'http://first.test' }), row(cells), row({ code: '120000', home: 'http://last.test' }));
    expect(seeds.map(({ code }) => code)).toEqual(['110000', '120000']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: 'seeds/t.csv', line: 3, column, kind: 'error' });
    expect(problems[0]?.reason).toContain(reason);
    expect(problems[0]?.value).toBe(cells[column] ?? null);
  });

  it('with every fault it has', () => {
    const { problems } = read(HEADER, row({ code: '43', home: 'x', render: 'y', delay: 'z' }));
    expect(problems.map(({ column }) => column)).toEqual(['code', 'home', 'render', 'delay']);
  });

  it('when it is there already', () => {
    const { seeds, problems } = read(
      HEADER, row(GOOD), row({ ...GOOD, home: 'https://gaj.changsha.test', note: 'again' }), row({ ...GOOD, agency: '长沙市公安局交通警察支队' }),
      row({ ...GOOD, columns: 'http://a.test/x' }), row({ ...GOOD, columns: 'http://a.test/y|http://a.test/x' }),
    );
    expect(seeds.map(({ source }) => source.line)).toEqual([2, 4, 5]);
    expect(problems.map(({ line, column, kind }) => [line, column, kind])).toEqual([[3, 'home', 'error'], [6, 'columns', 'error']]);
    expect(problems[0]?.reason).toContain('seeds/t.csv line 2');
  });

  it('also when the first one stands in another list', () => {
    const texts = ['a.csv', 'b.csv'].map((file) => ({ file, text: `${HEADER}\n${row(GOOD)}` }));
    expect(readSeedTexts(texts).problems).toMatchObject([{ file: 'b.csv', line: 2, kind: 'error' }]);
  });
});

describe('a doubtful row is used and named', () => {
  const cases: [string, Record<string, string>, string, string, Record<string, string | null>][] = [
    ['unknown code', { ...GOOD, code: '439900' }, 'code', 'not known', { code: '439900' }],
    ['replaced code', { code: '410381', agency: '偃师市公安局', home: 'http://a.test' }, 'code', 'replaced by 410307', { code: '410307', county: '偃师区', agency: '偃师市公安局' }],
    ['other province', { ...GOOD, province: '湖北省' }, 'province', 'expected 湖南省', { province: '湖南省' }],
    ['other city', { ...GOOD, city: '株洲市' }, 'city', 'expected 长沙市', { city: '长沙市' }],
    ['county of a province', { ...GOOD, code: '430000', agency: '湖南省公安厅', county: '长沙县' }, 'county', 'expected nothing', { county: null }],
    ['other agency', { ...GOOD, agency: '株洲市公安局' }, 'agency', '株洲市 (430200)', { code: '430100', agency: '株洲市公安局' }],
    ['level above the code', { ...GOOD, level: 'province' }, 'level', 'expected prefecture', { level: 'province' }],
    ['agency without a place', { ...GOOD, code: '', agency: '公安局' }, 'code', 'give a code', { code: null, agency: '公安局' }],
  ];
  it.each(cases)('%s', (_name, cells, column, reason, expected) => {
    const { seeds, problems } = read(HEADER, row(cells));
    expect(problems).toMatchObject([{ line: 2, column, kind: 'warning' }]);
    expect(problems[0]?.reason).toContain(reason);
    expect(seeds[0]).toMatchObject(expected);
  });

  it('but not for short names, or a zone that has no code of its own', () => {
    const rows: Record<string, string>[] = [{ ...GOOD, province: '湖南', city: '长沙' }, { code: '370300', county: '高新区', agency: '淄博市公安局高新区分局', level: 'county', home: 'http://a.test' }];
    expect(read(HEADER, ...rows.map(row)).problems).toEqual([]);
    expect(read(HEADER, ...rows.map(row)).seeds[1]).toMatchObject({ code: '370300', city: '淄博市', county: '高新区', level: 'county' });
  });
});

describe('a broken file', () => {
  it('with a quotation mark that is never closed costs that row only', () => {
    const { seeds, problems } = read(HEADER, row({ code: '110000', home: 'http://a.test' }), '120000,"天津市,,,,,http://b.test', row({ code: '130000', home: 'http://c.test' }), row({ code: '140000', home: 'http://d.test', note: 'two\nlines' }), row({ code: '43', home: 'http://e.test' }));
    expect(seeds.map(({ code, source }) => [code, source.line])).toEqual([['110000', 2], ['130000', 4], ['140000', 5]]);
    expect(problems.map(({ line, column, kind }) => [line, column, kind])).toEqual([[3, 'row', 'error'], [7, 'code', 'error']]);
  });

  it('with a quotation mark inside a cell costs that row only', () => {
    const { seeds, problems } = read(HEADER, '110000,"北"京,,,,,http://a.test', row({ code: '120000', home: 'http://b.test' }));
    expect(seeds.map(({ source }) => source.line)).toEqual([3]);
    expect(problems).toMatchObject([{ line: 2, column: 'row', kind: 'error' }]);
  });

  it('with surplus cells is doubted', () => {
    expect(read('code,home', '430100,http://a.test,surplus')).toMatchObject({ seeds: [{ code: '430100' }], problems: [{ line: 2, kind: 'warning', value: 'surplus' }] });
    expect(read('code,home', '430100,http://a.test,,,').problems).toEqual([]);
  });

  it('with fewer cells than names is read', () => {
    expect(read('code,home,note,delay', '430100,http://a.test').seeds).toHaveLength(1);
  });

  it.each(['', '\n\n', 'hello', '430100,长沙市公安局,http://a.test'])('without a header is one error: %j', (text) => {
    expect(read(text)).toMatchObject({ seeds: [], problems: [{ kind: 'error', column: 'row' }] });
  });

  it('of nothing but quotation marks ends soon', () => {
    const started = performance.now();
    const { seeds, problems } = read(HEADER, ...Array.from({ length: 5000 }, () => '"a"b'));
    expect([seeds.length, problems.length]).toEqual([0, 101]);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('files', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'nianbao-seeds-'));
    for (const [name, code] of [['43-b.csv', '430100'], ['11-a.csv', '110000'], ['notes.txt', '']]) writeFileSync(path.join(folder, name ?? ''), `code,home\n${code ?? ''},http://a.test\n`);
  });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  it('are found by pattern, sorted, each once', async () => {
    const { files, seeds } = await readSeeds([path.join(folder, '*.csv'), path.join(folder, '43-*.csv')]);
    expect(files.map((file) => path.basename(file))).toEqual(['11-a.csv', '43-b.csv']);
    expect(seeds.map(({ code }) => code)).toEqual(['110000', '430100']);
  });

  it.each(['absent.csv', 'absent/*.csv', '*.tsv', '.'])('that are missing are wrong usage: %s', async (name) => {
    const fault: unknown = await readSeeds([path.join(folder, name)]).catch((thrown: unknown) => thrown);
    expect(fault).toBeInstanceOf(NianbaoError);
    expect(fault).toMatchObject({ code: 'seeds-missing', exitCode: 2 });
  });

  it('are doubted when out of order, if asked', () => {
    const texts = [{ file: 't.csv', text: [HEADER, row(GOOD), row({ code: '110000', home: 'http://b.test' })].join('\n') }];
    expect(readSeedTexts(texts).problems).toEqual([]);
    expect(readSeedTexts(texts, undefined, { strict: true }).problems).toMatchObject([{ line: 3, kind: 'warning' }]);
  });
});

describe('the lists of this project', () => {
  it('have no fault, are sorted, and know a portal in every province', async () => {
    const { seeds, problems, files } = await readSeeds(['seeds/*.csv'], undefined, { strict: true });
    expect(problems).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(32);
    const provinces = new Set(seeds.map(({ code }) => code?.slice(0, 2)));
    for (const { code, level } of loadDivisions().all) if (level === 'province' && code < '700000') expect(provinces, code).toContain(code.slice(0, 2));
  });
});
