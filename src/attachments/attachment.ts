/** Turns a document file into the same record a page becomes. */
import type { Capture, Decoded, Notice } from '../record.js';
import { readDoc } from './doc.js';
import { readDocx } from './docx.js';
import { fileKind } from './file-kind.js';
import { readOfd } from './ofd.js';
import { readPdf } from './pdf.js';
import { readRtf } from './rtf.js';
import { readSheet } from './sheet.js';
import { UnreadableFile } from './unreadable-file.js';
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
async function readZip(payload: Uint8Array): Promise<string> {
  const parts: string[] = [];
  for (const { bytes } of await unzip(payload)) {
    const kind = fileKind(bytes);
    if (kind !== 'zip' && kind !== 'other') parts.push(await READERS[kind](bytes));
  }
  if (parts.length === 0) throw new UnreadableFile('attachment-unreadable', 'the archive holds no document that can be read');
  return parts.join('\n');
}

const READERS: Readonly<Record<Exclude<ReturnType<typeof fileKind>, 'other'>, (payload: Uint8Array) => Promise<string>>> = {
  docx: readDocx, sheet: readSheet, pdf: readPdf, doc: readDoc, zip: readZip,
  rtf: async (payload) => wordsOf(readRtf(payload)), ofd: async (payload) => wordsOf(await readOfd(payload)),
};

/** The words and tables of a file. What cannot be read gives a notice (`attachment-unreadable`, `attachment-too-large`), never an error. */
export async function readFileText(payload: Uint8Array): Promise<FileText> {
  const kind = fileKind(payload);
  if (kind === 'other') return { html: '', notices: [{ code: 'attachment-unreadable', room: 'attachments', message: 'files of this kind are kept, but not read' }] };
  // These two tell themselves what is amiss, also where they give words.
  if (kind === 'rtf') return readRtf(payload);
  if (kind === 'ofd') return readOfd(payload);
  try {
    return { html: await READERS[kind](payload), notices: [] };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { html: '', notices: [{ code: error.code, room: 'attachments', message: `${error.message}; its bytes are kept` }] };
  }
}

/** No page said what characters it has: the libraries give Unicode. */
const AS_UNICODE: Decoded['charset'] = { used: 'utf-8', declared: null, from: 'default', declarations: [], candidates: [], reason: 'the words of a document file are Unicode already', replaced: 0 };

/** A captured file as a page of its words. */
export async function readFile(capture: Capture): Promise<Decoded> {
  const { html, notices } = await readFileText(capture.payload);
  return { ...capture, charset: AS_UNICODE, markup: `<!doctype html><html><body>${html}</body></html>`, isMarkup: true, notices };
}

/** Where the link to the file ends in the page's markup; -1 when it is not found. */
function endOfLink(markup: string, address: string): number {
  const name = new URL(address).pathname.split('/').at(-1) ?? '';
  const spellings = [name, decodeURIComponent(name)].filter((spelling) => spelling !== '');
  const at = spellings.map((spelling) => markup.indexOf(spelling)).find((place) => place >= 0) ?? -1;
  const end = at < 0 ? -1 : markup.indexOf('</a>', at);
  return end < 0 ? -1 : end + '</a>'.length;
}

/** A cover page with the words of its file put in behind the link to it: a report is its page and its attachment. */
export function withAttachment(page: Decoded, file: FileText & { readonly url: string }): Decoded {
  const link = endOfLink(page.markup, file.url);
  const place = link >= 0 ? link : Math.max(0, page.markup.search(/<\/body>/iu));
  const markup = `${page.markup.slice(0, place)}<div>${file.html}</div>${page.markup.slice(place)}`;
  return { ...page, markup, notices: [...page.notices, ...file.notices] };
}
