/** A host's turn after a visit: when it may be asked again, and whether it is in trouble. */
import type { Config } from '../config.js';
import { pauseMs, restMs } from '../frontier/politeness.js';
import { LONGEST_RETRY_AFTER_MS } from '../frontier/retry.js';
import type { Seed } from '../record.js';
import type { HostState } from '../store/frontier.js';

export interface HostFacts {
  readonly config: Config;
  readonly seed: Seed | null;
  readonly nowMs: number;
  /** A fault of the host (unreachable, 5xx, blocked), not of one page. Null: the host was not asked. */
  readonly inTrouble: boolean | null;
  readonly reason: string | null;
  /** Milliseconds the server asked everybody to stay away (`Retry-After`). */
  readonly retryAfterMs: number | null;
}

/** Reasons that speak of the host rather than of one page; a page that is gone says nothing against its host. */
const HOST_TROUBLE = /^(?:dns|refused|unreachable|reset|network|timeout|tls|http-5xx|rate-limited|blocked|captcha|login|robots-unreachable|maintenance)/u;

/** Whether an ending's reason counts against the host. */
export function isHostTrouble(reason: string): boolean {
  return HOST_TROUBLE.test(reason);
}

/** The pause this host is due between two requests, milliseconds. */
export function pauseOf(host: HostState, facts: { config: Config; seed: Seed | null }): number {
  const { delaySeconds, maxDelaySeconds } = facts.config.politeness;
  // A host that asks for more than that is not asked at all: its pages need not wait a day to be told so.
  const crawlDelaySecs = (host.crawlDelaySecs ?? 0) > maxDelaySeconds ? null : host.crawlDelaySecs;
  return pauseMs({ delaySecs: delaySeconds, seedDelaySecs: facts.seed?.delaySecs ?? null, crawlDelaySecs });
}

/** `host` after a visit that ended at `nowMs`. */
export function afterVisit(host: HostState, facts: HostFacts): HostState {
  if (facts.inTrouble === null) return host;
  const failures = facts.inTrouble ? host.failures + 1 : 0;
  const rest = restMs(failures, facts.config.retry);
  const pause = Math.max(pauseOf(host, facts), Math.min(facts.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS));
  return { ...host, failures, nextDueAt: facts.nowMs + pause, restingUntil: rest > 0 ? facts.nowMs + rest : 0, reason: facts.inTrouble ? facts.reason : null };
}
