/** What a client must not do: reach private addresses by any spelling or route, swallow a bomb, take half a page for a whole one. A plain `fetch` does all of it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/config.js';
import { askFollowing } from '../../src/fetch/follow.js';
import { createHttpFetcher } from '../../src/fetch/http.js';
import type { Exchange, HttpFetcher } from '../../src/fetch/http.js';
import { canonicalUrl } from '../../src/frontier/canonical-url.js';
import { startChaos } from '../farm/chaos/chaos.js';
import type { Chaos } from '../farm/chaos/chaos.js';
import { NEVER, PRIVATE_SPELLINGS } from '../fetch/spellings.js';

const MAX_BYTES = 4 * 2 ** 20;
let internal: Server;
let reached = 0;
let strict: HttpFetcher;
let chaos: Chaos;

beforeAll(async () => {
  internal = createServer((_, response) => { reached += 1; response.end('secret'); });
  await new Promise<void>((resolve) => { internal.listen(0, '127.0.0.1', resolve); });
  strict = createHttpFetcher(resolveConfig({ limits: { headerSeconds: 2 } }));
  chaos = await startChaos();
});
afterAll(async () => { await strict.close(); await chaos.close(); internal.closeAllConnections(); internal.close(); });

/** The spelling with the port of the internal server, where it has none of its own. */
function atInternal(spelling: string): string {
  const { port } = internal.address() as AddressInfo;
  if (!URL.canParse(spelling)) return spelling;
  const url = new URL(spelling);
  url.port = String(port);
  return url.href;
}

/** A server on a public address, as far as the guard can know, that redirects to `location`; everything else is asked for real. */
function redirecting(location: string): HttpFetcher {
  const answer: Exchange = {
    url: 'http://gaj.example.gov.cn/', status: 302, headers: { location }, setCookies: [], payload: null, transferBytes: 0, remoteAddress: null, fetchedAt: '', durationMs: 0, bodyMs: 0, fault: null,
  };
  return { ask: (url, options) => (url === answer.url ? Promise.resolve(answer) : strict.ask(url, options)), close: () => Promise.resolve() };
}

describe('private addresses', () => {
  it('are spelled in at least sixty ways', () => expect(new Set([...PRIVATE_SPELLINGS, ...NEVER.map(([url]) => url)]).size).toBeGreaterThanOrEqual(60));

  it('are not reached by any of them, asked for or redirected to', async () => {
    const before = reached;
    for (const spelling of [...PRIVATE_SPELLINGS, ...NEVER.map(([url]) => url)]) {
      for (const url of [spelling, atInternal(spelling)]) {
        const asked = await strict.ask(url, { maxBytes: MAX_BYTES });
        expect(asked.fault?.reason, url).toMatch(/^(?:private-address|bad-url|unsupported-scheme)$/u);
        const followed = await askFollowing(redirecting(url), 'http://gaj.example.gov.cn/', {
          maxBytes: MAX_BYTES, maxRedirects: 3, canonical: canonicalUrl, pause: () => Promise.resolve(), decide: () => ({ take: 'follow' }),
        });
        // A spelling without a host of its own (`/x`, the empty one) leads back to the server that redirected.
        expect(followed.fault, url).not.toBeNull();
      }
    }
    expect(reached).toBe(before);
  });
});

/** What a client made of an address: the bytes it took for a whole page, or null. */
type Client = (url: string) => Promise<number | null>;

/** The hazards that a client fell for. */
async function fallsFor(client: Client, secret: string): Promise<string[]> {
  const fallen: string[] = [];
  for (const name of ['bomb-gzip', 'bomb-br', 'bomb-nested', 'gzip-cut', 'part-unasked', 'coding-unknown', 'redirect-nowhere']) {
    if (await client(chaos.atAddress(name)).catch(() => null) !== null) fallen.push(name);
  }
  if (await client(secret).catch(() => null) !== null) fallen.push('private address');
  return fallen;
}

describe('the hostile suite', () => {
  const secret = (): string => `http://2130706433:${(internal.address() as AddressInfo).port}/`;

  it('finds no fault with the archive\'s own client', async () => {
    const lenient = createHttpFetcher(resolveConfig({ network: { allowPrivateAddresses: true } }));
    const fallen = await fallsFor(async (url) => {
      const { fault, payload, status } = await (url === secret() ? strict : lenient).ask(url, { maxBytes: MAX_BYTES });
      return fault || status !== 200 ? null : payload?.length ?? 0;
    }, secret());
    await lenient.close();
    expect(fallen).toEqual([]);
  });

  it('finds that a plain fetch takes bombs, half a page and what is private', async () => {
    const fallen = await fallsFor(async (url) => {
      const response = await fetch(url);
      return response.ok ? (await response.arrayBuffer()).byteLength : null;
    }, secret());
    expect(fallen).toEqual(expect.arrayContaining(['bomb-gzip', 'bomb-br', 'gzip-cut', 'part-unasked', 'private address']));
  });
});

describe('a bomb', () => {
  const zeros = Buffer.alloc(256 * 2 ** 20);
  const br = (bytes: Buffer): Buffer => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  const DECODER = pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'src', 'fetch', 'content-coding.js')).href;

  it.each([['gzip', () => gzipSync(zeros)], ['deflate', () => deflateSync(zeros)], ['br', () => br(zeros)], ['gzip, gzip', () => gzipSync(gzipSync(zeros))], ['br, gzip', () => gzipSync(br(zeros))], ['gzip, br', () => br(gzipSync(zeros))]])('in %s ends in 0.2 s of work and 32 MB', (coding, make) => {
    const folder = mkdtempSync(join(tmpdir(), 'bomb-'));
    try {
      writeFileSync(join(folder, 'bomb'), make());
      writeFileSync(join(folder, 'run.mjs'), `
        import { readFileSync } from 'node:fs';
        import { gzipSync } from 'node:zlib';
        import { undoContentCoding } from ${JSON.stringify(DECODER)};
        const body = readFileSync(new URL('bomb', import.meta.url));
        await undoContentCoding(gzipSync('warm'), 'gzip', { maxBytes: 1000 });
        const peak = () => process.resourceUsage().maxRSS * 1024;
        const [before, cpu] = [peak(), process.cpuUsage()];
        const { fault } = await undoContentCoding(body, ${JSON.stringify(coding)}, { maxBytes: 32 * 2 ** 20 });
        const { user, system } = process.cpuUsage(cpu);
        console.log(JSON.stringify({ reason: fault?.reason, growth: peak() - before, cpuMs: (user + system) / 1000 }));`);
      const { reason, growth, cpuMs } = JSON.parse(execFileSync(process.execPath, [join(folder, 'run.mjs')], { encoding: 'utf8' })) as { reason: string; growth: number; cpuMs: number };
      expect(reason).toBe('too-large');
      expect(growth).toBeLessThan(32 * 2 ** 20);
      expect(cpuMs).toBeLessThan(200);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
