/**
 * A thousand ends of a harvest at random moments: kill -9, SIGTERM, a full disk. Each farm gives the same digests as undisturbed, nothing finished is
 * fetched twice, `verify` is clean, and each next process goes on at once: there is no lease to wait for.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { chance } from '../farm/random.js';
import type { Way } from './many-kills.js';
import { harvestThroughKills } from './many-kills.js';

/** `KILLS=100 npm run test:long` makes it shorter. */
const KILLS = Number(process.env['KILLS'] ?? 1000);
const FARMS = Math.max(1, Math.round(KILLS / 50));
const WAYS: readonly Way[] = ['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGKILL', 'full'];
/** Half of the processes make their first request no later than this after those of the undisturbed harvest do. */
const RESUME_MS = 2000;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const total: Record<Way, number> = { SIGKILL: 0, SIGTERM: 0, full: 0 };
afterAll(() => console.log(`harvests ended early: ${JSON.stringify(total)}`));

describe(`${KILLS} kills`, () => {
  it.each(Array.from({ length: FARMS }, (_, index) => index + 1))('farm %i', async (farmSeed) => {
    const undisturbed = await harvestThroughKills({ draw: chance(0, 'undisturbed'), farmSeed, way: () => null });
    const wanted = Math.ceil(KILLS / FARMS);
    const draw = chance(farmSeed, 'many-kills');
    let kills = 0;
    for (let archive = 0; kills < wanted; archive += 1) {
      const left = wanted - kills;
      const result = await harvestThroughKills({ draw, farmSeed, way: (round) => (round < left ? draw.pick(WAYS) : null) });
      const where = `farm ${farmSeed}, archive ${archive}`;
      expect(result.reports, where).toEqual(undisturbed.reports);
      expect(result.askedAgain, where).toEqual([]);
      expect(result.problems, where).toBe(0);
      for (const complaint of result.complaints) expect(complaint, where).toMatch(/^1 null [^]*The disk is full/u);
      expect(median(result.firstRequestMs), where).toBeLessThan(3 * median(undisturbed.firstRequestMs) + RESUME_MS);
      for (const way of ['SIGKILL', 'SIGTERM', 'full'] as const) { total[way] += result.kills[way]; kills += result.kills[way]; }
    }
  });
});
