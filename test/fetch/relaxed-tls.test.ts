/** TLS that is not safe is taken only from a host named in the configuration, and said with what came over it. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import type { Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/config.js';
import { createHttpFetcher } from '../../src/fetch/http.js';
import type { Exchange } from '../../src/fetch/http.js';
import { hasOpenssl, selfSigned } from './certificate.js';

describe.skipIf(!hasOpenssl)('network.insecureTls', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relaxed-'));
  let server: Server;
  let port: number;

  beforeAll(async () => {
    const pair = selfSigned(folder, 'other.localhost');
    server = createServer({ ...pair, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }, (socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok');
    }).on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => { server.close(); rmSync(folder, { recursive: true, force: true }); });

  async function ask(insecureTls: string[]): Promise<Exchange> {
    const fetcher = createHttpFetcher(resolveConfig({ network: { allowPrivateAddresses: true, insecureTls } }));
    try {
      return await fetcher.ask(`https://portal.localhost:${port}/`, { maxBytes: 1000 });
    } finally {
      await fetcher.close();
    }
  }

  it('takes nothing from a host that is not named', async () => {
    const exchange = await ask(['other.localhost']);
    expect(exchange.fault?.reason).toMatch(/^tls-/u);
    expect(exchange.payload).toBeNull();
  });

  it('takes an old protocol and a stranger\'s certificate from one that is, and says so', async () => {
    const exchange = await ask(['portal.localhost']);
    expect(exchange).toMatchObject({ status: 200, fault: null });
    expect(exchange.relaxedTls).toMatch(/^TLSv1\.1, .+/u);
  });
});
