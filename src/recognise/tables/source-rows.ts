/** Brings tables in any shape into rows of cells, labels before values: from grids, tab-separated lines, and flattened text. */
import { gridOf } from '../../html/grid.js';
import type { Grid, GridCell } from '../../html/grid.js';
import type { Tree, TreeElement } from '../../html/parse.js';
import { rootOf } from '../../html/parse.js';
import { tableShapes } from '../../html/table-shape.js';
import { bareLabel, isKnownLabel } from '../era/labels.js';
import type { TextLine } from '../lines.js';
import { looksLikeValue } from './value.js';

export interface SourceCell {
  readonly text: string;
  /** The text as a label: without numbering, asides and punctuation. */
  readonly bare: string;
  /** For people: where it stood. */
  readonly place: string;
  /** First and last column of the grid it fills; null in text. */
  readonly from: number | null;
  readonly to: number | null;
}

export type SourceRow = readonly SourceCell[];

export interface SourceTable {
  readonly rows: readonly SourceRow[];
  /** Columns are known from spans and positions. */
  readonly isGrid: boolean;
}

function sourceCell(text: string, place: string, columns: readonly [number, number] | null): SourceCell {
  return { text, bare: bareLabel(text), place, from: columns?.[0] ?? null, to: columns?.[1] ?? null };
}

function gridRow(grid: Grid, row: number, place: (column: number) => string, mend: (text: string) => string): SourceRow {
  const seen: GridCell[] = [];
  for (const cell of grid.slots[row] ?? []) if (cell && seen.at(-1) !== cell) seen.push(cell);
  return seen.map((cell, index) => sourceCell(mend(cell.text), place(index), [cell.column, cell.column + cell.colspan - 1]));
}

/** A table of fewer cells than this holds no statutory table; larger pages of layout tables are skipped the sooner. */
const FEWEST_CELLS = 4;
const MOST_TABLES = 200;

/** Every table of the page, each row with the cells that span into it. */
export function tablesOfPage(tree: Tree, mend: (text: string) => string): SourceTable[] {
  const shapes = tableShapes(rootOf(tree));
  const tables: SourceTable[] = [];
  let number = 0;
  for (const [element, shape] of shapes) {
    number += 1;
    if (shape.cells < FEWEST_CELLS || tables.length >= MOST_TABLES) continue;
    tables.push(pageTable(element, number, { shapes, mend }));
  }
  return tables;
}

function pageTable(element: TreeElement, number: number, rules: { readonly shapes: ReturnType<typeof tableShapes>; readonly mend: (text: string) => string }): SourceTable {
  const grid = gridOf(element, rules.shapes);
  const rows = grid.slots.map((_, row) => gridRow(grid, row, (cell) => `table ${number}, row ${row + 1}, cell ${cell + 1}`, rules.mend));
  return { rows, isGrid: true };
}

/** Pieces of a line between bars; nothing tells where its row ends. */
const BAR = /[|｜¦]/u;
/** A label and its numbers on one line, as text copied from a PDF has them. */
const LABEL_AND_VALUES = /^(\S.*?)((?:\s+(?:[\d,.]+|[/—–-]{1,3}))+)$/u;

function cell(text: string, line: number): SourceCell {
  return sourceCell(text.trim(), `line ${line}`, null);
}

/** Makes rows of pieces that come one after another: a label after a value begins the next row. */
class Stream {
  readonly rows: SourceCell[][] = [];
  private row: SourceCell[] = [];
  private hasValue = false;

  add(piece: SourceCell): void {
    const isValue = looksLikeValue(piece.text);
    if (!isValue && this.hasValue) this.end();
    if (isValue && this.row.length === 0) return;
    this.hasValue ||= isValue;
    this.row.push(piece);
  }

  end(): void {
    if (this.row.length > 0) this.rows.push(this.row);
    this.row = [];
    this.hasValue = false;
  }
}

/** Rows of the text: a tab-separated line is a row; pieces between bars or alone on lines are put together by their labels. */
export function tablesOfText(lines: readonly TextLine[]): SourceTable[] {
  const stream = new Stream();
  lines.forEach(({ text }, index) => {
    const number = index + 1;
    if (text.includes('\t')) {
      stream.end();
      stream.rows.push(text.split('\t').map((piece) => cell(piece, number)));
    } else if (BAR.test(text)) {
      const pieces = text.split(BAR);
      // What follows the last bar of a line is nothing, not a blank cell.
      (pieces.at(-1)?.trim() === '' ? pieces.slice(0, -1) : pieces).forEach((piece) => stream.add(cell(piece, number)));
    } else for (const piece of piecesOf(text)) stream.add(cell(piece, number));
  });
  stream.end();
  return [{ rows: stream.rows, isGrid: false }];
}

/** Beyond this a line is prose, and the pattern is not tried. */
const LONGEST_ROW = 160;

function piecesOf(text: string): string[] {
  if (text.length > LONGEST_ROW) return [text];
  const words = text.trim().split(/\s+/u);
  if (words.length > 1 && (words.every(looksLikeValue) || words.every((word) => isKnownLabel(bareLabel(word))))) return words;
  const split = LABEL_AND_VALUES.exec(text.trim());
  if (split === null) return [text];
  // 收到申请数 件 5: the unit stands between.
  const unit = /^(.*\S)\s+(\S{1,2})$/u.exec(split[1] ?? '');
  return [...(unit ? [unit[1] ?? '', unit[2] ?? ''] : [split[1] ?? '']), ...(split[2] ?? '').trim().split(/\s+/u)];
}
