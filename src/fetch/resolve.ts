/** Finds the addresses of a host name, within a time limit and without holding up other hosts. */
import { ADDRCONFIG, Resolver, lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';

/** Gives all addresses of a name; rejects with an error that has a `code` such as `ENOTFOUND` or `ETIMEOUT`. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface ResolveSettings {
  /** Name servers as `address` or `address:port`; the system's when absent. */
  readonly servers?: readonly string[];
  readonly timeoutMs?: number;
  /** Whether to ask the system (hosts file, mDNS and the like) about a name that DNS does not know. */
  readonly askSystem?: boolean;
}

/** RELIABILITY's limit for a slow name server: 10 s, as two tries of five. */
const TIMEOUT_MS = 5000;
const TRIES = 2;

/** How long an answer is used again. Short, for portals move; long enough that a page and its script cost one question. */
const KEEP_MS = 60_000;
const MOST_KEPT = 10_000;

/** What DNS itself says of a name that it does not know; then the system may know it from elsewhere. */
const NOT_IN_DNS: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED', 'EREFUSED', 'ESERVFAIL']);

const LOOPBACK: readonly LookupAddress[] = [{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }];

/** Whether a name is loopback by definition: `localhost` and every name below it (RFC 6761, 6.3). */
export function isLocalhost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/u, '');
  return name === 'localhost' || name.endsWith('.localhost');
}

/** A name server that refuses the connection is a fault of DNS, not of the host that was asked about. */
function dnsError(found: string, hostname: string): Error {
  const code = found === 'ECONNREFUSED' ? 'EREFUSED' : found;
  return Object.assign(new Error(`${code}: no address found for ${hostname.slice(0, 255)}`), { code, hostname });
}

function askFamily(resolver: Resolver, hostname: string, family: 4 | 6): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    const done = (error: NodeJS.ErrnoException | null, addresses: string[]): void => {
      if (error) { reject(error); return; }
      resolve(addresses.map((address) => ({ address, family })));
    };
    if (family === 4) resolver.resolve4(hostname, done); else resolver.resolve6(hostname, done);
  });
}

/**
 * Asks DNS directly instead of `getaddrinfo`: that one sits in a pool of four threads, which it shares with files and
 * gzip, and four dead name servers would stop the whole harvest.
 */
async function askDns(resolver: Resolver, hostname: string): Promise<LookupAddress[]> {
  const answers = await Promise.allSettled([askFamily(resolver, hostname, 4), askFamily(resolver, hostname, 6)]);
  const found = answers.flatMap((answer) => answer.status === 'fulfilled' ? answer.value : []);
  if (found.length > 0) return found;
  const codes = answers.map((answer) => answer.status === 'rejected' ? (answer.reason as { code?: string }).code ?? '' : '');
  throw dnsError(codes.find((code) => !NOT_IN_DNS.has(code) && code !== '') ?? codes[0] ?? 'ENOTFOUND', hostname);
}

function askSystem(hostname: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true, hints: ADDRCONFIG }, (error, addresses) => { if (error) reject(error); else resolve(addresses); });
  });
}

/** Makes a resolver with its own memory of answers. Names below `.localhost` are loopback without asking anybody. */
export function createResolver(settings: ResolveSettings = {}): Resolve {
  const resolver = new Resolver({ timeout: settings.timeoutMs ?? TIMEOUT_MS, tries: TRIES });
  if (settings.servers) resolver.setServers(settings.servers);
  const kept = new Map<string, { readonly addresses: Promise<readonly LookupAddress[]>; readonly untilMs: number }>();

  async function ask(hostname: string): Promise<readonly LookupAddress[]> {
    try {
      return await askDns(resolver, hostname);
    } catch (error) {
      if (settings.askSystem === false || !NOT_IN_DNS.has((error as { code: string }).code)) throw error;
      return askSystem(hostname);
    }
  }

  return (hostname) => {
    if (isLocalhost(hostname)) return Promise.resolve(LOOPBACK);
    const known = kept.get(hostname);
    if (known && known.untilMs > Date.now()) return known.addresses;
    const addresses = ask(hostname);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(hostname, { addresses, untilMs: Date.now() + KEEP_MS });
    addresses.catch(() => kept.delete(hostname));
    return addresses;
  };
}

/** The resolver that all connections of this process share. */
export const resolveName: Resolve = createResolver();
