/** Says in words how complete the lists are: what they name, what was fetched, what is held, and what is missing for which reason. */
import { safeForTerminal } from '../log.js';
import type { ListRow } from '../store/lists.js';
import { counted } from './counted.js';
import { plainTable } from './ledger-table.js';

/** Sums over some lists. `unseen`: rows that lists say they have and nobody saw. A report on two lists is counted on each. */
export interface ListCounts {
  readonly lists: number;
  readonly whole: number;
  readonly partial: number;
  readonly unread: number;
  readonly listed: number;
  readonly fetched: number;
  readonly held: number;
  readonly unseen: number;
}

function unseenOf({ total, rows }: ListRow): number {
  return total === null ? 0 : Math.max(0, total - (rows ?? 0));
}

/** Adds up the counts of lists. */
export function countLists(lists: readonly ListRow[]): ListCounts {
  const sum = (number: (list: ListRow) => number): number => lists.reduce((all, list) => all + number(list), 0);
  const inState = (state: ListRow['state']): number => sum((list) => (list.state === state ? 1 : 0));
  return {
    lists: lists.length, whole: inState('whole'), partial: inState('partial'), unread: inState('unread'), listed: sum((list) => list.listed), fetched: sum((list) => list.fetched),
    held: sum((list) => list.held), unseen: sum(unseenOf),
  };
}

/** A list of which all is held needs no word. */
function isIncomplete(list: ListRow): boolean {
  return list.state !== 'whole' || list.held < list.listed;
}

/** Missing reports named below one list, and lists spelled out, before the rest is counted. */
const NAMED = 12;
const SPELLED = 20;

function missingLines({ missing }: ListRow): string[] {
  const lines = missing.slice(0, NAMED).map(({ anchor, year, reason, url }) => `    missing  ${reason}  ${anchor ?? year ?? ''}  ${url}`);
  return missing.length > NAMED ? [...lines, `    … and ${missing.length - NAMED} more`] : lines;
}

function why(list: ListRow): string {
  const unseen = unseenOf(list);
  const parts = [...list.causes, ...(unseen > 0 ? [`${unseen} of ${counted(list.total ?? 0, 'row')} not seen`] : [])];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function listLines(list: ListRow): string[] {
  const counts = `${list.listed} listed, ${list.fetched} fetched, ${list.held} held`;
  return [`  ${list.agency ?? list.portalId}: ${list.state}${why(list)}: ${counts}  ${list.url}`, ...missingLines(list)];
}

/** One line of sums, then every list that is not whole or not all held, with what is missing. Safe for a terminal. */
export function completenessLines(lists: readonly ListRow[]): string[] {
  if (lists.length === 0) return [];
  const { whole, partial, unread, listed, fetched, held, unseen } = countLists(lists);
  const incomplete = lists.filter(isIncomplete);
  const head = `Lists: ${lists.length}, of which ${whole} whole, ${partial} partial, ${unread} not read; they name ${counted(listed, 'report')}: ${fetched} fetched, ${held} held${unseen > 0 ? `; ${counted(unseen, 'row was', 'rows were')} never seen` : ''}.`;
  const more = incomplete.length > SPELLED ? [`  … and ${counted(incomplete.length - SPELLED, 'more list that is', 'more lists that are')} not complete ("nianbao status PLACE" shows them)`] : [];
  return [head, ...incomplete.slice(0, SPELLED).flatMap(listLines), ...more].map(safeForTerminal);
}

/** Every list as a table. Safe for a terminal. */
export function listTable(lists: readonly ListRow[]): string {
  const count = (number: number | null): string => (number === null ? '?' : String(number));
  const rows = lists.map((list) => [
    list.agency ?? list.portalId, list.state, `${count(list.rows)}/${count(list.total)}`, `${list.pagesRead}/${count(list.pages)}`, `${list.listed}`, `${list.fetched}`, `${list.held}`, list.family ?? '', list.causes.join(' '), list.url,
  ]);
  return plainTable([['agency', 'list', 'rows/said', 'pages/said', 'listed', 'fetched', 'held', 'family', 'why', 'address'], ...rows].map((row) => row.map(safeForTerminal)));
}
