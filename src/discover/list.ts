/** Reads a list: which links are its rows, and which rows name a report that is wanted. */
import type { Notice, Seed } from '../record.js';
import { namesOtherAgency } from './agency-words.js';
import { isAttachmentAddress } from './attachment-address.js';
import type { FoundLink } from './discovery.js';
import { notice } from './discovery.js';
import { familyOfUrl } from './family-of-url.js';
import type { Link } from './links.js';
import { isReportRow, isReportTitle, isYearOnly } from './report-words.js';

export interface Rows {
  /** Links of the list on this page, reports or not. */
  readonly count: number;
  /** Links whose words name a report, of any agency. */
  readonly reportCount: number;
  /** Those that are to be fetched. */
  readonly wanted: readonly Link[];
  readonly notices: readonly Notice[];
}

export interface ListFacts {
  /** Whether the page is known to be a column of annual reports: there short titles count. */
  readonly isReportColumn: boolean;
  readonly seed: Seed | null;
  readonly ownUrl: string;
}

interface Group {
  reports: number;
  dated: number;
  links: Link[];
}

function groupsOf(links: readonly Link[], isReport: (link: Link) => boolean): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const link of links) {
    const group = groups.get(link.group) ?? { reports: 0, dated: 0, links: [] };
    groups.set(link.group, group);
    group.links.push(link);
    if (isReport(link)) group.reports += 1;
    if (link.isDated) group.dated += 1;
  }
  return groups;
}

/** The list that the page is about: the one with most reports, else with most dates. */
function mainGroup(groups: ReadonlyMap<string, Group>): Group | null {
  let best: Group | null = null;
  for (const group of groups.values()) {
    const better = !best || group.reports > best.reports || (group.reports === best.reports && group.dated > best.dated);
    if (better && (group.reports > 0 || group.dated > 0)) best = group;
  }
  return best;
}

/**
 * Rows of the list: the dated links of the main group and of every group that names a report (some pages break a list into boxes of
 * five). Where a list prints no dates, all of its links.
 */
function rowCount(groups: ReadonlyMap<string, Group>, main: Group | null): number {
  if (!main) return 0;
  if (main.dated === 0) return main.links.length;
  return [...groups.values()].filter((group) => group === main || group.reports > 0).reduce((sum, { dated }) => sum + dated, 0);
}

function byAddress(links: readonly Link[]): Link[] {
  return [...new Map(links.map((link) => [link.url, link])).values()];
}

/**
 * The rows among `links`. In a column of reports every report-like row counts, elsewhere only the full title of a report on
 * disclosure. Guides, plans and catalogues never count. Rows that name an agency other than the seed's are counted, not fetched.
 */
export function readRows(links: readonly Link[], facts: ListFacts): Rows {
  const titled = (link: Link): boolean => isReportTitle(link.folded) || (facts.isReportColumn && isReportRow(link.folded));
  const candidates = links.filter((link) => link.url !== facts.ownUrl && link.folded.length >= 2);
  const groups = groupsOf(candidates, titled);
  const main = mainGroup(groups);
  const inList = new Set(main?.links);
  const isRow = (link: Link): boolean => titled(link) && (isReportTitle(link.folded) || link.isDated || inList.has(link));
  const reports = byAddress(candidates.filter(isRow));
  const wanted = reports.filter((link) => !namesOtherAgency(link.folded, facts.seed));
  const others = reports.length - wanted.length;
  const notices = others === 0 ? [] : [notice('discover-other-agency', `${others} reports in this list name another agency than ${facts.seed?.agency ?? ''} and are left out`)];
  return { count: Math.max(rowCount(groups, main), reports.length), reportCount: reports.length, wanted, notices };
}

/** Report rows come first, then what leads to more of them. */
export const PRIORITY = { article: 10, attachment: 20, list: 30, column: 40, section: 45, search: 60 } as const;

/** A wanted row as a link to follow. A row that is only a year leads to a folder unless its address is an article's. */
export function rowLink(link: Link): FoundLink {
  const shared = { url: link.url, heardVia: 'row', anchor: link.label === '' ? null : link.label, listedOn: link.date } as const;
  if (isAttachmentAddress(link.url)) return { ...shared, kind: 'attachment', priority: PRIORITY.attachment };
  if (isYearOnly(link.folded) && familyOfUrl(link.url)?.kind !== 'article') return { ...shared, kind: 'list', priority: PRIORITY.list };
  return { ...shared, kind: 'article', priority: PRIORITY.article };
}
