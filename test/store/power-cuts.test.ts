/** Power cuts over a recorded harvest: nothing damaged, nothing acknowledged lost; a laxer setting is found out. `npm run test:long` cuts a thousand times. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chance } from '../farm/random.js';
import { cutPower } from './power/cut.js';
import { canRecord, recordHarvest } from './power/trace.js';

if (!canRecord) console.warn('the power-cut tests are skipped: their recorder wants Linux and a C compiler');

describe.skipIf(!canRecord)('a power cut', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'power-')); });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  it('damages nothing and loses no page that was told captured', async () => {
    const steps = await recordHarvest(folder, { reports: 48 });
    const told = steps.flatMap((step) => (step.kind === 'acknowledge' ? step.urls : []));
    expect(told.length).toBeGreaterThan(48);
    expect(cutPower(steps, { cuts: 60, draw: chance(1, 'power') })).toMatchObject({ cuts: 60, corrupt: [], lossy: 0 });
  }, 120_000);

  it('loses such pages with synchronous=NORMAL, which shows that the test could fail', async () => {
    const steps = await recordHarvest(folder, { reports: 48, synchronous: 'NORMAL' });
    const result = cutPower(steps, { cuts: 60, draw: chance(2, 'power') });
    expect(result.corrupt).toEqual([]);
    expect(result.lossy).toBeGreaterThan(0);
  }, 120_000);
});
