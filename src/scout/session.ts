/** Opens what a walk needs (fetcher, reader, turns, a browser once a page needs it) for the length of one command. */
import { setMaxListeners } from 'node:events';
import { usageError } from '../errors.js';
import { createHttpFetcher } from '../fetch/http.js';
import { quietUntilMs } from '../frontier/quiet-hours.js';
import { browserOnce } from '../harvest/browser-once.js';
import { openReader } from '../harvest/reader.js';
import type { Config } from '../config.js';
import type { Divisions } from '../record.js';
import { PoliteAsker } from './polite-asker.js';
import type { ScoutWorld } from './scout.js';

export interface SessionFacts {
  readonly config: Config;
  readonly divisions: Divisions;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Runs `work` with an open session and closes it whatever happens. Throws `quiet-hours` (exit 2) when nothing may be fetched now. */
export async function withSession<T>(facts: SessionFacts, work: (world: ScoutWorld) => Promise<T>): Promise<T> {
  const { config, now, signal } = facts;
  const quietUntil = quietUntilMs(now(), config.politeness.quietHours, config.schedule.timeZone);
  if (quietUntil !== null) throw usageError('quiet-hours', `Quiet hours hold until ${new Date(quietUntil).toISOString()} (politeness.quietHours); nothing was asked.`);
  // Every host that waits for its turn listens for the user's wish to stop.
  setMaxListeners(0, signal);
  const fetcher = createHttpFetcher(config, { now });
  const reader = openReader(facts.divisions);
  const browser = browserOnce(config, now);
  try {
    return await work({ config, reader, browser: browser.open, asker: new PoliteAsker({ config, fetcher, now, signal }) });
  } finally {
    await Promise.all([fetcher.close(), reader.close(), browser.close()]);
  }
}
