/** Parquet: what other readers find in the files is what JSON Lines says, with types. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportArchive } from '../../src/export/export.js';
import { parquetWriter } from '../../src/export/parquet.js';
import type { ExportRecord } from '../../src/export/record.js';
import { LEDGER_SHAPE, RECORD_SHAPE } from '../../src/export/record-shape.js';
import type { ExportFacts } from '../../src/export/writer.js';
import { EVERYTHING } from '../../src/store/selection.js';
import type { ArchiveFixture } from '../store/archive-fixture.js';
import { temporaryFolder } from '../store/archive-fixture.js';
import { corpusArchive } from './corpus-fixture.js';

let archive: ArchiveFixture;
let folder: ReturnType<typeof temporaryFolder>;
let records: ExportRecord[];
const at = (...path: string[]): string => join(folder.path, ...path);

beforeAll(async () => {
  archive = corpusArchive();
  folder = temporaryFolder();
  for (const format of ['jsonl', 'parquet', 'csv'] as const) await exportArchive(archive.database, { format, out: at(format), selection: EVERYTHING, toolVersion: '1.0.0' });
  records = readFileSync(at('jsonl', 'reports.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as ExportRecord);
});
afterAll(() => { archive.remove(); folder.remove(); });

const factsIn = (name: string): ExportFacts => ({
  folder: at(name), byteOrderMark: false, tool: 'nianbao 1.0.0', date: '2026-01-01T00:00:00.000Z', newestRunSha256: null, cellNames: () => [], ledger: () => [], exchanges: () => [],
  lookup: { payload: () => new Uint8Array(), repeated: () => null },
});

/** A value of another reader as JSON Lines has it: days and moments as text, 64-bit numbers as numbers; hyparquet says undefined for a map that is null. */
function plain(value: unknown, name = ''): unknown {
  if (value instanceof Date) return name === 'fetchedAt' ? value.toISOString() : value.toISOString().slice(0, 10);
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map((entry) => plain(entry, name));
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry, key)]));
  return value ?? null;
}

describe('parquet', () => {
  it('equals JSON Lines when hyparquet reads it', async () => {
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(at('parquet', 'reports.parquet')) });
    expect(records.length).toBeGreaterThan(3);
    expect(rows.map((row) => plain(row))).toEqual(records);
  });

  it('carries all fields in their order, with types', async () => {
    const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(at('parquet', 'reports.parquet')));
    const typeOf = (name: string): unknown => { const element = schema.find((each) => each.name === name); return element?.converted_type ?? element?.type; };
    expect(Object.keys(records[0] ?? {})).toEqual(Object.keys(RECORD_SHAPE));
    expect(['publishedOn', 'fetchedAt', 'year', 'similarity', 'isApproximate', 'cells', 'metadata', 'title'].map(typeOf))
      .toEqual(['DATE', 'TIMESTAMP_MILLIS', 'INT32', 'DOUBLE', 'BOOLEAN', 'LIST', 'MAP', 'UTF8']);
  });

  it('has the cells and the ledger as flat tables beside it', async () => {
    const cells = await parquetReadObjects({ file: await asyncBufferFromFile(at('parquet', 'cells.parquet')) });
    expect(cells.map((row) => plain(row))).toEqual(records.flatMap(({ reportId, code, agency, year, cells: own }) => own.map((cell) => ({ reportId, code, agency, year, ...cell }))));
    const ledger = await parquetReadObjects({ file: await asyncBufferFromFile(at('parquet', 'ledger.parquet')) });
    expect(Object.keys(ledger[0] ?? {})).toEqual(Object.keys(LEDGER_SHAPE));
    expect(ledger).toHaveLength(readFileSync(at('csv', 'ledger.csv'), 'utf8').trimEnd().split('\n').length - 1);
  });

  it('takes a text that names no day for unknown', async () => {
    const writer = parquetWriter(factsIn('odd'));
    for (const publishedOn of ['2017-02-30x', '二〇一七年', '2017-03-08']) await writer.add({ ...records[0], publishedOn } as ExportRecord);
    await writer.finish();
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(at('odd', 'reports.parquet')) });
    expect(rows.map((row) => plain(row['publishedOn']))).toEqual([null, null, '2017-03-08']);
  });

  it('writes row group after row group', async () => {
    const writer = parquetWriter(factsIn('many'));
    const texts = Array.from({ length: 6 }, (_, index) => String(index).repeat(3 << 20));
    for (const text of texts) await writer.add({ ...records[1], text } as ExportRecord);
    await writer.finish();
    const file = await asyncBufferFromFile(at('many', 'reports.parquet'));
    expect((await parquetMetadataAsync(file)).row_groups.map((group) => Number(group.num_rows))).toEqual([3, 3]);
    expect((await parquetReadObjects({ file, columns: ['text'] })).map((row) => String(row['text']))).toEqual(texts);
  });

  it('is valid without a row', async () => {
    await exportArchive(archive.database, { format: 'parquet', out: at('none'), selection: { ...EVERYTHING, years: [1999] }, toolVersion: '1.0.0' });
    expect(await parquetReadObjects({ file: await asyncBufferFromFile(at('none', 'reports.parquet')) })).toEqual([]);
  });
});

/** What is used of DuckDB here. */
interface DuckDb {
  readonly DuckDBInstance: { create(path: string, options: Record<string, string>): Promise<{ connect(): Promise<{ runAndReadAll(sql: string): Promise<{ getRowsJson(): unknown[][] }>; closeSync(): void }> }> };
}

/** DuckDB as an independent reader, where somebody has installed it: its platform packages are missing in some registries, and then "npm ci" would fail for everybody. */
const DUCKDB: string = '@duckdb/node-api';
const duckdb = await (import(DUCKDB) as Promise<DuckDb>).catch(() => null);

async function ask(sql: string): Promise<unknown[][]> {
  if (!duckdb) return [];
  const connection = await (await duckdb.DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    connection.closeSync();
  }
}

describe.runIf(duckdb !== null)('parquet in DuckDB', () => {
  it('equals JSON Lines', async () => {
    const rows = await ask(`SELECT to_json(r)::VARCHAR FROM (SELECT * REPLACE (struct_update(provenance, fetchedAt := strftime(provenance.fetchedAt AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ')) AS provenance) FROM '${at('parquet', 'reports.parquet')}') r`);
    expect(rows.map(([json]) => JSON.parse(String(json)) as unknown)).toEqual(records);
  });

  it('sees dates, times, numbers and lists of structs', async () => {
    const columns = new Map((await ask(`DESCRIBE SELECT * FROM '${at('parquet', 'reports.parquet')}'`)).map(([name, type]) => [name, type]));
    expect(['publishedOn', 'year', 'text', 'metadata'].map((name) => columns.get(name))).toEqual(['DATE', 'INTEGER', 'VARCHAR', 'MAP(VARCHAR, VARCHAR)']);
    expect(columns.get('provenance')).toMatch(/"?fetchedAt"? TIMESTAMP/u);
    expect(columns.get('cells')).toMatch(/^STRUCT\(.+"?value"? DOUBLE.+\)\[\]$/u);
  });

  it('answers what an analyst asks', async () => {
    const counted = await ask(`SELECT agency, sum(value) FROM '${at('parquet', 'cells.parquet')}' GROUP BY agency ORDER BY agency`);
    const nested = await ask(`SELECT agency, sum(cell.value) FROM (SELECT agency, unnest(cells) AS cell FROM '${at('parquet', 'reports.parquet')}') GROUP BY agency ORDER BY agency`);
    expect(counted).toEqual([['沙岭县公安局', -3.5], ['清河市公安局', 19]]);
    expect(nested).toEqual(counted);
  });
});
