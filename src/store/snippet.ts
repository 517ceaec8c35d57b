/** Shows where a text answers a query: the passage around the first match, with every match in it marked. */
import { foldForSearch, queryTerms } from './search-words.js';

export interface Snippet {
  readonly text: string;
  /** UTF-16 ranges of `text` that match, in order, not overlapping. */
  readonly marks: readonly (readonly [start: number, end: number])[];
}

/** Characters before the first match, and in all: about two lines of a terminal. */
const BEFORE = 24;
const LENGTH = 96;

/** Longest text looked through; a report of this length would fill 300 pages. */
const LONGEST = 400_000;

/** The text folded, white space left out, with the place each folded character came from. */
function foldWithPlaces(text: string): { folded: string; places: number[] } {
  const places: number[] = [];
  let wide = '';
  let index = 0;
  for (const character of text.slice(0, LONGEST)) {
    const as = character.normalize('NFKC').toLowerCase().trim();
    wide += as;
    for (let unit = 0; unit < as.length; unit += 1) places.push(index);
    index += character.length;
  }
  places.push(index);
  const simplified = foldForSearch(wide);
  return { folded: simplified.length === wide.length ? simplified : wide, places };
}

function matchesOf(text: string, terms: readonly string[]): [number, number][] {
  const { folded, places } = foldWithPlaces(text);
  const found: [number, number][] = [];
  for (const term of terms) {
    for (let at = folded.indexOf(term); at >= 0 && found.length < 10_000; at = folded.indexOf(term, at + term.length)) {
      found.push([places[at] ?? 0, places[at + term.length] ?? text.length]);
    }
  }
  return found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

function withoutOverlap(ranges: readonly [number, number][]): [number, number][] {
  const kept: [number, number][] = [];
  for (const range of ranges) if (range[0] >= (kept.at(-1)?.[1] ?? 0)) kept.push(range);
  return kept;
}

/** Keeps a surrogate pair whole when a cut falls into it. */
function safeCut(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return at > 0 && unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

/** The passage of `text` that answers `query`; its beginning, unmarked, when the match stands only in the title. */
export function makeSnippet(text: string, query: string): Snippet {
  const terms = queryTerms(query).map((term) => foldForSearch(term).replace(/\s+/gu, '')).filter((term) => term !== '');
  const matches = withoutOverlap(matchesOf(text, terms));
  const start = safeCut(text, Math.max(0, (matches[0]?.[0] ?? 0) - BEFORE));
  const end = safeCut(text, Math.min(text.length, start + LENGTH));
  const lead = start > 0 ? '…' : '';
  const marks = matches.filter(([from, to]) => from >= start && to <= end).map(([from, to]) => [from - start + lead.length, to - start + lead.length] as const);
  return { text: `${lead}${text.slice(start, end).replace(/[\n\t]/gu, ' ')}${end < text.length ? '…' : ''}`, marks };
}

/** The snippet's text with `open` and `close` around each match. */
export function markSnippet(snippet: Snippet, open: string, close: string): string {
  let marked = '';
  let at = 0;
  for (const [start, end] of snippet.marks) {
    marked += snippet.text.slice(at, start) + open + snippet.text.slice(start, end) + close;
    at = end;
  }
  return marked + snippet.text.slice(at);
}
