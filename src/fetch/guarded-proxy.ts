/** A SOCKS5 door on loopback through which the browser must go: it resolves each name itself and connects to the address it has checked. */
import { connect, createServer, isIP } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { allowedAddresses } from './address-guard.js';
import { classifyError } from './classify-error.js';
import type { Fault } from './http.js';
import type { Resolve } from './resolve.js';

export interface GuardedProxy {
  /** For the browser, such as `socks5://127.0.0.1:40123`. */
  readonly address: string;
  /** Allows connections to this host until the proxy closes; nothing else is let through. */
  admit(hostname: string): void;
  /** The address that the last connection to a host went to; null when there was none. */
  addressOf(hostname: string): string | null;
  /** Why the last connection to a host failed; null when it did not. The browser itself only says "proxy failed". */
  faultOf(hostname: string): Fault | null;
  close(): Promise<void>;
}

export interface GuardedProxySettings {
  readonly allowPrivate: boolean;
  readonly connectTimeoutMs: number;
  /** Most bytes that may come between two requests on a connection; then it is cut. */
  readonly maxBytes: number;
  readonly resolve?: Resolve | undefined;
}

/** Replies of RFC 1928, 6. */
const REPLY = { ok: 0, forbidden: 2, unreachable: 4, refused: 5, unsupported: 7 } as const;

/** A greeting has at most 257 bytes, a request at most 262; the browser sends nothing else before the reply. */
const LONGEST_MESSAGE = 600;

const IDLE_MS = 120_000;

interface Target {
  readonly host: string;
  readonly port: number;
}

interface Parsed<Value> {
  readonly value: Value;
  readonly length: number;
}

/** Length of the greeting, or null while it is incomplete. */
function greetingLength(bytes: Buffer): number | null {
  const length = 2 + (bytes[1] ?? 0);
  return bytes.length >= length ? length : null;
}

function ipv6Text(bytes: Buffer): string {
  return Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16)).join(':');
}

/** The target of a CONNECT request (RFC 1928, 4), or null while it is incomplete. An address kind that there is not gives an empty host. */
function readRequest(bytes: Buffer): Parsed<Target> | null {
  const kind = bytes[3];
  const nameLength = bytes[4];
  if (kind === undefined || nameLength === undefined) return null;
  const start = kind === 3 ? 5 : 4;
  const hostLength = kind === 1 ? 4 : kind === 4 ? 16 : kind === 3 ? nameLength : 0;
  const length = start + hostLength + 2;
  if (bytes.length < length) return null;
  const host = bytes.subarray(start, start + hostLength);
  const text = kind === 1 ? [...host].join('.') : kind === 4 ? ipv6Text(host) : host.toString('latin1').toLowerCase();
  return { value: { host: bytes[1] === 1 ? text : '', port: bytes.readUInt16BE(length - 2) }, length };
}

function replyTo(socket: Socket, code: number): void {
  if (!socket.writable) return;
  socket.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
  if (code !== REPLY.ok) socket.end();
}

/** Connects to the first of the addresses that answers. */
async function connectToAny(addresses: readonly { address: string }[], port: number, timeoutMs: number): Promise<Socket> {
  let last: unknown = Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
  for (const { address } of addresses) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        const socket = connect({ host: address, port });
        const timer = setTimeout(() => socket.destroy(Object.assign(new Error(`no connection to ${address} in ${timeoutMs} ms`), { code: 'ETIMEDOUT' })), timeoutMs);
        socket.once('connect', () => { clearTimeout(timer); socket.removeListener('error', reject); resolve(socket); });
        socket.once('error', (error) => { clearTimeout(timer); reject(error); });
      });
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

/** Cuts a connection on which an answer is longer than the limit. What the client sends begins a new answer. */
export function limitAnswers(client: Socket, server: Socket, limit: { readonly maxBytes: number; readonly onExceeded: () => void }): void {
  let size = 0;
  client.on('data', () => { size = 0; });
  server.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit.maxBytes) return;
    limit.onExceeded();
    server.destroy();
  });
}

export function splice(client: Socket, server: Socket, rest: Buffer): void {
  for (const [from, to] of [[client, server], [server, client]] as const) {
    from.setTimeout(IDLE_MS, () => from.destroy());
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
  if (rest.length > 0) server.write(rest);
}

/** The bytes that a client sends until `parse` is content; the rest is pushed back. */
function read<Value>(socket: Socket, parse: (bytes: Buffer) => Parsed<Value> | null): Promise<{ value: Value; rest: Buffer }> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const parsed = parse(bytes);
      if (!parsed && bytes.length <= LONGEST_MESSAGE) return;
      socket.pause();
      socket.removeListener('data', onData);
      if (!parsed) { reject(new Error('not a SOCKS5 client')); return; }
      resolve({ value: parsed.value, rest: bytes.subarray(parsed.length) });
    };
    socket.on('data', onData);
    socket.once('close', () => reject(new Error('the client left')));
    socket.resume();
  });
}

/** What a proxy knows of hosts. */
export interface HostMemory {
  readonly admitted: Set<string>;
  readonly addresses: Map<string, string>;
  readonly faults: Map<string, Fault>;
}

export function createMemory(): HostMemory {
  return { admitted: new Set(), addresses: new Map(), faults: new Map() };
}

const REPLY_BY_REASON: Readonly<Record<string, number>> = { 'private-address': REPLY.forbidden, 'out-of-scope': REPLY.forbidden, 'refused': REPLY.refused };

/** Opens the way to a target; null, with the fault remembered, when there is none. */
async function open(target: Target, settings: GuardedProxySettings, memory: HostMemory): Promise<Socket | null> {
  const { host, port } = target;
  try {
    if (!memory.admitted.has(host)) throw Object.assign(new Error(`${host} was not asked for by the page's own leave`), { reason: 'out-of-scope' });
    const addresses = await allowedAddresses(host, settings.allowPrivate, settings.resolve);
    const server = await connectToAny(addresses, port, settings.connectTimeoutMs);
    memory.addresses.set(host, server.remoteAddress ?? '');
    memory.faults.delete(host);
    return server;
  } catch (error) {
    const { reason, message } = error as Error & { reason?: string };
    memory.faults.set(host, { reason: reason ?? classifyError(error), detail: message });
    return null;
  }
}

async function serve(client: Socket, settings: GuardedProxySettings, memory: HostMemory): Promise<void> {
  const greeting = await read(client, (bytes) => { const length = greetingLength(bytes); return length === null ? null : { value: bytes[0], length }; });
  if (greeting.value !== 5) throw new Error('not a SOCKS5 client');
  client.write(Buffer.from([5, 0]));
  const request = await read(client, (bytes) => readRequest(bytes));
  const target = request.value;
  if (target.host === '') { replyTo(client, REPLY.unsupported); return; }
  const server = await open(target, settings, memory);
  const reason = memory.faults.get(target.host)?.reason ?? '';
  if (!server) { replyTo(client, REPLY_BY_REASON[reason] ?? REPLY.unreachable); return; }
  replyTo(client, REPLY.ok);
  limitAnswers(client, server, { maxBytes: settings.maxBytes, onExceeded: () => memory.faults.set(target.host, { reason: 'too-large', detail: `more than ${settings.maxBytes} bytes; the connection was cut` }) });
  splice(client, server, request.rest);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** The name as the proxy meets it: an IPv6 literal without brackets, in the long form that `readRequest` writes. */
export function keyOf(hostname: string): string {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  if (isIP(bare) !== 6) return bare.toLowerCase();
  const [head = '', tail] = bare.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = tail === undefined ? [] : new Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].join(':');
}

/** Wraps a listening door; `serve` is already bound to `memory`. */
export async function openDoor(server: Server, scheme: 'socks5' | 'http', memory: HostMemory): Promise<GuardedProxy> {
  const clients = new Set<Socket>();
  server.on('connection', (client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
  });
  const port = await listen(server);
  return {
    address: `${scheme}://127.0.0.1:${port}`,
    admit: (hostname) => { memory.admitted.add(keyOf(hostname)); },
    addressOf: (hostname) => memory.addresses.get(keyOf(hostname)) ?? null,
    faultOf: (hostname) => memory.faults.get(keyOf(hostname)) ?? null,
    close: () => new Promise((resolve) => { for (const client of clients) client.destroy(); server.close(() => resolve()); }),
  };
}

/** Opens the door. Only the loopback can reach it, and only hosts that were admitted can be reached through it. */
export function openGuardedProxy(settings: GuardedProxySettings): Promise<GuardedProxy> {
  const memory = createMemory();
  const server = createServer((client) => { serve(client, settings, memory).catch(() => client.destroy()); });
  return openDoor(server, 'socks5', memory);
}
