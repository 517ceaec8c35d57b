/** Picks a row's values out of the cells behind its label, where flattening has left fillers for spans on either side. */
import type { SourceCell } from './source-rows.js';
import { readValue } from './value.js';

export interface Window {
  /** The values, one a column, or null when there is no telling which cells they are. */
  readonly cells: readonly SourceCell[] | null;
  /** Blank cells left out before and behind. */
  readonly before: number;
  readonly behind: number;
  readonly fault: 'short' | 'long' | 'ambiguous' | null;
}

/** On which side of a row's values a table's flattening puts its fillers, learned from the rows that leave no doubt. */
export type FillerSide = 'before' | 'behind' | null;

function isBlank(cell: SourceCell): boolean {
  return readValue(cell.text).state === 'blank';
}

function unread(fault: Window['fault']): Window {
  return { cells: null, before: 0, behind: 0, fault };
}

function at(cells: readonly SourceCell[], start: number, count: number): Window {
  return { cells: cells.slice(start, start + count), before: start, behind: cells.length - start - count, fault: null };
}

/** The `count` values among `cells`: all of them, or the only window that leaves out nothing but blanks. */
export function valuesAmong(cells: readonly SourceCell[], count: number, side: FillerSide = null): Window {
  if (cells.length === count) return at(cells, 0, count);
  if (cells.length < count) return unread('short');
  const first = cells.findIndex((cell) => !isBlank(cell));
  const last = cells.findLastIndex((cell) => !isBlank(cell));
  if (first < 0) return at(cells, 0, count);
  const length = last - first + 1;
  if (length > count) return unread('long');
  if (length === count) return at(cells, first, count);
  if (side === 'behind' && last < count) return at(cells, 0, count);
  if (side === 'before' && first >= cells.length - count) return at(cells, cells.length - count, count);
  return unread('ambiguous');
}

/** The side of the fillers in rows that leave no doubt; null when there are none, or they disagree. */
export function fillerSide(rows: readonly (readonly SourceCell[])[], count: number): FillerSide {
  const sides = new Set<FillerSide>();
  for (const cells of rows) {
    const nonBlank = cells.filter((cell) => !isBlank(cell)).length;
    const found = cells.length > count && nonBlank === count ? valuesAmong(cells, count) : null;
    if (found?.cells) sides.add(found.before === 0 ? 'behind' : found.behind === 0 ? 'before' : null);
  }
  return sides.size === 1 ? [...sides][0] ?? null : null;
}
