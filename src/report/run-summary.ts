/** Says in a few lines what a run did: what is new, changed, gone and same, and which portals failed and why. */
import { safeLine } from '../log.js';
import { counted } from './counted.js';
import type { DiffMarks } from './change-report.js';
import { diffText, renderDiff } from './change-report.js';
import { completenessLines, countLists } from './list-lines.js';
import type { ListCounts } from './list-lines.js';
import { redesignLines } from './redesign-lines.js';
import { readMoved, readRedesigns, withoutMoved } from '../store/redesigns.js';
import type { MovedReport, Redesign } from '../store/redesigns.js';
import { readListsOfRun } from '../store/lists.js';
import type { ListRow } from '../store/lists.js';
import type { Sqlite } from '../store/open.js';
import { readVersions } from '../store/read.js';
import { readChanges, readPortalsOfRun, readRun } from '../store/read-runs.js';
import type { PortalRunLine, ReportLine, RunChanges, RunRow } from '../store/read-runs.js';

export interface ChangedReport extends ReportLine {
  /** What led from the version before to this one, as marked text. */
  readonly diff: string;
}

export interface RunSummary {
  readonly run: RunRow | null;
  /** Reports that only changed their address are counted apart: they are neither new nor gone. */
  readonly counts: { readonly new: number; readonly changed: number; readonly gone: number; readonly moved: number; readonly same: number };
  readonly changed: readonly ChangedReport[];
  readonly changes: RunChanges;
  readonly portals: readonly PortalRunLine[];
  /** How complete the lists of these portals are. */
  readonly completeness: ListCounts;
  readonly lists: readonly ListRow[];
  /** Portals whose lists are elsewhere, or of another CMS, than in the run before; new reports that only changed their address. */
  readonly redesigns: readonly Redesign[];
  readonly moved: readonly MovedReport[];
}

function diffOfNewest(database: Sqlite, line: ReportLine, marks?: DiffMarks): string {
  const versions = readVersions(database, line.reportId);
  const [before, after] = versions.slice(-2);
  return before && after ? renderDiff(diffText(before.text, after.text), marks) : '';
}

/** Everything a summary of the run tells; `marks` says how the diffs of changed reports are marked. */
export function summariseRun(database: Sqlite, runId: number, marks?: DiffMarks): RunSummary {
  const moved = readMoved(database, runId);
  const changes = withoutMoved(readChanges(database, runId), moved);
  const lists = readListsOfRun(database, runId);
  return {
    run: readRun(database, runId),
    counts: { new: changes.new.length, changed: changes.changed.length, gone: changes.gone.length, moved: moved.length, same: changes.same.length },
    changed: changes.changed.map((line) => ({ ...line, diff: diffOfNewest(database, line, marks) })),
    changes,
    portals: readPortalsOfRun(database, runId),
    completeness: countLists(lists), lists, redesigns: readRedesigns(database, runId), moved,
  };
}

function nameOf(line: ReportLine): string {
  return safeLine(`${line.agency ?? line.title ?? line.url} ${line.year ?? ''}`.trim());
}

/** Reports named in a list before the rest is counted. */
const NAMED = 20;

function listed(word: string, lines: readonly ReportLine[]): string[] {
  const more = lines.length > NAMED ? [`  … and ${lines.length - NAMED} more`] : [];
  return [...lines.slice(0, NAMED).map((line) => `  ${word}  ${nameOf(line)}  ${line.url}`), ...more];
}

function failureLines(portals: readonly PortalRunLine[]): string[] {
  return portals.flatMap((portal) => portal.failures.map((failure) =>
    `  ${safeLine(portal.agency ?? portal.portalId)}: ${failure.reason}, ${counted(failure.pages, 'page')}, such as ${failure.example}`));
}

/** The lines of a summary for people. With `full`, new and gone reports and the diffs of changed ones are spelled out. */
export function summaryLines(summary: RunSummary, full: boolean): string[] {
  const { counts } = summary;
  const lines = [`Reports: ${counts.new} new, ${counts.changed} changed, ${counts.gone} gone, ${counts.moved > 0 ? `${counts.moved} moved, ` : ''}${counts.same} same.`];
  if (full) lines.push(...listed('new    ', summary.changes.new), ...listed('gone   ', summary.changes.gone));
  for (const changed of summary.changed) {
    lines.push(`  changed  ${nameOf(changed)}  ${changed.url} (version ${changed.version})`);
    if (full && changed.diff !== '') lines.push(...changed.diff.split('\n').map((line) => `    ${line}`));
  }
  lines.push(...redesignLines(summary.redesigns, summary.moved), ...completenessLines(summary.lists));
  const failures = failureLines(summary.portals);
  if (failures.length > 0) lines.push('Pages that did not come:', ...failures);
  return lines;
}
