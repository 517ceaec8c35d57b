/** Puts the pages of each list together and counts what it names, what was fetched of that and what is held. */
import { linkedYear } from './ledger-rules.js';
import type { Sqlite } from './open.js';
import { cutBy, isReceived, readingFault } from './reading-fault.js';
import { statement } from './statement.js';

/** `unread`: not one row was seen. `partial`: something is known to be missing of the list itself. */
export type ListState = 'whole' | 'partial' | 'unread';

/** A report that a list names and the archive does not hold. */
export interface MissingReport {
  readonly url: string;
  readonly anchor: string | null;
  readonly year: number | null;
  /** The candidate's reason, or `not-visited`, `not-derived`, `in-attachment`, `not-recognised`. */
  readonly reason: string;
}

/** A list of a portal, its further pages included. */
export interface ListFacts {
  readonly portalId: string;
  /** Address of its first page. */
  readonly url: string;
  /** The words of the link that led there. */
  readonly name: string | null;
  readonly family: string | null;
  readonly state: ListState;
  readonly readAt: string | null;
  /** Rows that the list says it has (共 N 条); null when it does not say. */
  readonly total: number | null;
  /** Rows seen, reports or not; null when no page gave any. */
  readonly rows: number | null;
  /** Pages that the list says it has, and those that were read. */
  readonly pages: number | null;
  readonly pagesRead: number;
  /** Reports of the agency that it names, those fetched, those held. */
  readonly listed: number;
  readonly fetched: number;
  readonly held: number;
  /** Why it is not whole: reasons of pages that did not come, what cut it short (`limit`, `needs-post` …), `rows-missing` or `pages-missing` when fewer came than it says. */
  readonly causes: readonly string[];
  readonly missing: readonly MissingReport[];
}

interface PageRow {
  readonly url: string; readonly urlKey: string; readonly kind: string; readonly heardVia: string; readonly referrer: string | null; readonly anchor: string | null;
  readonly state: string; readonly reason: string | null; readonly lastSeen: string;
  /** Null when the page was never read. */
  readonly finalUrl: string | null; readonly readAt: string; readonly pageKind: string; readonly family: string; readonly rows: number | null; readonly total: number | null;
  readonly pages: number | null; readonly stop: string | null; readonly found: number; readonly notices: string;
}

/** Pages that are lists or should lead to one, with the newest reading (SQLite takes the other columns from the row that holds the maximum). */
const PAGES = `
  SELECT k.url, k.url_key AS urlKey, k.kind, k.heard_via AS heardVia, k.referrer, k.anchor, k.state, k.reason, k.last_seen AS lastSeen,
    n.finalUrl, n.readAt, n.pageKind, n.family, n.rows, n.total, n.pages, n.stop, n.found, n.notices
  FROM candidate k LEFT JOIN (
    SELECT c.url, c.final_url AS finalUrl, coalesce(o.fetched_at, c.fetched_at) AS readAt, r.page_kind AS pageKind, r.family, r.rows, r.total, r.pages, r.stop,
      r.found, r.notices, max(r.capture_id)
    FROM reading r JOIN capture c ON c.capture_id = r.capture_id LEFT JOIN capture o ON o.capture_id = c.revisit_of
    WHERE r.portal_id = @portalId GROUP BY c.url) n ON n.url = k.url
  WHERE k.portal_id = @portalId AND k.kind <> 'robots' AND (n.url IS NOT NULL OR k.kind IN ('home', 'column', 'list')) ORDER BY k.candidate_id`;

interface RowFacts {
  readonly page: string; readonly url: string; readonly urlKey: string; readonly kind: string; readonly state: string; readonly reason: string | null; readonly anchor: string | null;
  readonly listedOn: string | null; readonly lastCaptureId: number | null; readonly finalUrl: string | null; readonly documentKind: string | null;
  readonly attachments: string | null; readonly underived: number;
}

const ROWS = `
  SELECT l.page, k.url, k.url_key AS urlKey, k.kind, k.state, k.reason, k.anchor, k.listed_on AS listedOn, k.last_capture_id AS lastCaptureId, c.final_url AS finalUrl,
    v.kind AS documentKind, v.attachments, u.capture_id IS NOT NULL AS underived
  FROM listed l JOIN candidate k ON k.portal_id = l.portal_id AND k.url_key = l.url_key LEFT JOIN capture c ON c.capture_id = k.last_capture_id
    LEFT JOIN underived u ON u.capture_id = k.last_capture_id LEFT JOIN document d ON d.url_key = l.url_key
    LEFT JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
  WHERE l.portal_id = ? ORDER BY k.candidate_id`;

/** A report that stands behind the listed page: in its attachment, or where it sends on to. */
const BEHIND = `
  SELECT 1 FROM candidate k JOIN document d ON d.url_key = k.url_key JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
  WHERE k.portal_id = ? AND k.referrer = ? AND k.heard_via IN ('attachment', 'redirect', 'meta-refresh', 'script-redirect', 'frame') AND v.kind = 'annual-report' LIMIT 1`;

/** Links whose words promise a column of reports: when such a page does not come, a list was not read. */
const COLUMN_WORDS = /年报|年度?报告/u;

function isHeld(database: Sqlite, portalId: string, row: RowFacts): boolean {
  if (row.documentKind === 'annual-report') return true;
  return row.finalUrl !== null && statement(database, BEHIND).get(portalId, row.finalUrl) !== undefined;
}

function isFetched(row: RowFacts): boolean {
  return row.lastCaptureId !== null && isReceived(row);
}

function whyMissing(row: RowFacts): string {
  if (row.lastCaptureId === null && row.state === 'waiting') return 'not-visited';
  if (!isReceived(row)) return row.reason ?? row.state;
  if (row.underived === 1) return 'not-derived';
  return row.kind === 'attachment' || (row.attachments ?? '[]') !== '[]' ? 'in-attachment' : 'not-recognised';
}

function missingOf(row: RowFacts): MissingReport {
  return { url: row.url, anchor: row.anchor, year: linkedYear(row.anchor, row.listedOn), reason: whyMissing(row) };
}

/** The page that a further page belongs to; null for a first page. */
function parentOf(page: PageRow, byAddress: ReadonlyMap<string, PageRow>): PageRow | null {
  if (page.heardVia !== 'paging' || page.referrer === null) return null;
  const parent = byAddress.get(page.referrer) ?? null;
  return parent === page ? null : parent;
}

/** A further page that its list named before and does not name any more: the list has become shorter. */
function isOutOfDate(page: PageRow, parent: PageRow): boolean {
  return parent.finalUrl !== null && page.lastSeen < parent.readAt;
}

/** The pages of each list by its first page, in the order in which they were heard of. */
function groupPages(pages: readonly PageRow[]): Map<PageRow, PageRow[]> {
  const byAddress = new Map<string, PageRow>();
  for (const page of pages) for (const address of [page.finalUrl ?? page.url, page.url]) if (!byAddress.has(address)) byAddress.set(address, page);
  const groups = new Map<PageRow, PageRow[]>();
  for (const page of pages) {
    let first = page;
    let current = true;
    // Pages may name each other in a circle: the walk is no longer than there are pages.
    for (let steps = 0, parent = parentOf(first, byAddress); parent && steps < pages.length; steps += 1, parent = parentOf(first, byAddress)) {
      current &&= !isOutOfDate(first, parent);
      first = parent;
    }
    if (current) groups.set(first, [...(groups.get(first) ?? []), page]);
  }
  return groups;
}

function isRead(page: PageRow): boolean {
  return page.finalUrl !== null && isReceived(page);
}

/** Why one page is not whole; null when it is. A page of an article is none of a list. */
function causeOf(page: PageRow): string | null {
  if (!isReceived(page)) return page.reason ?? (page.state === 'waiting' ? 'not-visited' : page.state);
  if (page.finalUrl === null) return null;
  const fault = readingFault(page);
  return fault === null || fault === 'empty-list' ? fault : cutBy(page) ?? fault;
}

/** Whether these pages are a list, or were to be one: rows came, reports are named, or a page that promised reports did not come. */
function isList(first: PageRow, pages: readonly PageRow[], rows: readonly RowFacts[]): boolean {
  if (rows.length > 0 || pages.some((page) => page.rows !== null)) return true;
  if (pages.some((page) => page.finalUrl !== null && readingFault(page) !== null)) return true;
  const isPromising = first.heardVia === 'seed' || COLUMN_WORDS.test((first.anchor ?? '').normalize('NFKC'));
  return isPromising && pages.some((page) => causeOf(page) !== null);
}

function most(pages: readonly PageRow[], first: PageRow, number: (page: PageRow) => number | null): number | null {
  const own = number(first);
  if (own !== null) return own;
  const said = pages.flatMap((page) => number(page) ?? []);
  return said.length === 0 ? null : Math.max(...said);
}

type Counted = Pick<ListFacts, 'total' | 'rows' | 'pages' | 'pagesRead' | 'causes'>;

/** Pages are held against the number said only where rows are not: a proxy gives the rows of three pages in one answer. */
function countRows(first: PageRow, pages: readonly PageRow[], missing: readonly MissingReport[]): Counted {
  const given = pages.flatMap((page) => (isRead(page) ? page.rows ?? [] : []));
  const rows = given.length === 0 ? null : given.reduce((sum, count) => sum + count, 0);
  const total = most(pages, first, (page) => page.total);
  const said = most(pages, first, (page) => page.pages);
  const causes = new Set(pages.flatMap((page) => causeOf(page) ?? []));
  for (const { reason } of missing) if (reason.endsWith('-limit')) causes.add(reason);
  if (total !== null && (rows ?? 0) < total) causes.add('rows-missing');
  if (total === null && said !== null && given.length < said) causes.add('pages-missing');
  return { total, rows, pages: said, pagesRead: given.length, causes: [...causes] };
}

function stateOf({ rows, causes }: Counted, listed: number): ListState {
  if (causes.length === 0) return 'whole';
  return (rows ?? 0) === 0 && listed === 0 ? 'unread' : 'partial';
}

function listOf(database: Sqlite, portalId: string, list: { first: PageRow; pages: readonly PageRow[]; rows: readonly RowFacts[] }): ListFacts {
  const { first, pages, rows } = list;
  const missing = rows.filter((row) => !isHeld(database, portalId, row)).map(missingOf);
  const counted = countRows(first, pages, missing);
  const read = pages.filter(isRead);
  return {
    portalId, url: first.url, name: first.anchor, family: read.find((page) => page.rows !== null)?.family ?? read[0]?.family ?? null, state: stateOf(counted, rows.length),
    readAt: read.map((page) => page.readAt).sort().at(-1) ?? null, ...counted, listed: rows.length, fetched: rows.filter(isFetched).length, held: rows.length - missing.length, missing,
  };
}

/** The reports that these pages name, each once. A row that turned out to be a list of its own (2019年) is counted there. */
function rowsOfPages(pages: readonly PageRow[], byPage: ReadonlyMap<string, readonly RowFacts[]>, lists: ReadonlySet<string>): RowFacts[] {
  const rows = pages.flatMap((page) => byPage.get(page.url) ?? []);
  return [...new Map(rows.filter((row) => row.documentKind === 'annual-report' || !lists.has(row.urlKey)).map((row) => [row.urlKey, row])).values()];
}

/** An address that is not there, tried for a link that names none (null.shtml): of several guesses one is right. */
function isWrongGuess(first: PageRow, list: ListFacts): boolean {
  return first.heardVia === 'link' && list.state === 'unread' && list.causes.every((cause) => cause === 'gone' || cause === 'soft-404');
}

/** Every list of a portal, in the order in which they were heard of. */
export function gatherLists(database: Sqlite, portalId: string): ListFacts[] {
  const pages = statement(database, PAGES).all({ portalId }) as PageRow[];
  const byPage = new Map<string, RowFacts[]>();
  for (const row of statement(database, ROWS).all(portalId) as RowFacts[]) byPage.set(row.page, [...(byPage.get(row.page) ?? []), row]);
  const lists = new Set(pages.filter((page) => page.finalUrl !== null && (page.rows ?? page.found) > 0).map(({ urlKey }) => urlKey));
  const found = [...groupPages(pages)].flatMap(([first, members]) => {
    const rows = rowsOfPages(members, byPage, lists);
    return isList(first, members, rows) ? [{ first, list: listOf(database, portalId, { first, pages: members, rows }) }] : [];
  });
  const linkOf = ({ referrer, anchor }: PageRow): string => `${referrer ?? ''} ${anchor ?? ''}`;
  const answered = new Set(found.filter(({ list }) => list.state !== 'unread').map(({ first }) => linkOf(first)));
  return found.filter(({ first, list }) => !isWrongGuess(first, list) || !answered.has(linkOf(first))).map(({ list }) => list);
}
