/** Digests of a text: of the words as they stand, and of the words folded so that layout does not count. */
import { createHash } from 'node:crypto';

/** White space, punctuation, symbols and invisible characters: what a change of page layout may alter. */
const LAYOUT = /[\s\p{P}\p{S}\p{Z}\p{C}]+/gu;

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The letters and digits of `text` alone, in one width (NFKC). Trap: 1.5 and 15 fold to the same. */
export function foldText(text: string): string {
  return text.normalize('NFKC').replace(LAYOUT, '');
}

/** SHA-256 (hexadecimal) of the UTF-8 bytes of `text` exactly as it is, so that anybody can recompute it. */
export function textDigest(text: string): string {
  return sha256(text);
}

/** SHA-256 (hexadecimal) of the folded text: equal when two pages carry the same words in another layout. */
export function foldedDigest(text: string): string {
  return sha256(foldText(text));
}
