/** Web archives brought in: our own come back with equal digests, foreign ones decoded, damaged ones as far as they can be read, hostile ones within limits. */
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { WARCRecord, WARCSerializer } from 'warcio';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { CommandContext } from '../../src/commands/context.js';
import { harvestCommand } from '../../src/commands/harvest.js';
import { importCommand } from '../../src/commands/import.js';
import { resolveConfig } from '../../src/config.js';
import { exportArchive } from '../../src/export/export.js';
import { createLog } from '../../src/log.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { openArchive } from '../../src/store/open.js';
import type { Sqlite } from '../../src/store/sqlite.js';
import { EVERYTHING } from '../../src/store/selection.js';
import { verifyArchive } from '../../src/store/verify.js';
import type { WarcRecord } from '../../src/warc/record.js';
import { packedRecord, recordBytes } from '../../src/warc/record.js';
import { openNights } from '../harvest/nights.js';
import { digestOf, temporaryFolder } from '../store/archive-fixture.js';

const LIMIT = 1 << 20;
const REPORT = readFileSync(join(import.meta.dirname, '..', 'pages', 'trs-gbk-free-form', 'payload.bin'));
const URL_OF_REPORT = 'http://gaj.qinghe.gov.cn/zwgk/ndbg/201703/t20170308_1.html';

let folder: ReturnType<typeof temporaryFolder>;
let printed: string;
let logged: string;
const at = (...path: string[]): string => join(folder.path, ...path);
beforeEach(() => { folder = temporaryFolder(); printed = ''; logged = ''; });
afterEach(() => folder.remove());

function context(storage: string): CommandContext {
  return {
    config: resolveConfig({ limits: { responseBytes: LIMIT } }, {}, { storage: at(storage), seeds: ['none.csv'] }), configDigest: 'c', cwd: folder.path, json: true,
    log: createLog('normal', (text) => { logged += text; }), terminal: { progress: false, table: false, columns: 100 },
    print: (text) => { printed += text; }, divisions: loadDivisions, now: () => Date.parse('2026-06-30T00:00:00Z'), signal: new AbortController().signal,
  };
}

interface Told { readonly code: number; readonly records: number; readonly known: number; readonly reports: number; readonly new: number; readonly failed: readonly { file: string; reason: string }[] }

async function bring(storage: string, ...files: string[]): Promise<Told> {
  printed = '';
  const code = await importCommand(context(storage), files.map((file) => at(file)));
  return { code, ...(JSON.parse(printed) as Omit<Told, 'code'>) };
}

function ask<T = Record<string, unknown>>(storage: string, sql: string): T[] {
  const database = openArchive(at(storage));
  try {
    return database.prepare(sql).all() as T[];
  } finally {
    database.close();
  }
}

const digestsOf = (storage: string): unknown[] => ask(storage, 'SELECT url, final_url, fetched_at, status, payload_sha256, revisit_profile FROM v_capture WHERE status IS NOT NULL OR payload_sha256 IS NOT NULL ORDER BY fetched_at, url, capture_id');

/** A record written by Webrecorder's library. */
async function foreign(url: string, body: Uint8Array, over: { httpHeaders?: Record<string, string>; statusline?: string; type?: 'response' | 'resource'; warcHeaders?: Record<string, string>; plain?: boolean } = {}): Promise<Uint8Array> {
  const isResource = over.type === 'resource';
  const record = WARCRecord.create({
    url, date: '2020-02-03T04:05:06Z', type: over.type ?? 'response', warcHeaders: over.warcHeaders ?? {},
    ...(isResource ? {} : { statusline: over.statusline ?? 'HTTP/1.1 200 OK', httpHeaders: over.httpHeaders ?? { 'Content-Type': 'text/html' } }),
  }, [body]);
  return WARCSerializer.serialize(record, { gzip: over.plain !== true });
}

/** One of ours, for what Webrecorder's library would not write. */
function ours(url: string, body: Uint8Array, over: Partial<WarcRecord> & { head?: string } = {}): WarcRecord {
  const block = Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n${over.head ?? ''}\r\n`), body]);
  return { type: 'response', id: `urn:uuid:${digestOf(url).slice(0, 8)}-0000-5000-8000-000000000000`, date: '2020-02-03T04:05:06.000Z', targetUri: url, contentType: 'application/http; msgtype=response', block, ...over };
}

const chunked = (body: Uint8Array): Buffer => Buffer.concat([Buffer.from(`${(5).toString(16)};x=y\r\n`), body.subarray(0, 5), Buffer.from(`\r\n${(body.length - 5).toString(16)}\r\n`), body.subarray(5), Buffer.from('\r\n0\r\n\r\n')]);

describe('our own web archives', () => {
  /** An archive with answers of every kind, a real report among them. */
  function original(): Sqlite {
    const database = openArchive(at('first'));
    const payload = digestOf(REPORT);
    database.prepare("INSERT INTO payload VALUES (?, ?, 'identity', ?)").run(payload, REPORT.length, REPORT);
    const add = database.prepare(`INSERT INTO capture (url, final_url, kind, status, outcome, reason, media_type, payload_sha256, payload_bytes, headers, redirects, fetched_at, duration_ms, via, revisit_of, revisit_profile)
      VALUES (@url, @final, 'article', @status, 'captured', 'ok', 'text/html', @payload, @bytes, @headers, @redirects, @at, 1, 'http', @of, @profile)`);
    const row = { url: URL_OF_REPORT, final: URL_OF_REPORT, status: 200, payload, bytes: REPORT.length, headers: '{"content-type":"text/html","content-encoding":"gzip","content-length":"77"}', redirects: '[]', at: '2026-01-01T00:00:00.001Z', of: null, profile: null } as Record<string, unknown>;
    add.run(row);
    add.run({ ...row, at: '2026-01-02T00:00:00.000Z', status: 304, headers: '{"etag":"x"}', of: 1, profile: 'server-not-modified' });
    add.run({ ...row, at: '2026-01-03T00:00:00.000Z', of: 1, profile: 'identical-payload-digest' });
    const moved = 'http://gaj.qinghe.gov.cn/old.html';
    add.run({ ...row, url: moved, at: '2026-01-04T00:00:00.000Z', redirects: JSON.stringify([{ url: moved, status: 302, location: '/mid.html' }, { url: 'http://gaj.qinghe.gov.cn/mid.html', status: 301, location: URL_OF_REPORT }]) });
    return database;
  }

  it.each([['warc', 'nianbao-00000.warc.gz'], ['wacz', 'nianbao.wacz']] as const)('%s comes back with equal digests, headers and redirects', async (format, file) => {
    const database = original();
    await exportArchive(database, { format, out: at('out'), selection: EVERYTHING, toolVersion: '1.0.0' });
    database.close();
    expect(await bring('second', join('out', file))).toMatchObject({ code: 0, records: 4, known: 0, reports: 2, new: 2, failed: [] });
    expect(digestsOf('second')).toEqual(digestsOf('first'));
    const columns = "SELECT headers ->> 'content-encoding' AS coding, headers ->> 'content-length' AS length, redirects FROM capture WHERE revisit_of IS NULL ORDER BY fetched_at";
    expect(ask('second', columns).map((row) => row['coding'])).toEqual(['gzip', 'gzip']);
    expect(ask('second', columns).map((row) => row['redirects'])).toEqual(ask('first', columns).map((row) => row['redirects']));
    expect(ask('second', columns)[0]?.['length']).toBe('77');
    const [from] = ask<{ detail: string; via: string }>('second', 'SELECT detail, via FROM v_capture ORDER BY capture_id LIMIT 1');
    expect(from?.via).toBe('import');
    expect(from?.detail).toMatch(new RegExp(`^record urn:uuid:[\\da-f-]{36} of file://.+${file.replace('.', '\\.')}.* at byte \\d+$`, 'u'));
    const opened = openArchive(at('second'));
    expect(verifyArchive(opened).problems).toEqual([]);
    opened.close();
  });

  it('of pages and the files they lead to come back with equal texts', async () => {
    const nights = await openNights({ only: ['attachment'] });
    try {
      await harvestCommand(nights.context(), { places: [] });
      const texts = 'SELECT url, text_sha256 AS text FROM v_report ORDER BY url';
      const held = nights.rows<{ url: string }>(texts);
      expect(held).toHaveLength(nights.farm.reports.length);
      expect(nights.rows("SELECT 1 FROM version WHERE extraction LIKE 'attachment %'").length).toBeGreaterThan(0);
      const database = openArchive(nights.folder);
      await exportArchive(database, { format: 'wacz', out: at('out'), selection: EVERYTHING, toolVersion: '1.0.0' });
      database.close();
      await bring('second', join('out', 'nianbao.wacz'));
      expect(ask('second', texts)).toEqual(held);
    } finally {
      await nights.close();
    }
  });

  it('brings in nothing twice', async () => {
    const database = original();
    await exportArchive(database, { format: 'warc', out: at('out'), selection: EVERYTHING, toolVersion: '1.0.0' });
    database.close();
    const warc = join('out', 'nianbao-00000.warc.gz');
    expect(await bring('first', warc)).toMatchObject({ code: 0, records: 0, known: 4 });
    await bring('second', warc);
    expect(await bring('second', warc)).toMatchObject({ code: 0, records: 0, known: 4, new: 0 });
  });

  it('says which revisit has nothing to point at', async () => {
    const database = original();
    await exportArchive(database, { format: 'warc', out: at('out'), selection: { ...EVERYTHING, since: '2026-01-02' }, toolVersion: '1.0.0' });
    database.close();
    const told = await bring('second', join('out', 'nianbao-00000.warc.gz'));
    expect([told.code, told.records, told.failed.length]).toEqual([3, 1, 2]);
    expect(told.failed[0]?.reason).toContain('not in the archive');
  });
});

describe('foreign web archives', () => {
  const CODED: readonly (readonly [name: string, head: Record<string, string>, body: (page: Buffer) => Uint8Array])[] = [
    ['gzip', { 'Content-Encoding': 'gzip' }, gzipSync], ['Brotli', { 'Content-Encoding': 'br' }, brotliCompressSync], ['deflate', { 'Content-Encoding': 'deflate' }, deflateSync],
    ['chunks', { 'Transfer-Encoding': 'chunked' }, chunked], ['gzip in chunks', { 'Content-Encoding': 'gzip', 'Transfer-Encoding': 'chunked' }, (page) => chunked(gzipSync(page))],
    ['two layers', { 'Content-Encoding': 'gzip, gzip' }, (page) => gzipSync(gzipSync(page))], ['no coding', {}, (page) => page],
    ['a coding that was undone before', { 'Content-Encoding': 'gzip', 'Transfer-Encoding': 'chunked' }, (page) => page],
  ];

  it.each(CODED)('are decoded: %s', async (_name, head, coded) => {
    writeFileSync(at('a.warc.gz'), await foreign(URL_OF_REPORT, coded(REPORT), { httpHeaders: { 'Content-Type': 'text/html', ...head } }));
    expect(await bring('archive', 'a.warc.gz')).toMatchObject({ code: 0, records: 1, reports: 1, new: 1, failed: [] });
    expect(ask('archive', 'SELECT payload_sha256, outcome, reason, fetched_at, via, media_type FROM v_capture')).toEqual([{ payload_sha256: digestOf(REPORT), outcome: 'captured', reason: 'ok', fetched_at: '2020-02-03T04:05:06.000Z', via: 'import', media_type: 'text/html' }]);
    expect(ask('archive', 'SELECT year, url, raw_sha256 FROM v_report')).toMatchObject([{ url: URL_OF_REPORT, raw_sha256: digestOf(REPORT) }]);
    expect(ask('archive', 'SELECT notices FROM capture')[0]?.['notices']).not.toContain('payload-digest-differs');
  });

  it('are read packed, plain, and with all records in one gzip member', async () => {
    const plain = Buffer.concat([await foreign(URL_OF_REPORT, REPORT, { plain: true }), await foreign('http://gaj.qinghe.gov.cn/f.pdf', Buffer.from('%PDF-1.4'), { type: 'resource', warcHeaders: { 'Content-Type': 'application/pdf' }, plain: true })]);
    writeFileSync(at('plain.warc'), plain);
    writeFileSync(at('one.warc.gz'), gzipSync(plain));
    for (const file of ['plain.warc', 'one.warc.gz']) expect(await bring(file.slice(0, 3), file)).toMatchObject({ code: 0, records: 2, reports: 1 });
    expect(digestsOf('pla')).toEqual(digestsOf('one'));
    expect(digestsOf('pla')).toContainEqual(expect.objectContaining({ payload_sha256: digestOf('%PDF-1.4'), status: null }));
  });

  it('keep failures as failures, and make no report of them', async () => {
    writeFileSync(at('a.warc.gz'), Buffer.concat([
      await foreign('http://a.gov.cn/1', REPORT, { statusline: 'HTTP/1.1 404 Not Found' }), await foreign('http://a.gov.cn/2', REPORT, { statusline: 'HTTP/1.1 503 Busy' }),
      await foreign('http://a.gov.cn/3', Buffer.alloc(0), { statusline: 'HTTP/1.1 301 Moved', httpHeaders: { Location: '/4' } }), await foreign('http://a.gov.cn/5', REPORT, { warcHeaders: { 'WARC-Truncated': 'disconnect' } }),
      await foreign('http://a.gov.cn/6', Buffer.from('no gzip at all'), { httpHeaders: { 'Content-Encoding': 'x-odd' } }), await foreign('dns:a.gov.cn', Buffer.from('a'), { type: 'resource' }),
    ]));
    expect(await bring('archive', 'a.warc.gz')).toMatchObject({ code: 0, records: 5, reports: 0, failed: [] });
    expect(ask('archive', 'SELECT url, outcome, reason FROM v_capture ORDER BY url').map(({ url, outcome, reason }) => [String(url).slice(-1), outcome, reason])).toEqual([
      ['1', 'failed', 'gone'], ['2', 'failed', 'http-5xx'], ['3', 'captured', 'redirected'], ['5', 'failed', 'truncated'], ['6', 'failed', 'bad-encoding'],
    ]);
  });

  it('are told when the digest they name is of other bytes', async () => {
    const digest = `sha1:${createHash('sha1').update('something else').digest('hex')}`;
    writeFileSync(at('a.warc.gz'), packedRecord(ours(URL_OF_REPORT, REPORT, { fields: { 'WARC-Payload-Digest': digest } })));
    await bring('archive', 'a.warc.gz');
    expect(ask('archive', 'SELECT notices FROM capture')[0]?.['notices']).toContain('payload-digest-differs');
  });
});

describe('damaged web archives', () => {
  const urls = [1, 2, 3, 4].map((number) => `http://gaj.qinghe.gov.cn/${number}.html`);
  const records = urls.map((url) => ours(url, Buffer.concat([REPORT, Buffer.from(url)])));
  const kept = (): unknown[] => ask('archive', 'SELECT url FROM v_capture ORDER BY url').map((row) => row['url']);

  const DAMAGE: readonly (readonly [name: string, damage: (parts: Buffer[]) => Buffer, lost: readonly number[]])[] = [
    ['a flipped bit', ([a, b, ...rest]) => Buffer.concat([a ?? '', flipped(b), ...rest].map((part) => Buffer.from(part))), [1]],
    ['a hole', ([a, b, ...rest]) => Buffer.concat([a ?? Buffer.alloc(0), (b ?? Buffer.alloc(0)).subarray(0, 300), ...rest]), [1]],
    ['an end too early', (parts) => Buffer.concat(parts).subarray(0, -40), [3]],
    ['rubbish between', ([a, ...rest]) => Buffer.concat([a ?? Buffer.alloc(0), Buffer.from('rubbish \x1f\x8b\x08 WARC/1.1 rubbish'), ...rest]), []],
  ];

  function flipped(part: Buffer = Buffer.alloc(0)): Buffer {
    const copy = Buffer.from(part);
    copy[Math.floor(copy.length / 2)] = (copy[Math.floor(copy.length / 2)] ?? 0) ^ 0x10;
    return copy;
  }

  it.each(DAMAGE.flatMap(([name, damage, lost]) => [['a.warc.gz', name, damage, lost] as const, ['a.warc', name, damage, lost] as const]))('%s with %s: everything else comes in, and the byte is named', async (file, _name, damage, lost) => {
    const parts = records.map(file.endsWith('gz') ? packedRecord : recordBytes);
    const whole = damage(parts);
    writeFileSync(at(file), whole);
    const told = await bring('archive', file);
    expect(kept()).toEqual(urls.filter((_url, index) => !lost.includes(index)));
    expect([told.code, told.records, told.failed.length]).toEqual([3, 4 - lost.length, 1]);
    const offset = lost[0] === 3 ? parts.slice(0, 3).reduce((sum, part) => sum + part.length, 0) : (parts[0]?.length ?? 0);
    expect(told.failed[0]?.file).toBe(`${at(file)} at byte ${offset}`);
    expect(logged).toContain(`at byte ${offset} was left out: `);
  });

  it('names a file that is no web archive at all', async () => {
    writeFileSync(at('a.warc'), 'just words\n');
    writeFileSync(at('b.wacz'), 'no zip');
    writeFileSync(at('c.warc.gz'), Buffer.from([0x1f, 0x8b, 8, 0xff]));
    writeFileSync(at('d.warc.gz'), '');
    const told = await bring('archive', 'a.warc', 'b.wacz', 'c.warc.gz', 'd.warc.gz');
    expect([told.code, told.records]).toEqual([3, 0]);
    expect(told.failed.map((failure) => failure.file.slice(folder.path.length + 1))).toEqual(['a.warc at byte 0', 'b.wacz', 'c.warc.gz at byte 0']);
  });

  it('refuses a package whose WARC file is compressed, and keeps what is stored', async () => {
    const zip = new ZipFile();
    zip.addBuffer(packedRecord(ours(URL_OF_REPORT, REPORT)), 'archive/stored.warc.gz', { compress: false });
    zip.addBuffer(recordBytes(ours('http://x.gov.cn/', REPORT)), 'archive/packed.warc', { compress: true });
    zip.addBuffer(Buffer.from('x'), 'archive/readme.txt');
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(at('a.wacz')));
    const told = await bring('archive', 'a.wacz');
    expect([told.code, told.records, told.failed.map(({ file }) => file)]).toEqual([3, 1, [`${at('a.wacz')}/archive/packed.warc`]]);
  });
});

describe('hostile web archives', () => {
  const zeros = Buffer.alloc(64 << 20);
  let bomb: Buffer;
  beforeAll(() => { bomb = gzipSync(zeros); });
  afterAll(() => { expect(gunzipSync(bomb)).toHaveLength(zeros.length); });

  it('stay within the limit of a record, packed, plain and coded', async () => {
    const sound = ours(URL_OF_REPORT, REPORT);
    writeFileSync(at('packed.warc.gz'), Buffer.concat([packedRecord(ours('http://x.gov.cn/1', zeros)), packedRecord(sound)]));
    writeFileSync(at('plain.warc'), Buffer.concat([recordBytes(ours('http://x.gov.cn/2', zeros.subarray(0, 4 << 20))), recordBytes(sound)]));
    writeFileSync(at('coded.warc.gz'), Buffer.concat([packedRecord(ours('http://x.gov.cn/3', bomb, { head: 'Content-Encoding: gzip\r\n' })), packedRecord(sound)]));
    for (const file of ['packed.warc.gz', 'plain.warc']) {
      const told = await bring(file.slice(0, 5), file);
      expect([file, told.code, told.records, told.failed.length]).toEqual([file, 3, 1, 1]);
      expect(told.failed[0]?.reason).toMatch(/more than \d+ bytes/u);
    }
    // The coded body is kept as it was stored: it is small.
    expect(await bring('coded', 'coded.warc.gz')).toMatchObject({ code: 0, records: 2, reports: 1 });
    expect(ask('coded', 'SELECT reason, payload_bytes FROM v_capture ORDER BY url DESC')[0]).toEqual({ reason: 'bad-encoding', payload_bytes: bomb.length });
  });

  it('do not lead out of the archive, and do not keep us busy', async () => {
    const lying = recordBytes(ours('http://x.gov.cn/', Buffer.from('x'))).toString('latin1').replace(/Content-Length: \d+/u, 'Content-Length: 99999999999999');
    const many = Buffer.from('WARC/1.0\r\nContent-Length: x\r\n\r\n'.repeat(5000));
    writeFileSync(at('a.warc'), Buffer.concat([Buffer.from(lying, 'latin1'), recordBytes(ours('file:///etc/passwd', Buffer.from('root'))), recordBytes(ours('javascript:alert(1)', Buffer.from('x'))), many]));
    const told = await bring('archive', 'a.warc');
    expect(told.records).toBe(1);
    expect(told.failed.length).toBeLessThan(1100);
    expect(told.failed.at(-1)?.reason).toContain('left unread');
    expect(ask('archive', "SELECT payload_sha256 FROM v_capture WHERE url = 'file:///etc/passwd'")).toEqual([{ payload_sha256: digestOf('root') }]);
    expect(existsSync(at('archive', 'nianbao.sqlite'))).toBe(true);
  });
});
