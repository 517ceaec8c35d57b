/** Opens a Word file of 1997 to 2003: its text in order, and what is said of stretches of it ([MS-DOC], by its section numbers). */
import { CFB } from '@e965/xlsx';
import { UnreadableFile } from './unreadable-file.js';

/** The part of the library that opens compound files; it brings no types for it. */
const COMPOUND = CFB as { read(bytes: Buffer, options: { type: 'buffer' }): unknown; find(container: unknown, name: string): { readonly content?: Uint8Array } | null };

/** Characters of text. The longest report met has 60,000. */
const MOST_CHARACTERS = 5_000_000;
const MAGIC = 0xa5ec;
/** First version whose text is Unicode in pieces (2.5.1): Word 97. */
const WORD_97 = 0xc1;
const ENCRYPTED = 0x0100;
const SECOND_TABLE = 0x0200;
const PAGE_BYTES = 512;

/** A setting (2.2.5.1): its number, and its bytes. */
export interface Property {
  readonly number: number;
  readonly operand: Buffer;
}

/** A stretch of the file's bytes and the settings for it. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly properties: readonly Property[];
}

/** Characters that stand together in the file. */
interface Piece {
  readonly text: string;
  readonly at: number;
  readonly bytesEach: 1 | 2;
}

const TABLE_SHAPE = 0xd608;
const TAB_STOPS = 0xc615;
/** The settings stand in the Data stream, for they are too long for the page. */
const ELSEWHERE: ReadonlySet<number> = new Set([0x6646, 0x6645, 0x646b]);
/** Bytes of an operand by the top three bits of its setting's number (2.2.5.1); the seventh says it itself. */
const OPERAND_BYTES = [1, 1, 2, 4, 2, 2, null, 3] as const;

function operandEnd(bytes: Buffer, number: number, start: number): number {
  if (number === TABLE_SHAPE) return start + 1 + bytes.readUInt16LE(start);
  const fixed = OPERAND_BYTES[number >> 13] ?? null;
  if (fixed !== null) return start + fixed;
  // A list of tab stops too long for its length byte says 255; nothing of use stands behind it.
  const length = bytes.readUInt8(start);
  return number === TAB_STOPS && length === 255 ? bytes.length : start + 1 + length;
}

/** Settings one after another; what is cut short ends the list. */
function propertiesIn(bytes: Buffer, start: number): Property[] {
  const found: Property[] = [];
  let at = start;
  while (at + 3 <= bytes.length) {
    const number = bytes.readUInt16LE(at);
    if (number === TABLE_SHAPE && at + 4 > bytes.length) break;
    const end = operandEnd(bytes, number, at + 2);
    if (end > bytes.length) break;
    found.push({ number, operand: bytes.subarray(at + 2, end) });
    at = end;
  }
  return found;
}

/** The streams of the file and what the head of the document says of them. */
export class DocParts {
  private readonly main: Buffer;
  private readonly table: Buffer;
  private readonly data: Buffer;

  /** Throws `UnreadableFile` where nothing can be read by anybody, any other error where the parts are not as they should be. */
  constructor(payload: Uint8Array) {
    const container = COMPOUND.read(Buffer.from(payload), { type: 'buffer' });
    const stream = (name: string): Buffer => Buffer.from(COMPOUND.find(container, name)?.content ?? []);
    this.main = stream('WordDocument');
    if (this.main.length < PAGE_BYTES || this.main.readUInt16LE(0) !== MAGIC) throw new Error('the file has no document');
    if (this.main.readUInt16LE(2) < WORD_97) throw new Error('the file is older than Word 97');
    const flags = this.main.readUInt16LE(0x0a);
    if ((flags & ENCRYPTED) !== 0) throw new UnreadableFile('attachment-unreadable', 'the Word file is locked with a password');
    this.table = stream((flags & SECOND_TABLE) === 0 ? '0Table' : '1Table');
    this.data = stream('Data');
  }

  private listed(place: number): Buffer {
    const [start, length] = [this.main.readUInt32LE(place), this.main.readUInt32LE(place + 4)];
    return this.table.subarray(start, start + length);
  }

  /** The pieces of the document's body, in reading order (2.4.1). */
  pieces(): Piece[] {
    const list = this.listed(0x01a2);
    let at = 0;
    while (list.readUInt8(at) === 1) at += 3 + list.readUInt16LE(at + 1);
    if (list.readUInt8(at) !== 2) throw new Error('the file does not say where its text stands');
    const count = Math.floor((list.readUInt32LE(at + 1) - 4) / 12);
    const body = this.main.readUInt32LE(0x4c);
    if (body > MOST_CHARACTERS) throw new UnreadableFile('attachment-too-large', `the Word file has more than ${MOST_CHARACTERS} characters of text`);
    const made: Piece[] = [];
    let before = 0;
    for (let index = 0; index < count && before < body; index += 1) {
      const [from, to] = [list.readUInt32LE(at + 5 + index * 4), Math.min(body, list.readUInt32LE(at + 9 + index * 4))];
      if (from !== before || to <= from) throw new Error('the pieces of the text do not follow each other');
      made.push(this.piece(list.readUInt32LE(at + 5 + (count + 1) * 4 + index * 8 + 2), to - from));
      before = to;
    }
    if (before < body) throw new Error('a part of the text is missing');
    return made;
  }

  private piece(place: number, length: number): Piece {
    const isNarrow = (place & 0x40000000) !== 0;
    const at = isNarrow ? (place & 0x3fffffff) / 2 : place & 0x3fffffff;
    const bytes = this.main.subarray(at, at + length * (isNarrow ? 1 : 2));
    if (bytes.length < length * (isNarrow ? 1 : 2)) throw new Error('the text is cut short');
    return { text: new TextDecoder(isNarrow ? 'windows-1252' : 'utf-16le', { ignoreBOM: true }).decode(bytes), at, bytesEach: isNarrow ? 1 : 2 };
  }

  /** Settings of paragraphs (2.9.174), by their place in the file. */
  paragraphRuns(): Run[] {
    return this.runs(0x0102, (page, count, index) => {
      const start = page.readUInt8((count + 1) * 4 + index * 13) * 2;
      if (start === 0) return [];
      const words = page.readUInt8(start);
      const [from, length] = words === 0 ? [start + 2, page.readUInt8(start + 1) * 2] : [start + 1, words * 2 - 1];
      // The first two bytes name the style.
      return propertiesIn(page.subarray(from, from + length), 2).flatMap((property) => this.withElsewhere(property));
    });
  }

  /** Settings of characters (2.9.32). */
  characterRuns(): Run[] {
    return this.runs(0x00fa, (page, count, index) => {
      const start = page.readUInt8((count + 1) * 4 + index) * 2;
      return start === 0 ? [] : propertiesIn(page.subarray(start + 1, start + 1 + page.readUInt8(start)), 0);
    });
  }

  private withElsewhere(property: Property): Property[] {
    if (!ELSEWHERE.has(property.number)) return [property];
    const at = property.operand.readUInt32LE(0);
    if (at + 2 > this.data.length) return [];
    return propertiesIn(this.data.subarray(at + 2, at + 2 + this.data.readUInt16LE(at)), 0).filter(({ number }) => !ELSEWHERE.has(number));
  }

  /** Pages of 512 bytes, each with places in the file and settings for what stands between them. */
  private runs(place: number, settings: (page: Buffer, count: number, index: number) => Property[]): Run[] {
    const list = this.listed(place);
    const pages = Math.floor((list.length - 4) / 8);
    const made: Run[] = [];
    for (let number = 0; number < pages; number += 1) {
      const start = (list.readUInt32LE((pages + 1) * 4 + number * 4) & 0x3fffff) * PAGE_BYTES;
      const page = this.main.subarray(start, start + PAGE_BYTES);
      if (page.length < PAGE_BYTES) continue;
      const count = page.readUInt8(PAGE_BYTES - 1);
      for (let index = 0; index < count; index += 1) made.push({ from: page.readUInt32LE(index * 4), to: page.readUInt32LE(index * 4 + 4), properties: settings(page, count, index) });
    }
    return made.sort((one, other) => one.from - other.from);
  }
}

/** Finds the run in which a place in the file is. */
export function runAt(runs: readonly Run[], place: number): Run | null {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((runs[middle]?.from ?? Infinity) <= place) low = middle; else high = middle - 1;
  }
  const run = runs[low];
  return run && run.from <= place && place < run.to ? run : null;
}
