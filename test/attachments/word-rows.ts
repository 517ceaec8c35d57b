/** The rows of a table as Word keeps them: every cell with its edges, those that continue from above written out. */
import type { TableRow } from '../farm/document.js';

export interface WordCell {
  readonly text: string;
  readonly breakAt: number | undefined;
  /** Columns of the grid, from left to before right. */
  readonly left: number;
  readonly right: number;
  readonly vertical: 'alone' | 'start' | 'continued';
}

export function wordRows(rows: readonly TableRow[]): WordCell[][] {
  const open = new Map<number, { right: number; left: number }>();
  return rows.map((row) => {
    const cells: WordCell[] = [];
    let column = 0;
    const goOn = (): void => {
      for (let above = open.get(column); above && above.left > 0; above = open.get(column)) {
        cells.push({ text: '', breakAt: undefined, left: column, right: above.right, vertical: 'continued' });
        above.left -= 1;
        column = above.right;
      }
    };
    const started: (readonly [number, { right: number; left: number }])[] = [];
    goOn();
    for (const cell of row) {
      const right = column + (cell.colspan ?? 1);
      cells.push({ text: cell.text, breakAt: cell.breakAt, left: column, right, vertical: (cell.rowspan ?? 1) > 1 ? 'start' : 'alone' });
      if ((cell.rowspan ?? 1) > 1) started.push([column, { right, left: (cell.rowspan ?? 1) - 1 }]);
      column = right;
      goOn();
    }
    for (const [at, one] of started) open.set(at, one);
    return cells;
  });
}
