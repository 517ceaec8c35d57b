/** Posts a notice as JSON to a web address. */
import type { Attempt } from './attempts.js';

export interface WebhookOrder {
  readonly address: string;
  /** Sent as `Authorization: Bearer`; null sends none. */
  readonly token: string | null;
  readonly body: string;
  readonly attemptMs: number;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/** Statuses that may pass: too early, too often, a server in trouble. */
function mayPass(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** `Retry-After` in seconds; a date in it is not read: the pauses are long enough. */
function afterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

function reasonOf(error: unknown): string {
  const { cause, message, name } = error as Error & { cause?: { code?: string; message?: string } };
  return name === 'TimeoutError' ? 'no answer in time' : cause?.code ?? cause?.message ?? message;
}

/** One POST. Redirects are not followed: the notice and its token are for this address. */
export async function postOnce({ address, token, body, attemptMs }: WebhookOrder): Promise<Attempt> {
  const { protocol, hostname } = new URL(address);
  if (token !== null && protocol === 'http:' && !LOOPBACK.test(hostname)) {
    return { kind: 'lasting', detail: 'NIANBAO_WEBHOOK_TOKEN is not sent in the clear: the address must begin with https://' };
  }
  try {
    const response = await fetch(address, {
      method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(attemptMs),
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'User-Agent': 'nianbao', ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
    });
    await response.body?.cancel();
    if (response.ok) return { kind: 'done' };
    const detail = `it answered ${response.status}`;
    return mayPass(response.status) ? { kind: 'passing', detail, afterMs: afterMs(response) } : { kind: 'lasting', detail };
  } catch (error) {
    return { kind: 'passing', detail: reasonOf(error) };
  }
}
