/**
 * The whole house on one page: the order of the still rooms.
 *
 * bytes > decode > clean > repair > recognise > dedup > a record for the store
 *            \-> discover > candidates for the frontier
 *
 * Cleaning comes before repair so that a repair's span is an offset into the text a reader sees, and applying the repairs to
 * `decodedText` gives exactly `text`.
 */
import { isDocumentFile, readFile, readFileText, withAttachment } from './attachments/attachment.js';
import { clean } from './clean/main-text.js';
import { decode } from './decode/decode.js';
import { bands, fingerprintOfFolded, fingerprintToBytes } from './dedup/fingerprint.js';
import { foldText, textDigest } from './dedup/digest.js';
import { judge } from './dedup/judge.js';
import { discover } from './discover/discover.js';
import type { Discovery } from './discover/discover.js';
import { recognise } from './recognise/recognise.js';
import type { Capture, Decoded, Divisions, Judged, KnownText, Recognised } from './record.js';
import { repair } from './repair/repair.js';

/** Version of everything between bytes and record. Raise it when stored text or facts would change; `derive` redoes older ones. */
export const DERIVATION = '2';

/** The file behind a cover page. */
export interface AttachedFile {
  readonly url: string;
  readonly payload: Uint8Array;
  readonly payloadDigest: string;
}

/** Bytes to characters. */
export function readPage(capture: Capture): Decoded {
  return decode(capture);
}

/** Bytes to a page, whatever they are: a document file becomes a page of its words. */
export async function openCapture(capture: Capture): Promise<Decoded> {
  return isDocumentFile(capture.payload) ? readFile(capture) : readPage(capture);
}

/** A cover page with the words of the file it leads to. */
export async function openWithAttachment(capture: Capture, file: AttachedFile): Promise<Decoded> {
  const text = await readFileText(file.payload);
  return withAttachment(readPage(capture), { ...text, url: file.url });
}

/** A page to the addresses it leads to, of which at most `linkLimit` are read. */
export function findLinks(page: Decoded, linkLimit?: number): Discovery {
  return discover({ page, linkLimit });
}

/** A page to the report it carries: its text, its repairs, whose it is and for which year. */
export function readDocument(page: Decoded, divisions: Divisions): Recognised {
  const { repaired, mend } = repair(clean(page));
  return recognise(repaired, { divisions, mend });
}

/** A recognised document with what is needed to look up its likes. */
export interface Sketched {
  readonly recognised: Recognised;
  readonly foldedDigest: string;
  /** Characters of the folded text. */
  readonly foldedLength: number;
  readonly bands: readonly string[];
  readonly fingerprintBytes: Uint8Array;
  readonly fingerprint: readonly number[];
}

/** A recognised document to the keys under which the archive may know its likes. */
export function sketch(recognised: Recognised): Sketched {
  const folded = foldText(recognised.text);
  const print = fingerprintOfFolded(folded);
  return { recognised, foldedDigest: textDigest(folded), foldedLength: folded.length, bands: bands(print), fingerprint: print, fingerprintBytes: fingerprintToBytes(print) };
}

/** The verdict on a sketched document, given what the archive knows of its likes. */
export function settle(sketched: Sketched, known: readonly KnownText[], documentId: string): Judged {
  return judge(sketched.recognised, known, { reportId: documentId, fingerprint: sketched.fingerprint, folded: { digest: sketched.foldedDigest, length: sketched.foldedLength } });
}
