/** Looks again at addresses that were refused when they were found: a limit may have been raised, or the seed list named their site since. */
import type { Seed } from '../record.js';
import { admitRefused, refusedCandidates } from '../store/frontier.js';
import type { Sqlite } from '../store/open.js';
import { refusalOf } from './learn.js';
import type { ReadingLimits } from './learn.js';

/** Refusals that a setting or a seed row takes back. Traps stay traps. */
const REVOCABLE: ReadonlySet<string | null> = new Set<string | null>(['depth-limit', 'url-too-long', 'out-of-scope']);

/** Lets wait what today's limits and seeds would not refuse any more. */
export function readmit(database: Sqlite, facts: { seeds: readonly Seed[]; limits: ReadingLimits; nowMs: number }): void {
  const seeds = new Map(facts.seeds.map((seed) => [seed.portalId, seed]));
  database.transaction(() => {
    for (const row of refusedCandidates(database)) {
      const seed = seeds.get(row.portalId);
      if (seed && REVOCABLE.has(row.reason) && refusalOf(row.url, seed, row.hops, facts.limits) === null) admitRefused(database, row.candidateId, facts.nowMs);
    }
  }).immediate();
}
