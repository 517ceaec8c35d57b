/** Keeps the ledger: for every agency and year what the archive holds, or why it holds nothing. */
import type { Sqlite } from './open.js';
import { gatherAgencies, gatherSearch } from './ledger-facts.js';
import type { AgencyFacts } from './ledger-facts.js';
import { dueOn, FIRST_YEAR, lastDueYear, verdictOf } from './ledger-rules.js';
import type { LedgerState, Search, Verdict } from './ledger-rules.js';
import { refreshLists } from './lists.js';
import { placeCondition } from './selection.js';
import type { Selection } from './selection.js';
import { statement } from './statement.js';

export interface LedgerRow {
  readonly code: string | null;
  readonly agency: string;
  readonly year: number;
  readonly state: LedgerState;
  readonly reportId: string | null;
  readonly dueOn: string;
  readonly publishedOn: string | null;
  readonly daysLate: number | null;
  /** JSON: which lists were read and when, which pages left the question open and why, which copies are held. */
  readonly evidence: string;
}

/** Pages named in one row's evidence; the rest is counted. */
const NAMED = 12;

function few<T>(all: readonly T[], word: string): Record<string, unknown> {
  if (all.length === 0) return {};
  return all.length > NAMED ? { [word]: all.slice(0, NAMED), [`${word}More`]: all.length - NAMED } : { [word]: all };
}

function evidenceOf(year: number, facts: { agency: AgencyFacts; search: Search; verdict: Verdict }): string {
  const { agency, search, verdict } = facts;
  const reports = (agency.reports.get(year) ?? []).map(({ reportId, grade, url, removedAt }) => ({ reportId, grade, url, ...(removedAt === null ? {} : { removedAt }) }));
  if (verdict.report) return JSON.stringify(few(reports, 'reports'));
  if (verdict.state === 'not-due') return '{}';
  const open = verdict.open.map(({ url, reason, anchor }) => ({ url, reason, ...(anchor === null ? {} : { anchor }) }));
  return JSON.stringify({ portals: search.portals, ...few(search.lists, 'lists'), ...few(open, 'open') });
}

function rowsOf(database: Sqlite, agency: AgencyFacts, today: string): LedgerRow[] {
  const search = gatherSearch(database, agency.portalIds);
  const lastYear = Math.max(lastDueYear(today), ...agency.reports.keys()) + 1;
  return Array.from({ length: lastYear - FIRST_YEAR + 1 }, (_, index) => {
    const year = FIRST_YEAR + index;
    const verdict = verdictOf(year, today, { reports: agency.reports.get(year) ?? [], search });
    return {
      code: agency.code, agency: agency.agency, year, state: verdict.state, reportId: verdict.report?.reportId ?? null, dueOn: dueOn(year),
      publishedOn: verdict.report?.publishedOn ?? null, daysLate: verdict.daysLate, evidence: evidenceOf(year, { agency, search, verdict }),
    };
  });
}

/**
 * Counts the lists and writes the ledger anew: every agency of an enabled portal or with a report, from 2008 to the year after the last due (or last held) one.
 * `today` is `YYYY-MM-DD` in China. Call at the end of whatever changed captures or documents.
 */
export function refreshLedger(database: Sqlite, facts: { readonly today: string }): void {
  const insert = statement(database, `INSERT INTO ledger (code, agency, year, state, document_id, due_on, published_on, days_late, evidence)
    VALUES (@code, @agency, @year, @state, @reportId, @dueOn, @publishedOn, @daysLate, @evidence)`);
  database.transaction(() => {
    refreshLists(database);
    statement(database, 'DELETE FROM ledger').run();
    for (const agency of gatherAgencies(database)) for (const row of rowsOf(database, agency, facts.today)) insert.run(row);
  }).immediate();
}

/** Which rows of the ledger; an empty list sets no condition. Places and provinces are division codes. */
export type LedgerSelection = Partial<Pick<Selection, 'places' | 'provinces' | 'years'>>;

/** The ledger's rows, by code, agency and year. */
export function readLedger(database: Sqlite, selection: LedgerSelection = {}): LedgerRow[] {
  const place = placeCondition('code', selection.places ?? []);
  const province = placeCondition('code', selection.provinces ?? []);
  const years = new Set(selection.years ?? []);
  const rows = database.prepare(`SELECT code, agency, year, state, document_id AS reportId, due_on AS dueOn, published_on AS publishedOn, days_late AS daysLate, evidence
    FROM ledger WHERE ${place.sql} AND ${province.sql} ORDER BY code IS NULL, code, agency, year`).all(...place.values, ...province.values) as LedgerRow[];
  return years.size === 0 ? rows : rows.filter((row) => years.has(row.year));
}
