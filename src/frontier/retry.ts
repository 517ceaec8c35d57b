/** Decides whether and when a failed request is tried again. */

export interface RetrySettings {
  readonly retries: number;
  readonly firstSeconds: number;
  readonly maxSeconds: number;
}

export interface FailureFacts {
  readonly nowMs: number;
  /** Attempts made so far, this one included. */
  readonly attempts: number;
  readonly retryable: boolean;
  /** `Retry-After` in milliseconds from now, when the server sent one. */
  readonly retryAfterMs: number | null;
}

/** A server that says "come back in a year" is asked again after a day. */
export const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/** When to try again (milliseconds since the epoch), or null when the attempts are used up or the fault will not pass. */
export function retryAt(facts: FailureFacts, settings: RetrySettings): number | null {
  if (!facts.retryable || facts.attempts > settings.retries) return null;
  const backOffMs = 1000 * Math.min(settings.maxSeconds, settings.firstSeconds * 2 ** (facts.attempts - 1));
  const askedMs = Math.min(facts.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
  return facts.nowMs + Math.max(backOffMs, askedMs);
}

/** Milliseconds from now that a `Retry-After` header asks for (seconds or an HTTP date, RFC 9110 10.2.3); null when unreadable. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,10}$/u.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
