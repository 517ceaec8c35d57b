/** The pinyin readings of single characters. */
import { pinyin } from 'pinyin-pro';
import { toSimplified } from '../han/conversion.js';

const remembered = new Map<string, ReadonlySet<string>>();

function readingsOf(character: string): ReadonlySet<string> {
  const seen = remembered.get(character);
  if (seen) return seen;
  const forms = [character, toSimplified(character)];
  const made = new Set(forms.flatMap((form) => pinyin(form, { multiple: true, type: 'array' })).flatMap((syllable) => [syllable, toneless(syllable)]));
  remembered.set(character, made);
  return made;
}

/** A syllable without its tone mark (jiǎng to jiang); ü stays. */
export function toneless(syllable: string): string {
  return syllable.normalize('NFD').replace(/[\u0300\u0301\u0304\u030c]/gu, '').normalize('NFC');
}

/** Whether `syllable`, with tone mark or without, is a reading of the character or of its Simplified form. */
export function isReading(character: string, syllable: string): boolean {
  const readings = readingsOf(character);
  return readings.has(syllable) || readings.has(syllable.replace(/v/gu, 'ü'));
}
