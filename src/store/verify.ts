/** Re-reads the whole archive and names everything that is not as it was written. */
import { gunzipSync } from 'node:zlib';
import type { Repair } from '../record.js';
import type { Sqlite } from './open.js';
import { sha256 } from './read.js';
import { checkChain } from './run-chain.js';
import { statement } from './statement.js';
import { searchIndexFaults } from './verify-index.js';

/** What differs: the closed list is in the README's table of `nianbao verify`. */
export type ProblemKind = 'payload' | 'capture' | 'text' | 'repairs' | 'version' | 'run-chain' | 'database' | 'foreign-key' | 'search-index';

export interface Problem {
  readonly kind: ProblemKind;
  /** The digest, capture, report or run concerned. */
  readonly where: string;
  readonly url: string | null;
  readonly message: string;
}

export interface Verification {
  readonly checked: { readonly payloads: number; readonly captures: number; readonly versions: number; readonly runs: number };
  readonly problems: readonly Problem[];
}

type Report = (problem: Problem) => void;

interface PayloadRow { sha256: string; size: number; coding: string; bytes: Buffer }

function payloadFault(row: PayloadRow): string | null {
  let bytes: Uint8Array;
  try {
    bytes = row.coding === 'gzip' ? gunzipSync(row.bytes) : row.bytes;
  } catch (error) {
    return `its bytes cannot be unpacked (${(error as Error).message})`;
  }
  if (bytes.length !== row.size) return `it has ${bytes.length} bytes where ${row.size} were written`;
  return sha256(bytes) === row.sha256 ? null : 'its bytes no longer give this digest';
}

/** URL of some capture that carries the payload, to tell people what is lost. */
function urlOfPayload(database: Sqlite, digest: string): string | null {
  return (statement(database, 'SELECT url FROM capture WHERE payload_sha256 = ? ORDER BY capture_id LIMIT 1').pluck().get(digest) as string | undefined) ?? null;
}

function verifyPayloads(database: Sqlite, report: Report): number {
  const digests = statement(database, 'SELECT sha256 FROM payload ORDER BY sha256').pluck().all() as string[];
  const read = statement(database, 'SELECT sha256, size, coding, bytes FROM payload WHERE sha256 = ?');
  for (const digest of digests) {
    const fault = guarded(() => payloadFault(read.get(digest) as PayloadRow));
    if (fault !== null) report({ kind: 'payload', where: digest, url: urlOfPayload(database, digest), message: fault });
  }
  return digests.length;
}

/** A page of the file that SQLite cannot read is a finding about that row, not the end of the verification. */
function guarded(check: () => string | null): string | null {
  try {
    return check();
  } catch (error) {
    return `it cannot be read (${(error as Error).message})`;
  }
}

function verifyCaptures(database: Sqlite, report: Report): number {
  const lost = statement(database, `SELECT c.capture_id AS id, c.url, c.payload_bytes AS bytes, p.size FROM capture c LEFT JOIN payload p ON p.sha256 = c.payload_sha256
    WHERE c.payload_sha256 IS NOT NULL AND (p.sha256 IS NULL OR (c.payload_bytes IS NOT NULL AND c.payload_bytes <> p.size)) ORDER BY c.capture_id`)
    .all() as { id: number; url: string; bytes: number | null; size: number | null }[];
  for (const row of lost) {
    report({ kind: 'capture', where: `capture ${row.id}`, url: row.url, message: row.size === null ? 'its bytes are missing' : `it says ${row.bytes} bytes, ${row.size} are stored` });
  }
  return statement(database, 'SELECT count(*) FROM capture').pluck().get() as number;
}

/** `decoded` with every repair applied; null when a repair does not fit what stands at its place. */
export function applyRepairs(decoded: string, repairs: readonly Pick<Repair, 'start' | 'end' | 'before' | 'after'>[]): string | null {
  let text = '';
  let at = 0;
  for (const repair of [...repairs].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (repair.start < at || decoded.slice(repair.start, repair.end) !== repair.before) return null;
    text += decoded.slice(at, repair.start) + repair.after;
    at = repair.end;
  }
  return text + decoded.slice(at);
}

interface VersionRow { documentId: string; version: number; url: string; rawSha256: string; textSha256: string; decoded: string; text: string; hasRaw: number }

function versionFaults(row: VersionRow, repairs: readonly Repair[]): { kind: ProblemKind; message: string }[] {
  const faults: { kind: ProblemKind; message: string }[] = [];
  if (row.hasRaw === 0) faults.push({ kind: 'version', message: `the bytes it was derived from (${row.rawSha256}) are not stored` });
  if (sha256(row.text) !== row.textSha256) faults.push({ kind: 'text', message: 'its text no longer gives its digest' });
  if (applyRepairs(row.decoded, repairs) !== row.text) faults.push({ kind: 'repairs', message: 'its repairs applied to the decoded text do not give its text' });
  return faults;
}

function verifyVersions(database: Sqlite, report: Report): number {
  const keys = statement(database, 'SELECT document_id, version FROM version ORDER BY document_id, version').raw().all() as [string, number][];
  const read = statement(database, `SELECT v.document_id AS documentId, v.version, d.url, v.raw_sha256 AS rawSha256, v.text_sha256 AS textSha256,
      coalesce(v.decoded_text, v.text) AS decoded, v.text, EXISTS (SELECT 1 FROM payload p WHERE p.sha256 = v.raw_sha256) AS hasRaw
    FROM version v JOIN document d ON d.document_id = v.document_id WHERE v.document_id = ? AND v.version = ?`);
  const repairs = statement(database, 'SELECT start, "end", before, after FROM repair WHERE document_id = ? AND version = ? ORDER BY ordinal');
  for (const key of keys) {
    const where = `report ${key[0]}, version ${key[1]}`;
    const unreadable = guarded(() => {
      const row = read.get(...key) as VersionRow | undefined;
      if (!row) return 'its document is missing';
      for (const fault of versionFaults(row, repairs.all(...key) as Repair[])) report({ ...fault, where, url: row.url });
      return null;
    });
    if (unreadable !== null) report({ kind: 'version', where, url: null, message: unreadable });
  }
  return keys.length;
}

function verifyDocuments(database: Sqlite, report: Report): void {
  const orphans = statement(database, `SELECT d.document_id AS id, d.url FROM document d LEFT JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
    WHERE v.version IS NULL ORDER BY 1`).all() as { id: string; url: string }[];
  for (const row of orphans) report({ kind: 'version', where: `report ${row.id}`, url: row.url, message: 'its current version is missing' });
}

function verifyDatabase(database: Sqlite, report: Report): void {
  for (const line of database.pragma('integrity_check(100)') as { integrity_check: string }[]) {
    if (line.integrity_check !== 'ok') report({ kind: 'database', where: 'SQLite file', url: null, message: line.integrity_check });
  }
  for (const row of database.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[]) {
    report({ kind: 'foreign-key', where: `${row.table} ${row.rowid ?? ''}`.trim(), url: null, message: `it points at a row of ${row.parent} that does not exist` });
  }
}

function verifyRuns(database: Sqlite, report: Report): number {
  const chain = checkChain(database);
  for (const problem of chain.problems) report({ kind: 'run-chain', where: `run ${problem.runId}`, url: null, message: problem.message });
  return chain.checked;
}

/**
 * Checks every stored byte against its digest, every text against its digest and repairs, the pointers between rows, SQLite's own
 * structure and the chain of runs. Changes nothing. `integrity_check` alone saw 0.5 to 3 % of flipped bits, digests all of them.
 */
export function verifyArchive(database: Sqlite): Verification {
  const problems: Problem[] = [];
  const report: Report = (problem) => { problems.push(problem); };
  const step = (name: string, work: () => number | void): number => {
    try {
      return work() ?? 0;
    } catch (error) {
      report({ kind: 'database', where: name, url: null, message: `SQLite cannot read it: ${(error as Error).message}` });
      return 0;
    }
  };
  step('SQLite file', () => verifyDatabase(database, report));
  const payloads = step('payloads', () => verifyPayloads(database, report));
  const captures = step('captures', () => verifyCaptures(database, report));
  const versions = step('versions', () => verifyVersions(database, report));
  step('documents', () => verifyDocuments(database, report));
  step('search index', () => { for (const message of searchIndexFaults(database)) report({ kind: 'search-index', where: 'words', url: null, message }); });
  const runs = step('runs', () => verifyRuns(database, report));
  return { checked: { payloads, captures, versions, runs }, problems };
}
