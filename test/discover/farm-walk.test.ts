/** Walks the portal farm by discover alone: what it names must lead from the seed to every report, on few pages. */
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import { discover } from '../../src/discover/discover.js';
import type { Discovery } from '../../src/discover/discover.js';
import type { CandidateKind, HeardVia, Seed } from '../../src/record.js';
import type { Farm, FarmPortal } from '../farm/farm.js';
import { startFarm } from '../farm/farm.js';
import { pageOf } from './made-up-page.js';

interface Step { url: string; kind: CandidateKind; heardVia: HeardVia; anchor: string | null; hops: number }
interface Answer { status: number; headers: Record<string, string>; body: Buffer }

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function ask(farm: Farm, address: string, cookie = ''): Promise<Answer> {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: farm.port, path: url.pathname + url.search, headers: { host: url.host, cookie: 'farmsession=1', ...(cookie ? { cookie } : {}) } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers as Record<string, string>, body: Buffer.concat(parts) }));
    }).on('error', reject).end();
  });
}

interface Walk { visited: Map<string, Discovery | null>; requests: number }

/** Follows everything named within six hops of the seed; reports themselves are asked for last. */
async function walk(farm: Farm, portal: FarmPortal, seed: Seed): Promise<Walk> {
  const starts = portal.columns.length > 0 ? seed.columns : [seed.home ?? ''];
  const waiting: Step[] = starts.map((url) => ({ url, kind: portal.columns.length > 0 ? 'column' : 'home', heardVia: 'seed', anchor: null, hops: 0 }));
  const visited = new Map<string, Discovery | null>();
  let requests = 0;
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    if (visited.has(step.url) || step.hops > 6 || requests > 200) continue;
    visited.set(step.url, null);
    if (step.kind === 'attachment') continue;
    requests += 1;
    const answer = await ask(farm, step.url.replace(/#.*$/u, '')).catch(() => null);
    if (!answer || (answer.status !== 200 && !REDIRECTS.has(answer.status))) continue;
    if (REDIRECTS.has(answer.status)) continue;
    const payload = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(answer.body) : answer.body;
    const blank = pageOf({ url: step.url.replace(/#.*$/u, ''), markup: '', kind: step.kind, heardVia: step.heardVia, anchor: step.anchor });
    const page = decode({ ...blank, seed, payload, headers: answer.headers, mediaType: (answer.headers['content-type'] ?? '').split(';')[0] ?? null });
    const discovery = discover({ page });
    visited.set(step.url, discovery);
    for (const found of discovery.found) {
      if (new URL(found.url).host === new URL(step.url).host) waiting.push({ ...found, hops: found.heardVia === 'paging' ? step.hops : step.hops + 1 });
    }
  }
  return { visited, requests };
}

let farm: Farm;
beforeAll(async () => {
  farm = await startFarm({ seed: 11, families: true });
});
afterAll(() => farm.close());

const UNREACHABLE = new Set(['challenge', 'failing', 'slow']);

describe('the farm, walked by discover alone', () => {
  it('leads to every report', async () => {
    const lost: string[] = [];
    const table: string[] = [];
    for (const portal of farm.portals.filter(({ id }) => !UNREACHABLE.has(id))) {
      const origin = farm.origin(portal.host);
      const seed = { ...(pageOf({ url: `${origin}/`, markup: '' }).seed as Seed), agency: portal.agency, code: portal.code, home: portal.home === null ? null : `${origin}${portal.home}`, columns: portal.columns.map((column) => `${origin}${column}`) };
      const { visited, requests } = await walk(farm, portal, seed);
      const reports = farm.reports.filter((report) => report.portal === portal.id);
      const missing = reports.filter(({ url }) => !visited.has(url)).map(({ url }) => url);
      const lists = [...visited].filter(([, one]) => one?.list);
      table.push(`${portal.id} ${portal.family} reports ${reports.length - missing.length}/${reports.length} requests ${requests} families ${[...new Set([...visited.values()].map((one) => one?.family))].join(',')} lists ${lists.map(([, one]) => `${one?.list?.rows}/${one?.list?.reportRows}/${one?.list?.total}:${one?.list?.stop}`).join(' ')} notices ${[...new Set([...visited.values()].flatMap((one) => one?.notices.map(({ code }) => code) ?? []))].join(',')}`);
      lost.push(...missing.map((url) => `${portal.id} ${url}`));
    }
    console.log(table.join('\n'));
    expect(lost).toEqual([]);
  });
});
