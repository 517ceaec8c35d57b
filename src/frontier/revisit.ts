/** Decides when a page is worth another visit. */
import type { CandidateKind } from '../record.js';

export interface RevisitSettings {
  /** Hours until an article is looked at again after it was first held or changed; 0: at every harvest. */
  readonly firstHours: number;
  readonly maxDays: number;
}

const HOUR_MS = 3_600_000;

/**
 * When a captured page is due again (milliseconds since the epoch). Home pages, columns and lists are due at every harvest:
 * they are where new reports appear. Reports rarely change: their interval doubles with each unchanged visit. Attachments
 * follow the longest interval from the start; their address changes with their content.
 */
export function nextVisitMs(kind: CandidateKind, facts: { nowMs: number; unchanged: number }, settings: RevisitSettings): number {
  if (kind === 'home' || kind === 'column' || kind === 'list' || kind === 'robots') return facts.nowMs;
  const longest = settings.maxDays * 24 * HOUR_MS;
  if (kind === 'attachment') return facts.nowMs + longest;
  const interval = settings.firstHours * HOUR_MS * 2 ** Math.min(30, facts.unchanged);
  return facts.nowMs + Math.min(longest, interval);
}
