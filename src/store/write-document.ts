/** Writes a derived document: a new one, a new version of one, or the same words seen again. */
import type { Judged } from '../record.js';
import { indexReadyWords } from './search.js';
import type { IndexedWords } from './search.js';
import type { Sqlite } from './open.js';
import { sealDocument, sealVersion } from './seal.js';
import { statement } from './statement.js';

export interface DocumentWrite {
  readonly documentId: string;
  readonly portalId: string | null;
  readonly urlKey: string;
  readonly judged: Judged;
  /** LSH bands and bytes of the fingerprint, as the dedup room makes them. */
  readonly bands: readonly string[];
  readonly fingerprintBytes: Uint8Array;
  readonly words: IndexedWords;
  /** Version of the deriving code. */
  readonly derivation: string;
}

export type DocumentChange = 'new' | 'changed' | 'same';

export interface WriteFacts {
  readonly runId: number | null;
  readonly captureId: number;
  readonly seenAt: string;
}

interface CurrentVersion {
  readonly version: number;
  readonly textSha256: string;
  readonly derivation: string;
  readonly captureId: number;
}

const INSERT_VERSION = `
  INSERT INTO version (document_id, version, run_id, capture_id, raw_sha256, text_sha256, folded_sha256, captured_at, derivation, kind, title, agency,
    agency_from, code, province, city, county, level, year, year_from, period_start, period_end, published_on, format_era, legal_basis, charset,
    extraction, decoded_text, text, sections, statements, metadata, attachments, fingerprint, notices)
  VALUES (@documentId, @version, @runId, @captureId, @payloadDigest, @textDigest, @foldedDigest, @fetchedAt, @derivation, @kind, @title, @agency,
    @agencyFrom, @code, @province, @city, @county, @level, @year, @yearFrom, @periodStart, @periodEnd, @publishedOn, @formatEra, @legalBasis, @charset,
    @extraction, @decodedText, @text, @sections, @statements, @metadata, @attachments, @fingerprint, @notices)`;

const INSERT_CELLS = `
  INSERT OR IGNORE INTO cell SELECT @documentId, @version, value ->> 'table', value ->> 'row', value ->> 'column', value ->> 'raw', value ->> 'value', value ->> 'state', value ->> 'place'
  FROM json_each(@cells)`;

const INSERT_CHECKS = `
  INSERT OR IGNORE INTO rule_check SELECT @documentId, @version, value ->> 'rule', value ->> 'state', value ->> 'expected', value ->> 'actual' FROM json_each(@checks)`;

/** Documents are annual reports or not; what stands between (lists, blocks) is not kept as a document. */
function documentKind(judged: Judged): 'annual-report' | 'other' {
  return judged.pageKind === 'annual-report' ? 'annual-report' : 'other';
}

function insertVersion(database: Sqlite, write: DocumentWrite, place: { version: number; runId: number | null; captureId: number }): void {
  const { judged } = write;
  statement(database, INSERT_VERSION).run({
    documentId: write.documentId, ...place, payloadDigest: judged.payloadDigest, textDigest: judged.textDigest, foldedDigest: judged.foldedDigest,
    fetchedAt: judged.fetchedAt, derivation: write.derivation, kind: documentKind(judged), title: judged.title, agency: judged.agency,
    agencyFrom: judged.agencyFrom, code: judged.code, province: judged.province, city: judged.city, county: judged.county, level: judged.level,
    year: judged.year, yearFrom: judged.yearFrom, periodStart: judged.periodStart, periodEnd: judged.periodEnd, publishedOn: judged.publishedOn,
    formatEra: judged.formatEra, legalBasis: JSON.stringify(judged.legalBasis), charset: JSON.stringify(judged.charset), extraction: judged.extraction,
    decodedText: judged.decodedText === judged.text ? null : judged.decodedText, text: judged.text, sections: JSON.stringify(judged.sections), statements: JSON.stringify(judged.statements ?? []),
    metadata: judged.metadata ? JSON.stringify(judged.metadata) : null, attachments: JSON.stringify(judged.attachments), fingerprint: write.fingerprintBytes, notices: JSON.stringify(judged.notices),
  });
  insertParts(database, write, place.version);
  sealVersion(database, write.documentId, place.version);
}

function insertParts(database: Sqlite, write: DocumentWrite, version: number): void {
  const { judged, documentId } = write;
  judged.repairs.forEach((repair, ordinal) => {
    statement(database, 'INSERT INTO repair VALUES (@documentId, @version, @ordinal, @step, @start, @end, @before, @after, @method, @confidence)')
      .run({ documentId, version, ordinal, ...repair });
  });
  // A report has some two hundred cells: one statement that reads them from JSON costs a third of one for each.
  if (judged.cells.length > 0) statement(database, INSERT_CELLS).run({ documentId, version, cells: JSON.stringify(judged.cells) });
  if (judged.checks.length > 0) statement(database, INSERT_CHECKS).run({ documentId, version, checks: JSON.stringify(judged.checks) });
}

function writeSearchAndBands(database: Sqlite, write: DocumentWrite): void {
  const { documentId } = write;
  indexReadyWords(database, write.documentId, write.words);
  statement(database, 'DELETE FROM band WHERE document_id = ?').run(documentId);
  for (const band of write.bands) statement(database, 'INSERT OR IGNORE INTO band VALUES (?, ?)').run(band, documentId);
}

/** Documents whose seal covers a link to this one. */
function linkedDocuments(database: Sqlite, documentId: string): string[] {
  return statement(database, `SELECT other_document_id FROM duplicate WHERE document_id = @documentId
    UNION SELECT document_id FROM duplicate WHERE other_document_id = @documentId`).pluck().all({ documentId }) as string[];
}

function writeDuplicates(database: Sqlite, documentId: string, judged: Judged): void {
  const before = linkedDocuments(database, documentId);
  statement(database, 'DELETE FROM duplicate WHERE document_id = @documentId OR other_document_id = @documentId').run({ documentId });
  for (const link of judged.duplicates) {
    const [first, second] = documentId < link.reportId ? [documentId, link.reportId] : [link.reportId, documentId];
    statement(database, 'INSERT OR REPLACE INTO duplicate VALUES (?, ?, ?, ?)').run(first, second, link.kind, link.similarity);
  }
  for (const other of new Set([...before, ...judged.duplicates.map(({ reportId }) => reportId)])) sealDocument(database, other);
}

function currentVersion(database: Sqlite, documentId: string): CurrentVersion | null {
  return (statement(database, `SELECT v.version, v.text_sha256 AS textSha256, v.derivation, v.capture_id AS captureId FROM document d
    JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version WHERE d.document_id = ?`).get(documentId) as CurrentVersion | undefined) ?? null;
}

function replaceVersion(database: Sqlite, write: DocumentWrite, version: number): void {
  const kept = statement(database, 'SELECT run_id AS runId, capture_id AS captureId FROM version WHERE document_id = ? AND version = ?')
    .get(write.documentId, version) as { runId: number | null; captureId: number };
  statement(database, 'DELETE FROM version WHERE document_id = ? AND version = ?').run(write.documentId, version);
  insertVersion(database, write, { version, ...kept });
}

function touchDocument(database: Sqlite, write: DocumentWrite, version: number, seenAt: string): void {
  statement(database, `UPDATE document SET kind = @kind, grade = @grade, current_version = @version, last_seen = max(last_seen, @seenAt), removed_at = NULL,
    removed_run_id = NULL, portal_id = coalesce(portal_id, @portalId) WHERE document_id = @documentId`)
    .run({ documentId: write.documentId, kind: documentKind(write.judged), grade: write.judged.grade, version, seenAt, portalId: write.portalId });
}

function insertDocument(database: Sqlite, write: DocumentWrite, facts: WriteFacts): void {
  statement(database, `INSERT INTO document (document_id, portal_id, url, url_key, kind, current_version, grade, first_seen, last_seen, first_run_id)
    VALUES (@documentId, @portalId, @url, @urlKey, @kind, 1, @grade, @seenAt, @seenAt, @runId)`)
    .run({ documentId: write.documentId, portalId: write.portalId, url: write.judged.url, urlKey: write.urlKey, kind: documentKind(write.judged),
      grade: write.judged.grade, seenAt: facts.seenAt, runId: facts.runId });
}

/**
 * Writes `write` from a fresh capture. The same text is the same version, whatever moved in the page around it; another text is
 * a new version and the old one stays. Call inside the transaction of the visit.
 */
export function writeDocument(database: Sqlite, write: DocumentWrite, facts: WriteFacts): DocumentChange {
  const current = currentVersion(database, write.documentId);
  if (current?.textSha256 === write.judged.textDigest) {
    touchDocument(database, write, current.version, facts.seenAt);
    if (current.derivation !== write.derivation) rewriteVersion(database, write, current.version);
    else sealDocument(database, write.documentId);
    return 'same';
  }
  const version = (current?.version ?? 0) + 1;
  if (current) touchDocument(database, write, version, facts.seenAt);
  else insertDocument(database, write, facts);
  insertVersion(database, write, { version, runId: facts.runId, captureId: facts.captureId });
  writeSearchAndBands(database, write);
  writeDuplicates(database, write.documentId, write.judged);
  sealDocument(database, write.documentId);
  return current ? 'changed' : 'new';
}

/** Replaces what was derived for one stored version, its bytes being the same: a better reading, not a new version. */
export function rewriteVersion(database: Sqlite, write: DocumentWrite, version: number): void {
  replaceVersion(database, write, version);
  if (currentVersion(database, write.documentId)?.version === version) rewriteCurrent(database, write);
  sealDocument(database, write.documentId);
}

function rewriteCurrent(database: Sqlite, write: DocumentWrite): void {
  statement(database, 'UPDATE document SET kind = ?, grade = ? WHERE document_id = ?').run(documentKind(write.judged), write.judged.grade, write.documentId);
  writeSearchAndBands(database, write);
  writeDuplicates(database, write.documentId, write.judged);
}

/** Runs an update that returns the ids it touched, and seals them. Returns whether it touched any. */
function updateSealed(database: Sqlite, sql: string, ...values: (string | number | null)[]): boolean {
  const touched = statement(database, `${sql} RETURNING document_id`).pluck().all(...values) as string[];
  for (const documentId of touched) sealDocument(database, documentId);
  return touched.length > 0;
}

/** Marks the document at `urlKey` as gone from its portal (404, 410, soft 404). Returns whether it was there before. */
export function markRemoved(database: Sqlite, urlKey: string, removal: { at: string; runId: number | null }): boolean {
  return updateSealed(database, 'UPDATE document SET removed_at = ?, removed_run_id = ? WHERE url_key = ? AND removed_at IS NULL', removal.at, removal.runId, urlKey);
}

/** A page seen unchanged (304 or the same bytes) keeps its document alive without deriving it again. */
export function touchUnchanged(database: Sqlite, urlKey: string, seenAt: string): void {
  updateSealed(database, 'UPDATE document SET last_seen = max(last_seen, ?), removed_at = NULL, removed_run_id = NULL WHERE url_key = ?', seenAt, urlKey);
}

/** A stored version, named with what deriving it again needs. */
export interface StoredVersion {
  readonly documentId: string;
  readonly version: number;
  readonly captureId: number;
  readonly textSha256: string;
  readonly extraction: string;
}

const STORED = 'SELECT document_id AS documentId, version, capture_id AS captureId, text_sha256 AS textSha256, extraction FROM version';

/** Versions that the run stored of pages whose words are in files. */
export function coverVersions(database: Sqlite, runId: number): StoredVersion[] {
  return statement(database, `${STORED} WHERE run_id = ? AND (notices LIKE '%"text-in-attachment"%' OR notices LIKE '%"text-in-pictures"%') ORDER BY document_id, version`).all(runId) as StoredVersion[];
}

/** Versions whose derivation is none of `derivations`; with none named, all. */
export function staleVersions(database: Sqlite, derivations: readonly string[]): StoredVersion[] {
  return statement(database, `${STORED} WHERE derivation NOT IN (SELECT value FROM json_each(?)) ORDER BY document_id, version`).all(JSON.stringify(derivations)) as StoredVersion[];
}
