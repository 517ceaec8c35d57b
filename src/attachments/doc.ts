/** Reads Word files of 1997 to 2003 and WPS files: their words, the cells of a table row divided by tabs. */
import WordExtractor from 'word-extractor';
import { paragraphs } from './paragraphs.js';
import { UnreadableFile } from './unreadable-file.js';

/** The document as HTML. Throws `UnreadableFile`. */
export async function readDoc(payload: Uint8Array): Promise<string> {
  try {
    const document = await new WordExtractor().extract(Buffer.from(payload));
    return paragraphs(document.getBody());
  } catch (error) {
    throw new UnreadableFile('attachment-unreadable', `the Word file cannot be read (${(error as Error).message})`);
  }
}
