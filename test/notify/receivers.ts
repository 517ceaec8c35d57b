/** A web server and a mail server on loopback that take notices, and answer as they are told. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Posted { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }

export interface WebReceiver {
  readonly port: number;
  readonly posted: Posted[];
  /** Statuses of the next answers; 0 cuts the connection; 200 when there are no more. */
  readonly answers: (number | { readonly status: number; readonly headers: Record<string, string> })[];
  close(): Promise<void>;
}

export async function openWeb(): Promise<WebReceiver> {
  const posted: Posted[] = [];
  const answers: WebReceiver['answers'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString('utf8'); });
    request.on('end', () => {
      posted.push({ path: request.url ?? '', headers: request.headers, body });
      const answer = answers.shift() ?? 200;
      if (answer === 0) request.socket.destroy();
      else if (typeof answer === 'number') response.writeHead(answer).end('ok');
      else response.writeHead(answer.status, answer.headers).end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: (server.address() as AddressInfo).port, posted, answers,
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}

export interface Mailed { readonly from: string; readonly to: string[]; readonly user: string | null; readonly source: string }

export interface MailReceiver {
  readonly port: number;
  readonly mailed: Mailed[];
  /** Codes with which the next mails are refused. */
  readonly refusals: number[];
  close(): Promise<void>;
}

/** A server that wants `credentials`, or takes everything. Unencrypted: it stands on loopback. */
export async function openMail(credentials: { readonly user: string; readonly pass: string } | null = null): Promise<MailReceiver> {
  const mailed: Mailed[] = [];
  const refusals: number[] = [];
  const server = new SMTPServer({
    hideSTARTTLS: true, allowInsecureAuth: true, authOptional: credentials === null, disableReverseLookup: true,
    onAuth: (auth, _session, done) => {
      if (auth.username === credentials?.user && auth.password === credentials?.pass) done(null, { user: auth.username });
      else done(new Error('wrong user or password'));
    },
    onMailFrom: (_address, _session, done) => {
      const code = refusals.shift();
      done(code === undefined ? null : Object.assign(new Error('not now'), { responseCode: code }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mailed.push({ from: mailFrom === false || mailFrom === null ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address), user: typeof session.user === 'string' ? session.user : null, source: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  const listening = await new Promise<{ address(): unknown }>((resolve) => { const made = server.listen(0, '127.0.0.1', () => resolve(made)); });
  return { port: (listening.address() as AddressInfo).port, mailed, refusals, close: () => new Promise((resolve) => { server.close(() => resolve()); }) };
}
