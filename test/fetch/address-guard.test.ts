/** Which addresses may be reached: by kind, by spelling, by name, and by names that change their mind. */
import { createServer, connect } from 'node:net';
import type { AddressInfo, LookupFunction } from 'node:net';
import { createSocket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { Agent, buildConnector, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressAllowed, checkUrl, createProxyGuard, guardedLookup } from '../../src/fetch/address-guard.js';
import { classifyError } from '../../src/fetch/outcome.js';
import { createResolver, isLocalhost } from '../../src/fetch/resolve.js';
import { NEVER, PRIVATE_SPELLINGS } from './spellings.js';

/** From the IANA special-purpose registries, and the metadata services of clouds. */
const SPECIAL = [
  '0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.1.2.3', '168.63.129.16', '169.254.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.0.192',
  '192.0.2.1', '192.31.196.1', '192.52.193.1', '192.88.99.1', '192.168.0.1', '192.175.48.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255',
  '::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:169.254.169.254', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', '2001::1', '2001:2::1', '2001:4:112::1', '2001:10::1',
  '2001:20::1', '2001:db8::1', '2002:7f00:1::', '2620:4f:8000::1', '3fff::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', 'ff05::2',
];

const PUBLIC = [
  '1.1.1.1', '36.110.1.1', '114.114.114.114', '172.15.0.1', '172.32.0.1', '192.0.1.1', '223.255.255.255', '::ffff:8.8.8.8', '240e::1', '2408:8000::1', '2409:8000::1', '2001:da8::1', '2001:250::1', '2400:3200::1',
];

describe('addresses', () => {
  it.each(SPECIAL)('%s is not public', (address) => expect(addressAllowed(address, false)).toBe(false));
  it.each(PUBLIC)('%s is public', (address) => expect(addressAllowed(address, false)).toBe(true));
  it.each(['', 'localhost', '1.2.3.4.5', 'gov.cn', '::g'])('%j is no address', (address) => {
    expect(addressAllowed(address, false)).toBe(false);
    expect(addressAllowed(address, true)).toBe(false);
  });
  it('are all allowed when private ones are', () => {
    for (const address of [...SPECIAL, ...PUBLIC]) expect(addressAllowed(address, true)).toBe(true);
  });
});

describe('spellings', () => {
  it.each(PRIVATE_SPELLINGS)('%j is refused', (url) => expect(checkUrl(url, false)).not.toBeNull());
  it.each(NEVER)('%j is refused even when private addresses are allowed', (url, reason) => expect(checkUrl(url, true)).toMatchObject({ reason }));
  it.each(['http://gaj.changsha.gov.cn/', 'https://www.gov.cn:8443/a?b', 'http://114.114.114.114/', 'http://[240e::1]/', 'http://公安.cn/', 'http://localhost.gov.cn/', 'http://127.0.0.1.gov.cn/'])('%j is asked for', (url) => expect(checkUrl(url, false)).toBeNull());
  it('is loopback when loopback is allowed', () => expect(checkUrl('http://a.localhost:1/', true)).toBeNull());
});

type Answers = readonly (readonly string[])[];

/** A resolver that gives another answer each time, as a hostile name server does. */
function changingResolver(answers: Answers): () => Promise<LookupAddress[]> {
  let call = 0;
  return async () => {
    const addresses = answers[Math.min(call, answers.length - 1)] ?? [];
    call += 1;
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
}

function lookUp(lookup: LookupFunction, hostname: string, options: object): Promise<unknown> {
  return new Promise((resolve, reject) => lookup(hostname, options, (error, address) => { if (error) reject(error); else resolve(address); }));
}

describe('names', () => {
  it.each(['localhost', 'LOCALHOST.', 'a.localhost', 'gaj.x.farm.localhost'])('%s is loopback without asking anybody', async (name) => {
    expect(isLocalhost(name)).toBe(true);
    expect(await createResolver({ servers: ['127.0.0.1:1'], askSystem: false })(name)).toContainEqual({ address: '127.0.0.1', family: 4 });
  });

  it.each(['localhost.gov.cn', 'mylocalhost', 'localhos'])('%s is not', (name) => expect(isLocalhost(name)).toBe(false));

  it('with one private address among public ones is refused', async () => {
    const lookup = guardedLookup(false, changingResolver([['114.114.114.114', '10.0.0.1']]));
    await expect(lookUp(lookup, 'mixed.example', { all: true })).rejects.toMatchObject({ code: 'ERR_PRIVATE_ADDRESS' });
    await expect(lookUp(lookup, 'mixed.example', {})).rejects.toMatchObject({ code: 'ERR_PRIVATE_ADDRESS' });
  });

  it('gives all addresses, or the first of a family', async () => {
    const lookup = guardedLookup(false, changingResolver([['114.114.114.114', '240e::1']]));
    expect(await lookUp(lookup, 'both.example', { all: true })).toEqual([{ address: '114.114.114.114', family: 4 }, { address: '240e::1', family: 6 }]);
    expect(await lookUp(lookup, 'both.example', { family: 6 })).toBe('240e::1');
    const four = guardedLookup(false, changingResolver([['114.114.114.114']]));
    await expect(lookUp(four, 'four.example', { family: 6 })).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});

describe('connections', () => {
  let reached = 0;
  const internal = createServer((socket) => { reached += 1; socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'); });
  let port = 0;
  beforeAll(async () => { await new Promise<void>((resolve) => internal.listen(0, '127.0.0.1', resolve)); port = (internal.address() as AddressInfo).port; });
  afterAll(() => { internal.close(); });

  const agentWith = (answers: Answers, allowPrivate = false): Agent => new Agent({ connect: buildConnector({ lookup: guardedLookup(allowPrivate, changingResolver(answers)), timeout: 2000 }) });

  it('never reach a private address in 100 tries of a name that changes its mind', async () => {
    // Checked first, then asked again: the second answer is the internal one. The guard asks once and connects to what it checked.
    const before = reached;
    const agent = agentWith([['127.0.0.1']]);
    const tries = Array.from({ length: 100 }, () => request(`http://rebind.example:${port}/`, { dispatcher: agent }).catch((error: unknown) => classifyError(error)));
    expect(new Set(await Promise.all(tries))).toEqual(new Set(['private-address']));
    expect(reached).toBe(before);
    await agent.destroy();
  });

  it('reach it when the configuration allows, which shows that the test could fail', async () => {
    const before = reached;
    const agent = agentWith([['127.0.0.1']], true);
    const response = await request(`http://intranet.example:${port}/`, { dispatcher: agent });
    expect(response.statusCode).toBe(200);
    expect(reached).toBe(before + 1);
    await agent.destroy();
  });

  it('through plain net.connect are guarded too', async () => {
    const error = await new Promise<Error>((resolve) => connect({ host: 'a.localhost', port, lookup: guardedLookup(false) }).once('error', resolve));
    expect(error).toMatchObject({ code: 'ERR_PRIVATE_ADDRESS' });
  });
});

describe('name servers', () => {
  it('that do not answer end in dns-timeout, in time', async () => {
    const silent = createSocket('udp4');
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
    const resolve = createResolver({ servers: [`127.0.0.1:${silent.address().port}`], timeoutMs: 200, askSystem: false });
    const started = performance.now();
    const error: unknown = await resolve('slow.example').catch((reason: unknown) => reason);
    expect(classifyError(error)).toBe('dns-timeout');
    expect(performance.now() - started).toBeLessThan(5000);
    silent.close();
  });

  it('that are not there end in dns', async () => {
    const error: unknown = await createResolver({ servers: ['127.0.0.1:1'], timeoutMs: 200, askSystem: false })('x.example').catch((reason: unknown) => reason);
    expect(['dns', 'dns-timeout']).toContain(classifyError(error));
  });
});

describe('behind a proxy of the configuration, which looks names up itself', () => {
  const asked: string[] = [];
  const resolve = async (hostname: string): Promise<LookupAddress[]> => {
    asked.push(hostname);
    if (hostname === 'unknown.example') throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
    if (hostname === 'both.example') return [{ address: '36.110.1.1', family: 4 }, { address: '10.0.0.1', family: 4 }];
    return [{ address: hostname === 'inside.example' ? '192.168.1.1' : '36.110.1.1', family: 4 }];
  };
  it.each(PRIVATE_SPELLINGS)('%j is refused', async (url) => expect(await createProxyGuard(false, resolve)(url)).not.toBeNull());
  it.each(['http://inside.example/', 'https://both.example/'])('%s is refused: it leads to a private address from here', async (url) => {
    expect(await createProxyGuard(false, resolve)(url)).toMatchObject({ reason: 'private-address' });
  });
  it('passes public names, and names that only the proxy may know, about which it asks once', async () => {
    const guard = createProxyGuard(false, resolve);
    asked.length = 0;
    for (const url of ['http://public.example/', 'http://unknown.example/', 'http://unknown.example/2']) expect(await guard(url), url).toBeNull();
    expect(asked).toEqual(['public.example', 'unknown.example']);
  });
  it('refuses nothing but schemes and credentials when private addresses are allowed', async () => {
    const guard = createProxyGuard(true, resolve);
    expect(await guard('http://inside.example/')).toBeNull();
    expect(await guard('file:///etc/passwd')).toMatchObject({ reason: 'unsupported-scheme' });
  });
});
