/** Turns a page into candidates; finding none is a notice, never silence. */
import type { Notice } from '../record.js';
import { articleLinks } from './articles.js';
import type { DiscoveredKind, Discovery, DiscoverInput, FoundLink } from './discovery.js';
import { notice } from './discovery.js';
import type { FamilyReading } from './families/family.js';
import { familyOf } from './families/index.js';
import type { Link } from './links.js';
import { LINK_LIMIT } from './links.js';
import type { Rows } from './list.js';
import { PRIORITY, readRows, rowLink } from './list.js';
import { listReading } from './list-reading.js';
import { isReportColumnPage, isSeededColumn, pageKind } from './page-kind.js';
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

type Leads = Pick<Facts, 'isReportColumn' | 'parts' | 'hasParts' | 'namesColumn'>;

/**
 * What the page is to its reports, and where it leads besides its rows. A column that the seed names is one of reports unless it
 * names another: then the seed meant a section.
 */
function leads(view: PageView, links: readonly Link[], isNamed: boolean): Leads {
  const scope = { seed: view.page.seed, ownUrl: view.url };
  const around = isNamed ? [] : leadsOf(links, scope);
  const namesColumn = around.some(({ priority }) => priority === PRIORITY.column);
  const isReportColumn = isNamed || (isSeededColumn(view) && !namesColumn);
  if (!isNamed) return { isReportColumn, parts: around, hasParts: false, namesColumn };
  const { byPublisher, columns } = partsOf(links, scope);
  return { isReportColumn, parts: [...byPublisher, ...columns], hasParts: byPublisher.length > 0, namesColumn };
}

function gather({ page, knownListUrls, linkLimit }: DiscoverInput): Facts {
  const view = viewOf(page, linkLimit ?? LINK_LIMIT);
  const family = familyOf(view);
  const reading = family.read?.(view) ?? {};
  const leading = view.data === undefined ? view.links : reading.links ?? view.links;
  const led = leads(view, leading, reading.isReportColumn === true || isReportColumnPage(view));
  const rows = readRows(reading.links ?? view.links, { isReportColumn: led.isReportColumn, seed: page.seed, ownUrl: view.url });
  return { view, family: family.id, reading, rows, ...led, knownListUrls: knownListUrls ?? new Set() };
}

/** Further pages carry the column's name along: a proxy's answer has none of its own. */
function pagingLinks({ page, flat }: PageView, nextUrls: readonly string[]): FoundLink[] {
  const anchor = page.anchor ?? flat.metas.get('columnname') ?? null;
  return nextUrls.map((url) => ({ url, kind: 'list', heardVia: 'paging', anchor, listedOn: null, priority: PRIORITY.list }));
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

function followColumn(facts: Facts, nextUrls: readonly string[]): FoundLink[] {
  const { view, rows, reading } = facts;
  const parts = facts.isReportColumn && rows.reportCount > 0 ? facts.parts.filter(({ priority }) => priority <= PRIORITY.column) : facts.parts;
  const reports = rows.wanted.map(rowLink);
  const frames = rows.reportCount === 0 ? framesOf(view) : [];
  return [...reports, ...(reading.found ?? []), ...parts, ...frames, ...pagingLinks(view, nextUrls)];
}

function followed(facts: Facts, kind: DiscoveredKind, nextUrls: readonly string[]): FoundLink[] {
  if (kind === 'article') return [...(facts.reading.found ?? []), ...articleLinks(facts.view, facts.rows)];
  const found = followColumn(facts, nextUrls);
  return [...found, ...lastResort(facts.view, found)];
}

function noticesOf(facts: Facts, kind: DiscoveredKind, found: readonly FoundLink[]): Notice[] {
  const { view, reading, rows } = facts;
  const notices = [...view.notices, ...(reading.notices ?? []), ...(kind === 'article' ? [] : rows.notices)];
  if (view.cut !== null) notices.push(notice('discover-link-limit', view.cut));
  if (kind === 'shell' && found.length === 0) notices.push(notice('discover-needs-script', 'the page prints nothing itself; its list comes by script'));
  if ((kind === 'home' || kind === 'column') && found.length === 0) notices.push(notice('discover-leads-nowhere', 'no link on this page leads towards annual reports'));
  return notices;
}

/** A page that says under status 200 that it does not exist. Where a list was expected, that is a list not read. */
function softMissing({ family, view, isReportColumn }: Facts): Discovery {
  const { kind, heardVia } = view.page;
  const notices = [notice('discover-soft-missing', 'the page says under status 200 that it does not exist')];
  if (kind !== 'article' && (isReportColumn || heardVia === 'paging')) notices.push(notice('discover-empty-list', 'the list is gone, or its address has changed'));
  return { ...nowhere(family, 'other', []), notices };
}

function nowhere(family: string, kind: DiscoveredKind, found: FoundLink[]): Discovery {
  return { kind, family, found, list: null, notices: [] };
}

/** Whether the page is only a signpost. A script's location among links that lead on belongs to some button. */
function sendsOn({ rows, parts }: Facts, onward: readonly FoundLink[]): boolean {
  if (onward.length === 0 || rows.reportCount > 0) return false;
  return parts.length === 0 || onward.some(({ heardVia }) => heardVia === 'meta-refresh');
}

/**
 * What `page` is and where it leads: reports, further list pages, columns, sections, in that order. Works for HTML and for the XML
 * and JSON that lists are answered with. Throws nothing: what cannot be read is a notice.
 */
export function discover(input: DiscoverInput): Discovery {
  const facts = gather(input);
  const { view, rows, reading, family } = facts;
  if (isSoftMissing(view)) return softMissing(facts);
  const onward = redirectsOf(view);
  if (sendsOn(facts, onward)) return nowhere(family, view.page.kind === 'home' ? 'home' : 'other', onward);
  const gaveList = reading.links !== undefined || (reading.next?.length ?? 0) > 0;
  const kind = pageKind(view, rows, { gaveList, leadsOn: (reading.found?.length ?? 0) > 0, isReportColumn: facts.isReportColumn });
  const read = listReading(facts, kind);
  const found = once(followed(facts, kind, read?.nextUrls ?? []), view.url);
  return { kind, family, found, list: read?.list ?? null, notices: [...noticesOf(facts, kind, found), ...(read?.notices ?? [])] };
}
