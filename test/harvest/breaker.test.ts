/** A host in trouble is left in peace for ever longer, and nobody waits for it. */
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { harvestCommand } from '../../src/commands/harvest.js';
import { TROUBLE_AFTER } from '../../src/frontier/politeness.js';
import { column } from '../farm/chaos/wire.js';
import { openNights } from './nights.js';

const FIRST_SECONDS = 0.2;
const ROWS = Array.from({ length: 16 }, (_, at) => [`/nb/${2008 + at}.html`, 2008 + at] as const);

describe('a storm of 503', () => {
  it('costs its host a handful of requests with growing pauses, and the sound host nothing', async () => {
    const stormy: number[] = [];
    const server = createServer((request, response) => {
      if (request.url === '/nb/') { response.setHeader('content-type', 'text/html').end(column(ROWS)); return; }
      if (request.url === '/robots.txt') { response.writeHead(404).end(); return; }
      stormy.push(performance.now());
      response.writeHead(503).end('busy');
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const nights = await openNights({ scale: { hosts: 2, reportsPerHost: 30 } });
    const over = new AbortController();
    try {
      appendFileSync(nights.seedsFile, `,混沌县公安局,county,,http://storm.localhost:${(server.address() as AddressInfo).port}/nb/,auto,\n`);
      const watch = setInterval(() => {
        const asked = new Set(nights.farm.log.map(({ host, path }) => `http://${host}:${nights.farm.port}${path}`));
        if (nights.farm.reports.every(({ url }) => asked.has(url)) && stormy.length > TROUBLE_AFTER + 2) over.abort();
      }, 20);
      const code = await harvestCommand(nights.context({ politeness: { delaySeconds: 0.05 }, retry: { firstSeconds: FIRST_SECONDS, maxSeconds: 600 } }, over.signal), { places: [] });
      clearInterval(watch);
      expect(code).toBe(130);
      const captured = new Set(nights.rows<{ url: string }>("SELECT url FROM candidate WHERE state = 'captured'").map(({ url }) => url));
      expect(nights.farm.reports.filter(({ url }) => !captured.has(url)).map(({ url }) => url)).toEqual([]);
      // Pauses after the fifth failure: at least the first rest, then twice as long each time.
      const gaps = stormy.slice(1).map((time, index) => time - (stormy[index] ?? 0)).slice(TROUBLE_AFTER - 1);
      expect(gaps.length).toBeGreaterThanOrEqual(2);
      gaps.forEach((gap, index) => { expect(gap).toBeGreaterThanOrEqual(0.95 * 1000 * FIRST_SECONDS * 2 ** index); });
    } finally {
      await nights.close();
      server.closeAllConnections();
      server.close();
    }
  }, 120_000);
});
