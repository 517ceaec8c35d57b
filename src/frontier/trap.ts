/** Tells endless series by their addresses: a path that repeats itself, and too many addresses made alike. */
import type { CandidateKind } from '../record.js';

/** Folders below each other at most: Heritrix stops at 20 too. */
const DEEPEST_PATH = 20;

/** One to three folders, at least one of them named, three times in a row: a relative link that leads into itself. `/2020/1/1/1.html` is a date. */
const REPEATED = /(\/(?:[^/]*[^/\d][^/]*)(?:\/[^/]+){0,2})\1\1(?=\/|$)/u;

/** Addresses made alike that one portal may have: the longest list of reports met had 75 pages, the largest department list 300 rows told apart by their query. */
const MOST_ALIKE = { list: 200, document: 500 } as const;

/** Whether the path of a canonical URL leads into itself again and again, or is deeper than any real one. */
export function repeatsItself(canonical: string): boolean {
  const { pathname } = new URL(canonical);
  return pathname.split('/').length - 1 > DEEPEST_PATH || REPEATED.test(pathname.slice(0, 2000));
}

/** What addresses made alike have in common. */
export interface Series {
  /** Equal for all of one series. */
  readonly shape: string;
  readonly isList: boolean;
  /** How many of them are believed. */
  readonly most: number;
}

/** Names of the query's parameters. Values tell the members of a series apart. */
function parameterNames(search: string): string {
  return search.slice(1).split('&').map((pair) => pair.split('=')[0] ?? '').sort().join('&');
}

/**
 * The series that an address belongs to. Lists are alike when only their numbers and query values differ; documents only when
 * their whole path is the same: articles of one site all look alike, and a site may well have a thousand.
 */
export function seriesOf(canonical: string, kind: CandidateKind): Series {
  const { host, pathname, search } = new URL(canonical);
  const isList = kind === 'list' || kind === 'column' || kind === 'home';
  if (!isList) return { shape: `${host}${pathname}?${parameterNames(search)}`, isList, most: MOST_ALIKE.document };
  const path = pathname.replace(/[0-9a-f]{16,}|\d+/giu, '0');
  return { shape: `${host}${path}?${parameterNames(search)}`, isList, most: MOST_ALIKE.list };
}
