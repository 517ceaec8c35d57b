/** Gives every URL the one spelling used to compare and to fetch. */

/** Path and query parameters that carry a visitor's session and no content. */
const SESSION_PATH = /;jsessionid=[^/?#]*/giu;
const SESSION_PARAMETERS: ReadonlySet<string> = new Set(['aspsessionid', 'jsessionid', 'phpsessid', 'sessionid', 'sid_session']);

/** `%e4` and `%E4` are one spelling (RFC 3986, 6.2.2.1); bytes are never decoded, because GBK queries are not UTF-8. */
function upperCaseEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/giu, (escape) => escape.toUpperCase());
}

function withoutSession(search: string): string {
  if (search.length < 2) return '';
  const kept = search.slice(1).split('&').filter((pair) => !SESSION_PARAMETERS.has((pair.split('=')[0] ?? '').toLowerCase()));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/**
 * The canonical spelling of `address` (resolved against `base` when given), or null when it is not an http(s) URL.
 * Host in lower case without a trailing dot (one made a whole province look dead), no default port, no fragment, no user
 * and password, no session id, dot segments resolved, percent-escapes in upper case. The order of the query is kept:
 * servers may care.
 */
export function canonicalUrl(address: string, base?: string): string | null {
  let url: URL;
  try {
    url = new URL(address.trim(), base);
  } catch {
    return null;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const host = url.hostname.replace(/\.+$/u, '');
  if (host === '') return null;
  const port = url.port === '' ? '' : `:${url.port}`;
  const path = upperCaseEscapes(url.pathname.replace(SESSION_PATH, ''));
  return `${url.protocol}//${host}${port}${path}${upperCaseEscapes(withoutSession(url.search))}`;
}
