/** Follows redirects by hand, each hop checked: scheme, scope, robots, number; what may not be followed is reported, not taken. */
import type { Redirect } from '../record.js';
import type { AskOptions, Exchange, Fault, HttpFetcher } from './http.js';

/** What to do with a redirect's target: take it now, leave it to the frontier (another host's turn), or refuse it. */
export type HopDecision = { readonly take: 'follow' } | { readonly take: 'defer' } | { readonly take: 'refuse'; readonly fault: Fault };

export interface FollowOptions extends AskOptions {
  readonly maxRedirects: number;
  /** Decides on a canonical target; `canonical` gives that spelling or null for a target that is no http(s) URL. */
  readonly decide: (target: string) => HopDecision;
  readonly canonical: (location: string, base: string) => string | null;
  /** Waits the host's delay before the next hop. */
  readonly pause: () => Promise<void>;
}

export interface Followed {
  /** The last exchange; its `url` is the final URL. */
  readonly exchange: Exchange;
  readonly redirects: readonly Redirect[];
  /** Body bytes of all hops. */
  readonly transferBytes: number;
  /** Target that belongs to another host's turn. */
  readonly deferredTo: string | null;
  readonly fault: Fault | null;
}

const REDIRECT_STATUS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Cookies set and asked for within one chain on one host: an ordinary jar opens the portals that redirect to themselves with a cookie. */
class ChainCookies {
  readonly #jar = new Map<string, string>();

  /** Takes the cookies of an answer; says whether any was new. */
  take(setCookies: readonly string[]): boolean {
    let news = false;
    for (const line of setCookies) {
      const pair = /^\s*([^=;\s]+)=([^;]*)/u.exec(line);
      if (!pair?.[1] || this.#jar.get(pair[1]) === pair[2]) continue;
      this.#jar.set(pair[1], pair[2] ?? '');
      news = true;
    }
    return news;
  }

  header(): Record<string, string> {
    if (this.#jar.size === 0) return {};
    return { cookie: [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ') };
  }
}

/** Asks for `url` and follows what may be followed. Never throws. */
export async function askFollowing(fetcher: HttpFetcher, url: string, options: FollowOptions): Promise<Followed> {
  const redirects: Redirect[] = [];
  const cookies = new ChainCookies();
  const seen = new Set<string>();
  let current = url;
  let transferBytes = 0;
  for (;;) {
    const exchange = await fetcher.ask(current, { ...options, headers: { ...options.headers, ...cookies.header() } });
    transferBytes += exchange.transferBytes;
    const end = (fault: Fault | null, deferredTo: string | null = null): Followed => ({ exchange, redirects, transferBytes, deferredTo, fault });
    const location = exchange.headers['location'];
    if (exchange.fault || exchange.status === null || !REDIRECT_STATUS.has(exchange.status) || location === undefined) return end(exchange.fault);
    redirects.push({ url: current, status: exchange.status, location });
    const target = options.canonical(location, current);
    if (target === null) return end({ reason: 'unsupported-scheme', detail: `redirect to "${location.slice(0, 200)}"` });
    const cookieNews = cookies.take(exchange.setCookies);
    seen.add(current);
    if (seen.has(target) && !cookieNews) return end({ reason: 'redirect-loop', detail: `redirect back to ${target}` });
    if (redirects.length > options.maxRedirects) return end({ reason: 'too-many-redirects', detail: `more than ${options.maxRedirects} redirects` });
    const decision = options.decide(target);
    if (decision.take === 'refuse') return end(decision.fault);
    if (decision.take === 'defer') return end(null, target);
    current = target;
    await options.pause();
  }
}
