/** Weighs what a page declares against what its bytes are, and says which charset to use and why. */
import { countHan } from '../han/everyday.js';
import type { CharsetDeclaration, CharsetJudgement, CharsetSource } from '../record.js';
import { byteOrderMark } from './byte-order-mark.js';
import { charactersOf } from './character-tables.js';
import { readHz } from './hz.js';
import { utf8Shape } from './utf8-shape.js';
import type { Utf8Shape } from './utf8-shape.js';

/** The verdict, before decoding. */
export type Verdict = Pick<CharsetJudgement, 'used' | 'from' | 'reason' | 'candidates'>;

/** So many bytes from the first one above ASCII are enough to tell the families apart, and keep a page under a millisecond. */
const SAMPLE_BYTES = 12 * 1024;

/**
 * Share of the bytes above ASCII that must be well-formed UTF-8 for the page to count as such. One overwritten byte or a GBK footer
 * leaves more than nine tenths; GBK text reaches a third by chance.
 */
const UTF8_SHARE = 0.88;

/** Declared charsets that are tried beside the three families; labels such as iso-8859-1 on Chinese pages are leftovers. */
const ALWAYS_TRIED: readonly string[] = ['gb18030', 'big5'];

interface Scored {
  readonly charset: string;
  readonly score: number;
  readonly invalid: number;
}

/** From the first byte above ASCII on: markup before it says nothing. */
function sampleOf(payload: Uint8Array): Uint8Array {
  let start = 0;
  while (start < payload.length && (payload[start] as number) < 0x80) start += 1;
  return payload.subarray(start, start + SAMPLE_BYTES);
}

/** Everyday hanzi speak for a reading, replaced and private-use characters against it (weights of the ladder that read 359 of 361 hard pages). */
function score(sample: Uint8Array, charset: string): Scored {
  const counts = countHan(charactersOf(sample, charset));
  const all = Math.max(1, counts.beyondAscii);
  return { charset, invalid: counts.replaced, score: (counts.everyday - 4 * counts.replaced - 2 * counts.privateUse) / all };
}

/** UTF-16 without a mark shows in markup as zero bytes on every other place. */
function utf16Sign(payload: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const head = payload.subarray(0, 2048);
  const zeros = [0, 0];
  head.forEach((byte, index) => { if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1; });
  const half = head.length / 2;
  if ((zeros[1] ?? 0) > half * 0.3 && (zeros[0] ?? 0) < half * 0.05) return 'utf-16le';
  if ((zeros[0] ?? 0) > half * 0.3 && (zeros[1] ?? 0) < half * 0.05) return 'utf-16be';
  return null;
}

function isUtf8(shape: Utf8Shape): boolean {
  const inside = shape.two * 2 + shape.three * 3 + shape.four * 4;
  const stray = shape.stray - shape.tail;
  // Two-byte sequences alone can be GBK or Big5 pairs by chance; Chinese in UTF-8 has three bytes a character.
  return inside > 0 && shape.three + shape.four > 0 && inside / (inside + stray) >= UTF8_SHARE;
}

function sourceOf(charset: string, declarations: readonly CharsetDeclaration[]): CharsetSource {
  return declarations.find((declaration) => declaration.charset === charset)?.from ?? 'statistics';
}

/** No label of the standard; only found, never declared. */
export const HZ = 'hz-gb-2312';

function judgeAscii(payload: Uint8Array, declarations: readonly CharsetDeclaration[]): Verdict {
  if (readHz(charactersOf(payload, 'utf-8')) !== null) return { used: HZ, from: 'statistics', reason: 'ASCII with runs of HZ that read as Chinese', candidates: [] };
  const declared = declarations.find((declaration) => declaration.charset !== null);
  const used = declared?.charset ?? 'utf-8';
  return { used, from: declared?.from ?? 'default', reason: 'the page is pure ASCII: every charset reads it alike', candidates: [] };
}

/** Without everyday hanzi in any reading the page is not Chinese: its declaration is all there is, else Western Europe. */
function judgeForeign(declarations: readonly CharsetDeclaration[], candidates: readonly Scored[], shape: Utf8Shape): Verdict {
  const reason = 'no reading gives Chinese text';
  if (shape.stray === 0) return { used: 'utf-8', from: sourceOf('utf-8', declarations), reason: `${reason}; the bytes are well-formed UTF-8`, candidates };
  const declared = declarations.find((declaration) => declaration.charset !== null && declaration.charset !== 'utf-8');
  return { used: declared?.charset ?? 'windows-1252', from: declared?.from ?? 'default', reason: `${reason} and the bytes are not UTF-8`, candidates };
}

/** Below this score a reading is noise; sound Chinese pages reach 0.4 and more. */
const CHINESE_SCORE = 0.15;

interface Page {
  readonly payload: Uint8Array;
  readonly shape: Utf8Shape;
  readonly leaning: Leaning;
}

function judgeByScore({ payload, shape, leaning }: Page, declarations: readonly CharsetDeclaration[]): Verdict {
  const sample = sampleOf(payload);
  const tried = new Set([...ALWAYS_TRIED, ...(shape.stray === 0 ? ['utf-8'] : []), ...declarations.flatMap((declaration) => declaration.charset ?? [])]);
  const declared = new Set(declarations.map((declaration) => declaration.charset));
  // A label breaks a tie and no more: on portals it is as often a leftover of the template as the truth.
  const weight = (scored: Scored): number => scored.score + (declared.has(scored.charset) ? 0.02 : 0) + (scored.charset === leaning ? 0.01 : 0);
  const candidates = [...tried].map((charset) => score(sample, charset)).sort((a, b) => weight(b) - weight(a));
  const best = candidates[0];
  if (!best || best.score < CHINESE_SCORE) return judgeForeign(declarations, candidates, shape);
  const second = candidates[1];
  return { used: best.charset, from: sourceOf(best.charset, declarations), candidates, reason: `reads best as Chinese (${best.score.toFixed(2)}${second ? `; ${second.charset} ${second.score.toFixed(2)}` : ''})` };
}

/** What the publisher's country writes in, where the bytes leave it open. */
export type Leaning = 'gb18030' | 'big5';

/** The verdict on `payload`: mark, then UTF-16 signs, then well-formed UTF-8, then the reading that gives the best Chinese. */
export function judgeCharset(payload: Uint8Array, declarations: readonly CharsetDeclaration[], leaning: Leaning = 'gb18030'): Verdict {
  const mark = byteOrderMark(payload);
  if (mark) return { used: mark.charset, from: 'bom', reason: 'the page begins with a byte order mark', candidates: [] };
  const wide = utf16Sign(payload);
  if (wide) return { used: wide, from: sourceOf(wide, declarations), reason: 'every other byte is zero', candidates: [] };
  const shape = utf8Shape(payload);
  if (shape.two + shape.three + shape.four + shape.stray === 0) return judgeAscii(payload, declarations);
  if (isUtf8(shape)) {
    const reason = shape.stray === 0 ? 'all bytes are well-formed UTF-8' : `well-formed UTF-8 but for ${shape.stray} bytes`;
    return { used: 'utf-8', from: sourceOf('utf-8', declarations), reason, candidates: [{ charset: 'utf-8', score: 1, invalid: shape.stray }] };
  }
  return judgeByScore({ payload, shape, leaning }, declarations);
}
