/** Re-reads the whole archive and names everything that is not as it was written. */
import { gunzipSync } from 'node:zlib';
import type { Repair } from '../record.js';
import type { Sqlite } from './open.js';
import { sha256 } from './read.js';
import { checkChain } from './run-chain.js';
import { documentFacts, versionFacts } from './seal.js';
import { statement } from './statement.js';
import { searchIndexFaults } from './verify-index.js';

/** What differs: `facts` is what was derived for a version beside its text, `document` a report's own row with its versions and copies. */
export type ProblemKind = 'payload' | 'capture' | 'text' | 'repairs' | 'facts' | 'document' | 'version' | 'run-chain' | 'database' | 'foreign-key' | 'search-index';

export interface Problem {
  readonly kind: ProblemKind;
  /** The digest, capture, report or run concerned. */
  readonly where: string;
  /** The report concerned, where it is one's; of several that share their bytes the first. */
  readonly reportId: string | null;
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

/** What to call a damaged payload for people: the address of some capture that carries it, and the report that was made of it. */
function nameOfPayload(database: Sqlite, digest: string): Pick<Problem, 'reportId' | 'url'> {
  const url = statement(database, 'SELECT url FROM capture WHERE payload_sha256 = ? ORDER BY capture_id LIMIT 1').pluck().get(digest) as string | undefined;
  const reportId = statement(database, 'SELECT document_id FROM version WHERE raw_sha256 = ? ORDER BY document_id LIMIT 1').pluck().get(digest) as string | undefined;
  return { reportId: reportId ?? null, url: url ?? null };
}

/** Told after each piece of work, of a total that is known from the start. */
type Tick = () => void;

function verifyPayloads(database: Sqlite, report: Report, tick: Tick): number {
  const digests = statement(database, 'SELECT sha256 FROM payload ORDER BY sha256').pluck().all() as string[];
  const read = statement(database, 'SELECT sha256, size, coding, bytes FROM payload WHERE sha256 = ?');
  for (const digest of digests) {
    const fault = guarded(() => payloadFault(read.get(digest) as PayloadRow));
    if (fault !== null) report({ kind: 'payload', where: digest, ...nameOfPayload(database, digest), message: fault });
    tick();
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
    report({ kind: 'capture', where: `capture ${row.id}`, reportId: null, url: row.url, message: row.size === null ? 'its bytes are missing' : `it says ${row.bytes} bytes, ${row.size} are stored` });
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

interface VersionRow { documentId: string; version: number; url: string; rawSha256: string; textSha256: string; decoded: string; text: string; hasRaw: number; factsSha256: string }

function versionFaults(row: VersionRow, repairs: readonly Repair[], facts: string | null): { kind: ProblemKind; message: string }[] {
  const faults: { kind: ProblemKind; message: string }[] = [];
  if (row.hasRaw === 0) faults.push({ kind: 'version', message: `the bytes it was derived from (${row.rawSha256}) are not stored` });
  if (sha256(row.text) !== row.textSha256) faults.push({ kind: 'text', message: 'its text no longer gives its digest' });
  if (applyRepairs(row.decoded, repairs) !== row.text) faults.push({ kind: 'repairs', message: 'its repairs applied to the decoded text do not give its text' });
  if (facts !== row.factsSha256) faults.push({ kind: 'facts', message: 'what was derived of it (title, agency, year, tables, checks, statements …) no longer gives its digest; "nianbao derive --all" derives it anew from the stored bytes' });
  return faults;
}

function verifyVersions(database: Sqlite, report: Report, tick: Tick): number {
  const keys = statement(database, 'SELECT document_id, version FROM version ORDER BY document_id, version').raw().all() as [string, number][];
  const read = statement(database, `SELECT v.document_id AS documentId, v.version, d.url, v.raw_sha256 AS rawSha256, v.text_sha256 AS textSha256,
      coalesce(v.decoded_text, v.text) AS decoded, v.text, v.facts_sha256 AS factsSha256, EXISTS (SELECT 1 FROM payload p WHERE p.sha256 = v.raw_sha256) AS hasRaw
    FROM version v JOIN document d ON d.document_id = v.document_id WHERE v.document_id = ? AND v.version = ?`);
  const repairs = statement(database, 'SELECT start, "end", before, after FROM repair WHERE document_id = ? AND version = ? ORDER BY ordinal');
  for (const key of keys) {
    const where = `report ${key[0]}, version ${key[1]}`;
    const unreadable = guarded(() => {
      const row = read.get(...key) as VersionRow | undefined;
      if (!row) return 'its document is missing';
      for (const fault of versionFaults(row, repairs.all(...key) as Repair[], versionFacts(database, ...key))) report({ ...fault, where, reportId: key[0], url: row.url });
      return null;
    });
    if (unreadable !== null) report({ kind: 'version', where, reportId: key[0], url: null, message: unreadable });
    tick();
  }
  return keys.length;
}

/** Tables whose rows belong to a version. */
const PARTS = ['cell', 'rule_check', 'repair'] as const;

/** Rows whose key was harmed belong to a version that there never was. */
function verifyParts(database: Sqlite, report: Report): void {
  for (const table of PARTS) {
    const strays = statement(database, `SELECT DISTINCT p.document_id AS id, p.version FROM ${table} p WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.document_id = p.document_id AND v.version = p.version)`)
      .all() as { id: string; version: number }[];
    for (const { id, version } of strays) report({ kind: 'version', where: `report ${id}, version ${version}`, reportId: id, url: null, message: `rows of ${table} belong to it, and there is no such version` });
  }
}

function documentFault(database: Sqlite, id: string): string | null {
  const seal = statement(database, 'SELECT facts_sha256 FROM document WHERE document_id = ?').pluck().get(id) as string | undefined;
  return documentFacts(database, id) === seal ? null : 'its row (address, grade, when it was seen), its versions, copies or bands no longer give its digest';
}

function urlOfDocument(database: Sqlite, id: string): string | null {
  try {
    return (statement(database, 'SELECT url FROM document WHERE document_id = ?').pluck().get(id) as string | undefined) ?? null;
  } catch {
    return null;
  }
}

function verifyDocuments(database: Sqlite, report: Report): void {
  const orphans = statement(database, `SELECT d.document_id AS id, d.url FROM document d LEFT JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
    WHERE v.version IS NULL ORDER BY 1`).all() as { id: string; url: string }[];
  for (const row of orphans) report({ kind: 'version', where: `report ${row.id}`, reportId: row.id, url: row.url, message: 'its current version is missing' });
  for (const id of statement(database, 'SELECT document_id FROM document ORDER BY document_id').pluck().all() as string[]) {
    const fault = guarded(() => documentFault(database, id));
    if (fault !== null) report({ kind: 'document', where: `report ${id}`, reportId: id, url: urlOfDocument(database, id), message: fault });
  }
}

function verifyDatabase(database: Sqlite, report: Report): void {
  for (const line of database.pragma('integrity_check(100)') as { integrity_check: string }[]) {
    if (line.integrity_check !== 'ok') report({ kind: 'database', where: 'SQLite file', reportId: null, url: null, message: line.integrity_check });
  }
  for (const row of database.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[]) {
    report({ kind: 'foreign-key', where: `${row.table} ${row.rowid ?? ''}`.trim(), reportId: null, url: null, message: `it points at a row of ${row.parent} that does not exist` });
  }
}

function verifyRuns(database: Sqlite, report: Report): number {
  const chain = checkChain(database);
  for (const problem of chain.problems) report({ kind: 'run-chain', where: `run ${problem.runId}`, reportId: null, url: null, message: problem.message });
  return chain.checked;
}

/**
 * Checks every stored byte against its digest, every text against its digest and repairs, everything else that was derived against its
 * seal, the search index, the pointers between rows, SQLite's own structure and the chain of runs. Changes nothing. `integrity_check` alone saw 0.5 to 3 % of flipped bits, digests all of them.
 * `onProgress` is told of each payload, version and document of the index.
 */
export function verifyArchive(database: Sqlite, onProgress: (done: number, total: number) => void = () => undefined): Verification {
  const problems: Problem[] = [];
  const report: Report = (problem) => { problems.push(problem); };
  const step = (name: string, work: () => number | void): number => {
    try {
      return work() ?? 0;
    } catch (error) {
      report({ kind: 'database', where: name, reportId: null, url: null, message: `SQLite cannot read it: ${(error as Error).message}` });
      return 0;
    }
  };
  let total = 0;
  let done = 0;
  step('tables', () => {
    total = statement(database, 'SELECT (SELECT count(*) FROM payload) + (SELECT count(*) FROM version) + (SELECT count(*) FROM document)').pluck().get() as number;
  });
  const tick: Tick = () => { onProgress(done += 1, Math.max(done, total)); };
  step('SQLite file', () => verifyDatabase(database, report));
  const payloads = step('payloads', () => verifyPayloads(database, report, tick));
  const captures = step('captures', () => verifyCaptures(database, report));
  const versions = step('versions', () => verifyVersions(database, report, tick));
  step('documents', () => verifyDocuments(database, report));
  step('parts of versions', () => verifyParts(database, report));
  step('search index', () => {
    for (const { documentId, ...fault } of searchIndexFaults(database, tick)) report({ kind: 'search-index', where: documentId === null ? 'words' : `report ${documentId}`, reportId: documentId, ...fault });
  });
  const runs = step('runs', () => verifyRuns(database, report));
  return { checked: { payloads, captures, versions, runs }, problems };
}
