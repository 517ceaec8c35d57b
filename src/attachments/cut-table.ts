/** Puts the two halves of a table together again that a page's end has cut, between its rows or through one of them. */
import type { EdgeCell } from './edge-table.js';

function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other), Infinity);
}

function isSamePlace(one: EdgeCell, other: EdgeCell): boolean {
  return Math.abs(one.left - other.left) < 100 && Math.abs(one.right - other.right) < 100;
}

/** Numbers, strokes and blanks: what stands in the cells of values. */
const VALUE = /^[\d\s.,，%／/—–-]*$/u;
/** What begins with a number of its own is a row of its own. */
const ENUMERATED = /^[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]/u;

/** The most characters in a line of the cells at the same place. */
function longestLine(rows: readonly (readonly EdgeCell[])[], at: EdgeCell): number {
  return -least(rows.flatMap((row) => row.filter((cell) => isSamePlace(cell, at)).flatMap(({ lines }) => lines.map((line) => -line.length))));
}

/**
 * The row that a page's end has cut through, whole again; null when the halves are rows of their own. They are one when the words of a label break off at the end of
 * a full line and go on below, and every value stands on one side only.
 */
function cutRow(above: readonly (readonly EdgeCell[])[], below: readonly (readonly EdgeCell[])[]): EdgeCell[] | null {
  const [upper = [], lower = []] = [above.at(-1), below[0]];
  const pairs = upper.map((cell, index) => ({ cell, rest: lower[index] }));
  if (upper.length !== lower.length || !pairs.every(({ cell, rest }) => rest && isSamePlace(cell, rest))) return null;
  const words = (cell: EdgeCell | undefined): string => cell?.lines.join('') ?? '';
  const isBroken = ({ cell, rest }: (typeof pairs)[number]): boolean => words(rest) !== '' && !VALUE.test(words(cell)) && !VALUE.test(words(rest)) && !ENUMERATED.test(words(rest))
    && (cell.lines.at(-1)?.length ?? 0) >= Math.max(3, longestLine([...above, ...below], cell) - 1);
  const broken = pairs.filter(isBroken);
  const isOneSided = pairs.every((pair) => broken.includes(pair) || words(pair.cell) === '' || words(pair.rest) === '');
  const hasValue = pairs.some(({ cell, rest }) => (words(cell) === '') !== (words(rest) === ''));
  if (broken.length === 0 || !isOneSided || !hasValue) return null;
  return pairs.map(({ cell, rest }) => ({ ...cell, lines: [...cell.lines, ...rest?.lines ?? []], vertical: cell.vertical === 'alone' ? rest?.vertical === 'start' ? 'start' : 'alone' : cell.vertical }));
}

/** Whether two tables reach from the same left to the same right. */
export function hasSameColumns(one: readonly (readonly EdgeCell[])[], other: readonly (readonly EdgeCell[])[]): boolean {
  const ends = (rows: readonly (readonly EdgeCell[])[]): [number, number] => [least(rows.map((row) => row[0]?.left ?? 0)), -least(rows.map((row) => -(row.at(-1)?.right ?? 0)))];
  const [[left, right], [from, to]] = [ends(one), ends(other)];
  return Math.abs(left - from) < 100 && Math.abs(right - to) < 100;
}

/** The second half of a table that a page's end has cut: an empty cell at its top that spans rows is the rest of the one above. */
export function joined(above: readonly (readonly EdgeCell[])[], below: readonly (readonly EdgeCell[])[]): EdgeCell[][] {
  const whole = cutRow(above, below);
  if (whole) return joinedRows([...above.slice(0, -1), whole], below.slice(1));
  return joinedRows(above, below);
}

function joinedRows(above: readonly (readonly EdgeCell[])[], below: readonly (readonly EdgeCell[])[]): EdgeCell[][] {
  const last = above.at(-1) ?? [];
  const isRest = (cell: EdgeCell): boolean => cell.lines.length === 0
    && last.some(({ left, right, vertical }) => Math.abs(left - cell.left) < 100 && Math.abs(right - cell.right) < 100 && (vertical === 'continued' || cell.vertical === 'start'));
  const [first = [], ...rest] = below;
  const top = first.map((cell) => (isRest(cell) ? { ...cell, vertical: 'continued' as const } : cell));
  const opened = last.map((cell) => (cell.vertical === 'alone' && top.some(({ left, vertical }) => vertical === 'continued' && Math.abs(left - cell.left) < 100) ? { ...cell, vertical: 'start' as const } : cell));
  return [...above.slice(0, -1).map((row) => [...row]), opened, top, ...rest.map((row) => [...row])];
}
