/** Reasons: the list itself, statuses, and errors as real sockets and TLS servers cause them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedLookup } from '../../src/fetch/address-guard.js';
import { classifyError, isBlocked, outcomeOf, OUTCOMES, reasonForStatus } from '../../src/fetch/outcome.js';
import { hasOpenssl, openssl, readPair, requestFor, selfSigned } from './certificate.js';
import type { KeyPair } from './certificate.js';

describe('the list', () => {
  it('says a sentence for each, and retries only what failed', () => {
    for (const [reason, facts] of Object.entries(OUTCOMES)) {
      expect(reason).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u);
      expect(facts.sentence.length).toBeGreaterThan(15);
      if (facts.kind !== 'failed') expect(facts.retryable, reason).toBe(false);
    }
  });

  it('takes an unknown reason for a failure, and no inherited name for a reason', () => {
    for (const reason of ['of-a-newer-version', 'constructor', '__proto__', 'toString']) expect(outcomeOf(reason)).toEqual({ kind: 'failed', retryable: false, sentence: reason });
  });

  it('knows what stands before a page', () => {
    expect(['blocked-jsl-521', 'captcha', 'login', 'robots-disallowed'].every(isBlocked)).toBe(true);
    expect(['ok', 'gone', 'robots-unreachable', 'soft-404'].some(isBlocked)).toBe(false);
  });

  const statuses: readonly (readonly [status: number, reason: string])[] = [
    [200, 'ok'], [206, 'ok'], [304, 'not-modified'], [301, 'http-other'], [400, 'http-4xx'], [401, 'http-4xx'], [403, 'http-4xx'], [404, 'gone'], [408, 'timeout-headers'], [410, 'gone'], [412, 'http-4xx'], [418, 'http-4xx'],
    [429, 'rate-limited'], [500, 'http-5xx'], [501, 'http-other'], [502, 'http-5xx'], [503, 'http-5xx'], [505, 'http-other'], [521, 'http-5xx'], [599, 'http-5xx'], [600, 'http-other'], [100, 'http-other'],
  ];
  it.each(statuses)('status %i is %s', (status, reason) => expect(reasonForStatus(status)).toBe(reason));
});

describe('errors by what they say', () => {
  const wrap = (error: object): Error => Object.assign(new Error('fetch failed'), { cause: Object.assign(new Error('inner'), error) });
  const cases: (readonly [error: unknown, reason: string])[] = [
    [wrap({ code: 'ENOTFOUND' }), 'dns'], [wrap({ code: 'EAI_AGAIN' }), 'dns'], [wrap({ code: 'ETIMEOUT' }), 'dns-timeout'], [new AggregateError([Object.assign(new Error('a'), { code: 'ECONNREFUSED' })], 'all failed'), 'refused'],
    [Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET', cause: Object.assign(new Error('x'), { code: 'HPE_INVALID_CONSTANT' }) }), 'bad-http'], [Object.assign(new Error('x'), { code: 'UND_ERR_SOCKET' }), 'reset'],
    [Object.assign(new Error('x'), { code: 'EPROTO', reason: 'dh key too small' }), 'tls-protocol'], [Object.assign(new Error('x'), { code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', message: 'sslv3 alert handshake failure' }), 'tls-handshake'],
    [Object.assign(new Error('write EPROTO … unsafe legacy renegotiation disabled'), { code: 'EPROTO' }), 'tls-renegotiation'], [new DOMException('late', 'TimeoutError'), 'timeout-total'], [new DOMException('stop', 'AbortError'), 'stopped'],
    [new Error('page.goto: net::ERR_CERT_DATE_INVALID at https://a/'), 'tls-expired'], [new Error('net::ERR_SOCKS_CONNECTION_FAILED'), 'refused'], [new Error('quite new'), 'network'], ['a string', 'network'], [null, 'network'], [undefined, 'network'],
    [{ code: 7, message: {}, cause: 3, errors: 'x' }, 'network'], [{ code: 'constructor' }, 'network'],
  ];
  it.each(cases.map(([error, reason], index) => ({ index, error, reason })))('$index is $reason', ({ error, reason }) => expect(classifyError(error)).toBe(reason));

  it('survives an error that is its own cause', () => {
    const ring: Error & { cause?: unknown } = new Error('ring');
    ring.cause = ring;
    expect(classifyError(ring)).toBe('network');
  });
});

const agent = new Agent({ connect: { lookup: guardedLookup(true), timeout: 1000 }, headersTimeout: 1500, bodyTimeout: 500, maxHeaderSize: 16_384 });
const servers: Server[] = [];
afterAll(async () => { await agent.destroy(); for (const server of servers) server.close(); });

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function reasonAt(url: string): Promise<string> {
  try {
    const response = await request(url, { dispatcher: agent });
    await response.body.arrayBuffer();
    return 'ok';
  } catch (error) {
    return classifyError(error);
  }
}

describe('errors as servers cause them', () => {
  const HANG_UP = '';
  const answers: readonly (readonly [name: string, bytes: string | null, reason: string])[] = [
    ['a sound answer', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok', 'ok'],
    ['hanging up at once', HANG_UP, 'reset'],
    ['silence', null, 'timeout-headers'],
    ['half a header', 'HTTP/1.1 200 OK\r\ncontent-', 'timeout-headers'],
    ['a body that stops', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok', 'timeout-body'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 'bad-http'],
    ['two lengths that differ', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nok', 'truncated'],
    ['broken chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nok', 'bad-http'],
    ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}`, 'headers-too-large'],
  ];

  it.each(answers)('%s', async (_name, bytes, reason) => {
    const port = await listening(createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => { if (bytes === HANG_UP) socket.destroy(); else if (bytes !== null) socket.write(bytes); });
    }));
    expect(await reasonAt(`http://portal.localhost:${port}/`)).toBe(reason);
  });

  it('nobody there', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await reasonAt(`http://portal.localhost:${port}/`)).toBe('refused');
  });
});

if (!hasOpenssl) console.warn('the TLS tests are skipped: the openssl command makes their certificates, and it is not here');

describe.skipIf(!hasOpenssl)('errors of TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nianbao-tls-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let own: KeyPair;
  beforeAll(() => {
    own = selfSigned(folder, 'portal.localhost');
  });

  async function tls(options: TlsOptions, trusted?: string): Promise<string> {
    const port = await listening(createTlsServer(options, (socket) => { socket.on('error', () => undefined); socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'); }).on('tlsClientError', () => undefined));
    if (trusted === undefined) return reasonAt(`https://portal.localhost:${port}/`);
    const trusting = new Agent({ connect: { lookup: guardedLookup(true), ca: trusted } });
    try {
      const response = await request(`https://portal.localhost:${port}/`, { dispatcher: trusting });
      await response.body.arrayBuffer();
      return 'ok';
    } catch (error) {
      return classifyError(error);
    } finally {
      await trusting.destroy();
    }
  }

  it('none with a certificate that is trusted', async () => expect(await tls(own, own.cert)).toBe('ok'));
  it('a certificate that nobody vouches for', async () => expect(await tls(own)).toBe('tls-untrusted'));

  it('a chain without its middle', async () => {
    selfSigned(folder, 'ca', '-addext', 'basicConstraints=critical,CA:TRUE');
    requestFor(folder, 'leaf');
    writeFileSync(join(folder, 'san'), 'subjectAltName=DNS:portal.localhost');
    openssl(folder, 'x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'leaf.crt', '-extfile', 'san');
    expect(await tls(readPair(folder, 'leaf'))).toBe('tls-untrusted');
    expect(await tls(readPair(folder, 'leaf'), readPair(folder, 'ca').cert)).toBe('ok');
  });

  it('a certificate for another name', async () => {
    const other = selfSigned(folder, 'other.localhost');
    expect(await tls(other, other.cert)).toBe('tls-name');
  });

  it('a certificate that has expired, or is not valid yet', async () => {
    for (const [name, from, to] of [['old', '20010101000000Z', '20020101000000Z'], ['young', '20980101000000Z', '20990101000000Z']] as const) {
      requestFor(folder, name);
      writeFileSync(join(folder, `${name}.cnf`), `[ca]\ndefault_ca=d\n[d]\nnew_certs_dir=.\ndatabase=${name}.txt\nserial=${name}.srl\ndefault_md=sha256\npolicy=p\nx509_extensions=x\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=DNS:portal.localhost\n`);
      writeFileSync(join(folder, `${name}.txt`), '');
      writeFileSync(join(folder, `${name}.srl`), '01');
      openssl(folder, 'ca', '-batch', '-config', `${name}.cnf`, '-selfsign', '-keyfile', `${name}.key`, '-in', `${name}.csr`, '-out', `${name}.crt`, '-startdate', from, '-enddate', to);
      const expired = readPair(folder, name);
      expect(await tls(expired, expired.cert), name).toBe('tls-expired');
    }
  });

  it('old protocols', async () => expect(await tls({ ...own, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }, own.cert)).toBe('tls-protocol'));
  it('no cipher in common', async () => expect(['tls-protocol', 'tls-handshake']).toContain(await tls({ ...own, maxVersion: 'TLSv1.2', ciphers: 'PSK-AES128-CBC-SHA:@SECLEVEL=0' }, own.cert)));

  it('a server that breaks off, as those with SM2 certificates only do', async () => {
    const port = await listening(createServer((socket) => { socket.on('error', () => undefined); socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))); }));
    expect(await reasonAt(`https://portal.localhost:${port}/`)).toBe('tls-handshake');
  });

  it('a server that hangs up in the handshake', async () => {
    const port = await listening(createServer((socket) => { socket.on('error', () => undefined); socket.once('data', () => socket.end()); }));
    expect(await reasonAt(`https://portal.localhost:${port}/`)).toBe('tls-handshake');
  });

  it('plain HTTP behind https', async () => {
    const port = await listening(createServer((socket) => { socket.on('error', () => undefined); socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')); }));
    expect(await reasonAt(`https://portal.localhost:${port}/`)).toBe('tls-not-https');
  });

  it('a server that never answers the handshake', async () => {
    const port = await listening(createServer((socket) => { socket.on('error', () => undefined); }));
    expect(await reasonAt(`https://portal.localhost:${port}/`)).toBe('timeout-connect');
  });

  it('no secure renegotiation (RFC 5746): a ServerHello without it', async () => {
    // TLS 1.2, ECDHE-RSA-AES128-GCM-SHA256, and no extension at all.
    const hello = Buffer.concat([Buffer.from([3, 3]), Buffer.alloc(32, 7), Buffer.from([0, 0xc0, 0x2f, 0])]);
    const handshake = Buffer.concat([Buffer.from([2, 0, 0, hello.length]), hello]);
    const port = await listening(createServer((socket) => { socket.on('error', () => undefined); socket.once('data', () => socket.write(Buffer.concat([Buffer.from([0x16, 3, 3, 0, handshake.length]), handshake]))); }));
    expect(await reasonAt(`https://portal.localhost:${port}/`)).toBe('tls-renegotiation');
  });
});
