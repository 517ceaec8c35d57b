/** `nianbao portals probe [PLACE…]`: asks each portal a few pages and says what works; nothing goes into the archive. */
import type { ExitCode } from '../errors.js';
import { usageError } from '../errors.js';
import { hostKey } from '../frontier/url-key.js';
import { safeForTerminal } from '../log.js';
import type { Seed } from '../record.js';
import { counted } from '../report/counted.js';
import { plainTable } from '../report/ledger-table.js';
import { scout } from '../scout/scout.js';
import type { Scouted, ScoutWorld } from '../scout/scout.js';
import { withSession } from '../scout/session.js';
import { placeContains } from '../seeds/places.js';
import { readSeeds } from '../seeds/read.js';
import type { CommandContext } from './context.js';
import { placeCodes } from './places.js';

/** Requests at most for one portal, robots.txt included: a home page, a section, a column, and one to spare. */
const REQUESTS = 5;

/** What a portal answered. */
export interface ProbeLine {
  readonly portalId: string;
  readonly code: string | null;
  readonly agency: string | null;
  readonly address: string;
  readonly source: string;
  /** `found` or why not. */
  readonly outcome: string;
  readonly detail: string | null;
  /** Whether any page came. */
  readonly reachable: boolean;
  readonly robots: string | null;
  readonly family: string | null;
  readonly column: string | null;
  readonly rows: number | null;
  readonly reportRows: number | null;
  readonly newestYear: number | null;
  readonly requests: number;
}

function lineOf(seed: Seed, address: string, scouted: Scouted): ProbeLine {
  const years = scouted.reports.flatMap(({ year }) => year ?? []);
  return {
    portalId: seed.portalId, code: seed.code, agency: seed.agency, address, source: `${seed.source.file}:${seed.source.line}`, outcome: scouted.outcome, detail: scouted.detail,
    reachable: scouted.steps.some(({ reason }) => reason === 'ok' || reason === 'redirected'), robots: scouted.robots, family: scouted.family, column: scouted.column, rows: scouted.rows,
    reportRows: scouted.reportRows, newestYear: years.length === 0 ? null : Math.max(...years), requests: scouted.requests,
  };
}

async function probeOne(context: CommandContext, world: ScoutWorld, seed: Seed): Promise<ProbeLine> {
  const address = seed.columns[0] ?? seed.home ?? '';
  const order = { seed, address, kind: seed.columns.length > 0 ? 'column' as const : 'home' as const, requests: REQUESTS, whole: false };
  const line = lineOf(seed, address, await scout(world, order));
  context.log.detail(`${line.outcome}  ${line.agency ?? line.portalId}  ${line.address}`);
  return line;
}

/** Portals of one host in a row, hosts beside each other, as many at once as a harvest would ask. */
async function probeAll(context: CommandContext, world: ScoutWorld, seeds: readonly Seed[]): Promise<ProbeLine[]> {
  const byHost = new Map<string, Seed[]>();
  for (const seed of seeds) {
    const key = hostKey(seed.columns[0] ?? seed.home ?? '');
    byHost.set(key, [...(byHost.get(key) ?? []), seed]);
  }
  const waiting = [...byHost.values()];
  const lines = new Map<Seed, ProbeLine>();
  const one = async (): Promise<void> => {
    for (let group = waiting.shift(); group && !context.signal.aborted; group = waiting.shift()) for (const seed of group) lines.set(seed, await probeOne(context, world, seed));
  };
  await Promise.all(Array.from({ length: Math.min(world.config.politeness.maxHosts, waiting.length) }, one));
  return seeds.flatMap((seed) => lines.get(seed) ?? []);
}

function row(line: ProbeLine): string[] {
  const works = line.outcome === 'found';
  const list = line.reportRows === null ? '' : `${line.reportRows} of ${line.rows ?? '?'}`;
  return [line.code ?? '', line.agency ?? line.portalId, works ? 'works' : line.outcome, line.reachable ? 'yes' : 'no', line.family ?? '', list, `${line.newestYear ?? ''}`, `${line.requests}`, line.column ?? line.address].map(safeForTerminal);
}

function tell(context: CommandContext, lines: readonly ProbeLine[], failed: readonly ProbeLine[]): void {
  context.print(`${plainTable([['code', 'agency', 'state', 'reached', 'family', 'reports of rows', 'newest', 'asked', 'address'], ...lines.map(row)])}\n`);
  for (const line of failed) context.log.warn(`${line.agency ?? line.portalId}: ${line.outcome}${line.detail === null ? '' : `: ${line.detail}`} (${line.source})`);
  context.log.line(`${counted(lines.length, 'portal')} probed: ${lines.length - failed.length} ${lines.length - failed.length === 1 ? 'works' : 'work'}, ${failed.length} ${failed.length === 1 ? 'does' : 'do'} not.`);
}

/** Runs `portals probe`. Exit 0 when every portal shows a list with reports, 3 when some do not, 130 when stopped. */
export async function probePortals(context: CommandContext, places: readonly string[]): Promise<ExitCode> {
  const codes = placeCodes(places);
  const divisions = context.divisions();
  const { seeds } = await readSeeds([...context.config.seeds], divisions);
  const chosen = seeds.filter((seed) => seed.enabled && (codes.length === 0 || codes.some((code) => seed.code !== null && placeContains(code, seed.code))));
  if (chosen.length === 0) throw usageError('no-portal-there', `No enabled portal ${places.length > 0 ? `lies in ${places.join(', ')}` : `was found in ${context.config.seeds.join(', ')}`}. "nianbao portals list" shows ${seeds.length === 1 ? 'the one that is' : `the ${seeds.length} that are`} known.`);
  const lines = await withSession({ ...context, divisions }, (world) => probeAll(context, world, chosen));
  const failed = lines.filter(({ outcome }) => outcome !== 'found');
  if (context.json) context.print(`${JSON.stringify({ portals: lines, works: lines.length - failed.length, fails: failed.length })}\n`);
  else tell(context, lines, failed);
  if (context.signal.aborted) return 130;
  return failed.length > 0 ? 3 : 0;
}
