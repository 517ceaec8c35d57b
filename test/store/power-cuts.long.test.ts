/** A thousand power cuts over a recorded harvest of four hundred reports, with its checkpoints: nothing damaged, nothing acknowledged lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chance } from '../farm/random.js';
import { cutPower } from './power/cut.js';
import { canRecord, recordHarvest } from './power/trace.js';

const CUTS = 1000;

if (!canRecord) console.warn('the power-cut tests are skipped: their recorder wants Linux and a C compiler');

describe.skipIf(!canRecord)('a power cut', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'power-')); });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  it('damages nothing and loses no page that was told captured', async () => {
    const steps = await recordHarvest(folder, { reports: 400 });
    const told = steps.flatMap((step) => (step.kind === 'acknowledge' ? step.urls : []));
    expect(told.length).toBeGreaterThan(400);
    // The log was copied into the database along the way: a cut in the middle of that is among the thousand.
    expect(steps.filter((step) => step.kind === 'sync' && step.file === 0).length).toBeGreaterThan(3);
    expect(cutPower(steps, { cuts: CUTS, draw: chance(1, 'power') })).toMatchObject({ cuts: CUTS, corrupt: [], lossy: 0 });
  }, 1_200_000);

  it('loses such pages with synchronous=NORMAL, which shows that the test could fail', async () => {
    const steps = await recordHarvest(folder, { reports: 400, synchronous: 'NORMAL' });
    const result = cutPower(steps, { cuts: CUTS, draw: chance(2, 'power') });
    expect(result.corrupt).toEqual([]);
    expect(result.lossy).toBeGreaterThan(0);
  }, 1_200_000);
});
