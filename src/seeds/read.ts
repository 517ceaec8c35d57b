/** Reads the seed lists and says exactly what is wrong with them. */
import type { Divisions, Seed } from '../record.js';
import { checkRow } from './check-row.js';
import { readRows } from './csv-rows.js';
import { loadDivisions } from './divisions.js';
import type { SeedProblem } from './problem.js';
import { expandSeedFiles, readSeedText } from './seed-files.js';

export type { SeedProblem } from './problem.js';
export { countBadRows, problemInWords } from './problem.js';

export interface SeedList {
  /** The good rows, in the order of the files and lines. */
  readonly seeds: readonly Seed[];
  readonly problems: readonly SeedProblem[];
  /** The files read, patterns expanded. */
  readonly files: readonly string[];
}

/** Addresses that differ only in scheme or a last slash are one. */
function addressKey(address: string): string {
  const { host, pathname, search, hash } = new URL(address);
  return host + pathname.replace(/\/$/u, '') + search + hash;
}

/** What makes two rows the same portal: the agency and one address in common. */
function portalKeys(seed: Seed): string[] {
  const addresses = seed.columns.length > 0 ? seed.columns : [seed.home ?? ''];
  return addresses.map((address) => `${seed.code ?? ''}|${seed.agency ?? ''}|${addressKey(address)}`);
}

/** Seeds that no earlier row has, and an error for each later one. */
function withoutDuplicates(seeds: readonly Seed[]): { seeds: Seed[]; problems: SeedProblem[] } {
  const firsts = new Map<string, Seed>();
  const kept: Seed[] = [];
  const problems: SeedProblem[] = [];
  for (const seed of seeds) {
    const keys = portalKeys(seed);
    const known = keys.find((key) => firsts.has(key));
    const first = known === undefined ? undefined : firsts.get(known);
    if (first) {
      problems.push({
        ...seed.source, column: seed.columns.length > 0 ? 'columns' : 'home', value: seed.columns[0] ?? seed.home, kind: 'error',
        reason: `${seed.agency ?? seed.code ?? ''} is listed with this address already, in ${first.source.file} line ${first.source.line}`,
      });
    } else {
      kept.push(seed);
      for (const key of keys) firsts.set(key, seed);
    }
  }
  return { seeds: kept, problems };
}

function inOrderOfLines(problems: readonly SeedProblem[], files: readonly string[]): SeedProblem[] {
  return [...problems].sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line);
}

/** Warnings for rows out of order (code, then agency): sorted lists are easier to compare. */
function checkOrder(seeds: readonly Seed[]): SeedProblem[] {
  const key = (seed: Seed): string => `${seed.code ?? ''}|${seed.agency ?? ''}`;
  return seeds.flatMap((seed, at) => {
    const previous = seeds[at - 1];
    if (!previous || previous.source.file !== seed.source.file || key(previous) <= key(seed)) return [];
    return [{ ...seed.source, column: 'code', value: seed.code, kind: 'warning', reason: `out of order: expected before line ${previous.source.line} (lists are sorted by code, then agency)` }];
  });
}

/** What else is wanted of the reading. */
export interface ReadingOptions {
  /** Also warn of rows that are out of order. */
  readonly strict?: boolean;
}

/** Seeds and problems of lists already read as text; `readSeeds` without the disk. */
export function readSeedTexts(texts: readonly { readonly file: string; readonly text: string }[], divisions: Divisions = loadDivisions(), options: ReadingOptions = {}): SeedList {
  const files = texts.map(({ file }) => file);
  const lists = texts.map(({ file, text }) => readRows(file, text));
  const checked = lists.flatMap(({ rows }) => rows.map((row) => checkRow(row, divisions)));
  const good = checked.flatMap(({ seed }) => (seed ? [seed] : []));
  const unique = withoutDuplicates(good);
  const problems = [...lists.flatMap((list) => list.problems), ...checked.flatMap((row) => row.problems), ...unique.problems, ...(options.strict ? checkOrder(good) : [])];
  return { seeds: unique.seeds, problems: inOrderOfLines(problems, files), files };
}

/**
 * Reads all lists; `*` may stand in the last part of a path. A bad row is a problem and costs no other row; a file that is
 * missing or unreadable throws `seeds-missing` (exit 2).
 */
export async function readSeeds(patterns: readonly string[], divisions: Divisions = loadDivisions(), options: ReadingOptions = {}): Promise<SeedList> {
  const files = await expandSeedFiles(patterns);
  return readSeedTexts(await Promise.all(files.map(async (file) => ({ file, text: await readSeedText(file) }))), divisions, options);
}
