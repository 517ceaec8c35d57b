/** Tells people and programs how a harvest ended, by webhook or mail. A notice that cannot be sent is told, and fails nothing. */
import { PATIENCE, persist } from './attempts.js';
import type { Patience } from './attempts.js';
import { mailOnce } from './mail.js';
import { postOnce } from './webhook.js';

/** What is told, in the forms in which it is sent. */
export interface Notice {
  readonly subject: string;
  /** For people, plain or Markdown. */
  readonly text: string;
  /** A whole page for mail programs; null when there is none. */
  readonly html: string | null;
  /** For programs. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the environment gives, and no file holds. */
export interface NotifySecrets {
  readonly smtpUrl: string | null;
  readonly webhookToken: string | null;
}

export interface NotifyOrder {
  /** `https://…` or `mailto:…`; one that is named twice is told once. */
  readonly addresses: readonly string[];
  readonly from: string | null;
  readonly secrets: NotifySecrets;
  readonly signal: AbortSignal;
  readonly patience?: Patience;
}

/** What became of one address. `name` is safe to show: an address's host, or the mailbox. */
export interface Told {
  readonly name: string;
  /** Null when it was told, else why not. */
  readonly fault: string | null;
}

/** The recipient of `mailto:somebody@example.org`. */
function mailboxOf(address: string): string {
  return decodeURIComponent(new URL(address).pathname);
}

async function tellOne(notice: Notice, address: string, order: NotifyOrder): Promise<Told> {
  const { secrets, from, signal, patience = PATIENCE } = order;
  const { attemptMs } = patience;
  if (address.startsWith('mailto:')) {
    const to = mailboxOf(address);
    const { subject, text, html } = notice;
    return { name: to, fault: await persist(() => mailOnce({ to, from, subject, text, html, smtpUrl: secrets.smtpUrl, attemptMs }), patience, signal) };
  }
  const body = JSON.stringify({ text: notice.subject, ...notice.data });
  // The path of a webhook is its key as often as not: only the host is shown.
  return { name: new URL(address).host, fault: await persist(() => postOnce({ address, token: secrets.webhookToken, body, attemptMs }), patience, signal) };
}

/** Tells all addresses at the same time; each ends told or with the reason why not. Never throws. */
export function tell(notice: Notice, order: NotifyOrder): Promise<Told[]> {
  return Promise.all([...new Set(order.addresses)].map((address) =>
    tellOne(notice, address, order).catch((error: unknown): Told => ({ name: address.startsWith('mailto:') ? 'a mail address' : 'a webhook', fault: (error as Error).message }))));
}
