/** Turns a document file into the same record a page becomes. */
import type { Capture, Decoded, Notice } from '../record.js';
import { readDoc } from './doc.js';
import { readDocx } from './docx.js';
import { fileKind } from './file-kind.js';
import { readOfd } from './ofd.js';
import { PageScanner, TEXT_BY_OCR } from './ocr.js';
import { readPdf } from './pdf.js';
import { readPicture } from './picture.js';
import { readRtf } from './rtf.js';
import { readSheet } from './sheet.js';
import { UnreadableFile } from './unreadable-file.js';
import { noticeOf } from './unreadable-notice.js';
import { unzip } from './unzip.js';

export interface FileText {
  /** Paragraphs, headings and tables; empty when nothing could be read. */
  readonly html: string;
  readonly notices: readonly Notice[];
}

/** Whether this is a document file that can be read, and no page. */
export function isDocumentFile(payload: Uint8Array): boolean {
  return fileKind(payload) !== 'other';
}

/** The words of a file that is one of several; throws where it has none. */
function wordsOf({ html, notices: [notice] }: FileText): string {
  if (html === '') throw new UnreadableFile(notice?.code === 'attachment-too-large' ? notice.code : 'attachment-unreadable', notice?.message ?? 'the file holds no words');
  return html;
}

/** The files of an archive one after another; archives within archives are left closed. */
async function readZip(payload: Uint8Array, scanner: PageScanner | null): Promise<string> {
  const files = (await unzip(payload)).map(({ bytes }) => ({ bytes, kind: fileKind(bytes) }));
  // Pictures beside a document are seals and photographs.
  const hasDocument = scanner === null || files.some(({ kind }) => kind !== 'zip' && kind !== 'other' && kind !== 'picture');
  const parts: string[] = [];
  for (const { bytes, kind } of files) {
    if (kind !== 'zip' && kind !== 'other' && !(kind === 'picture' && hasDocument)) parts.push(await READERS[kind](bytes, scanner));
  }
  if (parts.length === 0) throw new UnreadableFile('attachment-unreadable', 'the archive holds no document that can be read');
  return parts.join('\n');
}

const READERS: Readonly<Record<Exclude<ReturnType<typeof fileKind>, 'other'>, (payload: Uint8Array, scanner: PageScanner | null) => Promise<string>>> = {
  docx: readDocx, sheet: readSheet, pdf: readPdf, doc: readDoc, zip: readZip, picture: readPicture,
  rtf: async (payload) => wordsOf(readRtf(payload)), ofd: async (payload) => wordsOf(await readOfd(payload)),
};

/** Whether words of the page come by OCR. */
export function isByOcr({ notices }: Pick<Decoded, 'notices'>): boolean {
  return notices.some(({ code }) => code === TEXT_BY_OCR);
}

/** Whether the file is a picture that may be a scanned page. */
export function isPicture(payload: Uint8Array): boolean {
  return fileKind(payload) === 'picture';
}

/** Whether the file may be one of scanned pages, or hold one: reading it by OCR takes long. */
export function mayBeScanned(payload: Uint8Array): boolean {
  return ['pdf', 'picture', 'zip'].includes(fileKind(payload));
}

/**
 * The words and tables of a file; with `ocr`, those of scanned pages too, and a notice `text-by-ocr` says so. What cannot be read gives a notice
 * (`attachment-unreadable`, `attachment-too-large`), never an error.
 */
export async function readFileText(payload: Uint8Array, ocr = false): Promise<FileText> {
  const kind = fileKind(payload);
  if (kind === 'other') return { html: '', notices: [{ code: 'attachment-unreadable', room: 'attachments', message: 'files of this kind are kept, but not read' }] };
  // These two tell themselves what is amiss, also where they give words.
  if (kind === 'rtf') return readRtf(payload);
  if (kind === 'ofd') return readOfd(payload);
  return withScanner(ocr, (scanner) => READERS[kind](payload, scanner));
}

/** Lends a scanner to what reads a file, and closes it. With the words come its notices; in their place the notice why there are none. */
async function withScanner(ocr: boolean, read: (scanner: PageScanner | null) => Promise<string>): Promise<FileText> {
  const scanner = ocr ? new PageScanner() : null;
  try {
    return { html: await read(scanner), notices: scanner?.notices() ?? [] };
  } catch (error) {
    return { html: '', notices: [noticeOf(error)] };
  } finally {
    await scanner?.close();
  }
}

/** No page said what characters it has: the libraries give Unicode. */
const AS_UNICODE: Decoded['charset'] = { used: 'utf-8', declared: null, from: 'default', declarations: [], candidates: [], reason: 'the words of a document file are Unicode already', replaced: 0 };

/** A captured file as a page of its words. */
export async function readFile(capture: Capture, ocr: boolean): Promise<Decoded> {
  const { html, notices } = await readFileText(capture.payload, ocr);
  return { ...capture, charset: AS_UNICODE, markup: `<!doctype html><html><body>${html}</body></html>`, isMarkup: true, notices };
}

/**
 * The words of the files in which one report stands, one after another. Of several, those are read that have words; the notice counts the others.
 * @see readFileText
 */
export async function readFileTexts(payloads: readonly Uint8Array[], ocr = false): Promise<FileText> {
  const [first] = payloads;
  if (first !== undefined && payloads.length === 1) return readFileText(first, ocr);
  return withScanner(ocr, (scanner) => readPictures(payloads, scanner));
}

/** Throws what stood in the way of the last when none has words. */
async function readPictures(payloads: readonly Uint8Array[], scanner: PageScanner | null): Promise<string> {
  const parts: string[] = [];
  let fault = new UnreadableFile('attachment-unreadable', 'there are no files');
  for (const payload of payloads) {
    try {
      parts.push(await readPicture(payload, scanner));
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      fault = error;
    }
  }
  if (parts.length === 0) throw fault;
  return parts.join('\n');
}

/** More mentions of one address are a hostile page. */
const MOST_MENTIONS = 50;

/** Where the picture stands in the page's markup: behind its tag, or the link to it; -1 when it is not found. */
function endOfPicture(markup: string, name: string): number {
  let at = markup.indexOf(name);
  for (let mention = 0; at >= 0 && mention < MOST_MENTIONS; mention += 1, at = markup.indexOf(name, at + 1)) {
    const tag = markup.slice(markup.lastIndexOf('<', at), at);
    const end = /^<img\s/iu.test(tag) ? '>' : /^<a\s/iu.test(tag) ? '</a>' : null;
    const place = end === null ? -1 : markup.indexOf(end, at);
    if (end !== null && place >= 0) return place + end.length;
  }
  return -1;
}

/** Where the link to the file ends in the page's markup; -1 when it is not found. */
function endOfLink(markup: string, name: string): number {
  const at = markup.indexOf(name);
  const end = at < 0 ? -1 : markup.indexOf('</a>', at);
  return end < 0 ? -1 : end + '</a>'.length;
}

/** The name as pages may write it: escaped in either case, or in characters; one that is escaped GBK, which no standard foresees, only escaped. */
function spellingsOf(name: string): string[] {
  const escaped = [name, name.replace(/%[\dA-F]{2}/gu, (escape) => escape.toLowerCase())];
  try {
    return [...escaped, decodeURIComponent(name)];
  } catch {
    return escaped;
  }
}

/** Where the words of the file at `address` belong in the page: behind the link to it, or behind the picture; else at the page's end. */
function placeOf(markup: string, address: string, isPicture: boolean): number {
  const name = new URL(address).pathname.split('/').at(-1) ?? '';
  const places = spellingsOf(name).filter((spelling) => spelling !== '').map((spelling) => (isPicture ? endOfPicture(markup, spelling) : endOfLink(markup, spelling)));
  return places.find((place) => place >= 0) ?? Math.max(0, markup.search(/<\/body>/iu));
}

/** A cover page with the words of its file put in where it leads to it: a report is its page and its attachment. `url`: of the file, or of the first of several. */
export function withAttachment(page: Decoded, file: FileText & { readonly url: string; readonly isPicture: boolean }): Decoded {
  const place = placeOf(page.markup, file.url, file.isPicture);
  const markup = `${page.markup.slice(0, place)}<div>${file.html}</div>${page.markup.slice(place)}`;
  return { ...page, markup, notices: [...page.notices, ...file.notices] };
}
