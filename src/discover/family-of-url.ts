/** Says which CMS family an address belongs to, and whether it is an article's or a list's. */
import { URL_FAMILIES } from './url-families.js';

export interface UrlReading {
  /** Id of the address grammar. */
  readonly id: string;
  /** Reader that goes with it. */
  readonly family: string;
  readonly kind: 'article' | 'list';
  /** Date of publication written in the address, `YYYY-MM-DD` or `YYYY-MM`. */
  readonly published: string | null;
  /** Report year written in the address: only some endpoints do that. */
  readonly reportYear: number | null;
}

/** Addresses longer than this are no page of a CMS: the patterns are not tried on them. */
const LONGEST = 2083;

function publishedIn(groups: Readonly<Record<string, string | undefined>>): string | null {
  const { y, m, d } = groups;
  if (!y || !m) return null;
  return [y, m.padStart(2, '0'), ...(d ? [d.padStart(2, '0')] : [])].join('-');
}

/** The family of an absolute address; null when no grammar fits. Articles are tried before lists. */
export function familyOfUrl(address: string): UrlReading | null {
  if (address.length > LONGEST || !URL.canParse(address)) return null;
  const { pathname, search } = new URL(address);
  const path = pathname + search;
  for (const { id, family, article } of URL_FAMILIES) {
    const groups = article.exec(path)?.groups;
    if (groups || article.test(path)) {
      const reportYear = groups?.['reportYear'];
      return { id, family, kind: 'article', published: publishedIn(groups ?? {}), reportYear: reportYear === undefined ? null : Number(reportYear) };
    }
  }
  const listed = URL_FAMILIES.find(({ list }) => list?.test(path));
  return listed ? { id: listed.id, family: listed.family, kind: 'list', published: null, reportYear: null } : null;
}
