/** Finds portals that were redesigned since the run before: their lists stand elsewhere, or speak another CMS, and their reports have moved. */
import type { Sqlite } from './open.js';
import type { RunChanges } from './read-runs.js';
import { statement } from './statement.js';

/** A portal whose lists are not where, or not what, they were. */
export interface Redesign {
  readonly portalId: string;
  readonly agency: string | null;
  /** Where and as what the reports were listed before, and are now. */
  readonly before: readonly ListPlace[];
  readonly after: readonly ListPlace[];
  /** The row of the seed list that names an address of before. */
  readonly seedFile: string | null;
  readonly seedLine: number | null;
}

export interface ListPlace {
  /** The list's first page. */
  readonly url: string;
  readonly family: string;
}

/** A new report whose words the archive holds from an older address of the same portal. */
export interface MovedReport {
  readonly reportId: string;
  readonly agency: string | null;
  readonly year: number | null;
  readonly from: string;
  readonly to: string;
}

/** What a run changed, without reports that only have another address than before: they are neither new nor gone. */
export function withoutMoved(changes: RunChanges, moved: readonly MovedReport[]): RunChanges {
  const to = new Set(moved.map((report) => report.to));
  const from = new Set(moved.map((report) => report.from));
  return { ...changes, new: changes.new.filter(({ url }) => !to.has(url)), gone: changes.gone.filter(({ url }) => !from.has(url)) };
}

interface PlaceRow extends ListPlace { readonly page: string }

/** Pages that listed reports in a run, each with the first page of its list: that is where it was heard of, when it is a further page. */
const PLACES = `
  SELECT DISTINCT c.url AS page, r.family, CASE WHEN k.heard_via = 'paging' AND k.referrer IS NOT NULL THEN k.referrer ELSE c.url END AS url
  FROM reading r JOIN capture c ON c.capture_id = r.capture_id LEFT JOIN candidate k ON k.portal_id = r.portal_id AND k.url = c.url
  WHERE r.portal_id = ? AND r.run_id = ? AND r.report_rows > 0 ORDER BY r.capture_id`;

const RUN_BEFORE = 'SELECT max(run_id) FROM reading WHERE portal_id = ? AND run_id < ? AND report_rows > 0';

/** Whether the page still came, and still listed reports, when it was last looked at. */
const STILL_LISTS = `
  SELECT 1 FROM candidate k WHERE k.portal_id = @portalId AND k.url = @page AND k.state NOT IN ('failed', 'skipped') AND (
    SELECT r.report_rows FROM reading r JOIN capture c ON c.capture_id = r.capture_id WHERE r.portal_id = k.portal_id AND c.url = k.url ORDER BY r.capture_id DESC LIMIT 1) > 0`;

function firstPages(places: readonly PlaceRow[]): ListPlace[] {
  return [...new Map(places.map(({ url, family }) => [`${url} ${family}`, { url, family }])).values()];
}

function isRedesign(database: Sqlite, portalId: string, places: { before: readonly PlaceRow[]; after: readonly PlaceRow[] }): boolean {
  const { before, after } = places;
  if (before.length === 0 || after.length === 0) return false;
  const families = new Set(after.map(({ family }) => family));
  if (before.every(({ family }) => !families.has(family)) && before.every(({ page }) => after.some((place) => place.page === page))) return true;
  return before.every(({ page }) => statement(database, STILL_LISTS).get({ portalId, page }) === undefined);
}

/** The portals asked in the run that were redesigned since the run before in which they listed reports. */
export function readRedesigns(database: Sqlite, runId: number): Redesign[] {
  const portals = statement(database, `SELECT portal_id AS portalId, agency, source_file AS seedFile, source_line AS seedLine FROM portal
    WHERE portal_id IN (SELECT portal_id FROM reading WHERE run_id = ?) ORDER BY code IS NULL, code, portal_id`).all(runId) as Omit<Redesign, 'before' | 'after'>[];
  return portals.flatMap((portal) => {
    const runBefore = statement(database, RUN_BEFORE).pluck().get(portal.portalId, runId) as number | null;
    if (runBefore === null) return [];
    const placesOf = (run: number): PlaceRow[] => statement(database, PLACES).all(portal.portalId, run) as PlaceRow[];
    const [before, after] = [placesOf(runBefore), placesOf(runId)];
    return isRedesign(database, portal.portalId, { before, after }) ? [{ ...portal, before: firstPages(before), after: firstPages(after) }] : [];
  });
}

const MOVED = `
  SELECT n.document_id AS reportId, v.agency, v.year, o.url AS "from", n.url AS "to"
  FROM document n JOIN version v ON v.document_id = n.document_id AND v.version = n.current_version
    JOIN duplicate d ON n.document_id IN (d.document_id, d.other_document_id)
    JOIN document o ON o.document_id = CASE n.document_id WHEN d.document_id THEN d.other_document_id ELSE d.document_id END
    JOIN version w ON w.document_id = o.document_id AND w.version = o.current_version
  WHERE n.first_run_id = @runId AND v.kind = 'annual-report' AND w.kind = 'annual-report' AND o.portal_id = n.portal_id AND w.year IS v.year
    AND (o.first_run_id IS NULL OR o.first_run_id < @runId)
    AND (o.removed_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM listed l JOIN candidate k ON k.portal_id = l.portal_id AND k.url = l.page
      WHERE l.portal_id = o.portal_id AND l.url_key = o.url_key AND k.state NOT IN ('failed', 'skipped')))
  GROUP BY n.document_id ORDER BY v.code IS NULL, v.code, v.agency, v.year, n.document_id`;

/** New reports of the run that the archive knew under another address of the same portal, which is gone or listed no more. */
export function readMoved(database: Sqlite, runId: number): MovedReport[] {
  return statement(database, MOVED).all({ runId }) as MovedReport[];
}
