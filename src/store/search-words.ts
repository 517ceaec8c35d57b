/** Cuts texts and queries into the words of the search index: hanzi as overlapping pairs, everything else as words. */
import { toSimplified } from '../han/conversion.js';

/** A run of hanzi (iteration mark and 〇 included), or of other letters and digits. */
const RUN = /[\p{Script=Han}々〇]+|(?:(?![\p{Script=Han}々〇])[\p{L}\p{N}])+/gu;
const HANZI = /^[\p{Script=Han}々〇]/u;

/** Parts of a query that belong together: in straight, curly or corner quotes, or between spaces. */
const TERM = /"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』|([^\s"“「『]+)/gu;

/** One width, one script, one case: what makes 資訊 and 资讯 and ＷＡＲＣ and warc one word. */
export function foldForSearch(text: string): string {
  return toSimplified(text.normalize('NFKC')).toLowerCase();
}

/** SQLite's unicode61 knows Unicode 6.1: rarer hanzi would be dropped as separators and are written as their number. */
function tokenOf(characters: string): string {
  return characters.replace(/[\u{10000}-\u{10ffff}]/gu, (character) => `x${(character.codePointAt(0) ?? 0).toString(16)}x`);
}

/** 公安局 gives 公安, 安局, 局: pairs make two-character words exact, the last single one lets 局 be found too. */
function pairs(run: string): string[] {
  const characters = [...run];
  return characters.map((character, index) => tokenOf(character + (characters[index + 1] ?? '')));
}

/** Hanzi of the basic block, which are all that nearly every text has. */
function isPlainHanzi(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}

/** The pairs of a run of basic hanzi: the same as `pairs`, without an array for each character. */
function plainPairs(run: string): string {
  let words = '';
  for (let index = 0; index < run.length - 1; index += 1) words += `${run[index]}${run[index + 1]} `;
  return words + (run.at(-1) ?? '');
}

function wordsOfRun(run: string): string {
  if (!HANZI.test(run)) return tokenOf(run);
  for (let index = 0; index < run.length; index += 1) if (!isPlainHanzi(run.charCodeAt(index))) return pairs(run).join(' ');
  return plainPairs(run);
}

/** The index words of a text, in its order, as one string that the index splits at spaces. */
export function indexWords(text: string): string {
  const words: string[] = [];
  for (const [run] of foldForSearch(text).matchAll(RUN)) words.push(wordsOfRun(run));
  return words.join(' ');
}

/** A query is read this far. Longer ones are pasted pages or attacks: each further term is looked for in every document that has the others. */
const LONGEST_QUERY = 400;

/** The terms of a query as typed, quotes taken off; all of them must be found. */
export function queryTerms(query: string): string[] {
  return [...query.slice(0, LONGEST_QUERY).normalize('NFKC').matchAll(TERM)]
    .map((match) => (match.slice(1).find((part) => part !== undefined) ?? '').trim())
    .filter((term) => term !== '');
}

/**
 * A term as an expression of FTS5: its words as one phrase. The words hold letters and digits only, so nothing a user types
 * reaches the query language. Null when the term has no words (punctuation alone).
 */
function phrase(term: string): string | null {
  const runs = foldForSearch(term).match(RUN) ?? [];
  const last = runs.at(-1);
  if (last === undefined) return null;
  const words = runs.slice(0, -1).flatMap((run) => (HANZI.test(run) ? pairs(run) : [tokenOf(run)]));
  if (!HANZI.test(last)) return `"${[...words, tokenOf(last)].join(' ')}"`;
  const tail = pairs(last);
  if (tail.length > 1) return `"${[...words, ...tail.slice(0, -1)].join(' ')}"`;
  return `"${[...words, ...tail].join(' ')}" *`;
}

/** The query as an FTS5 expression, or null when it holds nothing to look for. */
export function matchExpression(query: string): string | null {
  const phrases = queryTerms(query).map(phrase).filter((part) => part !== null);
  return phrases.length === 0 ? null : phrases.join(' AND ');
}
