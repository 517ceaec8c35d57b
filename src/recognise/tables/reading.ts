/** What a reader of one statutory table hands back, and how it puts it together. */
import type { Cell } from '../../record.js';
import type { SourceCell } from './source-rows.js';
import { readValue } from './value.js';

export type TableName = 'proactive' | 'requests' | 'reviewLitigation' | 'annex';

export interface Fault {
  readonly code: 'row-unread' | 'row-repeated' | 'row-missing' | 'columns-unknown' | 'table-unparsed';
  readonly message: string;
}

export interface Reading {
  readonly cells: readonly Cell[];
  readonly faults: readonly Fault[];
  /** Labels of the table were met, whether or not a cell could be read. */
  readonly isMet: boolean;
}

/** Collects the rows of one table; a row met twice keeps its first values, and says so when the second differ. */
export class Collector {
  private readonly cells = new Map<string, Cell>();
  private readonly kept: Fault[] = [];
  isMet = false;
  readonly table: TableName;

  constructor(table: TableName) {
    this.table = table;
  }

  fault(code: Fault['code'], message: string): void {
    if (!this.kept.some((fault) => fault.code === code && fault.message === message)) this.kept.push({ code, message });
  }

  has(row: string): boolean {
    return [...this.cells.values()].some((cell) => cell.row === row);
  }

  /** Whether a row was read and says nothing, as the first half of a row cut by a page does. */
  isBlank(row: string): boolean {
    const cells = [...this.cells.values()].filter((cell) => cell.row === row);
    return cells.length > 0 && cells.every(({ state }) => state === 'blank');
  }

  add(row: string, columns: readonly string[], values: readonly SourceCell[]): void {
    this.isMet = true;
    const isFiller = this.isBlank(row);
    let differs = false;
    values.forEach((source, index) => {
      const column = columns[index];
      if (column === undefined) return;
      const key = `${row}/${column}`;
      const known = this.cells.get(key);
      const cell: Cell = { table: this.table, row, column, raw: source.text, ...readValue(source.text), place: source.place };
      if (known === undefined || isFiller) this.cells.set(key, cell);
      else if (known.value !== cell.value || known.state !== cell.state) differs = true;
    });
    if (differs) this.fault('row-repeated', `${row} stands twice with different values; the first are kept`);
  }

  reading(): Reading {
    return { cells: [...this.cells.values()], faults: this.kept, isMet: this.isMet };
  }
}
