/** Says which hosts belong to a portal. */
import { getDomain } from 'tldts';
import type { Seed } from '../record.js';

/** Names reserved by RFC 6761 and 2606: what stands before them is read like a public name. */
const RESERVED_SUFFIX = /\.(?:localhost|test|example|invalid)$/u;

/**
 * The registrable domain of a host: `gaj.changsha.gov.cn` gives `changsha.gov.cn`. An address or single-label host is its own.
 */
export function registrableDomain(hostname: string): string {
  const reserved = RESERVED_SUFFIX.exec(hostname)?.[0] ?? '';
  const bare = hostname.slice(0, hostname.length - reserved.length);
  return `${getDomain(bare) ?? bare}${reserved}`;
}

function sameSite(candidate: URL, own: URL): boolean {
  if (candidate.hostname !== own.hostname && registrableDomain(candidate.hostname) !== registrableDomain(own.hostname)) return false;
  const named = /[a-z]/iu.test(own.hostname) && !own.hostname.startsWith('[');
  return named || candidate.port === own.port;
}

/**
 * Whether a canonical URL belongs to the seed's portal: on one of its hosts or on a sister host under the same registrable
 * domain (a city's columns often sit on `zwgk.` beside `gaj.`). On bare IP addresses the port counts too.
 */
export function inScope(canonical: string, seed: Seed): boolean {
  const candidate = new URL(canonical);
  const own = [seed.home, ...seed.columns].filter((address): address is string => address !== null);
  return own.some((address) => sameSite(candidate, new URL(address)));
}
