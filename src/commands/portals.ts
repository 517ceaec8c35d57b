/** `nianbao portals`: list the portals of the seed lists, check the lists and report every bad row, propose a new row, or see which portals work. */
import type { ExitCode } from '../errors.js';
import { usageError } from '../errors.js';
import { safeForTerminal, safeLine } from '../log.js';
import { counted } from '../report/counted.js';
import { plainTable } from '../report/ledger-table.js';
import type { Seed } from '../record.js';
import { placeContains } from '../seeds/places.js';
import { countBadRows, problemInWords, readSeeds } from '../seeds/read.js';
import type { SeedProblem } from '../seeds/read.js';
import type { CommandContext } from './context.js';
import { placeCodes } from './places.js';
import { addPortal } from './portals-add.js';
import { probePortals } from './portals-probe.js';
import { printTotals } from './result.js';

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
  const bad = countBadRows(problems);
  context.log.line(`${counted(shown.length, 'portal')}${bad > 0 ? `; ${counted(bad, 'bad row is', 'bad rows are')} left out ("nianbao portals check" names what is wrong)` : ''}.`);
  return 0;
}

function problemLine(problem: SeedProblem): string {
  return `${problem.file}:${problem.line}: ${problem.kind}: ${problemInWords(problem)}`;
}

async function check(context: CommandContext): Promise<ExitCode> {
  const { seeds, problems, files } = await readSeeds([...context.config.seeds], context.divisions(), { strict: true });
  const errors = problems.filter((problem) => problem.kind === 'error').length;
  if (context.json) context.print(`${JSON.stringify({ files, portals: seeds.length, errors, warnings: problems.length - errors, problems })}\n`);
  else for (const problem of problems) context.print(`${safeLine(problemLine(problem))}\n`);
  printTotals(context, [`${counted(files.length, 'list')}, ${counted(seeds.length, 'good portal')}, ${counted(errors, 'error')}${errors === 0 ? '' : ` in ${counted(countBadRows(problems), 'row')}`}, ${counted(problems.length - errors, 'warning')}.`]);
  return errors > 0 ? 2 : 0;
}

/** Options of `portals add`. */
export interface PortalsOptions {
  readonly to?: string | undefined;
  readonly agency?: string | undefined;
}

function add(context: CommandContext, addresses: readonly string[], options: PortalsOptions): Promise<ExitCode> {
  const [url, ...more] = addresses;
  if (url === undefined || more.length > 0) throw usageError('portals-add', 'portals add takes one address, such as: nianbao portals add http://gaj.example.gov.cn/zwgk/zfxxgknb/');
  return addPortal(context, { url, to: options.to ?? null, agency: options.agency ?? null });
}

/** Runs `portals list [PLACE…]`, `portals check`, `portals add URL` or `portals probe [PLACE…]`. Exit 2 when a row is bad (check) or the words are wrong, 3 when a portal does not work. */
export async function portalsCommand(context: CommandContext, words: readonly string[], options: PortalsOptions = {}): Promise<ExitCode> {
  const [verb, ...rest] = words;
  if (verb !== 'add' && (options.to !== undefined || options.agency !== undefined)) throw usageError('portals-options', '--to and --agency belong to "portals add".');
  if (verb === 'list') return list(context, rest);
  if (verb === 'check' && rest.length > 0) throw usageError('portals-check', 'portals check reads whole lists, for a bad row may name no place; name a list with --seeds FILE instead.');
  if (verb === 'check') return check(context);
  if (verb === 'add') return add(context, rest, options);
  if (verb === 'probe') return probePortals(context, rest);
  throw usageError('portals-verb', `portals knows "list", "check", "add" and "probe", not "${verb ?? ''}".`);
}
