/** Reads a page whose parts are in different charsets: a UTF-8 page with a GBK footer pasted in, or the reverse. */
import { countHan } from '../han/everyday.js';
import { charactersOf } from './character-tables.js';
import { utf8Shape } from './utf8-shape.js';

export interface MixedReading {
  readonly text: string;
  /** Lines read in the other charset. */
  readonly otherLines: number;
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

/** A line of a UTF-8 page is GBK when it is no UTF-8 and reads without loss as mostly everyday Chinese. */
function readsAsGb(line: Uint8Array): string | null {
  const text = charactersOf(line, 'gb18030');
  const counts = countHan(text);
  return counts.replaced === 0 && counts.privateUse === 0 && counts.hanzi > 0 && counts.everyday >= counts.hanzi * 0.5 ? text : null;
}

/** Stretches of bytes above ASCII, for lines in which both charsets meet. */
function readRuns(line: Uint8Array): string {
  let text = '';
  for (let start = 0; start < line.length;) {
    const high = (line[start] as number) >= 0x80;
    let end = start + 1;
    while (end < line.length && ((line[end] as number) >= 0x80) === high) end += 1;
    const run = line.subarray(start, end);
    text += high && utf8Shape(run).stray > 0 ? readsAsGb(run) ?? charactersOf(run, 'utf-8') : charactersOf(run, 'utf-8');
    start = end;
  }
  return text;
}

/** A UTF-8 page with stray bytes, line by line: what is GBK is read as GBK, what is broken stays U+FFFD. */
export function readMixedUtf8(bytes: Uint8Array): MixedReading {
  let otherLines = 0;
  const text = linesOf(bytes).map((line) => {
    if (utf8Shape(line).stray === 0) return charactersOf(line, 'utf-8');
    const whole = readsAsGb(line);
    const runs = whole ?? readRuns(line);
    if (!runs.includes('\ufffd')) otherLines += 1;
    return runs;
  }).join('');
  return { text, otherLines };
}

/** Three-byte sequences that must stand in a line for it to count as UTF-8 inside a GBK page: fewer happen by chance. */
const SEQUENCES = 4;

/** A GBK page, line by line: a line of nothing but well-formed UTF-8 Chinese is read as UTF-8. */
export function readMixedGb(bytes: Uint8Array): MixedReading {
  let otherLines = 0;
  const lines = linesOf(bytes).map((line) => {
    const shape = utf8Shape(line);
    if (shape.stray > 0 || shape.three < SEQUENCES) return null;
    const text = charactersOf(line, 'utf-8');
    const counts = countHan(text);
    if (counts.everyday < counts.hanzi * 0.5) return null;
    otherLines += 1;
    return text;
  });
  if (otherLines === 0) return { text: charactersOf(bytes, 'gb18030'), otherLines };
  return { text: linesOf(bytes).map((line, index) => lines[index] ?? charactersOf(line, 'gb18030')).join(''), otherLines };
}
