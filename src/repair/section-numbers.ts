/** Follows the running numbers of a report's sections, （一）（二）…, which alone tell damaged ones apart. */
import { parseHanNumber } from '../han/numerals.js';

const INTACT = /^\s*[（(]([一二三四五六七八九十]{1,3})[）)]/u;
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 23 as 二十三; up to 99. */
export function hanNumeral(value: number): string {
  const tens = Math.floor(value / 10);
  const ones = DIGITS[value % 10] ?? '';
  if (tens === 0) return ones;
  return `${tens === 1 ? '' : DIGITS[tens] ?? ''}十${ones}`;
}

/** The number of an intact section heading, in a row of a table that of its last cell with one; null when the line is none. */
export function sectionNumber(line: string): number | null {
  const numeral = line.split('\t').map((cell) => INTACT.exec(cell)?.[1]).findLast((found) => found !== undefined);
  return numeral === undefined ? null : parseHanNumber(numeral);
}

/** The headings that may come after section `last`: the next one, or the first of a new chapter. */
export function nextHeadings(last: number): string[] {
  return [...new Set([last + 1, 1])].map((value) => `（${hanNumeral(value)}）`);
}

/** Reports have fewer sections than this. */
const MOST_SECTIONS = 40;

/** Every heading there may be, for where the sequence says nothing. */
export const ALL_HEADINGS: readonly string[] = Array.from({ length: MOST_SECTIONS }, (_, index) => `（${hanNumeral(index + 1)}）`);
