/** Follows the drawing of a PDF page: where each character stands, and which lines are drawn. */
import type { PDFPageProxy } from 'unpdf/pdfjs';
import type { DrawnPage, Glyph } from './drawn-page.js';
import { pathStrokes } from './pdf-path.js';
import type { Matrix } from './pdf-path.js';
import type { Stroke } from './ruled-table.js';
import { UnreadableFile } from './unreadable-file.js';

/** The numbers by which the library names drawing operations. */
export type Operations = Readonly<Record<string, number>>;

/** A character as the library hands it over; its width is in thousandths of the font's size. */
interface ShownGlyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace?: boolean;
}

/** The state that `q` and `Q` save and restore. */
interface State {
  ctm: Matrix;
  fontSize: number;
  /** What a glyph's width is multiplied by; fonts drawn by procedures (Type 3) have a scale of their own. */
  widthScale: number;
  characterSpacing: number;
  wordSpacing: number;
  horizontalScale: number;
  leading: number;
  rise: number;
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const PER_THOUSAND = 0.001;
/** Deeper nesting than any page met; a page that goes on saving is no page. */
const MOST_SAVED = 10_000;
/** Of one document. The longest report met has 60,000. */
const MOST_GLYPHS = 500_000;
const MOST_STROKES = 100_000;

/** What is done in the space of `inner` before that of `outer`. */
function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** How much of a document has been read already, against its limits. */
export class Tally {
  private glyphs = 0;
  private strokes = 0;

  count(glyphs: number, strokes: number): void {
    this.glyphs += glyphs;
    this.strokes += strokes;
    if (this.glyphs > MOST_GLYPHS) throw new UnreadableFile('attachment-too-large', `the PDF has more than ${MOST_GLYPHS} characters`);
    if (this.strokes > MOST_STROKES) throw new UnreadableFile('attachment-too-large', `the PDF has more than ${MOST_STROKES} drawn lines`);
  }
}

/** Text across the page, upright; what stands askew is a watermark or a stamp. */
function isUpright([a, b, c, d]: Matrix): boolean {
  return Math.abs(b) <= Math.abs(a) * 0.1 && Math.abs(c) <= Math.abs(d) * 0.3;
}

class PageReader {
  readonly glyphs: Glyph[] = [];
  readonly strokes: Stroke[] = [];
  private state: State;
  private readonly saved: State[] = [];
  private text: Matrix = IDENTITY;
  private line: Matrix = IDENTITY;
  private readonly scaleOf: (font: string) => number;
  private readonly tally: Tally;

  constructor(ctm: Matrix, scaleOf: (font: string) => number, tally: Tally) {
    this.scaleOf = scaleOf;
    this.tally = tally;
    this.state = { ctm, fontSize: 0, widthScale: PER_THOUSAND, characterSpacing: 0, wordSpacing: 0, horizontalScale: 1, leading: 0, rise: 0 };
  }

  save(): void {
    if (this.saved.length >= MOST_SAVED) throw new UnreadableFile('attachment-unreadable', 'a page of the PDF saves its state without end');
    this.saved.push({ ...this.state });
  }

  restore(): void {
    this.state = this.saved.pop() ?? this.state;
  }

  transform(matrix: Matrix): void {
    this.state.ctm = multiply(this.state.ctm, matrix);
  }

  set(values: Partial<State>): void {
    Object.assign(this.state, values);
  }

  font(name: string, size: number): void {
    this.set({ fontSize: size, widthScale: this.scaleOf(name) });
  }

  place(matrix: Matrix): void {
    this.text = matrix;
    this.line = matrix;
  }

  move(x: number, y: number): void {
    this.place(multiply(this.line, [1, 0, 0, 1, x, y]));
  }

  nextLine(): void {
    this.move(0, -this.state.leading);
  }

  path(paint: 'stroke' | 'fill', data: ArrayLike<number>): void {
    const strokes = pathStrokes(data, this.state.ctm, paint);
    this.tally.count(0, strokes.length);
    for (const stroke of strokes) this.strokes.push(stroke);
  }

  show(shown: readonly (ShownGlyph | number)[]): void {
    const { fontSize, widthScale, characterSpacing, wordSpacing, horizontalScale, rise, ctm } = this.state;
    this.tally.count(shown.length, 0);
    for (const one of shown) {
      if (typeof one === 'number') { this.advance(-one * PER_THOUSAND * fontSize); continue; }
      const width = one.width * widthScale * fontSize;
      this.glyph(one.unicode, multiply(ctm, multiply(this.text, [horizontalScale, 0, 0, 1, 0, rise])), width, fontSize);
      this.advance(width + characterSpacing + (one.isSpace === true ? wordSpacing : 0));
    }
  }

  private advance(width: number): void {
    this.text = multiply(this.text, [1, 0, 0, 1, width * this.state.horizontalScale, 0]);
  }

  private glyph(unicode: string, matrix: Matrix, width: number, fontSize: number): void {
    const size = Math.hypot(matrix[2], matrix[3]) * Math.abs(fontSize);
    if (unicode === '' || size === 0 || !Number.isFinite(matrix[4] + matrix[5] + size) || !isUpright(matrix)) return;
    const wide = Math.abs(Math.hypot(matrix[0], matrix[1]) * width);
    const across = wide > 0 && Number.isFinite(wide) ? { width: wide / [...unicode].length } : {};
    [...unicode].forEach((text, index) => { this.glyphs.push({ text, x: matrix[4] + index * (across.width ?? 0), y: matrix[5], size, ...across }); });
  }
}

type Step = (reader: PageReader, values: readonly unknown[]) => void;
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const matrixOf = (values: unknown): Matrix => {
  const at = (index: number): number => number((values as ArrayLike<unknown> | null)?.[index]);
  return values === null || values === undefined ? IDENTITY : [at(0), at(1), at(2), at(3), at(4), at(5)];
};

/** What each operation does to the place of characters and lines; all others change colours, clips and pictures. */
const STEPS: Readonly<Record<string, Step>> = {
  save: (reader) => { reader.save(); },
  restore: (reader) => { reader.restore(); },
  transform: (reader, values) => { reader.transform(matrixOf(values)); },
  paintFormXObjectBegin: (reader, [matrix]) => { reader.save(); reader.transform(matrixOf(matrix)); },
  paintFormXObjectEnd: (reader) => { reader.restore(); },
  beginText: (reader) => { reader.place(IDENTITY); },
  setCharSpacing: (reader, [spacing]) => { reader.set({ characterSpacing: number(spacing) }); },
  setWordSpacing: (reader, [spacing]) => { reader.set({ wordSpacing: number(spacing) }); },
  setHScale: (reader, [percent]) => { reader.set({ horizontalScale: number(percent) / 100 }); },
  setLeading: (reader, [leading]) => { reader.set({ leading: number(leading) }); },
  setTextRise: (reader, [rise]) => { reader.set({ rise: number(rise) }); },
  setFont: (reader, [name, size]) => { reader.font(String(name), number(size)); },
  setTextMatrix: (reader, [matrix]) => { reader.place(matrixOf(matrix)); },
  moveText: (reader, [x, y]) => { reader.move(number(x), number(y)); },
  setLeadingMoveText: (reader, [x, y]) => { reader.set({ leading: -number(y) }); reader.move(number(x), number(y)); },
  nextLine: (reader) => { reader.nextLine(); },
  showText: (reader, [glyphs]) => { reader.show((glyphs ?? []) as readonly (ShownGlyph | number)[]); },
};

const STROKING = ['stroke', 'closeStroke', 'fillStroke', 'eoFillStroke', 'closeFillStroke', 'closeEOFillStroke'];
const FILLING = ['fill', 'eoFill'];

function drawPath(reader: PageReader, values: readonly unknown[], operations: Operations): void {
  const [paint, parts] = values as [number | undefined, readonly (ArrayLike<number> | null)[] | undefined];
  const is = (names: readonly string[]): boolean => names.some((name) => operations[name] === paint);
  const data = parts?.[0];
  if (!data) return;
  if (is(STROKING)) reader.path('stroke', data);
  else if (is(FILLING)) reader.path('fill', data);
}

/** Width scale of a font: that of Type 3 fonts stands in their own matrix. */
function widthScales(page: PDFPageProxy): (font: string) => number {
  return (name) => {
    const font = page.commonObjs.has(name) ? page.commonObjs.get(name) as { readonly isType3Font?: boolean; readonly fontMatrix?: readonly number[] } : null;
    return font?.isType3Font === true ? Math.abs(font.fontMatrix?.[0] ?? PER_THOUSAND) : PER_THOUSAND;
  };
}

/** The characters and lines of a page, turned the way a reader sees it. */
export async function drawnPage(page: PDFPageProxy, operations: Operations, tally: Tally): Promise<DrawnPage> {
  const view = page.getViewport({ scale: 1 });
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: 0 });
  const steps = new Map(Object.entries(STEPS).map(([name, step]) => [operations[name], step]));
  const reader = new PageReader(matrixOf(view.transform), widthScales(page), tally);
  fnArray.forEach((operation, index) => {
    const values = (argsArray[index] ?? []) as readonly unknown[];
    if (operation === operations['constructPath']) drawPath(reader, values, operations);
    else steps.get(operation)?.(reader, values);
  });
  return { glyphs: reader.glyphs, strokes: reader.strokes, height: view.height };
}
