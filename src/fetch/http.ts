/** Asks a server once over HTTP and returns its bytes untouched, with the facts of the exchange. */
import { constants as cryptoConstants } from 'node:crypto';
import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { Agent, ProxyAgent, buildConnector, request } from 'undici';
import type { Dispatcher } from 'undici';
import type { Config } from '../config.js';
import { addressAllowed, checkUrl, createProxyGuard, guardedLookup } from './address-guard.js';
import { undoContentCoding } from './content-coding.js';
import { classifyError } from './outcome.js';
import { resolveName } from './resolve.js';
import type { Resolve } from './resolve.js';

/** Why an exchange gave no whole body; `reason` is one of outcome.ts. */
export interface Fault {
  readonly reason: string;
  readonly detail: string;
}

/** One request and its answer. */
export interface Exchange {
  readonly url: string;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  /** Body after content decoding; null when none came. A faulty one may be partial. */
  readonly payload: Uint8Array | null;
  readonly transferBytes: number;
  readonly remoteAddress: string | null;
  readonly fetchedAt: string;
  readonly durationMs: number;
  /** Part of `durationMs` that the body took after the headers had come. */
  readonly bodyMs: number;
  readonly fault: Fault | null;
  /** What strict TLS would have refused, on a host named in `network.insecureTls`; absent where nothing was relaxed. */
  readonly relaxedTls?: string;
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

export interface HttpFetcher {
  /** One GET, redirects not followed. Never throws: what went wrong is the fault. */
  ask(url: string, options: AskOptions): Promise<Exchange>;
  close(): Promise<void>;
}

const MAX_HEADER_BYTES = 64 * 1024;

/** What a host named in `network.insecureTls` is allowed: old protocols and unverifiable certificates. The run's configuration digest covers it. */
const RELAXED_TLS = {
  rejectUnauthorized: false, minVersion: 'TLSv1' as const, ciphers: 'DEFAULT:@SECLEVEL=0', secureOptions: cryptoConstants.SSL_OP_LEGACY_SERVER_CONNECT,
};

const ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** What is known of the connections to each host: the address, and what TLS forgave. */
interface Connections {
  readonly addresses: Map<string, string>;
  readonly relaxed: Map<string, string>;
}

/** What a relaxed TLS connection was forgiven, with its protocol. */
function forgiven(socket: TLSSocket): string {
  const error = socket.authorizationError as unknown;
  const reason = typeof error === 'string' ? error : (error as { code?: string; message?: string } | null)?.code ?? (error instanceof Error ? error.message : 'nothing: the certificate is sound');
  return `${socket.getProtocol() ?? 'TLS'}, ${reason}`;
}

interface Connecting {
  readonly relaxed: boolean;
  readonly resolve: Resolve;
}

/** Connects through the address guard and remembers which address each host answered from. */
function guardedConnector(config: Config, connections: Connections, { relaxed, resolve }: Connecting): buildConnector.connector {
  const allowPrivate = config.network.allowPrivateAddresses;
  const connect = buildConnector({
    lookup: guardedLookup(allowPrivate, resolve), timeout: config.limits.headerSeconds * 1000, keepAlive: true, ...(relaxed ? RELAXED_TLS : {}),
  });
  return (options, callback) => connect(options, (error, socket) => {
    if (error) { callback(error, null); return; }
    const address = socket.remoteAddress ?? '';
    if (!addressAllowed(address, allowPrivate)) {
      socket.destroy();
      callback(Object.assign(new Error(`${options.hostname} connected to the private address ${address}`), { code: 'ERR_PRIVATE_ADDRESS' }), null);
      return;
    }
    connections.addresses.set(options.hostname, address);
    if (relaxed && socket instanceof TLSSocket) connections.relaxed.set(options.hostname, forgiven(socket));
    callback(null, socket);
  });
}

function createAgent(config: Config, connections: Connections, connecting: Connecting): Dispatcher {
  const timing = { headersTimeout: config.limits.headerSeconds * 1000, bodyTimeout: config.limits.idleSeconds * 1000, maxHeaderSize: MAX_HEADER_BYTES };
  const proxy = config.network.proxies[0];
  if (proxy !== undefined) return new ProxyAgent({ uri: proxy, ...timing, ...(connecting.relaxed ? { requestTls: RELAXED_TLS } : {}) });
  return new Agent({ ...timing, connections: 2, pipelining: 1, connect: guardedConnector(config, connections, connecting) });
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { ...plain };
}

interface Received {
  readonly body: Uint8Array;
  readonly fault: Fault | null;
}

/** Reads a body up to `maxBytes`; what came before a fault is kept. */
async function receive(body: Readable, maxBytes: number): Promise<Received> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) {
        body.destroy();
        return { body: Buffer.concat(chunks), fault: { reason: 'too-large', detail: `more than ${maxBytes} bytes; the first ${size - chunk.length} are kept` } };
      }
      chunks.push(chunk);
    }
    return { body: Buffer.concat(chunks, size), fault: null };
  } catch (error) {
    const reason = classifyError(error);
    const cut = size > 0 && (reason === 'reset' || reason === 'bad-http' || reason === 'network');
    return { body: Buffer.concat(chunks), fault: { reason: cut ? 'truncated' : reason, detail: `${(error as Error).message}; ${size} bytes are kept` } };
  }
}

interface Clock {
  readonly fetchedAt: string;
  readonly startedMs: number;
}

function failed(url: string, clock: Clock, fault: Fault): Exchange {
  return { url, status: null, headers: {}, setCookies: [], payload: null, transferBytes: 0, remoteAddress: null, fetchedAt: clock.fetchedAt,
    durationMs: Math.round(performance.now() - clock.startedMs), bodyMs: 0, fault };
}

export interface FetcherParts {
  readonly resolve?: Resolve;
  /** The time (milliseconds since the epoch) that exchanges are dated by. */
  readonly now?: () => number;
}

/** Makes the fetcher of a harvest: keep-alive connections, guarded addresses, hard limits. Close it at the end. */
export function createHttpFetcher(config: Config, { resolve = resolveName, now = Date.now }: FetcherParts = {}): HttpFetcher {
  const connections: Connections = { addresses: new Map(), relaxed: new Map() };
  const strict = createAgent(config, connections, { relaxed: false, resolve });
  const allowPrivate = config.network.allowPrivateAddresses;
  const refusalOf = config.network.proxies.length > 0 ? createProxyGuard(allowPrivate, resolve) : (url: string) => checkUrl(url, allowPrivate);
  const insecureHosts = new Set(config.network.insecureTls);
  const relaxed = insecureHosts.size > 0 ? createAgent(config, connections, { relaxed: true, resolve }) : strict;

  async function exchange(url: string, options: AskOptions, clock: Clock): Promise<Exchange> {
    const { hostname } = new URL(url);
    const timeout = AbortSignal.timeout(config.limits.responseSeconds * 1000);
    const response = await request(url, {
      dispatcher: insecureHosts.has(hostname) ? relaxed : strict, method: 'GET',
      signal: options.signal ? AbortSignal.any([timeout, options.signal]) : timeout,
      headers: { 'user-agent': config.userAgent, accept: ACCEPT, 'accept-language': 'zh-CN,zh;q=0.9', 'accept-encoding': 'gzip, deflate, br', ...options.headers },
    });
    const answeredMs = performance.now();
    const received = await receive(response.body, options.maxBytes);
    const bodyMs = Math.round(performance.now() - answeredMs);
    const headers = plainHeaders(response.headers);
    const relaxedTls = url.startsWith('https:') ? connections.relaxed.get(hostname) : undefined;
    const decoded = received.fault ? { payload: received.body, fault: received.fault } : await undoContentCoding(received.body, headers['content-encoding'], options);
    return {
      url, status: response.statusCode, headers, setCookies: [response.headers['set-cookie'] ?? []].flat(), payload: decoded.payload,
      transferBytes: received.body.length, remoteAddress: connections.addresses.get(hostname) ?? null, fetchedAt: clock.fetchedAt,
      durationMs: Math.round(performance.now() - clock.startedMs), bodyMs, fault: decoded.fault, ...(relaxedTls === undefined ? {} : { relaxedTls }),
    };
  }

  return {
    async ask(url, options) {
      const clock = { fetchedAt: new Date(now()).toISOString(), startedMs: performance.now() };
      const refusal = await refusalOf(url);
      if (refusal) return failed(url, clock, refusal);
      try {
        return await exchange(url, options, clock);
      } catch (error) {
        return failed(url, clock, { reason: classifyError(error), detail: (error as Error).message });
      }
    },
    async close() {
      await Promise.all([...new Set([strict, relaxed])].map((agent) => agent.destroy()));
    },
  };
}
