/** A report as its author wrote it, before any web site wrapped it: blocks in order, and the plain text they stand for. */

export interface TableCell {
  readonly text: string;
  readonly colspan?: number;
  readonly rowspan?: number;
  /** A header that Word breaks in two lines: the offset of the break in `text`. */
  readonly breakAt?: number;
}

export type TableRow = readonly TableCell[];

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly TableRow[] }
  | { readonly kind: 'signature'; readonly text: string };

export interface ReportDocument {
  readonly title: string;
  readonly blocks: readonly Block[];
}

function linesOf(block: Block): string[] {
  if (block.kind !== 'table') return [block.text];
  return block.rows.map((row) => row.map((cell) => cell.text).join('\t'));
}

/** The clean text: title first, one line a paragraph or table row, cells separated by tabs, a spanning cell once. */
export function textOf(document: ReportDocument): string {
  return [document.title, ...document.blocks.flatMap(linesOf)].join('\n');
}

/** Every string of the document through `change`, for publishers that write another script. */
export function mapText(document: ReportDocument, change: (text: string) => string): ReportDocument {
  const block = (old: Block): Block =>
    old.kind === 'table'
      ? { kind: 'table', rows: old.rows.map((row) => row.map((cell) => ({ ...cell, text: change(cell.text) }))) }
      : { ...old, text: change(old.text) };
  return { title: change(document.title), blocks: document.blocks.map(block) };
}
