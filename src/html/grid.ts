/** Lays a table out as a grid of slots, spans resolved: the HTML standard's "forming a table", iterative and capped. */
import type { TreeElement } from './parse.js';
import { isElement, isText } from './parse.js';
import type { TableShape } from './table-shape.js';
import { foldAllSpaces } from './spaces.js';
import { tableShapes } from './table-shape.js';
import { isHidden, walk } from './walk.js';

export interface GridCell {
  /** What a reader sees in it; breaks inside join. */
  readonly text: string;
  /** Where it stands: the slot of its upper left corner. */
  readonly row: number;
  readonly column: number;
  readonly rowspan: number;
  readonly colspan: number;
}

export interface Grid {
  /** Slot by slot, null or nothing where no cell is; a spanning cell fills several slots. */
  readonly slots: readonly (readonly (GridCell | null)[])[];
  /** The cells as they stand in each row's markup, those that span from above not repeated. */
  readonly rows: readonly (readonly GridCell[])[];
  readonly columns: number;
  /** The table was larger than the caps and is cut. */
  readonly isCut: boolean;
}

/** Caps of the HTML standard, and one of our own on slots: the largest statutory table has 280. */
const MOST_COLSPAN = 1000;
const MOST_ROWSPAN = 65_534;
const MOST_SLOTS = 20_000;
const MOST_ROWS = 5_000;

interface RawCell {
  text: string;
  readonly rowspan: number;
  readonly colspan: number;
}

function span(value: string | undefined, most: number, least: number): number {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isNaN(number) || number < least ? 1 : Math.min(number, most);
}

function rawCell(element: TreeElement): RawCell {
  return { text: '', rowspan: span(element.attribs['rowspan'], MOST_ROWSPAN, 0), colspan: span(element.attribs['colspan'], MOST_COLSPAN, 1) };
}

/** A table inside a cell is another table, unless it has one cell: then it is how that cell was pasted. */
function isPasted(shape: TableShape | undefined): boolean {
  return shape !== undefined && !shape.holdsTable && shape.cells <= 1;
}

/** Cells by row as written. A cell inside a cell, where the page forgot to close one, is the next cell. */
function rawRows(table: TreeElement, shapes: ReadonlyMap<TreeElement, TableShape>): RawCell[][] {
  const rows: RawCell[][] = [];
  let cell: RawCell | null = null;
  let pasted = 0;
  walk(table, {
    enter(node) {
      if (isText(node) && cell) cell.text += node.data;
      if (!isElement(node)) return;
      if (isHidden(node)) return false;
      if (node.name === 'table') {
        if (!isPasted(shapes.get(node))) return false;
        pasted += 1;
      } else if (pasted > 0) return;
      else if (node.name === 'tr') { rows.push([]); cell = null; }
      else if (node.name === 'td' || node.name === 'th') {
        if (rows.length === 0) rows.push([]);
        cell = rawCell(node);
        rows.at(-1)?.push(cell);
      }
      return;
    },
    leave(element) {
      if (element.name === 'table') pasted -= 1;
      else if (element.name === 'tr' && pasted === 0) cell = null;
    },
  });
  return rows;
}

/** White space that stands next to a wide character, or next to another white space, is layout. */
const WIDE_SPACE = /(?<=[\u2e80-\u9fff\uff01-\uff60]) | (?=[\u2e80-\u9fff\uff01-\uff60])/gu;

function cellText(raw: string): string {
  return foldAllSpaces(raw).replace(WIDE_SPACE, '');
}

class Slots {
  readonly slots: (GridCell | null)[][];
  readonly rows: GridCell[][];
  columns = 0;
  used = 0;
  isCut = false;

  constructor(rowCount: number) {
    this.slots = Array.from({ length: rowCount }, () => []);
    this.rows = Array.from({ length: rowCount }, () => []);
  }

  /** Puts a cell into the first free slot of its row and all slots it spans; where two overlap the earlier stays. */
  place(raw: RawCell, row: number): void {
    const line = this.slots[row] ?? [];
    let column = 0;
    while (line[column]) column += 1;
    const rowspan = Math.min(raw.rowspan === 0 ? this.slots.length : raw.rowspan, this.slots.length - row);
    if (this.used + rowspan * raw.colspan > MOST_SLOTS) { this.isCut = true; return; }
    const cell: GridCell = { text: cellText(raw.text), row, column, rowspan, colspan: raw.colspan };
    this.rows[row]?.push(cell);
    this.fill(cell);
  }

  private fill(cell: GridCell): void {
    this.used += cell.rowspan * cell.colspan;
    this.columns = Math.max(this.columns, cell.column + cell.colspan);
    for (let row = cell.row; row < cell.row + cell.rowspan; row += 1) {
      const line = this.slots[row] ?? [];
      for (let column = cell.column; column < cell.column + cell.colspan; column += 1) line[column] ??= cell;
    }
  }
}

/** The grid of one table; tables nested in it are left out (but see `gridsOf`). */
export function gridOf(table: TreeElement, shapes: ReadonlyMap<TreeElement, TableShape> = tableShapes(table)): Grid {
  const raw = rawRows(table, shapes).slice(0, MOST_ROWS);
  const grid = new Slots(raw.length);
  raw.forEach((cells, row) => { for (const cell of cells) grid.place(cell, row); });
  const slots = grid.slots.map((line) => Array.from(line, (cell) => cell ?? null));
  return { slots, rows: grid.rows, columns: grid.columns, isCut: grid.isCut || raw.length === MOST_ROWS };
}
