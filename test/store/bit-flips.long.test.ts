/** Flips single bits of an archive's file and asks whether verification names what they changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openReader } from '../../src/store/open.js';
import { sealRun } from '../../src/store/run-chain.js';
import { verifyArchive } from '../../src/store/verify.js';
import { madeUpReport } from '../dedup/made-up-text.js';
import { ArchiveFixture, digestOf } from './archive-fixture.js';

const FLIPS = 1000;

/** Rows that cannot be made again from others; derived ones (cells, titles, years) are made again by `derive`. */
const KEPT: readonly string[] = ['SELECT * FROM run', 'SELECT * FROM payload', 'SELECT * FROM capture', 'SELECT document_id, version, raw_sha256, text_sha256, decoded_text, text FROM version', 'SELECT * FROM repair'];
const DERIVED: readonly string[] = ['version', 'cell', 'rule_check', 'document', 'duplicate', 'band', 'words_data', 'words_idx', 'words_docsize', 'word_row'].map((table) => `SELECT * FROM ${table}`);

/** Seven bytes of a gzip header hold a time and flags that nothing reads: what counts is what it unpacks to. */
function plain(_key: string, value: unknown): unknown {
  const bytes = value as { type?: unknown; data?: number[] } | null;
  if (bytes?.type !== 'Buffer' || !bytes.data) return value;
  const packed = Buffer.from(bytes.data);
  return (packed[0] === 0x1f && packed[1] === 0x8b ? gunzipSync(packed) : packed).toString('hex');
}

/** A digest for each query's rows; null when the file cannot be read. */
function contents(storage: string, queries: readonly string[]): string[] | null {
  try {
    const database = openReader(storage);
    const digests = queries.map((query) => digestOf(JSON.stringify(database.prepare(query).raw().all(), plain)));
    database.close();
    return digests;
  } catch {
    return null;
  }
}

function isNamed(storage: string): boolean {
  try {
    const database = openReader(storage);
    const { problems } = verifyArchive(database);
    database.close();
    return problems.length > 0;
  } catch {
    return true;
  }
}

it('names every flipped bit that changed something kept', { timeout: 300_000 }, () => {
  const archive = new ArchiveFixture();
  archive.run({ id: 1 });
  for (let number = 0; number < 40; number += 1) {
    archive.report({ id: `report${number}`, agency: '清河市公安局', code: '430100', year: 2016, runId: 1, text: madeUpReport(number, 3000), title: '年度报告' });
    for (let row = 0; row < 30; row += 1) archive.cell(`report${number}`, ['requests', `row${row}`, 'natural'], '19', 19);
  }
  sealRun(archive.database, 1);
  archive.database.pragma('wal_checkpoint(TRUNCATE)');
  archive.database.close();
  const file = join(archive.storage, 'nianbao.sqlite');
  const sound = readFileSync(file);
  const [kept, derived] = [KEPT, DERIVED].map((queries) => JSON.stringify(contents(archive.storage, queries)));
  const tally = { kept: 0, keptNamed: 0, derived: 0, derivedNamed: 0 };
  let state = 20_260_101;
  const next = (size: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * size);
  };
  for (let flip = 0; flip < FLIPS; flip += 1) {
    const at = next(sound.length);
    const harmed = Buffer.from(sound);
    harmed[at] = (harmed[at] ?? 0) ^ (1 << next(8));
    writeFileSync(file, harmed);
    const group = JSON.stringify(contents(archive.storage, KEPT)) !== kept ? 'kept' : JSON.stringify(contents(archive.storage, DERIVED)) !== derived ? 'derived' : null;
    if (group === null) continue;
    tally[group] += 1;
    if (isNamed(archive.storage)) tally[`${group}Named`] += 1;
  }
  archive.remove();
  console.log(`${FLIPS} flips: ${tally.keptNamed} of ${tally.kept} named in what is kept, ${tally.derivedNamed} of ${tally.derived} in what can be derived again`);
  expect(tally.keptNamed).toBe(tally.kept);
  expect(tally.kept).toBeGreaterThan(FLIPS / 4);
});
