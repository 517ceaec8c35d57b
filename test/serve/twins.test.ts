/** Over plain HTTP: the JSON twins equal what the store says and what the farm published; headers, refusals and faults are as they should be. */
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harvestCommand } from '../../src/commands/harvest.js';
import { readAgencyLedger, readLedgerCells, readPortalCaptures, readProvinceYears, readSeries } from '../../src/store/browse.js';
import { clustersOf, readDuplicatePairs } from '../../src/store/clusters.js';
import { readLists, readListsOfPortal } from '../../src/store/lists.js';
import { readDocument, readParts, readPayload, sha256 } from '../../src/store/read.js';
import { readChanges, readPortal, readPortalHealth, readRun, readRuns } from '../../src/store/read-runs.js';
import { searchArchive } from '../../src/store/search.js';
import { kindsOfPages, openServed } from './served.js';
import type { Served } from './served.js';

interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let served: Served;

beforeAll(async () => { served = await openServed(); }, 240_000);
afterAll(() => served?.close());

/** One request, with headers that `fetch` would not send. */
function ask(path: string, options: { readonly method?: string; readonly headers?: Record<string, string> } = {}): Promise<Got> {
  const { hostname, port } = new URL(served.serving.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method: options.method ?? 'GET', headers: options.headers ?? {} }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    sent.on('error', reject).end();
  });
}

async function twin(path: string): Promise<Record<string, unknown>> {
  const got = await ask(path);
  expect([path, got.status, got.headers['content-type']]).toEqual([path, 200, 'application/json; charset=utf-8']);
  return JSON.parse(got.body.toString()) as Record<string, unknown>;
}

/** As JSON gives it back. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the JSON twin', () => {
  it('of the coverage is the ledger', async () => {
    const data = await twin('/coverage.json');
    expect(data['provinces']).toEqual(readProvinceYears(served.database));
    expect(data['ledger']).toEqual(readLedgerCells(served.database, 'all', { limit: 1000, offset: 0 }));
    const held = (data['ledger'] as { agency: string; year: number; reportId: string | null }[]).filter(({ reportId }) => reportId !== null).map(({ agency, year }) => `${agency} ${year}`);
    expect(served.nights.farm.reports.map(({ agency, year }) => `${agency} ${year}`).filter((known) => !held.includes(known))).toEqual([]);
  });

  it('of a province holds that province', async () => {
    const data = await twin('/zh/coverage/43.json');
    expect(data['ledger']).toEqual(readLedgerCells(served.database, { prefix: '43' }, { limit: 1000, offset: 0 }));
  });

  it('of every report is the document with its parts', async () => {
    const ids = served.database.prepare('SELECT report_id FROM v_report ORDER BY report_id').pluck().all() as string[];
    expect(ids.length).toBeGreaterThan(served.nights.farm.reports.length);
    for (const id of ids) {
      const document = readDocument(served.database, id);
      if (!document) throw new Error(`${id} cannot be read`);
      expect(await twin(`/report/${id}.json`)).toMatchObject(plain({ ...document, ...readParts(served.database, document) }) as object);
    }
  });

  it('of a report has what the farm published', async () => {
    for (const report of served.nights.farm.reports.slice(0, 20)) {
      const data = await twin(`/report/${encodeURIComponent(report.url)}?format=json`);
      expect([data['title'], data['year'], data['text'], data['rawSha256']]).toEqual([report.title, report.year, report.text, report.payloadSha256]);
    }
  });

  it('of an agency, a portal, a run', async () => {
    const agency = served.nights.farm.reports[0]?.agency ?? '';
    const data = await twin(`/agency/${encodeURIComponent(agency)}.json`);
    expect(data['ledger']).toEqual(readAgencyLedger(served.database, agency).map((row) => ({ ...row, evidence: JSON.parse(row.evidence) as unknown })));
    const portal = readPortalHealth(served.database)[0];
    expect(await twin(`/portal/${encodeURIComponent(portal?.portalId ?? '')}.json`)).toEqual({
      portal: readPortal(served.database, portal?.portalId ?? ''), lists: readListsOfPortal(served.database, portal?.portalId ?? ''), page: 1, captures: readPortalCaptures(served.database, portal?.portalId ?? '', { limit: 50, offset: 0 }),
    });
    expect(await twin('/run/2.json')).toMatchObject({ run: readRun(served.database, 2), changes: readChanges(served.database, 2) });
    expect(readChanges(served.database, 2).changed).toHaveLength(1);
  });

  it('of a portal whose list lacks reports names each of them, as its page does', async () => {
    const short = readLists(served.database).find(({ missing }) => missing.length > 0);
    const path = `/portal/${encodeURIComponent(short?.portalId ?? '')}`;
    expect((await twin(`${path}.json`))['lists']).toContainEqual(short);
    const page = (await ask(`/en${path}`)).body.toString();
    for (const { reason } of short?.missing ?? []) expect(page).toContain(`<code>${reason}</code>`);
    expect(page).toContain(`${short?.missing.length ?? 0} missing`);
  });

  it('of a report holds the numbers stated in words, and its page shows each with its sentence', async () => {
    const reportId = served.database.prepare("SELECT report_id FROM v_statement WHERE sentence NOT GLOB '*[<>&]*' ORDER BY report_id").pluck().get() as string;
    const statements = readDocument(served.database, reportId)?.statements ?? [];
    expect(statements.length).toBeGreaterThan(0);
    expect((await twin(`/report/${reportId}.json`))['statements']).toEqual(statements);
    const page = (await ask(`/zh/report/${reportId}`)).body.toString();
    for (const { key, sentence } of statements) expect([page.includes(`<code>${key}</code>`), page.includes(sentence)]).toEqual([true, true]);
  });

  it('of a search is what the search finds, page after page', async () => {
    const all = searchArchive(served.database, '公开', { places: ['430000'], limit: 1000 });
    expect(all.length).toBeGreaterThan(5);
    const first = await twin(`/search.json?q=${encodeURIComponent('公开')}&place=${encodeURIComponent('湖南')}`);
    expect(first['hits']).toEqual(all.slice(0, 20));
    const official = await twin(`/search.json?q=${encodeURIComponent('公开')}&place=hunan&grade=official&page=2`);
    expect(official['hits']).toEqual(all.filter(({ grade }) => grade === 'official').slice(20, 40));
    expect((await twin(`/search.json?q=${encodeURIComponent('公开')}&year=2016`))['hits']).toEqual(searchArchive(served.database, '公开', { year: 2016, limit: 20 }));
  });

  it('of the numbers holds the cells that the farm printed', async () => {
    const cell = { table: 'requests', row: 'new', column: 'total' };
    const points = readSeries(served.database, cell, { places: [], agencies: [], year: null }, 100_000);
    expect((await twin('/numbers.json'))['points']).toEqual(points);
    const values = new Map(points.map(({ agency, year, value }) => [`${agency} ${year}`, value]));
    const told = served.nights.farm.reports.flatMap((report) => report.cells.filter(({ table, row, column }) => table === cell.table && row === cell.row && column === cell.column).map(({ value }) => [`${report.agency} ${report.year}`, value] as const));
    expect(told.length).toBeGreaterThan(5);
    expect(told.filter(([key, value]) => values.get(key) !== value)).toEqual([]);
  });

  it('of runs and duplicates', async () => {
    expect(await twin('/runs.json')).toEqual({ runs: readRuns(served.database, 30), page: 1, portals: readPortalHealth(served.database) });
    const clusters = clustersOf(readDuplicatePairs(served.database));
    expect(clusters.length).toBeGreaterThan(0);
    expect((await twin('/duplicates.json'))['shown']).toEqual(plain(clusters.slice(0, 20)));
  });

  it('of two versions leads from one text to the other', async () => {
    const { changes } = await twin(`/report/${served.ids.changed}/versions.json`) as { changes: { kind: string; text: string }[] };
    const side = (without: string): string => changes.filter(({ kind }) => kind !== without).map(({ text }) => text).join('');
    expect(side('added')).toBe(readDocument(served.database, served.ids.changed, 1)?.text);
    expect(side('removed')).toBe(readDocument(served.database, served.ids.changed, 2)?.text);
    expect(changes.some(({ kind }) => kind !== 'same')).toBe(true);
  });
});

describe('downloads', () => {
  it('give the figures as CSV, a row each', async () => {
    const got = await ask('/en/numbers.csv?cell=requests/new/natural');
    const points = readSeries(served.database, { table: 'requests', row: 'new', column: 'natural' }, { places: [], agencies: [], year: null }, 100_000);
    const lines = got.body.toString().trimEnd().split('\n');
    expect(lines).toEqual(['code,agency,year,table,row,column,raw,value,state,reportId',
      ...points.map((point) => [point.code, point.agency, point.year, 'requests', 'new', 'natural', point.raw, point.value, point.state, point.reportId].join(','))]);
    expect(got.headers['content-disposition']).toContain('requests.new.natural.csv');
  });

  it('give the chart as SVG, without anything from elsewhere', async () => {
    const got = await ask('/en/numbers.svg?save=1');
    const drawing = got.body.toString();
    expect(got.headers['content-type']).toBe('image/svg+xml; charset=utf-8');
    expect(got.headers['content-disposition']).toContain('.svg');
    expect(drawing).toMatch(/^<svg /u);
    expect(drawing.replaceAll(/xmlns(?::xlink)?="[^"]+"/gu, '')).not.toMatch(/https?:|<script|<image|href=/u);
  });

  it('give the bytes as they came', async () => {
    const document = readDocument(served.database, served.ids.hostile);
    const got = await ask(`/report/${served.ids.hostile}/raw?save=1`);
    expect(sha256(got.body)).toBe(document?.rawSha256);
    expect(got.headers['content-type']).toBe('application/octet-stream');
    expect(got.headers['content-disposition']).toContain('attachment');
  });

  it('show original pages in their own charset', async () => {
    const old = served.nights.farm.reports.find(({ charset }) => charset === 'gb18030');
    const got = await ask(`/report/${encodeURIComponent(old?.url ?? '')}/raw`);
    expect(got.headers['content-type']).toBe('text/html; charset=gb18030');
    expect(got.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/u);
    expect(new TextDecoder('gb18030').decode(got.body)).toContain(old?.title);
    expect(sha256(readPayload(served.database, old?.payloadSha256 ?? ''))).toBe(old?.payloadSha256);
  });
});

describe('every answer', () => {
  it('carries the policies', async () => {
    for (const path of Object.values(kindsOfPages(served))) {
      const { headers } = await ask(`/zh${path}`);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/u);
      expect([headers['x-content-type-options'], headers['referrer-policy']]).toEqual(['nosniff', 'no-referrer']);
    }
  });

  it('to HEAD is the same without a body', async () => {
    const [head, get] = [await ask('/zh/runs', { method: 'HEAD' }), await ask('/zh/runs')];
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(get.body.length)]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('to %s is a refusal', async (method) => {
    expect((await ask('/zh/coverage', { method })).status).toBe(405);
  });

  it.each(['elsewhere.example', 'elsewhere.example:80', '127.0.0.1.elsewhere.example', 'localhost.elsewhere.example', 'a@127.0.0.1'])('to the host %j is a refusal', async (host) => {
    const got = await ask('/zh/coverage', { headers: { Host: host } });
    expect(got.status).toBeGreaterThanOrEqual(400);
    expect(got.body.toString()).not.toContain('公安局');
  });

  it.each(['localhost', 'localhost:9', '127.0.0.1', '[::1]:8008', 'archive.example', 'ARCHIVE.example:80'])('to the host %j is a page', async (host) => {
    expect((await ask('/zh/coverage', { headers: { Host: host } })).status).toBe(200);
  });

  it('without a language leads to the preferred one, on this host', async () => {
    const english = await ask('/search?q=a', { headers: { 'Accept-Language': 'de, en;q=0.5, zh;q=0.2' } });
    expect([english.status, english.headers.location]).toEqual([302, '/en/search?q=a']);
    expect((await ask('/')).headers.location).toBe('/zh/coverage');
    expect((await ask('//elsewhere.example/x')).headers.location).toMatch(/^\/zh\/\//u);
  });
});

describe('wrong questions', () => {
  it.each([
    ['/zh/no-such-page', 404], ['/zh/report/ffffffffffffffff', 404], ['/zh/report/../../etc/passwd', 404], ['/zh/agency/nobody', 404], ['/zh/run/999', 404], ['/zh/coverage/99', 404],
    ['/zh/search?q=a&year=never', 400], ['/zh/search?q=a&place=chaoyang', 400], ['/zh/search?q=a&page=0', 400], ['/zh/numbers?by=colour', 400], ['/zh/%ff', 400],
  ])('%s ends with %i and says so', async (path, status) => {
    const got = await ask(path);
    expect([path, got.status]).toEqual([path, status]);
    expect(got.body.length).toBeGreaterThan(10);
    const other = await ask(`${path}${path.includes('?') ? '&' : '?'}format=json`);
    expect(other.status).toBe(status);
  });

  it('do not reach the log, and nothing broke on the way', () => {
    expect(served.said()).toBe('');
  });
});

describe('while a harvest writes', () => {
  it('every page answers', async () => {
    let isOver = false;
    const harvest = harvestCommand(served.nights.context(), { places: [] }).finally(() => { isOver = true; });
    const statuses = new Set<number>();
    do {
      for (const path of ['/coverage.json', '/zh/coverage', '/zh/runs', '/numbers.json', '/duplicates.json', `/zh/report/${served.ids.changed}`]) statuses.add((await ask(path)).status);
    } while (!isOver);
    await harvest;
    expect([...statuses]).toEqual([200]);
    expect(await twin('/runs.json')).toMatchObject({ runs: readRuns(served.database, 30) });
  }, 120_000);
});
