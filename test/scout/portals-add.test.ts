/** `portals add`: from an address to the reports that a harvest would fetch and a row for the seed list; politely, and beside the archive. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { portalsCommand } from '../../src/commands/portals.js';
import type { PortalsOptions } from '../../src/commands/portals.js';
import type { UserConfig } from '../../src/config.js';
import { findChromium } from '../../src/fetch/chromium.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { readSeeds } from '../../src/seeds/read.js';
import type { FarmPortal, FarmReport } from '../farm/farm.js';
import { openNights } from '../harvest/nights.js';
import type { Nights } from '../harvest/nights.js';

interface Added {
  outcome: string; family: string | null; column: string | null; robots: string | null; requests: number; isWhole: boolean; reports: { url: string; year: number | null; title: string | null }[];
  row: Record<string, string> | null; line: string | null; problems: { column: string }[]; written: { file: string; line: number } | null; steps: { url: string; reason: string }[];
}

let nights: Nights;
let folder: string;
beforeAll(async () => { nights = await openNights({ large: true }); });
afterAll(() => nights.close());
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'add-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const portal = (id: string): FarmPortal => nights.farm.portals.find((one) => one.id === id) as FarmPortal;
const reportsOf = (id: string): FarmReport[] => nights.farm.reports.filter((report) => report.portal === id);
const at = (id: string, path = portal(id).columns[0] ?? portal(id).home ?? '/'): string => nights.farm.origin(portal(id).host) + path;

async function add(address: string, options: PortalsOptions = {}, changes: UserConfig = {}): Promise<Added & { exit: number }> {
  nights.said();
  const exit = await portalsCommand({ ...nights.context(changes), json: true, cwd: folder }, ['add', address], options);
  return { ...(JSON.parse(nights.said().out) as Added), exit };
}

/** What the column of a portal lists: what is held of it, and what is withheld. Word files are named by the page that links to them. */
function listedBy(id: string): string[] {
  const withheld = portal(id).refusals.map(({ url }) => url);
  return [...reportsOf(id).map((report) => report.attachedTo ?? report.url), ...withheld].sort();
}

describe('from the address of a column', () => {
  const ids = ['trs', 'hanweb', 'gbk-bare', 'wrong-header', 'big5', 'failing', 'soft-404', 'county-copy', 'robots', 'generic', 'vsb-paging', 'ucap', 'epoint', 'year-folders', 'lonsun', 'openness', 'shga', 'gkmlpt', 'jpaas', 'attachment', 'nc', 'xxgk-module', 'ucap-tree', 'session-ids', 'calendar'];

  it.each(ids)('%s: names every report that is listed, the agency and the family', async (id) => {
    const added = await add(at(id));
    expect([added.exit, added.outcome, added.isWhole]).toEqual([0, 'found', true]);
    expect(added.reports.map(({ url }) => url).sort()).toEqual(listedBy(id));
    expect(added.row).toMatchObject({ agency: portal(id).agency, code: portal(id).code, level: portal(id).level });
    // The host of the Shanghai branch has no page at its root: an address that did not answer is not proposed.
    expect(added.row?.['home']).toBe(id === 'shga' ? '' : `${nights.farm.origin(portal(id).host)}/`);
    if (id !== 'year-folders' && portal(id).family !== 'generic') expect(added.family).toBe(portal(id).family);
    // From a catalogue's tree the column is the list that the tree leads to.
    if (portal(id).columns.length > 0 && !['xxgk-module', 'ucap-tree'].includes(id)) expect(added.row?.['columns']).toBe(at(id));
  });

  it('the years are those of the reports', async () => {
    const added = await add(at('trs'));
    expect(added.reports.map(({ year }) => year).sort()).toEqual(reportsOf('trs').map(({ year }) => year).sort());
  });

  it('an endpoint that answers by year is asked for one report, and its other years are named', async () => {
    const added = await add(at('annual-endpoint'));
    const named = new Map(added.reports.map(({ url, year }) => [url, year]));
    expect(reportsOf('annual-endpoint').filter(({ url, year }) => named.get(url) !== year).map(({ url }) => `${url} ${named.get(url)}`)).toEqual([]);
    expect(added.row).toMatchObject({ agency: portal('annual-endpoint').agency, platform: 'hanweb' });
  });
});

describe('from a home page', () => {
  it.each(['trs', 'generic', 'framed', 'new-platform', 'moved-column', 'frameset', 'site-map', 'departments', 'site-search', 'county-column'])('%s: the column is found, and the row that comes of it harvests the same reports', async (id) => {
    // On a government's portal only its name tells the agency's column from those of the other departments.
    const added = await add(at(id, '/').replace('http://', ''), portal(id).level === 'county' ? { agency: portal(id).agency } : {});
    expect(added.outcome).toBe('found');
    expect(added.reports.map(({ url }) => url).sort()).toEqual(listedBy(id));
    const column = added.row?.['columns'] ?? '';
    expect(column.startsWith(nights.farm.origin(portal(id).host))).toBe(true);
    if (portal(id).columns.length > 0) expect(column).toBe(at(id));
  });
});

const configured = process.env['NIANBAO_BROWSER_EXECUTABLE_PATH'] ?? null;
const chromium = await findChromium({ browser: { executablePath: configured } });
if (!chromium) console.warn('the browser part of "portals add" is not tested: no Chromium was found (node scripts/ensure-chromium.mjs installs one)');

describe.skipIf(!chromium)('a list by script', () => {
  it.each(['script-list', 'irs'])('%s: a browser shows it, and it is proposed like any other', async (id) => {
    const added = await add(at(id), {}, { browser: { use: 'when-needed', executablePath: configured } });
    expect([added.exit, added.outcome]).toEqual([0, 'found']);
    expect(added.reports.map(({ url }) => url).sort()).toEqual(listedBy(id));
    expect(added.row).toMatchObject({ agency: portal(id).agency, columns: at(id) });
  }, 60_000);
});

describe('what does not work', () => {
  it('a wall is named, no row is proposed and none is written', async () => {
    const added = await add(at('challenge'), { to: 'list.csv' });
    expect(added).toMatchObject({ exit: 3, outcome: 'blocked-jsl-521', row: null, line: null, written: null });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([['script-list', undefined, 'script-shell'], ['captcha', undefined, 'captcha'], ['login', undefined, 'login'], ['silent', undefined, 'reset'], ['empty-list', undefined, 'empty-list'], ['trs', '/no/such/page/', 'gone']])('%s %s is %s', async (id, path, outcome) => {
    expect(await add(at(id, path))).toMatchObject({ exit: 3, outcome, row: null });
  });

  it('a list with reports of another agency only is named as such', async () => {
    expect(await add(at('trs'), { agency: '不存在的局' })).toMatchObject({ exit: 3, outcome: 'other-agency', row: null, column: expect.stringMatching(/^http/u) as unknown });
  });

  it.each(['notaurl', 'http://notaurl/', 'ftp://gaj.example.gov.cn/', 'mailto:a@example.gov.cn'])('%s is refused, and nobody is asked', async (url) => {
    const before = nights.farm.log.length;
    await expect(add(url)).rejects.toMatchObject({ code: 'bad-url', exitCode: 2 });
    expect(nights.farm.log.length).toBe(before);
  });

  it('what robots.txt forbids is not asked for', async () => {
    const before = nights.farm.log.length;
    expect(await add(at('robots', '/private/'))).toMatchObject({ exit: 3, outcome: 'robots-disallowed' });
    expect(nights.farm.log.slice(before).map(({ path }) => path)).toEqual(['/robots.txt']);
  });

  it('a private address is refused unless it is allowed', async () => {
    const before = nights.farm.log.length;
    expect(await add(at('trs'), {}, { network: { allowPrivateAddresses: false } })).toMatchObject({ exit: 3, outcome: 'private-address' });
    expect(nights.farm.log.length).toBe(before);
  });

  it('nothing is asked in quiet hours', async () => {
    const hour = new Date().getUTCHours();
    const clock = (of: number): string => `${String((of + 24) % 24).padStart(2, '0')}:00`;
    const quiet = { politeness: { quietHours: `${clock(hour - 1)}-${clock(hour + 2)}` }, schedule: { timeZone: 'UTC' } };
    await expect(add(at('trs'), {}, quiet)).rejects.toMatchObject({ code: 'quiet-hours', exitCode: 2 });
  });

  it.each([[['add'], {}], [['add', 'a', 'b'], {}], [['add', 'ht!tp://x y'], {}], [['list'], { to: 'x.csv' }]] as const)('wrong words: %j', async (words, options) => {
    await expect(portalsCommand(nights.context(), words, options)).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('politeness', () => {
  it('asks for robots.txt first, keeps its pause, and stores nothing', async () => {
    const before = nights.farm.log.length;
    await add(at('robots'));
    const asked = nights.farm.log.slice(before);
    expect(asked[0]?.path).toBe('/robots.txt');
    const times = asked.map(({ time }) => time);
    expect(times.slice(1).map((time, index) => time - (times[index] ?? 0)).filter((gap) => gap < 990)).toEqual([]);
    expect(new Set(asked.map(({ userAgent }) => userAgent))).toEqual(new Set([nights.context().config.userAgent]));
    expect(readdirSync(nights.folder)).toEqual(['seeds.csv']);
  });
});

describe('--to', () => {
  const header = 'code,agency,level,home,columns,platform,note';
  const encodings: readonly (readonly [string, string, (text: string) => Buffer])[] = [
    ['UTF-8 with \\n', `${header}\n100000,甲公安局,county,,http://a.example/,auto,x\n990000,乙公安局,county,,http://b.example/,auto,y\n`, (text) => Buffer.from(text)],
    ['UTF-8 with BOM and \\r\\n', `\ufeff${header}\r\n100000,甲公安局,county,,http://a.example/,auto,"x\r\ny"\r\n990000,乙公安局,county,,http://b.example/,auto,y\r\n`, (text) => Buffer.from(text)],
    ['GBK with semicolons and Chinese names', '备注;代码;机关;我的列;栏目\r\nx;100000;甲公安局;1;http://a.example/\r\ny;990000;乙公安局;2;http://b.example/', (text) => iconv.encode(text, 'gbk')],
    ['UTF-16 with tabs, as Excel writes it', `\ufeff${header.replaceAll(',', '\t')}\r\n100000\t甲公安局\tcounty\t\thttp://a.example/\tauto\tx\r\n990000\t乙公安局\tcounty\t\thttp://b.example/\tauto\ty\r\n`, (text) => Buffer.from(text, 'utf16le')],
  ];

  it.each(encodings)('%s: the row stands at its place, every other byte as it was', async (_name, text, encode) => {
    const file = join(folder, 'list.csv');
    const before = encode(text);
    writeFileSync(file, before);
    const added = await add(at('trs'), { to: 'list.csv' });
    const after = readFileSync(file);
    expect(added.exit).toBe(0);
    const line = added.written?.line ?? 0;
    const list = await readSeeds([file], loadDivisions(), { strict: true });
    expect(list.problems.filter(({ line: of }) => of === line)).toEqual([]);
    expect(list.seeds.find(({ source }) => source.line === line)).toMatchObject({ agency: portal('trs').agency, code: portal('trs').code, columns: [at('trs')] });
    expect(list.seeds.map(({ code }) => code)).toEqual(['100000', portal('trs').code, '990000']);
    let same = 0;
    while (same < before.length && before[same] === after[same]) same += 1;
    const added_ = after.length - before.length;
    expect(Buffer.concat([after.subarray(0, same), after.subarray(same + added_)]).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['list.csv']);
  });

  it('a list in no order gets the row at its end, one without a last line end too', async () => {
    const file = join(folder, 'list.csv');
    writeFileSync(file, `${header}\n990000,乙公安局,county,,http://b.example/,auto,y\n100000,甲公安局,county,,http://a.example/,auto,x`);
    const added = await add(at('trs'), { to: 'list.csv' });
    expect(added.written?.line).toBe(4);
    expect(readFileSync(file, 'utf8').split('\n')[3]).toContain(at('trs'));
  });

  it('a new list is made with all columns, and the same portal is not written twice', async () => {
    await add(at('trs'), { to: 'new.csv' });
    const once = readFileSync(join(folder, 'new.csv'), 'utf8');
    expect(once.split('\n')[0]).toBe('code,province,city,county,agency,level,home,columns,platform,render,charset,delay,enabled,note');
    await expect(add(at('trs'), { to: 'new.csv' })).rejects.toMatchObject({ code: 'portal-known', exitCode: 2 });
    expect(readFileSync(join(folder, 'new.csv'), 'utf8')).toBe(once);
  });

  it('a list without a column for the address is left as it is', async () => {
    const file = join(folder, 'list.csv');
    writeFileSync(file, 'code,agency,home\n100000,甲公安局,http://a.example/\n');
    await expect(add(at('trs'), { to: 'list.csv' })).rejects.toMatchObject({ code: 'seeds-header', exitCode: 2 });
    expect(readFileSync(file, 'utf8')).toBe('code,agency,home\n100000,甲公安局,http://a.example/\n');
  });

  it('the agency is the one the user names', async () => {
    const added = await add(at('trs'), { agency: '岳阳市公安局岳阳楼分局', to: 'list.csv' });
    expect(added.row).toMatchObject({ agency: '岳阳市公安局岳阳楼分局', code: '430602' });
    expect(existsSync(join(folder, 'list.csv'))).toBe(true);
  });
});
