/** A harvest killed at 20 random moments ends with the same reports, and asks for nothing twice that it had. */
import { describe, expect, it } from 'vitest';
import { harvestWithKills } from './kills.js';

const KILLS = 20;

describe('kill -9', () => {
  it(`at ${KILLS} random moments loses nothing and repeats nothing`, async () => {
    const undisturbed = await harvestWithKills({ kills: 0, seed: 1, signal: 'SIGKILL' });
    const disturbed = await harvestWithKills({ kills: KILLS, seed: 7, signal: 'SIGKILL' });
    expect(disturbed.kills).toBe(KILLS);
    expect(disturbed.reports).toEqual(undisturbed.reports);
    expect(undisturbed.reports.length).toBeGreaterThan(60);
    expect(disturbed.askedAgain).toEqual([]);
    expect(disturbed.problems).toBe(0);
  }, 240_000);
});

describe('SIGTERM', () => {
  it('ends after the requests in flight with a clean checkpoint, and the next harvest goes on', async () => {
    const undisturbed = await harvestWithKills({ kills: 0, seed: 1, signal: 'SIGTERM' });
    const disturbed = await harvestWithKills({ kills: 3, seed: 5, signal: 'SIGTERM' });
    expect(disturbed.kills).toBe(3);
    expect(disturbed.reports).toEqual(undisturbed.reports);
    expect(disturbed.askedAgain).toEqual([]);
  }, 120_000);
});
