/**
 * Undoes whole lines that were read with the wrong charset before they were stored: UTF-8 read as GBK (公安局 became 鍏畨灞€),
 * UTF-8 or GBK read as Latin-1 or windows-1252 (å…¬å®‰, ¹«°²), and each of these done twice. The inverse must be exact (no
 * byte lost) and must turn noise into everyday Chinese; anything less is left as it is.
 * Limit: bytes that the misreading lost (the � in 灞�) are not guessed.
 */
import { countHan } from '../han/everyday.js';
import { gbBytesOf } from '../han/gb-bytes.js';
import type { NamedRepair } from './named-repair.js';
import type { Change } from './patchwork.js';

type Inverse = (text: string) => string | null;

/** windows-1252's characters for 80 to 9F; the five it leaves out are C1 controls. */
const CP1252 = new Map([...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'].map((character, index) => [character, [0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f][index] ?? 0]));

function strictly(bytes: Uint8Array | null, charset: string): string | null {
  if (!bytes) return null;
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function latinBytesOf(text: string): Uint8Array | null {
  const bytes = Array.from(text, (character) => (character.charCodeAt(0) <= 0xff ? character.charCodeAt(0) : CP1252.get(character) ?? -1));
  return bytes.includes(-1) ? null : Uint8Array.from(bytes);
}

/** Share of the characters beyond ASCII that are everyday hanzi. */
function soundness(text: string): number {
  const counts = countHan(text);
  return counts.beyondAscii === 0 ? 0 : (counts.everyday - 4 * counts.replaced - 2 * counts.privateUse) / counts.beyondAscii;
}

/** Gains below this happen by chance between two rare spellings; true inverses gain 0.4 and more on report lines. */
const LEAST_GAIN = 0.3;
/** Fewer characters than this cannot show what they are. */
const LEAST_CHARACTERS = 4;

/** The inverse of a misreading, done once or, where the text was misread twice, twice: whichever gives the soundest text. */
function undo(text: string, inverse: Inverse): string | null {
  const once = inverse(text);
  const twice = once === null ? null : inverse(once);
  const [best] = [once, twice].filter((candidate) => candidate !== null).sort((a, b) => soundness(b) - soundness(a));
  return best !== undefined && soundness(best) >= soundness(text) + LEAST_GAIN ? best : null;
}

function repairRuns(text: string, pattern: RegExp, inverse: Inverse): Change[] {
  return [...text.matchAll(pattern)].flatMap((match): Change[] => {
    if (countHan(match[0]).beyondAscii < LEAST_CHARACTERS) return [];
    const after = undo(match[0], inverse);
    return after === null ? [] : [{ start: match.index, end: match.index + match[0].length, after, method: 'recovered', confidence: 0.99 }];
  });
}

const LINE = /[^\n\t]+/gu;
/** A run of Latin letters with accents and the marks of windows-1252, with ASCII between. */
const LATIN_RUN = /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ][\u0020-\u007e\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*/gu;
/** Hanzi that UTF-8's lead bytes of everyday characters turn into under GBK, and that reports hardly ever use. */
const GBK_SIGNS = /[鍏瀹浠鎴鐨銆锛鈥涓鏀淇鎭寮宸骞鏈鏄鍦鍜]/u;

export const utf8ReadAsGbk: NamedRepair = {
  name: 'mojibake-utf8-as-gbk',
  find: (text) => (GBK_SIGNS.test(text) ? repairRuns(text, LINE, (line) => strictly(gbBytesOf(line), 'utf-8')) : []),
};

export const utf8ReadAsLatin: NamedRepair = {
  name: 'mojibake-utf8-as-latin',
  find: (text) => repairRuns(text, LATIN_RUN, (run) => strictly(latinBytesOf(run), 'utf-8')),
};

export const gbkReadAsLatin: NamedRepair = {
  name: 'mojibake-gbk-as-latin',
  find: (text) => repairRuns(text, LATIN_RUN, (run) => strictly(latinBytesOf(run), 'gb18030')),
};
