/** What a CMS family is to this room: a name, how a page shows that it is one of its own, and what only the family can read. */
import type { Notice } from '../../record.js';
import type { FoundLink, StopReason } from '../discovery.js';
import type { Link } from '../links.js';
import type { PageView } from '../page-view.js';

/** What a family read of a page. Whatever it leaves out is left to the generic readers. */
export interface FamilyReading {
  /** The page's rows, in place of its anchors. */
  readonly links?: readonly Link[];
  readonly total?: number | null;
  readonly pages?: number | null;
  readonly pageNumber?: number | null;
  /** Further pages of the list, in place of what the generic chain finds. */
  readonly next?: readonly NextPage[];
  /** Why there is no further page. */
  readonly stop?: StopReason;
  /** That the page is a column of annual reports, known by its address or settings. */
  readonly isReportColumn?: boolean;
  /** Links that lead to reports or columns besides the rows. */
  readonly found?: readonly FoundLink[];
  readonly notices?: readonly Notice[];
}

export interface NextPage {
  readonly url: string;
}

export interface Family {
  /** Name in seed lists (`platform`) and in the archive. */
  readonly id: string;
  /** Whether the page shows the family's marks. */
  readonly recognises: (view: PageView) => boolean;
  /** What the generic readers cannot see of the page; null when there is nothing of the kind. */
  readonly read?: (view: PageView) => FamilyReading | null;
}

/** Whether the address of the page, or the pages it links to, follow one of the family's grammars. */
export function marks(view: PageView, address: RegExp, markup?: RegExp): boolean {
  const { pathname, search } = new URL(view.url);
  return address.test(pathname + search) || (markup?.test(view.markup.slice(0, 500_000)) ?? false);
}
