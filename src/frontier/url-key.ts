/** Keys made of a canonical URL: the sort-friendly one that compares pages, and the host's, which compares turns. */

/**
 * The sort-friendly key (SURT) of a canonical URL: `http://gaj.qinghe.gov.cn/a/?b=2&a=1` gives `cn,gov,qinghe,gaj)/a/?a=1&b=2`.
 * Scheme and query order do not distinguish pages; case of the path does. Imported files (`file:`) get the host `file`.
 */
export function urlKey(canonical: string): string {
  const url = new URL(canonical);
  const literal = /^[\d.]+$|^\[/u.test(url.hostname);
  const named = url.hostname === '' ? 'file' : url.hostname;
  const host = literal ? named : named.split('.').reverse().join(',');
  const port = url.port === '' ? '' : `:${url.port}`;
  const search = url.search === '' ? '' : `?${url.search.slice(1).split('&').sort().join('&')}`;
  return `${host}${port})${url.pathname}${search}`;
}

/** Whose turn it is: host and port as robots.txt and politeness see them; http and https of one name share a turn. */
export function hostKey(canonical: string): string {
  return new URL(canonical).host;
}
