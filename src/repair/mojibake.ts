/**
 * Undoes text that was read with the wrong charset before it was stored: UTF-8 read as GBK (公安局 became 鍏畨灞€), UTF-8 or GBK read as Latin-1 or
 * windows-1252 (å…¬å®‰, ¹«°²), and each of these done twice. One stretch must speak for itself: its inverse is valid and turns noise into everyday
 * Chinese. Where one does, the document was misread, and shorter stretches that could not speak for themselves (一、概述, ——) are put right with it.
 * Limit: a byte that the misreading lost (the � in 灞�) is not guessed: the rest is put right and one � stays for the character, except where digits or
 * the end of the line force it.
 */
import { countHan } from '../han/everyday.js';
import { gbBytesOf } from '../han/gb-bytes.js';
import { WINDOWS_1252 } from '../han/windows-1252.js';
import type { Change } from './patchwork.js';
import type { HoledText } from './utf8-holes.js';
import { HOLE, readHoledUtf8 } from './utf8-holes.js';

type Inverse = (text: string) => HoledText | null;

/** One way of misreading, and how to look for it. */
export interface Misreading {
  readonly name: string;
  /** Stretches that may have been misread so; null when the text shows no sign of it. */
  readonly stretches: (text: string) => RegExpExecArray[] | null;
  readonly inverse: Inverse;
}

const CP1252 = new Map(Array.from(WINDOWS_1252, (character, index) => [character, 0x80 + index]));

/** Bytes of text that was read as Latin-1 or windows-1252; null when it holds other characters. � is a byte that windows-1252 does not have. */
function latinBytesOf(text: string): number[] | null {
  const bytes = Array.from(text, (character) => (character === '\ufffd' ? HOLE : CP1252.get(character) ?? (character.charCodeAt(0) <= 0xff ? character.charCodeAt(0) : NaN)));
  return bytes.some(Number.isNaN) ? null : bytes;
}

/** As above, with the Cyrillic, Arabic and other letters that two GBK bytes make where they happen to be valid UTF-8. */
function mixedBytesOf(text: string): number[] | null {
  const bytes = Array.from(text).flatMap((character) => {
    const code = character.charCodeAt(0);
    const single = CP1252.get(character) ?? (code <= 0xff ? code : NaN);
    return Number.isNaN(single) && code <= 0x7ff ? [0xc0 | (code >> 6), 0x80 | (code & 0x3f)] : [single];
  });
  return bytes.some(Number.isNaN) ? null : bytes;
}

const gbDecoder = new TextDecoder('gb18030', { fatal: true });

function readGb(bytes: readonly number[] | null): HoledText | null {
  if (!bytes || bytes.includes(HOLE)) return null;
  try {
    return { text: gbDecoder.decode(Uint8Array.from(bytes)), lost: 0, inferred: 0 };
  } catch {
    return null;
  }
}

/** Trail bytes that UTF-8 still wants behind `bytes`. */
function wanted(bytes: readonly number[]): number {
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes.at(-back) ?? 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1) + 1 - back;
    if (byte !== HOLE && byte < 0x80) return 0;
  }
  return 0;
}

const EURO = '€';

/** € is the single byte 80 and the pair A2 E3 alike. The pair ends one character and begins the next, so a trail must follow it. */
function euroBytes(bytes: readonly number[], next: string): readonly number[] {
  const follows = next === EURO ? 0x80 : gbBytesOf(next)?.[0] ?? 0;
  return wanted(bytes) === 1 && follows >= 0x80 && follows < 0xc0 ? [0xa2, 0xe3] : [0x80];
}

/** The bytes of a line read as GBK, with a hole for each �; null when it holds a character that GBK does not have. */
function gbBytesWithHoles(line: string): number[] | null {
  const bytes: number[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] as string;
    const own = character === '\ufffd' ? [HOLE] : character === EURO ? euroBytes(bytes, line[at + 1] ?? '') : gbBytesOf(character);
    if (!own) return null;
    bytes.push(...own);
  }
  return bytes;
}

function readUtf8(bytes: readonly number[] | null): HoledText | null {
  return bytes && readHoledUtf8(bytes);
}

const LINE = /[^\n\t]+/gu;
/** Latin letters with accents, the marks of windows-1252 and lost bytes, with ASCII between. */
const LATIN_RUN = /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ][\u0020-\u007e\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\ufffd]*/gu;
const MIXED_RUN = /[\u0080-\u07ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ][\u0020-\u07ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*/gu;
/** Hanzi that UTF-8's lead bytes of everyday characters turn into under GBK, and that reports hardly ever use. */
const GBK_SIGNS = /[鍏瀹浠鎴鐨銆锛鈥涓鏀淇鎭寮宸骞鏈鏄鍦鍜]/u;
/** Two characters of Latin-1's upper half side by side, as every misread hanzi has and hardly a word of a language. */
const LATIN_SIGNS = /[\u0080-\u07ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\ufffd]{2}/u;

export const utf8ReadAsGbk: Misreading = {
  name: 'mojibake-utf8-as-gbk',
  stretches: (text) => (GBK_SIGNS.test(text) ? [...text.matchAll(LINE)] : null),
  inverse: (line) => readUtf8(gbBytesWithHoles(line)),
};

export const utf8ReadAsLatin: Misreading = {
  name: 'mojibake-utf8-as-latin',
  stretches: (text) => (LATIN_SIGNS.test(text) ? [...text.matchAll(LATIN_RUN)] : null),
  inverse: (run) => readUtf8(latinBytesOf(run)),
};

export const gbkReadAsLatin: Misreading = {
  name: 'mojibake-gbk-as-latin',
  stretches: (text) => (LATIN_SIGNS.test(text) ? [...text.matchAll(MIXED_RUN)] : null),
  inverse: (run) => readGb(latinBytesOf(run)) ?? readGb(mixedBytesOf(run)),
};

/** UTF-8 first: its inverse is the stricter one. */
export const MISREADINGS: readonly Misreading[] = [utf8ReadAsGbk, utf8ReadAsLatin, gbkReadAsLatin];

/** The inverse done once, and twice where the text was misread twice. */
function readings(text: string, inverse: Inverse): HoledText[] {
  const once = inverse(text);
  const twice = once && once.text !== text && once.lost === 0 ? inverse(once.text) : null;
  return [once, twice].filter((reading) => reading !== null);
}

/** Share of the characters beyond ASCII that are everyday hanzi; what is lost speaks neither way. */
function soundness(text: string): number {
  const counts = countHan(text);
  const known = counts.beyondAscii - counts.replaced;
  return known <= 0 ? 0 : (counts.everyday - 2 * counts.privateUse) / known;
}

/** Gains below this happen by chance between two rare spellings; true inverses gain 0.4 and more on report lines. */
const LEAST_GAIN = 0.3;
/** Fewer characters than this cannot show what they are. */
const LEAST_CHARACTERS = 4;
/** Share of characters that may be lost: windows-1252 loses one of eight, GBK one beside every figure. */
const MOST_LOST = 0.4;

/** The reading of a stretch that speaks for itself. */
function evident(text: string, inverse: Inverse): HoledText | null {
  if (countHan(text).beyondAscii < LEAST_CHARACTERS) return null;
  const [best] = readings(text, inverse).sort((a, b) => soundness(b.text) - soundness(a.text));
  if (!best || best.lost > countHan(best.text).beyondAscii * MOST_LOST) return null;
  return soundness(best.text) >= soundness(text) + LEAST_GAIN ? best : null;
}

/** Hanzi, marks of Chinese writing, full-width forms, �; and anything of ASCII. */
const CHINESE_ONLY = /^[\t\u0020-\u007e\u3400-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u203b\u2160-\u217f\u2460-\u24ff\u25a0-\u266f\u00b7\u00d7\u00b0\u00b1\u2100-\u214f\u2190-\u22ff\ufffd]+$/u;

/** The reading of a stretch in a document that was misread so. */
function likely(text: string, inverse: Inverse): HoledText | null {
  if (soundness(text) >= 0.5) return null;
  return readings(text, inverse).find((reading) => reading.text !== text && CHINESE_ONLY.test(reading.text)) ?? null;
}

/** Whether some stretch of the document shows beyond doubt that it was misread so. */
export function isMisread(text: string, { stretches, inverse }: Misreading): boolean {
  return stretches(text)?.some(([stretch]) => evident(stretch, inverse) !== null) ?? false;
}

/** What to put right in a document that was misread so, or in a piece of one. */
export function undoMisreading(text: string, { stretches, inverse }: Misreading): Change[] {
  // A piece may be too short for a sign.
  const found = stretches(text) ?? [...text.matchAll(LINE)];
  return found.flatMap((match): Change[] => {
    const reading = evident(match[0], inverse) ?? likely(match[0], inverse);
    if (!reading) return [];
    const isInferred = reading.inferred > 0;
    return [{ start: match.index, end: match.index + match[0].length, after: reading.text, method: isInferred ? 'inferred' : 'recovered', confidence: isInferred ? 0.95 : 0.99 }];
  });
}
