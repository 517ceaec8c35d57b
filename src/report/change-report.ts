/** Shows what changed between two texts of a report, sentence by sentence and within a sentence character by character. */
import { diffArrays } from 'diff';

export { readChanges as changes } from '../store/read-runs.js';

export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** How a diff is marked: characters for files and pipes, colours for terminals. */
export interface DiffMarks {
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly same: (text: string) => string;
}

export const PLAIN_MARKS: DiffMarks = { added: (text) => `{+${text}+}`, removed: (text) => `[-${text}-]`, same: (text) => text };

/** A sentence with its closing mark and what quotes close after it; a line end closes one too. */
const SENTENCE = /[^。！？；\n]*(?:[。！？；][”’」』）)]*|\n|$)/gu;

/**
 * A changed sentence is compared by characters up to this many edits; beyond it, it is shown as replaced whole: the comparison's
 * time grows with length times edits (500 edits of 5,000 characters: 20 ms), and a sentence so different reads better apart.
 */
const MOST_EDITS = 500;

function sentences(text: string): string[] {
  return (text.match(SENTENCE) ?? []).filter((sentence) => sentence !== '');
}

/** What is compared within a sentence: a hanzi, but a number or a word whole: 19 that became 21 is not `{+2+}1[-9-]`. */
const UNIT = /\p{N}+(?:[.,]\p{N}+)*|[A-Za-z]+|[\s\S]/gu;

function withinSentences(removed: string, added: string): DiffPart[] {
  const parts = diffArrays(removed.match(UNIT) ?? [], added.match(UNIT) ?? [], { maxEditLength: MOST_EDITS });
  if (!parts) return [{ kind: 'removed', text: removed }, { kind: 'added', text: added }];
  return parts.map((part) => ({ kind: part.added ? 'added' : part.removed ? 'removed' : 'same', text: part.value.join('') }));
}

/** A replacement that keeps less than this share of the shorter text is no rewording: the characters they share are chance (的, 公). */
const KEPT_SHARE = 0.4;

function rewording(removed: string, added: string): DiffPart[] {
  const parts = withinSentences(removed, added);
  const kept = parts.filter((part) => part.kind === 'same').reduce((sum, part) => sum + part.text.length, 0);
  if (kept >= KEPT_SHARE * Math.min(removed.length, added.length)) return parts;
  return [{ kind: 'removed', text: removed }, { kind: 'added', text: added }];
}

/** The parts that lead from `before` to `after`, in order: same and removed give `before`, same and added give `after`. */
export function diffText(before: string, after: string): DiffPart[] {
  const parts: DiffPart[] = [];
  let removed = '';
  const flush = (): void => {
    if (removed !== '') parts.push({ kind: 'removed', text: removed });
    removed = '';
  };
  for (const change of diffArrays(sentences(before), sentences(after))) {
    const text = change.value.join('');
    if (change.removed) removed += text;
    else if (change.added && removed !== '') { parts.push(...rewording(removed, text)); removed = ''; }
    else { flush(); parts.push({ kind: change.added ? 'added' : 'same', text }); }
  }
  flush();
  return parts;
}

/** Characters of unchanged text kept on each side of a change. */
const CONTEXT = 40;

function shorten(text: string, first: boolean, last: boolean): string {
  const head = first ? 0 : CONTEXT;
  const tail = last ? 0 : CONTEXT;
  if (text.length <= head + tail + 10) return text;
  return `${text.slice(0, head)} … ${tail === 0 ? '' : text.slice(-tail)}`;
}

/** The diff as text, unchanged stretches cut to some context; empty when nothing changed. */
export function renderDiff(parts: readonly DiffPart[], marks: DiffMarks = PLAIN_MARKS): string {
  if (parts.every((part) => part.kind === 'same')) return '';
  return parts.map((part, index) => part.kind === 'same'
    ? marks.same(shorten(part.text, index === 0, index === parts.length - 1)) : marks[part.kind](part.text)).join('').trim();
}
