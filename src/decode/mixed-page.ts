/** Reads a page whose parts are in different charsets: a UTF-8 page with a GBK footer pasted in, or the reverse; by line, then by span. */
import { countHan } from '../han/everyday.js';
import { charactersOf } from './character-tables.js';
import { utf8Shape } from './utf8-shape.js';

export interface MixedReading {
  readonly text: string;
  /** Lines, or spans of lines, read in the other charset. */
  readonly others: number;
}

const NEWLINE = 0x0a;

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start);
    const stop = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(start, stop));
    start = stop;
  }
  return lines;
}

/** ASCII that is no part of a GB18030 character, where a page can be cut whatever charset its parts are in: white space, quotes, `<`, `>` … */
function isBorder(byte: number): boolean {
  return byte < 0x30 || (byte > 0x39 && byte < 0x40);
}

/** Calls `visit` with every stretch between borders, borders included in the stretch before them. */
function spansOf(line: Uint8Array): Uint8Array[] {
  const spans: Uint8Array[] = [];
  for (let start = 0; start < line.length;) {
    let end = start;
    while (end < line.length && !isBorder(line[end] as number)) end += 1;
    while (end < line.length && isBorder(line[end] as number)) end += 1;
    spans.push(line.subarray(start, end));
    start = end;
  }
  return spans;
}

/** `bytes` in GBK, when that loses nothing and gives mostly everyday Chinese. */
function readsAsGb(bytes: Uint8Array): string | null {
  const text = charactersOf(bytes, 'gb18030');
  const counts = countHan(text);
  return counts.replaced === 0 && counts.privateUse === 0 && counts.hanzi > 0 && counts.everyday >= counts.hanzi * 0.5 ? text : null;
}

/** A UTF-8 page with stray bytes: what is GBK is read as GBK, what is broken stays U+FFFD. */
export function readMixedUtf8(bytes: Uint8Array): MixedReading {
  let others = 0;
  const asGb = (part: Uint8Array): string | null => {
    const text = readsAsGb(part);
    if (text !== null) others += 1;
    return text;
  };
  const text = linesOf(bytes).map((line) => {
    if (utf8Shape(line).stray === 0) return charactersOf(line, 'utf-8');
    return asGb(line) ?? spansOf(line).map((span) => (utf8Shape(span).stray > 0 ? asGb(span) : null) ?? charactersOf(span, 'utf-8')).join('');
  }).join('');
  return { text, others };
}

/** Three-byte sequences that must stand in a stretch of a GBK page for it to count as UTF-8: fewer happen by chance (联通 is four bytes). */
const SEQUENCES = 4;

/** `bytes` in UTF-8, when they are nothing else and hold at least `sequences` characters, mostly everyday Chinese. */
function readsAsUtf8(bytes: Uint8Array, sequences: number): string | null {
  const shape = utf8Shape(bytes);
  if (shape.stray > 0 || shape.three < sequences) return null;
  const text = charactersOf(bytes, 'utf-8');
  const counts = countHan(text);
  return counts.everyday >= counts.hanzi * 0.5 ? text : null;
}

/** Whether a line of a GBK page may hold UTF-8 at all: read as GBK, that would be long runs of characters nobody uses. */
function isSuspect(line: Uint8Array): boolean {
  return utf8Shape(line).three >= SEQUENCES;
}

/** A line in which both charsets meet. A short span behind a UTF-8 one is UTF-8 too, if it can be. */
function readSpans(line: Uint8Array): { readonly text: string; readonly others: number } {
  let others = 0;
  let isAmongUtf8 = false;
  const spans = spansOf(line).map((span) => {
    if (span.every((byte) => byte < 0x80)) return { span, text: null };
    const text = readsAsUtf8(span, isAmongUtf8 ? 1 : SEQUENCES);
    isAmongUtf8 = text !== null;
    if (text !== null) others += 1;
    return { span, text };
  });
  return { text: spans.map(({ span, text }) => text ?? charactersOf(span, 'gb18030')).join(''), others };
}

/** A GBK page: a line, or a span, of nothing but well-formed UTF-8 Chinese is read as UTF-8. */
export function readMixedGb(bytes: Uint8Array): MixedReading {
  const lines = linesOf(bytes);
  if (!lines.some(isSuspect)) return { text: charactersOf(bytes, 'gb18030'), others: 0 };
  let others = 0;
  const text = lines.map((line) => {
    if (!isSuspect(line)) return charactersOf(line, 'gb18030');
    const whole = readsAsUtf8(line, SEQUENCES);
    const reading = whole === null ? readSpans(line) : { text: whole, others: 1 };
    others += reading.others;
    return reading.text;
  }).join('');
  return { text, others };
}
