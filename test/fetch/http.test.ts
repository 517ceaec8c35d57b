/** One exchange over HTTP: bytes as sent, faults named, limits kept. A real server on loopback misbehaves in every way. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/config.js';
import type { Config } from '../../src/config.js';
import { askFollowing } from '../../src/fetch/follow.js';
import type { FollowOptions } from '../../src/fetch/follow.js';
import { createHttpFetcher } from '../../src/fetch/http.js';
import type { HttpFetcher } from '../../src/fetch/http.js';
import { canonicalUrl } from '../../src/frontier/canonical-url.js';
import { encode, pageOf } from '../decode/page.js';

const PAGE = encode(pageOf('<meta charset="gb2312">'), 'gb18030');
const BIG = Buffer.alloc(3 * 2 ** 20, 0x20);
/** 64 MiB of zeros in a few dozen bytes. */
const BOMB = brotliCompressSync(Buffer.alloc(64 * 2 ** 20), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
const html = { 'content-type': 'text/html' };

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

const REPLIES: Readonly<Record<string, Reply>> = {
  '/plain': (_, response) => response.writeHead(200, html).end(PAGE),
  '/gzip': (_, response) => response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync(PAGE)),
  '/deflate': (_, response) => response.writeHead(200, { ...html, 'content-encoding': 'deflate' }).end(deflateSync(PAGE)),
  '/deflate-raw': (_, response) => response.writeHead(200, { ...html, 'content-encoding': 'deflate' }).end(deflateRawSync(PAGE)),
  '/br': (_, response) => response.writeHead(200, { ...html, 'content-encoding': 'br' }).end(brotliCompressSync(PAGE)),
  '/gzip-gzip': (_, response) => response.writeHead(200, { ...html, 'content-encoding': 'gzip, gzip' }).end(gzipSync(gzipSync(PAGE))),
  '/gzip-cut': (_, response) => response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync(PAGE).subarray(0, -20)),
  '/not-gzip': (_, response) => response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(PAGE),
  '/unknown-coding': (_, response) => response.writeHead(200, { ...html, 'content-encoding': 'zst-9000' }).end(PAGE),
  '/bomb': (_, response) => response.writeHead(200, { ...html, 'content-encoding': 'br' }).end(BOMB),
  '/big': (_, response) => response.writeHead(200, html).end(BIG),
  '/length-cut': (_, response) => { response.writeHead(200, { ...html, 'content-length': String(PAGE.length + 500) }); response.write(PAGE); setTimeout(() => response.destroy(), 30); },
  '/chunk-cut': (_, response) => { response.writeHead(200, html); response.write(PAGE); setTimeout(() => response.destroy(), 30); },
  '/reset': (request) => { request.socket.resetAndDestroy(); },
  '/silent': () => undefined,
  '/drip': (_, response) => {
    response.writeHead(200, html);
    const timer = setInterval(() => { if (response.destroyed) clearInterval(timer); else response.write('.'); }, 100);
  },
  '/stall': (_, response) => { response.writeHead(200, html); response.write('begun'); },
  '/404': (_, response) => response.writeHead(404, html).end('gone'),
  '/loop-a': (_, response) => response.writeHead(302, { location: '/loop-b' }).end(),
  '/loop-b': (_, response) => response.writeHead(302, { location: '/loop-a' }).end(),
  '/to-plain': (_, response) => response.writeHead(301, { location: './plain#top' }).end('moved'),
  '/to-file': (_, response) => response.writeHead(302, { location: 'file:///etc/hostname' }).end(),
  '/to-other': (_, response) => response.writeHead(302, { location: 'http://other.test/x' }).end(),
  '/cookie': (request, response) => request.headers.cookie?.includes('ticket=1')
    ? response.writeHead(200, html).end(PAGE) : response.writeHead(302, { location: '/cookie', 'set-cookie': 'ticket=1; path=/' }).end(),
};

function chain(request: IncomingMessage, response: ServerResponse): void {
  const step = Number(/^\/chain\/(\d+)/u.exec(request.url ?? '')?.[1] ?? 0);
  response.writeHead(302, { location: `/chain/${step + 1}` }).end();
}

let server: Server;
let origin: string;
let fetcher: HttpFetcher;
let config: Config;
const seen: IncomingMessage['headers'][] = [];

beforeAll(async () => {
  server = createServer((request, response) => { seen.push(request.headers); (REPLIES[request.url ?? ''] ?? chain)(request, response); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  config = resolveConfig({ network: { allowPrivateAddresses: true }, limits: { headerSeconds: 0.6, idleSeconds: 0.6, responseSeconds: 2 }, userAgent: 'nianbao-test/1.0 (+https://example.org)' });
  fetcher = createHttpFetcher(config);
});

afterAll(async () => {
  await fetcher.close();
  server.closeAllConnections();
  await new Promise((resolve) => { server.close(resolve); });
});

const MAX = 2 ** 20;
const sha256 = (bytes: Uint8Array | null): string => createHash('sha256').update(bytes ?? '').digest('hex');

describe('one exchange', () => {
  it.each(['/plain', '/gzip', '/deflate', '/deflate-raw', '/br', '/gzip-gzip'])('%s keeps the bytes of the page', async (path) => {
    const exchange = await fetcher.ask(`${origin}${path}`, { maxBytes: MAX });
    expect(exchange.fault).toBeNull();
    expect(sha256(exchange.payload)).toBe(sha256(PAGE));
    expect(exchange).toMatchObject({ status: 200, remoteAddress: '127.0.0.1' });
    expect(exchange.transferBytes).toBeGreaterThan(0);
  });

  it('says honestly who asks', () => {
    expect(seen[0]).toMatchObject({ 'user-agent': 'nianbao-test/1.0 (+https://example.org)' });
  });

  it.each([
    ['/gzip-cut', 'truncated'], ['/not-gzip', 'bad-encoding'], ['/unknown-coding', 'bad-encoding'], ['/bomb', 'too-large'], ['/big', 'too-large'],
    ['/length-cut', 'truncated'], ['/chunk-cut', 'truncated'],
  ])('%s is %s, and what came is kept', async (path, reason) => {
    const exchange = await fetcher.ask(`${origin}${path}`, { maxBytes: MAX });
    expect(exchange).toMatchObject({ status: 200, fault: { reason } });
    expect(exchange.payload?.length ?? 0).toBeLessThanOrEqual(MAX);
    if (path.endsWith('-cut')) expect(exchange.payload?.length).toBeGreaterThan(100);
  });

  it.each([['/reset', /^reset$|^network$/u], ['/silent', /^timeout-headers$/u], ['/drip', /^timeout/u], ['/stall', /^timeout/u]])('%s ends in time', async (path, reason) => {
    const exchange = await fetcher.ask(`${origin}${path}`, { maxBytes: MAX });
    expect(exchange.fault?.reason).toMatch(reason);
    expect(exchange.durationMs).toBeLessThan(4000);
  });

  it('refuses what no server may be asked for', async () => {
    expect((await fetcher.ask('ftp://a.test/', { maxBytes: MAX })).fault?.reason).toBe('unsupported-scheme');
    const strict = createHttpFetcher(resolveConfig({}));
    expect((await strict.ask(`${origin}/plain`, { maxBytes: MAX })).fault?.reason).toBe('private-address');
    expect((await strict.ask('http://gaj.localhost/', { maxBytes: MAX })).fault?.reason).toBe('private-address');
    await strict.close();
  });

  it('names a refused connection', async () => {
    expect((await fetcher.ask('http://127.0.0.1:1/', { maxBytes: MAX })).fault?.reason).toBe('refused');
  });
});

describe('through a configured proxy', () => {
  /** A proxy whose internet is the test's server, whatever the name. */
  const tunnels: string[] = [];
  let proxy: Server;
  let proxied: HttpFetcher;

  beforeAll(async () => {
    proxy = createServer((request, response) => { tunnels.push(request.url ?? ''); response.writeHead(500).end(); });
    proxy.on('connect', (request, client) => {
      tunnels.push(request.url ?? '');
      const onward = connect((server.address() as AddressInfo).port, '127.0.0.1', () => { client.write('HTTP/1.1 200 OK\r\n\r\n'); onward.pipe(client).pipe(onward); });
      onward.on('error', () => client.destroy());
      client.on('error', () => onward.destroy());
      client.on('close', () => onward.destroy());
    });
    await new Promise<void>((resolve) => { proxy.listen(0, '127.0.0.1', resolve); });
    const behind = resolveConfig({ network: { proxies: [`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`] } });
    proxied = createHttpFetcher(behind, { resolve: async (hostname) => {
      if (hostname === 'elsewhere.example') throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
      return [{ address: hostname === 'inside.example' ? '10.0.0.7' : '36.110.1.1', family: 4 }];
    } });
  });

  afterAll(async () => {
    await proxied.close();
    proxy.closeAllConnections();
    await new Promise((resolve) => { proxy.close(resolve); });
  });

  it.each(['http://169.254.169.254/plain', 'http://2130706433/plain', 'http://[::1]/plain', 'http://a.localhost/plain', 'http://inside.example/plain'])('%s is refused before the proxy hears of it', async (url) => {
    tunnels.length = 0;
    expect((await proxied.ask(url, { maxBytes: MAX })).fault?.reason).toBe('private-address');
    expect(tunnels).toEqual([]);
  });

  it.each(['public.example', 'elsewhere.example'])('%s is asked for there', async (host) => {
    tunnels.length = 0;
    const exchange = await proxied.ask(`http://${host}/plain`, { maxBytes: MAX });
    expect(exchange).toMatchObject({ status: 200, fault: null, remoteAddress: null });
    expect(sha256(exchange.payload)).toBe(sha256(PAGE));
    expect(tunnels).toEqual([`${host}:80`]);
  });
});

describe('redirects', () => {
  const options: FollowOptions = {
    maxBytes: MAX, maxRedirects: 10, canonical: canonicalUrl, pause: () => Promise.resolve(),
    decide: (target) => (target.includes('other.test') ? { take: 'defer' } : { take: 'follow' }),
  };

  it('are followed and recorded', async () => {
    const followed = await askFollowing(fetcher, `${origin}/to-plain`, options);
    expect(followed).toMatchObject({ fault: null, redirects: [{ url: `${origin}/to-plain`, status: 301, location: './plain#top' }], exchange: { url: `${origin}/plain`, status: 200 } });
    expect(followed.transferBytes).toBe(PAGE.length + 'moved'.length);
  });

  it('bring the cookie that a portal asks for, within the chain', async () => {
    expect(await askFollowing(fetcher, `${origin}/cookie`, options)).toMatchObject({ fault: null, exchange: { status: 200 } });
  });

  it('leave another host to its own turn', async () => {
    expect((await askFollowing(fetcher, `${origin}/to-other`, options)).deferredTo).toBe('http://other.test/x');
  });

  it.each([['/loop-a', 'redirect-loop'], ['/chain/1', 'too-many-redirects'], ['/to-file', 'unsupported-scheme']])('%s ends as %s', async (path, reason) => {
    expect((await askFollowing(fetcher, `${origin}${path}`, options)).fault?.reason).toBe(reason);
  });
});
