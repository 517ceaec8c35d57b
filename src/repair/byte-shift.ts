/**
 * Reads runs whose bytes were paired one off: ?。ǘ┘哟蠊矙C(jī)關(guān) was （二）加大公安機關. A copying tool cut GBK text in front of every byte
 * pair that looks like 。？、 without minding where characters begin; each piece was then decoded alone: the orphan byte became ?, the rest was
 * read one byte off until a low trail byte or the next cut set it right, and pairs that fell into private use were dropped without a trace. Proved by
 * simulation on the 35 lines of sample 004.
 * Inverse: every text whose bytes would look like this is laid out as a lattice, and the likeliest by dictionary and document is taken, if it is
 * clearly ahead of the next and of leaving the text as it is. Bytes that were dropped are gone: what stands for them is inferred, and so are section
 * numbers, which follow the sequence. Runs that stay open are named in a notice with their candidates.
 */
import { toSimplified, traditionalShare } from '../han/conversion.js';
import { isEveryday } from '../han/everyday.js';
import type { Notice } from '../record.js';
import type { Change } from './patchwork.js';
import { isReading } from './readings.js';
import { REPORT_PHRASES } from './report-phrases.js';
import { ALL_HEADINGS, nextHeadings, sectionNumber } from './section-numbers.js';
import type { Candidate } from './shift-candidates.js';
import { candidatesOf, ANY_LEAD, ANY_TRAIL } from './shift-candidates.js';
import type { Hypothesis } from './shift-hypotheses.js';
import { RUN_START, hypothesesAt } from './shift-hypotheses.js';
import type { Lattice } from './shift-lattice.js';
import { latticeOf } from './shift-lattice.js';
import type { Path } from './shift-search.js';
import { forced, likeliest } from './shift-search.js';
import type { WordModel } from './word-model.js';
import { wordModel } from './word-model.js';

/** Lead of the best reading over the next, in nats, below which a run stays open. Found on generated damage: at 3 no accepted reading was wrong. */
const LEAST_MARGIN = 3;
/** Lead over the text as it stands: shifted runs gain 40 and more, a sound ?。 at the end of a question gains nothing. */
const LEAST_GAIN = 15;
/** Known characters taken along on either side, so that words across the border count. */
const CONTEXT = 6;
/**
 * What a document may cost, in pairs of bytes tried (about ten milliseconds each): damaged copies needed 240 to 530, nearly all of them for runs that were read.
 * A page made of such signs must not cost minutes: what comes after so many is counted and left.
 */
const MOST_PAIRS = { inAll: 1200, inVain: 150 };
/** Characters of the document that the word model learns from. */
const LONGEST_STUDY = 200_000;
const PINYIN = /\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)/gu;

interface Document {
  readonly text: string;
  readonly model: WordModel;
  readonly formCost: (candidate: Candidate) => number;
  /** Whether the harvest folded full-width ASCII to half width. */
  readonly isFolded: boolean;
}

/** Text without insertions and with ASCII in full width, as it stood before the harvest. */
function asGbText(text: string): string {
  return text.replace(PINYIN, '').replace(/[!-~]/gu, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0));
}

/** Forms that the document shows decide how a character was written in it; a form it never uses costs about as much as a rare word. */
const STRANGE_FORM = 5;

function formCostOf(sound: string): (candidate: Candidate) => number {
  const forms = new Set(sound);
  const shown = new Set(Array.from(forms, (form) => toSimplified(form)));
  const isTraditional = traditionalShare(sound) > 0.05;
  return ({ character, plain }) => {
    if (forms.has(character)) return 0;
    if (shown.has(String.fromCharCode(plain))) return STRANGE_FORM;
    return !isTraditional && character.charCodeAt(0) !== plain ? STRANGE_FORM : 0;
  };
}

function study(text: string): Document {
  const sound = asGbText(text.slice(0, LONGEST_STUDY).replace(/[?？][。、?？][^\n。，,]{0,40}/gu, '\n'));
  return { text, model: wordModel(`${REPORT_PHRASES.join('\n')}\n${toSimplified(sound)}`), formCost: formCostOf(sound), isFolded: !/[\uff01-\uff5e]/u.test(text) };
}

interface Solved {
  readonly hypothesis: Hypothesis;
  readonly paths: readonly Path[];
  /** Text forced by the running section number, and the bytes of it that are lost. */
  readonly heading: string;
  readonly headingLost: number;
  /** The run may begin with more than one heading, and the sequence does not say with which. */
  readonly isAnyHeading: boolean;
}

interface Start {
  readonly at: number;
  readonly lineStart: number;
  readonly lastSection: number;
}

let everything: readonly Candidate[] | null = null;

function readAs(syllable: string | null): ReadonlySet<string> | null {
  if (syllable === null) return null;
  everything ??= [...candidatesOf(ANY_LEAD, ANY_TRAIL).values()].flat();
  return new Set(everything.filter(({ character, plain }) => plain >= 0x4e00 && isReading(character, syllable)).map(({ character }) => character));
}

interface Heading {
  readonly text: string;
  readonly starts: ReadonlyMap<number, readonly Path[]>;
}

/** The heading that the run begins with: the next in sequence, else the only one whose bytes fit; null when it is none, `any` when more than one would do. */
function headingAt(lattice: Lattice, begin: number, last: number): Heading | 'any' | null {
  const fitting = (headings: readonly string[]) => headings.map((text) => ({ text, starts: forced(lattice, begin, text) })).filter(({ starts }) => starts.size > 0);
  const [next] = fitting(nextHeadings(last));
  if (next) return next;
  const [any, ...more] = fitting(ALL_HEADINGS);
  return more.length > 0 ? 'any' : any ?? null;
}

function solve(document: Document, start: Start, hypothesis: Hypothesis, window: number): Solved {
  const { text } = document;
  const isAtLineStart = text.slice(start.lineStart, start.at).trim() === '';
  const before = isAtLineStart ? '' : asGbText(text.slice(Math.max(start.lineStart, start.at - 3 * CONTEXT), start.at)).slice(-CONTEXT).trim();
  const isTrimmedSpace = isAtLineStart && hypothesis.bytes[0] === 0xa1;
  const after = asGbText(text.slice(hypothesis.end, window));
  const { lattice, begin } = latticeOf({
    before, orphan: isTrimmedSpace ? 0 : null, bytes: hypothesis.bytes, lastTrail: hypothesis.lastTrail, lastAmong: readAs(hypothesis.pinyin), after,
  });
  const found = isTrimmedSpace && hypothesis.bytes[1] === 0xa3 ? headingAt(lattice, begin, start.lastSection) : null;
  const isAnyHeading = found === 'any';
  const heading = isAnyHeading ? null : found;
  const headingLost = Math.min(...[...(heading?.starts.values() ?? [])].flat().map(({ lost }) => lost));
  if (heading) return { hypothesis, heading: heading.text, headingLost, isAnyHeading, paths: trimmed(likeliest(lattice, heading.starts, document), 0, after.length) };
  const starts = new Map([[0, [{ text: '', cost: 0, lost: 0 }]]]);
  return { hypothesis, heading: '', headingLost: 0, isAnyHeading, paths: trimmed(likeliest(lattice, starts, document), before.length, after.length) };
}

function trimmed(paths: readonly Path[], before: number, after: number): Path[] {
  return paths.map((path) => ({ ...path, text: path.text.slice(before, path.text.length - after) }));
}

/** What the text costs as it stands: the yardstick for doing nothing. */
function costAsSeen(document: Document, start: number, window: number): number {
  const seen = asGbText(document.text.slice(start, window)).replace(/\s/gu, '');
  const lattice = latticeOf({ before: seen, orphan: 0, bytes: [], lastTrail: null, lastAmong: null, after: '' }).lattice;
  return likeliest(lattice, new Map([[0, [{ text: '', cost: 0, lost: 0 }]]]), document)[0]?.cost ?? 0;
}

/**
 * Lead that a reading needs when its run goes on to the end of the line: any number of pairs may have been dropped there, and no words behind tell where to
 * stop: 其他 for 其他处理 was 4 ahead. Tried from 3 to 8: up to 4.5 no right reading of a Traditional copy was lost, from 4.5 on none was wrong in Simplified either.
 */
const OPEN_END_MARGIN = 4.5;
/** Share of lost bytes from which on the words say more than the bytes. */
const MOST_LOST = 0.5;

/** Whether what closes the run is lost as well: no trail byte, no pinyin. */
function isUnclosed({ hypothesis }: Solved): boolean {
  return hypothesis.pinyin === null && hypothesis.lastTrail === null;
}

function neededMargin(document: Document, solved: Solved): number {
  const next = document.text[solved.hypothesis.end];
  return isUnclosed(solved) && (next === undefined || next === '\n') ? OPEN_END_MARGIN : LEAST_MARGIN;
}

/** Whether the reading rests on hardly anything: nothing closes it, and half of its bytes are lost. */
function isGuess(solved: Solved, winner: Path): boolean {
  const bytes = 2 * (winner.text.length - solved.heading.length);
  return isUnclosed(solved) && winner.lost - solved.headingLost >= bytes * MOST_LOST;
}

/** The reading of one run, or why there is none. */
interface Reading {
  readonly change: Change | null;
  readonly notice: Notice | null;
  readonly end: number;
  readonly section: number | null;
}

function foldAscii(text: string): string {
  return text.replace(/[\uff01-\uff5e]/gu, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0));
}

function openNotice(document: Document, start: number, solved: Solved): Notice {
  const seen = document.text.slice(start, solved.hypothesis.end);
  const readings = solved.paths.slice(0, 3).map((path) => `${foldAscii(path.text)} (${path.cost.toFixed(1)})`).join(' / ');
  return { code: 'byte-shift-open', room: 'repair', message: `shifted bytes left as they are at ${start}: "${seen}" may be ${readings}` };
}

function readRun(document: Document, start: Start): Reading | null {
  const hypotheses = hypothesesAt(document.text, start.at);
  const furthest = Math.max(...hypotheses.map((hypothesis) => hypothesis.end));
  if (hypotheses.length === 0) return null;
  const lineEnd = document.text.indexOf('\n', furthest);
  const window = Math.min(lineEnd < 0 ? document.text.length : lineEnd, furthest + 2 * CONTEXT);
  const solved = hypotheses.map((hypothesis) => solve(document, start, hypothesis, window)).filter(({ paths }) => paths.length > 0)
    .sort((a, b) => (a.paths[0] as Path).cost - (b.paths[0] as Path).cost);
  const [best] = solved;
  const winner = best?.paths[0];
  if (!best || !winner) return null;
  if (costAsSeen(document, start.at, window) - winner.cost < LEAST_GAIN) return null;
  const others = [...best.paths.slice(1), ...solved.slice(1).flatMap(({ paths }) => paths.slice(0, 1))];
  const margin = Math.min(...others.map((path) => path.cost - winner.cost), 30);
  const section = best.heading === '' ? null : sectionNumber(best.heading);
  if (margin < neededMargin(document, best) || isGuess(best, winner) || best.isAnyHeading) return { change: null, notice: openNotice(document, start.at, best), end: best.hypothesis.end, section };
  const after = document.isFolded ? foldAscii(winner.text) : winner.text;
  const isInferred = winner.lost > 0 || section !== null;
  const confidence = Math.round((1 - Math.exp(-margin) / (1 + Math.exp(-margin))) * 1000) / 1000;
  return { change: { start: start.at, end: best.hypothesis.end, after, method: isInferred ? 'inferred' : 'recovered', confidence: Math.min(confidence, 0.99) }, notice: null, end: best.hypothesis.end, section };
}

/** Pairs of bytes that reading the run at `at` looks at: all the ways in which it may end. */
function pairsAt(text: string, at: number): number {
  return hypothesesAt(text, at).reduce((pairs, { bytes }) => pairs + bytes.length / 2, 0);
}

/** A line's offset and the places in it that look shifted. */
interface Suspect {
  readonly line: string;
  readonly lineStart: number;
  readonly places: readonly number[];
}

/** What stands around a sound question mark: ASCII, the marks of Chinese, everyday characters. */
const MARKS = /[\x00-\x7f\u00a0\u2010-\u2026\u3000-\u3020\uff00-\uff5e]/u;

/** Bytes read one off give rare characters and symbols from the first pair on. */
function looksShifted(line: string, at: number): boolean {
  return Array.from(line.slice(at + 2, at + 8)).some((character) => !MARKS.test(character) && !isEveryday(character));
}

function suspectsOf(text: string): Suspect[] {
  let lineStart = 0;
  return text.split('\n').map((line) => {
    const places = Array.from(line.matchAll(RUN_START), (match) => match.index).filter((at) => looksShifted(line, at));
    const suspect = { line, lineStart, places };
    lineStart += line.length + 1;
    return suspect;
  });
}

/** Shifted runs of a document: what to change, and what stays open. */
export function findShiftedRuns(text: string): { readonly changes: readonly Change[]; readonly notices: readonly Notice[] } {
  const changes: Change[] = [];
  const notices: Notice[] = [];
  if (text.search(RUN_START) < 0) return { changes, notices };
  const suspects = suspectsOf(text);
  if (suspects.every(({ places }) => places.length === 0)) return { changes, notices };
  const document = study(text);
  let lastSection = 0;
  let left = 0;
  const pairs = { inAll: 0, inVain: 0 };
  for (const { line, lineStart, places } of suspects) {
    lastSection = sectionNumber(line) ?? lastSection;
    let from = 0;
    for (const place of places) {
      if (place < from) continue;
      if (pairs.inAll >= MOST_PAIRS.inAll || pairs.inVain >= MOST_PAIRS.inVain) { left += 1; continue; }
      const reading = readRun(document, { at: lineStart + place, lineStart, lastSection });
      const tried = pairsAt(text, lineStart + place);
      pairs.inAll += tried;
      if (!reading?.change) pairs.inVain += tried;
      from = reading ? reading.end - lineStart : from;
      lastSection = reading?.section ?? lastSection;
      if (reading?.change) changes.push(reading.change);
      if (reading?.notice) notices.push(reading.notice);
    }
  }
  if (left > 0) notices.push({ code: 'byte-shift-many', room: 'repair', message: `${left} more places look like shifted bytes and were not tried` });
  return { changes, notices };
}
