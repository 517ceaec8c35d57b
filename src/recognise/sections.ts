/** Divides a report into its parts by their numbering: 一、 then （一） then 1. */
import type { Section } from '../record.js';
import { isStatutoryLabel } from './era/labels.js';
import type { TextLine } from './lines.js';

interface Heading {
  readonly heading: string;
  readonly level: number;
  readonly start: number;
}

/** A numbering by level. Some editors lose the opening bracket (三)政府信息管理情况. */
const NUMBERINGS: readonly RegExp[] = [
  /^[一二三四五六七八九十]{1,3}(?:、|[.．:：](?!\d))/u,
  /^[（(]?[一二三四五六七八九十]{1,3}[）)]/u,
  /^(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)])/u,
];

/** A heading that runs on into its paragraph ends at the first full stop; longer ones are sentences, not headings. */
const LONGEST_HEADING = 60;
const SHORT_HEADING = 40;

function headingOf(line: TextLine): Heading | null {
  if (line.text.includes('\t') || line.text.trimEnd().endsWith('|')) return null;
  const text = line.text.trim();
  const level = NUMBERINGS.findIndex((numbering) => numbering.test(text)) + 1;
  if (level === 0 || isStatutoryLabel(line.folded)) return null;
  const stop = text.search(/[。；]/u);
  const heading = stop < 0 ? text : text.slice(0, stop);
  // Numbers of the third level count items in sentences as often as parts: only a line of its own is a heading.
  const isHeading = level === 3 ? stop < 0 && text.length <= SHORT_HEADING : heading.length <= LONGEST_HEADING;
  return isHeading ? { heading, level, start: line.start + line.text.indexOf(text) } : null;
}

/** The parts of the text in order; each ends where the next of its own or a higher level begins. */
export function sectionsOf(lines: readonly TextLine[], length: number): Section[] {
  const headings = lines.map(headingOf).filter((heading) => heading !== null);
  const ends = new Array<number>(headings.length).fill(length);
  const open: number[] = [];
  headings.forEach((heading, index) => {
    while (open.length > 0 && (headings[open.at(-1) ?? 0]?.level ?? 0) >= heading.level) ends[open.pop() ?? 0] = heading.start;
    open.push(index);
  });
  return headings.map(({ heading, level, start }, index) => ({ heading, level, start, end: ends[index] ?? length }));
}
