/** Scans of made-up reports: how many of their characters OCR gets right, what is said of them, and what it does not read. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFileText } from '../../src/attachments/attachment.js';
import { findChromium } from '../../src/fetch/chromium.js';
import { attachedDigests, learnWithAttachments } from '../../src/harvest/learn.js';
import type { Capture } from '../../src/record.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { openReader as openArchiveReader } from '../../src/store/open.js';
import { run } from '../harvest/command-line.js';
import { judged, pageOf, wordsOf } from './read-back.js';
import { REPORTS } from './twins.js';
import { drawsHanzi, scanOf, scannedPdf } from './write-scan.js';
import type { Scan } from './write-scan.js';

const found = await findChromium({ browser: { executablePath: process.env['NIANBAO_BROWSER_EXECUTABLE_PATH'] ?? null } });
const canDraw = found !== null && await drawsHanzi(found.path);
if (!canDraw) console.warn('tests of OCR are skipped: no Chromium that draws hanzi was found (node scripts/ensure-chromium.mjs installs one; a Chinese font such as Noto Sans CJK is needed too)');

const [report] = REPORTS;
const PAGE = report ? pageOf(report) : [];

function share(html: string): number {
  const { characters, wrong } = judged(html, PAGE);
  return 1 - wrong / characters;
}

describe.skipIf(!canDraw)('a scan', () => {
  let scan: Scan;
  beforeAll(async () => { scan = await scanOf(PAGE, found?.path ?? ''); }, 60_000);

  it('has 98 of 100 characters of its page, over reports of four formats', async () => {
    const pages: ReturnType<typeof judged>[] = [];
    for (const one of REPORTS) {
      const { png } = await scanOf(pageOf(one), found?.path ?? '');
      pages.push(judged((await readFileText(png, true)).html, pageOf(one)));
    }
    const [characters, wrong] = [pages.reduce((sum, page) => sum + page.characters, 0), pages.reduce((sum, page) => sum + page.wrong, 0)];
    expect([pages.length, characters > 2000]).toEqual([4, true]);
    expect(1 - wrong / characters).toBeGreaterThanOrEqual(0.98);
  }, 120_000);

  it('as JPEG says that its words come by OCR', async () => {
    const { html, notices } = await readFileText(scan.jpeg, true);
    expect(share(html)).toBeGreaterThanOrEqual(0.98);
    expect(notices).toMatchObject([{ code: 'text-by-ocr', room: 'attachments', message: expect.stringMatching(/^pages read by OCR: 1, mean confidence \d\d of 100; /u) as unknown }]);
  }, 60_000);

  it('in a PDF has the words of the picture, beside the words of the other pages; pages that cannot be read are counted', async () => {
    const alone = await readFileText(await scannedPdf([scan.png]), true);
    expect(share(alone.html)).toBeGreaterThanOrEqual(0.98);
    const { html, notices } = await readFileText(await scannedPdf([null, scan.jpeg, scan.corner]), true);
    expect(wordsOf(html).startsWith('Requests 19 in 2021')).toBe(true);
    expect(share(html.replace('Requests 19 in 2021', ''))).toBeGreaterThanOrEqual(0.98);
    expect(notices).toMatchObject([{ code: 'text-by-ocr', message: expect.stringContaining('pages read by OCR: 1, ') as unknown }]);
    expect(notices[0]?.message).toContain('; 1 could not be read (OCR found no words on a page)');
  }, 60_000);

  it('of more pages than are read says so', async () => {
    const { html, notices } = await readFileText(await scannedPdf(Array.from({ length: 31 }, () => scan.corner)), true);
    expect([html, notices.map(({ code }) => code)]).toEqual(['', ['attachment-unreadable']]);
    expect(notices[0]?.message).toContain('only the first 30 scanned pages of a file are read');
  }, 60_000);

  it('is named with what to install where the packages are missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ocr-'));
    const root = join(import.meta.dirname, '..', '..');
    try {
      cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
      cpSync(join(root, 'package.json'), join(folder, 'package.json'));
      mkdirSync(join(folder, 'node_modules'));
      for (const name of readdirSync(join(root, 'node_modules'))) if (!name.startsWith('tesseract.js')) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
      writeFileSync(join(folder, 'scan.png'), scan.png);
      const words = "import { readFileSync } from 'node:fs'; import { readFileText } from './dist/src/attachments/attachment.js'; console.log(JSON.stringify(await readFileText(readFileSync('scan.png'), true)));";
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', words], { cwd: folder, encoding: 'utf8' });
      expect(JSON.parse(stdout)).toMatchObject({ html: '', notices: [{ code: 'attachment-unreadable', message: expect.stringContaining('npm install --include=optional') as unknown }] });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);

  it('behind a page without words gives that page its words, and the version says that they come by OCR', async () => {
    const url = 'http://gaj.example.gov.cn/nb/1.html';
    const payload = Buffer.from(`<!doctype html><meta charset="utf-8"><title>${PAGE[0] ?? ''}</title><h1>${PAGE[0] ?? ''}</h1><p><a href="1.pdf">附件</a></p>`);
    const cover: Capture = {
      url, seed: null, kind: 'article', heardVia: 'row', hops: 1, referrer: null, anchor: null, listedOn: null, captureId: 1, runId: null, finalUrl: url, status: 200,
      headers: {}, redirects: [], mediaType: 'text/html', payload, payloadDigest: '', fetchedAt: '2022-01-16T00:00:00.000Z', durationMs: 0, fetchedBy: 'http',
    };
    const file = { url: 'http://gaj.example.gov.cn/nb/1.pdf', payload: await scannedPdf([scan.png]), payloadDigest: 'a1b2' };
    const settings = { divisions: loadDivisions(), depth: 6, urlLength: 2083, linksPerPage: 5000 };
    expect((await learnWithAttachments(cover, [file], settings)).document).toBeNull();
    const { document, notices } = await learnWithAttachments(cover, [file], { ...settings, ocr: true });
    expect(document?.recognised).toMatchObject({ extraction: 'ocr attachment a1b2', pageKind: 'annual-report', year: report?.year });
    expect(attachedDigests(document?.recognised.extraction ?? '')).toEqual(['a1b2']);
    expect(notices.map(({ code }) => code)).toEqual(['text-by-ocr']);
  }, 60_000);

  it('in a ZIP is read when there is no document beside it', async () => {
    const { html } = await readFileText(zipSync({ 'a.png': scan.png }), true);
    expect(share(html)).toBeGreaterThanOrEqual(0.98);
    const beside = await readFileText(zipSync({ 'a.png': scan.png, 'b.pdf': await scannedPdf([null]) }), true);
    expect([wordsOf(beside.html), beside.notices]).toEqual(['Requests 19 in 2021', []]);
  }, 60_000);

  it('is kept and not read by default, and the notice says why', async () => {
    for (const file of [scan.png, scan.jpeg, await scannedPdf([scan.png])]) {
      expect(await readFileText(file)).toMatchObject({ html: '', notices: [{ code: 'attachment-unreadable', message: expect.stringContaining('which is off (attachments.ocr); its bytes are kept') as unknown }] });
    }
  });

  it('that is brought in keeps its words, and how it got them, when it is derived again with OCR off', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ocr-'));
    try {
      const storage = ['--storage', join(folder, 'archive')];
      writeFileSync(join(folder, 'scan.pdf'), await scannedPdf([scan.png]));
      writeFileSync(join(folder, 'scan.png'), scan.png);
      expect(await run(['import', 'scan.pdf', ...storage], { cwd: folder, env: { NIANBAO_ATTACHMENTS_OCR: 'when-needed' } })).toMatchObject({ code: 0 });
      const version = (): unknown => {
        const database = openArchiveReader(join(folder, 'archive'));
        try {
          return database.prepare("SELECT derivation, extraction, text, notices LIKE '%text-by-ocr%' AS isMarked FROM version").all();
        } finally {
          database.close();
        }
      };
      const before = version();
      expect(before).toMatchObject([{ derivation: expect.stringMatching(/^\d+\+ocr$/u) as unknown, extraction: expect.stringMatching(/^ocr /u) as unknown, isMarked: 1 }]);
      expect(share((before as { text: string }[])[0]?.text ?? '')).toBeGreaterThanOrEqual(0.98);
      expect((await run(['derive', '--json', ...storage], { cwd: folder })).out).toContain('"versions":0');
      expect((await run(['derive', '--all', '--json', ...storage], { cwd: folder })).out).toContain('"versions":1,"changedTexts":0,"failed":[]');
      expect(version()).toEqual(before);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});

const PNG_HEAD = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
const PNG_END = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);

/** The first bytes of a picture of this size, and its end: what is between is missing. */
function emptyPng(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([PNG_HEAD, size, Buffer.from([8, 2, 0, 0, 0, 0, 0, 0, 0]), PNG_END]);
}

/** A JPEG that says it is so large. */
function emptyJpeg(width: number, height: number, end: readonly number[]): Buffer {
  const frame = Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 7);
  frame.writeUInt16BE(width, 9);
  return Buffer.concat([frame, Buffer.from(end)]);
}

describe('a hostile picture', () => {
  it.each([
    ['of 30,000 by 30,000 points', emptyPng(30_000, 30_000), 'larger than'],
    ['of 60,000 by 60,000 points, as JPEG', emptyJpeg(60_000, 60_000, [0xff, 0xd9]), 'larger than'],
    ['of no points', emptyPng(0, 0), 'too small'],
    ['without its data', emptyPng(100, 100), 'cannot be opened'],
    ['that is cut short, as PNG', emptyPng(100, 100).subarray(0, 40), 'cut short'],
    ['that is cut short, as JPEG', emptyJpeg(100, 100, [0xff, 0xda, 0, 3]), 'cut short'],
    ['of two bytes more than its mark', Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0xff, 0xd9]), 'cut short'],
  ])('%s ends in a notice', async (_, payload, reason) => {
    expect(await readFileText(payload, true)).toMatchObject({ html: '', notices: [{ code: 'attachment-unreadable', message: expect.stringContaining(reason) as unknown }] });
  }, 60_000);
});
