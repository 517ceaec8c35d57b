/** Reads Word files of 1997 to 2003 and WPS files: their words, the cells of a table row divided by tabs. */
import { createRequire } from 'node:module';
import { paragraphs } from './paragraphs.js';
import { UnreadableFile } from './unreadable-file.js';

/** The part of word-extractor that is used here; the package brings no types. */
type WordExtractor = new () => { extract(source: Buffer): Promise<{ getBody(): string }> };

const require = createRequire(import.meta.url);
const Extractor = require('word-extractor') as WordExtractor;

/** The document as HTML. Throws `UnreadableFile`. */
export async function readDoc(payload: Uint8Array): Promise<string> {
  try {
    const document = await new Extractor().extract(Buffer.from(payload));
    return paragraphs(document.getBody());
  } catch (error) {
    throw new UnreadableFile('attachment-unreadable', `the Word file cannot be read (${(error as Error).message})`);
  }
}
