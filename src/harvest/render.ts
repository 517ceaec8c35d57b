/** Loads a page in Chromium when its words come by script: the rendered page is a capture of its own beside the server's bytes. */
import { createHash } from 'node:crypto';
import type { BrowserExchange } from '../fetch/browser.js';
import type { Followed } from '../fetch/follow.js';
import type { Exchange } from '../fetch/http.js';
import { canonicalUrl } from '../frontier/canonical-url.js';
import { inScope } from '../frontier/scope.js';
import type { Seed } from '../record.js';
import { robotsDecision } from './robots-visit.js';
import type { Lease } from './turns.js';
import type { World } from './world.js';

/** The reason with which derivation sends a candidate back to wait for the browser. */
export const NEEDS_BROWSER = 'needs-browser';

/** Whether this page is to be loaded in the browser at once, without asking over plain HTTP first. */
export function browserFirst(world: World, lease: Lease, seed: Seed): boolean {
  if (lease.row.kind === 'attachment' || world.config.browser.use === 'never' || seed.render === 'http') return false;
  return world.config.browser.use === 'always' || seed.render === 'browser';
}

/** Whether a page that turned out to be a shell may be loaded in the browser after all. */
export function browserWhenNeeded(world: Pick<World, 'config'>, seed: Seed): boolean {
  return world.config.browser.use !== 'never' && seed.render !== 'http';
}

function exchangeOf(loaded: BrowserExchange, payload: Uint8Array | null, headers: Exchange['headers']): Exchange {
  return {
    url: loaded.finalUrl, status: loaded.status, headers, setCookies: [], payload, transferBytes: payload?.length ?? 0, remoteAddress: loaded.remoteAddress,
    fetchedAt: loaded.fetchedAt, durationMs: loaded.durationMs, bodyMs: 0, fault: loaded.fault,
  };
}

function followedOf(loaded: BrowserExchange, exchange: Exchange): Followed {
  return { exchange, redirects: loaded.redirects, transferBytes: exchange.transferBytes, deferredTo: null, fault: exchange.fault };
}

/** A page load as two answers: the document as the server sent it, and the page as its scripts left it. */
export interface Rendered {
  readonly document: Followed;
  /** Null when the page was never shown. */
  readonly page: Followed | null;
  readonly pageDigest: string | null;
}

function mayAsk(world: World, lease: Lease, seed: Seed): (url: string) => boolean {
  return (address) => {
    const url = canonicalUrl(address);
    if (url === null || !inScope(url, seed)) return false;
    return !world.config.politeness.respectRobots || robotsDecision(lease.host, url, world.config).allowed;
  };
}

/** Loads the page of a lease. Null when there is no browser. */
export async function renderPage(world: World, lease: Lease, seed: Seed): Promise<Rendered | null> {
  const browser = await world.browser();
  if (!browser) return null;
  const loaded = await browser.fetch(lease.row.url, { maxBytes: world.config.limits.responseBytes, mayAsk: mayAsk(world, lease, seed), signal: world.signal });
  const document = followedOf(loaded, exchangeOf(loaded, loaded.payload, loaded.headers));
  if (loaded.renderedHtml === null || loaded.fault) return { document, page: null, pageDigest: null };
  const shown = Buffer.from(loaded.renderedHtml, 'utf8');
  const page = followedOf(loaded, { ...exchangeOf(loaded, shown, { 'content-type': 'text/html; charset=utf-8' }), transferBytes: 0 });
  return { document, page, pageDigest: createHash('sha256').update(shown).digest('hex') };
}
