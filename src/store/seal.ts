/** Seals what was derived for a document under one digest, so that a fact that changed on the disk is found. */
import type { Sqlite } from './open.js';
import { sha256 } from './read.js';
import { statement } from './statement.js';

type Row = Readonly<Record<string, unknown>>;

/** The texts have digests of their own: `text_sha256`, and the repairs that lead from the one to the other. */
const NOT_SEALED: ReadonlySet<string> = new Set(['facts_sha256', 'text', 'decoded_text']);

/** Names in one order, and none for what is unknown: a column that a later schema adds leaves old seals as they are. */
function canonical(row: Row): [string, unknown][] {
  return Object.entries(row)
    .filter(([name, value]) => value !== null && !NOT_SEALED.has(name))
    .map(([name, value]): [string, unknown] => [name, value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * Rows that hang on a version, each kind in a fixed order. With their keys: a search by key passes over a row whose own key was harmed to a smaller
 * one, and hands it out without looking at it again.
 */
const PARTS: readonly string[] = [
  'SELECT document_id, version, table_id, row_key, column_key, raw, value, state, place FROM cell WHERE document_id = ? AND version = ? ORDER BY table_id, row_key, column_key',
  'SELECT document_id, version, rule, state, expected, actual FROM rule_check WHERE document_id = ? AND version = ? ORDER BY rule',
  'SELECT document_id, version, ordinal, step, start, "end", before, after, method, confidence FROM repair WHERE document_id = ? AND version = ? ORDER BY ordinal',
];

/** Digest of all that was derived for a version, read from the rows as they stand; null when there is no such version. */
export function versionFacts(database: Sqlite, documentId: string, version: number): string | null {
  const row = statement(database, 'SELECT * FROM version WHERE document_id = ? AND version = ?').get(documentId, version) as Row | undefined;
  if (!row) return null;
  const parts = PARTS.map((sql) => statement(database, sql).raw().all(documentId, version));
  return sha256(JSON.stringify([canonical(row), ...parts]));
}

/** Digest of a document's own row, the seals of its versions, its copies and its bands; null when there is no such document. */
export function documentFacts(database: Sqlite, documentId: string): string | null {
  const row = statement(database, 'SELECT * FROM document WHERE document_id = ?').get(documentId) as Row | undefined;
  if (!row) return null;
  const versions = statement(database, 'SELECT document_id, version, facts_sha256 FROM version WHERE document_id = ? ORDER BY version').raw().all(documentId);
  const copies = statement(database, `SELECT document_id, other_document_id, kind, similarity FROM duplicate WHERE document_id = @documentId
    UNION ALL SELECT document_id, other_document_id, kind, similarity FROM duplicate WHERE other_document_id = @documentId ORDER BY 1, 2`).raw().all({ documentId });
  const bands = statement(database, 'SELECT document_id, band FROM band WHERE document_id = ? ORDER BY band').raw().all(documentId);
  return sha256(JSON.stringify([canonical(row), versions, copies, bands]));
}

/** Seals a version as it stands. Call when its rows are written, in their transaction, and seal the document after it. */
export function sealVersion(database: Sqlite, documentId: string, version: number): void {
  statement(database, 'UPDATE version SET facts_sha256 = ? WHERE document_id = ? AND version = ?').run(versionFacts(database, documentId, version), documentId, version);
}

/** Seals a document as it stands. Call after whatever changed its row, its versions, its copies or its bands, in the same transaction. */
export function sealDocument(database: Sqlite, documentId: string): void {
  statement(database, 'UPDATE document SET facts_sha256 = ? WHERE document_id = ?').run(documentFacts(database, documentId), documentId);
}
