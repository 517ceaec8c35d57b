/** Chooses, on a home page, a section or a column, the links that lead on to the column of annual reports. */
import type { Seed } from '../record.js';
import { namesOtherAgency, namesOwnAgency } from './agency-words.js';
import { isAttachmentAddress } from './attachment-address.js';
import type { FoundLink } from './discovery.js';
import { familyOfUrl } from './family-of-url.js';
import type { Link } from './links.js';
import { PRIORITY } from './list.js';
import { hasReportFolder, hasSectionFolder, isDepartments, isExcluded, isPagerWord, isReportColumn, isSection, isSiteMap, namesYear } from './report-words.js';

/** Links of one kind followed from one page. A government's page may name hundreds of columns; the first are in its menus. */
const MOST = { columns: 20, sections: 12, agencies: 5, siteMaps: 1 } as const;

/** Other levels' columns in a government's report page: of no use to a police body of this level. */
const OTHER_LEVEL = /乡镇|镇街|街道|区县|县区|县市区|市县区|开发区|直属单位|事业单位/u;

/** Longer words are titles, not names of columns and sections. */
const COLUMN_LABEL = 16;
const SECTION_LABEL = 10;

interface Chosen {
  columns: Link[];
  departments: Link[];
  agencies: Link[];
  sections: Link[];
  siteMaps: Link[];
}

function isArticle(link: Link): boolean {
  return familyOfUrl(link.url)?.kind === 'article';
}

function isColumnLink(link: Link, seed: Seed | null): boolean {
  if (seed?.agency && (OTHER_LEVEL.test(link.folded) || namesOtherAgency(link.folded, seed))) return false;
  return isReportColumn(link.folded);
}

/** Links whose address says what their words do not: 更多 beside a box that lists the reports. */
function isColumnAddress(link: Link): boolean {
  if (link.isDated || link.folded === '' || link.folded.length > COLUMN_LABEL || isPagerWord(link.folded)) return false;
  return hasReportFolder(link.url) && !isExcluded(link.folded) && !namesYear(link.folded) && !isArticle(link);
}

function isSectionLink(link: Link): boolean {
  if (isSection(link.folded)) return true;
  if (link.folded.length > SECTION_LABEL || isPagerWord(link.folded)) return false;
  return link.folded !== '' && !isExcluded(link.folded) && !link.isDated && hasSectionFolder(link.url);
}

function sort(links: readonly Link[], seed: Seed | null): Chosen {
  const chosen: Chosen = { columns: [], departments: [], agencies: [], sections: [], siteMaps: [] };
  for (const link of links) {
    if (isAttachmentAddress(link.url)) continue;
    if (isColumnLink(link, seed)) chosen.columns.push(link);
    else if (isDepartments(link.folded)) chosen.departments.push(link);
    else if (namesOwnAgency(link.folded, seed) && new URL(link.url).pathname !== '/') chosen.agencies.push(link);
    else if (isSectionLink(link)) chosen.sections.push(link);
    else if (isSiteMap(link.folded)) chosen.siteMaps.push(link);
  }
  return chosen;
}

function lead(links: readonly Link[], most: number, priority: number): FoundLink[] {
  const once = [...new Map(links.map((link) => [link.url, link])).values()];
  return once.slice(0, most).map((link) => ({ url: link.url, kind: 'column', heardVia: 'link', anchor: link.label === '' ? null : link.label, listedOn: null, priority }));
}

/**
 * Where to go on from a page that is no list of reports itself: its columns of annual reports; without any the sections of
 * information disclosure and the agency's own column on a government's portal; without those the site map.
 */
export function leadsOf(links: readonly Link[], facts: { readonly seed: Seed | null; readonly ownUrl: string }): FoundLink[] {
  const elsewhere = links.filter((link) => link.url !== facts.ownUrl);
  const chosen = sort(elsewhere, facts.seed);
  if (chosen.columns.length === 0) chosen.columns.push(...elsewhere.filter(isColumnAddress));
  const agencies = lead([...chosen.agencies, ...chosen.departments], MOST.agencies, PRIORITY.section);
  const columns = lead(chosen.columns, MOST.columns, PRIORITY.column);
  if (columns.length > 0) return [...columns, ...agencies];
  const sections = lead(chosen.sections, MOST.sections, PRIORITY.section);
  if (sections.length + agencies.length > 0) return [...agencies, ...sections];
  return lead(chosen.siteMaps, MOST.siteMaps, PRIORITY.search);
}

export interface Parts {
  /** The departments' part of a government's column, and the seed's own agency in it. */
  readonly byPublisher: readonly FoundLink[];
  /** Other columns of reports: of other years, of the level below. */
  readonly columns: readonly FoundLink[];
}

/** Inside a column of annual reports: its parts by publisher, and further columns. */
export function partsOf(links: readonly Link[], facts: { readonly seed: Seed | null; readonly ownUrl: string }): Parts {
  const chosen = sort(links.filter((link) => link.url !== facts.ownUrl), facts.seed);
  return {
    byPublisher: lead([...chosen.agencies, ...chosen.departments], MOST.agencies, PRIORITY.column).map((link) => ({ ...link, heardVia: 'row' })),
    columns: lead(chosen.columns, MOST.columns, PRIORITY.column),
  };
}
