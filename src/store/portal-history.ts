/** Reads how each portal answered in the last runs. */
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** `fine`: every page came. `partly`: some did not. `none`: no page came. `not-asked`: nothing was asked of it in that run. */
export type PortalNight = 'fine' | 'partly' | 'none' | 'not-asked';

export interface PortalHistory {
  readonly portalId: string;
  readonly agency: string | null;
  readonly code: string | null;
  readonly reports: number;
  /** Oldest first, one for each run of `runIds`. */
  readonly nights: readonly PortalNight[];
}

export interface History {
  readonly runIds: readonly number[];
  readonly portals: readonly PortalHistory[];
}

const RUNS = `SELECT run_id FROM run WHERE command IN ('harvest', 'recrawl') AND run_id <= ? ORDER BY run_id DESC LIMIT ?`;

const PORTALS = `SELECT p.portal_id AS portalId, p.agency, p.code,
    (SELECT count(*) FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version WHERE d.portal_id = p.portal_id AND v.kind = 'annual-report' AND d.removed_at IS NULL) AS reports
  FROM portal p WHERE p.enabled = 1 ORDER BY p.code IS NULL, p.code, p.portal_id`;

/** An address that is gone is an answer like another. */
const ANSWERS = `SELECT portal_id AS portalId, run_id AS runId, count(*) FILTER (WHERE outcome = 'captured') AS came, count(*) FILTER (WHERE outcome = 'failed' AND reason NOT IN ('gone', 'soft-404')) AS failed
  FROM capture WHERE run_id BETWEEN ? AND ? AND portal_id IS NOT NULL AND kind <> 'robots' GROUP BY 1, 2`;

/** A portal whose robots.txt did not come is not asked for pages. */
const SHUT = `SELECT DISTINCT portal_id AS portalId, run_id AS runId FROM capture WHERE run_id BETWEEN ? AND ? AND portal_id IS NOT NULL AND kind = 'robots' AND outcome <> 'captured'`;

/** The enabled portals, by code, in the last `limit` runs up to `runId`. */
export function readPortalHistory(database: Sqlite, runId: number, limit: number): History {
  const runIds = (statement(database, RUNS).pluck().all(runId, limit) as number[]).reverse();
  const range = [runIds[0] ?? runId, runId] as const;
  const nights = new Map<string, PortalNight>();
  for (const { portalId, runId: run } of statement(database, SHUT).all(...range) as { portalId: string; runId: number }[]) nights.set(`${portalId} ${run}`, 'none');
  for (const { portalId, runId: run, came, failed } of statement(database, ANSWERS).all(...range) as { portalId: string; runId: number; came: number; failed: number }[]) {
    nights.set(`${portalId} ${run}`, came === 0 && failed > 0 ? 'none' : failed > 0 ? 'partly' : 'fine');
  }
  const portals = statement(database, PORTALS).all() as Omit<PortalHistory, 'nights'>[];
  return { runIds, portals: portals.map((portal) => ({ ...portal, nights: runIds.map((run) => nights.get(`${portal.portalId} ${run}`) ?? 'not-asked') })) };
}
