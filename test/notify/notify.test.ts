/** Notices to a real web server and a real mail server on loopback: what arrives, what is tried again, what is not, and what is never shown. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Patience } from '../../src/notify/attempts.js';
import { tell } from '../../src/notify/notify.js';
import type { Notice, NotifyOrder, Told } from '../../src/notify/notify.js';
import { openMail, openWeb } from './receivers.js';
import type { MailReceiver, WebReceiver } from './receivers.js';

const NOTICE: Notice = { subject: 'nianbao run 7: 1 new', text: '# 晨报\n长沙市公安局', html: '<p>长沙市公安局 <b>新增</b></p>', data: { event: 'harvest-ended', counts: { new: 1 } } };
const PATIENCE: Patience = { attempts: 3, firstPauseMs: 5, longestPauseMs: 40, attemptMs: 10_000 };

let web: WebReceiver;
let mail: MailReceiver;

beforeEach(async () => { web = await openWeb(); mail = await openMail(); });
afterEach(() => Promise.all([web.close(), mail.close()]));

function send(addresses: readonly string[], changes: Partial<NotifyOrder> = {}): Promise<Told[]> {
  return tell(NOTICE, { addresses, from: null, secrets: { smtpUrl: `smtp://127.0.0.1:${mail.port}`, webhookToken: null }, signal: new AbortController().signal, patience: PATIENCE, ...changes });
}

/** A port at which nobody listens. */
async function deafPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => { server.close(() => resolve()); });
  return port;
}

/** The text of a quoted-printable or base64 part is not searched for; the whole mail is decoded part by part. */
function decoded(source: string): string {
  return source.split(/\r?\n--/u).map((part) => {
    const [head = '', ...body] = part.split(/\r?\n\r?\n/u);
    const text = body.join('\n\n');
    if (/base64/iu.test(head)) return Buffer.from(text, 'base64').toString('utf8');
    return Buffer.from(text.replace(/=\r?\n/gu, '').replace(/=([0-9A-F]{2})/gu, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString('utf8');
  }).join('\n');
}

describe('a webhook', () => {
  it('gets the notice as JSON, once, however often it is named', async () => {
    const address = `http://127.0.0.1:${web.port}/hook`;
    expect(await send([address, address])).toEqual([{ name: `127.0.0.1:${web.port}`, fault: null }]);
    expect(web.posted).toHaveLength(1);
    expect(web.posted[0]).toMatchObject({ path: '/hook', headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(web.posted[0]?.headers).not.toHaveProperty('authorization');
    expect(JSON.parse(web.posted[0]?.body ?? '')).toEqual({ text: NOTICE.subject, event: 'harvest-ended', counts: { new: 1 } });
  });

  it('gets the token of the environment', async () => {
    await send([`http://127.0.0.1:${web.port}/`], { secrets: { smtpUrl: null, webhookToken: 'geheim' } });
    expect(web.posted[0]?.headers.authorization).toBe('Bearer geheim');
  });

  it.each([[[503, 200]], [[429, 0, 200]], [[{ status: 503, headers: { 'Retry-After': '9999' } }, 200]]])('is tried again after %j', async (answers) => {
    web.answers.push(...answers);
    expect((await send([`http://127.0.0.1:${web.port}/`]))[0]?.fault).toBeNull();
    expect(web.posted).toHaveLength(answers.length);
  });

  it.each([[[404]], [[401]], [[{ status: 302, headers: { Location: '/elsewhere' } }]]])('is not tried again after %j', async (answers) => {
    web.answers.push(...answers);
    expect((await send([`http://127.0.0.1:${web.port}/`]))[0]?.fault).toContain('it answered');
    expect(web.posted.map(({ path }) => path)).toEqual(['/']);
  });

  it('is given up after as many attempts as there may be', async () => {
    web.answers.push(500, 500, 500, 200);
    expect((await send([`http://127.0.0.1:${web.port}/`]))[0]?.fault).toBe('it answered 500 (3 attempts)');
  });

  it('that nobody answers is told by its host: its path may be its key', async () => {
    const [told] = await send([`http://127.0.0.1:${await deafPort()}/services/T0/B0/k3yk3yk3y`]);
    expect(told?.fault).toContain('ECONNREFUSED');
    expect(JSON.stringify(told)).not.toContain('k3y');
  });

  it('never gets the token in the clear from elsewhere', async () => {
    const [told] = await send(['http://hook.invalid/'], { secrets: { smtpUrl: null, webhookToken: 'geheim' } });
    expect(told?.fault).toContain('https://');
    expect(told?.fault).not.toContain('geheim');
  });

  it('is not waited for once somebody stops the program', async () => {
    web.answers.push(500, 200);
    const stopped = new AbortController();
    stopped.abort();
    expect((await send([`http://127.0.0.1:${web.port}/`], { signal: stopped.signal, patience: { ...PATIENCE, firstPauseMs: 60_000, longestPauseMs: 60_000 } }))[0]?.fault).toBe('it answered 500');
  });
});

describe('a mail', () => {
  it('holds the page, and the words for those who read no HTML', async () => {
    expect(await send(['mailto:leser@example.org'], { from: 'archiv@example.org' })).toEqual([{ name: 'leser@example.org', fault: null }]);
    const [mailed] = mail.mailed;
    expect(mailed).toMatchObject({ from: 'archiv@example.org', to: ['leser@example.org'] });
    expect(mailed?.source).toMatch(/^Subject: nianbao run 7: 1 new\r?$/mu);
    expect(mailed?.source).toMatch(/multipart\/alternative/u);
    expect(decoded(mailed?.source ?? '')).toContain('<p>长沙市公安局 <b>新增</b></p>');
    expect(decoded(mailed?.source ?? '')).toContain('# 晨报\n长沙市公安局');
  });

  it('is sent as the user of the server, with the password of the environment', async () => {
    const guarded = await openMail({ user: 'archiv@example.org', pass: 'p@ss/wort' });
    try {
      const smtpUrl = (pass: string): string => `smtp://archiv%40example.org:${encodeURIComponent(pass)}@127.0.0.1:${guarded.port}`;
      expect((await send(['mailto:a@example.org'], { secrets: { smtpUrl: smtpUrl('p@ss/wort'), webhookToken: null } }))[0]?.fault).toBeNull();
      expect(guarded.mailed[0]).toMatchObject({ user: 'archiv@example.org', from: 'archiv@example.org' });
      const [refused] = await send(['mailto:a@example.org'], { secrets: { smtpUrl: smtpUrl('falsch123'), webhookToken: null } });
      expect(refused?.fault).toContain('535');
      expect(refused?.fault).not.toContain('attempts');
      expect(refused?.fault).not.toContain('falsch123');
      expect(guarded.mailed).toHaveLength(1);
    } finally {
      await guarded.close();
    }
  });

  it('is tried again when the server says later, not when it says never', async () => {
    mail.refusals.push(451, 421);
    expect((await send(['mailto:a@example.org']))[0]?.fault).toBeNull();
    mail.refusals.push(550, 550);
    const [told] = await send(['mailto:a@example.org']);
    expect(told?.fault).toContain('550');
    expect(told?.fault).not.toContain('attempts');
    expect(mail.mailed).toHaveLength(1);
  });

  it.each([[null, 'is not set'], ['smtp:', 'no address'], ['https://mail.example.org', 'no address'], ['smtp://u%zz:p@h', 'no address']])('without a server (%s) is told, not tried', async (smtpUrl, words) => {
    expect((await send(['mailto:a@example.org'], { secrets: { smtpUrl, webhookToken: null } }))[0]?.fault).toContain(words);
  });

  it('that cannot be sent keeps no webhook from being told', async () => {
    const told = await send(['mailto:a@example.org', `http://127.0.0.1:${web.port}/`], { secrets: { smtpUrl: `smtp://127.0.0.1:${await deafPort()}`, webhookToken: null } });
    expect(told.map(({ fault }) => fault === null)).toEqual([false, true]);
    expect(web.posted).toHaveLength(1);
  });
});
