/** A real Chromium against servers on loopback: bytes kept, pages built, limits and guards held. Skipped, with the reason, where there is no Chromium. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config.js';
import type { Config } from '../../src/config.js';
import { openBrowser } from '../../src/fetch/browser.js';
import type { BrowserFetcher } from '../../src/fetch/browser.js';
import { findChromium } from '../../src/fetch/chromium.js';
import { openGuardedProxy } from '../../src/fetch/guarded-proxy.js';
import { Turns } from '../../src/fetch/turns.js';
import { hasOpenssl, selfSigned } from './certificate.js';

const configured = process.env['NIANBAO_BROWSER_EXECUTABLE_PATH'] ?? null;
const chromium = await findChromium({ browser: { executablePath: configured } });
if (!chromium) console.warn('browser tests are skipped: no Chromium was found (node scripts/ensure-chromium.mjs installs one)');

const CONFIG: Config = { ...DEFAULTS, browser: { ...DEFAULTS.browser, executablePath: configured }, limits: { ...DEFAULTS.limits, responseSeconds: 12, idleSeconds: 3, redirects: 4, responseBytes: 4 * 2 ** 20, attachmentBytes: 4 * 2 ** 20 } };
const HASTY: Config = { ...CONFIG, limits: { ...CONFIG.limits, responseSeconds: 2 } };
const MIB = 2 ** 20;
const ask = { maxBytes: 4 * MIB };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server whose pages are functions, and which counts what it is asked for. */
class Portal {
  readonly asked: string[] = [];
  readonly #pages = new Map<string, Answer>();
  #server: Server | null = null;
  #inFlight = 0;
  mostInFlight = 0;

  async open(): Promise<void> {
    const server = createServer((request, response) => {
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
      this.asked.push(path);
      this.#inFlight += 1;
      this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
      response.once('close', () => { this.#inFlight -= 1; });
      const page = this.#pages.get(path);
      if (page) page(request, response); else response.writeHead(404).end('nothing here');
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  get port(): number {
    return (this.#server?.address() as AddressInfo).port;
  }

  url(path: string, host = 'portal.localhost'): string {
    return `http://${host}:${this.port}${path}`;
  }

  /** Serves `body` at `path`. */
  page(path: string, body: string | Uint8Array | Answer, type = 'text/html; charset=utf-8'): string {
    this.#pages.set(path, typeof body === 'function' ? body : (_request, response) => { response.setHeader('content-type', type); response.end(body); });
    return this.url(path);
  }
}

const digest = (bytes: Uint8Array | null): string => createHash('sha256').update(bytes ?? '').digest('hex');
const gbk = (hex: string): Buffer => Buffer.from(hex, 'hex');
/** 政府信息公开 in GBK and in Big5. */
const GBK_TEXT = gbk('d5fec8aed0c5cfa2b9abbfaa');
const BIG5_TEXT = gbk('ac46a9b2ab48aea7a4bdb67d');
const around = (meta: string, text: Uint8Array): Buffer => Buffer.concat([Buffer.from(`<html><head>${meta}<title>`), text, Buffer.from('</title></head><body>'), text, Buffer.from('</body></html>')]);

const CHARSETS: readonly (readonly [name: string, body: Uint8Array, type: string])[] = [
  ['GBK, said by the header', around('', GBK_TEXT), 'text/html; charset=gbk'],
  ['GBK, said by meta as gb2312', around('<meta charset="gb2312">', GBK_TEXT), 'text/html'],
  ['GBK, not said', around('', GBK_TEXT), 'text/html'],
  ['GBK under a header that says UTF-8', around('<meta charset="gbk">', GBK_TEXT), 'text/html; charset=utf-8'],
  ['Big5', around('<meta charset="big5">', BIG5_TEXT), 'text/html'],
  ['UTF-8 with its mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), around('', Buffer.from('政府信息公开'))]), 'text/html; charset=gbk'],
  ['UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<title>政府信息公开</title>', 'utf16le')]), 'text/html'],
  ['an unknown label', around('<meta charset="x-none">', GBK_TEXT), 'text/html; charset=x-bogus-8'],
  ['broken bytes', around('<meta charset="utf-8">', gbk('d5fe80ff00b9')), 'text/html; charset=utf-8'],
];

describe.skipIf(!chromium)('the browser', () => {
  const portal = new Portal();
  let browser: BrowserFetcher;

  beforeAll(async () => {
    await portal.open();
    browser = await openBrowser(CONFIG, { allowPrivate: true });
  });

  afterAll(async () => {
    await browser?.close();
    portal.close();
  });

  describe('keeps the bytes', () => {
    it.each(CHARSETS)('of a page in %s', async (name, body, type) => {
      const url = portal.page(`/charset/${encodeURIComponent(name)}`, body, type);
      const exchange = await browser.fetch(url, ask);
      expect(exchange).toMatchObject({ status: 200, fault: null });
      expect(exchange.headers['content-type']).toBe(type);
      expect(digest(exchange.payload)).toBe(digest(body));
    });

    it.each([['gzip', gzipSync], ['br', brotliCompressSync]] as const)('before %s coding', async (coding, compress) => {
      const body = Buffer.concat([around('<meta charset="gbk">', GBK_TEXT), Buffer.alloc(3 * MIB, '年报')]);
      const url = portal.page(`/${coding}`, (_request, response) => { response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': coding }).end(compress(body)); });
      const exchange = await browser.fetch(url, ask);
      expect(exchange.headers['content-encoding']).toBe(coding);
      expect(digest(exchange.payload)).toBe(digest(body));
    });

    it('of a document that is to be saved', async () => {
      const url = portal.page('/report.doc', (_request, response) => { response.writeHead(200, { 'content-type': 'application/msword', 'content-disposition': 'attachment; filename=a.doc' }).end(Buffer.from([1, 2, 0, 255])); });
      expect(await browser.fetch(url, ask)).toMatchObject({ status: 200, fault: null, payload: Buffer.from([1, 2, 0, 255]), renderedHtml: null });
    });

    it('of a page fetched again, not those of its own store', async () => {
      let version = 0;
      const url = portal.page('/again', (_request, response) => { version += 1; response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'max-age=9999' }).end(`version ${version}`); });
      const bodies = [await browser.fetch(url, ask), await browser.fetch(url, ask)].map(({ payload }) => Buffer.from(payload ?? []).toString());
      expect(bodies).toEqual(['version 1', 'version 2']);
    });
  });

  describe('tells what happened', () => {
    it('on the way: redirects, cookies set on it, the final address', async () => {
      portal.page('/hop1', (_request, response) => { response.writeHead(302, { location: '/hop2', 'set-cookie': 'seen=1' }).end(); });
      portal.page('/hop2', (request, response) => { response.writeHead(301, { location: request.headers.cookie === 'seen=1' ? '/goal' : '/lost' }).end(); });
      portal.page('/goal', 'arrived');
      const exchange = await browser.fetch(portal.url('/hop1'), ask);
      expect(exchange).toMatchObject({ finalUrl: portal.url('/goal'), status: 200, fault: null, remoteAddress: '127.0.0.1', redirects: [{ url: portal.url('/hop1'), status: 302, location: '/hop2' }, { status: 301, location: '/goal' }] });
      expect(exchange.fetchedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/u);
    });

    it('when the server says no, with its words', async () => {
      const url = portal.page('/gone', (_request, response) => { response.writeHead(404, { 'content-type': 'text/html' }).end('没有'); });
      expect(await browser.fetch(url, ask)).toMatchObject({ status: 404, fault: null, payload: Buffer.from('没有') });
    });

    it('when there is no body', async () => {
      const url = portal.page('/empty', (_request, response) => { response.writeHead(204).end(); });
      expect(await browser.fetch(url, ask)).toMatchObject({ status: 204, fault: null, payload: new Uint8Array() });
    });

    it('when the redirects never end', async () => {
      const url = portal.page('/ring', (_request, response) => { response.writeHead(302, { location: `/ring?${Math.random()}` }).end(); });
      expect((await browser.fetch(url, ask)).fault?.reason).toBe('too-many-redirects');
    });

    it('when nobody listens', async () => {
      const free = createTcpServer();
      await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
      const { port } = free.address() as AddressInfo;
      await new Promise((resolve) => free.close(resolve));
      expect((await browser.fetch(`http://portal.localhost:${port}/`, ask)).fault?.reason).toBe('refused');
    });

    it('when the server hangs up, answers nonsense, or is no https server', async () => {
      const rude = createTcpServer((socket) => { socket.once('data', () => socket.end()); });
      const strange = createTcpServer((socket) => { socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9\r\n\r\n')); });
      for (const server of [rude, strange]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const at = (server: typeof rude): string => `portal.localhost:${(server.address() as AddressInfo).port}`;
      expect((await browser.fetch(`http://${at(rude)}/`, ask)).fault?.reason).toBe('reset');
      expect((await browser.fetch(`http://${at(strange)}/`, ask)).fault?.reason).toBe('bad-http');
      expect(['tls-not-https', 'tls-handshake']).toContain((await browser.fetch(`https://${portal.url('/').slice(7)}`, ask)).fault?.reason);
      rude.close();
      strange.close();
    });
  });

  describe('builds the page', () => {
    it('as its scripts leave it, at no more than one request to the host at a time', async () => {
      const scripts = Array.from({ length: 8 }, (_, index) => `/s/${index}.js`);
      for (const [index, path] of scripts.entries()) portal.page(path, (_request, response) => { setTimeout(() => response.setHeader('content-type', 'text/javascript').end(`add(${index})`), 20); });
      portal.page('/s/list.json', '["2021年年报","2022年年报"]', 'application/json');
      portal.page('/s/style.css', 'b{}', 'text/css');
      const url = portal.page('/s/list', `<link rel=stylesheet href=/s/style.css><ul id=l></ul><img src=/s/a.png><script>function add(n){if(n===7)fetch('/s/list.json').then(r=>r.json()).then(t=>{l.innerHTML=t.map(x=>'<li>'+x).join('')})}</script>${scripts.map((path) => `<script src=${path}></script>`).join('')}`);
      portal.mostInFlight = 0;
      portal.asked.length = 0;
      const exchange = await browser.fetch(url, ask);
      expect(exchange.renderedHtml).toContain('<li>2022年年报</li>');
      expect(Buffer.from(exchange.payload ?? []).toString()).not.toContain('2022年年报');
      expect(portal.mostInFlight).toBe(1);
      expect(portal.asked).not.toContain('/s/a.png');
      expect(portal.asked).not.toContain('/favicon.ico');
      expect(exchange.requests).toBe(portal.asked.length);
    });

    it('whatever the page calls its own parts', async () => {
      const url = portal.page('/clobber', '<form name=documentElement></form><form name=doctype></form><p>页<script>Object.getOwnPropertyDescriptor=()=>0;String.prototype.slice=()=>"taken"</script>');
      expect((await browser.fetch(url, ask)).renderedHtml).toContain('<p>页');
    });

    it('but follows no script to another page', async () => {
      const ways = { location: 'location.href="/elsewhere"', replace: 'location.replace("/elsewhere")', form: 'document.body.innerHTML="<form id=f action=/elsewhere method=post></form>";f.submit()', reload: 'document.cookie="clearance=1";location.reload()' };
      for (const [name, script] of Object.entries(ways)) {
        portal.asked.length = 0;
        const url = portal.page(`/leads/${name}`, `<body>此页<script>${script}</script></body>`);
        const exchange = await browser.fetch(url, ask);
        expect(exchange, name).toMatchObject({ status: 200, fault: null, finalUrl: url, leadsTo: name === 'reload' ? url : portal.url('/elsewhere') });
        expect(portal.asked, name).toEqual([`/leads/${name}`]);
        expect(exchange.renderedHtml, name).not.toBeNull();
      }
      const refresh = await browser.fetch(portal.page('/leads/meta', '<meta http-equiv=refresh content="0;url=/elsewhere"><p>此页'), ask);
      expect(refresh).toMatchObject({ leadsTo: portal.url('/elsewhere'), fault: null });
    });

    it('without pop-ups, workers that stay, dialogs that wait, or downloads', async () => {
      portal.page('/sw.js', '', 'text/javascript');
      const url = portal.page('/rude', '<body><p id=p>页</p><script>alert(1);confirm(2);window.open("/popup");navigator.serviceWorker.register("/sw.js").then(()=>p.textContent="worker");onbeforeunload=()=>"stay"</script></body>');
      portal.asked.length = 0;
      const exchange = await browser.fetch(url, ask);
      expect(exchange.fault).toBeNull();
      expect(exchange.renderedHtml).toContain('<p id="p">');
      expect(portal.asked).toEqual(['/rude']);
    });

    it('with another host only by leave', async () => {
      portal.page('/shared.js', 'document.title="shared"', 'text/javascript');
      const url = portal.page('/uses', `<script src="${portal.url('/shared.js', 'static.localhost')}"></script><iframe src="${portal.url('/uses', 'frame.localhost')}"></iframe>`);
      const alone = await browser.fetch(url, ask);
      expect(alone.refused.filter(({ url: at }) => !at.endsWith('.ico')).map(({ reason }) => reason)).toEqual(['out-of-scope', 'out-of-scope']);
      const kinds: string[] = [];
      const allowed = await browser.fetch(url, { ...ask, mayAsk: (target, kind) => { kinds.push(kind); return new URL(target).hostname === 'static.localhost'; } });
      expect(allowed.renderedHtml).toContain('<title>shared</title>');
      expect(kinds.sort()).toEqual(['Document', 'Script']);
    });

    it('and gives no cookie of one host to another', async () => {
      portal.page('/set', (_request, response) => { response.writeHead(200, { 'set-cookie': 'a=1; Domain=localhost' }).end('set'); });
      portal.page('/echo', (request, response) => { response.end(`cookie: ${request.headers.cookie ?? 'none'}`); });
      await browser.fetch(portal.url('/set', 'one.localhost'), ask);
      expect(Buffer.from((await browser.fetch(portal.url('/echo', 'two.localhost'), ask)).payload ?? []).toString()).toBe('cookie: none');
    });
  });

  describe('holds its limits', () => {
    it('on a body without end', async () => {
      const url = portal.page('/endless', (_request, response) => {
        response.setHeader('content-type', 'text/html');
        const more = (): void => { while (!response.destroyed && response.write('x'.repeat(65_536))); };
        response.on('drain', more);
        more();
      });
      const exchange = await browser.fetch(url, { maxBytes: MIB });
      expect(exchange.fault?.reason).toBe('too-large');
      expect(exchange.payload?.length).toBeLessThanOrEqual(MIB);
    });

    it('on a bomb', async () => {
      const bomb = gzipSync(Buffer.alloc(64 * MIB));
      const url = portal.page('/bomb', (_request, response) => { response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(bomb); });
      expect((await browser.fetch(url, { maxBytes: MIB })).fault?.reason).toBe('too-large');
    });

    it('on a body cut short', async () => {
      const url = portal.page('/cut', (_request, response) => { response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' }); response.write('half'); setTimeout(() => response.destroy(), 50); });
      expect((await browser.fetch(url, ask)).fault?.reason).toBe('truncated');
    });

    it('on a script that never ends: the bytes are held, and the next page is fine', async () => {
      const url = portal.page('/busy', '<p>页<script>for(;;);</script>');
      const hasty = await openBrowser(HASTY, { allowPrivate: true });
      const started = performance.now();
      const exchange = await hasty.fetch(url, ask);
      expect(performance.now() - started).toBeLessThan(9000);
      expect(exchange).toMatchObject({ status: 200, fault: null, renderedHtml: null });
      expect((await hasty.fetch(portal.page('/fine', 'fine'), ask)).renderedHtml).toContain('fine');
      await hasty.close();
    });

    it('on a server that says nothing, and when stopped from outside', async () => {
      const url = portal.page('/silent', () => undefined);
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 300);
      expect((await browser.fetch(url, { ...ask, signal: stop.signal })).fault?.reason).toBe('stopped');
      const hasty = await openBrowser(HASTY, { allowPrivate: true });
      expect((await hasty.fetch(url, ask)).fault?.reason).toBe('timeout-total');
      await hasty.close();
    });
  });

  describe('reaches no private address', () => {
    it('named in the address', async () => {
      const careful = await openBrowser(CONFIG, { allowPrivate: false });
      for (const url of ['http://127.0.0.1/', 'http://[::1]/', 'http://a.localhost/']) expect((await careful.fetch(url, ask)).fault?.reason, url).toBe('private-address');
      for (const url of ['file:///etc/passwd', 'chrome://version/', 'data:text/html,x']) expect((await careful.fetch(url, ask)).fault?.reason, url).toBe('unsupported-scheme');
      expect((await careful.fetch('http://u:p@gov.cn/', ask)).fault?.reason).toBe('bad-url');
      await careful.close();
    });

    it('behind a public name', async () => {
      const careful = await openBrowser(CONFIG, { allowPrivate: false, resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
      portal.asked.length = 0;
      expect((await careful.fetch(portal.url('/secret', 'rebind.example'), ask)).fault?.reason).toBe('private-address');
      expect(portal.asked).toEqual([]);
      await careful.close();
    });

    it('from inside a public page, by any way there is', async () => {
      const secret = `127.0.0.1:${portal.port}`;
      const hostile = `<link rel=stylesheet href="http://${secret}/css"><link rel=prefetch href="http://${secret}/prefetch"><link rel=preconnect href="http://${secret}/"><img src="http://${secret}/img"><iframe src="http://${secret}/frame"></iframe>
        <object data="http://${secret}/object"></object><video src="http://${secret}/video"></video><script src="http://2130706433:${portal.port}/js"></script><style>@import "http://${secret}/import";@font-face{font-family:f;src:url(http://${secret}/font)}p{font-family:f}</style><p>页
        <script>fetch('http://${secret}/fetch',{mode:'no-cors'}).catch(()=>0);fetch('http://a.localhost:${portal.port}/name',{method:'POST',mode:'no-cors'}).catch(()=>0);var x=new XMLHttpRequest();x.open('GET','http://0x7f.1:${portal.port}/xhr');x.send();
        try{new WebSocket('ws://${secret}/ws')}catch(e){};try{new EventSource('http://${secret}/es')}catch(e){};navigator.sendBeacon('http://${secret}/beacon');new Worker(URL.createObjectURL(new Blob(["importScripts('http://${secret}/worker')"])));
        fetch('http://[::ffff:127.0.0.1]:${portal.port}/mapped',{mode:'no-cors'}).catch(()=>0);window.open('http://${secret}/open');location.href='http://${secret}/location'</script>`;
      // An HTTP proxy on loopback plays the public internet; it would also serve the secret, if asked to.
      const internet = createServer((request, response) => { portal.asked.push(request.url ?? ''); response.setHeader('content-type', 'text/html').end(hostile); });
      internet.on('connect', (request, socket) => { portal.asked.push(request.url ?? ''); socket.end(); });
      await new Promise<void>((resolve) => internet.listen(0, '127.0.0.1', resolve));
      const careful = await openBrowser({ ...CONFIG, network: { ...CONFIG.network, proxies: [`http://127.0.0.1:${(internet.address() as AddressInfo).port}`] } }, { allowPrivate: false });
      portal.asked.length = 0;
      const exchange = await careful.fetch('http://public.example/', { ...ask, mayAsk: () => true });
      expect(exchange).toMatchObject({ status: 200, fault: null });
      expect(portal.asked).toEqual(['http://public.example/']);
      await careful.close();
      internet.close();
    });
  });

  it.skipIf(!hasOpenssl)('checks certificates, unless the host is named in the configuration; through a configured proxy too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nianbao-tls-'));
    const secure = createHttpsServer(selfSigned(folder, 'secure.localhost'), (_request, response) => { response.setHeader('content-type', 'text/html').end('secure'); });
    const upstream = createServer();
    const tunnels: string[] = [];
    upstream.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const onward = connect(Number((request.url ?? '').split(':').at(-1)), '127.0.0.1', () => { socket.write('HTTP/1.1 200 OK\r\n\r\n'); onward.pipe(socket).pipe(onward); });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    for (const server of [secure, upstream]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://secure.localhost:${(secure.address() as AddressInfo).port}/`;
    expect((await browser.fetch(url, ask)).fault?.reason).toBe('tls-untrusted');
    const network = { ...CONFIG.network, insecureTls: ['secure.localhost'], proxies: [`http://127.0.0.1:${(upstream.address() as AddressInfo).port}`] };
    const lenient = await openBrowser({ ...CONFIG, network }, { allowPrivate: true });
    expect(await lenient.fetch(url, ask)).toMatchObject({ status: 200, fault: null, payload: Buffer.from('secure') });
    expect(new Set(tunnels)).toEqual(new Set([new URL(url).host]));
    await lenient.close();
    for (const server of [secure, upstream]) { server.closeAllConnections(); server.close(); }
    rmSync(folder, { recursive: true });
  });

  it.skipIf(process.platform !== 'linux')('starts again after it has crashed', async () => {
    const chromiums = (): number[] => readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ').map(Number)
      .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--remote-debugging'));
    const before = new Set(chromiums());
    const own = await openBrowser(CONFIG, { allowPrivate: true });
    const started = chromiums().filter((pid) => !before.has(pid));
    const url = portal.page('/slow', (_request, response) => { setTimeout(() => response.end('late'), 1500); });
    const pending = own.fetch(url, ask);
    await new Promise((resolve) => setTimeout(resolve, 700));
    for (const pid of started) process.kill(pid, 'SIGKILL');
    expect((await pending).fault?.reason).toBe('browser-crashed');
    expect((await own.fetch(portal.page('/after', 'after'), ask)).renderedHtml).toContain('after');
    await own.close();
  });
});

describe('without Chromium', () => {
  it('says what to do', async () => {
    const opening = openBrowser(CONFIG, { allowPrivate: false, executablePath: '/nonexistent/chromium' });
    await expect(opening).rejects.toMatchObject({ name: 'NianbaoError', code: 'browser-missing' });
    await expect(opening).rejects.toThrow(/Install chromium/u);
  });

  it('takes nothing else in the place of a configured one', async () => {
    expect(await findChromium({ browser: { executablePath: process.execPath.replace(/node$/u, 'no-such') } })).toBeNull();
  });
});

describe('the guarded proxy', () => {
  /** Speaks SOCKS5 to the proxy; gives the reply code, or null when the proxy hangs up. */
  function ask5(port: number, request: Uint8Array): Promise<number | null> {
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from([5, 1, 0])));
      let replies = 0;
      socket.on('data', (data) => { replies += 1; if (replies === 1) socket.write(request); else { resolve(data[1] ?? null); socket.destroy(); } });
      socket.on('error', () => resolve(null));
      socket.on('close', () => resolve(null));
    });
  }

  const byName = (name: string, port: number): Buffer => Buffer.concat([Buffer.from([5, 1, 0, 3, name.length]), Buffer.from(name), Buffer.from([port >> 8, port & 255])]);
  const target = createTcpServer((socket) => socket.end());
  let port = 0;
  beforeAll(async () => { await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve)); port = (target.address() as AddressInfo).port; });
  afterAll(() => { target.close(); });

  it('lets through what was admitted, and nothing else', async () => {
    const proxy = await openGuardedProxy({ allowPrivate: true, connectTimeoutMs: 1000, maxBytes: MIB });
    proxy.admit('a.localhost');
    expect(await ask5(Number(new URL(proxy.address).port), byName('a.localhost', port))).toBe(0);
    expect(proxy.addressOf('a.localhost')).toBe('127.0.0.1');
    expect(await ask5(Number(new URL(proxy.address).port), byName('b.localhost', port))).toBe(2);
    expect(proxy.faultOf('b.localhost')?.reason).toBe('out-of-scope');
    await proxy.close();
  });

  it('refuses private addresses behind admitted names and as literals', async () => {
    const proxy = await openGuardedProxy({ allowPrivate: false, connectTimeoutMs: 1000, maxBytes: MIB, resolve: async () => [{ address: '10.0.0.1', family: 4 }] });
    for (const host of ['rebind.example', '127.0.0.1', '[::1]']) proxy.admit(host);
    const ports = Buffer.from([port >> 8, port & 255]);
    expect(await ask5(Number(new URL(proxy.address).port), byName('rebind.example', port))).toBe(2);
    expect(await ask5(Number(new URL(proxy.address).port), Buffer.concat([Buffer.from([5, 1, 0, 1, 127, 0, 0, 1]), ports]))).toBe(2);
    expect(await ask5(Number(new URL(proxy.address).port), Buffer.concat([Buffer.from([5, 1, 0, 4, ...new Array<number>(15).fill(0), 1]), ports]))).toBe(2);
    expect(await ask5(Number(new URL(proxy.address).port), byName('127.0.0.1', port))).toBe(2);
    await proxy.close();
  });

  it('hangs up on what is no SOCKS5 client', async () => {
    const proxy = await openGuardedProxy({ allowPrivate: true, connectTimeoutMs: 1000, maxBytes: MIB });
    const closed = new Promise((resolve) => { const socket = connect(Number(new URL(proxy.address).port), '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50))); socket.on('close', resolve).on('error', () => undefined).resume(); });
    await closed;
    expect(await ask5(Number(new URL(proxy.address).port), Buffer.from([5, 2, 0, 1, 127, 0, 0, 1, 0, 80]))).toBe(7);
    await proxy.close();
  });
});

describe('turns', () => {
  it('go one after another on a host, side by side on two, and end by themselves', async () => {
    const turns = new Turns(50);
    const order: string[] = [];
    const take = async (host: string, id: string): Promise<void> => { if (await turns.take(host, id)) order.push(id); };
    await take('a', '1');
    const second = take('a', '2');
    await take('b', '3');
    expect(order).toEqual(['1', '3']);
    turns.release('1');
    await second;
    const third = take('a', '4');
    await third;
    expect(order).toEqual(['1', '3', '2', '4']);
    const never = take('a', '5');
    turns.close();
    await never;
    expect(order).not.toContain('5');
    expect(turns.open).toBe(0);
  });
});
