/** A portal that was away for some nights: what comes back unchanged points at the bytes of before, and its lists are known again. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { harvestCommand } from '../../src/commands/harvest.js';
import { calendar } from '../farm/year/calendar.js';
import { openNights } from './nights.js';
import type { Nights } from './nights.js';

let nights: Nights;
let nowMs = Date.parse('2026-07-30T01:30:00+08:00');

/** The story of this portal: silent from 1 to 31 August. */
const AWAY = 'away';

beforeAll(async () => {
  nights = await openNights({ calendar: (world) => { const sites = calendar(world); return (now) => sites(now).filter(({ portal }) => portal.id === AWAY); }, clock: () => new Date(nowMs) });
  for (const day of ['2026-07-30', '2026-08-01', '2026-08-02', '2026-09-01']) {
    nowMs = Date.parse(`${day}T01:30:00+08:00`);
    nights.farm.turnPage();
    const shift = nowMs - Date.now();
    const context = nights.context({ revisit: { firstHours: 20 }, retry: { firstSeconds: 0.01, maxSeconds: 0.02 }, limits: { retries: 1 } });
    await harvestCommand({ ...context, now: () => Date.now() + shift }, { places: [] });
  }
}, 60_000);

afterAll(() => nights.close());

it('points every revisit at a capture that has the bytes', () => {
  const revisits = nights.rows<{ url: string; original: string | null; bytes: number | null }>(`SELECT c.url, o.url AS original, length(p.bytes) AS bytes FROM capture c
    LEFT JOIN capture o ON o.capture_id = c.revisit_of LEFT JOIN payload p ON p.sha256 = o.payload_sha256 WHERE c.revisit_profile IS NOT NULL`);
  expect(revisits.length).toBeGreaterThan(nights.farm.reports.length);
  expect(revisits.filter(({ url, original, bytes }) => original !== url || (bytes ?? 0) === 0)).toEqual([]);
});

it('knows again what its lists name, and that they are whole', () => {
  const listed = nights.rows<{ rows: number }>('SELECT sum(report_rows) AS rows FROM reading WHERE run_id = (SELECT max(run_id) FROM run)');
  expect(listed).toEqual([{ rows: nights.farm.reports.length }]);
  expect(nights.rows('SELECT state, listed, held FROM v_list')).toEqual([{ state: 'whole', listed: nights.farm.reports.length, held: nights.farm.reports.length }]);
});
