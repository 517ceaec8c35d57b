/** An HTTP proxy on loopback for a browser that must go through the proxy of the configuration: it lets admitted hosts through, and passes everything on. */
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions, ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { checkUrl, createProxyGuard } from './address-guard.js';
import type { ProxyGuard } from './address-guard.js';
import { classifyError } from './classify-error.js';
import { createMemory, keyOf, limitAnswers, openDoor, splice } from './guarded-proxy.js';
import type { GuardedProxy, GuardedProxySettings, HostMemory } from './guarded-proxy.js';

/** Headers between one hop and the next (RFC 9110, 7.6.1); the browser's say nothing about our hop. */
const HOP_HEADERS: ReadonlySet<string> = new Set(['proxy-connection', 'proxy-authorization', 'proxy-authenticate', 'keep-alive', 'connection', 'te', 'upgrade']);

interface Chain {
  readonly upstream: URL;
  readonly settings: GuardedProxySettings;
  readonly memory: HostMemory;
  readonly guard: ProxyGuard;
}

/** The way to the configured proxy, with its password when the address has one. */
function hop(chain: Chain, method: string, path: string): RequestOptions {
  const { hostname, port, protocol, username, password } = chain.upstream;
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return {
    host: hostname.replace(/^\[|\]$/gu, ''), port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port), method, path,
    headers: username === '' ? {} : { 'Proxy-Authorization': `Basic ${secret}` }, agent: false, timeout: chain.settings.connectTimeoutMs,
  };
}

function requestBy(chain: Chain): typeof httpRequest {
  return chain.upstream.protocol === 'https:' ? httpsRequest : httpRequest;
}

/** Whether the browser may go there; a refusal is remembered. */
async function admits({ memory, settings, guard }: Chain, url: string): Promise<boolean> {
  const hostname = URL.canParse(url) ? keyOf(new URL(url).hostname) : '';
  // What is not admitted is not looked up either.
  const fault = checkUrl(url, settings.allowPrivate) ?? (memory.admitted.has(hostname) ? await guard(url) : { reason: 'out-of-scope', detail: `${hostname} was not asked for by the page's own leave` });
  if (fault) memory.faults.set(hostname, fault); else memory.faults.delete(hostname);
  return fault === null;
}

function remember({ memory }: Chain, url: string, error: unknown): void {
  memory.faults.set(keyOf(new URL(url).hostname), { reason: classifyError(error), detail: `through the proxy: ${(error as Error).message}` });
}

/** Name and value in turn, as `rawHeaders` has them, without those of the hop. */
function endToEnd(raw: readonly string[]): string[] {
  return raw.filter((_, index) => !HOP_HEADERS.has((raw[index - index % 2] ?? '').toLowerCase()));
}

async function forward(chain: Chain, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const url = asked.url ?? '';
  if (!await admits(chain, url)) { asked.socket.destroy(); return; }
  const options = hop(chain, asked.method ?? 'GET', url);
  const onward = requestBy(chain)({ ...options, headers: [...endToEnd(asked.rawHeaders), ...Object.entries(options.headers ?? {}).flat() as string[]] as never });
  onward.on('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, response.statusMessage, endToEnd(response.rawHeaders) as never);
    let size = 0;
    response.on('data', (chunk: Buffer) => { size += chunk.length; if (size > chain.settings.maxBytes) response.destroy(); });
    // An answer that ends early must end early for the browser too.
    response.on('close', () => { if (!response.complete) answer.destroy(); });
    response.pipe(answer);
  });
  onward.on('timeout', () => onward.destroy(Object.assign(new Error('the proxy does not answer'), { code: 'ETIMEDOUT' })));
  onward.on('error', (error) => { remember(chain, url, error); answer.destroy(); });
  answer.on('close', () => onward.destroy());
  asked.pipe(onward);
}

async function tunnel(chain: Chain, asked: IncomingMessage, client: Socket): Promise<void> {
  const url = `https://${asked.url ?? ''}/`;
  if (!await admits(chain, url)) { client.destroy(); return; }
  const onward = requestBy(chain)(hop(chain, 'CONNECT', asked.url ?? ''));
  onward.on('connect', (response, server, head) => {
    if (response.statusCode !== 200) {
      remember(chain, url, new Error(`status ${response.statusCode} to CONNECT`));
      server.destroy();
      client.destroy();
      return;
    }
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) client.write(head);
    limitAnswers(client, server, { maxBytes: chain.settings.maxBytes, onExceeded: () => remember(chain, url, Object.assign(new Error('the answer is too large'), { code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' })) });
    splice(client, server, Buffer.alloc(0));
  });
  onward.on('timeout', () => onward.destroy(Object.assign(new Error('the proxy does not answer'), { code: 'ETIMEDOUT' })));
  onward.on('error', (error) => { remember(chain, url, error); client.destroy(); });
  onward.end();
}

/**
 * Opens the door to `upstream`, an `http:` or `https:` proxy. Private addresses are refused as far as their spelling and our own resolver
 * tell; where names lead in the end is decided behind the configured proxy.
 */
export function openChainedProxy(upstream: string, settings: GuardedProxySettings): Promise<GuardedProxy> {
  const chain: Chain = { upstream: new URL(upstream), settings, memory: createMemory(), guard: createProxyGuard(settings.allowPrivate, settings.resolve) };
  const server = createServer((asked, answer) => { forward(chain, asked, answer).catch(() => asked.socket.destroy()); });
  server.on('connect', (asked: IncomingMessage, client: Socket) => { tunnel(chain, asked, client).catch(() => client.destroy()); });
  return openDoor(server, 'http', chain.memory);
}
