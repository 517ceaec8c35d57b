/** Writes scans of made-up report pages: a page as Chromium draws it, as a picture or as a PDF of such pictures. */
import { PDFDocument } from 'pdf-lib';
import { chromium } from 'playwright';

/** Points of A4, and as many CSS pixels at four thirds. */
const [WIDTH, HEIGHT] = [595, 842];
const PIXELS_PER_POINT = 4 / 3;

export interface Scan {
  readonly png: Buffer;
  readonly jpeg: Buffer;
  /** A piece of the paper's edge, without words. */
  readonly corner: Buffer;
}

/** One page of A4 with these paragraphs, the first as its title, at 192 dots an inch. */
export async function scanOf(paragraphs: readonly string[], executablePath: string): Promise<Scan> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const viewport = { width: Math.round(WIDTH * PIXELS_PER_POINT), height: Math.round(HEIGHT * PIXELS_PER_POINT) };
    const page = await browser.newPage({ viewport, deviceScaleFactor: 2 });
    const [title = '', ...rest] = paragraphs;
    await page.setContent(`<meta charset="utf-8"><body style="margin:60px;font:18px/1.8 'Noto Serif CJK SC','Noto Sans CJK SC',SimSun,serif"><h1 style="font-size:24px;text-align:center">${title}</h1>${rest.map((text) => `<p style="text-indent:2em">${text}</p>`).join('')}`);
    return { png: await page.screenshot({ type: 'png' }), jpeg: await page.screenshot({ type: 'jpeg', quality: 90 }), corner: await page.screenshot({ clip: { x: 0, y: 0, width: 40, height: 40 } }) };
  } finally {
    await browser.close();
  }
}

/** Whether this Chromium has letters for hanzi: without them all look the same. */
export async function drawsHanzi(executablePath: string): Promise<boolean> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 60, height: 60 } });
    const pictures: string[] = [];
    for (const hanzi of '公开年报') {
      await page.setContent(`<meta charset="utf-8"><p style="font-size:40px;margin:0">${hanzi}`);
      pictures.push((await page.screenshot()).toString('base64'));
    }
    return new Set(pictures).size === pictures.length;
  } finally {
    await browser.close();
  }
}

/** A PDF whose pages are these pictures, each over the whole page; a null is a page with words of its own. */
export async function scannedPdf(pictures: readonly (Uint8Array | null)[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (const picture of pictures) {
    const page = document.addPage([WIDTH, HEIGHT]);
    if (picture === null) page.drawText('Requests 19 in 2021', { x: 60, y: 700 });
    else page.drawImage(picture[0] === 0x89 ? await document.embedPng(picture) : await document.embedJpg(picture), { x: 0, y: 0, width: WIDTH, height: HEIGHT });
  }
  return document.save();
}
