/** Finds the seed lists and turns their bytes into text, whatever a spreadsheet saved them as. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { faultInWords, usageError } from '../errors.js';

async function filesMatching(pattern: string): Promise<string[]> {
  const folder = path.dirname(pattern);
  const parts = path.basename(pattern).split('*');
  const fits = (name: string): boolean => {
    const first = parts[0] ?? '';
    const last = parts.at(-1) ?? '';
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
    let from = first.length;
    return parts.slice(1, -1).every((part) => {
      const at = name.indexOf(part, from);
      from = at + part.length;
      return at >= 0 && from <= name.length - last.length;
    });
  };
  const names = await readdir(folder).catch((fault: unknown) => {
    throw usageError('seeds-missing', `The folder of the seed lists ${pattern} cannot be read: ${faultInWords(fault)}.`, fault);
  });
  const found = names.filter((name) => fits(name) && !name.startsWith('.')).sort().map((name) => path.join(folder, name));
  if (found.length === 0) throw usageError('seeds-missing', `No seed list matches ${pattern}.`);
  return found;
}

/** The files that the patterns stand for, `*` in the last part only, sorted within a pattern, each once. Throws `seeds-missing`. */
export async function expandSeedFiles(patterns: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(patterns.map((pattern) => (path.basename(pattern).includes('*') ? filesMatching(pattern) : Promise.resolve([pattern]))));
  return [...new Set(lists.flat())];
}

/** How a list was saved: UTF-8, UTF-16 with BOM (Excel's "Unicode text") or GBK. Valid UTF-8 is never GBK by chance in a list of any length. */
export type SeedCharset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** The charset in which a list was saved. */
export function charsetOfSeeds(bytes: Uint8Array): SeedCharset {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

/** Text of a list, however it was saved. */
export function decodeSeedText(bytes: Uint8Array): string {
  return new TextDecoder(charsetOfSeeds(bytes)).decode(bytes);
}

/** Reads one list. Throws `seeds-missing` (exit 2) with the file and the reason. */
export async function readSeedText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((fault: unknown) => {
    throw usageError('seeds-missing', `The seed list ${file} cannot be read: ${faultInWords(fault)}.`, fault);
  });
  return decodeSeedText(bytes);
}
