/** Seals each run over the one before it, so that a changed, added or missing exchange of the past shows. */
import { createHash } from 'node:crypto';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

export interface ChainProblem {
  readonly runId: number;
  readonly message: string;
}

type RunRow = Record<string, string | number | null> & { run_id: number; run_sha256: string | null; previous_run_sha256: string | null };

/** What is sealed, named so that a column added later leaves old seals whole. Changing a list breaks every seal there is. */
const RUN_COLUMNS = `run_id, command, places, started_at, finished_at, outcome, portals, requests, captures, transfer_bytes, new_reports, changed_reports,
  config_sha256, tool_version, previous_run_sha256`;
const CAPTURE_COLUMNS = `capture_id, url, final_url, kind, status, outcome, reason, media_type, payload_sha256, headers, redirects, fetched_at, via, robots, revisit_of`;

/** JSON with sorted keys and no spaces: one spelling for one value. */
function canonicalJson(row: Record<string, string | number | null>): string {
  return JSON.stringify(Object.fromEntries(Object.keys(row).sort().map((key) => [key, row[key]])));
}

/**
 * SHA-256 over the canonical JSON of the run's sealed columns (the previous run's digest is one of them), a line feed, and for each of
 * its captures, in their order, a JSON array of the sealed columns and a line feed.
 */
function digestOf(database: Sqlite, run: RunRow): string {
  const { run_sha256: _own, ...sealed } = run;
  const digest = createHash('sha256').update(`${canonicalJson(sealed)}\n`);
  const captures = statement(database, `SELECT json_array(${CAPTURE_COLUMNS}) FROM capture WHERE run_id = ? ORDER BY capture_id`).pluck();
  for (const line of captures.iterate(run.run_id)) digest.update(`${String(line)}\n`);
  return digest.digest('hex');
}

function readRun(database: Sqlite, runId: number): RunRow | undefined {
  return statement(database, `SELECT ${RUN_COLUMNS}, run_sha256 FROM run WHERE run_id = ?`).get(runId) as RunRow | undefined;
}

/** The digest of the newest sealed run; null when none is sealed. */
export function newestSeal(database: Sqlite): string | null {
  return (statement(database, 'SELECT run_sha256 FROM run WHERE run_sha256 IS NOT NULL ORDER BY run_id DESC LIMIT 1').pluck().get() as string | undefined) ?? null;
}

/**
 * Seals a finished run: links it to the last sealed run before it and stores its digest. Call after its last row is written; a run
 * sealed already keeps its seal. Returns the digest, null when there is no such run.
 */
export function sealRun(database: Sqlite, runId: number): string | null {
  return database.transaction(() => {
    const run = readRun(database, runId);
    if (!run || run.run_sha256 !== null) return run?.run_sha256 ?? null;
    const previous = statement(database, 'SELECT run_sha256 FROM run WHERE run_sha256 IS NOT NULL AND run_id < ? ORDER BY run_id DESC LIMIT 1').pluck()
      .get(runId) as string | undefined;
    const sealed = { ...run, previous_run_sha256: previous ?? null };
    const digest = digestOf(database, sealed);
    statement(database, 'UPDATE run SET previous_run_sha256 = ?, run_sha256 = ? WHERE run_id = ?').run(sealed.previous_run_sha256, digest, runId);
    return digest;
  }).immediate();
}

/** Every sealed run whose digest or link no longer fits, and how many were checked. Runs that never ended are not sealed and pass. */
export function checkChain(database: Sqlite): { checked: number; problems: ChainProblem[] } {
  const runs = statement(database, `SELECT ${RUN_COLUMNS}, run_sha256 FROM run WHERE run_sha256 IS NOT NULL ORDER BY run_id`).all() as RunRow[];
  const problems: ChainProblem[] = [];
  let previous: string | null = null;
  for (const run of runs) {
    if (run.previous_run_sha256 !== previous) problems.push({ runId: run.run_id, message: 'the digest of the run before it is not the one it was sealed over: a run is missing, added or changed' });
    if (digestOf(database, run) !== run.run_sha256) problems.push({ runId: run.run_id, message: 'its own row or one of its captures changed after it was sealed' });
    previous = run.run_sha256;
  }
  return { checked: runs.length, problems };
}
