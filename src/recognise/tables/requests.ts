/** Reads table three, 收到和处理政府信息公开申请情况: a label and seven values a row, rows in any order. */
import { APPLICANTS } from '../era/columns.js';
import { FORM_2019 } from '../era/form-2019.js';
import { FORM_2021 } from '../era/form-2021.js';
import { APPLICANT_COLUMNS, GROUP_COLUMNS, OUTCOME_COLUMNS, REQUEST_GROUPS, REQUEST_ROWS, bareLabel } from '../era/labels.js';
import type { Reading } from './reading.js';
import { Collector } from './reading.js';
import type { FillerSide } from './row-values.js';
import { fillerSide, valuesAmong } from './row-values.js';
import type { SourceCell, SourceRow, SourceTable } from './source-rows.js';
import { looksLikeValue, readValue } from './value.js';

const CANONICAL = APPLICANTS.map(({ key }) => key);
const COLUMNS = CANONICAL.length;
/** Labels that are also headers of columns, and name a row only inside the table. */
const SHARED_LABELS: ReadonlySet<string> = new Set(['其他', '其它', '总计', '合计']);
/** 补正后申请内容仍 … is enough of a label to wait for its other half on the next page. */
const LEAST_PREFIX = 4;

interface Labelled {
  readonly key: string;
  /** The label as printed. */
  readonly text: string;
  readonly values: readonly SourceCell[];
}

/** 不予公开1.属于国家秘密 in one cell: the group's name in front of the row's own. */
function keyOf(bare: string): string | undefined {
  const known = REQUEST_ROWS.get(bare);
  if (known) return known.key;
  const group = REQUEST_GROUPS.find((name) => bare.startsWith(name) && bare.length > name.length);
  return group === undefined ? undefined : REQUEST_ROWS.get(bare.slice(group.length).replace(/^\d{1,2}/u, ''))?.key;
}

/** What is known while rows are read one after another. */
interface State {
  readonly collector: Collector;
  order: readonly string[];
  /** Bare label of a row that may go on in the next one. */
  pending: { readonly bare: string; readonly values: readonly SourceCell[] } | null;
  last: string | null;
  lastText: string;
  inOther: boolean;
}

/** A row of column headers, of this table or of table four, where 总计 and 其他 are no rows. */
function isHeader(row: SourceRow): boolean {
  const labels = row.map(({ bare }) => bare);
  return labels.filter((label) => APPLICANT_COLUMNS.has(label)).length >= 2 || labels.some((label) => GROUP_COLUMNS.has(label) || (OUTCOME_COLUMNS.has(label) && !SHARED_LABELS.has(label)));
}

/** The row's key by the last label it bears, and the cells behind that label. */
function labelled(row: SourceRow, state: State): Labelled | null {
  const header = isHeader(row);
  for (let index = row.length - 1; index >= 0; index -= 1) {
    const bare = row[index]?.bare ?? '';
    if (bare === '') continue;
    const key = keyOf(bare);
    if (key === undefined || isGroupOnly(bare, row.slice(index + 1)) || (SHARED_LABELS.has(bare) && (header || !isInTable(bare, row, state)))) continue;
    return { key, text: row[index]?.text ?? '', values: row.slice(index + 1) };
  }
  return null;
}

/** 其他处理 is a row in the format of 2019, a group in that of 2021: then a label stands behind it, whole or cut. */
function isGroupOnly(bare: string, behind: readonly SourceCell[]): boolean {
  const [next] = behind;
  return REQUEST_GROUPS.includes(bare) && next !== undefined && behind.length !== COLUMNS && !looksLikeValue(next.text);
}

/** 其他 is a row only under 其他处理, 总计 only once rows of the table were met. */
function isInTable(bare: string, row: SourceRow, state: State): boolean {
  if (/计$/u.test(bare)) return state.collector.isMet;
  return state.inOther || row.some(({ bare }) => bare === '其他处理') || (state.last?.startsWith('r.other') ?? false);
}

/** The columns in the order a grid's header names them. */
function headerOrder(table: SourceTable): readonly string[] {
  if (!table.isGrid) return [];
  const found = new Map<string, number>();
  for (const row of table.rows) {
    if (row.some(({ bare }) => REQUEST_ROWS.has(bare) && !SHARED_LABELS.has(bare))) break;
    for (const { bare, from } of row) {
      const column = APPLICANT_COLUMNS.get(bare);
      if (column && from !== null && !found.has(column.key)) found.set(column.key, from);
    }
  }
  return [...found].sort(([, a], [, b]) => a - b).map(([key]) => key);
}

/** One cell over several columns says the same of each, unless it is a number: then nobody knows whose. */
function spread(values: readonly SourceCell[]): readonly SourceCell[] {
  if (values.length >= COLUMNS || values.some(({ from }) => from === null)) return values;
  const width = values.reduce((sum, { from, to }) => sum + (to ?? 0) - (from ?? 0) + 1, 0);
  if (width !== COLUMNS || values.some((cell) => cell.from !== cell.to && readValue(cell.text).state === 'value')) return values;
  return values.flatMap((cell) => Array.from({ length: (cell.to ?? 0) - (cell.from ?? 0) + 1 }, () => cell));
}

/** Half a label at the foot of a page, and its other half at the head of the next. */
function joined(row: SourceRow, state: State): Labelled | null {
  const index = row.findLastIndex(({ text }) => text !== '' && !looksLikeValue(text));
  const bare = row[index]?.bare ?? '';
  const values = row.slice(index + 1);
  const pending = state.pending;
  state.pending = null;
  if (pending && bare !== '') {
    const key = keyOf(pending.bare + bare);
    if (key !== undefined) return { key, text: '', values: values.some(({ text }) => text !== '') ? values : pending.values };
  }
  // 部分公开（区分处理的， was taken for the whole label; its other half makes the same one.
  const text = row[index]?.text ?? '';
  if (state.last !== null && text !== '' && state.collector.isBlank(state.last) && keyOf(bareLabel(state.lastText + text)) === state.last) return { key: state.last, text: '', values };
  if (bare.length >= LEAST_PREFIX && [...REQUEST_ROWS.keys()].some((label) => label.startsWith(bare))) state.pending = { bare, values };
  return null;
}

/** Values without a label behind a row that had none: that row, cut by a page. */
function goesOn(row: SourceRow, state: State): Labelled | null {
  const first = row.findIndex(({ text }) => text !== '');
  if (state.last === null || first < 0 || !row.slice(first).every(({ text }) => looksLikeValue(text))) return null;
  const isCut = !state.collector.has(state.last) || state.collector.isBlank(state.last);
  return isCut ? { key: state.last, text: '', values: row.slice(first) } : null;
}

function noteGroup(row: SourceRow, state: State): void {
  const groups = row.map(({ bare }) => bare).filter((bare) => REQUEST_GROUPS.includes(bare));
  if (groups.length > 0) state.inOther = groups.at(-1) === '其他处理';
}

function readRow(row: SourceRow, side: FillerSide, state: State): void {
  noteGroup(row, state);
  const found = labelled(row, state) ?? (isHeader(row) ? null : joined(row, state) ?? goesOn(row, state));
  if (found === null) return;
  state.pending = null;
  state.collector.isMet = true;
  state.last = found.key;
  state.lastText = found.text;
  const values = spread(found.values);
  const window = valuesAmong(values, COLUMNS, side);
  if (window.cells) state.collector.add(found.key, state.order, window.cells);
  else if (values.some(({ text }) => text !== '')) state.collector.fault('row-unread', `requests ${found.key}: ${values.length} cells for ${COLUMNS} columns (${window.fault})`);
}

/** The rows of `tables` that look like this table's, with the values behind their labels: from them the side of fillers is learned. */
function sideOf(table: SourceTable): FillerSide {
  const state: State = { collector: new Collector('requests'), order: CANONICAL, pending: null, last: null, lastText: '', inOther: true };
  state.collector.isMet = true;
  return fillerSide(table.rows.map((row) => labelled(row, state)?.values ?? []), COLUMNS);
}

function noteMissing(collector: Collector): void {
  const has = (key: string): boolean => collector.has(key);
  const form = has('r.other') || !FORM_2021.requests.some(({ key }) => key.startsWith('r.other.') && has(key)) ? FORM_2019 : FORM_2021;
  const missing = form.requests.filter(({ key }) => !has(key)).map(({ key }) => key);
  if (missing.length > 0) collector.fault('row-missing', `requests: no values for ${missing.join(', ')}`);
}

/** Table three from all tables of a page or text; a table cut in two goes on in the next with the same columns. */
export function readRequests(tables: readonly SourceTable[]): Reading {
  const state: State = { collector: new Collector('requests'), order: CANONICAL, pending: null, last: null, lastText: '', inOther: false };
  for (const table of tables) {
    const order = headerOrder(table);
    state.collector.isMet ||= order.length === COLUMNS;
    if (order.length === COLUMNS) state.order = order;
    else if (order.length > 2) state.collector.fault('columns-unknown', `requests: the header names ${order.length} of ${COLUMNS} columns; the form's order is taken`);
    const side = table.isGrid ? null : sideOf(table);
    for (const row of table.rows) readRow(row, side, state);
  }
  if (state.collector.isMet) noteMissing(state.collector);
  return state.collector.reading();
}
