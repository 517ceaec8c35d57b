/** Reads the words and the ruled tables of a PDF, from where its characters stand and which lines are drawn. */
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import type { PDFDocumentProxy } from 'unpdf/pdfjs';
import type { DrawnPage } from './drawn-page.js';
import { drawnHtml } from './drawn-page.js';
import './array-buffer-transfer.js';
import { Tally, drawnPage } from './pdf-page.js';
import type { Operations } from './pdf-page.js';
import { MOST_PIXELS } from './ocr.js';
import type { PageScanner } from './ocr.js';
import { limitPictures, scannedPage } from './scanned-page.js';
import { UnreadableFile } from './unreadable-file.js';

/** The longest report met has 60 pages. */
const MOST_PAGES = 500;
/** Pictures of more pixels are not unpacked: nothing looks at them where pages have words. */
const LARGEST_PICTURE = 1;
const OFF = 'the PDF holds pictures of pages and no words; they are read by OCR only, which is off (attachments.ocr)';

/** The document as HTML; with a scanner, pages that are pictures are read too. Throws `UnreadableFile`; a document without words is one. */
export async function readPdf(payload: Uint8Array, scanner: PageScanner | null): Promise<string> {
  const pages = await pagesOf(payload, scanner).catch((error: unknown) => {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('attachment-unreadable', `the PDF cannot be read (${(error as Error).message})`);
  });
  const html = drawnHtml(pages);
  if (html.trim() === '') throw new UnreadableFile('attachment-unreadable', scanner ? `the PDF holds no words that can be read (${scanner.reasons})` : OFF);
  return html;
}

/** Lends the open document to `work`. */
async function withDocument<T>(payload: Uint8Array, maxImageSize: number, work: (document: PDFDocumentProxy) => Promise<T>): Promise<T> {
  // A copy: the library takes the buffer for itself.
  const document = await getDocumentProxy(new Uint8Array(payload), { disableFontFace: true, useSystemFonts: false, stopAtErrors: false, verbosity: 0, maxImageSize });
  try {
    return await work(document);
  } finally {
    await document.cleanup();
  }
}

async function pagesOf(payload: Uint8Array, scanner: PageScanner | null): Promise<readonly DrawnPage[]> {
  const pages = await withDocument(payload, LARGEST_PICTURE, async (document) => {
    if (document.numPages > MOST_PAGES) throw new UnreadableFile('attachment-too-large', `the PDF has ${document.numPages} pages; up to ${MOST_PAGES} are read`);
    return drawn(document);
  });
  const isScan = pages.map(({ glyphs }) => glyphs.every(({ text }) => text.trim() === ''));
  return scanner && isScan.includes(true) ? withDocument(payload, MOST_PIXELS, (document) => scanned(document, { pages, isScan, scanner })) : pages;
}

/** The pages with those that have no words read from their pictures. */
async function scanned(document: PDFDocumentProxy, { pages, isScan, scanner }: { readonly pages: readonly DrawnPage[]; readonly isScan: readonly boolean[]; readonly scanner: PageScanner }): Promise<DrawnPage[]> {
  const { OPS } = await getResolvedPDFJS();
  const made: DrawnPage[] = [];
  for (const [index, drawnBefore] of pages.entries()) {
    made.push((isScan[index] === true ? await scan(document, { number: index + 1, operations: OPS, scanner }) : null) ?? drawnBefore);
  }
  return made;
}

async function scan(document: PDFDocumentProxy, { number, operations, scanner }: { readonly number: number; readonly operations: Operations; readonly scanner: PageScanner }): Promise<DrawnPage | null> {
  if (scanner.isFull) return scanner.giveUpFull();
  const page = await document.getPage(number);
  try {
    limitPictures(page);
    const { pictures, strokes } = await drawnPage(page, operations, new Tally());
    // A page on which nothing at all is drawn is an empty one.
    if (pictures.length === 0 && strokes.length === 0) return null;
    const picture = await scannedPage(page, pictures);
    return typeof picture === 'string' ? scanner.giveUp(picture) : await scanner.read(picture);
  } finally {
    page.cleanup();
  }
}

async function drawn(document: PDFDocumentProxy): Promise<DrawnPage[]> {
  const { OPS } = await getResolvedPDFJS();
  const tally = new Tally();
  const pages: DrawnPage[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    pages.push(await drawnPage(page, OPS, tally));
    page.cleanup();
  }
  return pages;
}
