/** Shows where a text answers a query: the passage that holds most of its words, and short ones for the others, with every match marked. */
import { foldForSearch, queryTerms } from './search-words.js';

export interface Snippet {
  readonly text: string;
  /** UTF-16 ranges of `text` that match, in order, not overlapping. */
  readonly marks: readonly (readonly [start: number, end: number])[];
}

/** Characters before the first match, and in all: about two lines of a terminal. */
const BEFORE = 24;
const LENGTH = 96;

/** Of a passage for a word that the first one lacks, and how many of these there are at most. */
const SHORT_BEFORE = 10;
const SHORT_LENGTH = 32;
const MOST_MORE = 3;

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

/** A stretch of the text, and which of the query's words it is. */
interface Match {
  readonly start: number;
  readonly end: number;
  readonly term: number;
}

function matchesOf(text: string, terms: readonly string[]): Match[] {
  const { folded, places } = foldWithPlaces(text);
  const found: Match[] = [];
  for (const [index, term] of terms.entries()) {
    for (let at = folded.indexOf(term), times = 0; at >= 0 && times < 10_000; at = folded.indexOf(term, at + term.length), times += 1) {
      found.push({ start: places[at] ?? 0, end: places[at + term.length] ?? text.length, term: index });
    }
  }
  return found.sort((one, other) => one.start - other.start || other.end - one.end);
}

function withoutOverlap(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  for (const match of matches) if (match.start >= (kept.at(-1)?.end ?? 0)) kept.push(match);
  return kept;
}

/** The match from which a passage holds most different words; of equals the first. */
function bestStart(matches: readonly Match[]): Match | undefined {
  const inside = new Map<number, number>();
  let best: { match: Match; words: number } | undefined;
  let last = 0;
  for (const match of matches) {
    for (let next = matches[last]; next && next.end <= match.start + LENGTH - BEFORE; next = matches[last += 1]) inside.set(next.term, (inside.get(next.term) ?? 0) + 1);
    if (inside.size > (best?.words ?? 0)) best = { match, words: inside.size };
    const left = (inside.get(match.term) ?? 0) - 1;
    if (left > 0) inside.set(match.term, left);
    else inside.delete(match.term);
  }
  return best?.match ?? matches[0];
}

type Range = readonly [start: number, end: number];

/** The passages to show, in the order of the text, those that touch made one. */
function passagesOf(text: string, matches: readonly Match[]): Range[] {
  const around = (at: number, before: number, length: number): Range => {
    const start = safeCut(text, Math.max(0, at - before));
    return [start, safeCut(text, Math.min(text.length, start + length))];
  };
  const main = around(bestStart(matches)?.start ?? 0, BEFORE, LENGTH);
  const shown = new Set(matches.filter(({ start, end }) => start >= main[0] && end <= main[1]).map(({ term }) => term));
  const more = [...new Set(matches.map(({ term }) => term))].filter((term) => !shown.has(term)).slice(0, MOST_MORE)
    .map((term) => around(matches.find((match) => match.term === term)?.start ?? 0, SHORT_BEFORE, SHORT_LENGTH));
  const joined: Range[] = [];
  for (const range of [main, ...more].sort((one, other) => one[0] - other[0])) {
    const last = joined.at(-1);
    if (last && range[0] <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], range[1])];
    else joined.push(range);
  }
  return joined;
}

/** Keeps a surrogate pair whole when a cut falls into it. */
function safeCut(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return at > 0 && unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

/** What of `text` answers `query`; its beginning, unmarked, when the match stands only in the title. */
export function makeSnippet(text: string, query: string): Snippet {
  const terms = [...new Set(queryTerms(query).map((term) => foldForSearch(term).replace(/\s+/gu, '')).filter((term) => term !== ''))];
  const matches = withoutOverlap(matchesOf(text, terms));
  const passages = passagesOf(text, matches);
  const marks: [number, number][] = [];
  let shown = (passages[0]?.[0] ?? 0) > 0 ? '…' : '';
  for (const [start, end] of passages) {
    const shift = shown.length - start;
    for (const match of matches) if (match.start >= start && match.end <= end) marks.push([match.start + shift, match.end + shift]);
    shown += `${text.slice(start, end).replace(/[\n\t]/gu, ' ')}${end < text.length ? '…' : ''}`;
  }
  return { text: shown, marks };
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
