/** A list ends where nothing has moved: quiet nights ask for first pages only, and what is new, dropped or swept is asked for at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harvestCommand, recrawlCommand } from '../../src/commands/harvest.js';
import type { UserConfig } from '../../src/config.js';
import { openNights } from './nights.js';
import type { Nights } from './nights.js';

/** Portals with further pages: three that a script names, `?page=2`, and VSB's that count down. */
const PORTALS = ['trs', 'generic', 'vsb-paging'];
const SETTINGS: UserConfig = { revisit: { firstHours: 20, sweepDays: ['06-10'] } };

interface LeftAlone { reports: number; furtherPages: number; nextDueAt: string | null }

let nights: Nights;

/** Harvests at a moment of 2026; returns the paths that were asked for, by host, and what the summary says was left alone. */
async function nightOf(moment: string): Promise<{ asked: string[]; leftAlone: LeftAlone }> {
  const before = nights.farm.log.length;
  const shift = Date.parse(moment) - Date.now();
  nights.said();
  await harvestCommand({ ...nights.context(SETTINGS), json: true, now: () => Date.now() + shift }, { places: [] });
  const asked = nights.farm.log.slice(before).filter(({ path }) => path !== '/robots.txt').map(({ host, path }) => `${host}${path}`);
  return { asked, leftAlone: (JSON.parse(nights.said().out) as { leftAlone: LeftAlone }).leftAlone };
}

const keyOf = (url: string): string => `${new URL(url).hostname}${new URL(url).pathname}${new URL(url).search}`;
const addresses = (where: string): string[] => nights.rows<{ url: string }>(`SELECT DISTINCT url FROM v_candidate WHERE state = 'captured' AND ${where}`).map(({ url }) => keyOf(url));
const further = (): string[] => addresses("heard_via = 'paging'");
const reports = (): string[] => nights.farm.reports.map(({ url }) => keyOf(url));

beforeAll(async () => {
  nights = await openNights({ only: PORTALS });
  await nightOf('2026-06-01T01:30:00+08:00');
}, 60_000);

afterAll(() => nights.close());

describe('a list that has been read to its end', () => {
  it('has further pages in this world', () => {
    expect(further().length).toBeGreaterThanOrEqual(4);
    expect(nights.rows("SELECT 1 FROM v_list WHERE state <> 'whole'")).toEqual([]);
  });

  it('is asked for its first page only, while nothing moves; what is left alone is counted', async () => {
    const { asked, leftAlone } = await nightOf('2026-06-01T13:30:00+08:00');
    const firstPages = addresses("kind IN ('home', 'column', 'list') AND heard_via <> 'paging'");
    expect(asked.filter((path) => !firstPages.includes(path))).toEqual([]);
    expect(asked.length).toBeGreaterThanOrEqual(PORTALS.length);
    expect(leftAlone.furtherPages).toBe(further().length);
    expect(leftAlone.reports).toBeGreaterThanOrEqual(reports().length);
    expect(leftAlone.nextDueAt?.slice(0, 10)).toBe('2026-06-01');
    expect(nights.rows("SELECT 1 FROM v_list WHERE state <> 'whole'")).toEqual([]);
  });

  it('is walked on once its first page names a new report, and the report is held; the other lists are left alone', async () => {
    nights.farm.setSeason(2);
    const { asked } = await nightOf('2026-06-01T15:30:00+08:00');
    const held = new Set(nights.rows<{ url: string }>('SELECT url FROM v_report').map(({ url }) => keyOf(url)));
    expect(reports().filter((url) => !held.has(url))).toEqual([]);
    const hosts = new Set(asked.filter((path) => further().includes(path)).map((path) => path.split('/')[0]));
    const generic = nights.farm.portals.find(({ id }) => id === 'generic');
    expect([...hosts]).toEqual([generic?.host]);
    expect(nights.rows("SELECT 1 FROM v_list WHERE state <> 'whole'")).toEqual([]);
  });

  it('is asked for ever more rarely', async () => {
    const second = await nightOf('2026-06-02T22:00:00+08:00');
    expect(second.asked.filter((path) => further().includes(path)).length).toBeGreaterThan(0);
    const third = await nightOf('2026-06-03T22:00:00+08:00');
    expect(third.asked.filter((path) => further().includes(path))).toEqual([]);
  });

  it('is asked for whole, with every report, on the first harvest after a sweep day, and then no more', async () => {
    await nightOf('2026-06-08T01:30:00+08:00');
    const known = [...further(), ...reports()];
    const sweep = await nightOf('2026-06-10T01:30:00+08:00');
    expect(known.filter((path) => !sweep.asked.includes(path))).toEqual([]);
    expect(sweep.leftAlone).toEqual({ reports: 0, furtherPages: 0, nextDueAt: null });
    const after = await nightOf('2026-06-10T05:30:00+08:00');
    expect(after.asked.filter((path) => known.includes(path))).toEqual([]);
  });
});

describe('a list behind an endpoint that its column only names', () => {
  it('is asked for on every quiet night too: it is where new reports appear', async () => {
    const families = await openNights({ families: true });
    const harvestAt = async (moment: string): Promise<string[]> => {
      const shift = Date.parse(moment) - Date.now();
      await harvestCommand({ ...families.context(SETTINGS), now: () => Date.now() + shift }, { places: [] });
      return families.rows<{ portal: string }>(`SELECT DISTINCT p.agency AS portal FROM reading r JOIN v_portal p USING (portal_id) WHERE r.report_rows > 0
        AND r.run_id = (SELECT max(run_id) FROM v_run) ORDER BY 1`).map(({ portal }) => portal);
    };
    try {
      const first = await harvestAt('2026-06-01T01:30:00+08:00');
      expect(first.length).toBeGreaterThan(20);
      expect(await harvestAt('2026-06-01T13:30:00+08:00')).toEqual(first);
      expect(families.rows('SELECT kind, agency FROM v_alarm')).toEqual([]);
    } finally {
      await families.close();
    }
  }, 60_000);
});

describe('an address that was refused when it was found', () => {
  it('is never asked for, on no night, until the limit that refused it is raised', async () => {
    const narrow = await openNights({ only: ['vsb-paging'] });
    const asked = (): number => narrow.farm.log.filter(({ path }) => path.startsWith('/info/')).length;
    try {
      const limits = { limits: { depth: 0 } };
      await harvestCommand(narrow.context(limits), { places: [] });
      const refused = narrow.rows<{ reason: string }>("SELECT DISTINCT reason FROM v_candidate WHERE state = 'skipped'").map(({ reason }) => reason);
      expect(refused).toEqual(['depth-limit']);
      await harvestCommand(narrow.context(limits), { places: [] });
      expect(asked()).toBe(0);
      await recrawlCommand(narrow.context(limits), { places: ['天水'] });
      expect(asked()).toBe(0);
      await recrawlCommand(narrow.context(), { places: ['天水'] });
      expect(narrow.rows('SELECT 1 FROM v_report').length).toBe(narrow.farm.reports.length);
    } finally {
      await narrow.close();
    }
  });
});
