/** Shows the statutory tables as the forms print them, with the cells that fail a check marked. */
import type { Check, StoredCell, StoredCheck } from '../record.js';
import { scrolling } from './frame.js';
import { grouped } from './grouped.js';
import type { Html } from '../markup.js';
import { html, told } from '../markup.js';
import { englishLabel } from './statutory-words.js';
import type { TableForm, TableLabel, Visit } from './visit.js';
import type { Word } from './words.js';

const TITLES: Readonly<Record<string, Word>> = { proactive: 'table_proactive', requests: 'table_requests', reviewLitigation: 'table_reviewLitigation', annex: 'table_annex' };

/** The name of a table. */
export function tableTitle(visit: Visit, table: string): string {
  const word = TITLES[table];
  return word === undefined ? table : visit.say(word);
}

/** The failed checks of each cell, by `table/row/column`. */
export function failuresByCell(visit: Visit, checks: readonly Check[]): Map<string, Check[]> {
  const failed = checks.filter(({ state }) => state === 'fail');
  const marks = failed.flatMap((check) => visit.knowledge.cellsOfRule(check.rule).map(({ table, row, column }) => [`${table}/${row}/${column}`, check] as const));
  return new Map([...grouped(marks, ([key]) => key)].map(([key, all]) => [key, all.map(([, check]) => check)]));
}

/** A row or column as the form prints it; in English its meaning, where we have it. */
export function labelText(visit: Visit, label: TableLabel): Html {
  const english = visit.language === 'en' ? englishLabel(label.key) : null;
  return english === null ? html`${told(label.group === undefined ? label.label : `${label.group}：${label.label}`)}` : html`${english}`;
}

/** The labels of the keys that a report has: in the form's order, then the unknown ones as they are. */
function labelled(known: readonly TableLabel[], keys: ReadonlySet<string>): TableLabel[] {
  const there = known.filter(({ key }) => keys.has(key));
  const named = new Set(there.map(({ key }) => key));
  return [...there, ...[...keys].filter((key) => !named.has(key)).map((key) => ({ key, label: key }))];
}

function oneCell(visit: Visit, cell: StoredCell | undefined, failures: readonly Check[]): Html {
  if (!cell) return html`<td></td>`;
  if (failures.length === 0) return html`<td class="n">${told(cell.raw)}</td>`;
  const says = failures.map(({ rule, expected, actual }) => visit.say('failedCell', { rule, expected: expected ?? '–', actual: actual ?? '–' })).join('; ');
  return html`<td class="n bad" title="${says}">${told(cell.raw)} <span class="warn" role="img" aria-label="${says}">✗</span></td>`;
}

function oneTable(visit: Visit, form: TableForm, cells: readonly StoredCell[], failures: ReadonlyMap<string, Check[]>): Html {
  const byKey = new Map(cells.map((cell) => [`${cell.row}/${cell.column}`, cell]));
  const columns = labelled(form.columns, new Set(cells.map(({ column }) => column)));
  const rows = labelled(form.rows, new Set(cells.map(({ row }) => row)));
  const title = tableTitle(visit, form.table);
  return scrolling(title, html`<table><caption>${title}</caption><thead><tr><th scope="col">${visit.say('label')}</th>${columns.map((column) => html`<th scope="col" class="n">${labelText(visit, column)}</th>`)}</tr></thead><tbody>
${rows.map((row) => html`<tr><th scope="row">${labelText(visit, row)}</th>${columns.map((column) => oneCell(visit, byKey.get(`${row.key}/${column.key}`), failures.get(`${form.table}/${row.key}/${column.key}`) ?? []))}</tr>`)}</tbody></table>`);
}

/** 行政复议's outcomes are columns in one row on the form; on a page they read better as a row for each kind of case. */
function turned(form: TableForm, cells: readonly StoredCell[]): readonly StoredCell[] {
  if (form.table !== 'reviewLitigation') return cells;
  return cells.map((cell) => {
    const [group = cell.row, outcome] = cell.column.split('.');
    return outcome === undefined ? cell : { ...cell, row: group, column: outcome };
  });
}

/** The bands of table two: rows that have the same columns. Other tables are whole. */
function bandsOf(table: string, cells: readonly StoredCell[]): StoredCell[][] {
  if (table !== 'proactive') return [[...cells]];
  const rows = [...grouped(cells, ({ row }) => row).values()];
  return [...grouped(rows, (row) => row.map(({ column }) => column).sort().join()).values()].map((band) => band.flat());
}

/** All statutory tables of a report, one under the other. */
export function statutoryTables(visit: Visit, cells: readonly StoredCell[], checks: readonly Check[]): Html {
  if (cells.length === 0) return html`<p>${visit.say('noTables')}</p>`;
  const failures = failuresByCell(visit, checks);
  const tables = [...grouped(cells, ({ table }) => table)].flatMap(([table, own]) => bandsOf(table, own).map((band) => [table, band] as const)).map(([table, own]) => {
    const form = visit.knowledge.forms.find((known) => known.table === table) ?? { table, rows: [], columns: [] };
    const marks = form.table === 'reviewLitigation' ? new Map([...failures].map(([key, value]) => [key.replace(/^reviewLitigation\/count\/([^.]+)\./u, 'reviewLitigation/$1/'), value])) : failures;
    const order = Math.max(0, visit.knowledge.forms.indexOf(form));
    return { order, drawn: oneTable(visit, form, turned(form, own), marks) };
  });
  return html`${tables.sort((a, b) => a.order - b.order).map(({ drawn }) => drawn)}`;
}

/** The arithmetic checks: a count, and those that fail. */
export function checksSummary(visit: Visit, checks: readonly StoredCheck[]): Html {
  const count = (state: Check['state']): number => checks.filter((check) => check.state === state).length;
  const failed = checks.filter(({ state }) => state === 'fail');
  return html`<p>${visit.say('checksLead', { pass: count('pass'), fail: count('fail'), none: count('not-assessable') })}</p>
${failed.length === 0 ? null : scrolling(visit.say('checks'), html`<table><thead><tr><th scope="col">${visit.say('rule')}</th><th scope="col">${visit.say('state')}</th><th scope="col" class="n">${visit.say('expected')}</th><th scope="col" class="n">${visit.say('actual')}</th></tr></thead><tbody>
${failed.map(({ rule, expected, actual, otherReportId }) => html`<tr><th scope="row"><code>${rule}</code>${otherReportId === null ? null : html` (<a href="${visit.to(`/report/${otherReportId}`)}">${visit.say('lastYear')}</a>)`}</th><td class="warn">${visit.say('failed')}</td><td class="n">${expected}</td><td class="n">${actual}</td></tr>`)}</tbody></table>`)}`;
}
