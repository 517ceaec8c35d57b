/** Checks the search index against the texts it was made from: the database's own check cannot, because the index keeps no copy of them. */
import type { Sqlite } from './open.js';
import { indexWords } from './search-words.js';
import { statement } from './statement.js';

const COLUMNS = ['title', 'agency', 'body'] as const;

/** FNV-1a over UTF-16 units. */
function wordNumber(word: string): number {
  let number = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1) number = Math.imul(number ^ word.charCodeAt(index), 0x01000193);
  return number | 0;
}

/**
 * The words of a document as two numbers that do not ask for their order: the index gives them by word, the text by place. Each
 * word counts with its column and place, so one that moved, came or went changes both.
 */
class Sum {
  #first = 0;
  #second = 0;
  #words = 0;

  add(word: number, column: number, place: number): void {
    let mixed = Math.imul(word ^ Math.imul(place + 1, 0x9e3779b1) ^ Math.imul(column + 1, 0x85ebca6b), 0x7feb352d);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
    mixed ^= mixed >>> 16;
    this.#first = (this.#first + mixed) | 0;
    this.#second = (this.#second + Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)) | 0;
    this.#words += 1;
  }

  equals(other: Sum): boolean {
    return this.#first === other.#first && this.#second === other.#second && this.#words === other.#words;
  }
}

function sumOfTexts(texts: Readonly<Record<(typeof COLUMNS)[number], string | null>>): Sum {
  const sum = new Sum();
  COLUMNS.forEach((column, number) => {
    const words = indexWords(texts[column] ?? '');
    if (words !== '') words.split(' ').forEach((word, place) => sum.add(wordNumber(word), number, place));
  });
  return sum;
}

/** Every word of the index where it stands, by the document's row in it. */
function sumsOfIndex(database: Sqlite): Map<number, Sum> {
  const sums = new Map<number, Sum>();
  database.exec('CREATE VIRTUAL TABLE IF NOT EXISTS temp.indexed_words USING fts5vocab(main, words, instance)');
  let term = '';
  let number = wordNumber(term);
  for (const [word, row, column, place] of statement(database, 'SELECT term, doc, col, offset FROM temp.indexed_words').raw().iterate() as Iterable<[string, number, string, number]>) {
    if (word !== term) number = wordNumber(term = word);
    let sum = sums.get(row);
    if (!sum) sums.set(row, sum = new Sum());
    sum.add(number, COLUMNS.indexOf(column as (typeof COLUMNS)[number]), place);
  }
  return sums;
}

/** What is wrong with the index, and with which document; null where it is none's. */
export interface IndexFault {
  readonly documentId: string | null;
  readonly url: string | null;
  readonly message: string;
}

interface IndexedRow { documentId: string; url: string; row: number | null; title: string | null; agency: string | null; body: string }

const INDEXED = `SELECT d.document_id AS documentId, d.url, w.words_rowid AS row, v.title, v.agency, v.text AS body
  FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version LEFT JOIN word_row w ON w.document_id = d.document_id
  WHERE d.document_id = ?`;

const ANEW = '"nianbao derive --all" makes the index anew';

/**
 * What is wrong with the search index: documents that are not in it, and those of which a word is missing, is too many or stands at
 * another place than in the current text. `onDocument` is told of each document looked at.
 */
export function searchIndexFaults(database: Sqlite, onDocument: () => void = () => undefined): IndexFault[] {
  const sums = sumsOfIndex(database);
  const nothing = new Sum();
  const faults: IndexFault[] = [];
  for (const documentId of statement(database, 'SELECT document_id FROM document ORDER BY document_id').pluck().all() as string[]) {
    onDocument();
    const found = statement(database, INDEXED).get(documentId) as IndexedRow | undefined;
    if (!found) continue;
    const { url, row } = found;
    if (row === null) faults.push({ documentId, url, message: `it is not in the search index; ${ANEW}` });
    else if (!(sums.get(row) ?? nothing).equals(sumOfTexts(found))) faults.push({ documentId, url, message: `its words in the search index are not those of its text; ${ANEW}` });
    if (row !== null) sums.delete(row);
  }
  if (sums.size > 0) faults.push({ documentId: null, url: null, message: `the search index holds words of ${sums.size} documents that there are not; ${ANEW}` });
  return faults;
}
