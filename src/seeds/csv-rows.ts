/** Cuts a seed list into rows with their real line numbers; a row that is broken never takes the next ones with it. */
import { CsvError, parse } from 'csv-parse/sync';
import { columnNamed, type SeedColumn } from './seed-columns.js';
import type { SeedProblem } from './problem.js';

/** One row: the trimmed cells of the known columns, and where it starts. */
export interface SeedRow {
  readonly file: string;
  /** 1 is the first line of the file. */
  readonly line: number;
  readonly cells: Readonly<Partial<Record<SeedColumn, string>>>;
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Cut {
  readonly lines: readonly Line[];
  /** Where and why reading stopped; null at the end of the file. */
  readonly fault: { readonly line: number; readonly reason: string } | null;
}

const DELIMITERS = [',', ';', '\t'] as const;

/** A file with more broken quotes than this is not a list; each costs one more pass over the rest. */
const MOST_FAULTS = 100;

/** Cuts `text`, whose first line is number `firstLine`, until the end or a broken quote. Line ends are `\n`. */
function cut(text: string, delimiter: string, firstLine: number): Cut {
  const lines: Line[] = [];
  let next = firstLine;
  const keep = (cells: string[], context: { readonly lines: number }): null => {
    lines.push({ line: next, cells: cells.map((cell) => cell.trim()) });
    next = firstLine + context.lines;
    return null;
  };
  try {
    parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true, skip_empty_lines: false, on_record: keep });
    return { lines, fault: null };
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    const reason = fault.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quotation mark is never closed' : 'a quotation mark stands inside a cell; double it ("") or quote the whole cell';
    return { lines, fault: { line: next, reason } };
  }
}

function problem(file: string, line: number, reason: string, value: string | null = null): SeedProblem {
  return { file, line, column: 'row', value, reason, kind: 'error' };
}

/** All lines of a list. After a broken quote reading goes on with the next line. */
function cutAll(file: string, text: string, delimiter: string): { lines: Line[]; problems: SeedProblem[] } {
  const source = text.split('\n');
  const lines: Line[] = [];
  const problems: SeedProblem[] = [];
  let from = 1;
  while (from <= source.length) {
    const part = cut(source.slice(from - 1).join('\n'), delimiter, from);
    lines.push(...part.lines);
    if (part.fault === null) break;
    problems.push(problem(file, part.fault.line, part.fault.reason, source[part.fault.line - 1]?.slice(0, 80) ?? null));
    from = part.fault.line + 1;
    if (problems.length === MOST_FAULTS) {
      problems.push(problem(file, from, 'too many broken quotation marks; the rest of the file is not read'));
      break;
    }
  }
  return { lines, problems };
}

/** The delimiter under which the header names most columns. */
function delimiterOf(header: string): string {
  const known = (delimiter: string): number => cut(header, delimiter, 1).lines[0]?.cells.filter((name) => columnNamed(name) !== null).length ?? 0;
  return DELIMITERS.reduce((best, delimiter) => (known(delimiter) > known(best) ? delimiter : best));
}

function toRow(file: string, { line, cells }: Line, header: readonly (SeedColumn | null)[]): SeedRow {
  const named: Partial<Record<SeedColumn, string>> = {};
  header.forEach((column, at) => {
    if (column !== null && named[column] === undefined) named[column] = cells[at] ?? '';
  });
  return { file, line, cells: named };
}

function surplus(file: string, line: Line, width: number): SeedProblem[] {
  const extra = line.cells.slice(width).filter((cell) => cell !== '');
  if (extra.length === 0) return [];
  return [{ ...problem(file, line.line, 'more cells than the header has names; is a comma not quoted?', extra[0] ?? null), kind: 'warning' }];
}

/** How a list is laid out: its delimiter, its header, and the lines that are not empty, the header's first. */
export interface Layout {
  readonly delimiter: string;
  /** Column of each header cell; null for a column of the user's own. */
  readonly header: readonly (SeedColumn | null)[];
  readonly lines: readonly Line[];
  /** The header as written. */
  readonly firstLine: string;
  readonly problems: readonly SeedProblem[];
}

/** The layout of a list; its first line (after Excel's `sep=;`) is the header. */
export function readLayout(file: string, text: string): Layout {
  const unified = text.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n');
  const hint = /^"?sep=(.)"?\n/u.exec(unified);
  // The hint line is emptied rather than removed, so that line numbers stay those of the file.
  const body = hint ? unified.slice(hint[0].length - 1) : unified;
  const firstLine = body.split('\n').find((line) => line.trim() !== '') ?? '';
  const delimiter = hint?.[1] ?? delimiterOf(firstLine);
  const { lines, problems } = cutAll(file, body, delimiter);
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
  return { delimiter, header: filled[0]?.cells.map(columnNamed) ?? [], lines: filled, firstLine, problems };
}

/** The rows of a list. Empty lines are passed over. */
export function readRows(file: string, text: string): { rows: SeedRow[]; problems: SeedProblem[] } {
  const { header, lines: [head, ...rest], firstLine, problems } = readLayout(file, text);
  if (!header.some((column) => column === 'home' || column === 'columns')) {
    const reason = 'the first line does not name the columns; expected at least code or agency, and home or columns';
    return { rows: [], problems: [...problems, problem(file, head?.line ?? 1, reason, firstLine.slice(0, 80))] };
  }
  return { rows: rest.map((line) => toRow(file, line, header)), problems: [...problems, ...rest.flatMap((line) => surplus(file, line, header.length))] };
}
