/** Lists that only a script can fill: with Chromium their reports are held, the page as served and the page as shown both kept. Skipped, with the reason, where there is no Chromium. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harvestCommand } from '../../src/commands/harvest.js';
import { findChromium } from '../../src/fetch/chromium.js';
import { openNights } from './nights.js';
import type { Nights } from './nights.js';

const configured = process.env['NIANBAO_BROWSER_EXECUTABLE_PATH'] ?? null;
const chromium = await findChromium({ browser: { executablePath: configured } });
if (!chromium) console.warn('lists by script are not harvested here: no Chromium was found (node scripts/ensure-chromium.mjs installs one)');

let nights: Nights;
beforeAll(async () => {
  nights = await openNights({ only: ['script-list', 'irs', 'empty-list'] });
  if (chromium) await harvestCommand(nights.context({ browser: { use: 'when-needed', executablePath: configured } }), { places: [] });
}, 240_000);
afterAll(() => nights.close());

describe.skipIf(!chromium)('with a browser', () => {
  it('every report of a list by script is held', () => {
    const held = new Set(nights.rows<{ url: string }>('SELECT url FROM v_report').map(({ url }) => url));
    expect(nights.farm.reports.length).toBeGreaterThan(20);
    expect(nights.farm.reports.filter(({ url }) => !held.has(url)).map(({ url }) => url)).toEqual([]);
  });

  it('a list that answers to POST only is whole as the browser shows it', () => {
    for (const id of ['script-list', 'irs']) {
      const portal = nights.farm.portals.find((one) => one.id === id);
      const reports = nights.farm.reports.filter((report) => report.portal === id).length;
      const url = `${nights.farm.origin(portal?.host ?? '')}${portal?.columns[0] ?? ''}`;
      expect(nights.rows('SELECT state, listed, held FROM v_list WHERE url = ?', url)).toEqual([{ state: 'whole', listed: reports, held: reports }]);
      const kept = nights.rows<{ via: string }>("SELECT via FROM v_capture WHERE url = ? AND outcome = 'captured' ORDER BY capture_id", url);
      expect(kept.map(({ via }) => via)).toEqual(['http', 'browser']);
    }
  });

  it('an empty list is still an empty list', () => {
    expect(nights.rows("SELECT l.state, l.causes FROM v_list l WHERE l.held = 0")).toEqual([{ state: 'unread', causes: '["empty-list"]' }]);
  });
});
