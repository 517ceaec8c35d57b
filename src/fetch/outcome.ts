/** The closed list of reasons with which a candidate's visit ends, and which of them is meant by a status. */
import type { OutcomeKind } from '../record.js';

export interface OutcomeFacts {
  readonly kind: OutcomeKind;
  /** Whether asking again later can help. Always false unless `failed`. */
  readonly retryable: boolean;
  /** What happened, for people. */
  readonly sentence: string;
}

const captured = (sentence: string): OutcomeFacts => ({ kind: 'captured', retryable: false, sentence });
const skipped = (sentence: string): OutcomeFacts => ({ kind: 'skipped', retryable: false, sentence });
const passing = (sentence: string): OutcomeFacts => ({ kind: 'failed', retryable: true, sentence });
const lasting = (sentence: string): OutcomeFacts => ({ kind: 'failed', retryable: false, sentence });

/** Every reason there is, with what it means. The names are stored in the archive: add, but do not rename. */
export const OUTCOMES = {
  // Captured: the page is held.
  'ok': captured('the page was fetched whole'),
  'not-modified': captured('the server says that the page has not changed (304)'),
  'identical': captured('the page was fetched and has the same bytes as before'),
  'redirected': captured('the address redirects to another host of the portal, which is asked in its own turn'),
  'shared': captured('the page was fetched in this harvest for another portal'),


  // Skipped: it was not asked for, by a rule of ours or theirs.
  'robots-disallowed': skipped('robots.txt forbids this address'),
  'crawl-delay-too-long': skipped('robots.txt asks for longer pauses than the configuration allows'),
  'out-of-scope': skipped('the address belongs to no portal of the seed lists'),
  'redirect-out-of-scope': lasting('the address redirects to a site that belongs to no portal of the seed lists'),
  'portal-removed': skipped('the portal is no longer in the seed lists'),
  'depth-limit': skipped('too many links away from the seed (limits.depth)'),
  'page-limit': skipped('the portal has reached its number of pages (limits.pagesPerPortal)'),
  'trap': skipped('the address looks like an endless series: a calendar, a session number, a path that repeats itself'),
  'url-too-long': skipped('the address is longer than limits.urlLength'),
  'bad-url': skipped('this is not an address that can be asked for'),
  'unsupported-scheme': skipped('only http and https are asked for'),
  'private-address': skipped('the address leads into a private or special network (network.allowPrivateAddresses)'),
  'browser-missing': skipped('the page is built by script and there is no Chromium (see: nianbao doctor)'),
  'stopped': skipped('the harvest was stopped while this page was on its way; it comes next time'),

  // Failed on the way to the server.
  'dns': passing('the name of the host was not found'),
  'dns-timeout': passing('the name servers did not answer in time'),
  'refused': passing('the server refused the connection'),
  'unreachable': passing('there is no way to the server\'s network'),
  'reset': passing('the connection was closed before an answer came'),
  'network': passing('the connection failed'),
  'timeout-connect': passing('no connection in time'),
  'timeout-headers': passing('connected, but no answer in time'),
  'timeout-body': passing('the answer stopped in the middle for too long'),
  'timeout-total': passing('the answer took longer than limits.responseSeconds'),

  // Failed at TLS: OpenSSL reports most of these as one error, so its words are read.
  'tls-expired': lasting('the certificate has expired, or is not valid yet'),
  'tls-name': lasting('the certificate belongs to another host name'),
  'tls-untrusted': lasting('the certificate is not signed by a known authority, or the chain is incomplete'),
  'tls-protocol': lasting('the server speaks only TLS versions or ciphers that are no longer safe'),
  'tls-renegotiation': lasting('the server lacks secure renegotiation (RFC 5746)'),
  'tls-handshake': lasting('the server broke off the TLS handshake; servers with Chinese SM2 certificates only do so'),
  'tls-not-https': lasting('the server answers https requests with something that is not TLS'),

  // Failed in the answer itself.
  'bad-http': passing('the answer breaks the rules of HTTP'),
  'bad-encoding': passing('the body is not in the content coding that it says'),
  'truncated': passing('the answer ended before it was whole'),
  'too-large': lasting('the answer is larger than the limit'),
  'headers-too-large': lasting('the headers are larger than the limit'),
  'redirect-loop': lasting('the redirects lead back to where they began'),
  'too-many-redirects': lasting('more redirects than limits.redirects'),

  // Failed by the server's word.
  'gone': lasting('the server says that there is no such page (404, 410)'),
  'http-4xx': lasting('the server refuses the request (4xx)'),
  'http-5xx': passing('the server is in trouble (5xx)'),
  'http-other': lasting('the server answered with a status that is no answer to a page request'),
  'rate-limited': passing('the server asks for fewer requests (429)'),

  // Failed at a wall: recognised and reported, never attacked.
  'blocked-jsl-521': lasting('a Jiasule challenge stands before the site (521)'),
  'blocked-ruishu-412': lasting('a Ruishu challenge stands before the site (412)'),
  'blocked-cdn-403': lasting('the site\'s protection service refuses us (403)'),
  'blocked-challenge': lasting('a script challenge stands before the page'),
  'captcha': lasting('the page asks to prove that one is human'),
  'login': lasting('the page asks for a login'),

  // Failed because what came is not the page.
  'soft-404': lasting('the server says 200, but the page says that there is no such page'),
  'stub': passing('the server says 200, but the page is empty'),
  'parked': lasting('the host serves a placeholder: not registered, for sale, or just installed'),
  'maintenance': passing('the site says that it is being maintained'),

  // Failed for the host as a whole, or on our side.
  'robots-unreachable': passing('robots.txt cannot be read, so nothing may be asked for yet (RFC 9309)'),
  'host-resting': passing('the host is in trouble and is left in peace for a while'),
  'browser-failed': passing('the browser could not load the page'),
  'browser-crashed': passing('the browser ended while loading the page'),
  'unexpected': passing('an error that this list does not know; the detail says more'),
} as const satisfies Readonly<Record<string, OutcomeFacts>>;

export type OutcomeReason = keyof typeof OUTCOMES;

/** What a reason means. An unknown one (an archive written by a newer version) counts as failed for good. */
export function outcomeOf(reason: string): OutcomeFacts {
  return Object.hasOwn(OUTCOMES, reason) ? OUTCOMES[reason as OutcomeReason] : lasting(reason);
}

/** Whether the reason means that a wall stands before the page: what the ledger calls `blocked`. */
export function isBlocked(reason: string): boolean {
  return reason.startsWith('blocked-') || ['captcha', 'login', 'robots-disallowed', 'crawl-delay-too-long'].includes(reason);
}

/** Statuses that will not be other in an hour: not implemented, and version not supported. */
const LASTING_STATUS: ReadonlySet<number> = new Set([501, 505]);

/** The reason that a final status stands for; a 2xx is `ok` as far as the status knows. */
export function reasonForStatus(status: number): OutcomeReason {
  if (status >= 200 && status < 300) return 'ok';
  if (status === 304) return 'not-modified';
  if (status === 404 || status === 410) return 'gone';
  if (status === 429) return 'rate-limited';
  if (status === 408) return 'timeout-headers';
  if (status >= 400 && status < 500) return 'http-4xx';
  if (status >= 500 && status < 600 && !LASTING_STATUS.has(status)) return 'http-5xx';
  return 'http-other';
}

export { classifyError } from './classify-error.js';
