/** Reads table four, 行政复议、行政诉讼情况: one row of fifteen values under three rows of headers. */
import { OUTCOMES, REVIEW_COLUMNS } from '../era/columns.js';
import { GROUP_COLUMNS, OUTCOME_COLUMNS } from '../era/labels.js';
import type { Reading } from './reading.js';
import { Collector } from './reading.js';
import { valuesAmong } from './row-values.js';
import type { SourceCell, SourceRow, SourceTable } from './source-rows.js';
import { looksLikeValue } from './value.js';

const COLUMNS = REVIEW_COLUMNS.length;
const ROW = 'count';
/** A header names at least these many outcomes before a row of values under it is believed: one group has five. */
const LEAST_OUTCOMES = 5;

function outcomesIn(row: SourceRow): string[] {
  return row.map(({ bare }) => OUTCOME_COLUMNS.get(bare)?.key).filter((key) => key !== undefined);
}

function isValues(row: SourceRow): boolean {
  return row.length > 0 && row.some(({ text }) => text !== '') && row.every(({ text }) => looksLikeValue(text));
}

/** The label above a column in any row of the header; the lowest group is the narrowest (未经复议直接起诉 under 行政诉讼). */
function columnKey(column: number, header: readonly SourceRow[]): string | null {
  let group: string | null = null;
  let outcome: string | null = null;
  for (const row of header) {
    const cell = row.find(({ from, to }) => from !== null && to !== null && from <= column && column <= to);
    const bare = cell?.bare ?? '';
    group = GROUP_COLUMNS.get(bare)?.key ?? group;
    outcome = OUTCOME_COLUMNS.get(bare)?.key ?? outcome;
  }
  return group !== null && outcome !== null ? `${group}.${outcome}` : null;
}

/** Each value under its own header; null when a header is missing or stands twice. */
function byHeader(row: SourceRow, header: readonly SourceRow[]): { readonly columns: string[]; readonly values: SourceCell[] } | null {
  const columns: string[] = [];
  const values: SourceCell[] = [];
  for (const cell of row) {
    const key = cell.from === null ? null : columnKey(cell.from, header);
    if (key === null && looksLikeValue(cell.text) && cell.text !== '') return null;
    if (key === null) continue;
    if (cell.from !== cell.to && columnKey(cell.to ?? 0, header) !== key) return null;
    columns.push(key);
    values.push(cell);
  }
  return columns.length >= LEAST_OUTCOMES && new Set(columns).size === columns.length ? { columns, values } : null;
}

function readGrid(table: SourceTable, collector: Collector): void {
  const header: SourceRow[] = [];
  for (const row of table.rows) {
    if (outcomesIn(row).length > 0 || row.some(({ bare }) => GROUP_COLUMNS.has(bare))) { header.push(row); continue; }
    if (header.flatMap(outcomesIn).length < LEAST_OUTCOMES) continue;
    collector.isMet = true;
    const values = row.slice(row.findIndex(({ text }) => looksLikeValue(text)));
    if (row.every(({ text }) => text === '') && collector.has(ROW)) continue;
    const placed = byHeader(row, header);
    if (placed) collector.add(ROW, placed.columns, placed.values);
    else readInOrder(values, header, collector);
  }
}

/** The outcomes in the header, in the order of the form in each group. */
function isCanonical(header: readonly SourceRow[]): boolean {
  const met = header.flatMap(outcomesIn);
  return met.length >= LEAST_OUTCOMES && met.every((key, index) => key === OUTCOMES[index % OUTCOMES.length]?.key);
}

/** The third header row has ten labels of fifteen columns; where flattening fills rows up, five blanks stand before the values. */
const HEADER_FILLERS = 5;

function readInOrder(cells: readonly SourceCell[], header: readonly SourceRow[], collector: Collector): void {
  const isFilled = cells.length === COLUMNS + HEADER_FILLERS && cells.slice(0, HEADER_FILLERS).every(({ text }) => text === '');
  const values = isFilled ? cells.slice(HEADER_FILLERS) : cells;
  const window = isCanonical(header) ? valuesAmong(values, COLUMNS) : null;
  if (window?.cells) collector.add(ROW, REVIEW_COLUMNS, window.cells);
  else collector.fault('row-unread', `reviewLitigation: ${values.length} cells for ${COLUMNS} columns (${window?.fault ?? 'header not in the order of the form'})`);
}

/** In text the header stands in the rows just above, or in front of the values in one run. */
function readText(table: SourceTable, collector: Collector): void {
  let header: SourceRow[] = [];
  for (const row of table.rows) {
    const isHeader = outcomesIn(row).length > 0 || row.some(({ bare }) => GROUP_COLUMNS.has(bare) || bare === '行政诉讼');
    if (isHeader) header.push(row);
    const labels = row.findLastIndex(({ text }) => !looksLikeValue(text));
    const values = row.slice(labels + 1);
    const named = header.flatMap(outcomesIn).length;
    if (named >= 2 * LEAST_OUTCOMES) collector.isMet = true;
    // After all fifteen headers the blanks of flattening may be the values; before, they are fillers of the header's spans.
    const isData = isValues(values) || (named >= COLUMNS && values.length >= COLUMNS);
    if (named >= COLUMNS && isData && (isHeader || labels < 1)) { readInOrder(values, header, collector); header = []; }
    else if (!isHeader && labels >= 0) header = [];
  }
}

/** Table four from all tables of a page or text; where reviews and suits stand in two tables, from both. */
export function readReview(tables: readonly SourceTable[]): Reading {
  const collector = new Collector('reviewLitigation');
  for (const table of tables) {
    if (table.isGrid) readGrid(table, collector);
    else readText(table, collector);
  }
  const { cells } = collector.reading();
  const missing = REVIEW_COLUMNS.filter((key) => !cells.some(({ column }) => column === key));
  if (collector.isMet && missing.length > 0) collector.fault('row-missing', `reviewLitigation: no values for ${missing.join(', ')}`);
  return collector.reading();
}
