/** WARC and WACZ: what Webrecorder's reader finds in the files is what the archive holds, headers do not lie, and the index leads to the records. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { getSurt } from 'warcio/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { exportArchive } from '../../src/export/export.js';
import { SortedLines } from '../../src/export/sorted-lines.js';
import { writeWarcs } from '../../src/export/warc.js';
import { exchangeRecords } from '../../src/export/warc-records.js';
import type { StoredExchange } from '../../src/store/exchanges.js';
import { readExchange, repeatedExchange, selectExchanges } from '../../src/store/exchanges.js';
import { readPayload } from '../../src/store/read.js';
import { EVERYTHING } from '../../src/store/selection.js';
import { surt } from '../../src/warc/cdxj.js';
import { recordBytes } from '../../src/warc/record.js';
import type { ArchiveFixture } from '../store/archive-fixture.js';
import { digestOf, temporaryFolder } from '../store/archive-fixture.js';
import { corpusArchive } from './corpus-fixture.js';
import { foreignRecords } from './web-archive.js';
import type { ForeignRecord } from './web-archive.js';

const HOST = 'http://gaj.example.gov.cn';
let archive: ArchiveFixture;
let folder: ReturnType<typeof temporaryFolder>;
let found: ForeignRecord[];
const at = (...path: string[]): string => join(folder.path, ...path);

/** One more capture, told by its columns. */
function capture(columns: Record<string, unknown>): number {
  const all = {
    url: `${HOST}/x`, final_url: `${HOST}/x`, kind: 'article', status: 200, outcome: 'captured', reason: 'ok', media_type: 'text/html', headers: '{}', redirects: '[]', transfer_bytes: 10,
    fetched_at: '2026-05-01T00:00:00.123Z', duration_ms: 1, via: 'http', remote_address: '192.0.2.7', ...columns,
  };
  const names = Object.keys(all);
  return Number(archive.database.prepare(`INSERT INTO capture (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...Object.values(all)).lastInsertRowid);
}

function stored(content: string): { payload_sha256: string; payload_bytes: number } {
  const sha256 = digestOf(content);
  archive.database.prepare("INSERT OR IGNORE INTO payload VALUES (?, ?, 'identity', ?)").run(sha256, Buffer.byteLength(content), Buffer.from(content));
  return { payload_sha256: sha256, payload_bytes: Buffer.byteLength(content) };
}

let coded: number;

beforeAll(async () => {
  archive = corpusArchive();
  folder = temporaryFolder();
  const body = stored('<p>政府信息公开</p>');
  coded = capture({ ...body, url: `${HOST}/old`, final_url: `${HOST}/a.html`, redirects: JSON.stringify([{ url: `${HOST}/old`, status: 301, location: '/a.html' }]),
    headers: JSON.stringify({ 'content-type': 'text/html; charset=gb2312', 'content-encoding': 'gzip', 'content-length': '41', 'transfer-encoding': 'chunked', etag: '"1"' }) });
  capture({ ...body, url: `${HOST}/a.html`, final_url: `${HOST}/a.html`, status: 304, reason: 'not-modified', headers: '{"etag":"\\"1\\""}', revisit_of: coded, revisit_profile: 'server-not-modified', fetched_at: '2026-05-02T00:00:00.000Z' });
  capture({ ...body, url: `${HOST}/a.html`, final_url: `${HOST}/a.html`, reason: 'identical', headers: '{"content-encoding":"br"}', revisit_of: coded, revisit_profile: 'identical-payload-digest', fetched_at: '2026-05-03T00:00:00.000Z' });
  capture({ ...stored('not brotli'), url: `${HOST}/bad`, final_url: `${HOST}/bad`, outcome: 'failed', reason: 'bad-encoding', headers: '{"content-encoding":"x-made-up"}' });
  capture({ ...stored('half a pa'), url: `${HOST}/cut`, final_url: `${HOST}/cut`, outcome: 'failed', reason: 'truncated', headers: '{"content-length":"90"}' });
  capture({ ...stored('<p>by script</p>'), url: `${HOST}/shell`, final_url: `${HOST}/shell`, via: 'browser', transfer_bytes: 0, headers: '{"content-type":"text/html; charset=utf-8"}' });
  capture({ ...stored('a saved page'), url: 'file:///saved/p.html', final_url: 'file:///saved/p.html', status: null, via: 'import', remote_address: null });
  capture({ url: `${HOST}/nothing`, final_url: `${HOST}/nothing`, status: null, outcome: 'failed', reason: 'dns', media_type: null });
  for (const format of ['warc', 'wacz', 'jsonl'] as const) await exportArchive(archive.database, { format, out: at(format), selection: EVERYTHING, toolVersion: '1.0.0' });
  found = await foreignRecords(at('warc', 'nianbao-00000.warc.gz'));
});
afterAll(() => { archive.remove(); folder.remove(); });

const of = (type: string, uri: string): ForeignRecord[] => found.filter((record) => record.type === type && record.field('WARC-Target-URI') === uri);
const answered = (): StoredExchange[] => selectExchanges(archive.database, EVERYTHING).flatMap((id) => readExchange(archive.database, id) ?? []);

describe('warc', () => {
  it('gives a stranger the stored bytes of every answer', () => {
    const payloads = found.filter(({ type }) => ['response', 'resource', 'conversion'].includes(type)).filter((record) => record.field('WARC-Payload-Digest') !== null);
    const bytes = answered().filter((exchange) => exchange.revisitOf === null && exchange.payloadDigest !== null);
    expect(bytes.length).toBeGreaterThan(8);
    expect(payloads.map((record) => record.field('WARC-Payload-Digest')).sort()).toEqual(bytes.map(({ payloadDigest }) => `sha256:${payloadDigest ?? ''}`).sort());
    for (const record of payloads) {
      if (record.http?.header('content-encoding') !== 'x-made-up') expect(`sha256:${digestOf(record.payload)}`).toBe(record.field('WARC-Payload-Digest'));
    }
  });

  it('carries every answer once and no request that had none', () => {
    expect(found.filter(({ type }) => type === 'revisit')).toHaveLength(answered().filter(({ revisitOf }) => revisitOf !== null).length);
    expect(found.some((record) => record.field('WARC-Target-URI') === `${HOST}/nothing`)).toBe(false);
    expect(found[0]).toMatchObject({ type: 'warcinfo' });
    expect(new Set(found.map((record) => record.field('WARC-Record-ID'))).size).toBe(found.length);
    for (const record of found) expect(record.field('WARC-Record-ID')).toMatch(/^<urn:uuid:[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}>$/u);
  });

  it('sets aside the headers that spoke about the coded body', () => {
    const [answer] = of('response', `${HOST}/a.html`);
    const header = (name: string): string | null | undefined => answer?.http?.header(name);
    expect([header('content-encoding'), header('transfer-encoding'), header('content-length')]).toEqual([null, null, String(Buffer.byteLength('<p>政府信息公开</p>'))]);
    expect(['x-archive-orig-content-encoding', 'x-archive-orig-transfer-encoding', 'x-archive-orig-content-length', 'etag'].map(header)).toEqual(['gzip', 'chunked', '41', '"1"']);
    expect(answer?.field('WARC-IP-Address')).toBe('192.0.2.7');
  });

  it('leaves a coding that could not be undone with its body, and says what was cut', () => {
    expect(of('response', `${HOST}/bad`)[0]?.http?.header('content-encoding')).toBe('x-made-up');
    const [cut] = of('response', `${HOST}/cut`);
    expect([cut?.field('WARC-Truncated'), cut?.http?.header('content-length'), cut?.http?.header('x-archive-orig-content-length')]).toEqual(['disconnect', '9', '90']);
  });

  it('points revisits at the answer with the bytes', () => {
    const [answer] = of('response', `${HOST}/a.html`);
    const revisits = of('revisit', `${HOST}/a.html`);
    expect(revisits.map((record) => record.field('WARC-Profile'))).toEqual(['server-not-modified', 'identical-payload-digest'].map((name) => `http://netpreserve.org/warc/1.1/revisit/${name}`));
    for (const revisit of revisits) {
      expect([revisit.field('WARC-Refers-To'), revisit.field('WARC-Refers-To-Target-URI'), revisit.field('WARC-Refers-To-Date'), revisit.field('WARC-Payload-Digest')])
        .toEqual([answer?.field('WARC-Record-ID'), `${HOST}/a.html`, '2026-05-01T00:00:00.123Z', answer?.field('WARC-Payload-Digest')]);
      expect(revisit.payload).toHaveLength(0);
    }
    expect(revisits.map((record) => record.http?.status)).toEqual([304, 200]);
  });

  it('points a revisit of a request that failed at the answer before it', () => {
    const failed = capture({ url: `${HOST}/a.html`, final_url: `${HOST}/a.html`, status: null, outcome: 'failed', reason: 'reset', media_type: null, fetched_at: '2026-05-04T00:00:00.000Z' });
    const revisit = { ...readExchange(archive.database, failed), captureId: failed + 1, revisitOf: failed, payloadDigest: readExchange(archive.database, coded)?.payloadDigest } as StoredExchange;
    expect(repeatedExchange(archive.database, revisit)?.captureId).toBe(coded);
  });

  it('tells redirects, requests, files and rendered pages for what they are', () => {
    expect(of('response', `${HOST}/old`).map((record) => [record.http?.status, record.http?.header('location'), record.field('WARC-Truncated')])).toEqual([[301, '/a.html', 'unspecified']]);
    const [request] = of('request', `${HOST}/a.html`);
    expect([request?.field('WARC-Concurrent-To'), request?.field('WARC-Truncated')]).toEqual([of('response', `${HOST}/a.html`)[0]?.field('WARC-Record-ID'), 'unspecified']);
    expect(of('resource', 'file:///saved/p.html')[0]?.payload.toString()).toBe('a saved page');
    expect(of('conversion', `${HOST}/shell`)[0]?.payload.toString()).toBe('<p>by script</p>');
    expect(of('request', 'file:///saved/p.html')).toEqual([]);
  });

  it('keeps a hostile header or address on its line', () => {
    const exchange = { ...readExchange(archive.database, coded), headers: { 'x-a': 'b\r\n\r\n<script>', 'content-type': 'text/html' } } as StoredExchange;
    const records = exchangeRecords(exchange, { payload: (digest) => readPayload(archive.database, digest), repeated: () => null });
    const answer = records.find(({ record }) => record.type === 'response' && record.targetUri === `${HOST}/a.html`)?.record;
    expect(Buffer.from(answer?.block ?? []).toString('latin1').split('\r\n\r\n')).toHaveLength(2);
    expect(recordBytes({ type: 'metadata', id: 'urn:x', date: 'd', contentType: 'a\r\nWARC-Type: response', block: Buffer.alloc(0) }).toString()).not.toMatch(/^WARC-Type: response/mu);
  });

  it('begins a new file when one is full, with the same records', async () => {
    const facts = {
      folder: at('small'), byteOrderMark: false, tool: 'nianbao 1.0.0', date: '2026-01-01T00:00:00.000Z', newestRunSha256: null, cellNames: () => [], ledger: () => [], exchanges: answered,
      lookup: { payload: (digest: string) => readPayload(archive.database, digest), repeated: (exchange: StoredExchange) => repeatedExchange(archive.database, exchange) },
    };
    const { files } = writeWarcs(facts, '', 2000);
    expect(files.length).toBeGreaterThan(2);
    const apart = (await Promise.all(files.map((file) => foreignRecords(at('small', file.path))))).flat();
    expect(apart.filter(({ type }) => type === 'warcinfo')).toHaveLength(files.length);
    const ids = (records: readonly ForeignRecord[]): unknown[] => records.filter(({ type }) => type !== 'warcinfo').map((record) => record.field('WARC-Record-ID'));
    expect(ids(apart)).toEqual(ids(found));
  });

  it.each([
    ['a year', { years: [2015] }, [`${HOST}/aaaaaa02.html`]],
    ['a place, with the files that its reports link', { places: ['430000'] }, [`${HOST}/aaaaaa01.html`, `${HOST}/aaaaaa02.html`, `${HOST}/f.pdf`]],
    ['a day', { since: '2026-05-02' }, [`${HOST}/a.html`]],
    ['a grade and a day', { grades: ['official' as const], since: '2026-04-01' }, [`${HOST}/aaaaaa02.html`]],
  ])('filters by %s', (_case, over, urls) => {
    const chosen = selectExchanges(archive.database, { ...EVERYTHING, ...over }).flatMap((id) => readExchange(archive.database, id)?.url ?? []);
    expect([...new Set(chosen)].sort()).toEqual(urls);
  });
});

interface IndexLine {
  readonly key: string;
  readonly stamp: string;
  readonly facts: { readonly url: string; readonly offset: number; readonly length: number; readonly filename: string; readonly mime: string; readonly recordDigest: string };
}

const indexOf = (text: string): IndexLine[] => text.trimEnd().split('\n').map((line) => {
  const [key = '', stamp = ''] = line.split(' ');
  return { key, stamp, facts: JSON.parse(line.slice(key.length + stamp.length + 2)) as IndexLine['facts'] };
});

describe('the index', () => {
  it('is sorted, and leads to the records', () => {
    const text = readFileSync(at('warc', 'index.cdxj'), 'utf8');
    const lines = text.trimEnd().split('\n');
    expect(lines).toEqual([...lines].sort());
    const warc = readFileSync(at('warc', 'nianbao-00000.warc.gz'));
    for (const { facts } of indexOf(text)) {
      const packed = warc.subarray(facts.offset, facts.offset + facts.length);
      expect(gunzipSync(packed).toString('latin1')).toContain(`\r\nWARC-Target-URI: ${facts.url}\r\n`);
      expect(`sha256:${digestOf(packed)}`).toBe(facts.recordDigest);
    }
    expect(indexOf(text)).toHaveLength(found.filter(({ type }) => ['response', 'revisit', 'resource'].includes(type)).length);
  });

  it.each([
    'http://www.a.gov.cn:8080/B/?b=2&a=1', 'https://x.cn/', 'https://x.cn:443/', 'http://127.0.0.1:81/a', 'file:///x/y.html', 'http://a.cn/%E4%BD%A0?x', 'http://a.cn?B=1&a=2', 'http://www2.a.cn/',
    'http://公安.cn/a', 'http://a.cn/?', 'http://a.cn/a;b=1?c',
  ])('has the key for %s that replay looks up', (address) => {
    expect(surt(new URL(address).href)).toBe(getSurt(new URL(address).href));
  });

  it('is sorted on disk when it is longer than memory', () => {
    const sorted = new SortedLines(at('runs'), 100);
    const lines = Array.from({ length: 500 }, (_, index) => `${createHash('sha256').update(String(index)).digest('hex')} ${index % 3 === 0 ? '长' : '😀'}`);
    for (const line of [...lines, ...lines.slice(0, 3)]) sorted.add(line);
    expect([...sorted.drain()]).toEqual([...lines, ...lines.slice(0, 3)].sort());
    expect(readdirSync(folder.path)).not.toContain('runs');
  });
});

describe('wacz', () => {
  const unpack = async (): Promise<Map<string, { bytes: Buffer; method: number; time: number }>> => {
    const zip = await openPromise(at('wacz', 'nianbao.wacz'));
    const entries = new Map<string, { bytes: Buffer; method: number; time: number }>();
    for await (const entry of zip.eachEntry()) {
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      entries.set(entry.fileName, { bytes: Buffer.concat(chunks), method: entry.compressionMethod, time: entry.lastModFileDate });
    }
    return entries;
  };

  it('holds its parts stored, with digests that agree', async () => {
    const entries = await unpack();
    expect([...entries.keys()]).toEqual(['datapackage.json', 'datapackage-digest.json', 'archive/nianbao-00000.warc.gz', 'indexes/index.cdxj', 'pages/pages.jsonl']);
    expect([...entries.values()].map(({ method }) => method)).toEqual([0, 0, 0, 0, 0]);
    const descriptor = JSON.parse(String(entries.get('datapackage.json')?.bytes)) as { wacz_version: string; resources: { path: string; hash: string; bytes: number; name: string }[] };
    expect(descriptor).toMatchObject({ profile: 'data-package', wacz_version: '1.1.1', created: '2026-05-03T00:00:00.000Z' });
    expect(descriptor.resources.map(({ path, hash, bytes }) => [path, hash, bytes]))
      .toEqual([...entries].filter(([path]) => !path.startsWith('datapackage')).map(([path, { bytes }]) => [path, `sha256:${digestOf(bytes)}`, bytes.length]));
    expect(JSON.parse(String(entries.get('datapackage-digest.json')?.bytes))).toEqual({ path: 'datapackage.json', hash: `sha256:${digestOf(entries.get('datapackage.json')?.bytes ?? '')}` });
  });

  it('carries the same records as warc, and a page a report', async () => {
    const entries = await unpack();
    mkdirSync(at('unpacked'));
    writeFileSync(at('unpacked', 'a.warc.gz'), entries.get('archive/nianbao-00000.warc.gz')?.bytes ?? '');
    const inside = await foreignRecords(at('unpacked', 'a.warc.gz'));
    expect(inside.map((record) => record.field('WARC-Record-ID'))).toEqual(found.map((record) => record.field('WARC-Record-ID')));
    const [header, ...pages] = String(entries.get('pages/pages.jsonl')?.bytes).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(header).toMatchObject({ format: 'json-pages-1.0', id: 'pages' });
    const records = readFileSync(at('jsonl', 'reports.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { finalUrl: string; text: string; provenance: { fetchedAt: string } });
    expect(pages.map(({ url, ts, text }) => [url, ts, text])).toEqual(records.map((record) => [record.finalUrl, record.provenance.fetchedAt, record.text]));
    const indexed = new Set(indexOf(String(entries.get('indexes/index.cdxj')?.bytes)).map(({ facts, stamp }) => `${facts.url} ${stamp}`));
    for (const { url, ts } of pages) expect(indexed).toContain(`${String(url)} ${String(ts).replace(/\D/gu, '').slice(0, 14)}`);
  });
});
