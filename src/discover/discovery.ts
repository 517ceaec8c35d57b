/** The shapes of what a page led to: links, the reading of a list, and why paging stopped. */
import type { CandidateKind, Decoded, HeardVia, Notice } from '../record.js';

export interface DiscoverInput {
  /** `kind` says what we expected, `seed.platform` may force a family. */
  readonly page: Decoded;
  /** Canonical URLs of list pages met before: a pager that names only these has come round in a circle. */
  readonly knownListUrls?: ReadonlySet<string>;
  /** Links read from the page at most; the room's own number when absent. */
  readonly linkLimit?: number | undefined;
}

export interface FoundLink {
  /** Absolute http(s) URL without fragment. */
  readonly url: string;
  readonly kind: CandidateKind;
  readonly heardVia: HeardVia;
  /** The link's words, whole where the page cut them; for a paging link the name of the column. */
  readonly anchor: string | null;
  /** Date printed beside the link, `YYYY-MM-DD`. */
  readonly listedOn: string | null;
  /** Lower is sooner. */
  readonly priority: number;
  /** Request headers without which the address does not answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why the reading of a list ended with this page; `more` when further pages were named. */
export type StopReason =
  | 'more'
  | 'single-page'
  | 'last-page'
  | 'no-next'
  | 'no-new'
  | 'limit'
  | 'broken-page'
  | 'encrypted-paging'
  | 'needs-script'
  | 'needs-post';

/** What one page of a list said. */
export interface ListReading {
  readonly family: string;
  /** Rows of the list on this page. */
  readonly rows: number;
  /** Rows that name an annual report. */
  readonly reportRows: number;
  /** Rows that the whole list is said to have (共 N 条). */
  readonly total: number | null;
  /** Pages that the whole list is said to have. */
  readonly pages: number | null;
  /** 1-based. */
  readonly pageNumber: number | null;
  readonly nextUrls: readonly string[];
  readonly stop: StopReason;
}

/** What a page turned out to be. A `shell` prints nothing itself: its words come by script. */
export type DiscoveredKind = 'home' | 'column' | 'list' | 'article' | 'shell' | 'other';

export interface Discovery {
  readonly kind: DiscoveredKind;
  /** CMS family, `generic` when none was recognised. */
  readonly family: string;
  readonly found: readonly FoundLink[];
  /** Null unless the page is part of a list in which a report could stand. */
  readonly list: ListReading | null;
  readonly notices: readonly Notice[];
}

/** Codes of the notices of this room. Those with `partial` or `needs` mean that a list was not seen whole. */
export type DiscoverNoticeCode =
  | 'discover-empty-list'
  | 'discover-partial-list'
  | 'discover-needs-script'
  | 'discover-needs-post'
  | 'discover-needs-postback'
  | 'discover-no-report-rows'
  | 'discover-other-agency'
  | 'discover-soft-missing'
  | 'discover-leads-nowhere'
  | 'discover-link-limit'
  | 'discover-bad-data';

/** A notice of this room. */
export function notice(code: DiscoverNoticeCode, message: string): Notice {
  return { code, room: 'discover', message };
}
