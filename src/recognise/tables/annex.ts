/** Reads the statistics annex of 2014 to 2018: indicator, unit, number, in the order of the form. */
import { ANNEX_ROWS } from '../era/annex-2014.js';
import { ANNEX_LABELS } from '../era/labels.js';
import type { Reading } from './reading.js';
import { Collector } from './reading.js';
import type { SourceRow, SourceTable } from './source-rows.js';
import { looksLikeValue } from './value.js';

const UNITS: ReadonlySet<string> = new Set(ANNEX_ROWS.flatMap(({ unit }) => (unit === null ? [] : [unit])));
const COUNT = ['count'] as const;
/** Single labels of the annex are also words of reports; this many rows are a table. */
const LEAST_ROWS = 10;

/** The first place in the form after `last` that a label names; 被依法纠错数 under 行政诉讼 is the second of its name. */
function orderOf(bare: string, last: number): number | null {
  const orders = ANNEX_LABELS.get(bare);
  return orders === undefined ? null : orders.find((order) => order > last) ?? (orders.length === 1 ? orders[0] ?? null : null);
}

function readRow(row: SourceRow, last: number, collector: Collector): number {
  const index = row.findLastIndex(({ bare }) => ANNEX_LABELS.has(bare));
  const order = index < 0 ? null : orderOf(row[index]?.bare ?? '', last);
  if (order === null) return last;
  if (ANNEX_ROWS[order - 1]?.unit === null) return order;
  const behind = row.slice(index + 1);
  const values = UNITS.has(behind[0]?.text.trim() ?? '') ? behind.slice(1) : behind;
  const [value] = values;
  if (value && looksLikeValue(value.text) && values.slice(1).every(({ text }) => text === '')) collector.add(String(order), COUNT, [value]);
  else if (value) collector.fault('row-unread', `annex ${order}: ${values.length} cells where one value belongs`);
  return order;
}

/** The annex from all tables of a page or text; empty unless enough of its rows are there. */
export function readAnnex(tables: readonly SourceTable[]): Reading {
  const collector = new Collector('annex');
  for (const { rows } of tables) rows.reduce((last, row) => readRow(row, last, collector), 0);
  const reading = collector.reading();
  if (reading.cells.length < LEAST_ROWS) return { cells: [], faults: [], isMet: false };
  const missing = ANNEX_ROWS.filter(({ order, unit }) => unit !== null && !collector.has(String(order))).map(({ order }) => order);
  if (missing.length > 0) collector.fault('row-missing', `annex: no values for ${missing.join(', ')}`);
  return collector.reading();
}
