/** Reads the archive for people who look around in it: counts by province, one agency, one portal, copies in clusters. Every list is bounded. */
import type { CandidateKind, Grade } from '../record.js';
import type { LedgerRow } from './ledger.js';
import { codePrefix } from './selection.js';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** Rows of the ledger counted by province, year and state. */
export interface ProvinceYear {
  /** The first two digits of the division code; null where the agency has none. */
  readonly prefix: string | null;
  readonly year: number;
  readonly state: LedgerRow['state'];
  readonly rows: number;
  /** How many of them have a report in the archive, whoever published it. */
  readonly held: number;
}

/** The whole ledger in one small table. */
export function readProvinceYears(database: Sqlite): ProvinceYear[] {
  return statement(database, `SELECT substr(code, 1, 2) AS prefix, year, state, count(*) AS rows, count(document_id) AS held FROM ledger
    GROUP BY 1, 2, 3 ORDER BY prefix IS NULL, prefix, year, state`).all() as ProvinceYear[];
}

/** A part of a long list. */
export interface Window {
  readonly limit: number;
  readonly offset: number;
}

/** A cell of the heat map. */
export type LedgerCell = Pick<LedgerRow, 'code' | 'agency' | 'year' | 'state' | 'reportId'>;

/** Which agencies: those of one province (two digits), those without a code (null), or all. */
export type ProvinceChoice = { readonly prefix: string | null } | 'all';

function provinceCondition(choice: ProvinceChoice): { sql: string; values: string[] } {
  if (choice === 'all') return { sql: '1', values: [] };
  return choice.prefix === null ? { sql: 'code IS NULL', values: [] } : { sql: 'substr(code, 1, 2) = ?', values: [choice.prefix] };
}

/** How many agencies the ledger has there. */
export function countAgencies(database: Sqlite, choice: ProvinceChoice = 'all'): number {
  const { sql, values } = provinceCondition(choice);
  return statement(database, `SELECT count(DISTINCT agency) FROM ledger WHERE ${sql}`).pluck().get(...values) as number;
}

/** The ledger of some agencies, by code, agency and year; without the evidence. */
export function readLedgerCells(database: Sqlite, choice: ProvinceChoice, { limit, offset }: Window): LedgerCell[] {
  const { sql, values } = provinceCondition(choice);
  return statement(database, `SELECT code, agency, year, state, document_id AS reportId FROM ledger
    WHERE agency IN (SELECT agency FROM ledger WHERE ${sql} GROUP BY agency ORDER BY min(code) IS NULL, min(code), agency LIMIT ? OFFSET ?)
    ORDER BY code IS NULL, code, agency, year`).all(...values, limit, offset) as LedgerCell[];
}

/** All years of one agency with their evidence; empty when the ledger does not know it. */
export function readAgencyLedger(database: Sqlite, agency: string): LedgerRow[] {
  return statement(database, `SELECT code, agency, year, state, document_id AS reportId, due_on AS dueOn, published_on AS publishedOn, days_late AS daysLate, evidence
    FROM ledger WHERE agency = ? ORDER BY year DESC`).all(agency) as LedgerRow[];
}

/** A report as lists show it. */
export interface ReportEntry {
  readonly reportId: string;
  readonly agency: string | null;
  readonly code: string | null;
  readonly year: number | null;
  readonly title: string | null;
  readonly publishedOn: string | null;
  readonly grade: Grade | null;
  readonly url: string;
  readonly versions: number;
  readonly removedAt: string | null;
}

const ENTRY = `SELECT d.document_id AS reportId, v.agency, v.code, v.year, v.title, v.published_on AS publishedOn, d.grade, d.url, d.current_version AS versions, d.removed_at AS removedAt
  FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version`;

/** The annual reports whose current version names this agency, newest year first. */
export function readAgencyReports(database: Sqlite, agency: string, limit: number): ReportEntry[] {
  return statement(database, `${ENTRY} WHERE v.kind = 'annual-report' AND d.document_id IN (SELECT document_id FROM version WHERE agency = @agency) AND v.agency = @agency
    ORDER BY v.year DESC, d.document_id LIMIT @limit`).all({ agency, limit }) as ReportEntry[];
}

/** These documents, in the order of their ids. */
export function readEntries(database: Sqlite, reportIds: readonly string[]): ReportEntry[] {
  return statement(database, `${ENTRY} WHERE d.document_id IN (SELECT value FROM json_each(?)) ORDER BY d.document_id`).all(JSON.stringify(reportIds)) as ReportEntry[];
}

/** One exchange of a portal. */
export interface CaptureLine {
  readonly captureId: number;
  readonly runId: number | null;
  readonly url: string;
  readonly kind: CandidateKind;
  readonly status: number | null;
  readonly outcome: string;
  readonly reason: string;
  readonly payloadBytes: number | null;
  readonly fetchedAt: string;
}

/** The newest exchanges with a portal, newest first. */
export function readPortalCaptures(database: Sqlite, portalId: string, { limit, offset }: Window): CaptureLine[] {
  return statement(database, `SELECT capture_id AS captureId, run_id AS runId, url, kind, status, outcome, reason, payload_bytes AS payloadBytes, fetched_at AS fetchedAt
    FROM capture WHERE portal_id = ? ORDER BY capture_id DESC LIMIT ? OFFSET ?`).all(portalId, limit, offset) as CaptureLine[];
}

/** How many bytes a payload has; null when it is not stored. */
export function payloadSize(database: Sqlite, digest: string): number | null {
  return (statement(database, 'SELECT size FROM payload WHERE sha256 = ?').pluck().get(digest) as number | undefined) ?? null;
}

/** The archive in four figures. */
export interface ArchiveCounts {
  readonly reports: number;
  readonly agencies: number;
  readonly portals: number;
  readonly captures: number;
}

/** Counts for the first page. */
export function readCounts(database: Sqlite): ArchiveCounts {
  return statement(database, `SELECT (SELECT count(*) FROM document WHERE kind = 'annual-report') AS reports, (SELECT count(DISTINCT agency) FROM ledger) AS agencies,
    (SELECT count(*) FROM portal) AS portals, (SELECT count(*) FROM capture) AS captures`).get() as ArchiveCounts;
}

/** Names a cell of the statutory tables. */
export interface CellName {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** The value of a cell in the report that the ledger holds for an agency and year. */
export interface SeriesPoint {
  readonly code: string | null;
  readonly agency: string;
  readonly year: number;
  readonly reportId: string;
  readonly raw: string;
  readonly value: number | null;
  readonly state: string;
}

/** Whose values: an empty list or null sets no condition. */
export interface SeriesChoice {
  readonly places: readonly string[];
  readonly agencies: readonly string[];
  readonly year: number | null;
}

/**
 * One cell over agencies and years, by code, agency and year. The ledger leads, then primary keys: the cells of other names are never touched.
 * At most `limit` points.
 */
export function readSeries(database: Sqlite, cell: CellName, choice: SeriesChoice, limit: number): SeriesPoint[] {
  const prefixes = choice.places.map(codePrefix);
  return statement(database, `SELECT l.code, l.agency, l.year, l.document_id AS reportId, c.raw, c.value, c.state
    FROM ledger l CROSS JOIN document d ON d.document_id = l.document_id
    CROSS JOIN cell c ON c.document_id = d.document_id AND c.version = d.current_version AND c.table_id = @table AND c.row_key = @row AND c.column_key = @column
    WHERE (@year IS NULL OR l.year = @year)
      AND (@prefixes = '[]' OR EXISTS (SELECT 1 FROM json_each(@prefixes) p WHERE substr(l.code, 1, length(p.value)) = p.value))
      AND (@agencies = '[]' OR l.agency IN (SELECT value FROM json_each(@agencies)))
    ORDER BY l.code IS NULL, l.code, l.agency, l.year LIMIT @limit`)
    .all({ ...cell, year: choice.year, prefixes: JSON.stringify(prefixes), agencies: JSON.stringify(choice.agencies), limit }) as SeriesPoint[];
}

/** A number that grows with every commit of another process: what was computed before it changed still holds. */
export function dataVersion(database: Sqlite): number {
  return database.pragma('data_version', { simple: true }) as number;
}

/** Runs `work` on one unchanging view of the archive. */
export function inOneView<T>(database: Sqlite, work: () => T): T {
  return database.transaction(work).deferred();
}
