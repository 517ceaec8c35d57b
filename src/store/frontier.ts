/** Keeps the frontier: what may be visited, when, and what became of it. The rules are the frontier room's; here they are rows. */
import type { Candidate, CandidateKind, HeardVia, OutcomeKind } from '../record.js';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** A candidate as the frontier keeps it. Times are milliseconds since the epoch. */
export interface FrontierRow {
  readonly candidateId: number;
  readonly portalId: string;
  readonly url: string;
  readonly urlKey: string;
  readonly hostKey: string;
  readonly kind: CandidateKind;
  readonly heardVia: HeardVia;
  readonly hops: number;
  readonly referrer: string | null;
  readonly anchor: string | null;
  readonly listedOn: string | null;
  readonly priority: number;
  readonly attempts: number;
  readonly dueAt: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly payloadSha256: string | null;
  readonly lastCaptureId: number | null;
  readonly unchanged: number;
  /** How its last visit ended; null before the first. */
  readonly reason: string | null;
}

/** A candidate about to be added. `refusal` adds it as skipped, with the reason. */
export interface NewCandidate extends Omit<Candidate, 'seed'> {
  readonly portalId: string;
  readonly urlKey: string;
  readonly hostKey: string;
  readonly priority: number;
  readonly refusal: { readonly reason: string; readonly detail: string } | null;
}

/** What became of a candidate after a visit. */
export interface CandidateStep {
  readonly candidateId: number;
  readonly state: 'waiting' | OutcomeKind;
  readonly reason: string;
  readonly detail: string | null;
  readonly dueAt: number;
  readonly attempts: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly payloadSha256: string | null;
  readonly unchanged: number;
}

/** A host's turn: when it may be asked again, and what its robots.txt said. */
export interface HostState {
  readonly hostKey: string;
  readonly nextDueAt: number;
  readonly crawlDelaySecs: number | null;
  /** Serialised robots policy; null before the first fetch. */
  readonly robots: string | null;
  readonly robotsExpiresAt: number;
  readonly failures: number;
  readonly restingUntil: number;
  readonly reason: string | null;
}

const COLUMNS = `candidate_id AS candidateId, portal_id AS portalId, url, url_key AS urlKey, host_key AS hostKey, kind, heard_via AS heardVia, hops,
  referrer, anchor, listed_on AS listedOn, priority, attempts, due_at AS dueAt, etag, last_modified AS lastModified,
  payload_sha256 AS payloadSha256, last_capture_id AS lastCaptureId, unchanged, reason`;

/** Names the portals of this run; only their candidates are handed out. */
export function choosePortals(database: Sqlite, portalIds: readonly string[]): void {
  database.exec('CREATE TEMP TABLE IF NOT EXISTS chosen (portal_id TEXT PRIMARY KEY) WITHOUT ROWID; DELETE FROM chosen');
  const insert = statement(database, 'INSERT OR IGNORE INTO temp.chosen VALUES (?)');
  database.transaction(() => { for (const portalId of portalIds) insert.run(portalId); })();
}

export interface Activation {
  readonly runId: number;
  readonly nowMs: number;
  /** First run of the interrupted harvest that this one goes on with: what it finished is not asked again. Null for a fresh one. */
  readonly resumedRunId: number | null;
  /** `recrawl`: every known page, whatever its age. */
  readonly all: boolean;
  /** Longest time that a page may be left alone: what is due later than that was written by a clock that stood wrong. */
  readonly longestMs: number;
  /** Start of the newest sweep: what no run has visited since then is due. Null when there are no sweeps. */
  readonly sweepMs: number | null;
}

/** Refused when it was found, and never asked for: neither the clock nor a recrawl changes that. */
const REFUSED = "state = 'skipped' AND last_run_id IS NULL";

/** Whether an earlier run has written times that are still to come: the machine's clock stood ahead then. */
const CLOCK_WAS_AHEAD = 'EXISTS (SELECT 1 FROM run WHERE started_at > @nowIso)';

/** Times of hosts are believed up to a day ahead (no `Retry-After` counts for longer), an hour for rests, and not at all where the clock stood wrong. */
function clampHosts(database: Sqlite, nowMs: number): void {
  statement(database, `UPDATE host SET next_due_at = min(next_due_at, @nowMs + iif(${CLOCK_WAS_AHEAD}, 0, 86400000)), resting_until = min(resting_until, @nowMs + iif(${CLOCK_WAS_AHEAD}, 0, 3600000)),
    robots_expires_at = min(robots_expires_at, @nowMs + iif(${CLOCK_WAS_AHEAD}, 0, 86400000))`).run({ nowMs, nowIso: new Date(nowMs).toISOString() });
}

/**
 * Puts what is due back into waiting. What was in flight when an earlier process died simply still waits. What an earlier run has
 * put off by a clock that stood ahead is due now.
 */
export function activateDue(database: Sqlite, { runId, nowMs, resumedRunId, all, longestMs, sweepMs }: Activation): void {
  const chosen = 'portal_id IN (SELECT portal_id FROM temp.chosen)';
  const facts = { nowMs, nowIso: new Date(nowMs).toISOString(), all: all ? 1 : 0 };
  database.transaction(() => {
    statement(database, `UPDATE candidate SET state = 'waiting', attempts = 0 WHERE state <> 'waiting' AND NOT (${REFUSED}) AND ${chosen}
      AND (due_at <= @nowMs OR due_at > @nowMs + @longestMs OR @all = 1 OR last_run_id IN (SELECT run_id FROM run WHERE (started_at > @nowIso AND run_id <> @runId) OR started_at < @sweepIso))
      AND (@resumedRunId IS NULL OR last_run_id IS NULL OR last_run_id < @resumedRunId)`).run({ ...facts, runId, longestMs, resumedRunId, sweepIso: sweepMs === null ? '' : new Date(sweepMs).toISOString() });
    statement(database, `UPDATE candidate SET due_at = @nowMs WHERE state = 'waiting' AND ${chosen} AND (@all = 1 OR due_at > @nowMs + iif(${CLOCK_WAS_AHEAD}, 0, 86400000))`).run(facts);
    clampHosts(database, nowMs);
  }).immediate();
}

/** Hosts with waiting candidates: how many, and when the first is due. */
export function waitingHosts(database: Sqlite): { hostKey: string; waiting: number; dueAt: number }[] {
  return statement(database, `SELECT host_key AS hostKey, count(*) AS waiting, min(due_at) AS dueAt FROM candidate
    WHERE state = 'waiting' AND portal_id IN (SELECT portal_id FROM temp.chosen) GROUP BY host_key`).all() as { hostKey: string; waiting: number; dueAt: number }[];
}

/** The next candidate of a host that is due, or null. */
export function nextOfHost(database: Sqlite, hostKey: string, nowMs: number): FrontierRow | null {
  return (statement(database, `SELECT ${COLUMNS} FROM candidate WHERE state = 'waiting' AND host_key = ? AND due_at <= ?
    AND portal_id IN (SELECT portal_id FROM temp.chosen) ORDER BY priority, candidate_id LIMIT 1`).get(hostKey, nowMs) as FrontierRow | undefined) ?? null;
}

/** One candidate as it stands; null when there is none of that id. */
export function readCandidate(database: Sqlite, candidateId: number): FrontierRow | null {
  return (statement(database, `SELECT ${COLUMNS} FROM candidate WHERE candidate_id = ?`).get(candidateId) as FrontierRow | undefined) ?? null;
}

/** When the host's next waiting candidate is due; null when it has none. */
export function nextDueOfHost(database: Sqlite, hostKey: string): number | null {
  return statement(database, `SELECT min(due_at) FROM candidate WHERE state = 'waiting' AND host_key = ?
    AND portal_id IN (SELECT portal_id FROM temp.chosen)`).pluck().get(hostKey) as number | null;
}

/** The host's turn as last committed, or a fresh one. */
export function readHost(database: Sqlite, hostKey: string): HostState {
  const row = statement(database, `SELECT host_key AS hostKey, next_due_at AS nextDueAt, crawl_delay_seconds AS crawlDelaySecs, robots,
    robots_expires_at AS robotsExpiresAt, failures, resting_until AS restingUntil, reason FROM host WHERE host_key = ?`).get(hostKey) as HostState | undefined;
  return row ?? { hostKey, nextDueAt: 0, crawlDelaySecs: null, robots: null, robotsExpiresAt: 0, failures: 0, restingUntil: 0, reason: null };
}

/** Writes a host's turn. Call inside the transaction of the visit it belongs to. */
export function writeHost(database: Sqlite, host: HostState): void {
  statement(database, `INSERT INTO host VALUES (@hostKey, @nextDueAt, @crawlDelaySecs, @robots, @robotsExpiresAt, @failures, @restingUntil, @reason)
    ON CONFLICT (host_key) DO UPDATE SET next_due_at = excluded.next_due_at, crawl_delay_seconds = excluded.crawl_delay_seconds, robots = excluded.robots,
      robots_expires_at = excluded.robots_expires_at, failures = excluded.failures, resting_until = excluded.resting_until, reason = excluded.reason`).run(host);
}

/** Addresses of the chosen portals that were refused when they were found. */
export function refusedCandidates(database: Sqlite): FrontierRow[] {
  return statement(database, `SELECT ${COLUMNS} FROM candidate WHERE ${REFUSED} AND portal_id IN (SELECT portal_id FROM temp.chosen)`).all() as FrontierRow[];
}

/** Lets a refused address wait for its first visit. */
export function admitRefused(database: Sqlite, candidateId: number, nowMs: number): void {
  statement(database, "UPDATE candidate SET state = 'waiting', reason = NULL, detail = NULL, due_at = ? WHERE candidate_id = ?").run(nowMs, candidateId);
}

/** Adds a candidate, or notes that it was seen again. Returns whether it is new. A better-informed row (anchor, day) completes the old. */
export function addCandidate(database: Sqlite, candidate: NewCandidate, seenAt: string, nowMs: number): boolean {
  const { refusal, ...plain } = candidate;
  const known = statement(database, 'UPDATE candidate SET last_seen = ?, anchor = coalesce(anchor, ?), listed_on = coalesce(listed_on, ?) WHERE portal_id = ? AND url_key = ?')
    .run(seenAt, plain.anchor, plain.listedOn, plain.portalId, plain.urlKey);
  if (known.changes > 0) return false;
  statement(database, `INSERT INTO candidate (portal_id, url, url_key, host_key, kind, heard_via, hops, referrer, anchor, listed_on, priority, state, reason,
      detail, due_at, first_seen, last_seen)
    VALUES (@portalId, @url, @urlKey, @hostKey, @kind, @heardVia, @hops, @referrer, @anchor, @listedOn, @priority, @state, @reason, @detail, @nowMs, @seenAt, @seenAt)`)
    .run({ ...plain, state: refusal ? 'skipped' : 'waiting', reason: refusal?.reason ?? null, detail: refusal?.detail ?? null, seenAt, nowMs });
  return true;
}

/** Puts a known page back into waiting, unless this harvest has visited it already. Returns its host when it now waits. */
export function wakeCandidate(database: Sqlite, page: { portalId: string; urlKey: string }, facts: { sinceRunId: number; nowMs: number }): string | null {
  return (statement(database, `UPDATE candidate SET state = 'waiting', attempts = 0, due_at = @nowMs WHERE portal_id = @portalId AND url_key = @urlKey
    AND state <> 'waiting' AND NOT (${REFUSED}) AND last_run_id < @sinceRunId RETURNING host_key`).pluck().get({ ...page, sinceRunId: facts.sinceRunId, nowMs: facts.nowMs }) as string | undefined) ?? null;
}

/** Pages of the chosen portals that a run left alone, as nothing of theirs was due. */
export interface LeftAlone {
  /** Reports and their attachments. */
  readonly reports: number;
  /** Further pages of lists whose page before named the same reports as at the last visit. */
  readonly furtherPages: number;
  /** When the first of them is due; null when there are none. */
  readonly nextDueAt: number | null;
}

/** What a run has left alone; `sinceRunId` is the first run of the harvest that it went on with. */
export function readLeftAlone(database: Sqlite, sinceRunId: number): LeftAlone {
  return statement(database, `SELECT count(*) FILTER (WHERE kind IN ('article', 'attachment')) AS reports, count(*) FILTER (WHERE kind NOT IN ('article', 'attachment')) AS furtherPages,
      min(due_at) AS nextDueAt FROM candidate
    WHERE state <> 'waiting' AND last_run_id < ? AND kind <> 'robots' AND portal_id IN (SELECT portal_id FROM temp.chosen)`).get(sinceRunId) as LeftAlone;
}

/** How many addresses a portal has. */
export function candidateCount(database: Sqlite, portalId: string): number {
  return statement(database, 'SELECT count(*) FROM candidate WHERE portal_id = ?').pluck().get(portalId) as number;
}

/** All addresses of a portal, the refused included. */
export function addressesOf(database: Sqlite, portalId: string): { url: string; urlKey: string; kind: CandidateKind }[] {
  return statement(database, 'SELECT url, url_key AS urlKey, kind FROM candidate WHERE portal_id = ?').all(portalId) as { url: string; urlKey: string; kind: CandidateKind }[];
}

/** Writes what became of a candidate. Call inside the transaction of its visit. */
export function stepCandidate(database: Sqlite, step: CandidateStep, facts: { runId: number; captureId: number | null }): void {
  statement(database, `UPDATE candidate SET state = @state, reason = @reason, detail = @detail, due_at = @dueAt, attempts = @attempts,
      etag = @etag, last_modified = @lastModified, payload_sha256 = @payloadSha256, unchanged = @unchanged,
      last_run_id = @runId, last_capture_id = coalesce(@captureId, last_capture_id) WHERE candidate_id = @candidateId`).run({ ...step, ...facts });
}

/** Candidates of the chosen portals that still wait. */
export function waitingCount(database: Sqlite): number {
  return statement(database, "SELECT count(*) FROM candidate WHERE state = 'waiting' AND portal_id IN (SELECT portal_id FROM temp.chosen)").pluck().get() as number;
}

/** What the morning reader must know of: pages that stayed failed (being gone is no failure), and lists that came back empty. */
export function failuresOfRun(database: Sqlite, runId: number): number {
  const failed = statement(database, "SELECT count(*) FROM candidate WHERE state = 'failed' AND last_run_id = ? AND reason <> 'gone'").pluck().get(runId) as number;
  const empty = statement(database, "SELECT count(*) FROM reading WHERE run_id = ? AND notices LIKE '%discover-empty-list%'").pluck().get(runId) as number;
  return failed + empty;
}
