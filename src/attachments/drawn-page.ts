/** Puts characters that are only placed on pages back into lines, paragraphs and tables. */
import type { EdgeCell } from './edge-table.js';
import { edgeTable } from './edge-table.js';
import { hasSameColumns, joined } from './cut-table.js';
import { escapeMarkup } from './paragraphs.js';
import type { RuledTable, Stroke } from './ruled-table.js';
import { regionAt, ruledRows, ruledTables } from './ruled-table.js';

/** A character where it stands, in points; y is that of its base line, downwards. */
export interface Glyph {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** How far it reaches, where the file says so. */
  readonly width?: number;
}

export interface DrawnPage {
  readonly glyphs: readonly Glyph[];
  readonly strokes: readonly Stroke[];
  readonly height: number;
}

interface Line {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

type Block = { readonly kind: 'line'; readonly line: Line; readonly isContinued: boolean; readonly isFull: boolean } | { readonly kind: 'table'; readonly rows: EdgeCell[][] };

/** `— 3 —` and `第 3 页 共 9 页` at the edge of a page are the paper's, not the report's. */
const PAGE_NUMBER = /^(?:[-—–\s]*\d{1,3}[-—–\s]*|第\s*\d{1,3}\s*页(?:[,，/\s]*共\s*\d{1,3}\s*页)?)$/u;
const EDGE_OF_PAGE = 0.1;

/** Where the file does not say: a hanzi is as wide as it is high, a Latin letter or digit half of that. */
function widthOf({ text, size, width }: Glyph): number {
  if (width !== undefined) return width;
  return /^[\u0000-\u00ff]/u.test(text) ? size / 2 : size;
}

function lineOf(glyphs: readonly Glyph[]): Line {
  const sorted = [...glyphs].sort((one, other) => one.x - other.x);
  let text = '';
  let end: number | null = null;
  for (const glyph of sorted) {
    if (end !== null && glyph.x - end > glyph.size * 0.6) text += ' ';
    text += glyph.text;
    end = glyph.x + widthOf(glyph);
  }
  const [first] = sorted;
  return { text: text.replace(/\s+/gu, ' ').trim(), left: first?.x ?? 0, right: end ?? 0, y: first?.y ?? 0, size: first?.size ?? 0 };
}

/** Characters whose base lines are near each other make a line. */
function linesOf(glyphs: readonly Glyph[]): Line[] {
  const sorted = [...glyphs].sort((one, other) => one.y - other.y);
  const lines: Glyph[][] = [];
  for (const glyph of sorted) {
    const line = lines.at(-1);
    const [first] = line ?? [];
    if (line && first && glyph.y - first.y <= Math.min(first.size, glyph.size) * 0.5) line.push(glyph);
    else lines.push([glyph]);
  }
  return lines.map(lineOf).filter(({ text }) => text !== '');
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** A full line of a report on A4 has 26 hanzi; shorter ones are lines of their own. */
const LEAST_CHARACTERS = 12;

/** Margins and usual size of the lines of all pages. */
interface PageShape {
  readonly left: number;
  readonly right: number;
  readonly size: number;
}

/** Whether a line goes on with the paragraph of the one before: that one is full and this one is not indented, or both are parts of a title. */
function goesOn(line: Line, before: Line | undefined, page: PageShape): boolean {
  const isFlush = line.left <= page.left + line.size * 0.9;
  if (before === undefined) return isFlush;
  const isSameSize = Math.abs(line.size - before.size) < 0.5;
  return isSameSize && (line.size > page.size + 1 || (isFull(before, page) && isFlush));
}

function isFull(line: Line, page: PageShape): boolean {
  return line.right >= page.right - line.size * 1.5 && line.right - line.left >= line.size * LEAST_CHARACTERS;
}

function lineBlock(line: Line, before: Line | undefined, page: PageShape): Block {
  return { kind: 'line', line, isContinued: goesOn(line, before, page), isFull: isFull(line, page) };
}

/** The cells' words of one table, line by line. */
function wordsOf(table: RuledTable, glyphs: readonly (readonly Glyph[])[]): string[][] {
  return table.regions.map((_, index) => linesOf(glyphs[index] ?? []).map(({ text }) => text));
}

/** A page's lines, and its tables with their words. */
interface ReadPage {
  readonly lines: readonly Line[];
  readonly tables: readonly { readonly top: number; readonly rows: EdgeCell[][] }[];
}

function readDrawn(page: DrawnPage): ReadPage {
  const tables = ruledTables(page.strokes);
  const inside = tables.map((table) => table.regions.map((): Glyph[] => []));
  const outside = page.glyphs.filter((glyph) => {
    const [x, y] = [glyph.x + widthOf(glyph) / 2, glyph.y - glyph.size * 0.35];
    return !tables.some((table, index) => {
      const region = regionAt(table, x, y);
      if (region >= 0) inside[index]?.[region]?.push(glyph);
      return region >= 0;
    });
  });
  const isFurniture = ({ y, text }: Line): boolean => (y < page.height * EDGE_OF_PAGE || y > page.height * (1 - EDGE_OF_PAGE)) && PAGE_NUMBER.test(text);
  const lines = linesOf(outside).filter((line) => !isFurniture(line));
  return { lines, tables: tables.map((table, index) => ({ top: table.rows[0] ?? 0, rows: ruledRows(table, wordsOf(table, inside[index] ?? [])) })) };
}

function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other), Infinity);
}

function shapeOf(pages: readonly ReadPage[]): PageShape {
  const lines = pages.flatMap((page) => page.lines);
  return { left: least(lines.map(({ left }) => left)), right: -least(lines.map(({ right }) => -right)), size: median(lines.map(({ size }) => size)) };
}

/** Lines and tables of a page from top to bottom. */
function blocksOf({ lines, tables }: ReadPage, shape: PageShape): Block[] {
  const placed: { readonly y: number; readonly block: Block }[] = [
    ...lines.map((line, index) => ({ y: line.y, block: lineBlock(line, lines[index - 1], shape) })),
    ...tables.map(({ top, rows }) => ({ y: top, block: { kind: 'table' as const, rows } })),
  ];
  return placed.sort((one, other) => one.y - other.y).map(({ block }) => block);
}

/** Pages as HTML: a paragraph or table that a page's end has cut is one again. */
export function drawnHtml(pages: readonly DrawnPage[]): string {
  const parts: (string | EdgeCell[][])[] = [];
  let wasFull = false;
  const read = pages.map(readDrawn);
  const shape = shapeOf(read);
  for (const page of read) {
    blocksOf(page, shape).forEach((block, index) => {
      const last = parts.at(-1);
      const isRest = block.kind === 'line' && block.isContinued && (index > 0 || wasFull) && typeof last === 'string';
      wasFull = block.kind === 'line' && block.isFull;
      if (block.kind === 'line') {
        if (isRest) parts[parts.length - 1] = `${last}${block.line.text}`;
        else parts.push(block.line.text);
      } else if (index === 0 && typeof last === 'object' && hasSameColumns(last, block.rows)) parts[parts.length - 1] = joined(last, block.rows);
      else parts.push(block.rows);
    });
  }
  return parts.map((part) => (typeof part === 'string' ? `<p>${escapeMarkup(part)}</p>` : edgeTable(part))).join('\n');
}
