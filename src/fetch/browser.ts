/** Loads a page in Chromium and returns both the bytes the server sent and the page that its scripts built. */
import pLimit from 'p-limit';
import type { Browser, Page } from 'playwright';
import type { Config } from '../config.js';
import type { Redirect } from '../record.js';
import { checkUrl } from './address-guard.js';
import { Contexts, executableOf, launch } from './browser-launch.js';
import type { Launching } from './browser-launch.js';
import { classifyError } from './classify-error.js';
import { openChainedProxy } from './chained-proxy.js';
import { openGuardedProxy } from './guarded-proxy.js';
import type { GuardedProxy } from './guarded-proxy.js';
import type { Fault } from './http.js';
import { goAndRender, within } from './page-load.js';
import { PageVisit } from './page-visit.js';
import type { Visited, VisitRules } from './page-visit.js';
import type { Resolve } from './resolve.js';

/** One page load. */
export interface BrowserExchange {
  readonly url: string;
  readonly finalUrl: string;
  readonly status: number | null;
  /** Lower-case names; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly redirects: readonly Redirect[];
  /** The document's body after content decoding, byte for byte; null when none came. */
  readonly payload: Uint8Array | null;
  /** The page as its scripts left it, as HTML; null when it was never shown (a fault, a download). */
  readonly renderedHtml: string | null;
  /** Where a script or meta refresh wanted to lead; not followed. */
  readonly leadsTo: string | null;
  readonly remoteAddress: string | null;
  readonly fetchedAt: string;
  readonly durationMs: number;
  /** Requests that the page cost, its document's included. */
  readonly requests: number;
  /** Sub-requests that were not let through, with an outcome reason, or `no-text` for pictures and the like. At most 50. */
  readonly refused: readonly { readonly url: string; readonly reason: string }[];
  readonly fault: Fault | null;
}

export interface BrowserAsk {
  readonly maxBytes: number;
  /** Whether a redirect, frame, script or data request may go to `url`; same host only when absent. `kind` is Chromium's: `Document`, `Script`, `XHR` … */
  readonly mayAsk?: (url: string, kind: string) => boolean;
  readonly signal?: AbortSignal;
}

export interface BrowserFetcher {
  /** Chromium's own name and number, for the record. */
  readonly version: string;
  /** Loads one page. Never throws: what went wrong is the fault. */
  fetch(url: string, ask: BrowserAsk): Promise<BrowserExchange>;
  close(): Promise<void>;
}

export interface OpenBrowserOptions {
  readonly allowPrivate: boolean;
  /** Overrides the configuration and the search. */
  readonly executablePath?: string | null;
  /** Runs Chromium without its sandbox. Root must, for Chromium refuses to start otherwise; nobody else should. */
  readonly noSandbox?: boolean;
  /** Finds addresses of names; the process's own resolver when absent. */
  readonly resolve?: Resolve;
  /** The time (milliseconds since the epoch) that pages are dated by; the machine's own when absent. */
  readonly now?: () => number;
}

/** Pages open at a time, over all hosts: each costs some 100 MB. */
const MOST_PAGES = 3;
/** Requests that one page may cost. The heaviest portal home pages met ask for some 60 scripts and lists. */
const MOST_REQUESTS = 120;

/** A document that is saved instead of shown, or that has no body, ends the navigation without being a fault. */
function endedWithoutPage(visited: Visited, error: unknown): boolean {
  return visited.status !== null && visited.payload !== null && /ERR_ABORTED|Download is starting|ERR_INVALID_RESPONSE/u.test((error as Error).message);
}

function faultFrom(error: unknown, proxy: GuardedProxy, visited: Visited, crashed: boolean): Fault | null {
  if (visited.fault) return visited.fault;
  if (crashed) return { reason: 'browser-crashed', detail: 'Chromium ended while it loaded the page' };
  if (endedWithoutPage(visited, error)) return null;
  const text = (error as Error).message.split('\n', 1)[0] ?? '';
  const behind = /SOCKS|PROXY|TUNNEL|EMPTY_RESPONSE|CONNECTION_CLOSED/u.test(text) ? proxy.faultOf(new URL(visited.finalUrl).hostname) : null;
  return behind ?? { reason: classifyError(error), detail: text.slice(0, 300) };
}

interface Shown {
  readonly visited: Visited;
  readonly renderedHtml: string | null;
}

class ChromiumFetcher implements BrowserFetcher {
  readonly version: string;
  readonly #config: Config;
  readonly #allowPrivate: boolean;
  readonly #launching: Launching;
  readonly #proxy: GuardedProxy;
  readonly #limit = pLimit(MOST_PAGES);
  readonly #now: () => number;
  #browser: Promise<{ browser: Browser; contexts: Contexts }>;

  constructor(config: Config, parts: { allowPrivate: boolean; launching: Launching; proxy: GuardedProxy; browser: Browser; now: () => number }) {
    this.#config = config;
    this.#allowPrivate = parts.allowPrivate;
    this.#now = parts.now;
    this.#launching = parts.launching;
    this.#proxy = parts.proxy;
    this.version = parts.browser.version();
    this.#browser = Promise.resolve({ browser: parts.browser, contexts: new Contexts(parts.browser, config) });
  }

  fetch(url: string, ask: BrowserAsk): Promise<BrowserExchange> {
    return this.#limit(() => this.#load(url, ask));
  }

  async close(): Promise<void> {
    await this.#browser.then(({ browser }) => browser.close()).catch(() => undefined);
    await this.#proxy.close();
  }

  /** The running browser; a new one when the last has crashed. */
  async #running(): Promise<{ browser: Browser; contexts: Contexts }> {
    const known = this.#browser;
    const current = await known.catch(() => null);
    if (current?.browser.isConnected()) return current;
    // Another page has met the crash first, and is starting it already.
    if (this.#browser !== known) return this.#running();
    this.#browser = launch(this.#launching).then((browser) => ({ browser, contexts: new Contexts(browser, this.#config) }));
    return this.#browser;
  }

  #rules(url: string, ask: BrowserAsk, coded: boolean): VisitRules {
    const { host } = new URL(url);
    return {
      coded, allowPrivate: this.#allowPrivate, maxBytes: ask.maxBytes, maxRedirects: this.#config.limits.redirects, maxRequests: MOST_REQUESTS,
      requestMs: this.#config.limits.idleSeconds * 1000, mayAsk: ask.mayAsk ?? ((target) => new URL(target).host === host),
      admit: (hostname) => this.#proxy.admit(hostname), faultOf: (hostname) => this.#proxy.faultOf(hostname),
    };
  }

  async #load(url: string, ask: BrowserAsk): Promise<BrowserExchange> {
    const fetchedAt = new Date(this.#now()).toISOString();
    const startedMs = performance.now();
    const deadlineMs = startedMs + this.#config.limits.responseSeconds * 1000;
    const empty: Visited = { finalUrl: url, status: null, headers: {}, payload: null, fault: checkUrl(url, this.#allowPrivate), leadsTo: null, redirects: [], requests: 0, refused: [] };
    const visit = (coded: boolean): Promise<Shown> => this.#visit(url, ask, { deadlineMs, empty, coded });
    let shown: Shown = empty.fault ? { visited: empty, renderedHtml: null } : await visit(false);
    // Chromium refuses a coding that it has not offered; a server that codes regardless is asked again, with the offer.
    if (shown.visited.fault?.reason === 'bad-encoding') shown = await visit(true);
    const { visited, renderedHtml } = shown;
    const remoteAddress = URL.canParse(visited.finalUrl) ? this.#proxy.addressOf(new URL(visited.finalUrl).hostname) : null;
    return { ...visited, url, renderedHtml, remoteAddress, fetchedAt, durationMs: Math.round(performance.now() - startedMs) };
  }

  async #visit(url: string, ask: BrowserAsk, at: { deadlineMs: number; empty: Visited; coded: boolean }): Promise<Shown> {
    let page: Page | null = null;
    let visit: PageVisit | null = null;
    let crashed = false;
    let browser: Browser | null = null;
    try {
      const running = await this.#running();
      browser = running.browser;
      page = await (await running.contexts.of(url)).newPage();
      page.on('crash', () => { crashed = true; });
      visit = await PageVisit.attach(page, url, this.#rules(url, ask, at.coded));
      const renderedHtml = await goAndRender({ page, visit, url, maxBytes: ask.maxBytes, signal: ask.signal, deadlineMs: at.deadlineMs });
      return { visited: visit.visited, renderedHtml: visit.visited.fault ? null : renderedHtml };
    } catch (error) {
      const visited = visit?.visited ?? at.empty;
      return { visited: { ...visited, fault: faultFrom(error, this.#proxy, visited, crashed || browser?.isConnected() === false) }, renderedHtml: null };
    } finally {
      visit?.close();
      await within(page?.close() ?? Promise.resolve(), 5000).catch(() => undefined);
    }
  }
}

function openProxy(config: Config, options: OpenBrowserOptions): Promise<GuardedProxy> {
  const settings = {
    allowPrivate: options.allowPrivate, connectTimeoutMs: config.limits.headerSeconds * 1000, resolve: options.resolve,
    maxBytes: 2 * Math.max(config.limits.responseBytes, config.limits.attachmentBytes),
  };
  const upstream = config.network.proxies[0];
  return upstream === undefined ? openGuardedProxy(settings) : openChainedProxy(upstream, settings);
}

/**
 * Starts a Chromium with a fresh profile, which goes when it is closed. Everything it asks for, by whatever way, goes through a proxy of our
 * own that connects only to hosts that a page was allowed to ask and to addresses that were checked.
 * Throws `NianbaoError` with code `browser-missing`, which says what to do, when there is no Chromium that runs.
 */
export async function openBrowser(config: Config, options: OpenBrowserOptions): Promise<BrowserFetcher> {
  const executablePath = await executableOf(options.executablePath ?? config.browser.executablePath);
  const proxy = await openProxy(config, options);
  const launching: Launching = { executablePath, noSandbox: options.noSandbox ?? process.getuid?.() === 0, proxy: proxy.address };
  try {
    return new ChromiumFetcher(config, { allowPrivate: options.allowPrivate, launching, proxy, browser: await launch(launching), now: options.now ?? Date.now });
  } catch (error) {
    await proxy.close();
    throw error;
  }
}
