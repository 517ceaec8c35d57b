/**
 * The dictionary of Chinese words with their frequencies: jieba's, which the MIT-licensed package @node-rs/jieba carries as plain text
 * (docs/decisions/0003-language-model.md). Its only door.
 */
import { dict } from '@node-rs/jieba/dict.js';

/** Longer entries are names and sayings that no repair needs. */
const LONGEST = 5;
const LINE = /^([\u4e00-\u9fff]{1,5}) (\d{1,9}) /u;

/** Words in code-unit order, each with its share of all running words. */
export interface WordList {
  readonly words: readonly string[];
  readonly shares: Float64Array;
}

let list: WordList | null = null;

function readList(): WordList {
  const rows: { word: string; count: number }[] = [];
  let total = 0;
  for (const line of new TextDecoder().decode(dict).split('\n')) {
    const match = LINE.exec(line);
    if (!match || (match[1] ?? '').length > LONGEST) continue;
    const count = Number(match[2]);
    rows.push({ word: match[1] ?? '', count });
    total += count;
  }
  rows.sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : 0));
  return { words: rows.map((row) => row.word), shares: Float64Array.from(rows, (row) => Math.max(1, row.count) / total) };
}

/** The dictionary, read on first use (a third of a second, 30 MB): only damaged texts need it. */
export function wordList(): WordList {
  return (list ??= readList());
}

/** Counted words as a list of the same form. */
export function listOf(counts: ReadonlyMap<string, number>, total: number): WordList {
  const words = [...counts.keys()].sort();
  return { words, shares: Float64Array.from(words, (word) => (counts.get(word) ?? 0) / total) };
}

/** A stretch [low, high) of a list: the words that share their first `depth` characters. */
export interface Stretch {
  readonly low: number;
  readonly high: number;
}

/** First place in the stretch whose character at `depth` is not below `code`; a word that ends there comes before all. */
function lowerBound(words: readonly string[], within: Stretch, depth: number, code: number): number {
  let low = within.low;
  let high = within.high;
  while (low < high) {
    const middle = (low + high) >> 1;
    const word = words[middle] as string;
    if ((depth < word.length ? word.charCodeAt(depth) : -1) < code) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The words of `within` whose character at `depth` is `code`. */
export function narrowed(words: readonly string[], within: Stretch, depth: number, code: number): Stretch {
  const low = lowerBound(words, within, depth, code);
  return { low, high: low < within.high && (words[low] as string).charCodeAt(depth) === code ? lowerBound(words, { low, high: within.high }, depth, code + 1) : low };
}
