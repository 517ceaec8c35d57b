/** Sums up what one page of a list said: rows, totals, further pages, and whether anything is missing. */
import type { Notice } from '../record.js';
import type { DiscoveredKind, ListReading, StopReason } from './discovery.js';
import { notice } from './discovery.js';
import type { FamilyReading } from './families/family.js';
import type { Rows } from './list.js';
import type { PageView } from './page-view.js';
import type { Paging } from './paging.js';
import { pagingOf } from './paging.js';

export interface ListFacts {
  readonly view: PageView;
  readonly family: string;
  readonly reading: FamilyReading;
  readonly rows: Rows;
  readonly isReportColumn: boolean;
  /** Whether the column names its parts by publisher. */
  readonly hasParts: boolean;
  /** Whether the page is no column of reports and names one: then that column is the evidence. */
  readonly namesColumn: boolean;
  readonly knownListUrls: ReadonlySet<string>;
}

export interface SummedUp {
  /** Null when the list is walked in the hope of a report, but says nothing of what there is not. */
  readonly list: ListReading | null;
  readonly nextUrls: readonly string[];
  readonly notices: readonly Notice[];
}

/**
 * A list that is no column of reports and names none on its first page is walked this far. Disclosure sections of one agency had
 * up to 20 pages; news columns have hundreds and hold no report.
 */
const MIXED_PAGES = 20;

/** The family's word on paging where it has one, else the generic chain's. */
function pagingFor({ view, reading }: ListFacts): Paging {
  if (reading.next === undefined && reading.stop === undefined) {
    const paging = pagingOf(view);
    return { ...paging, total: reading.total ?? paging.total, pages: reading.pages ?? paging.pages, pageNumber: reading.pageNumber ?? paging.pageNumber };
  }
  const nextUrls = (reading.next ?? []).map(({ url }) => url);
  const stop: StopReason = nextUrls.length > 0 ? reading.stop ?? 'more' : reading.stop ?? 'no-next';
  return { pages: reading.pages ?? null, pageNumber: reading.pageNumber ?? null, total: reading.total ?? null, nextUrls, stop, notices: [] };
}

/** Whether a page without rows names the place where its rows are: a frame, an endpoint, the departments' columns, a script. */
function leadsElsewhere({ view, reading, hasParts }: ListFacts, kind: DiscoveredKind): boolean {
  return kind === 'shell' || hasParts || view.flat.frames.length > 0 || (reading.found?.length ?? 0) > 0 || (reading.next?.length ?? 0) > 0;
}

/** Whether the page is part of a list worth walking. */
function isList(facts: ListFacts, kind: DiscoveredKind): boolean {
  const { view, rows, isReportColumn, reading } = facts;
  if (kind === 'article' || kind === 'other' || kind === 'home' || facts.namesColumn || view.page.heardVia === 'search') return false;
  if (rows.count === 0 && leadsElsewhere(facts, kind)) return false;
  if (isReportColumn || rows.reportCount > 0 || view.page.heardVia === 'paging') return true;
  if (kind === 'shell') return false;
  return reading.links !== undefined || (kind === 'list' && view.page.kind !== 'article');
}

/** Whether the list is evidence of what there is and is not: a column of reports, or a list that holds some. */
function isEvidence({ isReportColumn, rows }: ListFacts): boolean {
  return isReportColumn || rows.reportCount > 0;
}

const UNREAD = 'that is a failure to read it, not evidence that there is nothing';

/**
 * What a page without a report says. On the only page of a column that is named after reports, rows that name none are those of a
 * side bar as often as not: the column counts as not read.
 */
function emptiness({ view, rows, isReportColumn }: ListFacts, paging: Paging): Notice[] {
  const isFurther = view.page.heardVia === 'paging';
  if (isFurther && rows.count === 0) return [notice('discover-partial-list', `a further page of this list came back without a row (${view.markup.length} characters)`)];
  if (rows.count === 0) return [notice('discover-empty-list', `the list has no row; ${UNREAD}`)];
  if (rows.reportCount > 0 || isFurther) return [];
  if (isReportColumn && paging.nextUrls.length === 0) return [notice('discover-empty-list', `none of ${rows.count} rows names an annual report; ${UNREAD}`)];
  return [notice('discover-no-report-rows', `none of ${rows.count} rows names an annual report`)];
}

/** Rows that the list says it has and no page was named for. */
function incompleteness({ view, rows, reading }: ListFacts, paging: Paging): Notice[] {
  const { total } = paging;
  if (reading.stop !== undefined) return [];
  const isWhole = paging.nextUrls.length === 0 && (paging.pages ?? 1) <= 1 && view.page.heardVia !== 'paging';
  const isSaid = (reading.notices ?? []).some(({ code }) => code.includes('partial') || code.includes('needs'));
  if (total === null || !isWhole || isSaid || paging.notices.length > 0 || rows.count === 0 || rows.count >= total) return [];
  return [notice('discover-partial-list', `the list says it has ${total} rows; it gave ${rows.count} and names no further page`)];
}

/** The number of a page by its pager, its parameter or its file name; 1 when none says. */
function numberOf({ view }: ListFacts, paging: Paging): number {
  const named = /(?:_|\/)(\d{1,5})\.\w{2,5}$/u.exec(new URL(view.url).pathname)?.[1];
  return paging.pageNumber ?? Number(view.page.heardVia === 'paging' && named !== undefined ? named : 1);
}

function withinLimits(facts: ListFacts, paging: Paging): Paging {
  const left = Math.max(0, MIXED_PAGES - numberOf(facts, paging));
  if (isEvidence(facts) || paging.nextUrls.length <= left) return paging;
  const message = `a list without a report on this page has at least ${paging.nextUrls.length - left} more pages than the ${MIXED_PAGES} that are read`;
  return { ...paging, nextUrls: paging.nextUrls.slice(0, left), stop: 'limit', notices: [notice('discover-partial-list', message)] };
}

function stopOf({ view, rows, knownListUrls }: ListFacts, paging: Paging): StopReason {
  if (view.page.heardVia === 'paging' && rows.count === 0) return 'broken-page';
  const isCircle = paging.nextUrls.length > 0 && paging.nextUrls.every((url) => knownListUrls.has(url));
  return isCircle ? 'no-new' : paging.stop;
}

/** The reading of the list on this page with what is wrong with it; null when the page is no list that could hold a report. */
export function listReading(facts: ListFacts, kind: DiscoveredKind): SummedUp | null {
  if (!isList(facts, kind)) return null;
  const paging = withinLimits(facts, pagingFor(facts));
  const { rows, family } = facts;
  const { total, pages, pageNumber, nextUrls } = paging;
  const list: ListReading = { family, rows: rows.count, reportRows: rows.reportCount, total, pages, pageNumber, nextUrls, stop: stopOf(facts, paging) };
  return { list: isEvidence(facts) ? list : null, nextUrls, notices: [...paging.notices, ...emptiness(facts, paging), ...incompleteness(facts, paging)] };
}
