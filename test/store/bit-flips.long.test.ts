/** Flips single bits of an archive's file and asks whether verification names what they changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Sqlite } from '../../src/store/open.js';
import { openReader } from '../../src/store/open.js';
import { sealRun } from '../../src/store/run-chain.js';
import type { Problem } from '../../src/store/verify.js';
import { indexWords } from '../../src/store/search-words.js';
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

const REPORTS = 40;
const ID = (number: number): string => `report${String(number).padStart(2, '0')}`;

/** What each report consists of: its bytes, texts and facts. */
const OF_A_REPORT: readonly string[] = [
  'SELECT p.* FROM version v JOIN payload p ON p.sha256 = v.raw_sha256 WHERE v.document_id = ?', 'SELECT * FROM document WHERE document_id = ?', 'SELECT * FROM version WHERE document_id = ?',
  'SELECT * FROM cell WHERE document_id = ?', 'SELECT * FROM rule_check WHERE document_id = ?', 'SELECT * FROM repair WHERE document_id = ?', 'SELECT * FROM band WHERE document_id = ?',
];

/** A digest for each report; null for one that cannot be read, and for all when the file cannot be opened. */
function reports(storage: string): (string | null)[] {
  const all = Array.from({ length: REPORTS }, (_, number) => ID(number));
  let database: Sqlite;
  try {
    database = openReader(storage);
  } catch {
    return all.map(() => null);
  }
  const digests = all.map((id) => {
    try {
      return digestOf(JSON.stringify(OF_A_REPORT.map((query) => database.prepare(query).raw().all(id)), plain));
    } catch {
      return null;
    }
  });
  database.close();
  return digests;
}

/** What a search for each of `words` finds, with its rank. Blocks of the search index hold a few bits that nothing reads, as gzip headers do. */
function searches(storage: string, words: readonly string[]): string {
  const database = openReader(storage);
  const match = database.prepare('SELECT rowid, bm25(words) FROM words WHERE words MATCH ? ORDER BY rowid').raw();
  const hits = words.map((word) => match.all(`"${word}"`));
  database.close();
  return digestOf(JSON.stringify(hits));
}

/** Every word of the index of the texts. */
function wordsOfTexts(): string[] {
  return [...new Set(Array.from({ length: REPORTS }, (_, number) => indexWords(`${madeUpReport(number, 3000)} 年度报告 清河市公安局`).split(' ')).flat())];
}

/** What verification finds; null when the file cannot even be opened, which the command reports as damage. */
function found(storage: string): readonly Problem[] | null {
  try {
    const database = openReader(storage);
    const { problems } = verifyArchive(database);
    database.close();
    return problems;
  } catch {
    return null;
  }
}

function build(archive: ArchiveFixture): void {
  archive.run({ id: 1 });
  for (let number = 0; number < REPORTS; number += 1) {
    const id = ID(number);
    const text = madeUpReport(number, 3000);
    archive.report({ id, agency: '清河市公安局', code: '430100', year: 2016, runId: 1, text, decodedText: `${text.slice(0, 9)}\u200b${text.slice(9)}`, title: '年度报告' });
    for (let row = 0; row < 30; row += 1) archive.database.prepare("INSERT INTO cell VALUES (?, 1, 'requests', ?, 'natural', '19', 19, 'value', ?)").run(id, `row${row}`, `table 1, row ${row}`);
    archive.database.prepare("INSERT INTO rule_check VALUES (?, 1, 'T3-NONNEG-INT', 'pass', 0, 0)").run(id);
    archive.database.prepare("INSERT INTO band VALUES ('0:12345', ?)").run(id);
    if (number % 2 === 1) archive.database.prepare("INSERT INTO duplicate VALUES (?, ?, 'near', 0.93)").run(ID(number - 1), id);
    archive.repair(id, { ordinal: 0, start: 9, end: 10, before: '\u200b', after: '' });
  }
  for (let number = 0; number < REPORTS; number += 1) archive.seal(ID(number));
  sealRun(archive.database, 1);
  archive.database.pragma('wal_checkpoint(TRUNCATE)');
  archive.database.close();
}

it('finds every flipped bit that changed something stored or derived, and names the reports', { timeout: 1_800_000 }, () => {
  const archive = new ArchiveFixture();
  build(archive);
  const file = join(archive.storage, 'nianbao.sqlite');
  const sound = readFileSync(file);
  const [kept, derived] = [KEPT, DERIVED].map((queries) => contents(archive.storage, queries));
  const before = reports(archive.storage);
  const words = wordsOfTexts();
  const findings = searches(archive.storage, words);
  expect(found(archive.storage)).toEqual([]);
  const tally = { kept: 0, keptFound: 0, derived: 0, derivedFound: 0, unread: 0, reports: 0, reportsNamed: 0 };
  const missed: string[] = [];
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
    const [keptNow, derivedNow] = [KEPT, DERIVED].map((queries) => contents(archive.storage, queries));
    const group = JSON.stringify(keptNow) !== JSON.stringify(kept) ? 'kept' : JSON.stringify(derivedNow) !== JSON.stringify(derived) ? 'derived' : null;
    if (group === null) continue;
    const problems = found(archive.storage);
    tally[group] += 1;
    if (problems === null || problems.length > 0) tally[`${group}Found`] += 1;
    else {
      const changed = DERIVED.filter((_, index) => derivedNow?.[index] !== derived?.[index]).join('; ');
      if (changed !== 'SELECT * FROM words_data' || searches(archive.storage, words) !== findings) missed.push(`byte ${at}: nothing found of ${changed}`);
      else tally.unread += 1;
    }
    const isReadable = reports(archive.storage).some((digest) => digest !== null);
    if (problems === null || !isReadable) continue;
    const told = JSON.stringify(problems);
    const harmedReports = reports(archive.storage).flatMap((digest, number) => (digest === before[number] ? [] : [ID(number)]));
    tally.reports += harmedReports.length;
    tally.reportsNamed += harmedReports.filter((id) => told.includes(id)).length;
    for (const id of harmedReports) if (!told.includes(id)) missed.push(`byte ${at}: ${id} not named in ${told.slice(0, 300)}`);
  }
  archive.remove();
  console.log(`${FLIPS} flips: ${tally.keptFound} of ${tally.kept} found in what is kept, ${tally.derivedFound} of ${tally.derived} in what can be derived again (${tally.unread} of the rest in bits of the search index that nothing reads); ${tally.reportsNamed} of ${tally.reports} harmed reports named`);
  expect(missed).toEqual([]);
  expect([tally.keptFound, tally.derivedFound + tally.unread, tally.reportsNamed]).toEqual([tally.kept, tally.derived, tally.reports]);
  expect(tally.unread).toBeLessThan(FLIPS / 100);
  expect(tally.kept + tally.derived).toBeGreaterThan(FLIPS / 4);
  expect(tally.derived).toBeGreaterThan(FLIPS / 20);
  expect(tally.reports).toBeGreaterThan(FLIPS / 10);
});
