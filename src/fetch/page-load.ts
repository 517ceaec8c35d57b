/** Goes to a page and waits until it is built, and never longer than it may. */
import type { Page } from 'playwright';
import { classifyError } from './classify-error.js';
import type { PageVisit } from './page-visit.js';

/** A page is built when it has asked for nothing for this long … */
const QUIET_MS = 500;
/** … or after this long, whatever it still does: polling pages never fall silent. */
const SETTLE_MS = 10_000;

/** Resolves after `ms`, or sooner with what `work` gives. A hung renderer answers nothing, ever. */
export async function within<Value>(work: Promise<Value>, ms: number, signal?: AbortSignal): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(`not done in ${Math.round(ms)} ms`), { name: 'TimeoutError' })), Math.max(1, ms));
    onAbort = () => reject(Object.assign(new Error('stopped'), { name: 'AbortError' }));
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
}

/** What may still change a page that has been read to its end: scripts, and a refresh that leads elsewhere. */
const UNREST = /<script|\son[a-z]+\s*=|javascript:|http-equiv/iu;

/** Waits until the page asks for nothing more. */
async function settle(visit: PageVisit, untilMs: number): Promise<void> {
  const { payload, requests } = visit.visited;
  if (requests === 1 && !UNREST.test(Buffer.from(payload ?? []).toString('latin1'))) return;
  let quietSince = performance.now();
  let seen = visit.visited.requests;
  while (performance.now() < untilMs && performance.now() - quietSince < QUIET_MS) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (visit.open > 0 || visit.visited.requests !== seen) quietSince = performance.now();
    seen = visit.visited.requests;
  }
}

export interface Load {
  readonly page: Page;
  readonly visit: PageVisit;
  readonly url: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
  /** On the clock of `performance.now()`. */
  readonly deadlineMs: number;
}

/** Goes to the page and waits until it is built. Fills in what was visited; rejects when the navigation failed. */
export async function goAndRender({ page, visit, url, maxBytes, signal, deadlineMs }: Load): Promise<string | null> {
  const left = (): number => deadlineMs - performance.now();
  await within(page.goto(url, { waitUntil: 'commit', timeout: Math.max(1, left()) }), left(), signal);
  const settleMs = Math.min(left() - 1000, SETTLE_MS);
  try {
    await within(visit.ready, settleMs, signal);
    await within(settle(visit, performance.now() + settleMs), settleMs, signal);
    return await within(visit.renderedHtml(maxBytes), Math.min(10_000, left()), signal);
  } catch (error) {
    if (classifyError(error) === 'stopped') throw error;
    // The document itself has come whole; a page that never finishes building is shown as far as it got, or not at all.
    return within(visit.renderedHtml(maxBytes), 2000).catch(() => null);
  }
}
