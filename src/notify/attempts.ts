/** Tries again, with growing pauses, what may pass. */

/** How a single attempt ended. `detail` is for people and holds no secret. */
export type Attempt =
  | { readonly kind: 'done' }
  /** May pass; `afterMs`: how long the other side asked to be left alone. */
  | { readonly kind: 'passing'; readonly detail: string; readonly afterMs?: number }
  | { readonly kind: 'lasting'; readonly detail: string };

export interface Patience {
  /** Attempts in all. */
  readonly attempts: number;
  /** Pause after the first failure, four times as long after each further one. */
  readonly firstPauseMs: number;
  /** No pause is longer, whatever the other side asks for. */
  readonly longestPauseMs: number;
  /** The longest time of one attempt. */
  readonly attemptMs: number;
}

/** 2, 8 and 32 seconds: a server that restarts is back by then, and nobody waits for a notice longer than a few minutes. */
export const PATIENCE: Patience = { attempts: 4, firstPauseMs: 2_000, longestPauseMs: 60_000, attemptMs: 20_000 };

const GROWTH = 4;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => { clearTimeout(timer); signal.removeEventListener('abort', wake); resolve(); };
    const timer = setTimeout(wake, ms);
    signal.addEventListener('abort', wake, { once: true });
    if (signal.aborted) wake();
  });
}

/** Null when an attempt succeeded, else why the last one did not. A stop (`signal`) ends the pauses; the first attempt is made all the same. */
export async function persist(attempt: () => Promise<Attempt>, patience: Patience, signal: AbortSignal): Promise<string | null> {
  for (let made = 1; ; made += 1) {
    const ended = await attempt();
    if (ended.kind === 'done') return null;
    const often = made === 1 ? '' : ` (${made} attempts)`;
    if (ended.kind === 'lasting' || made >= patience.attempts || signal.aborted) return `${ended.detail}${often}`;
    const wished = Math.max(patience.firstPauseMs * GROWTH ** (made - 1), ended.afterMs ?? 0);
    await pause(Math.min(patience.longestPauseMs, wished), signal);
    if (signal.aborted) return `${ended.detail}${often}`;
  }
}
