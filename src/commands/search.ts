/** `nianbao search`: ranked hits with the passages that match. */
import { usageError } from '../errors.js';
import type { ExitCode } from '../errors.js';
import { safeLine } from '../log.js';
import { openReader } from '../store/open.js';
import { matchExpression } from '../store/search-words.js';
import { searchArchive } from '../store/search.js';
import type { SearchHit } from '../store/search.js';
import { markSnippet } from '../store/snippet.js';
import type { CommandContext } from './context.js';
import { coloursFor } from './paint.js';
import { placeCodes } from './places.js';

export interface SearchCommandOptions {
  readonly query: string;
  readonly place?: string;
  /** As typed. */
  readonly year?: string | undefined;
  /** Hits shown, as typed; 20 when not given. */
  readonly limit?: string | undefined;
}

function printHit(context: CommandContext, hit: SearchHit): void {
  const colours = coloursFor(context);
  const facts = [hit.agency ?? 'agency unknown', hit.year ?? 'year unknown', hit.grade ?? 'not graded', hit.publishedOn ?? '', hit.removedAt === null ? '' : `gone from this address since ${hit.removedAt.slice(0, 10)}`].filter((fact) => fact !== '').join(' · ');
  const [open, close] = colours.isColorSupported ? ['\u0001', '\u0002'] : ['«', '»'];
  const passage = markSnippet({ ...hit.snippet, text: hit.snippet.text.replace(/[\u0001\u0002]/gu, ' ') }, open, close);
  const painted = passage.split(/(\u0001[^\u0002]*\u0002)/u)
    .map((part) => (part.startsWith('\u0001') ? colours.bold(colours.yellow(safeLine(part.slice(1, -1)))) : safeLine(part))).join('');
  context.print([
    colours.bold(safeLine(hit.title ?? hit.url)), `  ${safeLine(facts)}`, `  ${hit.reportId}  ${safeLine(hit.url)}`, `  ${painted}`, '', '',
  ].join('\n'));
}

function checkedNumber(word: string | undefined, flag: string, range: readonly [number, number]): number | null {
  if (word === undefined) return null;
  const value = /^\d{1,5}$/u.test(word) ? Number(word) : NaN;
  if (value >= range[0] && value <= range[1]) return value;
  throw usageError('search-number', `${flag} takes a whole number from ${range[0]} to ${range[1]}, not "${word}".`);
}

/** Searches the archive. Finding nothing is no failure. Errors: `search-empty`, places, no archive. */
export async function searchCommand(context: CommandContext, options: SearchCommandOptions): Promise<ExitCode> {
  if (matchExpression(options.query) === null) throw usageError('search-empty', `"${options.query}" holds no word to look for.`);
  const places = placeCodes(options.place === undefined ? [] : [options.place]);
  const year = checkedNumber(options.year, '--year', [1900, 2999]);
  const limit = checkedNumber(options.limit, '--limit', [1, 10_000]) ?? 20;
  const database = openReader(context.config.storage);
  try {
    const hits = searchArchive(database, options.query, { places, year, limit });
    if (context.json) {
      context.print(`${JSON.stringify({ query: options.query, hits: hits.map((hit) => ({ ...hit, snippet: markSnippet(hit.snippet, '«', '»') })) })}\n`);
      return 0;
    }
    for (const hit of hits) printHit(context, hit);
    if (hits.length === 0) context.log.line(`Nothing holds ${options.query}.`);
    return 0;
  } finally {
    database.close();
  }
}
