/** Says whether a page came, and why one that should lead to reports was not seen whole. */

/** Reasons with which a page was well received. */
const RECEIVED: ReadonlySet<string | null> = new Set<string | null>(['ok', 'not-modified', 'identical', 'redirected', 'shared']);

/** Whether the page came when it was last asked for; one that waits for its next visit may have come before. */
export function isReceived(candidate: { readonly state: string; readonly reason: string | null }): boolean {
  return candidate.state === 'captured' || (candidate.state === 'waiting' && RECEIVED.has(candidate.reason));
}

/** What a reading of a page tells of its completeness. */
export interface ReadingMarks {
  readonly kind: string;
  readonly pageKind: string;
  readonly rows: number | null;
  readonly stop: string | null;
  readonly found: number;
  /** JSON. */
  readonly notices: string;
}

/** Why paging stopped before the list was at its end. */
const CUT_SHORT: ReadonlySet<string | null> = new Set<string | null>(['limit', 'broken-page', 'encrypted-paging', 'needs-script', 'needs-post']);

/** Why the page is no evidence of absence; null when it was read whole. An article is no list. */
export function readingFault(row: ReadingMarks): 'script-shell' | 'empty-list' | 'partial-list' | null {
  if (row.kind === 'article') return null;
  if (row.pageKind === 'shell' && row.found === 0) return 'script-shell';
  if (row.rows === 0 || row.notices.includes('discover-empty-list')) return 'empty-list';
  return CUT_SHORT.has(row.stop) || /discover-(?:partial|needs|link-limit|bad-data)/u.test(row.notices) ? 'partial-list' : null;
}

/** What cut the list short on this page, in the words of the reading: `limit`, `needs-post`, `link-limit` …; null when nothing did. */
export function cutBy(row: ReadingMarks): string | null {
  if (CUT_SHORT.has(row.stop)) return row.stop;
  return /discover-(link-limit|bad-data|needs-\w+|partial-list)/u.exec(row.notices)?.[1] ?? null;
}
