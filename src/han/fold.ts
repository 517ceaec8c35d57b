/** Folds spellings of the same words onto one, for comparing only: stored text is never folded. */
import { toSimplified } from './conversion.js';

/** Full-width ASCII (U+FF01 to U+FF5E) and the ideographic space. */
const WIDE = /[\uff01-\uff5e\u3000]/gu;

/** `text` with full-width ASCII and the ideographic space in half width; nothing else changes. */
export function foldWidth(text: string): string {
  return text.replace(WIDE, (character) => (character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0)));
}

/** `text` for matching words whatever their width, script and spacing: NFKC, Simplified, no white space. */
export function foldForMatching(text: string): string {
  return toSimplified(text.normalize('NFKC')).replace(/\s+/gu, '');
}

const QUOTES = /["「」『』＂]/gu;
/** A comma, ideographic or not, reads as the enumeration comma between parts of a label. */
const COMMAS = /[,，]/gu;

/**
 * A label of a statutory table for matching: folded like `foldForMatching`, quotes as “”, commas as 、, brackets in full width,
 * a trailing colon dropped. Line breaks inside labels (商业<br>企业) vanish with the white space.
 */
export function foldLabel(label: string): string {
  let open = false;
  return foldForMatching(label)
    .replace(QUOTES, () => {
      open = !open;
      return open ? '“' : '”';
    })
    .replace(COMMAS, '、')
    .replace(/\(/gu, '（').replace(/\)/gu, '）')
    .replace(/[:：]+$/u, '');
}
