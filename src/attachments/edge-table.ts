/** Turns table rows whose cells are given by their edges, as Word keeps them, into HTML with spans. */
import { escapeMarkup } from './paragraphs.js';

export interface EdgeCell {
  /** Lines of the cell; empty ones are left out. */
  readonly lines: readonly string[];
  readonly left: number;
  readonly right: number;
  /** `continued`: this cell is part of the one above it. */
  readonly vertical: 'alone' | 'start' | 'continued';
}

/**
 * Edges this near (in twips, 1/1440 inch) are one: rows drawn by hand differ by some 15, and a column of one digit is 200 wide.
 * Raising it folds narrow columns into one.
 */
const SAME_EDGE = 40;

/** Distinct edges, from left to right. */
function edgesOf(rows: readonly (readonly EdgeCell[])[]): number[] {
  const all = rows.flatMap((row) => row.flatMap(({ left, right }) => [left, right])).sort((one, other) => one - other);
  return all.filter((edge, index) => index === 0 || edge - (all[index - 1] ?? edge) > SAME_EDGE);
}

/** The number of the last edge that is not right of `place`; edges of one cluster have the number of its first. */
function edgeNumber(edges: readonly number[], place: number): number {
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((edges[middle] ?? 0) <= place) low = middle; else high = middle - 1;
  }
  return low;
}

interface PlacedCell extends EdgeCell {
  readonly from: number;
  readonly to: number;
}

function attributes(colspan: number, rowspan: number): string {
  return `${colspan > 1 ? ` colspan="${colspan}"` : ''}${rowspan > 1 ? ` rowspan="${rowspan}"` : ''}`;
}

function cellMarkup(lines: readonly string[], colspan: number, rowspan: number): string {
  return `<td${attributes(colspan, rowspan)}>${lines.filter((line) => line !== '').map(escapeMarkup).join('<br>')}</td>`;
}

/** Rows of a table by column number; which rows a cell reaches down to is counted once, from below. */
function rowMarkup(row: readonly PlacedCell[], reach: readonly ReadonlyMap<number, number>[], at: number): string {
  const cells: string[] = [];
  let column = 0;
  for (const cell of row) {
    if (cell.from > column) cells.push(cellMarkup([], cell.from - column, 1));
    column = Math.max(column, cell.to);
    const isPart = cell.vertical === 'continued' && reach[at - 1]?.has(cell.from) === true;
    if (!isPart) cells.push(cellMarkup(cell.lines, Math.max(1, cell.to - cell.from), cell.vertical === 'alone' ? 1 : 1 + (reach[at]?.get(cell.from) ?? 0)));
  }
  return `<tr>${cells.join('')}</tr>`;
}

/** For each row and column, over how many rows below the cell that begins there goes on. */
function reachOf(rows: readonly (readonly PlacedCell[])[]): Map<number, number>[] {
  const reach = rows.map(() => new Map<number, number>());
  for (let at = rows.length - 2; at >= 0; at -= 1) {
    const below = new Map(rows[at + 1]?.map((cell) => [cell.from, cell]));
    for (const cell of rows[at] ?? []) {
      const next = below.get(cell.from);
      if (cell.vertical !== 'alone' && next?.vertical === 'continued' && next.to === cell.to) reach[at]?.set(cell.from, 1 + (reach[at + 1]?.get(cell.from) ?? 0));
    }
  }
  return reach;
}

/** The table as HTML. A cell that continues nothing stands for itself. */
export function edgeTable(rows: readonly (readonly EdgeCell[])[]): string {
  const edges = edgesOf(rows);
  const placed = rows.map((row) => row.map((cell): PlacedCell => ({ ...cell, from: edgeNumber(edges, cell.left), to: edgeNumber(edges, cell.right) })));
  const reach = reachOf(placed);
  return `<table>${placed.map((row, at) => rowMarkup(row, reach, at)).join('')}</table>`;
}

/** A table whose edges are not known: the cells as they follow each other. */
export function plainTable(rows: readonly (readonly (readonly string[])[])[]): string {
  return `<table>${rows.map((row) => `<tr>${row.map((lines) => cellMarkup(lines, 1, 1)).join('')}</tr>`).join('')}</table>`;
}
