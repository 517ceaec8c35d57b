/** Turns one row into a seed, or says what is wrong with it. */
import { createHash } from 'node:crypto';
import type { Divisions, Seed } from '../record.js';
import { readCharset, readCode, readColumns, readDelay, readEnabled, readHome, readLevel, readPlatform, readRender, type Reading } from './cells.js';
import type { SeedRow } from './csv-rows.js';
import type { SeedProblem } from './problem.js';
import { settleSeat } from './seat.js';
import type { SeedColumn } from './seed-columns.js';

export interface CheckedRow {
  /** Null when the row has an error. */
  readonly seed: Seed | null;
  readonly problems: readonly SeedProblem[];
}

/** Made of the code, the agency and the first column (else the home page): edits of other cells leave it alone. */
function portalIdOf(seed: Pick<Seed, 'code' | 'agency' | 'columns' | 'home'>): string {
  const address = new URL(seed.columns[0] ?? seed.home ?? '').href;
  const digest = createHash('sha256').update(`${seed.agency ?? ''}|${address}`).digest('hex');
  return `${seed.code ?? 'x'}-${digest.slice(0, 10)}`;
}

/** A row must say who and where; each missing half is one error. */
function gaps(row: SeedRow): SeedProblem[] {
  const has = (column: SeedColumn): boolean => (row.cells[column] ?? '') !== '';
  const gap = (column: SeedColumn, reason: string): SeedProblem => ({ file: row.file, line: row.line, column, value: null, reason, kind: 'error' });
  return [
    ...(has('code') || has('agency') ? [] : [gap('agency', 'expected a code or an agency')]),
    ...(has('home') || has('columns') ? [] : [gap('home', 'expected an address in home or columns')]),
  ];
}

/** Reads the cells of one row, collecting what is wrong. */
function cellReader(row: SeedRow, problems: SeedProblem[]) {
  return <T>(column: SeedColumn, read: (text: string) => Reading<T>, fallback: T): T => {
    const text = row.cells[column] ?? '';
    const reading = read(text);
    if ('value' in reading) return reading.value;
    problems.push({ file: row.file, line: row.line, column, value: text, reason: reading.wrong, kind: 'error' });
    return fallback;
  };
}

/** Checks one row. Errors leave the row out; doubts (an unknown code, a city that is not the code's) are warnings. */
export function checkRow(row: SeedRow, divisions: Divisions): CheckedRow {
  const problems = gaps(row);
  const read = cellReader(row, problems);
  const text = (column: SeedColumn): string | null => row.cells[column] || null;
  const written = {
    code: read('code', readCode, null), level: read('level', readLevel, null),
    province: text('province'), city: text('city'), county: text('county'), agency: text('agency'),
  };
  const fetching = {
    home: read('home', readHome, null), columns: read('columns', readColumns, []),
    platform: read('platform', readPlatform, 'auto'), render: read('render', readRender, 'auto'), charset: read('charset', readCharset, null),
    delaySecs: read('delay', readDelay, null), enabled: read('enabled', readEnabled, true), note: text('note'),
  };
  if (problems.length > 0) return { seed: null, problems };
  const { seat, doubts } = settleSeat(written, divisions);
  const source = { file: row.file, line: row.line };
  const seed = { ...seat, ...fetching, source };
  return {
    seed: { portalId: portalIdOf(seed), ...seed },
    problems: doubts.map((doubt) => ({ ...source, ...doubt, kind: 'warning' })),
  };
}
