/** `nianbao portals`: list the portals of the seed lists, or check the lists and report every bad row. */
import type { ExitCode } from '../errors.js';
import { usageError } from '../errors.js';
import { safeForTerminal, safeLine } from '../log.js';
import { plainTable } from '../report/ledger-table.js';
import type { Seed } from '../record.js';
import { placeContains } from '../seeds/places.js';
import { readSeeds } from '../seeds/read.js';
import type { SeedProblem } from '../seeds/read.js';
import type { CommandContext } from './context.js';
import { placeCodes } from './places.js';

function rowOf(seed: Seed): string[] {
  const address = [seed.home ?? '', ...seed.columns].filter((part) => part !== '').join('\n');
  return [seed.code ?? '', seed.agency ?? '', seed.level ?? '', seed.enabled ? 'yes' : 'no', address].map(safeForTerminal);
}

async function list(context: CommandContext, places: readonly string[]): Promise<ExitCode> {
  const codes = placeCodes(places);
  const { seeds, problems } = await readSeeds([...context.config.seeds], context.divisions());
  const shown = codes.length === 0 ? seeds : seeds.filter((seed) => codes.some((code) => seed.code !== null && placeContains(code, seed.code)));
  if (context.json) context.print(`${JSON.stringify(shown)}\n`);
  else if (shown.length > 0) context.print(`${plainTable([['code', 'agency', 'level', 'enabled', 'addresses'], ...shown.map(rowOf)])}\n`);
  const errors = problems.filter((problem) => problem.kind === 'error').length;
  context.log.line(`${shown.length} portals${errors > 0 ? `; ${errors} bad rows are left out ("nianbao portals check" names them)` : ''}.`);
  return 0;
}

function problemLine(problem: SeedProblem): string {
  const value = problem.value === null || problem.value === '' ? '' : ` "${problem.value}"`;
  return `${problem.file}:${problem.line}: ${problem.kind}: ${problem.column}${value}: ${problem.reason}`;
}

async function check(context: CommandContext): Promise<ExitCode> {
  const { seeds, problems, files } = await readSeeds([...context.config.seeds], context.divisions(), { strict: true });
  const errors = problems.filter((problem) => problem.kind === 'error').length;
  if (context.json) context.print(`${JSON.stringify({ files, portals: seeds.length, errors, warnings: problems.length - errors, problems })}\n`);
  else for (const problem of problems) context.print(`${safeLine(problemLine(problem))}\n`);
  context.log.line(`${files.length} lists, ${seeds.length} good portals, ${errors} errors, ${problems.length - errors} warnings.`);
  return errors > 0 ? 2 : 0;
}

/** Runs `portals list [PLACE…]` or `portals check`. Exit 2 when a row is bad (check) or the words are wrong. */
export async function portalsCommand(context: CommandContext, words: readonly string[]): Promise<ExitCode> {
  const [verb, ...places] = words;
  if (verb === 'list') return list(context, places);
  if (verb === 'check') return check(context);
  throw usageError('portals-verb', `portals knows "list" and "check", not "${verb ?? ''}".`);
}
