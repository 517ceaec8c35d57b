/** A harvest killed at random moments ends with the same reports, and asks for nothing twice that it had. */
import { describe, expect, it } from 'vitest';
import { killHarvests } from './kills.js';

describe.each([['SIGKILL', 20, 7], ['SIGTERM', 3, 5]] as const)('%s at %i random moments', (signal, kills, seed) => {
  it('loses nothing and repeats nothing', async () => {
    const result = await killHarvests({ kills, seed, signal });
    expect(result.kills).toBe(kills);
    expect(result.undisturbed.reports.length).toBeGreaterThan(60);
    for (const disturbed of result.disturbed) {
      expect(disturbed.reports).toEqual(result.undisturbed.reports);
      expect(disturbed.askedAgain).toEqual([]);
      expect(disturbed.problems).toBe(0);
    }
  }, 400_000);
});
