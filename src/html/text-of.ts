/** Renders a part of a page as the lines a reader sees: blocks and `<br>` break lines, rows of data tables are tab-separated. */
import type { TreeElement, TreeNode, TreeRoot } from './parse.js';
import { isElement, isText } from './parse.js';
import { foldSpaces } from './spaces.js';
import type { TableShape } from './table-shape.js';
import { isLayout, tableShapes } from './table-shape.js';
import { isHidden, isLink, walk } from './walk.js';

export interface Line {
  readonly text: string;
  /** How many characters of it, white space aside, stand inside links. */
  readonly linked: number;
  /** The innermost element the line began in. */
  readonly from: TreeElement | null;
  /** A row of a data table. */
  readonly isRow: boolean;
}

export interface TextOptions {
  /** Elements to leave out with all they hold. */
  readonly skip?: (element: TreeElement) => boolean;
}

const BLOCKS: ReadonlySet<string> = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'caption', 'center', 'dd', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6',
  'header', 'hr', 'html', 'legend', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul', 'br',
]);

/** A line break of the source between two wide characters is no space (CSS Text 4, segment breaks). */
const WIDE_BREAK = /(?<=[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60])[ \t]*[\r\n][ \t\r\n]*(?=[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60])/gu;
const WORD = /[0-9A-Za-z]/u;

function tidy(text: string): string {
  return foldSpaces(text.replace(WIDE_BREAK, ''));
}

class Lines {
  readonly done: Line[] = [];
  private text = '';
  private linked = 0;
  private from: TreeElement | null = null;
  private cells: string[] | null = null;
  private inCell = false;

  add(text: string, inLink: boolean, from: TreeElement | null): void {
    if (this.text === '') this.from = from;
    this.text += text;
    if (inLink) this.linked += text.replace(/\s+/gu, '').length;
  }

  /** Inside a cell a break joins: 商业<br>企业 is one label, `12<br>34` are two numbers. */
  breakLine(): void {
    if (!this.inCell) { this.flush(); return; }
    const before = this.text.trimEnd();
    if (before !== '' && WORD.test(before.at(-1) ?? '')) this.text = `${before} `;
    else this.text = before;
  }

  flush(): void {
    const text = tidy(this.text);
    if (text !== '') this.done.push({ text, linked: this.linked, from: this.from, isRow: false });
    this.text = '';
    this.linked = 0;
  }

  startRow(): void {
    this.endRow();
    this.flush();
    this.cells = [];
  }

  startCell(): void {
    if (this.inCell) this.endCell();
    else this.flush();
    this.cells ??= [];
    this.inCell = true;
  }

  private endCell(): void {
    this.cells?.push(tidy(this.text));
    this.text = '';
    this.inCell = false;
  }

  endRow(): void {
    if (this.inCell) this.endCell();
    const cells = this.cells ?? [];
    this.cells = null;
    if (cells.some((cell) => cell !== '')) this.done.push({ text: cells.join('\t'), linked: this.linked, from: this.from, isRow: true });
    this.linked = 0;
  }
}

/** The lines of everything below `top`; empty ones are left out. */
export function linesOf(top: TreeRoot | TreeElement, options: TextOptions = {}): Line[] {
  const shapes = tableShapes(top);
  const lines = new Lines();
  const tables: (TableShape | undefined)[] = [];
  const isData = (): boolean => { const shape = tables.at(-1); return shape !== undefined && !isLayout(shape); };
  let links = 0;
  walk(top, {
    enter(node: TreeNode) {
      if (isText(node)) lines.add(node.data, links > 0, node.parent as TreeElement | null);
      if (!isElement(node)) return;
      if (isHidden(node) || options.skip?.(node) === true) return false;
      if (isLink(node)) links += 1;
      if (node.name === 'table') { lines.endRow(); tables.push(shapes.get(node)); }
      if (isData() && node.name === 'tr') lines.startRow();
      else if (isData() && (node.name === 'td' || node.name === 'th')) lines.startCell();
      else if (BLOCKS.has(node.name)) lines.breakLine();
      return;
    },
    leave(element) {
      if (isLink(element)) links -= 1;
      if (element.name === 'table') { if (isData()) lines.endRow(); tables.pop(); }
      if (BLOCKS.has(element.name) && !(isData() && /^(?:tr|td|th)$/u.test(element.name))) lines.breakLine();
    },
  });
  lines.endRow();
  lines.flush();
  return lines.done;
}

/** What a reader sees of everything below `top`, lines separated by `\n`. */
export function textOf(top: TreeRoot | TreeElement, options: TextOptions = {}): string {
  return linesOf(top, options).map(({ text }) => text).join('\n');
}
