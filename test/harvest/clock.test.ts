/** The machine's clock is set while a harvest runs, or stood wrong when the last one did: the harvest goes on, and stays polite. */
import { describe, expect, it } from 'vitest';
import { harvestCommand } from '../../src/commands/harvest.js';
import { steadyClock } from '../../src/harvest/steady-clock.js';
import { openNights } from './nights.js';

const DAY_MS = 86_400_000;
const DELAY_SECONDS = 0.2;
const SCALE = { hosts: 3, reportsPerHost: 6 };

/** A wall clock that jumps by `byMs` half a second after it is first looked at. */
function jumping(byMs: number): () => number {
  let start: number | null = null;
  return () => { const now = Date.now(); start ??= now; return now - start < 500 ? now : now + byMs; };
}

/** Requests of one host that came sooner after the one before than half the pause. */
function hasty(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0)).filter((gap) => gap < 500 * DELAY_SECONDS);
}

describe('a clock set while the harvest runs', () => {
  it.each([['forward by a day', DAY_MS], ['back by a day', -DAY_MS], ['forward by ten years', 3650 * DAY_MS], ['back by an hour', -3_600_000]])('%s', async (_name, byMs) => {
    const nights = await openNights({ scale: SCALE });
    try {
      const code = await harvestCommand({ ...nights.context({ politeness: { delaySeconds: DELAY_SECONDS } }), now: jumping(byMs) }, { places: [] });
      expect(code).toBe(0);
      expect(nights.rows<{ n: number }>('SELECT count(*) AS n FROM v_report')[0]?.n).toBe(nights.farm.reports.length);
      for (const { host } of nights.farm.portals) expect(hasty(nights.farm.log.filter((entry) => entry.host === host).map(({ time }) => time))).toEqual([]);
    } finally {
      await nights.close();
    }
  }, 60_000);
});

describe('a clock that stood wrong', () => {
  it.each([['ten years ahead', 3650 * DAY_MS], ['a day behind', -DAY_MS]])('%s during the last harvest does not keep the next one from looking', async (_name, byMs) => {
    const nights = await openNights({ scale: SCALE });
    try {
      await harvestCommand({ ...nights.context({ revisit: { firstHours: 20 } }), now: () => Date.now() + byMs }, { places: [] });
      const before = nights.farm.log.length;
      expect(await harvestCommand(nights.context({ revisit: { firstHours: 20 } }), { places: [] })).toBe(0);
      const asked = nights.farm.log.slice(before).map(({ host, path }) => `${host}${path}`);
      expect(asked.length).toBeGreaterThan(0);
      // Every host was asked, and for its reports too.
      expect(new Set(nights.farm.log.slice(before).map(({ host }) => host)).size).toBe(SCALE.hosts);
      const again = nights.farm.reports.filter(({ url }) => asked.includes(url.replace(/^http:\/\//u, '').replace(/:\d+/u, '')));
      expect(again.length).toBe(nights.farm.reports.length);
    } finally {
      await nights.close();
    }
  }, 60_000);
});

describe('steadyClock', () => {
  it('goes by time elapsed, whatever becomes of the wall clock', () => {
    let wall = 1000;
    let elapsed = 50;
    const now = steadyClock(() => wall, () => elapsed);
    wall = -5;
    elapsed = 80;
    expect(now()).toBe(1030);
  });
});
