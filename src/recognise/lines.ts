/** The lines of a report's text with their places and their folded spelling, which all rules of this room match. */
import { foldForMatching } from '../han/fold.js';

export interface TextLine {
  readonly text: string;
  /** UTF-16 offsets into the text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Folded in width, script and spacing: for matching only. */
  readonly folded: string;
}

/** The non-empty lines of `text`. */
export function linesOfText(text: string): TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '') lines.push({ text: line, start, end: start + line.length, folded: foldForMatching(line) });
    start += line.length + 1;
  }
  return lines;
}

/** Folded text of the first lines, up to `length` characters: the place of titles, preambles and what the report says of itself. */
export function headOf(lines: readonly TextLine[], length: number): string {
  let head = '';
  for (const { folded } of lines) {
    if (head.length >= length) break;
    head += `${folded}\n`;
  }
  return head.slice(0, length);
}
