/** Gathers what the alarms of a run rest on: how the portals answered, what was written, which deadline has passed. */
import type { AlarmFacts, AskedPortal, MissingYear, WrittenReport } from './alarm-rules.js';
import type { Sqlite } from './open.js';
import { readRedesigns } from './redesigns.js';
import { statement } from './statement.js';

interface PortalRow { readonly portalId: string; readonly agency: string | null; readonly code: string | null; readonly home: string | null; readonly columns: string }

/** The pages that came in each harvest that asked the portal for anything, be it robots.txt, newest first; the runs since `@sinceRunId` are one harvest. */
const CAME = `SELECT count(*) FILTER (WHERE outcome = 'captured' AND kind <> 'robots') FROM capture WHERE portal_id = @portalId AND run_id IS NOT NULL
  GROUP BY min(run_id, @sinceRunId) ORDER BY min(run_id, @sinceRunId) DESC LIMIT @runs`;

/** A host that lets nobody in is asked for its robots.txt only. */
const ASKED = `SELECT p.portal_id AS portalId, p.agency, p.code, p.home, p.columns FROM portal p WHERE p.portal_id IN (SELECT portal_id FROM capture WHERE run_id >= ?) ORDER BY p.code IS NULL, p.code, p.portal_id`;

const REASON = `SELECT reason FROM capture WHERE portal_id = ? AND run_id >= ? AND outcome <> 'captured' GROUP BY reason ORDER BY count(*) DESC, reason LIMIT 1`;
const LISTED = `SELECT sum(report_rows) FROM reading WHERE portal_id = ? AND run_id >= ?`;
const LISTED_BEFORE = `SELECT sum(report_rows) FROM reading WHERE portal_id = ? AND run_id < ? GROUP BY run_id HAVING sum(report_rows) > 0 ORDER BY run_id DESC LIMIT 1`;

function addressOf({ home, columns }: PortalRow): string {
  return (JSON.parse(columns) as string[])[0] ?? home ?? '';
}

/** A run of a harvest: `sinceRunId` is the first run of the harvest that it went on with, or itself. */
interface Harvest { readonly sinceRunId: number; readonly runs: number }

function askedPortals(database: Sqlite, { sinceRunId, runs }: Harvest): AskedPortal[] {
  return (statement(database, ASKED).all(sinceRunId) as PortalRow[]).map((row) => ({
    portalId: row.portalId, agency: row.agency, code: row.code, url: addressOf(row), pagesCame: statement(database, CAME).pluck().all({ portalId: row.portalId, sinceRunId, runs }) as number[],
    reason: (statement(database, REASON).pluck().get(row.portalId, sinceRunId) as string | undefined) ?? null,
    listed: statement(database, LISTED).pluck().get(row.portalId, sinceRunId) as number | null,
    listedBefore: (statement(database, LISTED_BEFORE).pluck().get(row.portalId, sinceRunId) as number | undefined) ?? 0,
  }));
}

const MEASURES = `SELECT length(text) AS characters, length(text) - length(replace(text, char(65533), '')) AS replacements FROM version WHERE document_id = ? AND version = ?`;
const FAILING = `SELECT rule FROM rule_check WHERE document_id = ? AND version = ? AND state = 'fail' ORDER BY rule`;

function measured(database: Sqlite, reportId: string, version: number): { characters: number; replacements: number; failing: string[] } | null {
  const measures = statement(database, MEASURES).get(reportId, version) as { characters: number; replacements: number } | undefined;
  return measures ? { ...measures, failing: statement(database, FAILING).pluck().all(reportId, version) as string[] } : null;
}

/** New versions of a run. What a portal gives at its first harvest is how it is, and no alarm. */
const WRITTEN = `SELECT d.document_id AS reportId, d.portal_id AS portalId, v.agency, v.code, v.year, d.url, v.version FROM version v JOIN document d ON d.document_id = v.document_id
  WHERE v.run_id >= @sinceRunId AND v.kind = 'annual-report' AND (v.version > 1 OR EXISTS (SELECT 1 FROM document e WHERE e.portal_id = d.portal_id AND e.first_run_id < @sinceRunId))
  ORDER BY v.code IS NULL, v.code, v.agency, v.year, d.document_id`;

function writtenReports(database: Sqlite, sinceRunId: number): WrittenReport[] {
  const rows = statement(database, WRITTEN).all({ sinceRunId }) as Omit<WrittenReport, 'characters' | 'replacements' | 'failing' | 'before'>[];
  return rows.flatMap((row) => {
    const now = measured(database, row.reportId, row.version);
    return now ? [{ ...row, ...now, before: row.version > 1 ? measured(database, row.reportId, row.version - 1) : null }] : [];
  });
}

/** Years for which the agency is known to have published nothing, though it did for the year before. */
const MISSING = `SELECT l.agency, l.code, l.year, l.due_on AS dueOn, CAST(julianday(@today) - julianday(l.due_on) AS INTEGER) AS daysSince FROM ledger l
  WHERE l.state = 'not-found' AND EXISTS (SELECT 1 FROM ledger b WHERE b.agency = l.agency AND b.code IS l.code AND b.year = l.year - 1 AND b.state IN ('held', 'held-late', 'mirror-only'))
  ORDER BY l.code IS NULL, l.code, l.agency, l.year`;

export interface AlarmScope extends Harvest {
  readonly runId: number;
  /** `YYYY-MM-DD` in China. */
  readonly today: string;
}

/** What happened in a harvest, and what is missing today; `runs`: how far back the portals' answers are counted. */
export function gatherAlarmFacts(database: Sqlite, scope: AlarmScope): AlarmFacts {
  const portals = askedPortals(database, scope);
  const codes = new Map(portals.map(({ portalId, code }) => [portalId, code]));
  return {
    portals, reports: writtenReports(database, scope.sinceRunId), missing: statement(database, MISSING).all({ today: scope.today }) as MissingYear[],
    layouts: readRedesigns(database, scope.runId).map(({ portalId, agency, before, after }) => ({
      portalId, agency, code: codes.get(portalId) ?? null, url: after[0]?.url ?? null, before: before.map(({ url, family }) => `${url} (${family})`), after: after.map(({ url, family }) => `${url} (${family})`),
    })),
  };
}
