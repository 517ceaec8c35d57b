/** Decides which addresses may be connected to: public ones, unless the configuration allows private ones too. */
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Fault } from './http.js';
import { isLocalhost, resolveName } from './resolve.js';
import type { Resolve } from './resolve.js';

/** Azure's host agent answers here, to machines of Azure only: a public address in form, a metadata service in fact. */
const METADATA_IN_PUBLIC_SPACE: ReadonlySet<string> = new Set(['168.63.129.16']);

const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR('2000::/3');
/** IETF protocol assignments: Teredo, ORCHID, benchmarking and what may still come. */
const PROTOCOL_ASSIGNMENTS_V6 = ipaddr.parseCIDR('2001::/23');

/**
 * Whether an address is a public host's.
 * IPv6 forms that carry an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) are judged by that address where the system
 * would connect to it (mapped), and refused otherwise: behind a gateway they may lead to a private network.
 */
function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv4') return !METADATA_IN_PUBLIC_SPACE.has(address.toString());
  return address.match(GLOBAL_UNICAST_V6) && !address.match(PROTOCOL_ASSIGNMENTS_V6);
}

/** Whether `address` (IPv4 or IPv6, any notation) may be connected to. What is no address may not. */
export function addressAllowed(address: string, allowPrivate: boolean): boolean {
  return allowPrivate ? ipaddr.isValid(address) : isPublic(address);
}

function refusal(subject: string): Error {
  return Object.assign(new Error(`${subject.slice(0, 300)} is a private or special address`), { code: 'ERR_PRIVATE_ADDRESS' });
}

/**
 * The addresses of a host that may be connected to; rejects with `ERR_PRIVATE_ADDRESS` when one may not.
 * One forbidden address forbids the name: a name with a public and a private address is the classic rebinding trick.
 */
export async function allowedAddresses(hostname: string, allowPrivate: boolean, resolve: Resolve = resolveName): Promise<{ address: string; family: number }[]> {
  const literal = isIP(hostname);
  const addresses = literal ? [{ address: hostname, family: literal }] : await resolve(hostname);
  const forbidden = addresses.find(({ address }) => !addressAllowed(address, allowPrivate));
  if (forbidden) throw refusal(literal ? hostname : `${hostname} (${forbidden.address})`);
  return addresses.map(({ address, family }) => ({ address, family }));
}

/**
 * A lookup for `net.connect` and undici's `connect` option, which connect to the very address that it returns: what was checked is
 * what is used. Trap: neither calls a lookup for an address literal, so the URL must pass `checkUrl` first.
 */
export function guardedLookup(allowPrivate: boolean, resolve: Resolve = resolveName): LookupFunction {
  return (hostname, options, callback) => {
    const wanted = options.family === 4 || options.family === 'IPv4' ? 4 : options.family === 6 || options.family === 'IPv6' ? 6 : 0;
    allowedAddresses(hostname, allowPrivate, resolve).then((all) => {
      const fitting = all.filter(({ family }) => wanted === 0 || family === wanted);
      const first = fitting[0];
      if (!first) throw Object.assign(new Error(`ENOTFOUND: ${hostname} has no IPv${wanted} address`), { code: 'ENOTFOUND' });
      process.nextTick(() => { if (options.all) callback(null, fitting); else callback(null, first.address, first.family); });
    }).catch((error: unknown) => process.nextTick(() => callback(error as NodeJS.ErrnoException, '', 0)));
  };
}

/** Says why a proxy of the configuration must not be sent to a URL; null when it may. */
export type ProxyGuard = (url: string) => Promise<Fault | null>;

/**
 * The guard for requests that another proxy connects. Where a name leads is decided there, so what can be refused here is what its
 * spelling tells, and a name that leads to a private address from here too. A name unknown here may be known there: it passes, and is
 * not asked about again.
 */
export function createProxyGuard(allowPrivate: boolean, resolve: Resolve = resolveName): ProxyGuard {
  const unknownHere = new Set<string>();
  return async (url) => {
    const refused = checkUrl(url, allowPrivate);
    if (refused !== null || allowPrivate) return refused;
    const hostname = new URL(url).hostname.replace(/^\[|\]$/gu, '');
    if (unknownHere.has(hostname)) return null;
    try {
      await allowedAddresses(hostname, false, resolve);
      return null;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_PRIVATE_ADDRESS') return { reason: 'private-address', detail: `${message}; it was not asked for through the proxy` };
      unknownHere.add(hostname);
      return null;
    }
  };
}

/** Why `url` may not be asked for, as far as its spelling tells: scheme, credentials, address literals, names of loopback; null when it may. */
export function checkUrl(url: string, allowPrivate: boolean): Fault | null {
  if (!URL.canParse(url)) return { reason: 'bad-url', detail: `not a URL: ${url.slice(0, 200)}` };
  // The WHATWG parser has by now written 0x7f.1, 2130706433, 0177.0.0.1 and １２７.０.０.１ as 127.0.0.1.
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return { reason: 'unsupported-scheme', detail: `the scheme ${protocol.slice(0, 20)} is not asked for` };
  if (username !== '' || password !== '') return { reason: 'bad-url', detail: 'an address with a user name or password is not asked for' };
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  const literal = isIP(host) !== 0;
  const forbidden = literal ? !addressAllowed(host, allowPrivate) : isLocalhost(host) && !allowPrivate;
  return forbidden ? { reason: 'private-address', detail: `${host} is a private or special address` } : null;
}
