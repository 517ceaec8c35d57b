/** Keeps the runs: when a command wrote to the archive, what for, and how it ended. */
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** How a run ended; `interrupted` is found out by the next one. */
export type RunOutcome = 'running' | 'done' | 'done-with-failures' | 'stopped' | 'interrupted' | 'error';

export interface RunStart {
  readonly command: string;
  readonly places: readonly string[];
  readonly startedAt: string;
  readonly configSha256: string;
  readonly toolVersion: string;
}

export interface RunCounts {
  readonly portals: number;
  readonly requests: number;
  readonly captures: number;
  readonly transferBytes: number;
  readonly newReports: number;
  readonly changedReports: number;
}

/** Marks runs whose process died. Call under the writer lock. */
export function closeInterruptedRuns(database: Sqlite): void {
  statement(database, "UPDATE run SET outcome = 'interrupted' WHERE outcome = 'running'").run();
}

/**
 * The first of the unbroken series of interrupted or stopped harvests that end the history, when it began after `sinceIso`:
 * the next harvest goes on with it. Null when the last harvest ended by itself.
 */
export function resumableRun(database: Sqlite, sinceIso: string): number | null {
  const rows = statement(database, "SELECT run_id AS runId, outcome, started_at AS startedAt FROM run WHERE command = 'harvest' ORDER BY run_id DESC LIMIT 200")
    .all() as { runId: number; outcome: RunOutcome; startedAt: string }[];
  let first: number | null = null;
  for (const row of rows) {
    if ((row.outcome !== 'interrupted' && row.outcome !== 'stopped') || row.startedAt < sinceIso) break;
    first = row.runId;
  }
  return first;
}

/** When the last harvest of all portals began that came to its end; null when there was none. One that was stopped, by quiet hours too, is not at its end. */
export function lastWholeHarvest(database: Sqlite): string | null {
  return statement(database, "SELECT started_at FROM run WHERE command = 'harvest' AND places = '[]' AND outcome IN ('done', 'done-with-failures') ORDER BY run_id DESC LIMIT 1").pluck().get() as string | undefined ?? null;
}

/** Opens a run and returns its id. */
export function startRun(database: Sqlite, run: RunStart): number {
  const result = statement(database, `INSERT INTO run (command, places, started_at, outcome, config_sha256, tool_version)
    VALUES (@command, @placesJson, @startedAt, 'running', @configSha256, @toolVersion)`)
    .run({ command: run.command, startedAt: run.startedAt, configSha256: run.configSha256, toolVersion: run.toolVersion, placesJson: JSON.stringify(run.places) });
  return Number(result.lastInsertRowid);
}

/** Closes a run with its counts. */
export function finishRun(database: Sqlite, runId: number, end: RunCounts & { finishedAt: string; outcome: RunOutcome }): void {
  statement(database, `UPDATE run SET finished_at = @finishedAt, outcome = @outcome, portals = @portals, requests = @requests, captures = @captures,
    transfer_bytes = @transferBytes, new_reports = @newReports, changed_reports = @changedReports WHERE run_id = @runId`).run({ runId, ...end });
}
