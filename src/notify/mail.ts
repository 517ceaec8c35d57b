/** Sends a notice as mail through the SMTP server that the environment names. */
import { hostname } from 'node:os';
import { createTransport } from 'nodemailer';
import type { Attempt } from './attempts.js';

export interface MailOrder {
  readonly to: string;
  /** Null: the user of the SMTP server when that is an address, else `nianbao@` this machine. */
  readonly from: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** `smtp://` (STARTTLS where the server has it) or `smtps://`, with user and password; null when it is not set. */
  readonly smtpUrl: string | null;
  readonly attemptMs: number;
}

interface Server {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/u;
const ADDRESS = /^[^\s@]+@[^\s@]+$/u;

/** The server of `smtp://user:password@host:port`; null when the text is no such address. */
function serverOf(smtpUrl: string): Server | null {
  if (!URL.canParse(smtpUrl)) return null;
  const { protocol, hostname: name, port, username, password } = new URL(smtpUrl);
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || name === '') return null;
  const secure = protocol === 'smtps:';
  try {
    const auth = username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
    return { host: name.replace(/^\[|\]$/gu, ''), port: port === '' ? (secure ? 465 : 587) : Number(port), secure, auth };
  } catch {
    return null;
  }
}

/** Whether mail could be sent through this: null when it can, else what is wrong with `NIANBAO_SMTP_URL`. Nobody is asked. */
export function smtpFault(smtpUrl: string | null): string | null {
  if (smtpUrl === null) return 'NIANBAO_SMTP_URL is not set; give it as smtps://user:password@mail.example.org';
  return serverOf(smtpUrl) === null ? 'NIANBAO_SMTP_URL is no address of an SMTP server, such as smtps://user:password@mail.example.org' : null;
}

/** A server says 4xx to what may pass and 5xx to what will not; no number at all means that nobody answered. Its words are kept to one line. */
function attemptOf(error: unknown): Attempt {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message: string };
  const detail = `${responseCode === undefined ? code ?? 'failed' : `the server answered ${responseCode}`}: ${message.replace(/\s+/gu, ' ').slice(0, 200)}`;
  if (responseCode !== undefined) return { kind: responseCode >= 400 && responseCode < 500 ? 'passing' : 'lasting', detail };
  return { kind: code === 'EAUTH' || code === 'EENVELOPE' || code === 'EMESSAGE' || code === 'ETLS' ? 'lasting' : 'passing', detail };
}

/** One mail. A password never travels unencrypted, but on this machine. */
export async function mailOnce(order: MailOrder): Promise<Attempt> {
  const { to, from, subject, text, html, smtpUrl, attemptMs } = order;
  const server = smtpUrl === null ? null : serverOf(smtpUrl);
  if (server === null) return { kind: 'lasting', detail: smtpFault(smtpUrl) ?? '' };
  const { auth, ...place } = server;
  const transport = createTransport({
    ...place, ...(auth === null ? {} : { auth }), requireTLS: auth !== null && !server.secure && !LOOPBACK.test(server.host),
    connectionTimeout: attemptMs, greetingTimeout: attemptMs, socketTimeout: attemptMs, disableFileAccess: true, disableUrlAccess: true,
  });
  const sender = from ?? (auth !== null && ADDRESS.test(auth.user) ? auth.user : `nianbao@${hostname()}`);
  try {
    await transport.sendMail({ from: sender, to, subject, text, ...(html === null ? {} : { html }), headers: { 'Auto-Submitted': 'auto-generated' } });
    return { kind: 'done' };
  } catch (error) {
    return attemptOf(error);
  } finally {
    transport.close();
  }
}
