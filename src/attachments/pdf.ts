/** Reads the words and the ruled tables of a PDF, from where its characters stand and which lines are drawn. */
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import type { PDFDocumentProxy } from 'unpdf/pdfjs';
import type { DrawnPage } from './drawn-page.js';
import { drawnHtml } from './drawn-page.js';
import './array-buffer-transfer.js';
import { Tally, drawnPage } from './pdf-page.js';
import { UnreadableFile } from './unreadable-file.js';

/** The longest report met has 60 pages. */
const MOST_PAGES = 500;
/** Pictures of more pixels are not unpacked: nothing here looks at them. */
const LARGEST_PICTURE = 1;

/** The document as HTML. Throws `UnreadableFile`; a scan without words is one. */
export async function readPdf(payload: Uint8Array): Promise<string> {
  const pages = await pagesOf(payload).catch((error: unknown) => {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('attachment-unreadable', `the PDF cannot be read (${(error as Error).message})`);
  });
  const html = drawnHtml(pages);
  if (html.trim() === '') throw new UnreadableFile('attachment-unreadable', 'the PDF holds pictures of pages and no words');
  return html;
}

async function pagesOf(payload: Uint8Array): Promise<DrawnPage[]> {
  // A copy: the library takes the buffer for itself.
  const document = await getDocumentProxy(new Uint8Array(payload), { disableFontFace: true, useSystemFonts: false, stopAtErrors: false, verbosity: 0, maxImageSize: LARGEST_PICTURE });
  try {
    if (document.numPages > MOST_PAGES) throw new UnreadableFile('attachment-too-large', `the PDF has ${document.numPages} pages; up to ${MOST_PAGES} are read`);
    return await drawn(document);
  } finally {
    await document.cleanup();
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
