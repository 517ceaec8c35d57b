/** Turns the places a user names into division codes. */
import { resolvePlace } from '../seeds/places.js';

/** Division codes of `words` (Chinese names, pinyin or codes). Errors (exit 2): unknown and ambiguous places, with candidates. */
export function placeCodes(words: readonly string[]): string[] {
  return words.map((word) => resolvePlace(word).code);
}
