/** `nianbao status`: the ledger, how the portals fare, how complete their lists are, and the last runs. */
import type { ExitCode } from '../errors.js';
import { safeForTerminal } from '../log.js';
import { ledgerCounts, ledgerLegend, ledgerTable, plainTable } from '../report/ledger-table.js';
import { completenessLines, listTable } from '../report/list-lines.js';
import { alarmSentence, sayIn } from '../report/morning-words.js';
import { openAlarms } from '../store/alarms.js';
import type { AlarmRow } from '../store/alarms.js';
import type { LedgerRow } from '../store/ledger.js';
import { readLedger } from '../store/ledger.js';
import { readLists } from '../store/lists.js';
import type { ListRow } from '../store/lists.js';
import { openReader } from '../store/open.js';
import type { Sqlite } from '../store/open.js';
import { readPortalHealth, readRuns } from '../store/read-runs.js';
import type { PortalHealth, RunRow } from '../store/read-runs.js';
import { codePrefix } from '../store/selection.js';
import type { CommandContext } from './context.js';
import { ledgerPaintFor } from './paint.js';
import { placeCodes } from './places.js';

export interface StatusOptions {
  readonly places?: readonly string[];
}

/** Runs shown. */
const LAST_RUNS = 5;

function parsedEvidence(row: LedgerRow): Omit<LedgerRow, 'evidence'> & { evidence: unknown } {
  return { ...row, evidence: JSON.parse(row.evidence) as unknown };
}

/** A portal needs a look when something failed, nothing was ever fetched, or it is blocked. */
function inTrouble(portal: PortalHealth): boolean {
  return portal.enabled && (portal.lastVisit === null || portal.captured === 0
    || portal.reasons.some((reason) => reason.state === 'failed' || reason.reason === 'robots-disallowed'));
}

function stateOf(portal: PortalHealth): string {
  const reasons = portal.reasons.filter(({ state, reason }) => state !== 'skipped' || reason === 'robots-disallowed')
    .slice(0, 3).map(({ state, reason, pages }) => `${reason} ×${pages}${state === 'waiting' ? ', to be tried again' : ''}`).join(', ');
  if (reasons !== '') return reasons;
  return portal.lastVisit === null ? 'never visited' : portal.captured === 0 ? 'nothing came' : 'fine';
}

function portalRow(portal: PortalHealth): string[] {
  return [portal.code ?? '', portal.agency ?? portal.portalId, `${portal.reports}`, `${portal.captured}`, portal.lastVisit?.slice(0, 10) ?? '', stateOf(portal), portal.address];
}

function portalLines(portals: readonly PortalHealth[], all: boolean): string {
  const shown = all ? portals : portals.filter(inTrouble);
  const fine = portals.filter((portal) => portal.enabled && !inTrouble(portal)).length;
  const head = `Portals: ${portals.length}, of which ${fine} fine${all || shown.length === 0 ? '.' : ', and these not:'}`;
  if (shown.length === 0) return head;
  return `${head}\n${plainTable([['code', 'agency', 'reports', 'pages', 'last visit', 'state', 'address'], ...shown.map(portalRow)].map((row) => row.map(safeForTerminal)))}`;
}

function runLines(runs: readonly RunRow[]): string {
  if (runs.length === 0) return 'No run yet.';
  const rows = runs.map((run) => [`${run.runId}`, run.command, run.startedAt.slice(0, 16).replace('T', ' '), run.outcome, `${run.requests}`, `${run.newReports}`, `${run.changedReports}`]);
  return plainTable([['run', 'command', 'started (UTC)', 'outcome', 'requests', 'new', 'changed'], ...rows]);
}

/** Alarms that hold, of these places (all when none is named). */
function alarmsThere(database: Sqlite, places: readonly string[]): AlarmRow[] {
  return openAlarms(database).filter(({ code }) => places.length === 0 || (code !== null && places.some((place) => code.startsWith(codePrefix(place)))));
}

function alarmLines(alarms: readonly AlarmRow[]): string {
  const say = sayIn('en');
  return alarms.map((alarm) => safeForTerminal(`Alarm since ${alarm.raisedAt.slice(0, 10)}: ${alarmSentence(alarm, say)}`)).join('\n');
}

function printStatus(context: CommandContext, found: { ledger: LedgerRow[]; portals: PortalHealth[]; lists: ListRow[]; runs: RunRow[]; alarms: AlarmRow[] }, all: boolean): void {
  const ledger = found.ledger.map((row) => ({ ...row, agency: safeForTerminal(row.agency) }));
  if (ledger.length > 0) context.print(`${ledgerTable(ledger, ledgerPaintFor(context))}\n${ledgerLegend()}\n${ledgerCounts(ledger)}\n\n`);
  else context.print('The ledger has no row for this yet.\n\n');
  const lists = completenessLines(found.lists).join('\n') + (all && found.lists.length > 0 ? `\n${listTable(found.lists)}` : '');
  context.print(`${[alarmLines(found.alarms), portalLines(found.portals, all), lists, runLines(found.runs)].filter((part) => part !== '').join('\n\n')}\n`);
}

/** Shows the ledger of these places (all when none is named), portals and runs. */
export async function statusCommand(context: CommandContext, options: StatusOptions = {}): Promise<ExitCode> {
  const places = placeCodes(options.places ?? []);
  const database = openReader(context.config.storage);
  try {
    const found = { ledger: readLedger(database, { places }), portals: readPortalHealth(database, places), lists: readLists(database, places), runs: readRuns(database, LAST_RUNS), alarms: alarmsThere(database, places) };
    if (context.json) context.print(`${JSON.stringify({ ledger: found.ledger.map(parsedEvidence), portals: found.portals, lists: found.lists, runs: found.runs, alarms: found.alarms })}\n`);
    else printStatus(context, found, places.length > 0);
    return 0;
  } finally {
    database.close();
  }
}
