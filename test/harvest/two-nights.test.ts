/** Two nights on the farm: every report held, every withheld page named, and the second night costs almost nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harvestCommand } from '../../src/commands/harvest.js';
import { namedOutcomes } from '../../src/store/outcomes.js';
import { openReader } from '../../src/store/open.js';
import { verifyArchive } from '../../src/store/verify.js';
import type { FarmLogEntry, FarmReport } from '../farm/farm.js';
import { openNights } from './nights.js';
import type { Nights } from './nights.js';

interface Held {
  url: string; title: string; agency: string; code: string; year: number; published_on: string; format_era: string; grade: string; raw_sha256: string; text: string; versions: number;
  removed_at: string | null;
}

let nights: Nights;
let first: readonly FarmLogEntry[];
let second: readonly FarmLogEntry[];
let published: readonly FarmReport[];
let held: Map<string, Held>;
let firstExit: number;

const sum = (lists: readonly { listed: number; held: number }[], column: 'listed' | 'held'): number => lists.reduce((all, list) => all + list[column], 0);
const bodyBytes = (log: readonly FarmLogEntry[]): number => log.reduce((sum, entry) => sum + entry.bodyBytes, 0);
const readHeld = (): Map<string, Held> => new Map(nights.rows<Held>('SELECT * FROM v_report').map((row) => [row.url, row]));

beforeAll(async () => {
  nights = await openNights();
  firstExit = await harvestCommand(nights.context(), { places: [] });
  first = [...nights.farm.log];
  published = nights.farm.reports;
  held = readHeld();
}, 120_000);

afterAll(() => nights.close());

describe('the first night', () => {
  it('holds every report of the farm and nothing else', () => {
    expect(published.filter((report) => !held.has(report.url)).map((report) => report.url)).toEqual([]);
    const known = new Set(published.map((report) => report.url));
    expect([...held.keys()].filter((url) => !known.has(url))).toEqual([]);
  });

  it('keeps the bytes that the server sent', () => {
    expect(published.filter((report) => held.get(report.url)?.raw_sha256 !== report.payloadSha256).map((report) => report.url)).toEqual([]);
  });

  it.each(['title', 'agency', 'code', 'year', 'publishedOn'] as const)('has the right %s', (field) => {
    const column = field === 'publishedOn' ? 'published_on' : field;
    const wrong = published.filter((report) => held.get(report.url)?.[column] !== report[field])
      .map((report) => `${report.url}: ${String(held.get(report.url)?.[column])}, not ${report[field]}`);
    expect(wrong).toEqual([]);
  });

  it('reads the format from the tables', () => {
    expect(published.filter((report) => held.get(report.url)?.format_era !== report.formatEra).map((report) => `${report.url} ${held.get(report.url)?.format_era}`)).toEqual([]);
  });

  it('has the text and nothing of the web site around it', () => {
    const wrong = published.filter((report) => held.get(report.url)?.text !== report.text).map((report) => report.url);
    expect(wrong).toEqual([]);
  });

  it('grades what stands on the agency\'s own portal as official, and the copies on a company\'s as mirrors', () => {
    const portals = new Map(nights.farm.portals.map((portal) => [portal.id, portal]));
    const isOwn = (report: FarmReport): boolean => portals.get(report.portal)?.host.includes('.gov.cn.') === true;
    expect(published.filter((report) => held.get(report.url)?.grade !== (isOwn(report) ? 'official' : 'mirror')).map((report) => report.url)).toEqual([]);
    expect(published.filter((report) => !isOwn(report)).length).toBeGreaterThan(0);
  });

  it('leaves a ledger in which every state occurs', () => {
    const states = nights.rows<{ state: string }>('SELECT DISTINCT state FROM v_ledger ORDER BY state').map(({ state }) => state);
    expect(states).toEqual(['blocked', 'held', 'held-late', 'mirror-only', 'not-due', 'not-found', 'not-searched', 'removed']);
  });

  it('finds in each report what the year before carries over, as the farm printed it', () => {
    const total = (report: FarmReport | undefined, row: string): number | null => report?.cells.find((cell) => cell.table === 'requests' && cell.row === row && cell.column === 'total')?.value ?? null;
    const own = published.filter((report) => report.duplicateOf === undefined);
    const expected = own.filter((report) => total(report, 'carriedIn') !== null).flatMap((report) => {
      const neighbour = own.find((other) => other.agency === report.agency && other.year === report.year - 1);
      const before = total(neighbour, 'carriedOut');
      return neighbour === undefined ? [] : `${report.url} ${before === null ? 'not-assessable' : before === total(report, 'carriedIn') ? 'pass' : 'fail'}`;
    });
    const found = nights.rows<{ url: string; state: string }>("SELECT r.url, c.state FROM v_check c JOIN v_report r USING (report_id) WHERE c.rule = 'T3-XYEAR-CARRY.total'").map(({ url, state }) => `${url} ${state}`);
    expect(expected.filter((line) => line.endsWith(' pass')).length).toBeGreaterThan(10);
    expect(expected.filter((line) => !found.includes(line))).toEqual([]);
  });

  it('keeps the catalogue card of every page that prints one, and what the prose states', () => {
    const cards = nights.rows<{ url: string; indexNumber: string | null }>("SELECT url, metadata ->> 'indexNumber' AS indexNumber FROM v_report WHERE metadata IS NOT NULL");
    expect(cards.length).toBeGreaterThan(10);
    expect(cards.filter(({ indexNumber }) => !/^\d{10}-\d{4}-\d{4}$/u.test(indexNumber ?? ''))).toEqual([]);
    const stated = nights.rows<{ url: string; value: number; sentence: string; place: string }>(`SELECT r.url, s.value, s.sentence, substr(r.text, s.start + 1, s."end" - s.start) AS place
      FROM v_statement s JOIN v_report r USING (report_id) WHERE s.key = 'requests.received'`);
    expect(stated.filter(({ sentence, place }) => sentence !== place)).toEqual([]);
    expect(new Set(stated.map(({ url }) => url)).size).toBe(published.length);
  });

  it('names every page that the farm withholds, and ends with 3', () => {
    const database = openReader(nights.folder);
    const named = namedOutcomes(database);
    database.close();
    const refusals = nights.farm.portals.flatMap((portal) => portal.refusals);
    expect(refusals.filter(({ url }) => !named.has(url))).toEqual([]);
    expect(firstExit).toBe(3);
  });

  it('links the copies of a report, and calls nothing else a copy', () => {
    const copies = published.filter((report) => report.duplicateOf !== undefined);
    const pairs = nights.rows<{ a: string; b: string; kind: string }>(`SELECT a.url AS a, b.url AS b, d.kind FROM v_duplicate d
      JOIN v_report a ON a.report_id = d.report_id JOIN v_report b ON b.report_id = d.other_report_id`);
    const found = new Set(pairs.map(({ a, b, kind }) => [a, b].sort().join(' ') + ` ${kind}`));
    expect(found).toEqual(new Set(copies.map((copy) => [copy.url, copy.duplicateOf ?? ''].sort().join(' ') + ` ${copy.duplicateKind}`)));
  });

  it('asked for no page twice once it had it, and kept the pause that robots.txt asks for', () => {
    const whole = first.filter((entry) => entry.status === 200).map((entry) => `${entry.host}${entry.path}`);
    expect(whole.filter((page, index) => whole.indexOf(page) !== index)).toEqual([]);
    const host = nights.farm.portals.find((portal) => portal.id === 'robots')?.host;
    const times = first.filter((entry) => entry.host === host).map((entry) => entry.time).sort((a, b) => a - b);
    expect(times.length).toBeGreaterThan(5);
    for (const [index, time] of times.slice(1).entries()) expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it('did not ask for what robots.txt forbids', () => {
    expect(first.filter((entry) => entry.path.startsWith('/private/'))).toEqual([]);
  });

  it('never calls a year not found where the portal failed, was blocked or came back empty', () => {
    const agencies = nights.farm.portals.filter((portal) => ['challenge', 'empty-list'].includes(portal.id)).map((portal) => portal.agency);
    const states = nights.rows<{ state: string }>(`SELECT DISTINCT state FROM v_ledger WHERE agency IN (${agencies.map(() => '?').join(',')})`, ...agencies);
    expect(states.length).toBeGreaterThan(0);
    expect(states.map(({ state }) => state)).not.toContain('not-found');
  });

  it('counts what every list names, what came of it and what is missing for which reason', () => {
    const portals = nights.farm.portals.filter(({ id }) => id !== 'challenge');
    const lists = nights.rows<{ state: string; listed: number; held: number; missing: string; url: string }>('SELECT * FROM v_list');
    for (const portal of portals) {
      const own = lists.filter((list) => list.url.startsWith(`${nights.farm.origin(portal.host)}/`));
      const refused = portal.refusals.filter(({ reason }) => reason !== 'empty-list').map(({ url }) => url).sort();
      const reports = published.filter((report) => report.portal === portal.id).length;
      expect([portal.id, sum(own, 'listed'), sum(own, 'held')]).toEqual([portal.id, reports + refused.length, reports]);
      expect(own.flatMap((list) => (JSON.parse(list.missing) as { url: string }[]).map(({ url }) => url)).sort()).toEqual(refused);
      expect(own.map(({ state }) => state)).toEqual([portal.id === 'empty-list' ? 'unread' : 'whole']);
    }
  });

  it('leaves an archive that verifies', () => {
    const database = openReader(nights.folder);
    expect(verifyArchive(database).problems).toEqual([]);
    database.close();
  });
});

describe('the second night', () => {
  beforeAll(async () => {
    nights.farm.setSeason(2);
    const before = nights.farm.log.length;
    nights.said();
    await harvestCommand(nights.context(), { places: [] });
    second = nights.farm.log.slice(before);
    held = readHeld();
  }, 120_000);

  it('transfers under 5 % of the first night\'s bytes', () => {
    expect(bodyBytes(second) / bodyBytes(first)).toBeLessThan(0.05);
  });

  it('finds the one that changed, the one that is new and the one that is gone', () => {
    const run = nights.rows<{ new_reports: number; changed_reports: number }>('SELECT new_reports, changed_reports FROM v_run ORDER BY run_id DESC LIMIT 1');
    expect(run).toEqual([{ new_reports: 1, changed_reports: 1 }]);
    const changed = [...held.values()].filter((report) => report.versions > 1);
    expect(changed.map((report) => [report.versions, report.text === nights.farm.reports.find(({ url }) => url === report.url)?.text])).toEqual([[2, true]]);
    const there = new Set(nights.farm.reports.map((report) => report.url));
    expect([...held.values()].filter((report) => report.removed_at !== null).map((report) => report.url)).toEqual([...held.keys()].filter((url) => !there.has(url)));
    expect(nights.said().out).toMatch(/1 new, 1 changed, 1 gone/u);
  });

  it('still knows what the lists name that it has not read anew', () => {
    const [lists] = nights.rows<{ listed: number; held: number }>('SELECT sum(listed) AS listed, sum(held) AS held FROM v_list');
    const refused = nights.farm.portals.flatMap(({ refusals }) => refusals).filter(({ reason }) => !['empty-list', 'blocked', 'gone'].includes(reason)).length;
    expect(lists).toEqual({ listed: nights.farm.reports.length + refused, held: nights.farm.reports.length });
  });

  it('keeps the version before', () => {
    const versions = nights.rows<{ version: number; text_sha256: string }>('SELECT version, text_sha256 FROM v_version WHERE report_id IN (SELECT report_id FROM v_version WHERE version = 2) ORDER BY version');
    expect(versions).toHaveLength(2);
    expect(versions[0]?.text_sha256).not.toBe(versions[1]?.text_sha256);
  });
});
