/**
 * Says how likely a stretch of Chinese text is: words of the dictionary by their frequency, and every run of characters that the
 * undamaged part of the same document repeats. Reports repeat themselves: 督促整改 in one line vouches for it in the next.
 */
import { listOf, narrowed, wordList } from '../han/word-list.js';
import type { Stretch, WordList } from '../han/word-list.js';

/** Longest sequence of words remembered from the document. */
const LONGEST_PHRASE = { words: 4, characters: 10 };
/** Weight of the document against the dictionary: tried from 0.2 to 0.6 on generated damage, no difference between 0.3 and 0.5. */
const DOCUMENT_WEIGHT = 0.4;
/** Cost in nats of a character that neither knows; below the rarest words, so that a name can still be read. */
export const UNKNOWN_COST = 17;
/** Marks are not in the dictionary; these are their shares of running text in reports. */
const MARK_SHARES: readonly (readonly [string, number])[] = [
  ['，', 0.05], ['、', 0.03], ['。', 0.025], ['；', 0.005], ['：', 0.005], ['“', 0.004], ['”', 0.004], ['（', 0.005], ['）', 0.005], ['《', 0.003], ['》', 0.003],
  ['〔', 0.0005], ['〕', 0.0005], ['？', 0.0002], ['！', 0.0002], ['—', 0.0005], ['…', 0.0002], ['·', 0.0002], ['％', 0.0005],
  ...Array.from('０１２３４５６７８９', (digit) => [digit, 0.002] as const),
];

/** Words by prefix in one or more lists at once. */
export interface WordModel {
  readonly lists: readonly { readonly list: WordList; readonly weight: number }[];
  /** Share of a single character that no list holds. */
  readonly single: ReadonlyMap<number, number>;
}

/** Runs end at marks that stand between any two words: ）做好 says nothing about what 做好 follows. Quotes are part of names. */
const RUN_BORDER = /[\s\ufffd？，。、；：（）！]+/u;

/** Cuts a run of text into the likeliest words of the dictionary; what it does not know stands alone. */
function wordsOf(run: string, model: WordModel): string[] {
  const cost = [0, ...Array.from(run, () => Infinity)];
  const from = new Array<number>(run.length + 1).fill(0);
  for (let start = 0; start < run.length; start += 1) {
    let walk: Walk | null = beginWalk(model);
    for (let depth = 0; walk && start + depth < run.length; depth += 1) {
      walk = walkOn(model, walk, { depth, code: run.charCodeAt(start + depth) });
      const word = (walk ? wordCost(model, walk, depth + 1) : null) ?? (depth === 0 ? UNKNOWN_COST : Infinity);
      const total = (cost[start] ?? 0) + word;
      if (total < (cost[start + depth + 1] ?? 0)) { cost[start + depth + 1] = total; from[start + depth + 1] = start; }
    }
  }
  const words: string[] = [];
  for (let end = run.length; end > 0; end = from[end] ?? 0) words.unshift(run.slice(from[end], end));
  return words;
}

/** Every sequence of up to four words in `text` (Simplified), counted. Whole words only: a run that stops inside one would vouch for half a word. */
function phrasesOf(text: string, dictionary: WordModel): WordList {
  const counts = new Map<string, number>();
  let total = 0;
  for (const run of text.split(RUN_BORDER)) {
    const words = wordsOf(run, dictionary);
    total += words.length;
    words.forEach((_, start) => {
      let phrase = '';
      for (const word of words.slice(start, start + LONGEST_PHRASE.words)) {
        phrase += word;
        if (phrase.length > LONGEST_PHRASE.characters) break;
        counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
      }
    });
  }
  return listOf(counts, Math.max(total, 1));
}

/** The model for a document whose sound part, Simplified, is `sound`. */
export function wordModel(sound: string): WordModel {
  const single = new Map(MARK_SHARES.map(([mark, share]) => [mark.charCodeAt(0), share]));
  const dictionary = { list: wordList(), weight: 1 - DOCUMENT_WEIGHT };
  return { lists: [dictionary, { list: phrasesOf(sound, { lists: [dictionary], single }), weight: DOCUMENT_WEIGHT }], single };
}

/** Where a walk through the words stands: one stretch a list. */
export type Walk = readonly Stretch[];

export function beginWalk(model: WordModel): Walk {
  return model.lists.map(({ list }) => ({ low: 0, high: list.words.length }));
}

/** The walk one character further; null when no word goes on so. */
export function walkOn(model: WordModel, walk: Walk, at: { depth: number; code: number }): Walk | null {
  const next = walk.map((stretch, index) => narrowed(model.lists[index]?.list.words ?? [], stretch, at.depth, at.code));
  return next.some(({ low, high }) => high > low) ? next : null;
}

/** How many words the walk can still end in. */
export function walkSize(walk: Walk): number {
  return walk.reduce((sum, { low, high }) => sum + high - low, 0);
}

/** The characters at `depth` that go on from here. */
export function nextCodes(model: WordModel, walk: Walk, depth: number): Set<number> {
  const codes = new Set<number>();
  walk.forEach((stretch, index) => {
    const words = model.lists[index]?.list.words ?? [];
    for (let at = stretch.low; at < stretch.high;) {
      const word = words[at] as string;
      if (word.length <= depth) { at += 1; continue; }
      const code = word.charCodeAt(depth);
      codes.add(code);
      at = Math.max(at + 1, narrowed(words, { low: at, high: stretch.high }, depth, code).high);
    }
  });
  return codes;
}

/** Cost in nats of the word of `depth` characters that the walk spells; null when it is none. */
export function wordCost(model: WordModel, walk: Walk, depth: number): number | null {
  let share = 0;
  walk.forEach(({ low, high }, index) => {
    const entry = model.lists[index];
    if (entry && low < high && (entry.list.words[low] as string).length === depth) share += entry.weight * (entry.list.shares[low] as number);
  });
  return share > 0 ? -Math.log(share) : null;
}

/** Cost of a character that no list holds as a word. */
export function singleCost(model: WordModel, code: number): number {
  const share = model.single.get(code);
  return share === undefined ? UNKNOWN_COST : -Math.log(share);
}
