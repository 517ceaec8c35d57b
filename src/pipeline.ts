/**
 * The whole house on one page: the order of the still rooms.
 *
 * bytes > decode > clean > repair > recognise > dedup > a record for the store
 *            \-> discover > candidates for the frontier
 *
 * Cleaning comes before repair so that a repair's span is an offset into the text a reader sees, and applying the repairs to
 * `decodedText` gives exactly `text`.
 */
import { isByOcr, isDocumentFile, isPicture, readFile, readFileTexts, withAttachment } from './attachments/attachment.js';
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
export const DERIVATION = '3';

/** What stands before the way in which a text was found, and behind the version of the code, when its words come by OCR. */
const BY_OCR = { extraction: 'ocr ', derivation: '+ocr' } as const;

/** Whether a version's words come by OCR, by how it says they were found. */
export function isOcrExtraction(extraction: string): boolean {
  return extraction.startsWith(BY_OCR.extraction);
}

/** The derivation of a document whose words were found in this way. */
export function derivationOf(extraction: string): string {
  return isOcrExtraction(extraction) ? `${DERIVATION}${BY_OCR.derivation}` : DERIVATION;
}

/** A file in which the words of a cover page stand. */
export interface AttachedFile {
  readonly url: string;
  readonly payload: Uint8Array;
  readonly payloadDigest: string;
}

/** Bytes to characters. */
export function readPage(capture: Capture): Decoded {
  return decode(capture);
}

/** Bytes to a page, whatever they are: a document file becomes a page of its words; with `ocr`, a scanned one too. */
export async function openCapture(capture: Capture, ocr = false): Promise<Decoded> {
  return isDocumentFile(capture.payload) ? readFile(capture, ocr) : readPage(capture);
}

/** A cover page with the words of the file it leads to, or of the pictures it shows one after another. */
export async function openWithAttachments(capture: Capture, files: readonly AttachedFile[], ocr = false): Promise<Decoded> {
  const text = await readFileTexts(files.map(({ payload }) => payload), ocr);
  return withAttachment(readPage(capture), { ...text, url: files[0]?.url ?? capture.finalUrl, isPicture: files.some(({ payload }) => isPicture(payload)) });
}

/** A page to the addresses it leads to, of which at most `linkLimit` are read. */
export function findLinks(page: Decoded, linkLimit?: number): Discovery {
  return discover({ page, linkLimit });
}

/** A page to the report it carries: its text, its repairs, whose it is and for which year. */
export function readDocument(page: Decoded, divisions: Divisions): Recognised {
  const { repaired, mend } = repair(clean(page));
  const recognised = recognise(repaired, { divisions, mend });
  return isByOcr(page) ? { ...recognised, extraction: `${BY_OCR.extraction}${recognised.extraction}` } : recognised;
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
