/** `nianbao schedule`: stays in the foreground and harvests on the nights that are due, or prints the unit that has the system start it. */
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { ExitCode } from '../errors.js';
import { diskFaultMessage, faultInWords, NianbaoError, usageError } from '../errors.js';
import { quietUntilMs } from '../frontier/quiet-hours.js';
import { planNight } from '../schedule/nights.js';
import type { NightPlan } from '../schedule/nights.js';
import { openReader } from '../store/open.js';
import { lastWholeHarvest } from '../store/runs.js';
import { takeScheduleLock } from '../store/writer-lock.js';
import type { CommandContext } from './context.js';
import { harvestCommand } from './harvest.js';
import { printedUnit } from './schedule-units.js';
import type { GivenOptions } from './schedule-units.js';

export interface ScheduleOptions {
  /** Harvest now if a night is due, and end: for cron and timers. */
  readonly once?: boolean;
  /** `systemd` or `cron`: print instead of running. */
  readonly print?: string | undefined;
  /** The options as typed, for `print`. */
  readonly given?: GivenOptions;
}

/** What the scheduler does besides deciding; tests give a clock that runs as they like. */
export interface ScheduleWorld {
  /** Sleeps, or wakes early when the signal says so; never throws. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly harvest: () => Promise<ExitCode>;
}

/** Looked at the clock at least so often: it may be set, and a machine may sleep. */
const LONGEST_SLEEP_MS = 60_000;

/** A harvest that could not be done (a full disk, a recrawl that holds the storage for a day) is tried again after this. */
const AGAIN_MS = 3_600_000;

/** How long a night's harvest waits for somebody's recrawl. */
const WAIT_SECONDS = 86_400;

/** The start of the last whole harvest; null where there is none, or no archive yet. */
function lastRunMs(storage: string): number | null {
  try {
    const database = openReader(storage);
    try {
      const startedAt = lastWholeHarvest(database);
      return startedAt === null ? null : Date.parse(startedAt);
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof NianbaoError && error.code === 'storage-missing') return null;
    throw error;
  }
}

function plan(context: CommandContext, sinceMs: number): NightPlan {
  const { schedule, politeness, storage } = context.config;
  const quietUntil = (atMs: number): number | null => quietUntilMs(atMs, politeness.quietHours, schedule.timeZone);
  const made = planNight(schedule, { nowMs: context.now(), lastRunMs: lastRunMs(storage), sinceMs, quietUntil }, storage);
  if (made) return made;
  throw usageError('schedule-never', `schedule.cron "${schedule.cron}" names no moment that ever comes; nothing was fetched. Write minute, hour, day, month and weekday such as "30 1 * * *".`);
}

/** A moment on the clock of the schedule, with its zone. */
function clock(context: CommandContext, atMs: number): string {
  return `${new Intl.DateTimeFormat('sv-SE', { timeZone: context.config.schedule.timeZone, dateStyle: 'short', timeStyle: 'short' }).format(atMs)} ${context.config.schedule.timeZone}`;
}

function tell(context: CommandContext, { nightMs, startMs, isDue }: NightPlan): void {
  if (context.json) context.print(`${JSON.stringify({ night: new Date(nightMs).toISOString(), start: new Date(startMs).toISOString(), due: isDue })}\n`);
  context.log.line(isDue ? `The night of ${clock(context, nightMs)} is due; its harvest begins at ${clock(context, Math.max(startMs, context.now()))}.` : `Next harvest: ${clock(context, startMs)}.`);
}

/** Sleeps by the wall clock until `untilMs`. */
async function sleepUntil(context: CommandContext, world: ScheduleWorld, untilMs: number): Promise<void> {
  while (!context.signal.aborted && context.now() < untilMs) await world.sleep(Math.min(LONGEST_SLEEP_MS, untilMs - context.now()), context.signal);
}

/** One harvest. Wrong settings or seed lists end the scheduler, anything else is told: whoever runs this for years does not watch it. */
async function harvestNight(context: CommandContext, world: ScheduleWorld): Promise<void> {
  try {
    await world.harvest();
  } catch (error) {
    if (error instanceof NianbaoError && error.exitCode === 2) throw error;
    context.log.warn(`The harvest could not be done: ${diskFaultMessage(error) ?? faultInWords(error)}`);
  }
}

/** Plans, sleeps and harvests until a signal comes: 130. A night that somebody harvested by hand meanwhile is not harvested again; one that stays due is tried again an hour later. */
export async function runNights(context: CommandContext, world: ScheduleWorld): Promise<ExitCode> {
  let sinceMs = context.now();
  let told = 0;
  while (!context.signal.aborted) {
    const next = plan(context, sinceMs);
    if (next.startMs !== told) tell(context, next);
    told = next.startMs;
    await sleepUntil(context, world, next.startMs);
    const now = plan(context, sinceMs);
    if (context.signal.aborted || !now.isDue || now.startMs > context.now()) continue;
    await harvestNight(context, world);
    const after = plan(context, sinceMs);
    if (after.isDue && after.startMs <= context.now()) sinceMs = context.now() + AGAIN_MS;
  }
  context.log.line('The scheduler has ended after a clean checkpoint.');
  return 130;
}

/** Harvests when a night's moment has come; else says when it will, exit 0. */
async function runOnce(context: CommandContext, world: ScheduleWorld): Promise<ExitCode> {
  const next = plan(context, 0);
  tell(context, next);
  return next.isDue && next.startMs <= context.now() ? world.harvest() : 0;
}

/** Exit 4 when another scheduler holds this storage, 130 when a signal ended it (the request in flight ends first); with `once`, the harvest's, or 0 when no night is due. */
export async function scheduleCommand(context: CommandContext, options: ScheduleOptions = {}): Promise<ExitCode> {
  if (options.print !== undefined) {
    if (context.json) throw usageError('schedule-print-json', '--print writes a unit to install, which is no JSON; leave --print or --json out.');
    context.print(printedUnit(options.print, context, options.given ?? {}));
    return 0;
  }
  const lock = takeScheduleLock(context.config.storage, new Date(context.now()).toISOString());
  const world: ScheduleWorld = {
    sleep: (ms, signal) => sleepFor(ms, undefined, { signal }).catch(() => undefined),
    harvest: () => harvestCommand(context, { places: [], waitSeconds: WAIT_SECONDS }),
  };
  try {
    return await (options.once ? runOnce : runNights)(context, world);
  } finally {
    lock.release();
  }
}
