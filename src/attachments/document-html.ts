/** Collects what a word processor's file says, paragraph by paragraph and cell by cell, and writes it as HTML. */
import type { EdgeCell } from './edge-table.js';
import { edgeTable, plainTable } from './edge-table.js';
import { escapeMarkup } from './paragraphs.js';
import { UnreadableFile } from './unreadable-file.js';

/** Characters of text. The longest report met has 60,000; a file of five million is no report, and its markup would be too much for the rooms behind. */
const MOST_CHARACTERS = 5_000_000;
const MOST_CELLS = 200_000;

/** Where the cells of a row stand. */
export type CellEdges = Omit<EdgeCell, 'lines'> & {
  /** The cell is one with the cell to its left. */
  readonly joined: boolean;
};

interface Row {
  readonly cells: readonly (readonly string[])[];
  readonly edges: readonly CellEdges[];
}

/** Cells with their edges; a cell that is joined to its left neighbour gives it its lines and its width. */
function withEdges({ cells, edges }: Row): EdgeCell[] {
  const made: EdgeCell[] = [];
  edges.forEach((edge, index) => {
    const lines = cells[index] ?? [];
    const last = made.at(-1);
    if (edge.joined && last) made[made.length - 1] = { ...last, right: edge.right, lines: [...last.lines, ...lines] };
    else made.push({ left: edge.left, right: edge.right, vertical: edge.vertical, lines });
  });
  return made;
}

/** Characters that word processors use for layout: tabs and breaks inside a line, soft hyphens, fixed spaces. */
function line(text: string): string {
  return text.replace(/[\t\v\f\u00a0 ]+/gu, ' ').replace(/[\u0000-\u001f\u00ad]/gu, '').trim();
}

export class DocumentHtml {
  private readonly parts: string[] = [];
  private rows: Row[] = [];
  private cells: string[][] = [];
  private lines: string[] = [];
  private characters = 0;
  private cellCount = 0;

  /** Whether a row has been begun and not ended. */
  get isInRow(): boolean {
    return this.cells.length > 0;
  }

  private count(text: string): string {
    this.characters += text.length;
    if (this.characters > MOST_CHARACTERS) throw new UnreadableFile('attachment-too-large', `the file has more than ${MOST_CHARACTERS} characters of text`);
    return line(text);
  }

  /** A paragraph outside tables; `level` is 0 for words that are no heading. */
  paragraph(text: string, level = 0): void {
    this.endTable();
    const words = this.count([...this.lines.splice(0), text].join(' '));
    const tag = level > 0 ? `h${Math.min(6, level + 1)}` : 'p';
    if (words !== '') this.parts.push(`<${tag}>${escapeMarkup(words)}</${tag}>`);
  }

  /** A paragraph inside a cell. */
  cellLine(text: string): void {
    this.lines.push(this.count(text));
  }

  /** The end of a cell, with its last paragraph. */
  cell(text: string): void {
    this.cellCount += 1;
    if (this.cellCount > MOST_CELLS) throw new UnreadableFile('attachment-too-large', `the file has more than ${MOST_CELLS} table cells`);
    this.cells.push([...this.lines.splice(0), this.count(text)]);
  }

  /** The end of a row whose cells stand at `edges`. */
  row(edges: readonly CellEdges[]): void {
    if (this.cells.length > 0) this.rows.push({ cells: this.cells, edges });
    this.cells = [];
  }

  /** Ends the table, if one is open. Only when every row says where all its cells stand are the edges of use. */
  private endTable(): void {
    if (this.cells.length > 0) this.row([]);
    if (this.rows.length === 0) return;
    const rows = this.rows.splice(0);
    const isPlaced = rows.every(({ cells, edges }) => edges.length >= cells.length && edges.every(({ left, right }) => right > left));
    this.parts.push(isPlaced ? edgeTable(rows.map(withEdges)) : plainTable(rows.map(({ cells }) => cells)));
  }

  /** The whole document. */
  html(): string {
    this.paragraph('');
    return this.parts.join('\n');
  }
}
