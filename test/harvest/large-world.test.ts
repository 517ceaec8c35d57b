/** The large world in one night: every listed report is held or named with its reason, every wall has its outcome, and no failure counts as absence. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harvestCommand } from '../../src/commands/harvest.js';
import { FAMILIES } from '../../src/discover/families/index.js';
import { openReader } from '../../src/store/open.js';
import { heldUrls, namedOutcomes } from '../../src/store/outcomes.js';
import { verifyArchive } from '../../src/store/verify.js';
import { accountFor } from '../farm/account.js';
import type { Account } from '../farm/account.js';
import type { FarmPortal, FarmReport } from '../farm/farm.js';
import { openNights } from './nights.js';
import type { Nights } from './nights.js';

let nights: Nights;
let account: Account;
let exit: number;

beforeAll(async () => {
  nights = await openNights({ large: true });
  exit = await harvestCommand(nights.context(), { places: [] });
  const database = openReader(nights.folder);
  account = accountFor(nights.farm, { held: heldUrls(database), named: namedOutcomes(database) });
  database.close();
}, 300_000);
afterAll(() => nights.close());

const portal = (id: string): FarmPortal => nights.farm.portals.find((one) => one.id === id) as FarmPortal;

/** Rows of the table of requests whose parts and total are known from the cells as printed: a blank makes a total unknown. */
function rowSums(report: FarmReport): { row: string; state: string }[] {
  const requests = report.cells.filter(({ table }) => table === 'requests');
  return [...new Set(requests.map(({ row }) => row))].map((row) => {
    const cells = requests.filter((cell) => cell.row === row);
    const total = cells.find(({ column }) => column === 'total')?.value ?? null;
    const parts = cells.filter(({ column }) => column !== 'total').map(({ value }) => value);
    if (total === null || parts.includes(null)) return { row, state: 'not-assessable' };
    return { row, state: parts.reduce<number>((sum, value) => sum + (value ?? 0), 0) === total ? 'pass' : 'fail' };
  });
}

describe('the large world', () => {
  it('is large, and has a portal for each family', () => {
    const listed = nights.farm.reports.length + account.refusals.length;
    expect(nights.farm.portals.length).toBeGreaterThanOrEqual(24);
    expect(listed).toBeGreaterThanOrEqual(400);
    const families = new Set(nights.farm.portals.map(({ family }) => family));
    expect(FAMILIES.map(({ id }) => id).filter((id) => !families.has(id))).toEqual([]);
  });

  it('comes out whole: every report is held, or named with the reason why not', () => {
    expect(account.lost.map(({ url }) => url)).toEqual([]);
    expect(account.held.length + account.named.length).toBe(nights.farm.reports.length);
    // Without a browser only what a script lists may be named in place of being held.
    const excused = account.named.filter(({ report }) => report.needsBrowser !== true);
    expect(excused.map(({ report, reason }) => `${reason} ${report.url}`)).toEqual([]);
  });

  it('holds the words of every report it holds, and nothing that is none', () => {
    const held = new Map(nights.rows<{ url: string; text: string; agency: string; year: number }>('SELECT url, text, agency, year FROM v_report').map((row) => [row.url, row]));
    const pages = account.held.map((report) => ({ ...report, url: report.attachedTo ?? report.url }));
    const words = (text = ''): string => text.replace(/\s+/gu, '');
    expect(pages.filter((report) => report.attachedTo === undefined && held.get(report.url)?.text !== report.text).map(({ url }) => url)).toEqual([]);
    // A report in a file has its cover page's words before its own.
    expect(pages.filter((report) => report.attachedTo !== undefined && !words(held.get(report.url)?.text).includes(words(report.text))).map(({ url }) => url)).toEqual([]);
    expect(pages.filter(({ url, agency, year }) => held.get(url)?.agency !== agency || held.get(url)?.year !== year).map(({ url }) => url)).toEqual([]);
    const published = new Set(nights.farm.reports.flatMap(({ url, attachedTo }) => [url, attachedTo ?? url]));
    expect([...held.keys()].filter((url) => !published.has(url))).toEqual([]);
  });

  it('lists the repairs of every damaged report, has its title right, and repairs no other', () => {
    const rows = nights.rows<{ url: string; title: string; steps: string | null }>(`SELECT r.url, r.title, (SELECT group_concat(step, '+') FROM v_repair p WHERE p.report_id = r.report_id) AS steps FROM v_report r`);
    const found = new Map(rows.map(({ url, title, steps }) => [url, { title, steps: [...new Set(steps?.split('+') ?? [])].sort() }]));
    const pages = account.held.map((report) => ({ report, url: report.attachedTo ?? report.url }));
    expect(pages.filter(({ report }) => report.repairs !== undefined).length).toBeGreaterThan(0);
    expect(pages.filter(({ report, url }) => report.repairs !== undefined && found.get(url)?.title !== report.title).map(({ url }) => url)).toEqual([]);
    const wrong = pages.filter(({ report, url }) => found.get(url)?.steps.join() !== [...(report.repairs ?? [])].sort().join());
    expect(wrong.map(({ url }) => `${url}: ${found.get(url)?.steps.join()}`)).toEqual([]);
  });

  it('says of every total in the tables of requests whether it comes out, by the cells as printed', () => {
    const stated = nights.rows<{ url: string; rule: string; state: string }>("SELECT r.url, c.rule, c.state FROM v_check c JOIN v_report r USING (report_id) WHERE c.rule LIKE 'T3-ROW-SUM.%'");
    const expected = account.held.flatMap((report) => rowSums(report).map(({ row, state }) => `${report.attachedTo ?? report.url} T3-ROW-SUM.${row} ${state}`));
    expect(new Set(expected.map((line) => line.split(' ').at(-1)))).toEqual(new Set(['pass', 'fail', 'not-assessable']));
    expect(stated.map(({ url, rule, state }) => `${url} ${rule} ${state}`).sort()).toEqual(expected.sort());
  });

  it('links what a copying site damaged with what the agency\'s portal damaged otherwise', () => {
    const copies = account.held.filter(({ portal: id, duplicateOf }) => id === 'copyist' && duplicateOf !== undefined);
    const pairs = nights.rows<{ a: string; b: string; kind: string }>('SELECT a.url AS a, b.url AS b, d.kind FROM v_duplicate d JOIN v_report a ON a.report_id = d.report_id JOIN v_report b ON b.report_id = d.other_report_id');
    const found = new Set(pairs.map(({ a, b, kind }) => `${[a, b].sort().join(' ')} ${kind}`));
    expect(copies.length).toBeGreaterThan(0);
    expect(copies.filter(({ url, duplicateOf = '', duplicateKind }) => !found.has(`${[url, duplicateOf].sort().join(' ')} ${duplicateKind}`)).map(({ url }) => url)).toEqual([]);
  });

  it('names every page that is withheld, and ends with 3', () => {
    expect(account.refusals.filter(({ reason }) => reason === null).map(({ url }) => url)).toEqual([]);
    expect(exit).toBe(3);
  });

  it('asks for no report twice', () => {
    const reports = new Set(nights.farm.reports.map(({ url }) => url));
    const whole = nights.farm.log.filter(({ status }) => status === 200).map(({ host, path }) => `${nights.farm.origin(host)}${path}`).filter((url) => reports.has(url));
    expect(whole.filter((url, index) => whole.indexOf(url) !== index)).toEqual([]);
  });

  it('leaves calendars alone', () => {
    const asked = nights.farm.log.filter(({ host, path }) => host === portal('calendar').host && /[?&](?:day|month)=/u.test(path));
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  it('leaves an archive that verifies', () => {
    const database = openReader(nights.folder);
    expect(verifyArchive(database).problems).toEqual([]);
    database.close();
  });
});

describe('a wall', () => {
  it.each([
    ['challenge', 'blocked-jsl-521', 'blocked'], ['ruishu', 'blocked-ruishu-412', 'blocked'], ['cdn-403', 'blocked-cdn-403', 'blocked'], ['captcha', 'captcha', 'blocked'], ['login', 'login', 'blocked'],
    ['stubs', 'stub', 'not-searched'], ['silent', 'reset', 'not-searched'], ['empty-list', 'empty-list', 'not-searched'], ['script-list', 'needs-script', 'not-searched'], ['irs', 'needs-post', 'not-searched'],
  ])('%s: the list was not read because of %s, and the ledger says %s', (id, cause, state) => {
    const origin = `${nights.farm.origin(portal(id).host)}/`;
    const lists = nights.rows<{ url: string; state: string; causes: string }>('SELECT url, state, causes FROM v_list').filter(({ url }) => url.startsWith(origin));
    expect(lists.map((list) => [list.state, JSON.parse(list.causes) as string[]])).toEqual([['unread', [cause]]]);
    const states = nights.rows<{ state: string }>("SELECT DISTINCT state FROM v_ledger WHERE agency = ? AND state <> 'not-due'", portal(id).agency);
    expect(states).toEqual([{ state }]);
    expect(nights.rows('SELECT 1 FROM v_report WHERE agency = ?', portal(id).agency)).toEqual([]);
  });

  it('of dead links makes removed years of those that the list names', () => {
    const years = portal('dead-links').refusals.length;
    const states = nights.rows<{ state: string; years: number }>("SELECT state, count(*) AS years FROM v_ledger WHERE agency = ? AND state = 'removed' GROUP BY 1", portal('dead-links').agency);
    expect(states).toEqual([{ state: 'removed', years }]);
  });

  it.each(['short-list', 'postback'])('%s: the list is partial, says how much of it was never seen, and leaves no year "not found"', (id) => {
    const url = portal(id).refusals[0]?.url;
    const [list] = nights.rows<{ state: string; total: number; rows: number; listed: number; held: number }>('SELECT state, total, rows, listed, held FROM v_list WHERE url = ?', url);
    const reports = nights.farm.reports.filter((report) => report.portal === id).length;
    expect(list).toMatchObject({ state: 'partial', rows: reports, listed: reports, held: reports });
    expect(list?.total).toBeGreaterThan(reports);
    expect(nights.rows("SELECT 1 FROM v_ledger WHERE agency = ? AND state = 'not-found'", portal(id).agency)).toEqual([]);
  });
});
