/** Checks a report's numbers by the rules its form implies: sums of rows and columns, and what the prose says of them. */
import type { Cell, Check, Statement } from '../record.js';
import { ANNEX_SUMS } from './era/annex-2014.js';
import { APPLICANTS, OUTCOMES, REVIEW_GROUPS } from './era/columns.js';
import { FORM_2019 } from './era/form-2019.js';
import { FORM_2021 } from './era/form-2021.js';

type Lookup = (table: string, row: string, column: string) => number | null;

const PARTS = OUTCOMES.map(({ key }) => key).filter((key) => key !== 'total');
const KINDS = APPLICANTS.map(({ key }) => key).filter((key) => key !== 'total');
const NOT_RESULTS: ReadonlySet<string> = new Set(['new', 'carriedIn', 'r.total', 'carriedOut']);

/** The sum; null when a part is not a number: a blank is not 0. */
function sum(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce<number | null>((total, number) => (total === null || number === null ? null : total + number), 0);
}

/** Sums of amounts in 万元 are of decimals. */
const CENT = 0.005;

function compared(rule: string, expected: number | null, actual: number | null): Check {
  if (expected === null || actual === null) return { rule, state: 'not-assessable', expected: null, actual: null };
  return { rule, state: Math.abs(expected - actual) < CENT ? 'pass' : 'fail', expected, actual };
}

function requestChecks(cells: readonly Cell[], value: Lookup): Check[] {
  const rows = new Set(cells.filter(({ table }) => table === 'requests').map(({ row }) => row));
  if (rows.size === 0) return [];
  const form = [...rows].some((row) => row.startsWith('r.other.')) ? FORM_2021 : FORM_2019;
  const results = form.requests.map(({ key }) => key).filter((key) => !NOT_RESULTS.has(key));
  const at = (row: string, column: string): number | null => value('requests', row, column);
  const columns = APPLICANTS.flatMap(({ key }) => [
    compared(`T3-COL-IDENTITY.${key}`, sum([at('new', key), at('carriedIn', key)]), sum([at('r.total', key), at('carriedOut', key)])),
    compared(`T3-COL-RESULT-SUM.${key}`, sum(results.map((row) => at(row, key))), at('r.total', key)),
  ]);
  const sums = form.requests.map(({ key }) => compared(`T3-ROW-SUM.${key}`, sum(KINDS.map((kind) => at(key, kind))), at(key, 'total')));
  return [...columns, ...sums];
}

function reviewChecks(cells: readonly Cell[], value: Lookup): Check[] {
  if (!cells.some(({ table }) => table === 'reviewLitigation')) return [];
  const at = (column: string): number | null => value('reviewLitigation', 'count', column);
  return REVIEW_GROUPS.map(({ key }) => compared(`T4-SUM.${key}`, sum(PARTS.map((part) => at(`${key}.${part}`))), at(`${key}.total`)));
}

function annexChecks(cells: readonly Cell[], value: Lookup): Check[] {
  if (!cells.some(({ table }) => table === 'annex')) return [];
  const at = (order: number): number | null => value('annex', String(order), 'count');
  return ANNEX_SUMS.map(({ rule, total, parts }) => compared(rule, sum(parts.map(at)), at(total)));
}

/** Counts are whole and not negative; changes of 2019 and amounts of money aside. */
function soundness(cells: readonly Cell[]): Check[] {
  return (['proactive', 'requests', 'reviewLitigation'] as const).flatMap((table) => {
    const counts = cells.filter((cell) => cell.table === table && cell.value !== null && !['change', 'amountWan', 'amount'].includes(cell.column));
    const odd = counts.filter(({ value }) => value === null || value < 0 || !Number.isInteger(value)).length;
    const rule = { proactive: 'T2-NONNEG', requests: 'T3-NONNEG-INT', reviewLitigation: 'T4-NONNEG-INT' }[table];
    return counts.length === 0 ? [] : [compared(rule, 0, odd)];
  });
}

/** Documents made public in all are at least those of the year. */
function proactiveChecks(cells: readonly Cell[], value: Lookup): Check[] {
  const rows = new Set(cells.filter(({ table, column }) => table === 'proactive' && column === 'publishedTotal').map(({ row }) => row));
  return [...rows].map((row) => {
    const expected = value('proactive', row, 'published');
    const actual = value('proactive', row, 'publishedTotal');
    const state = expected === null || actual === null ? 'not-assessable' : actual >= expected ? 'pass' : 'fail';
    return { rule: `T2-2019-TOTAL.${row}`, state, expected, actual };
  });
}

/** The prose against the tables: any sentence that agrees will do, for others may count something else. */
function told(rule: string, statements: readonly Statement[], expected: readonly (number | null)[]): Check[] {
  const known = expected.filter((number) => number !== null);
  const [first] = statements;
  if (first === undefined || known.length === 0) return [];
  const agreeing = statements.find(({ value }) => known.includes(value));
  return [{ rule, state: agreeing ? 'pass' : 'fail', expected: agreeing?.value ?? known[0] ?? null, actual: (agreeing ?? first).value }];
}

function narrativeChecks(statements: readonly Statement[], value: Lookup): Check[] {
  const exact = (key: string): Statement[] => statements.filter((statement) => statement.key === key && !statement.isApproximate);
  const received = value('requests', 'new', 'total');
  const suits = ['suitDirect.total', 'suitAfterReview.total'].map((column) => value('reviewLitigation', 'count', column));
  return [
    ...told('T3-NARRATIVE', exact('requests.received'), [received, sum([received, value('requests', 'carriedIn', 'total')])]),
    ...told('T4-NARRATIVE.review', exact('reviews.received'), [value('reviewLitigation', 'count', 'review.total')]),
    ...told('T4-NARRATIVE.suit', exact('lawsuits.received'), [sum(suits)]),
  ];
}

function lookup(cells: readonly Cell[]): Lookup {
  const values = new Map(cells.map(({ table, row, column, value }) => [`${table}/${row}/${column}`, value]));
  return (table, row, column) => values.get(`${table}/${row}/${column}`) ?? null;
}

/** All rules on one report's tables. Tables that are not there have no rules. */
export function checksOf(cells: readonly Cell[], statements: readonly Statement[]): Check[] {
  const value = lookup(cells);
  return [
    ...proactiveChecks(cells, value), ...requestChecks(cells, value), ...reviewChecks(cells, value), ...annexChecks(cells, value), ...soundness(cells), ...narrativeChecks(statements, value),
  ];
}
