/** `nianbao harvest` and `nianbao recrawl`: fetch what is due, or everything known of some places, and say what came of it. */
import type { ExitCode } from '../errors.js';
import { introductionFault } from '../config.js';
import { faultInWords, usageError } from '../errors.js';
import { createProgress } from '../harvest/progress.js';
import { harvest } from '../harvest/harvest.js';
import type { HarvestResult } from '../harvest/harvest.js';
import { safeLine } from '../log.js';
import type { Seed } from '../record.js';
import { counted } from '../report/counted.js';
import { writeMorning } from '../report/morning-files.js';
import type { MorningPage } from '../report/morning-files.js';
import { alarmSentence, sayIn } from '../report/morning-words.js';
import { summariseRun, summaryLines } from '../report/run-summary.js';
import { placeContains } from '../seeds/places.js';
import { countBadRows, problemInWords, readSeeds } from '../seeds/read.js';
import type { SeedList } from '../seeds/read.js';
import { openArchive } from '../store/open.js';
import type { Sqlite } from '../store/open.js';
import { TOOL_VERSION } from '../version.js';
import type { CommandContext } from './context.js';
import { sendNotices } from './notices.js';
import type { Ending } from './notices.js';
import { placeCodes } from './places.js';
import { printResult, printTotals } from './result.js';
import { waitForWriter } from './wait-for-writer.js';

export interface HarvestOptions {
  readonly places: readonly string[];
  /** Seconds to wait for another writer; left out: a harvest does not wait, a recrawl, which somebody asked for, does. */
  readonly waitSeconds?: number | undefined;
}

/** Somebody sits in front of a recrawl: ten minutes outlast a small harvest, and whoever wants to wait out a whole night says so with `--wait`. */
const RECRAWL_WAIT_SECONDS = 600;

function tellProblems(context: CommandContext, { seeds, problems }: SeedList): number {
  for (const problem of problems) if (problem.kind === 'error') context.log.warn(safeLine(`${problem.file}:${problem.line}: ${problemInWords(problem)}`));
  const bad = countBadRows(problems);
  if (bad > 0 && seeds.length > 0) context.log.warn(`${counted(bad, 'bad row was', 'bad rows were')} left out; the good ones run. "nianbao portals check" names all that is wrong.`);
  return bad;
}

function chosen(seeds: readonly Seed[], codes: readonly string[]): Seed[] {
  const enabled = seeds.filter((seed) => seed.enabled);
  return codes.length === 0 ? enabled : enabled.filter((seed) => codes.some((code) => seed.code !== null && placeContains(code, seed.code)));
}

async function seedsOf(context: CommandContext, places: readonly string[]): Promise<{ seeds: Seed[]; badRows: number }> {
  const codes = placeCodes(places);
  const list = await readSeeds([...context.config.seeds], context.divisions());
  const badRows = tellProblems(context, list);
  const seeds = chosen(list.seeds, codes);
  if (seeds.length > 0) return { seeds, badRows };
  if (badRows > 0 && list.seeds.length === 0) throw usageError('no-seeds', `No row of ${context.config.seeds.join(', ')} is good: ${counted(badRows, 'bad row')}, named above. Mend ${badRows === 1 ? 'it' : 'them'} as seeds/README.md describes, or name other lists with --seeds. Nothing was fetched.`);
  if (list.seeds.length === 0) throw usageError('no-seeds', `No portal was found in ${context.config.seeds.join(', ')}. Add rows as described in seeds/README.md, or name lists with --seeds.`);
  throw usageError('no-portal-there', `No enabled portal lies in ${places.join(', ')}. "nianbao portals list" shows ${list.seeds.length === 1 ? 'the one that is' : `the ${list.seeds.length} that are`} known.`);
}

/** What was not asked for, for programs: the day of the next visit as a time. */
function leftAloneOf({ leftAlone }: HarvestResult): { reports: number; furtherPages: number; nextDueAt: string | null } {
  return { ...leftAlone, nextDueAt: leftAlone.nextDueAt === null ? null : new Date(leftAlone.nextDueAt).toISOString() };
}

function leftAloneLines(result: HarvestResult): string[] {
  const { reports, furtherPages, nextDueAt } = leftAloneOf(result);
  if (nextDueAt === null) return [];
  const parts = [...(reports > 0 ? [counted(reports, 'report or attachment', 'reports and attachments')] : []), ...(furtherPages > 0 ? [counted(furtherPages, 'further page of a list that has not moved', 'further pages of lists that have not moved')] : [])];
  return [`Left alone, not due: ${parts.join(' and ')}; the next is due ${nextDueAt.slice(0, 16).replace('T', ' ')} UTC (v_candidate says when and why).`];
}

function endingLines(result: HarvestResult): string[] {
  if (result.quietUntil !== null) return [`Quiet hours hold until ${new Date(result.quietUntil).toISOString()}; ${counted(result.waiting, 'page waits', 'pages wait')} for the next harvest.`];
  if (result.outcome === 'stopped') return [`Stopped after a clean checkpoint; ${counted(result.waiting, 'page waits', 'pages wait')} to be asked for and ${result.underived} stored ones to be read. Run the same command again to go on.`];
  if (result.waiting > 0) return [`${counted(result.waiting, 'page is due later (a retry) and waits', 'pages are due later (retries) and wait')} for the next harvest.`];
  return [];
}

/** Writes the morning page. A disk that takes no more must not turn a finished harvest into a failed one. */
function morningOf(context: CommandContext, database: Sqlite, { runId, leftAlone }: HarvestResult): MorningPage | null {
  try {
    return writeMorning(database, { storage: context.config.storage, runId, ...context.config.morning, leftAlone });
  } catch (error) {
    context.log.warn(`The morning page could not be written (${faultInWords(error)}); the harvest itself is stored whole.`);
    return null;
  }
}

function alarmLines(morning: MorningPage | null): string[] {
  if (!morning) return [];
  const say = sayIn('en');
  const { raised, open } = morning.facts.alarms;
  const still = open.length > 0 ? [`${counted(open.length, 'older alarm is', 'older alarms are')} still open.`] : [];
  return [...raised.map((alarm) => `Alarm: ${alarmSentence(alarm, say)}${alarm.url === null ? '' : `  ${alarm.url}`}`), ...still, `Morning page: ${morning.file}`];
}

function report(context: CommandContext, facts: { result: HarvestResult; summary: ReturnType<typeof summariseRun>; morning: MorningPage | null; full: boolean }): void {
  const { result, summary, morning } = facts;
  if (context.json) {
    context.print(`${JSON.stringify({ outcome: result.outcome, resumedRunId: result.resumedRunId, waiting: result.waiting, leftAlone: leftAloneOf(result), alarms: morning?.facts.alarms ?? null, morningPage: morning?.file ?? null, ...summary })}\n`);
    return;
  }
  const { tally } = result;
  const head = `Run ${result.runId}: ${counted(tally.requests, 'request')}, ${(tally.transferBytes / 1024).toFixed(0)} KiB of bodies.`;
  // What a recrawl found was asked for; how a harvest went is no news to somebody who wants to hear of faults alone.
  (facts.full ? printResult : printTotals)(context, [head, ...summaryLines(summary, facts.full), ...leftAloneLines(result), ...alarmLines(morning)]);
  for (const line of endingLines(result)) context.log.line(line);
}

function exitCodeOf(result: HarvestResult, badRows: number): ExitCode {
  if (result.outcome === 'stopped' && result.quietUntil === null) return 130;
  return result.outcome === 'done-with-failures' || badRows > 0 ? 3 : 0;
}

/** Null when it was stopped while it waited for another writer. */
async function run(context: CommandContext, command: 'harvest' | 'recrawl', options: HarvestOptions): Promise<Extract<Ending, { kind: 'run' }> | null> {
  const { seeds, badRows } = await seedsOf(context, options.places);
  const lock = await waitForWriter(context, [command, ...options.places].join(' '), options.waitSeconds ?? (command === 'recrawl' ? RECRAWL_WAIT_SECONDS : 0));
  if (lock === null) return null;
  const fault = introductionFault(context.config);
  if (fault !== null) context.log.warn(`${fault}.`);
  try {
    const database = openArchive(context.config.storage);
    try {
      const progress = createProgress(context.log, seeds, context.terminal.progress);
      const result = await harvest({
        command, database, config: context.config, configDigest: context.configDigest, toolVersion: TOOL_VERSION, seeds, places: options.places,
        divisions: context.divisions(), now: context.now, signal: context.signal, onVisit: progress.onVisit,
      }).finally(() => progress.end());
      const summary = summariseRun(database, result.runId);
      const morning = morningOf(context, database, result);
      report(context, { result, summary, morning, full: command === 'recrawl' });
      return { kind: 'run', exitCode: exitCodeOf(result, badRows), summary, morning, lines: summaryLines(summary, true) };
    } finally {
      database.close();
    }
  } finally {
    lock.release();
  }
}

/** Fetches what is due for all portals or those of `places`, and tells whom the settings name. Exit 0, 3 (some failed or rows were bad), 4 (locked) or 130 (stopped). */
export async function harvestCommand(context: CommandContext, options: HarvestOptions): Promise<ExitCode> {
  let ending: Ending | null;
  try {
    ending = await run(context, 'harvest', options);
  } catch (error) {
    await sendNotices(context, { kind: 'error', error });
    throw error;
  }
  if (ending === null) return 130;
  await sendNotices(context, ending);
  return ending.exitCode;
}

/** Fetches every known page of `places` again and ends with what changed, a diff for each changed report. Somebody waits for it: no notice is sent. */
export async function recrawlCommand(context: CommandContext, options: HarvestOptions): Promise<ExitCode> {
  if (options.places.length === 0) throw usageError('no-place', 'recrawl needs at least one place, such as: nianbao recrawl 长沙');
  return (await run(context, 'recrawl', options))?.exitCode ?? 130;
}
