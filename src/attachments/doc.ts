/** Reads Word files of 1997 to 2003 and WPS files: their paragraphs, and their tables with merged cells. */
import { createRequire } from 'node:module';
import { DocParts, runAt } from './doc-parts.js';
import type { Property, Run } from './doc-parts.js';
import { rowEdges } from './doc-row.js';
import { DocumentHtml } from './document-html.js';
import { paragraphs } from './paragraphs.js';
import { UnreadableFile } from './unreadable-file.js';

/** The part of word-extractor that is used here; the package brings no types. */
type WordExtractor = new () => { extract(source: Buffer): Promise<{ getBody(options: { filterUnicode: boolean }): string }> };

const require = createRequire(import.meta.url);
const Extractor = require('word-extractor') as WordExtractor;

const [CELL_END, PARAGRAPH_END, PAGE_BREAK, LINE_BREAK] = ['\u0007', '\r', '\f', '\v'];
const [FIELD_BEGIN, FIELD_RESULT, FIELD_END] = ['\u0013', '\u0014', '\u0015'];

const IN_TABLE = 0x2416;
const ROW_END = 0x2417;
/** Settings of characters that are not to be seen: deleted while changes are recorded, or hidden. */
const UNSEEN: ReadonlySet<number> = new Set([0x0800, 0x083c]);

function isSet(properties: readonly Property[], number: number): boolean {
  return properties.some((property) => property.number === number && property.operand[0] === 1);
}

class DocReader {
  private readonly out = new DocumentHtml();
  private text = '';
  /** For each field that is open, whether its result has begun: what stands before is its instruction. */
  private readonly fields: boolean[] = [];
  private readonly paragraphs: readonly Run[];
  private readonly unseen: readonly Run[];
  private readonly parts: DocParts;

  constructor(parts: DocParts) {
    this.parts = parts;
    this.paragraphs = parts.paragraphRuns();
    this.unseen = parts.characterRuns().filter(({ properties }) => properties.some(({ number, operand }) => UNSEEN.has(number) && operand[0] === 1));
  }

  read(): string {
    for (const { text, at, bytesEach } of this.parts.pieces()) {
      for (let index = 0; index < text.length; index += 1) this.character(text[index] ?? '', at + index * bytesEach);
    }
    if (this.text.trim() !== '') this.out.paragraph(this.text);
    return this.out.html();
  }

  private character(character: string, place: number): void {
    if (character === FIELD_BEGIN) this.fields.push(false);
    else if (character === FIELD_RESULT) { if (this.fields.length > 0) this.fields[this.fields.length - 1] = true; } else if (character === FIELD_END) this.fields.pop();
    else if (character === CELL_END || character === PARAGRAPH_END || character === PAGE_BREAK) this.end(character, runAt(this.paragraphs, place)?.properties ?? []);
    else if (character === LINE_BREAK) this.text += ' ';
    else if (this.fields.includes(false) || (this.unseen.length > 0 && runAt(this.unseen, place) !== null)) return;
    else this.text += character === '\u001e' ? '-' : character;
  }

  private end(character: string, properties: readonly Property[]): void {
    const text = this.text;
    this.text = '';
    if (character === CELL_END && isSet(properties, ROW_END)) {
      if (text.trim() !== '') this.out.cell(text);
      this.out.row(rowEdges(properties));
    } else if (character === CELL_END) this.out.cell(text);
    else if (isSet(properties, IN_TABLE)) this.out.cellLine(text);
    else this.out.paragraph(text);
  }
}

/** The words alone, tables as lines with tabs: for files whose parts are not where they should be. */
async function wordsOf(payload: Uint8Array): Promise<string> {
  const document = await new Extractor().extract(Buffer.from(payload));
  return paragraphs(document.getBody({ filterUnicode: false }));
}

/** The document as HTML. Throws `UnreadableFile`. */
export async function readDoc(payload: Uint8Array): Promise<string> {
  try {
    const html = new DocReader(new DocParts(payload)).read();
    if (html !== '') return html;
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
  }
  const words = await wordsOf(payload).catch((error: unknown) => {
    throw new UnreadableFile('attachment-unreadable', `the Word file cannot be read (${(error as Error).message})`);
  });
  if (words === '') throw new UnreadableFile('attachment-unreadable', 'the Word file holds no words');
  return words;
}
