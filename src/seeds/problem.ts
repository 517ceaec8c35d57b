/** What is wrong with a row of a seed list. */
import type { SeedColumn } from './seed-columns.js';

export interface SeedProblem {
  readonly file: string;
  /** 1 is the first line of the file. */
  readonly line: number;
  /** The column; `row` when the whole row is meant. */
  readonly column: SeedColumn | 'row';
  /** What stands there. */
  readonly value: string | null;
  /** What is wrong and what was expected. */
  readonly reason: string;
  /** A row with an error is left out; one with a warning is used. */
  readonly kind: 'error' | 'warning';
}

/** How many rows are left out; a row with two faults is one. */
export function countBadRows(problems: readonly SeedProblem[]): number {
  return new Set(problems.filter(({ kind }) => kind === 'error').map(({ file, line }) => `${line} ${file}`)).size;
}

/** `code "x30100": expected …`: the cell as it stands, and what is wrong with it. */
export function problemInWords({ column, value, reason }: SeedProblem): string {
  return `${column}${value === null || value === '' ? '' : ` "${value}"`}: ${reason}`;
}
