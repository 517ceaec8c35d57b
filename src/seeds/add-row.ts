/** Writes a new row into a seed list, in the list's own columns, delimiter, charset, line ends and order; every other byte stays as it is. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { faultInWords, NianbaoError, usageError } from '../errors.js';
import { gbBytesOf } from '../han/gb-bytes.js';
import { readLayout } from './csv-rows.js';
import type { Layout } from './csv-rows.js';
import { SEED_COLUMNS } from './seed-columns.js';
import type { SeedColumn } from './seed-columns.js';
import { charsetOfSeeds, decodeSeedText } from './seed-files.js';
import type { SeedCharset } from './seed-files.js';

/** The cells of a row; what is left out is empty. */
export type SeedCells = Readonly<Partial<Record<SeedColumn, string>>>;

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replace(/"/gu, '""')}"` : cell;
}

/** A row as a line of a list with these columns, without line end. */
export function seedLine(cells: SeedCells, header: readonly (SeedColumn | null)[] = SEED_COLUMNS, delimiter = ','): string {
  return header.map((column) => quoted(column === null ? '' : cells[column] ?? '', delimiter)).join(delimiter);
}

/** Lists are sorted by code, then agency. */
function keyOf(cell: (column: SeedColumn) => string): string {
  return `${cell('code')}|${cell('agency')}`;
}

/** The line before which the row belongs; null: at the end, also where the list is in no order. */
function lineAfter({ header, lines }: Layout, cells: SeedCells): number | null {
  const rows = lines.slice(1).map(({ line, cells: written }) => ({ line, key: keyOf((column) => written[header.indexOf(column)] ?? '') }));
  const inOrder = rows.every(({ key }, at) => at === 0 || (rows[at - 1]?.key ?? '') <= key);
  const own = keyOf((column) => cells[column] ?? '');
  return inOrder ? rows.find(({ key }) => key > own)?.line ?? null : null;
}

function encode(text: string, charset: SeedCharset, file: string): Uint8Array {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  if (charset !== 'gb18030') return charset === 'utf-16le' ? Buffer.from(text, 'utf16le') : Buffer.from(text, 'utf16le').swap16();
  const bytes = gbBytesOf(text);
  if (!bytes) throw usageError('seeds-charset', `${file} is saved as GBK, which lacks a character of the new row; save the list as UTF-8 and try again. Nothing was written.`);
  return bytes;
}

/** Where line `number` begins. Line ends are never part of another character in these charsets. */
function offsetOfLine(bytes: Uint8Array, number: number, charset: SeedCharset): number {
  const width = charset.startsWith('utf-16') ? 2 : 1;
  const at = (index: number): number => (width === 1 ? bytes[index] ?? 0 : charset === 'utf-16le' ? (bytes[index] ?? 0) | ((bytes[index + 1] ?? 0) << 8) : ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0));
  let line = 1;
  for (let index = 0; index + width <= bytes.length; index += width) {
    if (line === number) return index;
    // A carriage return alone ends a line too, as old spreadsheets write it.
    if (at(index) === 0x0a || (at(index) === 0x0d && at(index + width) !== 0x0a)) line += 1;
  }
  return bytes.length;
}

function lineEndOf(text: string): string {
  if (text.includes('\r\n')) return '\r\n';
  return text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
}

async function bytesOf(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw usageError('seeds-missing', `The seed list ${file} cannot be read: ${faultInWords(error)}.`, error);
  }
}

async function replace(file: string, bytes: Uint8Array): Promise<void> {
  const beside = `${file}.new-${process.pid}`;
  try {
    await writeFile(beside, bytes, { flag: 'wx' });
    await rename(beside, file);
  } catch (error) {
    throw new NianbaoError('seeds-not-written', `The row could not be written to ${file}: ${faultInWords(error)}. The list is as it was.`, 1, error);
  }
}

/**
 * Adds the row to `file` (a new list when there is none) and returns the number of its line. The file is replaced as a whole or
 * not at all. Throws when the list names no column for the row's address, or its charset lacks a character.
 */
export async function addSeedRow(file: string, cells: SeedCells): Promise<number> {
  const bytes = await bytesOf(file);
  if (bytes === null || bytes.length === 0) {
    await replace(file, Buffer.from(`${SEED_COLUMNS.join(',')}\n${seedLine(cells)}\n`));
    return 2;
  }
  const [text, charset] = [decodeSeedText(bytes), charsetOfSeeds(bytes)];
  const layout = readLayout(file, text);
  const lacking = (['columns', 'home'] as const).find((column) => (cells[column] ?? '') !== '' && !layout.header.includes(column) && (column === 'columns' || !layout.header.includes('columns')));
  if (lacking) throw usageError('seeds-header', `${file} has no column "${lacking}" for the address (its first line is "${layout.firstLine.slice(0, 80)}"). Nothing was written.`);
  const [before, end] = [lineAfter(layout, cells), lineEndOf(text)];
  const offset = before === null ? bytes.length : offsetOfLine(bytes, before, charset);
  const opening = before === null && !/[\r\n]$/u.test(text) ? end : '';
  const written = encode(`${opening}${seedLine(cells, layout.header, layout.delimiter)}${end}`, charset, file);
  await replace(file, Buffer.concat([bytes.subarray(0, offset), written, bytes.subarray(offset)]));
  return before ?? text.replace(/\r\n?/gu, '\n').replace(/\n$/u, '').split('\n').length + 1;
}
