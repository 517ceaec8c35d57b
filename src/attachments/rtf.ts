/**
 * Reads Rich Text Format: paragraphs, headings and tables with their spans.
 *
 * Our own, since no package offers cells with their spans (docs/decisions/0012-rtf-and-ofd.md).
 */
import type { Notice } from '../record.js';
import { DocumentHtml } from './document-html.js';
import type { CellEdges } from './document-html.js';
import { UNNAMED, charsetOfCodePage, charsetOfFont } from './rtf-charsets.js';
import { rtfTokens } from './rtf-tokens.js';
import { UnreadableFile } from './unreadable-file.js';
import { noticeOf } from './unreadable-notice.js';

/** Word nests some twenty groups; a file of nothing but opening braces would fill the memory. */
const DEEPEST_GROUP = 1000;

/** Groups whose words are not the document's. `listtext` is: it holds 一、 where the numbering is automatic. */
const NOT_TEXT: ReadonlySet<string> = new Set([
  'fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'shprslt', 'objdata', 'header', 'headerl', 'headerr', 'headerf', 'footer', 'footerl', 'footerr', 'footerf', 'footnote',
  'annotation', 'fldinst', 'nonshppict', 'listtable', 'listoverridetable', 'rsidtbl', 'generator', 'xmlnstbl', 'themedata', 'datastore', 'upr', 'nonesttables', 'bkmkstart', 'bkmkend', 'private', 'filetbl', 'revtbl',
]);
/** Groups marked `\*` (to be skipped by who does not know them) that carry the document's words. */
const STARRED_TEXT: ReadonlySet<string> = new Set(['ud', 'shptxt']);

/** Control words that stand for a character. */
const CHARACTERS: Readonly<Record<string, string>> = {
  'tab': '\t', 'line': '\v', 'lquote': '‘', 'rquote': '’', 'ldblquote': '“', 'rdblquote': '”', 'endash': '–', 'emdash': '—', 'bullet': '•',
  'emspace': '\u2003', 'enspace': '\u2002', '~': '\u00a0', '_': '-', 'nestcell': ' ',
};

interface Group {
  readonly isText: boolean;
  readonly isFontTable: boolean;
  readonly isHidden: boolean;
  readonly font: number;
  /** Characters that follow a `\u` for readers without Unicode. */
  readonly fallback: number;
  readonly isStarred: boolean;
}

const OUTERMOST: Group = { isText: true, isFontTable: false, isHidden: false, font: -1, fallback: 1, isStarred: false };

class RtfReader {
  private readonly out = new DocumentHtml();
  private readonly outer: Group[] = [];
  private group = OUTERMOST;
  private readonly fontCharsets = new Map<number, string>();
  private charset = UNNAMED;
  private fontOfTable = -1;
  private text = '';
  private bytes: number[] = [];
  private toSkip = 0;
  private isInTable = false;
  private level = 0;
  private edges: CellEdges[] = [];
  private rowLeft = 0;
  private pending = { vertical: 'alone' as CellEdges['vertical'], joined: false };

  read(payload: Uint8Array): { readonly html: string; readonly isWhole: boolean } {
    for (const token of rtfTokens(payload)) {
      if (token.kind === 'byte') this.byte(token.byte);
      else if (token.kind === 'word') this.word(token.word, token.value);
      else if (token.kind === 'open') this.open();
      else if (this.outer.length > 0) this.close();
    }
    const isWhole = this.outer.length === 0;
    this.flush();
    if (this.text.trim() !== '') this.paragraphEnd();
    return { html: this.out.html(), isWhole };
  }

  private open(): void {
    this.flush();
    if (this.outer.length >= DEEPEST_GROUP) throw new UnreadableFile('attachment-unreadable', `the RTF file nests more than ${DEEPEST_GROUP} groups`);
    this.toSkip = 0;
    this.outer.push(this.group);
    this.group = { ...this.group, isStarred: false };
  }

  private close(): void {
    this.flush();
    this.toSkip = 0;
    this.group = this.outer.pop() ?? OUTERMOST;
  }

  private byte(byte: number): void {
    if (this.toSkip > 0) { this.toSkip -= 1; return; }
    if (this.group.isText && !this.group.isHidden) this.bytes.push(byte);
  }

  /** The bytes so far as characters. Together, since the second byte of a hanzi may be written as an ASCII letter. */
  private flush(): void {
    if (this.bytes.length === 0) return;
    const charset = this.fontCharsets.get(this.group.font) ?? this.charset;
    this.text += new TextDecoder(charset).decode(Uint8Array.from(this.bytes));
    this.bytes = [];
  }

  private word(word: string, value: number | null): void {
    if (word === 'u') { this.unicode(value ?? 0); return; }
    if (this.toSkip > 0 && word in CHARACTERS) { this.toSkip -= 1; return; }
    // Writers forget the fallback; a paragraph's end is none.
    this.toSkip = 0;
    this.flush();
    if (this.group.isFontTable) { this.fontTable(word, value); return; }
    if (word === '*') this.group = { ...this.group, isStarred: true };
    else if (NOT_TEXT.has(word)) this.group = { ...this.group, isText: false, isFontTable: word === 'fonttbl', isStarred: false };
    else if (STARRED_TEXT.has(word)) this.group = { ...this.group, isText: true, isStarred: false };
    else if (this.group.isStarred) this.group = { ...this.group, isText: false, isStarred: false };
    else this.setting(word, value);
  }

  private unicode(value: number): void {
    this.flush();
    if (this.group.isText && !this.group.isHidden) this.text += String.fromCharCode(value & 0xffff);
    this.toSkip = this.group.fallback;
  }

  private fontTable(word: string, value: number | null): void {
    const charset = word === 'fcharset' ? charsetOfFont(value ?? 0) : null;
    if (word === 'f') this.fontOfTable = value ?? -1;
    else if (charset !== null) this.fontCharsets.set(this.fontOfTable, charset);
  }

  private setting(word: string, value: number | null): void {
    if (word === 'ansicpg') this.charset = charsetOfCodePage(value ?? 0);
    else if (word === 'f') this.group = { ...this.group, font: value ?? -1 };
    else if (word === 'plain') this.group = { ...this.group, font: -1, isHidden: false };
    else if (word === 'uc') this.group = { ...this.group, fallback: Math.max(0, value ?? 1) };
    else if (word === 'v' || word === 'deleted') this.group = { ...this.group, isHidden: value !== 0 };
    else if (this.group.isText) this.layout(word, value);
  }

  private layout(word: string, value: number | null): void {
    const character = CHARACTERS[word];
    if (character !== undefined) this.text += character;
    else if (word === 'par' || word === 'sect' || word === 'page') this.paragraphEnd();
    else if (word === 'pard') { this.isInTable = false; this.level = 0; }
    else if (word === 'outlinelevel') this.level = (value ?? 0) + 1;
    else if (word === 'intbl') this.isInTable = true;
    else if (word === 'cell') { this.out.cell(this.text); this.text = ''; }
    else if (word === 'row') this.rowEnd();
    else this.rowShape(word, value);
  }

  private rowShape(word: string, value: number | null): void {
    if (word === 'trowd') { this.edges = []; this.rowLeft = 0; this.pending = { vertical: 'alone', joined: false }; }
    else if (word === 'trleft') this.rowLeft = value ?? 0;
    else if (word === 'clvmgf') this.pending.vertical = 'start';
    else if (word === 'clvmrg') this.pending.vertical = 'continued';
    else if (word === 'clmrg') this.pending.joined = true;
    else if (word === 'cellx') {
      this.edges.push({ left: this.edges.at(-1)?.right ?? Math.min(this.rowLeft, value ?? 0), right: value ?? 0, ...this.pending });
      this.pending = { vertical: 'alone', joined: false };
    }
  }

  private rowEnd(): void {
    if (this.text.trim() !== '') this.out.cell(this.text);
    this.text = '';
    this.out.row(this.edges);
  }

  private paragraphEnd(): void {
    if (this.isInTable || this.out.isInRow) this.out.cellLine(this.text);
    else this.out.paragraph(this.text, this.level);
    this.text = '';
  }
}

/** The document as HTML. A file that ends too early gives what it holds and a notice; never throws on a bad file. */
export function readRtf(payload: Uint8Array): { readonly html: string; readonly notices: readonly Notice[] } {
  try {
    if (!/^\s*\{\\rtf/u.test(String.fromCharCode(...payload.subarray(0, 64)))) throw new UnreadableFile('attachment-unreadable', 'this is no RTF file');
    const { html, isWhole } = new RtfReader().read(payload);
    if (html === '') throw new UnreadableFile('attachment-unreadable', 'the RTF file holds no words');
    return { html, notices: isWhole ? [] : [{ code: 'attachment-cut', room: 'attachments', message: 'the RTF file ends before its end; what is there is read' }] };
  } catch (error) {
    return { html: '', notices: [noticeOf(error)] };
  }
}
