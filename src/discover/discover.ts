/** Turns a page into candidates; finding none is a notice, never silence. */
import type { Notice } from '../record.js';
import { articleLinks } from './articles.js';
import type { DiscoveredKind, Discovery, DiscoverInput, FoundLink, ListReading } from './discovery.js';
import { notice } from './discovery.js';
import type { FamilyReading } from './families/family.js';
import { familyOf } from './families/index.js';
import { LINK_LIMIT } from './links.js';
import type { Rows } from './list.js';
import { PRIORITY, readRows, rowLink } from './list.js';
import { listReading } from './list-reading.js';
import { isReportColumnPage, pageKind } from './page-kind.js';
import type { PageView } from './page-view.js';
import { viewOf } from './page-view.js';
import { framesOf, redirectsOf } from './redirects.js';
import { leadsOf, partsOf } from './sections.js';
import { searchOf } from './site-search.js';
import { isSoftMissing } from './soft-missing.js';

export type { Discovery, DiscoverInput, FoundLink, ListReading, StopReason } from './discovery.js';

/** Everything that was learned of a page before it is decided what to follow. */
interface Facts {
  readonly view: PageView;
  readonly family: string;
  readonly reading: FamilyReading;
  readonly rows: Rows;
  readonly isReportColumn: boolean;
  /** Links that lead on besides the rows. */
  readonly parts: readonly FoundLink[];
  readonly hasParts: boolean;
  /** Whether the page is no column of reports and names one. */
  readonly namesColumn: boolean;
  readonly knownListUrls: ReadonlySet<string>;
}

function leads(view: PageView, isReportColumn: boolean): Pick<Facts, 'parts' | 'hasParts' | 'namesColumn'> {
  const scope = { seed: view.page.seed, ownUrl: view.url };
  if (!isReportColumn) {
    const parts = leadsOf(view.links, scope);
    return { parts, hasParts: false, namesColumn: parts.some(({ priority }) => priority === PRIORITY.column) };
  }
  const { byPublisher, columns } = partsOf(view.links, scope);
  return { parts: [...byPublisher, ...columns], hasParts: byPublisher.length > 0, namesColumn: false };
}

function gather({ page, knownListUrls }: DiscoverInput): Facts {
  const view = viewOf(page);
  const family = familyOf(view);
  const reading = family.read?.(view) ?? {};
  const isReportColumn = reading.isReportColumn ?? isReportColumnPage(view);
  const rows = readRows(reading.links ?? view.links, { isReportColumn, seed: page.seed, ownUrl: view.url });
  return { view, family: family.id, reading, rows, isReportColumn, ...leads(view, isReportColumn), knownListUrls: knownListUrls ?? new Set() };
}

function pagingLinks(facts: Facts, list: ListReading): FoundLink[] {
  const { view, reading } = facts;
  const headers = new Map((reading.next ?? []).map((next) => [next.url, next.headers]));
  const anchor = view.page.anchor ?? view.flat.metas.get('columnname') ?? null;
  return list.nextUrls.map((url) => {
    const own = headers.get(url);
    return { url, kind: 'list', heardVia: 'paging', anchor, listedOn: null, priority: PRIORITY.list, ...(own ? { headers: own } : {}) };
  });
}

/** Each address once, the sooner use of it first. */
function once(links: readonly FoundLink[], ownUrl: string): FoundLink[] {
  const kept = new Map<string, FoundLink>();
  for (const link of links) {
    const known = kept.get(link.url);
    if (link.url !== ownUrl && (!known || link.priority < known.priority)) kept.set(link.url, link);
  }
  return [...kept.values()].sort((a, b) => a.priority - b.priority);
}

/** Whether the site's search is worth its one query: nothing else led anywhere. */
function lastResort(view: PageView, found: readonly FoundLink[]): FoundLink[] {
  return found.length > 0 || view.page.heardVia === 'search' ? [] : searchOf(view);
}

function followColumn(facts: Facts, list: ListReading | null): FoundLink[] {
  const { view, rows, reading, parts } = facts;
  const reports = rows.wanted.map(rowLink);
  const frames = rows.reportCount === 0 ? framesOf(view) : [];
  return [...reports, ...(reading.found ?? []), ...parts, ...frames, ...(list ? pagingLinks(facts, list) : [])];
}

function followed(facts: Facts, kind: DiscoveredKind, list: ListReading | null): FoundLink[] {
  if (kind === 'article') return [...(facts.reading.found ?? []), ...articleLinks(facts.view, facts.rows)];
  const found = followColumn(facts, list);
  return [...found, ...lastResort(facts.view, found)];
}

function noticesOf(facts: Facts, kind: DiscoveredKind, found: readonly FoundLink[]): Notice[] {
  const { view, reading, rows } = facts;
  const notices = [...view.notices, ...(reading.notices ?? []), ...(kind === 'article' ? [] : rows.notices)];
  if (view.flat.anchors.length > LINK_LIMIT) notices.push(notice('discover-link-limit', `the page has ${view.flat.anchors.length} links; the first ${LINK_LIMIT} were read`));
  if (kind === 'shell' && found.length === 0) notices.push(notice('discover-needs-script', 'the page prints nothing itself; its list comes by script'));
  return notices;
}

function nowhere(family: string, kind: DiscoveredKind, found: FoundLink[]): Discovery {
  return { kind, family, found, list: null, notices: [] };
}

/**
 * What `page` is and where it leads: reports, further list pages, columns, sections, in that order. Works for HTML and for the XML
 * and JSON that lists are answered with. Throws nothing: what cannot be read is a notice.
 */
export function discover(input: DiscoverInput): Discovery {
  const facts = gather(input);
  const { view, rows, reading, family } = facts;
  if (isSoftMissing(view)) return nowhere(family, 'other', []);
  const onward = redirectsOf(view);
  if (onward.length > 0 && rows.reportCount === 0) return nowhere(family, view.page.kind === 'home' ? 'home' : 'other', onward);
  const gaveList = reading.links !== undefined || (reading.next?.length ?? 0) > 0;
  const kind = pageKind(view, rows, { gaveList, leadsOn: (reading.found?.length ?? 0) > 0, isReportColumn: facts.isReportColumn });
  const read = listReading(facts, kind);
  const found = once(followed(facts, kind, read?.list ?? null), view.url);
  return { kind, family, found, list: read?.list ?? null, notices: [...noticesOf(facts, kind, found), ...(read?.notices ?? [])] };
}
