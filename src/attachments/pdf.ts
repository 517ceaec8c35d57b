/** Reads the words of a PDF, line by line as they stand on the page. Its tables are drawn lines without cells: they are not read as tables. */
import { extractText, getDocumentProxy } from 'unpdf';
import { paragraphs } from './paragraphs.js';
import { UnreadableFile } from './unreadable-file.js';

/** The longest report met has 60 pages. */
const MOST_PAGES = 500;

/** The document as HTML. Throws `UnreadableFile`; a scan without words is one. */
export async function readPdf(payload: Uint8Array): Promise<string> {
  const text = await wordsOf(payload).catch((error: unknown) => {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('attachment-unreadable', `the PDF cannot be read (${(error as Error).message})`);
  });
  if (text.trim() === '') throw new UnreadableFile('attachment-unreadable', 'the PDF holds pictures of pages and no words');
  return paragraphs(text);
}

async function wordsOf(payload: Uint8Array): Promise<string> {
  // A copy: the library takes the buffer for itself.
  const document = await getDocumentProxy(new Uint8Array(payload), { disableFontFace: true, useSystemFonts: false, stopAtErrors: false, verbosity: 0 });
  try {
    if (document.numPages > MOST_PAGES) throw new UnreadableFile('attachment-too-large', `the PDF has ${document.numPages} pages; up to ${MOST_PAGES} are read`);
    const { text } = await extractText(document, { mergePages: false });
    return text.join('\n');
  } finally {
    await document.cleanup();
  }
}
