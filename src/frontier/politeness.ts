/** How little we burden a host: the pause between two requests, and the rest after trouble. */

export interface PauseFacts {
  /** Configured delay of the whole harvest, seconds. */
  readonly delaySecs: number;
  /** The seed list's delay for this portal. */
  readonly seedDelaySecs: number | null;
  /** `Crawl-delay` of the host's robots.txt. */
  readonly crawlDelaySecs: number | null;
}

/** Milliseconds to leave between the end of one request and the start of the next: the longest of what anybody asked for. */
export function pauseMs(facts: PauseFacts): number {
  const asked = facts.seedDelaySecs ?? facts.delaySecs;
  return Math.round(1000 * Math.max(asked, facts.crawlDelaySecs ?? 0));
}

/** Failures in a row after which a host is left in peace: a 5xx storm gets no more requests than these at its usual pace. */
export const TROUBLE_AFTER = 5;

export interface RestSettings {
  readonly firstSeconds: number;
  readonly maxSeconds: number;
}

/**
 * Milliseconds for which a host with `failures` failed requests in a row is left in peace; 0 while it is not in trouble. The
 * first rest is the first retry's pause, doubled with each further failure.
 */
export function restMs(failures: number, settings: RestSettings): number {
  if (failures < TROUBLE_AFTER) return 0;
  return 1000 * Math.min(settings.maxSeconds, settings.firstSeconds * 2 ** Math.min(20, failures - TROUBLE_AFTER));
}
