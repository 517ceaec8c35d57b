/** The pages in a real Chromium: nothing breaks, nothing leaves the host, nothing stored runs, and everybody can use them. */
import axe from 'axe-core';
import { chromium } from 'playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../src/fetch/chromium.js';
import { HOSTILE_TITLE, kindsOfPages, openServed } from './served.js';
import type { Served } from './served.js';

const found = await findChromium({ browser: { executablePath: process.env['NIANBAO_BROWSER_EXECUTABLE_PATH'] ?? null } });
if (!found) console.warn('browser tests are skipped: no Chromium was found (node scripts/ensure-chromium.mjs installs one)');

/** The kinds of `kindsOfPages`, named here because tests are listed before the archive is there. */
const KINDS = ['coverage', 'province', 'agency', 'portal', 'report', 'old version', 'hostile report', 'damaged report', 'report with a failed check', 'versions', 'search', 'hits', 'no hits',
  'numbers', 'bars', 'no figures', 'runs', 'run', 'duplicates', 'nothing there', 'wrong question'] as const;

/** Statuses that are answers to wrong questions; a browser reports them on its console. */
const EXPECTED_STATUS: Readonly<Record<string, number>> = { 'nothing there': 404, 'wrong question': 400 };

/** What stands out of the window on the right, outside the boxes that scroll by themselves; nothing where the page does not scroll sideways. */
const TOO_WIDE = `document.documentElement.scrollWidth <= window.innerWidth ? [] : ['the page', ...[...document.querySelectorAll('body *')]
  .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1 && !element.closest('.wide')).slice(0, 5).map((element) => element.outerHTML.slice(0, 200))]`;

/** A page that remembers what went wrong in it and whom it asked. */
interface Watched {
  readonly page: Page;
  readonly faults: string[];
  readonly hosts: Set<string>;
}

describe.skipIf(!found)('in Chromium', () => {
  let served: Served;
  let browser: Browser;
  let pages: Record<string, string>;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    served = await openServed();
    pages = kindsOfPages(served);
    browser = await chromium.launch({ executablePath: found?.path, args: ['--no-sandbox'] });
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  async function open(path: string, options: { readonly width?: number; readonly height?: number; readonly locale?: string } = {}): Promise<Watched> {
    const context = await browser.newContext({ viewport: { width: options.width ?? 1280, height: options.height ?? 900 }, locale: options.locale ?? 'zh-CN' });
    contexts.push(context);
    const page = await context.newPage();
    const faults: string[] = [];
    const hosts = new Set<string>();
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) faults.push(message.text()); });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(new URL(path, served.serving.url).href, { waitUntil: 'load' });
    return { page, faults, hosts };
  }

  async function close({ page }: Watched): Promise<void> {
    await page.context().close();
  }

  const ownHost = (): string => new URL(served.serving.url).host;

  it('opens every kind of page that there is', () => {
    expect(Object.keys(pages)).toEqual([...KINDS]);
  });

  describe.each(['zh', 'en'])('/%s', (language) => {
    it.each(KINDS)('%s: no fault, no request elsewhere, no serious barrier, fits a phone', async (kind) => {
      const watched = await open(`/${language}${pages[kind]}`);
      const status = EXPECTED_STATUS[kind];
      const faults = watched.faults.filter((fault) => status === undefined || !fault.includes(`status of ${status}`));
      expect(faults).toEqual([]);
      expect([...watched.hosts]).toEqual([ownHost()]);
      expect(await watched.page.locator('h1').count()).toBe(1);
      await watched.page.evaluate(axe.source);
      const barriers = await watched.page.evaluate(async () => {
        const run = (globalThis as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe.run;
        const { violations } = await run((globalThis as unknown as { document: unknown }).document, { iframes: false });
        return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
      expect(barriers).toEqual([]);
      // On a phone it does not scroll sideways.
      await watched.page.setViewportSize({ width: 360, height: 740 });
      expect(await watched.page.evaluate(TOO_WIDE)).toEqual([]);
      await close(watched);
    });
  });

  describe('what is stored stays text', () => {
    it('in the page of the report', async () => {
      const watched = await open(`/zh/report/${served.ids.hostile}`);
      expect(await watched.page.evaluate('window.harmed')).toBeUndefined();
      expect(await watched.page.locator('main script, main [onerror], main [onfocus]').count()).toBe(0);
      const heading = await watched.page.locator('h1').textContent();
      const title = served.database.prepare('SELECT title FROM v_report WHERE report_id = ?').pluck().get(served.ids.hostile) as string;
      expect(title).toContain('<script>');
      expect(heading).toContain('<script>window.harmed=1</script>"onfocus="window.harmed=2');
      expect(await watched.page.locator('.report').textContent()).toContain('<script>window.harmed=6</script>');
      // Whatever of the title's direction controls the archive kept is shown by its number, never obeyed.
      expect(heading).not.toMatch(/[\u202e\u200b]/u);
      expect(HOSTILE_TITLE).toMatch(/[\u202e\u200b]/u);
      await close(watched);
    });

    it('in the list of hits', async () => {
      const watched = await open(`/en/search?q=${encodeURIComponent('harmed')}`);
      expect(await watched.page.evaluate('window.harmed')).toBeUndefined();
      expect(await watched.page.locator('.hits').textContent()).toContain('<script>');
      await close(watched);
    });

    it('in the frame of the original page, which asks nobody for anything', async () => {
      const watched = await open(`/zh/report/${served.ids.hostile}`);
      await watched.page.locator('iframe.raw').scrollIntoViewIfNeeded();
      const frame = watched.page.frameLocator('iframe.raw');
      await frame.locator('h1').waitFor();
      expect(await frame.locator('h1').textContent()).toContain('岳阳市公安局2018年');
      expect([...watched.hosts]).toEqual([ownHost()]);
      expect(await frame.locator('link, base').count()).toBe(0);
      await close(watched);
    });

    it('in the original page opened alone', async () => {
      const watched = await open(`/report/${served.ids.hostile}/raw`);
      expect(await watched.page.locator('h1').textContent()).toContain('岳阳市公安局2018年');
      expect(watched.page.url()).toContain('/raw');
      expect([...watched.hosts]).toEqual([ownHost()]);
      expect(await watched.page.evaluate('window.harmed')).toBeUndefined();
      await close(watched);
    });
  });

  describe('with the keyboard', () => {
    it('skips the menu', async () => {
      const watched = await open('/zh/coverage');
      await watched.page.keyboard.press('Tab');
      expect(await watched.page.locator(':focus').getAttribute('href')).toBe('#main');
      await watched.page.keyboard.press('Enter');
      expect(await watched.page.evaluate('document.activeElement.id')).toBe('main');
      await close(watched);
    });

    it('goes from the map to a province, to a report', async () => {
      const watched = await open('/en/coverage');
      await watched.page.locator('.map a[href="/en/coverage/43"]').focus();
      await watched.page.keyboard.press('Enter');
      await watched.page.waitForURL('**/en/coverage/43');
      const cell = watched.page.locator('.heat a.held').first();
      const href = await cell.getAttribute('href');
      await cell.focus();
      await watched.page.keyboard.press('Enter');
      await watched.page.waitForURL(`**${href ?? 'no cell'}`);
      expect(await watched.page.locator('.chain li').count()).toBe(6);
      await close(watched);
    });

    it('searches', async () => {
      const watched = await open('/zh/search');
      await watched.page.keyboard.type('依申请公开');
      await watched.page.keyboard.press('Enter');
      await watched.page.waitForURL('**/zh/search?q=*');
      expect(await watched.page.locator('.hits > li').count()).toBeGreaterThan(0);
      expect(await watched.page.locator('.hits mark').count()).toBeGreaterThan(0);
      await close(watched);
    });

    it('hides and shows what stood there before repairs', async () => {
      const watched = await open(`/zh/report/${served.ids.damaged}`);
      const before = watched.page.locator('.report mark del').first();
      expect(await before.isVisible()).toBe(true);
      await watched.page.locator('#before').focus();
      await watched.page.keyboard.press('Space');
      expect(await before.isVisible()).toBe(false);
      await close(watched);
    });
  });

  it('marks the cells that fail a check', async () => {
    const watched = await open(`/en/report/${served.ids.wrongTotal}`);
    const failed = served.database.prepare("SELECT rule FROM v_check WHERE report_id = ? AND state = 'fail'").pluck().all(served.ids.wrongTotal) as string[];
    expect(failed).toContain('T3-ROW-SUM.new');
    expect(await watched.page.locator('td.bad').first().getAttribute('title')).toContain('T3-ROW-SUM.new');
    await close(watched);
  });

  it('draws charts that a browser shows', async () => {
    for (const path of ['/en/numbers', '/zh/numbers?by=agencies', '/zh/runs']) {
      const watched = await open(path);
      const width = await watched.page.locator('img.chart').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
      expect([path, width > 400]).toEqual([path, true]);
      await close(watched);
    }
  });

  it('speaks the language that the browser prefers', async () => {
    for (const [locale, lang] of [['en-GB', 'en'], ['zh-CN', 'zh-Hans']] as const) {
      const watched = await open('/', { locale });
      expect(await watched.page.locator('html').getAttribute('lang')).toBe(lang);
      await close(watched);
    }
  });
});
