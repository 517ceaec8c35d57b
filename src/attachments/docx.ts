/** Reads Word files (Office Open XML): paragraphs, headings and tables with their spans. */
import mammoth from 'mammoth';
import { repacked, unzip } from './unzip.js';
import { UnreadableFile } from './unreadable-file.js';

/** Pictures stay in the file: what is wanted are words and tables. */
const WITHOUT_PICTURES = { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })), externalFileAccess: false };

/** The document as HTML. Throws `UnreadableFile`. */
export async function readDocx(payload: Uint8Array): Promise<string> {
  const entries = await unzip(payload);
  try {
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(repacked(entries)) }, WITHOUT_PICTURES);
    return value.replace(/<img[^>]*>/gu, '');
  } catch (error) {
    throw new UnreadableFile('attachment-unreadable', `the Word file cannot be read (${(error as Error).message})`);
  }
}
