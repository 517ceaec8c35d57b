/** Decides from the answer to a robots.txt request what may be asked of a host, and for how long that holds (RFC 9309, 2.3). */
import type { Fault } from './http.js';
import { recogniseBlock } from './blocks.js';
import { looksLikeMarkup, readDirectives } from './robots-lines.js';
import type { Directive } from './robots-lines.js';
import { crawlDelaySecs, matchRobots, sitemapsOf } from './robots-match.js';
import type { RobotsReading } from './robots-match.js';

/** `allowed`: there are no rules; `rules`: these rules; `unreachable`: nothing may be asked for until the file can be read. */
export type RobotsState = 'allowed' | 'rules' | 'unreachable';

/** What robots.txt says of a host; plain data, so that it survives JSON. */
export interface RobotsPolicy {
  readonly state: RobotsState;
  readonly rules: readonly Directive[];
  readonly sitemaps: readonly string[];
  /** Longest `Crawl-delay` written for us, in seconds; null when none. */
  readonly crawlDelaySecs: number | null;
  /** Milliseconds since the epoch; from then on the file is asked for again. */
  readonly expiresAt: number;
  /** When `unreachable`, the outcome reason for pages of this host: `robots-unreachable`, or the wall that was met. */
  readonly reason: string | null;
  /** One sentence for people: what decided. */
  readonly note: string;
}

/** The end of a robots.txt request, redirects (at most five) followed. */
export interface RobotsAnswer {
  readonly status: number | null;
  /** Body after content decoding; null when none came. */
  readonly payload: Uint8Array | null;
  readonly error: Fault | null;
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number;
  /** Our product token, see `productToken`. */
  readonly agentToken: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string;
}

export interface RobotsDecision {
  readonly allowed: boolean;
  /** Outcome reason when not allowed: `robots-disallowed`, `robots-unreachable` or a wall's. */
  readonly reason: string | null;
  /** The line that decided, such as `3: disallow: /private/`. */
  readonly rule: string | null;
  readonly mode: RobotsReading | 'both' | null;
}

/** RFC 9309, 2.4: a copy must not be used for longer than 24 hours. */
const KEEP_MS = 24 * 3_600_000;
/** An unreachable file is asked for again after half an hour: within the same night, but not in the midst of the trouble. */
const UNREACHABLE_MS = 1_800_000;

/** Redirects that lead nowhere: RFC 9309, 2.3.1.2 lets more than five count as "there is no such file". */
const LOST_IN_REDIRECTS: ReadonlySet<string> = new Set(['redirect-loop', 'too-many-redirects']);

type Learned = Pick<RobotsPolicy, 'state' | 'note'> & Partial<RobotsPolicy>;

function policy(answer: RobotsAnswer, learned: Learned): RobotsPolicy {
  const keepMs = learned.state === 'unreachable' ? UNREACHABLE_MS : KEEP_MS;
  return { rules: [], sitemaps: [], crawlDelaySecs: null, reason: null, expiresAt: answer.fetchedAt + keepMs, ...learned };
}

function unreachable(answer: RobotsAnswer, note: string, reason = 'robots-unreachable'): RobotsPolicy {
  return policy(answer, { state: 'unreachable', reason, note });
}

function fromBody(answer: RobotsAnswer, payload: Uint8Array): RobotsPolicy {
  const rules = readDirectives(payload);
  const about = rules.some(([, key]) => key === 'user-agent');
  if (!about) return policy(answer, { state: 'allowed', sitemaps: sitemapsOf(rules), note: looksLikeMarkup(payload) ? 'a web page came instead of robots.txt' : 'robots.txt holds no rules' });
  return policy(answer, { state: 'rules', rules, sitemaps: sitemapsOf(rules), crawlDelaySecs: crawlDelaySecs(rules, answer.agentToken), note: `robots.txt holds ${rules.length} lines of rules` });
}

/** The wall that answered instead of the file: named, so that the ledger says more than "unreachable". */
function wallOf(answer: RobotsAnswer): string | undefined {
  const body = Buffer.from(answer.payload ?? []).subarray(0, 65_536).toString('utf8');
  const url = answer.url ?? '';
  return recogniseBlock({ status: answer.status, headers: answer.headers ?? {}, body, url, finalUrl: url })?.reason;
}

/**
 * The policy that an answer stands for. 2xx: its rules. 4xx, and redirects without end: everything is allowed. 5xx, faults of the network,
 * of TLS or within the body: nothing is, until a later try. 429 counts as trouble too (as with Google): a host that is asked too much
 * already has not given leave. A file over the size limit is read up to the limit. Never throws.
 */
export function robotsPolicy(answer: RobotsAnswer): RobotsPolicy {
  const { status, payload, error } = answer;
  if (error && LOST_IN_REDIRECTS.has(error.reason)) return policy(answer, { state: 'allowed', note: `robots.txt: ${error.detail}` });
  if (status !== null && status >= 400 && status < 500 && status !== 429) return policy(answer, { state: 'allowed', note: `there is no robots.txt (${status})` });
  const readable = status !== null && status >= 200 && status < 300 && (error === null || error.reason === 'too-large');
  if (readable) return fromBody(answer, payload ?? new Uint8Array());
  if (status !== null && status >= 500) return unreachable(answer, `robots.txt: status ${status}`, wallOf(answer));
  if (error) return unreachable(answer, `robots.txt: ${error.reason}: ${error.detail}`.slice(0, 300));
  return status !== null && status >= 300 && status < 400
    ? policy(answer, { state: 'allowed', note: `robots.txt: a redirect (${status}) that leads nowhere` })
    : unreachable(answer, `robots.txt: status ${status ?? 'none'}`);
}

/** Whether `url` may be asked for. `/robots.txt` itself always may. */
export function decide(known: RobotsPolicy, url: string, agentToken: string): RobotsDecision {
  if (URL.canParse(url) && new URL(url).pathname === '/robots.txt') return { allowed: true, reason: null, rule: null, mode: null };
  if (known.state === 'unreachable') return { allowed: false, reason: known.reason ?? 'robots-unreachable', rule: null, mode: null };
  if (known.state === 'allowed') return { allowed: true, reason: null, rule: null, mode: null };
  const verdict = matchRobots(known.rules, url, agentToken);
  return { ...verdict, reason: verdict.allowed ? null : 'robots-disallowed' };
}

/** The product token of a user agent: its first letters, `nianbao` of `nianbao/1.0 (+…)`; what robots.txt files name us by. */
export function productToken(userAgent: string): string {
  return /^[A-Za-z_-]+/u.exec(userAgent.trim())?.[0] ?? '*';
}

/** The policy as text for the host table. */
export function policyToText(known: RobotsPolicy): string {
  return JSON.stringify(known);
}

/** The policy from its text; null when the text is none of ours, so that the file is asked for again. */
export function policyFromText(text: string | null): RobotsPolicy | null {
  if (text === null) return null;
  try {
    const known = JSON.parse(text) as RobotsPolicy;
    return Array.isArray(known.rules) && typeof known.expiresAt === 'number' ? known : null;
  } catch {
    return null;
  }
}
