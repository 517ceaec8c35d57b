/** Writes a report as OFD the way a print driver does: lines of characters with advances, and ruled tables, on pages of A4. */
import { zipSync } from 'fflate';
import type { ReportDocument, TableRow } from '../farm/document.js';
import { escapeMarkup } from '../farm/markup.js';
import { wordRows } from './word-rows.js';

const [PAGE, MARGIN, SIZE, LEADING] = [{ width: 210, height: 297 }, 28, 5.6, 8.4];
/** The largest statutory table has ten columns; its cells are in small print. */
const CELL_SIZE = 2.8;

function width(character: string, size: number): number {
  return /[\u0000-\u00ff]/u.test(character) ? size / 2 : size;
}

export class OfdPages {
  protected pages: string[] = [''];
  private y = MARGIN;
  private id = 100;
  protected readonly shape: 'lines' | 'boxes';

  constructor(shape: 'lines' | 'boxes') { this.shape = shape; }

  protected draw(object: string): void {
    this.pages[this.pages.length - 1] += object;
  }

  private newPage(): void {
    this.pages.push('');
    this.y = MARGIN;
  }

  /** A run of characters on one base line; equal advances are counted together. */
  text(text: string, x: number, y: number, size: number): void {
    const deltas = [...text].slice(0, -1).map((character) => width(character, size));
    const isEven = deltas.length > 2 && deltas.every((delta) => delta === deltas[0]);
    const advance = deltas.length === 0 ? '' : ` DeltaX="${isEven ? `g ${deltas.length} ${deltas[0]}` : deltas.join(' ')}"`;
    this.draw(`<ofd:TextObject ID="${this.id++}" Boundary="${x} ${y - size} ${PAGE.width - x} ${size * 1.3}" Font="3" Size="${size}"><ofd:TextCode X="0" Y="${size}"${advance}>${escapeMarkup(text)}</ofd:TextCode></ofd:TextObject>`);
  }

  line(x1: number, y1: number, x2: number, y2: number): void {
    const [left, top, wide, high] = [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1)];
    const data = this.shape === 'lines' ? `M 0 0 L ${wide} ${high}` : `M 0 0 L ${wide + 0.2} 0 L ${wide + 0.2} ${high + 0.2} L 0 ${high + 0.2} C`;
    this.draw(`<ofd:PathObject ID="${this.id++}" Boundary="${left} ${top} ${wide + 0.3} ${high + 0.3}" LineWidth="0.2"><ofd:AbbreviatedData>${data}</ofd:AbbreviatedData></ofd:PathObject>`);
  }

  private nextLine(): number {
    if (this.y + LEADING > PAGE.height - MARGIN) this.newPage();
    this.y += LEADING;
    return this.y;
  }

  /** Lines as wide as the page, the first one indented by two characters. */
  paragraph(text: string, indent = SIZE * 2): void {
    let [x, run] = [MARGIN + indent, ''];
    let start = x;
    for (const character of text) {
      if (x + width(character, SIZE) > PAGE.width - MARGIN + 0.01) {
        this.text(run, start, this.nextLine(), SIZE);
        [x, start, run] = [MARGIN, MARGIN, ''];
      }
      run += character;
      x += width(character, SIZE);
    }
    if (run !== '') this.text(run, start, this.nextLine(), SIZE);
  }

  /** A title in larger type, on two lines, in the middle. */
  title(text: string): void {
    const half = Math.ceil(text.length / 2);
    for (const part of [text.slice(0, half), text.slice(half)]) {
      const wide = [...part].reduce((sum, character) => sum + width(character, SIZE + 2), 0);
      this.text(part, (PAGE.width - wide) / 2, this.nextLine() + 2, SIZE + 2);
      this.y += 3;
    }
  }

  table(rows: readonly TableRow[]): void {
    const cells = wordRows(rows);
    const columns = Math.max(...cells.map((row) => row.at(-1)?.right ?? 0));
    const step = (PAGE.width - 2 * MARGIN) / columns;
    const high = CELL_SIZE * 1.2 * 4 + 1;
    let top = this.y + 4;
    cells.forEach((row, at) => {
      if (top + high > PAGE.height - MARGIN) { this.newPage(); top = this.y; }
      const below = cells[at + 1];
      for (const { left, right, text, vertical } of row) {
        const [x1, x2] = [MARGIN + left * step, MARGIN + right * step];
        if (vertical !== 'continued' || top === MARGIN) this.line(x1, top, x2, top);
        const goesOn = below?.some((cell) => cell.left === left && cell.vertical === 'continued') === true && top + 2 * high <= PAGE.height - MARGIN;
        if (!goesOn) this.line(x1, top + high, x2, top + high);
        this.line(x1, top, x1, top + high);
        this.line(x2, top, x2, top + high);
        this.cellWords(text, x1, top, x2 - x1);
      }
      top += high;
    });
    this.y = top;
  }

  private cellWords(text: string, x: number, top: number, wide: number): void {
    const size = Math.min(CELL_SIZE, Math.sqrt(wide * 12 / Math.max(1, text.length)) * 0.8);
    const perLine = Math.max(1, Math.floor((wide - 0.4) / size));
    for (let at = 0, line = 1; at < text.length; at += perLine, line += 1) this.text(text.slice(at, at + perLine), x + 0.2, top + line * size * 1.15, size);
  }

  /** The package. */
  bytes(): Buffer {
    const files: Record<string, Uint8Array> = {};
    const put = (name: string, xml: string): void => { files[name] = new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`); };
    const space = 'xmlns:ofd="http://www.ofdspec.org/2016"';
    put('OFD.xml', `<ofd:OFD ${space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`);
    put('Doc_0/Document.xml', `<ofd:Document ${space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 ${PAGE.width} ${PAGE.height}</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>${this.pages.map((_, at) => `<ofd:Page ID="${at + 1}" BaseLoc="Pages/Page_${at}/Content.xml"/>`).join('')}</ofd:Pages></ofd:Document>`);
    this.pages.forEach((objects, at) => { put(`Doc_0/Pages/Page_${at}/Content.xml`, `<ofd:Page ${space}><ofd:Content><ofd:Layer ID="9">${objects}</ofd:Layer></ofd:Content></ofd:Page>`); });
    return Buffer.from(zipSync(files, { level: 6, mtime: '2020-01-01' }));
  }

  /** `— 3 —` below every page. */
  number(): void {
    const written = this.pages;
    this.pages = [];
    written.forEach((page, at) => {
      this.pages.push(page);
      this.text(`— ${at + 1} —`, PAGE.width / 2 - 6, PAGE.height - 15, 4);
    });
  }
}

/** Puts a report on the pages. */
export function layOut(document: ReportDocument, pages: OfdPages): Buffer {
  pages.title(document.title);
  for (const block of document.blocks) {
    if (block.kind === 'table') pages.table(block.rows);
    else pages.paragraph(block.text);
  }
  pages.number();
  return pages.bytes();
}

export function ofdOf(document: ReportDocument, shape: 'lines' | 'boxes'): Buffer {
  return layOut(document, new OfdPages(shape));
}
