/** `portals probe`: a few requests a portal say what works, and what does not is named with its row. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portalsCommand } from '../../src/commands/portals.js';
import type { FarmLogEntry, FarmPortal } from '../farm/farm.js';
import { openNights } from '../harvest/nights.js';
import type { Nights } from '../harvest/nights.js';

interface Probed {
  portals: { agency: string; code: string; address: string; source: string; outcome: string; reachable: boolean; robots: string | null; family: string | null; column: string | null; reportRows: number | null; newestYear: number | null; requests: number }[];
  works: number;
  fails: number;
}

let nights: Nights;
let probed: Probed;
let exit: number;
let asked: readonly FarmLogEntry[];

beforeAll(async () => {
  nights = await openNights({ families: true });
  exit = await portalsCommand({ ...nights.context(), json: true }, ['probe']);
  asked = [...nights.farm.log];
  probed = JSON.parse(nights.said().out) as Probed;
}, 120_000);
afterAll(() => nights.close());

const lineOf = (portal: FarmPortal): Probed['portals'][number] | undefined => probed.portals.find(({ address }) => address.startsWith(`${nights.farm.origin(portal.host)}/`));

/** Portals that show no list within so few requests, and what is said of them. */
const FAILING: Readonly<Record<string, string>> = { 'challenge': 'blocked-jsl-521', 'empty-list': 'empty-list', 'framed': 'request-limit' };

describe('portals probe', () => {
  it('finds a list, its family and its newest report wherever there is one', () => {
    for (const portal of nights.farm.portals.filter(({ id }) => !(id in FAILING))) {
      const line = lineOf(portal);
      const years = nights.farm.reports.filter((report) => report.portal === portal.id).map(({ year }) => year);
      expect([portal.id, line?.outcome, line?.reachable]).toEqual([portal.id, 'found', true]);
      expect([portal.id, (line?.newestYear ?? 0) >= Math.max(...years) - 1]).toEqual([portal.id, true]);
      if (portal.family !== 'generic' && portal.id !== 'year-folders' && portal.id !== 'wrong-header') expect([portal.id, line?.family]).toEqual([portal.id, portal.family]);
    }
  });

  it('says of the others why not, and ends with 3', () => {
    for (const [id, outcome] of Object.entries(FAILING)) {
      const line = lineOf(nights.farm.portals.find((portal) => portal.id === id) as FarmPortal);
      expect([id, line?.outcome, line?.source.startsWith(nights.seedsFile)]).toEqual([id, outcome, true]);
    }
    expect([probed.works, probed.fails, exit]).toEqual([nights.farm.portals.length - Object.keys(FAILING).length, Object.keys(FAILING).length, 3]);
  });

  it('costs a portal five requests at most, robots.txt first and once', () => {
    for (const { host } of nights.farm.portals) {
      const own = asked.filter((entry) => entry.host === host);
      expect([host, own.length <= 5, own[0]?.path, own.filter(({ path }) => path === '/robots.txt').length]).toEqual([host, true, '/robots.txt', 1]);
      expect(lineOf(nights.farm.portals.find((portal) => portal.host === host) as FarmPortal)?.requests).toBe(own.length);
    }
  });

  it('stores nothing', () => {
    expect(readdirSync(nights.folder)).toEqual(['seeds.csv']);
  });

  it('takes places, draws a table, and ends with 0 when all work', async () => {
    const portal = nights.farm.portals.find(({ id }) => id === 'trs') as FarmPortal;
    nights.said();
    expect(await portalsCommand(nights.context(), ['probe', portal.code])).toBe(0);
    const { out, err } = nights.said();
    expect(out.split('\n')[1]).toMatch(new RegExp(`^${portal.code} ${portal.agency} +works +yes +trs `, 'u'));
    expect(err).toContain('1 portal probed: 1 works, 0 do not.');
    await expect(portalsCommand(nights.context(), ['probe', '110000'])).rejects.toMatchObject({ code: 'no-portal-there', exitCode: 2 });
  });

  it('names the row of a portal that does not answer', async () => {
    const walled = nights.farm.portals.find(({ id }) => id === 'challenge') as FarmPortal;
    nights.said();
    expect(await portalsCommand(nights.context(), ['probe', walled.code])).toBe(3);
    expect(nights.said().err).toMatch(new RegExp(`${walled.agency}: blocked-jsl-521: .*seeds\\.csv:\\d+`, 'u'));
  });

  it('asks nothing more once it is stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    const before = nights.farm.log.length;
    expect(await portalsCommand({ ...nights.context({}, stop.signal), json: true }, ['probe'])).toBe(130);
    expect(nights.farm.log.length).toBe(before);
  });
});
