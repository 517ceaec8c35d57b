/** The ledger's rules: when a report was due, and what may be said of an agency's year from what is known. No rows are read here. */
import type { Grade } from '../record.js';

export type LedgerState = 'held' | 'held-late' | 'mirror-only' | 'not-found' | 'blocked' | 'removed' | 'not-due' | 'not-searched';

/** First year that had to be reported: the regulation of 2007 came into force on 1 May 2008. */
export const FIRST_YEAR = 2008;

/** First report year under the regulation of 2019 (Art. 49), which moved the departments' day from 31 March to 31 January. */
const FIRST_YEAR_DUE_IN_JANUARY = 2019;

/** A report of the agency for the year, as the archive holds it. */
export interface HeldReport {
  readonly reportId: string;
  readonly grade: Grade | null;
  readonly publishedOn: string | null;
  readonly removedAt: string | null;
  readonly url: string;
}

/** A list page, with the newest reading of it. */
export interface ListRead {
  readonly url: string;
  readonly readAt: string;
  readonly rows: number;
  readonly reportRows: number | null;
}

/** A page that did not answer the question: its reason is one of the outcomes', or `empty-list`, `partial-list`, `script-shell`, `not-visited`, `not-recognised`. */
export interface OpenQuestion {
  readonly url: string;
  readonly reason: string;
  readonly anchor: string | null;
  /** The report year that the link names; null when it may be any. */
  readonly year: number | null;
}

/** What is known of the portals on which an agency publishes. */
export interface Search {
  readonly portals: number;
  readonly lists: readonly ListRead[];
  readonly open: readonly OpenQuestion[];
}

export interface Verdict {
  readonly state: LedgerState;
  readonly report: HeldReport | null;
  readonly daysLate: number | null;
  /** The open questions that the state rests on. */
  readonly open: readonly OpenQuestion[];
}

/** The day by which a department's report for `year` had to be published, `YYYY-MM-DD`. */
export function dueOn(year: number): string {
  return `${year + 1}-${year < FIRST_YEAR_DUE_IN_JANUARY ? '03-31' : '01-31'}`;
}

/** China's calendar day at an instant (ISO 8601): a harvest at half past one at night there is on the evening before in UTC. */
export function dayInChina(instant: string): string {
  const hoursAhead = 8;
  return new Date(Date.parse(instant) + hoursAhead * 3_600_000).toISOString().slice(0, 10);
}

/** The last report year whose day has passed on `today` (`YYYY-MM-DD`). */
export function lastDueYear(today: string): number {
  const candidate = Number(today.slice(0, 4)) - 1;
  return dueOn(candidate) < today ? candidate : candidate - 1;
}

/** Whole days from `due` to `published`; negative before it. */
function daysBetween(due: string, published: string): number {
  return Math.round((Date.parse(`${published}T00:00:00Z`) - Date.parse(`${due}T00:00:00Z`)) / 86_400_000);
}

const COPIES: ReadonlySet<Grade | null> = new Set<Grade | null>(['mirror', 'clone']);

/** Best first: live before removed, official before unknown before mirror before clone, then the earlier publication. */
const GRADE_ORDER: readonly (Grade | null)[] = ['official', null, 'mirror', 'clone'];

function order(report: HeldReport): string {
  const copy = COPIES.has(report.grade) ? 1 : 0;
  return [copy, report.removedAt === null ? 0 : 1, GRADE_ORDER.indexOf(report.grade), report.publishedOn ?? '9999', report.reportId].join('|');
}

/** The report that stands for the agency's year. */
export function bestReport(reports: readonly HeldReport[]): HeldReport | null {
  return [...reports].sort((a, b) => (order(a) < order(b) ? -1 : 1))[0] ?? null;
}

function verdictOnHeld(year: number, reports: readonly HeldReport[]): Verdict | null {
  const report = bestReport(reports);
  if (!report) return null;
  const late = report.publishedOn === null ? null : Math.max(0, daysBetween(dueOn(year), report.publishedOn));
  const daysLate = COPIES.has(report.grade) ? null : late;
  const verdict = (state: LedgerState): Verdict => ({ state, report, daysLate, open: [] });
  if (COPIES.has(report.grade)) return verdict('mirror-only');
  if (report.removedAt !== null) return verdict('removed');
  return verdict(daysLate !== null && daysLate > 0 ? 'held-late' : 'held');
}

/** Reasons that say somebody keeps us out: challenge pages, captchas, logins, robots.txt. */
export function isBlock(reason: string): boolean {
  return /^(?:blocked-|captcha$|login$|robots-disallowed$|crawl-delay-too-long$)/u.test(reason);
}

/** Reasons by which a server says that a page it links to is no longer there. */
function isGone(reason: string): boolean {
  return reason === 'gone' || reason === 'soft-404';
}

/**
 * The questions that stay open for `year`. A column that is gone leaves none where another list named reports: portals link to
 * dead sections for years.
 */
function openFor(year: number, search: Search): OpenQuestion[] {
  const answered = search.lists.some((list) => (list.reportRows ?? 0) > 0);
  return search.open.filter((question) => question.year === year || (question.year === null && !(answered && isGone(question.reason))));
}

/**
 * The state of an agency's year on `today`. `not-found` needs a list that was read and held rows, and no open question: a page
 * that failed, was blocked or came back empty is never evidence of absence. A link that names the year and leads to a page its server
 * calls gone means `removed`.
 */
export function verdictOf(year: number, today: string, facts: { readonly reports: readonly HeldReport[]; readonly search: Search }): Verdict {
  const held = verdictOnHeld(year, facts.reports);
  if (held) return held;
  const open = openFor(year, facts.search);
  const verdict = (state: LedgerState, questions = open): Verdict => ({ state, report: null, daysLate: null, open: questions });
  if (dueOn(year) >= today) return verdict('not-due', []);
  if (open.some((question) => isBlock(question.reason))) return verdict('blocked');
  const gone = open.filter((question) => question.year === year && isGone(question.reason));
  if (gone.length > 0) return verdict('removed', gone);
  if (open.length > 0 || facts.search.lists.length === 0) return verdict('not-searched');
  return verdict('not-found');
}

/** Years in the words of a link, written with digits: 2016年, ２０１６年度, 2018. */
const YEAR = /(?<!\d)(20(?:0[89]|[1-9]\d))(?!\d)/u;

/**
 * The report year a link names: in its words, else the year before the date beside it. Null when neither says. The path is not
 * asked: its date is that of a migration as often as not.
 */
export function linkedYear(anchor: string | null, listedOn: string | null): number | null {
  const named = YEAR.exec((anchor ?? '').normalize('NFKC'))?.[1];
  if (named !== undefined) return Number(named);
  const year = Number(listedOn?.slice(0, 4));
  return Number.isInteger(year) && year > FIRST_YEAR ? year - 1 : null;
}
