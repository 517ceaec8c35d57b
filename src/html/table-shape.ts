/** Tells tables that hold data from tables that only lay out the page, in one pass. */
import type { TreeElement, TreeRoot } from './parse.js';
import { isElement, isText } from './parse.js';
import { isHidden, walk } from './walk.js';

export interface TableShape {
  readonly holdsTable: boolean;
  /** Cells of the longest row, spans not counted. */
  readonly widestRow: number;
  readonly rows: number;
  readonly cells: number;
  /** Characters other than white space in the fullest cell, nested tables not counted. */
  readonly longestCell: number;
}

type Growing = { -readonly [Key in keyof TableShape]: TableShape[Key] } & { rowCells: number; cellLength: number };

/**
 * A cell longer than this holds an article, not a figure or label: the longest label of the statutory tables has 46
 * characters, the longest cell of a catalogue card met had 180. Raising it lets one-row layouts through as rows.
 */
const LONGEST_DATA_CELL = 400;

function blank(): Growing {
  return { holdsTable: false, widestRow: 0, rows: 0, cells: 0, longestCell: 0, rowCells: 0, cellLength: 0 };
}

function startCell(shape: Growing): void {
  shape.cells += 1;
  shape.rowCells += 1;
  shape.cellLength = 0;
  shape.widestRow = Math.max(shape.widestRow, shape.rowCells);
}

/** The shape of every table below `top`. */
export function tableShapes(top: TreeRoot | TreeElement): ReadonlyMap<TreeElement, TableShape> {
  const shapes = new Map<TreeElement, Growing>();
  const open: Growing[] = [];
  walk(top, {
    enter(node) {
      const shape = open.at(-1);
      if (isText(node) && shape) {
        shape.cellLength += node.data.trim().length;
        shape.longestCell = Math.max(shape.longestCell, shape.cellLength);
      }
      if (!isElement(node)) return;
      if (isHidden(node)) return false;
      if (node.name === 'table') {
        if (shape) shape.holdsTable = true;
        open.push(blank());
        shapes.set(node, open.at(-1) as Growing);
      } else if (node.name === 'tr' && shape) { shape.rows += 1; shape.rowCells = 0; shape.cellLength = 0; }
      else if ((node.name === 'td' || node.name === 'th') && shape) startCell(shape);
      return;
    },
    leave(element) { if (element.name === 'table') open.pop(); },
  });
  return shapes;
}

/** Whether a table only places things on the page. */
export function isLayout(shape: TableShape): boolean {
  return shape.holdsTable || shape.widestRow <= 1 || shape.longestCell > LONGEST_DATA_CELL;
}
