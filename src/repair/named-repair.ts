/** The form every named repair has: a name, and what it would change in a text. */
import type { Change } from './patchwork.js';

export interface NamedRepair {
  /** As it stands in the archive's `step`, such as `mojibake-utf8-as-gbk`. */
  readonly name: string;
  /** What to change in `text`: sorted, not overlapping; empty for a sound text. */
  readonly find: (text: string) => readonly Change[];
}

/** A change that restores what was there for certain. */
export function recovered(start: number, end: number, after: string): Change {
  return { start, end, after, method: 'recovered', confidence: 1 };
}

/** One certain change for each match of a global pattern; a null replacement leaves the match as it is. */
export function replaceMatches(text: string, pattern: RegExp, replacement: (match: RegExpMatchArray) => string | null): Change[] {
  const changes: Change[] = [];
  for (const match of text.matchAll(pattern)) {
    const after = replacement(match);
    if (after !== null && after !== match[0]) changes.push(recovered(match.index, match.index + match[0].length, after));
  }
  return changes;
}
