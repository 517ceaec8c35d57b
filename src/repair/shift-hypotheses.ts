/** Finds where a shifted run may begin and end, from what is seen of it in the text. */
import { gbPairOf } from '../han/gb-bytes.js';
import type { Bytes } from './shift-candidates.js';

/** One way to read a run: its misaligned bytes and where the text is sound again. */
export interface Hypothesis {
  readonly bytes: Bytes;
  /** The trail of the last character, where it is seen (a low trail byte shows as a letter); null where it is lost. */
  readonly lastTrail: number | null;
  /** The pinyin that survived behind the last character, and is swallowed with it. */
  readonly pinyin: string | null;
  /** Offset behind the run. */
  readonly end: number;
}

/** The orphan byte shows as `?`; what it was cut from shows as 。, 、 or ？ (folded to ASCII by the harvest). */
export const RUN_START = /[?？][。、?？]/gu;
/** Longer runs than this are left open: the search would take too long and the words say too little. */
const LONGEST = 36;
const SWALLOWED_PINYIN = /^[?？]([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6})\)/u;
/** Pinyin behind a letter: the letter was the low trail byte of the character that it annotates, and the run ends here for certain. */
const FOLLOWING_PINYIN = /^\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)/u;
const CUT = /^[?？](?:[。、?？]|\n|$)/u;

/** The bytes of a character as seen: ASCII marks and digits were full-width before the harvest folded them. */
function bytesSeen(character: string): readonly [number, number] | null {
  const code = character.charCodeAt(0);
  if (code > 0x20 && code < 0x7f) return [0xa3, code + 0x80];
  const pair = gbPairOf(character);
  return pair === undefined ? null : [pair >> 8, pair & 0xff];
}

function endAt(text: string, at: number, bytes: Bytes): Hypothesis | null {
  const rest = text.slice(at, at + 10);
  const code = text.charCodeAt(at);
  const swallowed = SWALLOWED_PINYIN.exec(rest);
  if (swallowed) return { bytes, lastTrail: null, pinyin: swallowed[1] ?? null, end: at + swallowed[0].length };
  if (CUT.test(rest)) return { bytes, lastTrail: null, pinyin: null, end: at + 1 };
  return code >= 0x40 && code < 0x7f ? { bytes, lastTrail: code, pinyin: null, end: at + 1 } : null;
}

/** Ends tried for one start: the true one is among the first, later letters are Latin words of sound text. */
const ENDS = 4;

/** The ways in which the run that starts at `start` (its `?`) can end. */
export function hypothesesAt(text: string, start: number): Hypothesis[] {
  const found: Hypothesis[] = [];
  const bytes: number[] = [];
  for (let at = start + 1; at < text.length && at < start + LONGEST && found.length < ENDS; at += 1) {
    if (bytes.length > 2 || (bytes.length === 2 && at > start + 2)) {
      const end = endAt(text, at, [...bytes]);
      if (end) found.push(end);
      if (end && (end.pinyin !== null || FOLLOWING_PINYIN.test(text.slice(end.end, end.end + 9)))) return found;
    }
    const pair = bytesSeen(text[at] ?? '');
    if (!pair) return found;
    bytes.push(...pair);
  }
  return found;
}
