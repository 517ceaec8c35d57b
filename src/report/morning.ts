/** Gathers what the morning page tells of a run. */
import { diffText } from './change-report.js';
import type { DiffPart } from './change-report.js';
import { alarmsOfRun, openAlarms } from '../store/alarms.js';
import type { AlarmRow } from '../store/alarms.js';
import { isBlock } from '../store/ledger-rules.js';
import type { Sqlite } from '../store/open.js';
import { readPortalHistory } from '../store/portal-history.js';
import type { History } from '../store/portal-history.js';
import { readVersions } from '../store/read.js';
import { readChanges, readPortalsOfRun, readRun } from '../store/read-runs.js';
import type { ReportLine, RunChanges, RunRow } from '../store/read-runs.js';
import { readMoved, withoutMoved } from '../store/redesigns.js';
import type { MovedReport } from '../store/redesigns.js';

/** Runs that the portals' health looks back on: a month of nights. */
const RUNS = 30;

/** Why pages of one portal did not come. */
export interface Trouble {
  readonly agency: string | null;
  readonly portalId: string;
  readonly reason: string;
  readonly pages: number;
  readonly example: string;
}

export interface MorningFacts {
  readonly run: RunRow;
  /** New reports that only have another address than before count as moved, and are neither new nor removed. */
  readonly changes: RunChanges;
  readonly moved: readonly MovedReport[];
  /** Changed reports with the way from the text before to this one. */
  readonly diffs: readonly { readonly report: ReportLine; readonly parts: readonly DiffPart[] }[];
  readonly blocked: readonly Trouble[];
  readonly failed: readonly Trouble[];
  readonly alarms: { readonly raised: readonly AlarmRow[]; readonly ended: readonly AlarmRow[]; readonly open: readonly AlarmRow[] };
  readonly history: History;
  /** What was not due; null when that is not known any more. */
  readonly leftAlone: { readonly reports: number; readonly furtherPages: number } | null;
}

function diffOf(database: Sqlite, report: ReportLine): DiffPart[] {
  const [before, after] = readVersions(database, report.reportId).filter(({ version }) => version === report.version || version === report.version - 1);
  return before && after ? diffText(before.text, after.text) : [];
}

/** That a page is not there any more is an answer. What it means for a report stands under the removed. */
const AN_ANSWER: ReadonlySet<string> = new Set(['gone', 'soft-404']);

/** What the run did and found; null when there is no such run. */
export function gatherMorning(database: Sqlite, runId: number, leftAlone: MorningFacts['leftAlone']): MorningFacts | null {
  const run = readRun(database, runId);
  if (!run) return null;
  const moved = readMoved(database, runId);
  const changes = withoutMoved(readChanges(database, runId), moved);
  const troubles = readPortalsOfRun(database, runId).flatMap(({ portalId, agency, failures }) => failures.filter(({ reason }) => !AN_ANSWER.has(reason)).map((failure): Trouble => ({ portalId, agency, ...failure })));
  const { raised, ended } = alarmsOfRun(database, runId);
  return {
    run, changes, moved, diffs: changes.changed.map((report) => ({ report, parts: diffOf(database, report) })),
    blocked: troubles.filter(({ reason }) => isBlock(reason)), failed: troubles.filter(({ reason }) => !isBlock(reason)),
    alarms: { raised, ended, open: openAlarms(database).filter(({ raisedRunId }) => raisedRunId !== runId) }, history: readPortalHistory(database, runId, RUNS), leftAlone,
  };
}

/** A portal that was not fine in some run that asked it. */
export function isTroubled({ nights }: History['portals'][number]): boolean {
  return nights.some((night) => night === 'partly' || night === 'none');
}
