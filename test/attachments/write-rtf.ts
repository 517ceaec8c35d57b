/** Writes a report as RTF: by Unicode escapes as Word does, or by bytes of GBK as older Chinese writers do. */
import iconv from 'iconv-lite';
import type { Block, ReportDocument, TableRow } from '../farm/document.js';
import type { WordCell } from './word-rows.js';
import { wordRows } from './word-rows.js';

export type RtfSpelling = 'unicode' | 'gbk';
const COLUMN = 900;

function hex(byte: number): string {
  return `\\'${byte.toString(16).padStart(2, '0')}`;
}

/** ASCII second bytes of a hanzi stand as letters, as WordPad writes them. */
function gbkBytes(text: string): string {
  return [...iconv.encode(text, 'gbk')].map((byte) => ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x20 ? String.fromCharCode(byte) : hex(byte))).join('');
}

export function rtfText(text: string, spelling: RtfSpelling): string {
  if (spelling === 'gbk') return gbkBytes(text);
  return [...text].map((character) => (/[ -~]/u.test(character) ? character.replace(/[\\{}]/u, '\\$&')
    : character.split('').map((unit) => `\\u${unit.charCodeAt(0) > 0x7fff ? unit.charCodeAt(0) - 0x10000 : unit.charCodeAt(0)}?`).join(''))).join('');
}

function rowShape(cells: readonly WordCell[], wobble: number): string {
  const flags = { alone: '', start: '\\clvmgf', continued: '\\clvmrg' };
  return `\\trowd\\trgaph108\\trleft-108${cells.map(({ right, vertical }) => `${flags[vertical]}\\clbrdrt\\brdrs\\cellx${right * COLUMN - 108 + wobble}`).join('')}`;
}

function row(cells: readonly WordCell[], at: number, spelling: RtfSpelling): string {
  const shape = rowShape(cells, at % 3 * 7);
  const words = cells.map(({ text, breakAt }) => {
    const lines = breakAt === undefined ? [text] : [text.slice(0, breakAt), text.slice(breakAt)];
    return `{${lines.map((line) => rtfText(line, spelling)).join('\\par ')}}\\cell `;
  });
  return `${shape}\\pard\\plain\\intbl ${words.join('')}\\pard\\plain\\intbl {${shape}\\row }\n`;
}

function table(rows: readonly TableRow[], spelling: RtfSpelling): string {
  return wordRows(rows).map((cells, at) => row(cells, at, spelling)).join('');
}

function block(one: Block, spelling: RtfSpelling): string {
  if (one.kind === 'table') return table(one.rows, spelling);
  const outline = one.kind === 'heading' ? `\\outlinelevel${one.level - 1}` : '';
  return `\\pard\\plain${outline}\\f1 {${rtfText(one.text, spelling)}}\\par\n`;
}

export function rtfOf(document: ReportDocument, spelling: RtfSpelling): Buffer {
  const head = `{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Times New Roman;}{\\f1\\fnil\\fcharset134 ${gbkBytes('宋体')};}}{\\stylesheet{\\s1 ${gbkBytes('标题')} 1;}}`
    + `{\\info{\\title ${gbkBytes('无关的标题')}}}{\\*\\generator Msftedit 5.41;}{\\header\\pard ${gbkBytes('页眉')}\\par}\n`;
  return Buffer.from(`${head}\\pard\\qc{${rtfText(document.title, spelling)}}\\par\n${document.blocks.map((one) => block(one, spelling)).join('')}}`, 'latin1');
}
