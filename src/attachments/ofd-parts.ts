/** Finds the parts of an OFD package (GB/T 33190) and reads what a page of it draws. */
import { isElement, isText, parseXml, rootOf } from '../html/parse.js';
import type { TreeElement, TreeRoot } from '../html/parse.js';
import { walk } from '../html/walk.js';
import type { DrawnPage, Glyph } from './drawn-page.js';
import type { Stroke } from './ruled-table.js';
import { UnreadableFile } from './unreadable-file.js';
import type { ZipEntry } from './unzip.js';

/** One XML part. The page of a dense table met has 300 KB; a tree takes some thirty times its text. */
const MOST_XML_BYTES = 4 * 2 ** 20;
/** Characters of all pages. */
const MOST_GLYPHS = 400_000;
const MOST_STROKES = 20_000;
/** Of one part: a page that places each character by itself has 12,000. The parser's time grows with the square of the depth, so both are held. */
const MOST_TAGS = 100_000;
const DEEPEST = 500;
const POINTS_PER_MILLIMETRE = 72 / 25.4;

/** a b c d e f of a transformation, as in PDF. */
type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** Whether a part has more tags, or more of them open at once, than any page: told before it is parsed. */
function isTangled(xml: string): boolean {
  let [depth, tags] = [0, 0];
  for (const [, end, alone] of xml.matchAll(/<(\/?)[^<>?!]*?(\/?)>/gu)) {
    tags += 1;
    if (alone === '') depth += end === '/' ? -1 : 1;
    if (depth > DEEPEST || tags > MOST_TAGS) return true;
  }
  return false;
}

/** The parts of a package by their address, `Doc_0/Document.xml`. */
export class OfdPackage {
  private readonly parts: ReadonlyMap<string, Uint8Array>;
  private glyphsLeft = MOST_GLYPHS;

  constructor(entries: readonly ZipEntry[]) {
    this.parts = new Map(entries.map(({ name, bytes }) => [name.replace(/^\/+/u, ''), bytes]));
  }

  /** The root of an XML part; null where there is none. */
  xml(address: string): TreeRoot | null {
    const bytes = this.parts.get(address);
    if (bytes === undefined) return null;
    if (bytes.length > MOST_XML_BYTES) throw new UnreadableFile('attachment-too-large', `${address} in the OFD file has ${bytes.length} bytes; up to ${MOST_XML_BYTES} are read`);
    const xml = new TextDecoder('utf-8').decode(bytes);
    if (isTangled(xml)) throw new UnreadableFile('attachment-unreadable', `${address} in the OFD file has more than ${MOST_TAGS} tags, or nests more than ${DEEPEST}`);
    return rootOf(parseXml(xml));
  }

  /** What a page draws; null where it is missing. */
  page(address: string, box: readonly number[]): DrawnPage | null {
    const root = this.xml(address);
    if (root === null) return null;
    const page = readContent(root, box);
    this.glyphsLeft -= page.glyphs.length;
    if (this.glyphsLeft < 0 || page.strokes.length > MOST_STROKES) throw new UnreadableFile('attachment-too-large', 'the OFD file draws more characters or lines than a report has');
    return page;
  }
}

/** Where an address written in `part` leads: from the root with a slash in front, else from the part's own folder. */
export function addressFrom(part: string, written: string): string {
  const steps = written.startsWith('/') ? [] : part.split('/').slice(0, -1);
  for (const step of written.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** Name without prefix: `ofd:Page` and `Page` are the same. */
function localName(element: TreeElement): string {
  return element.name.slice(element.name.indexOf(':') + 1);
}

/** All elements of this name, in order. */
export function elements(root: TreeRoot | TreeElement, name: string): TreeElement[] {
  const found: TreeElement[] = [];
  walk(root, { enter(node) { if (isElement(node) && localName(node) === name) found.push(node); } });
  return found;
}

export function textIn(element: TreeElement): string {
  return element.children.map((node) => (isText(node) ? node.data : '')).join('');
}

export function numbers(text: string | undefined): number[] {
  return (text ?? '').trim().split(/[\s,]+/u).map(Number).filter((number) => Number.isFinite(number));
}

/** `g 3 6.35` stands for three times 6.35. */
function advances(text: string | undefined, most: number): number[] {
  const words = (text ?? '').trim().split(/\s+/u);
  const made: number[] = [];
  for (let at = 0; at < words.length && made.length < most; at += 1) {
    if (words[at] !== 'g') { made.push(Number(words[at]) || 0); continue; }
    const [times, value] = [Number(words[at + 1]) || 0, Number(words[at + 2]) || 0];
    for (let time = 0; time < times && made.length < most; time += 1) made.push(value);
    at += 2;
  }
  return made;
}

class Frame {
  private readonly boundary: readonly number[];
  private readonly matrix: Matrix;

  constructor(element: TreeElement) {
    this.boundary = numbers(element.attribs['Boundary']);
    const matrix = numbers(element.attribs['CTM']);
    this.matrix = matrix.length === 6 ? matrix as unknown as Matrix : IDENTITY;
  }

  /** A place inside the object as one on the page, in points. */
  place(x: number, y: number): { readonly x: number; readonly y: number } {
    const [a, b, c, d, e, f] = this.matrix;
    return { x: (a * x + c * y + e + (this.boundary[0] ?? 0)) * POINTS_PER_MILLIMETRE, y: (b * x + d * y + f + (this.boundary[1] ?? 0)) * POINTS_PER_MILLIMETRE };
  }

  size(size: number): number {
    return size * Math.abs(this.matrix[3] || this.matrix[1]) * POINTS_PER_MILLIMETRE;
  }
}

function glyphsOf(object: TreeElement): Glyph[] {
  const frame = new Frame(object);
  const size = frame.size(Number(object.attribs['Size']) || 4);
  let [startX, startY] = [0, 0];
  return elements(object, 'TextCode').flatMap((code) => {
    const characters = [...textIn(code)];
    // A code that does not say where it begins goes on from the one before.
    [startX, startY] = [Number(code.attribs['X'] ?? startX) || 0, Number(code.attribs['Y'] ?? startY) || 0];
    const [across, down] = [advances(code.attribs['DeltaX'], characters.length), advances(code.attribs['DeltaY'], characters.length)];
    let [x, y] = [startX, startY];
    return characters.map((text, index): Glyph => {
      const glyph = { text, ...frame.place(x, y), size };
      x += across[index] ?? 0;
      y += down[index] ?? 0;
      return glyph;
    });
  });
}

const PATH_NUMBERS: Readonly<Record<string, number>> = { S: 2, M: 2, L: 2, Q: 4, B: 6, A: 7, C: 0 };

/** The straight lines of a path; curves only move the pen. */
function strokesOf(object: TreeElement): Stroke[] {
  const frame = new Frame(object);
  const words = elements(object, 'AbbreviatedData').map(textIn).join(' ').trim().split(/[\s,]+/u);
  const made: Stroke[] = [];
  let [start, pen] = [frame.place(0, 0), frame.place(0, 0)];
  const lineTo = (end: typeof pen): void => { made.push({ x1: pen.x, y1: pen.y, x2: end.x, y2: end.y }); };
  for (let at = 0; at < words.length;) {
    const operator = words[at] ?? '';
    const count = PATH_NUMBERS[operator];
    at += 1;
    if (count === undefined) continue;
    const end = count === 0 ? start : frame.place(Number(words[at + count - 2]) || 0, Number(words[at + count - 1]) || 0);
    at += count;
    if (operator === 'L' || operator === 'C') lineTo(end);
    if (operator === 'S' || operator === 'M') start = end;
    pen = end;
  }
  return made;
}

function readContent(root: TreeRoot, box: readonly number[]): DrawnPage {
  const own = elements(root, 'PhysicalBox').map((element) => numbers(textIn(element)))[0] ?? box;
  return {
    glyphs: elements(root, 'TextObject').flatMap(glyphsOf),
    strokes: elements(root, 'PathObject').flatMap(strokesOf),
    height: (own[3] ?? 297) * POINTS_PER_MILLIMETRE,
  };
}
