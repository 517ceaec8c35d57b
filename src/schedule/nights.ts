/** Decides which night is due: a pure function of the settings, the time and the last harvest. */
import { Cron } from 'croner';

export interface ScheduleSettings {
  /** Five fields, as checked by the configuration. */
  readonly cron: string;
  readonly timeZone: string;
  /** Spans `MM-DD/MM-DD`, ends included; one may span the new year. Every night of the table is due in them, the first of each week outside. */
  readonly season: readonly string[];
  /** 0 is Sunday: the day on which a week of the quiet season begins. */
  readonly weekday: number;
  readonly jitterMinutes: number;
}

export interface NightFacts {
  readonly nowMs: number;
  /** When the last whole harvest began; null when there was none. */
  readonly lastRunMs: number | null;
  /** When the scheduler began to watch: a night before it is made up for from then on. */
  readonly sinceMs: number;
  /** End of the quiet hours that hold at a moment, null outside them. */
  readonly quietUntil: (atMs: number) => number | null;
}

export interface NightPlan {
  /** The night to be harvested, as the table of nights has it. */
  readonly nightMs: number;
  /** When its harvest may begin: later than the night by the jitter, by quiet hours, or because nobody watched then. */
  readonly startMs: number;
  /** Whether the night is past. */
  readonly isDue: boolean;
}

const DAY_MS = 86_400_000;

/** A week has at most 10,080 moments of a table with a minute's grain; years without one are a table of 30 February. */
const MOST_MOMENTS = 11_000;

/** Day of the calendar in a time zone. */
interface Day {
  /** `MM-DD` */
  readonly date: string;
  /** Days since 1 January 1970 of that calendar day. */
  readonly number: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dayOf(atMs: number, timeZone: string): Day {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  const written = format.format(atMs);
  return { date: written.slice(5), number: Math.floor(Date.parse(`${written}T00:00:00Z`) / DAY_MS) };
}

/** Whether `date` (`MM-DD`) lies in one of the spans. */
export function isInSeason(date: string, season: readonly string[]): boolean {
  return season.some((span) => {
    const [from = '', to = ''] = span.split('/');
    return from <= to ? from <= date && date <= to : date >= from || date <= to;
  });
}

/** The number of the week that a day lies in, weeks beginning on `weekday`. 1 January 1970 was a Thursday. */
const weekOf = (day: Day, weekday: number): number => Math.floor((day.number + 4 - weekday) / 7);

/** Table of a schedule's moments. croner takes clocks that are set: a moment that the night skips is taken an hour later, one that it repeats once. */
function momentsOf({ cron, timeZone }: ScheduleSettings): Cron {
  return new Cron(cron, { timezone: timeZone, paused: true, sloppyRanges: true });
}

/** Whether the moment of the table counts: every one in the season, outside it the first of its week. */
function counts(moments: Cron, atMs: number, settings: ScheduleSettings): boolean {
  const day = dayOf(atMs, settings.timeZone);
  if (isInSeason(day.date, settings.season)) return true;
  const [before] = moments.previousRuns(1, new Date(atMs));
  return before === undefined || weekOf(dayOf(before.getTime(), settings.timeZone), settings.weekday) !== weekOf(day, settings.weekday);
}

/** The last night that began at `nowMs` or before it; null when the table has none. */
export function lastNight(settings: ScheduleSettings, nowMs: number): number | null {
  const moments = momentsOf(settings);
  for (let at = nowMs + 1, tries = 0; tries < MOST_MOMENTS; tries += 1) {
    const [moment] = moments.previousRuns(1, new Date(at));
    if (moment === undefined) return null;
    if (counts(moments, moment.getTime(), settings)) return moment.getTime();
    at = moment.getTime();
  }
  return null;
}

/** The first night after `nowMs`; null when the table has none. */
export function nextNight(settings: ScheduleSettings, nowMs: number): number | null {
  const moments = momentsOf(settings);
  for (let at = nowMs, tries = 0; tries < MOST_MOMENTS; tries += 1) {
    const moment = moments.nextRun(new Date(at));
    if (moment === null) return null;
    if (counts(moments, moment.getTime(), settings)) return moment.getTime();
    at = moment.getTime();
  }
  return null;
}

/**
 * The jitter of a night: spread evenly by the night and `seed` (what tells one archive from another), the same each time it is asked, so that a scheduler that is started
 * again keeps to its moment. FNV-1a.
 */
export function jitterMs(nightMs: number, settings: ScheduleSettings, seed: string): number {
  let state = 0x811c9dc5;
  for (const sign of `${nightMs} ${seed}`) state = Math.imul(state ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  // The last sign moves only the lower bits much; a last turn mixes them upwards.
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
  return Math.floor(((state ^ (state >>> 12)) >>> 0) / 2 ** 32 * settings.jitterMinutes * 60_000);
}

/**
 * The night to harvest next and when to begin: the last one while no whole harvest has begun since it (with an archive that was never harvested, too), else the coming one. Null for a
 * table without a moment. A harvest in the future (the clock was wrong then) says nothing. A night that nobody watched is made up for from `sinceMs` on.
 */
export function planNight(settings: ScheduleSettings, facts: NightFacts, seed: string): NightPlan | null {
  const last = lastNight(settings, facts.nowMs);
  const isDue = last !== null && (facts.lastRunMs === null || facts.lastRunMs < last || facts.lastRunMs > facts.nowMs);
  const nightMs = isDue ? last : nextNight(settings, facts.nowMs);
  if (nightMs === null) return null;
  const jitter = jitterMs(nightMs, settings, seed);
  const startMs = Math.max(nightMs, facts.sinceMs) + jitter;
  const quietEnd = facts.quietUntil(Math.max(startMs, facts.nowMs));
  return { nightMs, startMs: quietEnd === null ? startMs : quietEnd + jitter, isDue };
}
