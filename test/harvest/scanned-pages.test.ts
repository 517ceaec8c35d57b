/** A report of which the page shows only scans: its pictures are kept, and give it its words when OCR is asked for. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveCommand } from '../../src/commands/derive.js';
import { harvestCommand } from '../../src/commands/harvest.js';
import { findChromium } from '../../src/fetch/chromium.js';
import { judged, pageOf } from '../attachments/read-back.js';
import { REPORTS } from '../attachments/twins.js';
import { drawsHanzi, scanOf } from '../attachments/write-scan.js';
import type { Answer, Pages, Site } from '../farm/site.js';
import { plain, servePages } from '../farm/site.js';
import { openNights } from './nights.js';
import type { Nights } from './nights.js';

const found = await findChromium({ browser: { executablePath: process.env['NIANBAO_BROWSER_EXECUTABLE_PATH'] ?? null } });
const canDraw = found !== null && await drawsHanzi(found.path);

const [REPORT] = REPORTS;
const LINES = REPORT ? pageOf(REPORT) : [];
const TITLE = LINES[0] ?? '';
/** Where the report is cut into two pages. */
const HALF = Math.ceil(LINES.length / 2);
const ARTICLE = '/zwgk/xxgknb/201701/t20170120_1.html';
const OCR = { attachments: { ocr: 'when-needed' } } as const;

function picture(body: Buffer, type = 'image/png'): Answer {
  return { status: 200, headers: { 'Content-Type': type }, body };
}

function siteOf(pictures: Readonly<Record<string, Buffer>>): Site {
  const furniture = '<div class="header"><img src="/images/banner.jpg"></div><div class="nav"><a href="/">首页</a><a href="/zwgk/xxgknb/">信息公开年报</a></div>';
  const shown = Object.keys(pictures).map((name) => `<p align="center"><img src="./${name}" alt="" width="700"></p>`).join('');
  const article = `<!doctype html><html><head><meta charset="utf-8"><title>${TITLE}</title><meta name="ArticleTitle" content="${TITLE}"><meta name="Image" content="./${Object.keys(pictures)[0] ?? ''}"></head><body>${furniture}
    <h1>${TITLE}</h1><div class="TRS_Editor">${shown}<img src="/images/word_icon.png"><a href="/zwgk/"><img src="/images/back.jpg"></a></div>
    <div class="footer"><img src="/images/beian.png">主办单位：黄山市公安局</div></body></html>`;
  const pages: Pages = new Map([
    ['/zwgk/xxgknb/', plain(200, `<!doctype html><html><head><meta charset="utf-8"><title>信息公开年报</title></head><body>${furniture}<ul class="list"><li><a href="${ARTICLE}" title="${TITLE}">${TITLE}</a><span>2017-01-20</span></li></ul></body></html>`)],
    [ARTICLE, plain(200, article)],
    ...Object.entries(pictures).map(([name, body]) => [`/zwgk/xxgknb/201701/${name}`, picture(body, name.endsWith('.png') ? 'image/png' : 'image/jpeg')] as const),
  ]);
  const portal = {
    id: 'scans', host: 'gaj.huangshan.gov.cn.localhost', agency: '黄山市公安局', code: '341000', level: 'prefecture', family: 'trs', difficulty: 'The report is scanned.', charset: 'utf-8',
    outcome: 'One report.', home: null, columns: ['/zwgk/xxgknb/'], refusals: [],
  } as const;
  return { portal, reports: [], respond: servePages(pages) };
}

async function harvestScans(pictures: Readonly<Record<string, Buffer>>, settings: Parameters<Nights['context']>[0]): Promise<Nights> {
  const nights = await openNights({ calendar: () => () => [siteOf(pictures)] });
  await harvestCommand(nights.context(settings), { places: [] });
  return nights;
}

interface Held { text: string; extraction: string; notices: string; versions: number }

function held(nights: Nights): Held[] {
  return nights.rows<Held>('SELECT v.text, v.extraction, v.notices, d.current_version AS versions FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version');
}

const NOT_READ = Buffer.from('no picture at all');

describe('with OCR off', () => {
  const pictures = { 'W1.jpg': NOT_READ, 'W2.png': Buffer.concat([NOT_READ, NOT_READ]) };
  let nights: Nights;
  beforeAll(async () => { nights = await harvestScans(pictures, {}); }, 60_000);
  afterAll(() => nights.close());

  it('keeps the pictures of the article byte for byte, and leaves those of the site alone', () => {
    const kept = nights.rows<{ url: string; digest: string }>("SELECT url, payload_sha256 AS digest FROM capture WHERE kind = 'attachment' ORDER BY url");
    expect(kept.map(({ url, digest }) => [url.split('/').at(-1), digest])).toEqual(Object.entries(pictures).map(([name, body]) => [name, createHash('sha256').update(body).digest('hex')]));
    const asked = nights.farm.log.map(({ path }) => path).filter((path) => /\.(?:jpg|png)$/u.test(path));
    expect(asked.sort()).toEqual(Object.keys(pictures).map((name) => `/zwgk/xxgknb/201701/${name}`));
  });

  it('says where the report is', () => {
    const [one] = held(nights);
    expect(one?.text).toBe(TITLE);
    expect(one?.notices).toContain('the page has a title and 2 pictures; the report is printed there');
  });
});

describe.skipIf(!canDraw)('with OCR', () => {
  let pictures: Record<string, Buffer> = {};
  beforeAll(async () => {
    const [first, second] = await Promise.all([LINES.slice(0, HALF), LINES.slice(HALF)].map((lines) => scanOf(lines, found?.path ?? '')));
    pictures = { 'W1.jpg': first?.jpeg ?? NOT_READ, 'W2.png': second?.png ?? NOT_READ };
  }, 60_000);

  function expectWords({ text, extraction, notices }: Held): void {
    const { characters, wrong } = judged(text, LINES);
    expect(1 - wrong / characters).toBeGreaterThanOrEqual(0.98);
    expect(extraction).toMatch(/^ocr attachment [\da-f]{64} [\da-f]{64}$/u);
    expect(notices).toContain('pages read by OCR: 2, ');
  }

  it('a harvest has the words of all pages in one version', async () => {
    const nights = await harvestScans(pictures, OCR);
    try {
      const [one] = held(nights);
      expect(one).toBeDefined();
      if (one) expectWords(one);
      await harvestCommand(nights.context(OCR), { places: [] });
      expect(held(nights)).toEqual([one]);
    } finally {
      await nights.close();
    }
  }, 120_000);

  it('pages that were stored with OCR off have their words after "derive --all"', async () => {
    const nights = await harvestScans(pictures, {});
    try {
      expect(held(nights)[0]?.text).toBe(TITLE);
      await deriveCommand(nights.context(OCR), { all: true });
      const [one] = held(nights);
      if (one) expectWords(one);
      expect(one?.versions).toBe(1);
    } finally {
      await nights.close();
    }
  }, 120_000);
});
