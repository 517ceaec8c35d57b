/** Keeps the alarms: each is raised once, stays open as long as it holds, and is ended by the run in which it is over. */
import { gatherAlarmFacts } from './alarm-facts.js';
import type { AlarmScope } from './alarm-facts.js';
import { alarmsOf } from './alarm-rules.js';
import type { Alarm, AlarmSettings } from './alarm-rules.js';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** An alarm as it is kept. Times as ISO 8601 in UTC. */
export interface AlarmRow extends Alarm {
  readonly alarmId: number;
  readonly raisedRunId: number;
  readonly raisedAt: string;
  /** Null while it is open. */
  readonly endedRunId: number | null;
  readonly endedAt: string | null;
}

const COLUMNS = `alarm_id AS alarmId, kind, key, portal_id AS portalId, document_id AS reportId, agency, code, year, url, facts, raised_run_id AS raisedRunId, raised_at AS raisedAt,
  ended_run_id AS endedRunId, ended_at AS endedAt`;

type StoredRow = Omit<AlarmRow, 'facts'> & { readonly facts: string };

function parsed(rows: unknown[]): AlarmRow[] {
  return (rows as StoredRow[]).map((row) => ({ ...row, facts: JSON.parse(row.facts) as Alarm['facts'] }));
}

/** Alarms that hold, oldest first. */
export function openAlarms(database: Sqlite): AlarmRow[] {
  return parsed(statement(database, `SELECT ${COLUMNS} FROM alarm WHERE ended_run_id IS NULL ORDER BY alarm_id`).all());
}

/** Alarms that a run has raised, and those that it found to be over. */
export function alarmsOfRun(database: Sqlite, runId: number): { readonly raised: AlarmRow[]; readonly ended: AlarmRow[] } {
  return {
    raised: parsed(statement(database, `SELECT ${COLUMNS} FROM alarm WHERE raised_run_id = ? ORDER BY alarm_id`).all(runId)),
    ended: parsed(statement(database, `SELECT ${COLUMNS} FROM alarm WHERE ended_run_id = ? AND raised_run_id <> ended_run_id ORDER BY alarm_id`).all(runId)),
  };
}

/**
 * Raises the alarms of a run that has ended by itself, and ends those that are over. An alarm about a portal that the run did not ask stays as it is.
 */
export function raiseAlarms(database: Sqlite, facts: Omit<AlarmScope, 'runs'> & { readonly at: string; readonly settings: AlarmSettings }): void {
  const { runId, at, settings } = facts;
  const gathered = gatherAlarmFacts(database, { ...facts, runs: settings.silentRuns });
  const now = alarmsOf(gathered, settings);
  const idOf = ({ kind, key }: Pick<Alarm, 'kind' | 'key'>): string => `${kind} ${key}`;
  const holding = new Set(now.map(idOf));
  const asked = new Set(gathered.portals.map(({ portalId }) => portalId));
  const open = openAlarms(database);
  const known = new Set(open.map(idOf));
  database.transaction(() => {
    for (const alarm of open) {
      if (holding.has(idOf(alarm)) || (alarm.portalId !== null && !asked.has(alarm.portalId))) continue;
      statement(database, 'UPDATE alarm SET ended_run_id = ?, ended_at = ? WHERE alarm_id = ?').run(runId, at, alarm.alarmId);
    }
    const insert = statement(database, `INSERT INTO alarm (kind, key, portal_id, document_id, agency, code, year, url, facts, raised_run_id, raised_at)
      VALUES (@kind, @key, @portalId, @reportId, @agency, @code, @year, @url, @factsJson, @runId, @at)`);
    for (const { facts: rests, ...alarm } of now) if (!known.has(idOf(alarm))) insert.run({ ...alarm, factsJson: JSON.stringify(rests), runId, at });
  }).immediate();
}
