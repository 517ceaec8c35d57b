/** Reads the history of the harvests: runs, what each changed, and how the portals fare. */
import type { Sqlite } from './open.js';
import { placeCondition } from './selection.js';
import { statement } from './statement.js';

export interface RunRow {
  readonly runId: number;
  readonly command: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly outcome: string;
  readonly portals: number;
  readonly requests: number;
  readonly captures: number;
  readonly transferBytes: number;
  readonly newReports: number;
  readonly changedReports: number;
  readonly toolVersion: string;
  readonly runSha256: string | null;
}

const RUN = `SELECT run_id AS runId, command, started_at AS startedAt, finished_at AS finishedAt, outcome, portals, requests, captures,
  transfer_bytes AS transferBytes, new_reports AS newReports, changed_reports AS changedReports, tool_version AS toolVersion, run_sha256 AS runSha256 FROM run`;

/** The last runs, newest first; those before run `before` when it is given. */
export function readRuns(database: Sqlite, limit: number, before: number | null = null): RunRow[] {
  return statement(database, `${RUN} WHERE run_id < coalesce(?, 9e15) ORDER BY run_id DESC LIMIT ?`).all(before, limit) as RunRow[];
}

/** One run; null when there is none of this number. */
export function readRun(database: Sqlite, runId: number): RunRow | null {
  return (statement(database, `${RUN} WHERE run_id = ?`).get(runId) as RunRow | undefined) ?? null;
}

/** A report as the summaries name it. */
export interface ReportLine {
  readonly reportId: string;
  readonly portalId: string | null;
  readonly agency: string | null;
  readonly year: number | null;
  readonly title: string | null;
  readonly url: string;
  readonly version: number;
}

/** What a run did to the reports; together the four lists hold each report it met once. */
export interface RunChanges {
  readonly new: readonly ReportLine[];
  readonly changed: readonly ReportLine[];
  readonly gone: readonly ReportLine[];
  readonly same: readonly ReportLine[];
}

const CHANGES = `
  WITH met (url) AS (SELECT url FROM capture WHERE run_id = @runId AND outcome = 'captured' UNION SELECT final_url FROM capture WHERE run_id = @runId AND outcome = 'captured')
  SELECT d.document_id AS reportId, d.portal_id AS portalId, v.agency, v.year, v.title, d.url, v.version,
    CASE WHEN d.removed_run_id = @runId THEN 'gone' WHEN d.first_run_id = @runId THEN 'new'
      WHEN d.document_id IN (SELECT document_id FROM version WHERE run_id = @runId) THEN 'changed' ELSE 'same' END AS change
  FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
  WHERE v.kind = 'annual-report' AND (d.removed_run_id = @runId OR d.first_run_id = @runId
    OR d.document_id IN (SELECT document_id FROM version WHERE run_id = @runId) OR d.url IN (SELECT url FROM met))
  ORDER BY v.code IS NULL, v.code, v.agency, v.year, d.document_id`;

/** New, changed, gone and same reports of a run; pages answered with 304 or the same bytes count as same. */
export function readChanges(database: Sqlite, runId: number): RunChanges {
  const kinds: Record<keyof RunChanges, ReportLine[]> = { new: [], changed: [], gone: [], same: [] };
  for (const { change, ...line } of statement(database, CHANGES).all({ runId }) as (ReportLine & { change: keyof RunChanges })[]) kinds[change].push(line);
  return kinds;
}

/** How a portal fares: what its pages came to, and why some did not come. */
export interface PortalHealth {
  readonly portalId: string;
  readonly code: string | null;
  readonly agency: string | null;
  readonly address: string;
  readonly enabled: boolean;
  readonly reports: number;
  readonly lastVisit: string | null;
  readonly captured: number;
  readonly waiting: number;
  /** Failed and skipped pages by reason, most first; then those that failed and are to be tried again. */
  readonly reasons: readonly { readonly state: 'failed' | 'skipped' | 'waiting'; readonly reason: string; readonly pages: number; readonly example: string }[];
}

type PortalRow = Omit<PortalHealth, 'enabled' | 'reasons' | 'address'> & { readonly enabled: number; readonly home: string | null; readonly columns: string };

const HEALTH = `
  SELECT p.portal_id AS portalId, p.code, p.agency, p.home, p.columns, p.enabled,
    (SELECT count(*) FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
      WHERE d.portal_id = p.portal_id AND v.kind = 'annual-report' AND d.removed_at IS NULL) AS reports,
    (SELECT c.fetched_at FROM capture c WHERE c.portal_id = p.portal_id ORDER BY c.capture_id DESC LIMIT 1) AS lastVisit,
    (SELECT count(*) FROM candidate c WHERE c.portal_id = p.portal_id AND c.state = 'captured') AS captured,
    (SELECT count(*) FROM candidate c WHERE c.portal_id = p.portal_id AND c.state = 'waiting') AS waiting
  FROM portal p`;

function firstAddress(row: PortalRow): string {
  try {
    return (JSON.parse(row.columns) as string[])[0] ?? row.home ?? '';
  } catch {
    return row.home ?? '';
  }
}

function healthOf(database: Sqlite, rows: readonly PortalRow[]): PortalHealth[] {
  const reasons = statement(database, `SELECT state, coalesce(reason, state) AS reason, count(*) AS pages, min(url) AS example FROM candidate
    WHERE portal_id = ? AND (state IN ('failed', 'skipped') OR (state = 'waiting' AND attempts > 0 AND reason IS NOT NULL)) GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2`);
  return rows.map(({ home, columns, enabled, ...row }) => ({
    ...row, enabled: enabled === 1, address: firstAddress({ ...row, home, columns, enabled }), reasons: reasons.all(row.portalId) as PortalHealth['reasons'],
  }));
}

/** Portals of these places (all when none is named), by code; a part of them when `window` is given. */
export function readPortalHealth(database: Sqlite, places: readonly string[] = [], window: { readonly limit: number; readonly offset: number } | null = null): PortalHealth[] {
  const place = placeCondition('p.code', places);
  const rows = database.prepare(`${HEALTH} WHERE ${place.sql} ORDER BY p.code IS NULL, p.code, p.portal_id LIMIT ? OFFSET ?`)
    .all(...place.values, window?.limit ?? -1, window?.offset ?? 0) as PortalRow[];
  return healthOf(database, rows);
}

/** The portals on which an agency publishes, by the seed lists. */
export function readPortalsOfAgency(database: Sqlite, agency: string): PortalHealth[] {
  return healthOf(database, statement(database, `${HEALTH} WHERE p.agency = ? ORDER BY p.portal_id`).all(agency) as PortalRow[]);
}

/** One portal; null when there is none of this id. */
export function readPortal(database: Sqlite, portalId: string): PortalHealth | null {
  return healthOf(database, statement(database, `${HEALTH} WHERE p.portal_id = ?`).all(portalId) as PortalRow[])[0] ?? null;
}

/** A portal's part in one run. */
export interface PortalRunLine {
  readonly portalId: string;
  readonly agency: string | null;
  readonly requests: number;
  readonly failures: readonly { readonly reason: string; readonly pages: number; readonly example: string }[];
}

/** The portals that a run asked, with the reasons of the pages that failed or were refused in it; by code. */
export function readPortalsOfRun(database: Sqlite, runId: number): PortalRunLine[] {
  const rows = statement(database, `SELECT p.portal_id AS portalId, p.agency, count(*) AS requests FROM capture c JOIN portal p ON p.portal_id = c.portal_id
    WHERE c.run_id = ? GROUP BY p.portal_id ORDER BY p.code IS NULL, p.code, p.portal_id`).all(runId) as Omit<PortalRunLine, 'failures'>[];
  const failures = statement(database, `SELECT coalesce(reason, state) AS reason, count(*) AS pages, min(url) AS example FROM candidate
    WHERE portal_id = ? AND last_run_id = ? AND (state = 'failed' OR (state = 'skipped' AND reason = 'robots-disallowed')) GROUP BY 1 ORDER BY 2 DESC, 1`);
  return rows.map((row) => ({ ...row, failures: failures.all(row.portalId, runId) as PortalRunLine['failures'] }));
}
