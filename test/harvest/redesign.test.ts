/** Two portals redesigned between two nights: every report is still held, what moved is said, and the row to mend is named. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harvestCommand } from '../../src/commands/harvest.js';
import { summariseRun, summaryLines } from '../../src/report/run-summary.js';
import { openReader } from '../../src/store/open.js';
import type { FarmPortal, FarmReport } from '../farm/farm.js';
import { openNights } from './nights.js';
import type { Nights } from './nights.js';

interface Summary {
  counts: { new: number; changed: number; gone: number; moved: number };
  moved: { from: string; to: string; year: number }[];
  redesigns: { agency: string; before: { url: string; family: string }[]; after: { url: string; family: string }[]; seedFile: string; seedLine: number }[];
}

let nights: Nights;
let before: readonly FarmReport[];
let after: readonly FarmReport[];
let said: string;
const summaries: Summary[] = [];

async function night(): Promise<Summary> {
  nights.said();
  await harvestCommand({ ...nights.context(), json: true }, { places: [] });
  return JSON.parse(nights.said().out) as Summary;
}

beforeAll(async () => {
  nights = await openNights({ only: ['new-platform', 'moved-column', 'vsb-paging'] });
  before = nights.farm.reports;
  summaries.push(await night());
  nights.farm.setSeason(2);
  after = nights.farm.reports;
  summaries.push(await night(), await night());
  await harvestCommand(nights.context(), { places: [] });
  said = nights.said().out;
}, 180_000);

afterAll(() => nights.close());

const portal = (id: string): FarmPortal => nights.farm.portals.find((one) => one.id === id) as FarmPortal;
const of = (reports: readonly FarmReport[], id: string): string[] => reports.filter((report) => report.portal === id).map(({ url }) => url).sort();

describe('after the redesign', () => {
  it('every report is held, under its new address where it has one', () => {
    const held = new Map(nights.rows<{ url: string; text: string }>('SELECT url, text FROM v_report WHERE removed_at IS NULL').map((row) => [row.url, row.text]));
    expect(after.filter((report) => held.get(report.url) !== report.text).map(({ url }) => url)).toEqual([]);
    expect(held.size).toBe(after.length);
  });

  it('what stood at the old addresses is kept, and known to be gone', () => {
    const gone = nights.rows<{ url: string }>('SELECT url FROM v_report WHERE removed_at IS NOT NULL ORDER BY url').map(({ url }) => url);
    expect(gone).toEqual(of(before, 'new-platform'));
  });

  it('the ledger has every year as before', () => {
    const states = nights.rows<{ agency: string; year: number }>("SELECT agency, year FROM v_ledger WHERE state IN ('held', 'held-late') ORDER BY agency, year");
    const expected = after.map(({ agency, year }) => ({ agency, year })).sort((a, b) => (a.agency === b.agency ? a.year - b.year : a.agency < b.agency ? -1 : 1));
    expect(states).toEqual(expected);
  });
});

describe('the report of the night', () => {
  it('has nothing to say on the first night', () => {
    expect([summaries[0]?.redesigns, summaries[0]?.moved]).toEqual([[], []]);
  });

  it('names the two portals, where they were and where they are, and no other', () => {
    const redesigns = new Map(summaries[1]?.redesigns.map((one) => [one.agency, one]));
    expect([...redesigns.keys()].sort()).toEqual([portal('new-platform').agency, portal('moved-column').agency].sort());
    const platform = redesigns.get(portal('new-platform').agency);
    expect([...new Set(platform?.before.map(({ family }) => family))]).toEqual(['trs']);
    expect([...new Set(platform?.after.map(({ family }) => family))]).toEqual(['jpaas']);
    const column = redesigns.get(portal('moved-column').agency);
    const origin = nights.farm.origin(portal('moved-column').host);
    expect(column?.before).toEqual([{ url: `${origin}${portal('moved-column').columns[0] ?? ''}`, family: 'trs' }]);
    expect(column?.after).toEqual([{ url: `${origin}/zfxxgk/fdzdgknr/ndbg/`, family: 'trs' }]);
    expect(column).toMatchObject({ seedFile: nights.seedsFile });
    expect(column?.seedLine).toBeGreaterThan(1);
  });

  it('counts what moved as moved', () => {
    const [year] = summaries.slice(1, 2);
    expect(year?.moved.map(({ from }) => from).sort()).toEqual(of(before, 'new-platform'));
    expect(year?.moved.map(({ to }) => to).sort()).toEqual(of(after, 'new-platform'));
    expect(year?.counts).toMatchObject({ new: 0, changed: 0, gone: 0, moved: of(after, 'new-platform').length });
  });

  it('says so in words', () => {
    const database = openReader(nights.folder);
    const lines = summaryLines(summariseRun(database, 2), false);
    database.close();
    const origin = nights.farm.origin(portal('moved-column').host);
    expect(lines.find((line) => line.startsWith('Moved:'))).toContain(`${of(after, 'new-platform').length} reports were held already`);
    expect(lines.find((line) => line.startsWith(`Redesigned: ${portal('moved-column').agency}`)))
      .toMatch(new RegExp(`listed at ${origin}/xxgk/nb/ \\(trs\\) are now listed at ${origin}/zfxxgk/fdzdgknr/ndbg/ \\(trs\\)\\. Correct its row in .*seeds\\.csv, line \\d+\\.$`, 'u'));
  });

  it('says it once: the nights after have nothing new', () => {
    expect(summaries[2]).toMatchObject({ counts: { new: 0, changed: 0, gone: 0 }, moved: [], redesigns: [] });
    expect(said).not.toContain('Redesigned');
  });
});
