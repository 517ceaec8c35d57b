/**
 * Reads OFD (GB/T 33190), the state's own page format: characters and lines placed on pages, from which paragraphs and tables are made again.
 *
 * Our own, since no package offers words with their places (docs/decisions/0012-rtf-and-ofd.md).
 */
import type { Notice } from '../record.js';
import type { DrawnPage } from './drawn-page.js';
import { drawnHtml } from './drawn-page.js';
import { OfdPackage, addressFrom, elements, numbers, textIn } from './ofd-parts.js';
import { UnreadableFile } from './unreadable-file.js';
import { noticeOf } from './unreadable-notice.js';
import { unzip } from './unzip.js';

/** The longest report met has 60 pages. */
const MOST_PAGES = 500;
const ROOT = 'OFD.xml';

interface Pages {
  readonly pages: readonly DrawnPage[];
  readonly missing: number;
}

function pagesOf(ofd: OfdPackage): Pages {
  const top = ofd.xml(ROOT);
  if (top === null) throw new UnreadableFile('attachment-unreadable', `the OFD file has no ${ROOT}`);
  const documents = elements(top, 'DocRoot').map((element) => addressFrom(ROOT, textIn(element).trim()));
  const listed = documents.flatMap((address) => {
    const root = ofd.xml(address);
    if (root === null) return [];
    const box = elements(root, 'PhysicalBox').map((element) => numbers(textIn(element)))[0] ?? [];
    return elements(root, 'Pages').flatMap((list) => elements(list, 'Page')).map((page) => ({ address: addressFrom(address, page.attribs['BaseLoc'] ?? ''), box }));
  });
  if (listed.length > MOST_PAGES) throw new UnreadableFile('attachment-too-large', `the OFD file has ${listed.length} pages; up to ${MOST_PAGES} are read`);
  const pages = listed.map(({ address, box }) => ofd.page(address, box)).filter((page) => page !== null);
  return { pages, missing: listed.length - pages.length };
}

/** The document as HTML. Pages that are listed and missing are named in a notice; never throws on a bad file. */
export async function readOfd(payload: Uint8Array): Promise<{ readonly html: string; readonly notices: readonly Notice[] }> {
  try {
    const { pages, missing } = pagesOf(new OfdPackage(await unzip(payload)));
    const html = drawnHtml(pages);
    if (html === '') throw new UnreadableFile('attachment-unreadable', 'the OFD file holds no words');
    return { html, notices: missing === 0 ? [] : [{ code: 'attachment-cut', room: 'attachments', message: `the OFD file lists ${missing} pages that it does not hold; the others are read` }] };
  } catch (error) {
    return { html: '', notices: [noticeOf(error)] };
  }
}
