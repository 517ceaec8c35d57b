/** `nianbao demo`: harvests the bundled portal farm on loopback, checks what came out against the farm's own truth, and says how to look. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveConfig } from '../config.js';
import type { Config } from '../config.js';
import { NianbaoError } from '../errors.js';
import type { ExitCode } from '../errors.js';
import { openReader } from '../store/open.js';
import { counted } from '../report/counted.js';
import { heldUrls, namedOutcomes } from '../store/outcomes.js';
import { startFarm } from '../../test/farm/farm.js';
import type { Farm } from '../../test/farm/farm.js';
import { accountFor } from '../../test/farm/account.js';
import type { Account } from '../../test/farm/account.js';
import type { CommandContext } from './context.js';
import { exportCommand } from './export.js';
import { harvestCommand } from './harvest.js';
import { statusCommand } from './status.js';

/** What the demo remembers between two runs: the farm's address must stay the same, and the second run is the next night. */
interface DemoState {
  readonly port: number;
  readonly nights: number;
}

function readState(file: string): DemoState {
  if (!existsSync(file)) return { port: 0, nights: 0 };
  return JSON.parse(readFileSync(file, 'utf8')) as DemoState;
}

async function openFarm(state: DemoState): Promise<Farm> {
  try {
    return await startFarm({ port: state.port, season: state.nights === 0 ? 1 : 2, large: true });
  } catch (error) {
    throw new NianbaoError('demo-port', `The demo's portals stood on port ${state.port} last time, and it is taken now (${(error as Error).message}). Free it, or remove storage/demo to begin anew.`, 1, error);
  }
}

/** Short pauses, because the portals are our own: everything else is as in a real harvest. */
function demoConfig(storage: string, seedsFile: string): Config {
  return resolveConfig({
    storage, seeds: [seedsFile], userAgent: 'nianbao-demo/1.0 (+https://example.org/about-our-crawl; crawl@example.org)',
    politeness: { delaySeconds: 0.05 }, retry: { firstSeconds: 0.3, maxSeconds: 2 }, revisit: { firstHours: 0 }, network: { allowPrivateAddresses: true },
  }, {}, {});
}

/** Reports that share a reason, in one line. */
function namedLines(account: Account): string[] {
  const reasons = new Map<string, number>();
  for (const { report, reason } of account.named) reasons.set(`${reason}  ${report.agency}`, (reasons.get(`${reason}  ${report.agency}`) ?? 0) + 1);
  return [...reasons].map(([reason, count]) => `  ${reason}: ${counted(count, 'report')}`);
}

/** Compares the archive with what the farm says it published. Returns the lines to show and whether all is well. */
function compare(farm: Farm, storage: string): { lines: string[]; complete: boolean } {
  const database = openReader(storage);
  try {
    const account = accountFor(farm, { held: heldUrls(database), named: namedOutcomes(database) });
    const unnamed = account.refusals.filter(({ reason }) => reason === null).length;
    return {
      complete: account.lost.length === 0 && unnamed === 0,
      lines: [
        `The farm published ${farm.reports.length} reports in ${farm.portals.length} portals: ${account.held.length} are held, ${account.named.length} are named with the reason why not, ${account.lost.length} are missing.`,
        ...namedLines(account), ...account.lost.map((report) => `  missing: ${report.agency} ${report.year} ${report.url}`),
        `It withholds ${account.refusals.length} more pages on purpose; the archive names the reason of ${account.refusals.length - unnamed}:`,
        ...account.refusals.map(({ url, reason }) => `  ${reason ?? 'NOT NAMED'}  ${url}`),
      ],
    };
  } finally {
    database.close();
  }
}

function farewell(context: CommandContext, storage: string): void {
  for (const line of [
    '', 'Look around:',
    `  npx nianbao serve --storage ${storage}   (the corpus in the browser)`,
    `  ${join(storage, 'mornings', 'latest.html')}   (the morning page: what this night brought)`,
    `  npx nianbao status --storage ${storage}`,
    `  npx nianbao search 依申请公开 --storage ${storage}`,
    `  npx nianbao show URL --storage ${storage}   (what was repaired: v_repair; which totals do not come out: v_check)`,
    `  any SQLite tool: ${join(storage, 'nianbao.sqlite')}, starting with the view v_report`,
    'Run "npm run demo" again: it is the next night, and little is transferred.',
  ]) context.log.line(line);
}

/** Runs the demo in `<storage>/demo` (or `--storage DIR`). Exit 0 when every report is held or named with its reason, and every withheld page too. */
export async function demoCommand(context: CommandContext): Promise<ExitCode> {
  const storage = join(context.config.storage, 'demo');
  mkdirSync(storage, { recursive: true });
  const stateFile = join(storage, 'demo.json');
  const state = readState(stateFile);
  const farm = await openFarm(state);
  try {
    const seedsFile = join(storage, 'seeds.csv');
    writeFileSync(seedsFile, farm.seedsCsv());
    writeFileSync(stateFile, JSON.stringify({ port: farm.port, nights: state.nights + 1 }));
    const inDemo: CommandContext = { ...context, config: demoConfig(storage, seedsFile) };
    context.log.line(`${farm.portals.length} made-up portals are open on loopback port ${farm.port}: night ${state.nights + 1}.`);
    const harvested = await harvestCommand(inDemo, { places: [] });
    if (harvested !== 0 && harvested !== 3) return harvested;
    await statusCommand(inDemo, { places: [] });
    await exportCommand(inDemo, { format: 'jsonl', out: join(storage, 'export'), places: [], provinces: [], years: [], since: null, grades: [] });
    const { lines, complete } = compare(farm, storage);
    for (const line of lines) context.log.line(line);
    if (complete) farewell(context, storage);
    return complete ? 0 : 1;
  } finally {
    await farm.close();
  }
}
