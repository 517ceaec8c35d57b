/** Checks the search index against the texts it was made from: the database's own check cannot, because the index keeps no copy of them. */
import type { Sqlite } from './open.js';
import { indexWords } from './search-words.js';
import { statement } from './statement.js';

/** Occurrences of each word by column, as `column word`. */
type Counts = Map<string, number>;

const COLUMNS = ['title', 'agency', 'body'] as const;

function countText(counts: Counts, column: string, text: string): void {
  for (const word of indexWords(text).split(' ')) {
    if (word === '') continue;
    const key = `${column} ${word}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
}

function expectedCounts(database: Sqlite): Counts {
  const counts: Counts = new Map();
  const indexed = statement(database, 'SELECT document_id FROM word_row').pluck().all() as string[];
  const read = statement(database, `SELECT v.title, v.agency, v.text AS body FROM version v JOIN document d ON d.document_id = v.document_id AND d.current_version = v.version
    WHERE v.document_id = ?`);
  for (const documentId of indexed) {
    const texts = read.get(documentId) as Record<(typeof COLUMNS)[number], string | null> | undefined;
    for (const column of COLUMNS) countText(counts, column, texts?.[column] ?? '');
  }
  return counts;
}

/** Words whose number of occurrences in the index is not that of the texts, one of them told. Empties `counts`. */
function differingWords(database: Sqlite, counts: Counts): string[] {
  let differing = 0;
  let example = '';
  const note = (key: string, found: number, expected: number): void => {
    differing += 1;
    if (example === '') example = `${JSON.stringify(key)} is there ${found} times, in the texts ${expected} times`;
  };
  database.exec('CREATE VIRTUAL TABLE IF NOT EXISTS temp.indexed_words USING fts5vocab(main, words, col)');
  for (const [word, column, found] of statement(database, 'SELECT term, col, cnt FROM temp.indexed_words').raw().iterate() as Iterable<[string, string, number]>) {
    const key = `${column} ${word}`;
    const expected = counts.get(key) ?? 0;
    counts.delete(key);
    if (expected !== found) note(key, found, expected);
  }
  for (const [key, expected] of counts) note(key, 0, expected);
  return differing === 0 ? [] : [`${differing} words of the search index differ from the texts: ${example}; "nianbao derive --all" makes it anew`];
}

/**
 * What is wrong with the search index: words that occur more or less often than in the current texts, documents that are not in it.
 * Positions within a text are not compared.
 */
export function searchIndexFaults(database: Sqlite): string[] {
  const missing = statement(database, 'SELECT count(*) FROM document WHERE document_id NOT IN (SELECT document_id FROM word_row)').pluck().get() as number;
  const absent = missing > 0 ? [`${missing} documents are not in the search index`] : [];
  return [...absent, ...differingWords(database, expectedCounts(database))];
}
