/** Walks the portal farm by discover alone: what it names must lead from the seed to every report, on few pages. */
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import { discover } from '../../src/discover/discover.js';
import type { Discovery } from '../../src/discover/discover.js';
import { canonicalUrl } from '../../src/frontier/canonical-url.js';
import type { CandidateKind, HeardVia, Seed } from '../../src/record.js';
import type { Farm, FarmPortal } from '../farm/farm.js';
import { startFarm } from '../farm/farm.js';
import { pageOf, seedOf } from './made-up-page.js';

interface Step { url: string; kind: CandidateKind; heardVia: HeardVia; anchor: string | null; hops: number }
interface Answer { status: number; headers: Record<string, string>; body: Buffer }

function ask(farm: Farm, address: string): Promise<Answer> {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: farm.port, path: url.pathname + url.search, headers: { host: url.host, cookie: 'farmsession=1' } }, (answer) => {
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
    if (answer?.status !== 200) continue;
    const payload = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(answer.body) : answer.body;
    const blank = pageOf({ url: step.url.replace(/#.*$/u, ''), markup: '', kind: step.kind, heardVia: step.heardVia, anchor: step.anchor });
    const page = decode({ ...blank, seed, payload, headers: answer.headers, mediaType: (answer.headers['content-type'] ?? '').split(';')[0] ?? null });
    const discovery = discover({ page });
    visited.set(step.url, discovery);
    for (const found of discovery.found) {
      if (new URL(found.url).host === new URL(step.url).host) waiting.push({ ...found, url: canonicalUrl(found.url) ?? found.url, hops: found.heardVia === 'paging' ? step.hops : step.hops + 1 });
    }
  }
  return { visited, requests };
}

const farm = await startFarm({ seed: 11, large: true });
afterAll(() => farm.close());

/** Portals whose difficulty is the server's behaviour, not the finding, and those that need a browser. */
const UNREACHABLE = new Set(['challenge', 'failing', 'slow', 'ruishu', 'cdn-403', 'captcha', 'login', 'stubs', 'silent', 'dead-links', 'script-list', 'irs']);

/** Requests besides those for reports: columns, list pages, decoys never. The annual-report endpoint is asked for every year. */
const OVERHEAD: Readonly<Record<string, number>> = { 'annual-endpoint': 12 };
const USUAL_OVERHEAD = 10;

function seedFor(portal: FarmPortal): Seed {
  const origin = farm.origin(portal.host);
  return seedOf({ agency: portal.agency, code: portal.code, home: portal.home === null ? null : `${origin}${portal.home}`, columns: portal.columns.map((column) => `${origin}${column}`) });
}

describe('the farm, walked by discover alone', () => {
  it.each(farm.portals.filter(({ id }) => !UNREACHABLE.has(id)).map((portal) => [portal.id, portal] as const))('%s: every report, on few requests', async (id, portal) => {
    const { visited, requests } = await walk(farm, portal, seedFor(portal));
    const reports = farm.reports.filter((report) => report.portal === id).map(({ url }) => url);
    expect(reports.filter((url) => !visited.has(url))).toEqual([]);
    const lost = portal.refusals.filter(({ reason }) => reason !== 'empty-list').length;
    expect(requests).toBeLessThanOrEqual(reports.length + lost + (OVERHEAD[id] ?? USUAL_OVERHEAD));
    const families = new Set([...visited.values()].map((discovery) => discovery?.family));
    if (portal.family !== 'generic') expect([...families]).toContain(portal.family);
  });

  it('says that the empty list is empty', async () => {
    const portal = farm.portals.find(({ id }) => id === 'empty-list') as FarmPortal;
    const { visited } = await walk(farm, portal, seedFor(portal));
    expect([...visited.values()].flatMap((discovery) => discovery?.notices.map(({ code }) => code) ?? [])).toContain('discover-empty-list');
  });

  it.each(['trs', 'generic', 'wrong-header'])('%s: finds the column from the bare home page', async (id) => {
    const portal = farm.portals.find((one) => one.id === id) as FarmPortal;
    const home = { ...portal, home: '/', columns: [] };
    const { visited } = await walk(farm, home, seedFor(home));
    expect(farm.reports.filter((report) => report.portal === id && !visited.has(report.url))).toEqual([]);
  });
});
