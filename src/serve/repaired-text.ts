/** Shows a report's text: its sections as headings, its table rows as tables, every repair in its place with what stood there before. */
import type { Repair, Section } from '../record.js';
import { scrolling } from './frame.js';
import type { Html } from '../markup.js';
import { html } from '../markup.js';
import type { Visit } from './visit.js';

/** A repair with its place in the repaired text. */
export interface PlacedRepair {
  readonly number: number;
  readonly repair: Repair;
  readonly start: number;
  readonly end: number;
}

/** Where each repair came to stand: the offsets in the archive count in the text before repairs. */
export function placeRepairs(repairs: readonly Repair[]): PlacedRepair[] {
  let shift = 0;
  return [...repairs].sort((a, b) => a.start - b.start || a.end - b.end).map((repair, index) => {
    const start = repair.start + shift;
    shift += repair.after.length - repair.before.length;
    return { number: index + 1, repair, start, end: start + repair.after.length };
  });
}

/** Longest reading shown inside the text; longer ones stand in the list of repairs only. */
const INLINE = 60;

/** Repairs listed below the text. */
export const LISTED = 100;

function marked(visit: Visit, placed: PlacedRepair, piece: string, isFirst: boolean): Html {
  const { repair, number } = placed;
  const before = isFirst && repair.before.length <= INLINE && !repair.before.includes('\n') && repair.before !== '' ? html`<del>${repair.before}</del>` : null;
  const note = isFirst && number <= LISTED ? html`<sup><a href="#repair-${number}" aria-label="${visit.say('stepRepairs')} ${number}">${number}</a></sup>` : null;
  return html`<mark>${before}<ins>${piece}</ins>${note}</mark>`;
}

/** Writes stretches of one text with the repairs in them. Asked in order: each repair is looked at once. */
class Stretches {
  readonly #visit: Visit;
  readonly #text: string;
  readonly #repairs: readonly PlacedRepair[];
  readonly #begun = new Set<number>();
  #next = 0;

  constructor(visit: Visit, text: string, repairs: readonly PlacedRepair[]) {
    this.#visit = visit;
    this.#text = text;
    this.#repairs = repairs;
  }

  /** The text of [start, end) with its marks. */
  between(start: number, end: number): Html[] {
    const parts: Html[] = [];
    let at = start;
    while (this.#next < this.#repairs.length) {
      const placed = this.#repairs[this.#next];
      if (!placed || placed.start > end || (placed.start === end && placed.end > end)) break;
      const from = Math.max(placed.start, at);
      const to = Math.min(placed.end, end);
      parts.push(html`${this.#text.slice(at, from)}`);
      // Where nothing is left of a repair on this line, such as its line end, no empty mark is drawn.
      if (to > from || (placed.start === placed.end && !this.#begun.has(placed.number))) parts.push(marked(this.#visit, placed, this.#text.slice(from, to), !this.#begun.has(placed.number)));
      this.#begun.add(placed.number);
      at = Math.max(at, to);
      if (placed.end > end) break;
      this.#next += 1;
    }
    parts.push(html`${this.#text.slice(at, end)}`);
    return parts;
  }
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly isRow: boolean;
  readonly section: { readonly section: Section; readonly number: number } | null;
}

function linesOf(text: string, sections: readonly Section[]): Line[] {
  const headed = new Map(sections.map((section, number) => [section.start, { section, number }]));
  const lines: Line[] = [];
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const section = headed.get(start) ?? null;
    // A heading that is not a line of its own is prose: only its place is marked.
    lines.push({ start, end, isRow: text.slice(start, end).includes('\t'), section });
    start = end + 1;
  }
  return lines;
}

function rowOf(stretches: Stretches, text: string, line: Line): Html {
  const cells: Html[] = [];
  for (let start = line.start; start <= line.end;) {
    const tab = text.indexOf('\t', start);
    const end = tab < 0 || tab > line.end ? line.end : tab;
    cells.push(html`<td>${stretches.between(start, end)}</td>`);
    start = end + 1;
  }
  return html`<tr>${cells}</tr>`;
}

/** A heading's own line: what the section says it is, not a paragraph that happens to begin with it. */
function isHeading(text: string, line: Line): boolean {
  return line.section !== null && line.end - line.start <= line.section.section.heading.length + 2 && text.slice(line.start, line.end).trim() !== '';
}

/** The text as paragraphs, headings and tables; at most `limit` characters of it. */
export function repairedText(visit: Visit, report: { readonly text: string; readonly sections: readonly Section[] }, repairs: readonly PlacedRepair[], limit: number): Html {
  const text = report.text.slice(0, limit);
  const stretches = new Stretches(visit, text, repairs);
  const lines = linesOf(text, report.sections);
  const blocks: Html[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line) break;
    const id = line.section && html` id="s${line.section.number}"`;
    if (line.isRow) {
      const rows: Html[] = [];
      let at = index;
      for (let row = lines[at]; row?.isRow; row = lines[at += 1]) rows.push(rowOf(stretches, text, row));
      blocks.push(html`<div${id}>${scrolling(visit.say('tables'), html`<table lang="zh-Hans"><tbody>${rows}</tbody></table>`)}</div>`);
      index = at - 1;
    } else if (isHeading(text, line)) blocks.push(html`<h3${id} lang="zh-Hans" dir="auto">${stretches.between(line.start, line.end)}</h3>`);
    else if (line.end > line.start || id) blocks.push(html`<p${id} lang="zh-Hans" dir="auto">${stretches.between(line.start, line.end)}</p>`);
  }
  return html`<div class="report">${blocks}</div>`;
}
