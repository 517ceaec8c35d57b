/** One visit of the browser to one page: lets through only what may be asked for, and takes the document's bytes before the browser decodes them. */
import type { CDPSession, Page } from 'playwright';
import type { Redirect } from '../record.js';
import { checkUrl } from './address-guard.js';
import { classifyError } from './classify-error.js';
import { readDocument } from './document-body.js';
import type { Fault } from './http.js';
import { Turns } from './turns.js';

export interface VisitRules {
  readonly allowPrivate: boolean;
  readonly maxBytes: number;
  /** Whether the document may come with content coding; for servers that code whatever they are asked. */
  readonly coded: boolean;
  readonly maxRedirects: number;
  readonly maxRequests: number;
  /** Longest time that a sub-request may hold its host's turn. */
  readonly requestMs: number;
  /** Whether a redirect, frame, script or data request may go to this address. */
  readonly mayAsk: (url: string, kind: string) => boolean;
  /** Called before each request that is let through. */
  readonly admit: (hostname: string) => void;
  /** What the proxy says went wrong with a host. */
  readonly faultOf: (hostname: string) => Fault | null;
}

/** What a visit has learned so far; it grows while the page loads. */
export interface Visited {
  finalUrl: string;
  status: number | null;
  headers: Record<string, string>;
  payload: Uint8Array | null;
  fault: Fault | null;
  /** Where a script or a meta refresh wanted to lead; not followed, for that is the frontier's decision. */
  leadsTo: string | null;
  readonly redirects: Redirect[];
  /** Requests let through, the document's included. */
  requests: number;
  readonly refused: { readonly url: string; readonly reason: string }[];
}

interface Header {
  readonly name: string;
  readonly value: string;
}

/** `Fetch.requestPaused` of the DevTools protocol, as far as it is used here. */
interface Paused {
  readonly requestId: string;
  readonly networkId?: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: { readonly url: string; readonly method: string; readonly headers: Readonly<Record<string, string>> };
  readonly responseStatusCode?: number;
  readonly responseErrorReason?: string;
  readonly responseHeaders?: readonly Header[];
}

/** Kinds that bring no text; `Other` is the site's icon. Style sheets stay: script libraries of many portals wait for theirs before they go on. */
const TEXTLESS: ReadonlySet<string> = new Set(['Image', 'Font', 'Media', 'Ping', 'TextTrack', 'Manifest', 'Prefetch', 'CSPViolationReport', 'WebSocket', 'EventSource', 'Other']);
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
const MOST_REFUSED_KEPT = 50;

/** What we archive must come from the server, not from the browser's own store of a moment ago. */
const FRESH = { 'Cache-Control': 'no-cache' };
/** Then the bytes on the wire are the page's own: a body without end is cut off in time, and one that is cut short is reported as such. */
const UNCODED = { 'Accept-Encoding': 'identity' };

/** They describe the body as it was on the wire; the bytes handed on are decoded and whole. */
const WIRE_HEADERS: ReadonlySet<string> = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

function plainHeaders(headers: readonly Header[]): Record<string, string> {
  const plain = new Map<string, string>();
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    const before = plain.get(key);
    plain.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(plain);
}

/** Watches one page. `attach` before going anywhere, `close` at the end. */
export class PageVisit {
  readonly visited: Visited;
  readonly #session: CDPSession;
  readonly #rules: VisitRules;
  readonly #turns: Turns;
  #mainFrame = '';
  #mainRequest: string | null = null;
  /** Resolves when the document has come and been read to its end, or will never be. Only then is it known that it was not cut short. */
  readonly ready: Promise<unknown>;
  #parsed: () => void = () => undefined;
  #loaded: () => void = () => undefined;

  private constructor(session: CDPSession, url: string, rules: VisitRules) {
    this.#session = session;
    this.#rules = rules;
    this.#turns = new Turns(rules.requestMs);
    this.ready = Promise.all([new Promise<void>((resolve) => { this.#parsed = resolve; }), new Promise<void>((resolve) => { this.#loaded = resolve; })]);
    this.visited = { finalUrl: url, status: null, headers: {}, payload: null, fault: null, leadsTo: null, redirects: [], requests: 0, refused: [] };
  }

  /** Puts the watch on a page that has not gone anywhere yet. */
  static async attach(page: Page, url: string, rules: VisitRules): Promise<PageVisit> {
    const session = await page.context().newCDPSession(page);
    const visit = new PageVisit(session, url, rules);
    const { frameTree } = await session.send('Page.getFrameTree');
    visit.#mainFrame = frameTree.frame.id;
    session.on('Fetch.requestPaused', (event) => { void visit.#onPaused(event); });
    session.on('Network.loadingFinished', ({ requestId }) => visit.#onFinished(requestId));
    session.on('Network.loadingFailed', ({ requestId, errorText }) => visit.#onFailed(requestId, errorText));
    session.on('Page.domContentEventFired', () => { if (visit.visited.status !== null) visit.#parsed(); });
    await session.send('Network.enable');
    await session.send('Page.enable');
    await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }, { urlPattern: '*', resourceType: 'Document', requestStage: 'Response' }] });
    return visit;
  }

  /** Requests under way or waiting for their turn. */
  get open(): number {
    return this.#turns.open;
  }

  /** The page's HTML as it stands now, at most `mostChars` of it. Read from a world of our own, whose functions the page cannot replace. */
  async renderedHtml(mostChars: number): Promise<string> {
    const { executionContextId } = await this.#session.send('Page.createIsolatedWorld', { frameId: this.#mainFrame, worldName: 'nianbao' });
    // By the prototype's own getters, for `<form name=documentElement>` hides the document's.
    const expression = `(() => {
      const own = (name) => Object.getOwnPropertyDescriptor(Document.prototype, name).get.call(document);
      const doctype = own('doctype');
      return ((doctype ? new XMLSerializer().serializeToString(doctype) : '') + (own('documentElement')?.outerHTML ?? '')).slice(0, ${mostChars});
    })()`;
    const { result } = await this.#session.send('Runtime.evaluate', { contextId: executionContextId, expression, returnByValue: true, timeout: 10_000 });
    return String(result.value ?? '');
  }

  /** Ends the watch; what is still waiting is dropped. */
  close(): void {
    this.#turns.close();
  }

  async #onPaused(event: Paused): Promise<void> {
    try {
      const answered = event.responseStatusCode !== undefined || event.responseErrorReason !== undefined;
      await (answered ? this.#onResponse(event) : this.#onRequest(event));
    } catch {
      // The page has gone away meanwhile, and the request with it.
    }
  }

  #isMain(event: Paused): boolean {
    return event.resourceType === 'Document' && event.frameId === this.#mainFrame;
  }

  async #fail(event: Paused, errorReason: 'BlockedByClient' | 'Aborted'): Promise<void> {
    await this.#session.send('Fetch.failRequest', { requestId: event.requestId, errorReason });
  }

  async #proceed(event: Paused, headers?: Header[]): Promise<void> {
    await this.#session.send('Fetch.continueRequest', { requestId: event.requestId, ...(headers ? { headers } : {}) });
  }

  #refuse(event: Paused, reason: string, detail: string): Promise<void> {
    const { url } = event.request;
    if (this.#isMain(event)) this.visited.fault = { reason, detail };
    else if (this.visited.refused.length < MOST_REFUSED_KEPT) this.visited.refused.push({ url: url.slice(0, 500), reason });
    return this.#fail(event, 'BlockedByClient');
  }

  /** A second document in the main frame is where a script, a form or a meta refresh leads: noted, not followed. */
  #leadsElsewhere(event: Paused): boolean {
    if (!this.#isMain(event)) return false;
    this.#mainRequest ??= event.networkId ?? event.requestId;
    return this.#mainRequest !== (event.networkId ?? event.requestId);
  }

  #objection(event: Paused): Fault | null {
    const { url, method } = event.request;
    const refusal = checkUrl(url, this.#rules.allowPrivate);
    if (refusal) return refusal;
    if (TEXTLESS.has(event.resourceType) || !METHODS.has(method)) return { reason: 'no-text', detail: `${method} ${event.resourceType}` };
    if (this.visited.requests >= this.#rules.maxRequests) return { reason: 'page-limit', detail: `more than ${this.#rules.maxRequests} requests` };
    const isFirst = this.#isMain(event) && this.visited.redirects.length === 0;
    return isFirst || this.#rules.mayAsk(url, event.resourceType) ? null : { reason: 'out-of-scope', detail: `${url.slice(0, 200)} is out of scope` };
  }

  async #onRequest(event: Paused): Promise<void> {
    const { url } = event.request;
    if (this.#leadsElsewhere(event)) {
      this.visited.leadsTo ??= url;
      // A page that has sent its reader elsewhere never reports that it is complete.
      this.#end();
      return this.#fail(event, 'Aborted');
    }
    if (/^(?:data|blob|about):/u.test(url)) return this.#proceed(event);
    const objection = this.#objection(event);
    if (objection) return this.#refuse(event, objection.reason, objection.detail);
    const { hostname, host } = new URL(url);
    this.visited.requests += 1;
    if (this.#isMain(event)) this.visited.finalUrl = url;
    if (event.networkId !== undefined && !await this.#turns.take(host, event.networkId)) return this.#fail(event, 'Aborted');
    this.#rules.admit(hostname);
    if (!this.#isMain(event)) return this.#proceed(event);
    const headers = Object.entries({ ...event.request.headers, ...FRESH, ...(this.#rules.coded ? {} : UNCODED) }).map(([name, value]) => ({ name, value }));
    return this.#proceed(event, headers);
  }

  async #onResponse(event: Paused): Promise<void> {
    const status = event.responseStatusCode ?? 0;
    const headers = plainHeaders(event.responseHeaders ?? []);
    const location = headers['location'];
    if (!this.#isMain(event) || event.responseErrorReason !== undefined) return this.#proceed(event);
    if (status >= 300 && status < 400 && location !== undefined) {
      this.visited.redirects.push({ url: event.request.url, status, location });
      if (this.visited.redirects.length > this.#rules.maxRedirects) return this.#refuse(event, 'too-many-redirects', `more than ${this.#rules.maxRedirects} redirects`);
      return this.#proceed(event);
    }
    Object.assign(this.visited, { status, headers });
    return this.#takeDocument(event, status);
  }

  /** Keeps the document's bytes and hands the same ones on to the page. */
  async #takeDocument(event: Paused, status: number): Promise<void> {
    const { requestId } = event;
    const { payload, fault, taken } = await readDocument(this.#session, { requestId, status, headers: this.visited.headers }, this.#rules.maxBytes);
    this.visited.payload = payload;
    this.visited.fault = fault;
    if (fault) return this.#fail(event, 'Aborted');
    if (!taken) return this.#proceed(event);
    const responseHeaders = (event.responseHeaders ?? []).filter(({ name }) => !WIRE_HEADERS.has(name.toLowerCase()));
    await this.#session.send('Fetch.fulfillRequest', { requestId, responseCode: status, responseHeaders, body: Buffer.from(payload).toString('base64') });
  }

  #onFinished(requestId: string): void {
    this.#turns.release(requestId);
    if (requestId === this.#mainRequest) this.#loaded();
  }

  /** The document's own load failed after its headers had come: cut short, or cut off by the proxy at the limit. */
  #onFailed(requestId: string, errorText: string): void {
    this.#turns.release(requestId);
    if (requestId !== this.#mainRequest || this.visited.status === null || /ABORTED|BLOCKED/u.test(errorText)) return;
    this.visited.fault ??= this.#rules.faultOf(new URL(this.visited.finalUrl).hostname) ?? { reason: classifyError(new Error(errorText)), detail: `${errorText}; ${this.visited.payload?.length ?? 0} bytes are kept` };
    this.#end();
  }

  /** Nothing more will come of this page: whoever waits need not. */
  #end(): void {
    this.#parsed();
    this.#loaded();
  }
}
