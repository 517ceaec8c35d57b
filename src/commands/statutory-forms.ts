/** The statutory tables as the pages show them: their rows and columns in the forms' order, and which cells each arithmetic rule speaks of. */
import { ANNEX_ROWS, ANNEX_SUMS } from '../recognise/era/annex-2014.js';
import { APPLICANTS, OUTCOMES, REVIEW_COLUMNS, REVIEW_GROUPS } from '../recognise/era/columns.js';
import { FORM_2019 } from '../recognise/era/form-2019.js';
import { FORM_2021 } from '../recognise/era/form-2021.js';
import type { TableForm, TableLabel } from '../serve/visit.js';
import type { CellName } from '../store/browse.js';

/** The newer form first; what only the older one has stands behind, `before` the last rows when it is told. */
function merged(labels: readonly TableLabel[]): TableLabel[] {
  const known = new Map<string, TableLabel>();
  for (const { key, label, group } of labels) if (!known.has(key)) known.set(key, { key, label, ...(group === undefined ? {} : { group }) });
  return [...known.values()];
}

const BANDS = [...FORM_2021.bands, ...FORM_2019.bands];

/** Totals and what is carried on stand last, whichever form brought the row. */
const CLOSING = new Set(['r.total', 'carriedOut']);

function requestRows(): TableLabel[] {
  const rows = merged([...FORM_2021.requests, ...FORM_2019.requests]);
  return [...rows.filter(({ key }) => !CLOSING.has(key)), ...rows.filter(({ key }) => CLOSING.has(key))];
}

/** All tables. Those of reviews and suits have a row for each kind of case and a column for each outcome. */
export function statutoryForms(): TableForm[] {
  return [
    { table: 'proactive', rows: merged(BANDS.flatMap((band) => band.rows.map(({ key, label }) => ({ key: `${band.key}.${key}`, label })))), columns: merged(BANDS.flatMap(({ columns }) => columns)) },
    { table: 'requests', rows: requestRows(), columns: merged(APPLICANTS) },
    {
      table: 'reviewLitigation', rows: merged(REVIEW_GROUPS),
      columns: [...merged(OUTCOMES), ...REVIEW_GROUPS.flatMap((group) => OUTCOMES.map((outcome) => ({ key: `${group.key}.${outcome.key}`, label: `${group.label}：${outcome.label}` })))],
    },
    { table: 'annex', rows: ANNEX_ROWS.map(({ order, label, unit }) => ({ key: String(order), label: unit === null ? label : `${label}（${unit}）` })), columns: [{ key: 'count', label: '数量' }] },
  ];
}

/** Every cell of the forms. */
export function statutoryCells(): CellName[] {
  const bands = BANDS.flatMap((band) => band.rows.flatMap((row) => band.columns.map((column) => ({ table: 'proactive', row: `${band.key}.${row.key}`, column: column.key }))));
  const cells = [
    ...requestRows().flatMap((row) => APPLICANTS.map((column) => ({ table: 'requests', row: row.key, column: column.key }))),
    ...bands,
    ...REVIEW_COLUMNS.map((column) => ({ table: 'reviewLitigation', row: 'count', column })),
    ...ANNEX_ROWS.filter(({ unit }) => unit !== null).map(({ order }) => ({ table: 'annex', row: String(order), column: 'count' })),
  ];
  return [...new Map(cells.map((cell) => [`${cell.table}/${cell.row}/${cell.column}`, cell])).values()];
}

/** The cells where a rule's fault shows: the totals that do not come out. Rules on whole tables name none. */
export function cellsOfRule(rule: string): CellName[] {
  const dot = rule.indexOf('.');
  const [name, key] = dot < 0 ? [rule, ''] : [rule.slice(0, dot), rule.slice(dot + 1)];
  const requests = (row: string, column: string): CellName => ({ table: 'requests', row, column });
  const review = (column: string): CellName => ({ table: 'reviewLitigation', row: 'count', column });
  switch (name) {
    case 'T2-2019-TOTAL': return [{ table: 'proactive', row: key, column: 'publishedTotal' }];
    case 'T3-COL-IDENTITY': return [requests('carriedOut', key), requests('r.total', key)];
    case 'T3-COL-RESULT-SUM': return [requests('r.total', key)];
    case 'T3-ROW-SUM': return [requests(key, 'total')];
    case 'T3-XYEAR-CARRY': return [requests('carriedIn', key)];
    case 'T3-NARRATIVE': return [requests('new', 'total')];
    case 'T4-SUM': return [review(`${key}.total`)];
    case 'T4-NARRATIVE': return key === 'review' ? [review('review.total')] : [review('suitDirect.total'), review('suitAfterReview.total')];
    default: return ANNEX_SUMS.filter((sum) => sum.rule === rule).map(({ total }) => ({ table: 'annex', row: String(total), column: 'count' }));
  }
}
