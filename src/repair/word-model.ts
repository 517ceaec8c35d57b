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
  ['〔', 0.0005], ['〕', 0.0005], ['［', 0.0003], ['］', 0.0003], ['？', 0.0002], ['！', 0.0002], ['—', 0.0005], ['…', 0.0002], ['·', 0.0002], ['％', 0.0005],
  ...Array.from('０１２３４５６７８９', (digit) => [digit, 0.002] as const),
];

type WeighedLists = readonly { readonly list: WordList; readonly weight: number }[];

export interface WordModel {
  /** The empty prefix. */
  readonly root: WordNode;
  /** Cost of single characters that no list holds. */
  readonly single: ReadonlyMap<number, number>;
}

/** Runs end at marks that stand between any two words: ）做好 says nothing about what 做好 follows. Quotes are part of names. */
const RUN_BORDER = /[\s\ufffd？，。、；：（）！]+/u;

/** Cuts a run of text into the likeliest words of the dictionary; what it does not know stands alone. */
function wordsOf(run: string, model: WordModel): string[] {
  const cost = [0, ...Array.from(run, () => Infinity)];
  const from = new Array<number>(run.length + 1).fill(0);
  for (let start = 0; start < run.length; start += 1) {
    let node: WordNode | undefined = model.root;
    for (let end = start + 1; node && end <= run.length; end += 1) {
      node = node.children.get(run.charCodeAt(end - 1));
      const total = (cost[start] ?? 0) + (node?.cost ?? (end === start + 1 ? UNKNOWN_COST : Infinity));
      if (total < (cost[end] ?? 0)) { cost[end] = total; from[end] = start; }
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

/** A prefix of words, with what it costs as a word itself and the characters that lead on. */
export interface WordNode {
  /** In nats; null when the prefix is no word. */
  readonly cost: number | null;
  /** Lower bound, in nats, of every word that begins so: what lets a search give up early. */
  readonly least: number;
  readonly children: ReadonlyMap<number, WordNode>;
}

interface Prefix {
  readonly stretches: readonly Stretch[];
  readonly depth: number;
}

function costOf(lists: WeighedLists, { stretches, depth }: Prefix): number | null {
  let share = 0;
  stretches.forEach(({ low, high }, index) => {
    const entry = lists[index];
    if (entry && low < high && (entry.list.words[low] as string).length === depth) share += entry.weight * (entry.list.shares[low] as number);
  });
  return share > 0 ? -Math.log(share) : null;
}

function leastOf(lists: WeighedLists, { stretches }: Prefix): number {
  let share = 0;
  stretches.forEach(({ low, high }, index) => {
    const entry = lists[index];
    if (!entry) return;
    let most = 0;
    for (let at = low; at < high; at += 1) most = Math.max(most, entry.list.shares[at] as number);
    share += entry.weight * most;
  });
  return -Math.log(share);
}

/** The characters after a prefix, with the prefixes they make. */
function childrenOf(lists: WeighedLists, { stretches, depth }: Prefix): Map<number, WordNode> {
  const codes = new Set<number>();
  stretches.forEach(({ low, high }, index) => {
    const words = lists[index]?.list.words ?? [];
    for (let at = low; at < high;) {
      const word = words[at] as string;
      if (word.length <= depth) { at += 1; continue; }
      const code = word.charCodeAt(depth);
      codes.add(code);
      at = Math.max(at + 1, narrowed(words, { low: at, high }, depth, code).high);
    }
  });
  return new Map(Array.from(codes, (code) => [code, nodeOf(lists, {
    stretches: stretches.map((stretch, index) => narrowed(lists[index]?.list.words ?? [], stretch, depth, code)), depth: depth + 1,
  })]));
}

/** The node of a prefix; its children are found when first asked for. */
function nodeOf(lists: WeighedLists, prefix: Prefix): WordNode {
  let children: Map<number, WordNode> | null = null;
  return { cost: costOf(lists, prefix), least: leastOf(lists, prefix), get children() { return (children ??= childrenOf(lists, prefix)); } };
}

function modelOf(lists: WeighedLists): WordModel {
  return {
    root: nodeOf(lists, { stretches: lists.map(({ list }) => ({ low: 0, high: list.words.length })), depth: 0 }),
    single: new Map(MARK_SHARES.map(([mark, share]) => [mark.charCodeAt(0), -Math.log(share)])),
  };
}

let dictionary: WordModel | null = null;

/** The model for a document whose sound part, Simplified, is `sound`. */
export function wordModel(sound: string): WordModel {
  dictionary ??= modelOf([{ list: wordList(), weight: 1 }]);
  return modelOf([{ list: wordList(), weight: 1 - DOCUMENT_WEIGHT }, { list: phrasesOf(sound, dictionary), weight: DOCUMENT_WEIGHT }]);
}

/** Cost of a character that no list holds as a word. */
export function singleCost(model: WordModel, code: number): number {
  return model.single.get(code) ?? UNKNOWN_COST;
}
