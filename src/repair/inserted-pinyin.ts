/**
 * Takes pinyin out that copying sites put behind characters so that nobody finds the copy: 機(jī)關(guān). Two families are known. The toned one
 * annotates every occurrence of the Traditional characters on its list, in ASCII brackets, with the default reading (sample 004: 444
 * of 444, 63 characters); the toneless one annotates anything, repeatedly: 局(ju)(ju)(ju).
 * Signal: the syllable is a reading of the character in front of it, and the document does so systematically. A teaching text that annotates a rare
 * character (垚(yáo)), an option (a), an abbreviation (IPv6) fail one or the other and stay.
 * Runs after the byte shift: an insertion inside a shifted run has lost its bracket, and only that repair can tell.
 */
import { isTraditional } from '../han/conversion.js';
import { isReading, toneless } from './readings.js';
import type { Change } from './patchwork.js';

/** A character, then one or more syllables in ASCII brackets. */
const ANNOTATED = /([\u3400-\u9fff])((?:\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]{1,6}\))+)/gu;
const SYLLABLE = /\(([^)]+)\)/gu;

interface Insertion {
  readonly character: string;
  readonly start: number;
  readonly end: number;
  readonly toned: boolean;
}

/** A low trail byte that shows as a letter, with the pinyin of its character: what a shifted run that stayed open ends with. */
const BEHIND_LETTER = /(?<=[^\x00-\x7f][@-~])\([a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3}\)/gu;

function insertionsBehindLetters(text: string): { readonly start: number; readonly end: number }[] {
  return Array.from(text.matchAll(BEHIND_LETTER), (match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** Which of the two families the document shows, and on which characters. */
export interface PinyinFamily {
  readonly toned: boolean;
  readonly characters: ReadonlySet<string>;
}

function insertionsIn(text: string): Insertion[] {
  return [...text.matchAll(ANNOTATED)].flatMap((match): Insertion[] => {
    const [whole, character = '', brackets = ''] = match;
    const syllables = [...brackets.matchAll(SYLLABLE)].map((found) => found[1] ?? '');
    if (!syllables.every((syllable) => isReading(character, syllable))) return [];
    return [{ character, start: match.index + 1, end: match.index + whole.length, toned: syllables.every((syllable) => toneless(syllable) !== syllable) }];
  });
}

/** How often each character stands in the text. */
function occurrences(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}

/**
 * Thresholds of the study: 444 of 444 and 226 of 226 insertions of six mirrors found, none in 146,821 hanzi of sound text. A short text, which cannot
 * reach the counts, must be so dense with insertions, and on Traditional characters alone, that no lesson would be written so.
 */
const TONED = { insertions: 5, characters: 3, share: 0.9, shareOnceKnown: 0.5, strangers: 0.1 };
const TONED_SHORT = { insertions: 3, shareOfHanzi: 0.25 };
const TONELESS = { insertions: 8, characters: 5, shareOfHanzi: 0.02 };

function hanziOf(text: string): number {
  return text.match(/[\u3400-\u9fff]/gu)?.length ?? 0;
}

function tonedFamily(text: string, insertions: readonly Insertion[]): PinyinFamily | null {
  const toned = insertions.filter((insertion) => insertion.toned && isTraditional(insertion.character));
  const counts = new Map<string, number>();
  for (const { character } of toned) counts.set(character, (counts.get(character) ?? 0) + 1);
  const all = occurrences(text);
  const systematic = [...counts].filter(([character, count]) => count >= (all.get(character) ?? 0) * TONED.share);
  const total = systematic.reduce((sum, [, count]) => sum + count, 0);
  const isDense = total >= TONED_SHORT.insertions && total >= hanziOf(text) * TONED_SHORT.shareOfHanzi && total === insertions.length;
  const isSystematic = total >= TONED.insertions && systematic.length >= TONED.characters;
  // The family knows Traditional characters only; a lesson gives the reading of every character.
  const strangers = insertions.filter((insertion) => insertion.toned && !isTraditional(insertion.character)).length;
  if ((!isDense && !isSystematic) || strangers > total * TONED.strangers) return null;
  // Where the family is established, a character may have lost some of its insertions to shifted runs.
  const listed = [...counts].filter(([character, count]) => count >= (all.get(character) ?? 0) * TONED.shareOnceKnown);
  return { toned: true, characters: new Set(listed.map(([character]) => character)) };
}

function tonelessFamily(text: string, insertions: readonly Insertion[]): PinyinFamily | null {
  const bare = insertions.filter((insertion) => !insertion.toned);
  const characters = new Set(bare.map(({ character }) => character));
  const isMany = bare.length >= TONELESS.insertions && characters.size >= TONELESS.characters && bare.length > hanziOf(text) * TONELESS.shareOfHanzi;
  // No writer gives the same reading twice: 局(ju)(ju).
  const isRepeated = bare.length >= 3 && bare.some(({ end, start }) => /^(\([a-zü]+\))\1/u.test(text.slice(start, end)));
  return isMany || isRepeated ? { toned: false, characters } : null;
}

/** The family of insertions in a document, or null when it has none. */
export function pinyinFamily(text: string): PinyinFamily | null {
  if (!/\([a-zā-ǜ]{1,6}\)/u.test(text)) return null;
  const insertions = insertionsIn(text);
  return tonedFamily(text, insertions) ?? tonelessFamily(text, insertions);
}

/** The insertions of that family in `text` (the document or a piece of it), to be taken out. */
export function withoutPinyin(text: string, family: PinyinFamily | null): Change[] {
  if (!family) return [];
  const listed = insertionsIn(text).filter((insertion) => insertion.toned === family.toned && family.characters.has(insertion.character));
  return [...listed, ...(family.toned ? insertionsBehindLetters(text) : [])]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => ({ start, end, after: '', method: 'recovered', confidence: 0.99 }));
}
