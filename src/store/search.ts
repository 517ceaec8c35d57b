/** Finds documents by their words. Two-character words are found, and Simplified and Traditional find each other. */
import type { Grade } from '../record.js';
import type { Sqlite } from './open.js';
import { indexWords, matchExpression } from './search-words.js';
import { conditions, EVERYTHING } from './selection.js';
import { makeSnippet } from './snippet.js';
import type { Snippet } from './snippet.js';
import { statement } from './statement.js';

export interface SearchText {
  readonly documentId: string;
  readonly title: string | null;
  readonly agency: string | null;
  readonly text: string;
}

export interface SearchHit {
  readonly reportId: string;
  readonly kind: 'annual-report' | 'other';
  readonly title: string | null;
  readonly agency: string | null;
  readonly code: string | null;
  readonly year: number | null;
  readonly publishedOn: string | null;
  readonly grade: Grade | null;
  readonly url: string;
  /** When the portal was found to have it no longer at this address. */
  readonly removedAt: string | null;
  /** Relevance, higher is better; comparable only within one search. */
  readonly score: number;
  readonly snippet: Snippet;
}

export interface SearchOptions {
  /** Division codes; a province's or prefecture's holds all below it. */
  readonly places?: readonly string[];
  readonly year?: number | null;
  readonly grades?: readonly Grade[];
  readonly limit?: number;
  /** Hits left out at the beginning. */
  readonly offset?: number;
}

/** Weights of title, agency and body: a word of the title says what a document is about, one of the body only that it occurs. */
const RANK = 'bm25(words, 8.0, 4.0, 1.0)';

/** Takes a document out of the index. */
export function unindexDocument(database: Sqlite, documentId: string): void {
  const rowid = statement(database, 'SELECT words_rowid FROM word_row WHERE document_id = ?').pluck().get(documentId) as number | undefined;
  if (rowid === undefined) return;
  statement(database, 'DELETE FROM words WHERE rowid = ?').run(rowid);
  statement(database, 'DELETE FROM word_row WHERE document_id = ?').run(documentId);
}

/** A document's words as the index takes them, ready made: cutting them is work for a worker thread. */
export interface IndexedWords {
  readonly title: string;
  readonly agency: string;
  readonly body: string;
}

/** Cuts a document's title, agency and text into index words. */
export function wordsOf(entry: Omit<SearchText, 'documentId'>): IndexedWords {
  return { title: indexWords(entry.title ?? ''), agency: indexWords(entry.agency ?? ''), body: indexWords(entry.text) };
}

/** Puts a document's words into the index, in place of what stood there for it. Call inside the transaction that writes the document. */
export function indexReadyWords(database: Sqlite, documentId: string, words: IndexedWords): void {
  unindexDocument(database, documentId);
  const added = statement(database, 'INSERT INTO words (title, agency, body) VALUES (@title, @agency, @body)').run(words);
  statement(database, 'INSERT INTO word_row (document_id, words_rowid) VALUES (?, ?)').run(documentId, added.lastInsertRowid);
}

/** Like `indexReadyWords`, from the text itself. */
export function indexDocument(database: Sqlite, entry: SearchText): void {
  indexReadyWords(database, entry.documentId, wordsOf(entry));
}

type Row = Omit<SearchHit, 'snippet'>;

/**
 * The documents that hold every term of `query`, best first; clones stand after everything else, however well they match; of equal matches what still stands on its portal comes first.
 * Terms are divided by spaces; quotes make a phrase. A query without a letter or digit finds nothing.
 */
export function searchArchive(database: Sqlite, query: string, options: SearchOptions = {}): SearchHit[] {
  const expression = matchExpression(query);
  if (expression === null) return [];
  const { sql, values } = conditions({ ...EVERYTHING, places: options.places ?? [], years: typeof options.year === 'number' ? [options.year] : [], grades: options.grades ?? [] });
  const rows = database.prepare(`
    SELECT d.document_id AS reportId, v.kind, v.title, v.agency, v.code, v.year, v.published_on AS publishedOn, d.grade, d.url, d.removed_at AS removedAt, -${RANK} AS score
    FROM words JOIN word_row w ON w.words_rowid = words.rowid JOIN document d ON d.document_id = w.document_id
      JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
    WHERE words MATCH ?${sql} ORDER BY d.grade IS 'clone', ${RANK}, d.removed_at IS NOT NULL, d.document_id LIMIT ? OFFSET ?`).all(expression, ...values, options.limit ?? 20, options.offset ?? 0) as Row[];
  const text = statement(database, 'SELECT text FROM version v JOIN document d ON d.document_id = v.document_id AND d.current_version = v.version WHERE v.document_id = ?').pluck();
  return rows.map((hit) => ({ ...hit, snippet: makeSnippet(text.get(hit.reportId) as string, query) }));
}
