/** Reads pictures of pages by OCR: tesseract.js with its Chinese model, both from this machine's disk; nothing is fetched. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Line, Worker, createWorker } from 'tesseract.js';
import type { Notice } from '../record.js';
import type { DrawnPage, Glyph } from './drawn-page.js';
import { UnreadableFile } from './unreadable-file.js';

/** Notice of a text that was read by OCR. */
export const TEXT_BY_OCR = 'text-by-ocr';

/** Of one file. A page takes some five seconds; the scans of reports met have up to 20 pages. */
const MOST_SCANNED_PAGES = 30;
/** A page of A4 at 600 dots an inch has 35 million. */
export const MOST_PIXELS = 40_000_000;
/** Nothing readable is smaller: one line of small characters. */
const LEAST_PIXELS = 400;
/** Width of A4 in points: how wide a picture is taken to be where nothing says it. */
const A4_WIDTH = 595;

/** The model folder made for the engine alone, in whole numbers: the smallest. */
const MODEL = '4.0.0_best_int';
/** OEM of the library: the neural engine alone. */
const NEURAL_ONLY = 1;
/** PSM of the library: rows across the page in one column, so that a row of a table stays one line. */
const ONE_BLOCK = '6';

const MISSING = 'it can be read by OCR only with the packages tesseract.js and @tesseract.js-data/chi_sim: install them with "npm install --include=optional", or set attachments.ocr to \'never\'';

/** A picture of a page, in a format that the engine opens: PNG, JPEG or PNM. */
export interface PagePicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** How wide it is on the paper, in points. */
  readonly paperWidth?: number;
}

/** The library and where its model lies; null where one of the two packages is missing. */
async function installedEngine(): Promise<{ readonly langPath: string; readonly createWorker: typeof createWorker } | null> {
  try {
    const model = createRequire(import.meta.url).resolve('@tesseract.js-data/chi_sim/package.json');
    return { langPath: join(dirname(model), MODEL), createWorker: (await import('tesseract.js')).createWorker };
  } catch {
    return null;
  }
}

async function openEngine(): Promise<Worker> {
  const installed = await installedEngine();
  if (installed === null) throw new UnreadableFile('attachment-unreadable', MISSING);
  // Without a handler of errors the library throws them where nobody can catch them.
  const worker = await installed.createWorker('chi_sim', NEURAL_ONLY, { langPath: installed.langPath, gzip: true, cacheMethod: 'none', errorHandler: () => undefined });
  await worker.setParameters({ tessedit_pageseg_mode: ONE_BLOCK as never, debug_file: '/dev/null' });
  return worker;
}

/** The engine divides words as English does. Blanks stay between letters and digits only, where they divide the numbers of a table's row. */
function withoutBlanks(text: string): string {
  return text.trim().replace(/\s+/gu, ' ').replace(/(?<![\w.,%]) | (?![\w.,%])/gu, '');
}

/** Characters evenly over their line: where each of them stands matters to nobody, where the line begins and ends does. */
function glyphsOf({ text, bbox }: Line, scale: number, usualHeight: number): Glyph[] {
  const characters = [...withoutBlanks(text)];
  const height = bbox.y1 - bbox.y0;
  // The same characters give boxes of different heights from line to line; a title is a third higher at least.
  const size = (Math.abs(height - usualHeight) <= usualHeight * 0.25 ? usualHeight : height) * scale;
  const width = ((bbox.x1 - bbox.x0) * scale) / Math.max(1, characters.length);
  return characters.map((character, index) => ({ text: character, x: bbox.x0 * scale + index * width, y: bbox.y1 * scale, size, width }));
}

/** Reads the scanned pages of one file, and keeps account of them. */
export class PageScanner {
  #engine: Promise<Worker> | null = null;
  #asked = 0;
  #read = 0;
  #characters = 0;
  /** Confidence of each character, summed. */
  #confidence = 0;
  readonly #unread: string[] = [];

  /** Why pages gave no words, each reason once. */
  get reasons(): string {
    return [...new Set(this.#unread)].join('; ');
  }

  /** Whether as many pages have been read as are read of one file. */
  get isFull(): boolean {
    return this.#asked >= MOST_SCANNED_PAGES;
  }

  /** Notes that a page is one too many. */
  giveUpFull(): null {
    return this.giveUp(`only the first ${MOST_SCANNED_PAGES} scanned pages of a file are read`);
  }

  /** Notes that a page cannot be read. */
  giveUp(reason: string): null {
    this.#unread.push(reason);
    return null;
  }

  /** The words of a picture, where they stand; null when it has none or cannot be read. Throws `UnreadableFile` when the engine is not installed. */
  async read(picture: PagePicture): Promise<DrawnPage | null> {
    const { bytes, width, height, paperWidth = A4_WIDTH } = picture;
    if (width * height > MOST_PIXELS) return this.giveUp(`a picture of ${width} by ${height} points is larger than ${MOST_PIXELS / 1e6} million`);
    if (width * height < LEAST_PIXELS) return this.giveUp('a picture is too small to hold words');
    if (this.isFull) return this.giveUpFull();
    this.#asked += 1;
    const engine = await (this.#engine ??= openEngine());
    try {
      const { data } = await engine.recognize(Buffer.from(bytes), {}, { text: false, blocks: true });
      return this.#pageOf((data.blocks ?? []).flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines)), { height, scale: paperWidth / width });
    } catch (error) {
      return this.giveUp(`a picture cannot be opened (${error instanceof Error ? error.message : String(error)})`);
    }
  }

  #pageOf(lines: readonly Line[], { height, scale }: { readonly height: number; readonly scale: number }): DrawnPage | null {
    const heights = lines.map(({ bbox }) => bbox.y1 - bbox.y0).sort((one, other) => one - other);
    const usual = heights[Math.floor(heights.length / 2)] ?? 0;
    const glyphs = lines.flatMap((line) => {
      const made = glyphsOf(line, scale, usual);
      this.#characters += made.length;
      this.#confidence += line.confidence * made.length;
      return made;
    });
    if (glyphs.length === 0) return this.giveUp('OCR found no words on a page');
    this.#read += 1;
    return { glyphs, strokes: [], height: height * scale };
  }

  /** Says that words come by OCR, and how sure it is of them; nothing when none do. */
  notices(): Notice[] {
    if (this.#read === 0) return [];
    const unread = this.#unread.length === 0 ? '' : `; ${this.#unread.length} could not be read (${this.reasons})`;
    const message = `pages read by OCR: ${this.#read}, mean confidence ${Math.round(this.#confidence / this.#characters)} of 100${unread}; characters and numbers may be wrong`;
    return [{ code: TEXT_BY_OCR, room: 'attachments', message }];
  }

  async close(): Promise<void> {
    const engine = await this.#engine?.catch(() => null);
    await engine?.terminate();
  }
}
