/** Decides when a page is worth another visit. */
import type { CandidateKind } from '../record.js';

export interface RevisitSettings {
  /** Hours until an article is looked at again after it was first held or changed; 0: at every harvest. */
  readonly firstHours: number;
  readonly maxDays: number;
}

const HOUR_MS = 3_600_000;

/**
 * When a captured page is due again (milliseconds since the epoch). Home pages, columns and the first pages of lists are due at every
 * harvest: they are where new reports appear. Reports rarely change: their interval doubles with each unchanged visit, and so does that
 * of a list's further pages, which are woken when the page before them names other reports than it did. Attachments follow the longest
 * interval from the start; their address changes with their content. `isFurther`: a list's page after one that had rows itself; where the rows come from an
 * endpoint that the column page names, that is the first.
 */
export function nextVisitMs(page: { kind: CandidateKind; isFurther: boolean }, facts: { nowMs: number; unchanged: number }, settings: RevisitSettings): number {
  if (page.kind === 'robots' || (page.kind !== 'article' && page.kind !== 'attachment' && !page.isFurther)) return facts.nowMs;
  const longest = settings.maxDays * 24 * HOUR_MS;
  if (page.kind === 'attachment') return facts.nowMs + longest;
  const interval = settings.firstHours * HOUR_MS * 2 ** Math.min(30, facts.unchanged);
  return facts.nowMs + Math.min(longest, interval);
}

/** China keeps one time all year. */
const CHINA_AHEAD_MS = 8 * HOUR_MS;

/**
 * The beginning (midnight in China) of the newest sweep day that is not in the future, in milliseconds since the epoch; null without
 * sweep days. What was last visited before it is due, whatever its interval says.
 */
export function lastSweepMs(nowMs: number, sweepDays: readonly string[]): number | null {
  const thisYear = new Date(nowMs + CHINA_AHEAD_MS).getUTCFullYear();
  const begins = [thisYear - 1, thisYear].flatMap((year) => sweepDays.map((day) => Date.parse(`${year}-${day}T00:00:00+08:00`)));
  const past = begins.filter((beginMs) => beginMs <= nowMs);
  return past.length === 0 ? null : Math.max(...past);
}
