/** One run from the seed lists to a sealed row: what is due is activated, visited, and counted. */
import { canonicalUrl } from '../frontier/canonical-url.js';
import { quietUntilMs } from '../frontier/quiet-hours.js';
import { lastSweepMs } from '../frontier/revisit.js';
import { createHttpFetcher } from '../fetch/http.js';
import type { Config } from '../config.js';
import type { CandidateKind, Divisions, Seed } from '../record.js';
import { activateDue, addCandidate, choosePortals, failuresOfRun, nextDueOfHost, readLeftAlone, waitingCount } from '../store/frontier.js';
import type { LeftAlone } from '../store/frontier.js';
import { raiseAlarms } from '../store/alarms.js';
import { refreshLedger } from '../store/ledger.js';
import { dayInChina } from '../store/ledger-rules.js';
import type { Sqlite } from '../store/open.js';
import { syncPortals } from '../store/portals.js';
import { sealRun } from '../store/run-chain.js';
import { closeInterruptedRuns, finishRun, resumableRun, startRun } from '../store/runs.js';
import type { RunOutcome } from '../store/runs.js';
import { VisitQueue } from '../store/visit-queue.js';
import { browserOnce } from './browser-once.js';
import { Deriver } from './deriver.js';
import { drive } from './engine.js';
import { seedCandidate } from './learn.js';
import { readmit } from './readmit.js';
import { ocrChoice, openReader } from './reader.js';
import type { Lease } from './turns.js';
import { Turns } from './turns.js';
import { steadyClock } from './steady-clock.js';
import { TrapWatch } from './trap-watch.js';
import { commit, visitPage } from './visit.js';
import { visitRobots } from './robots-visit.js';
import { newTally } from './world.js';
import type { Tally, VisitEvent, World } from './world.js';

export interface HarvestOrder {
  readonly command: 'harvest' | 'recrawl';
  readonly database: Sqlite;
  readonly config: Config;
  readonly configDigest: string;
  readonly toolVersion: string;
  /** Enabled seeds of the chosen places. */
  readonly seeds: readonly Seed[];
  readonly places: readonly string[];
  readonly divisions: Divisions;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onVisit: (event: VisitEvent) => void;
}

export interface HarvestResult {
  readonly runId: number;
  readonly outcome: RunOutcome;
  readonly tally: Tally;
  /** The interrupted run this one went on with. */
  readonly resumedRunId: number | null;
  /** Set when quiet hours kept the harvest from starting or ended it. */
  readonly quietUntil: number | null;
  /** Known pages that were not asked for, as nothing of theirs was due. */
  readonly leftAlone: LeftAlone;
  /** Candidates still waiting when the run ended. */
  readonly waiting: number;
  /** Pages stored but not derived yet, because the run was stopped. */
  readonly underived: number;
}

/** An interrupted harvest older than this is history: the next one looks at every list again. */
const RESUME_WITHIN_MS = 20 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

function plant(order: HarvestOrder, seed: Seed, place: { address: string; kind: CandidateKind }): void {
  const url = canonicalUrl(place.address);
  if (url === null) return;
  const nowMs = order.now();
  addCandidate(order.database, seedCandidate(url, { portalId: seed.portalId, kind: place.kind }), new Date(nowMs).toISOString(), nowMs);
}

/** The columns a curator named make the search from the home page unnecessary, as long as they answer. */
function plantSeeds(order: HarvestOrder): void {
  order.database.transaction(() => {
    for (const seed of order.seeds) {
      for (const address of seed.columns) plant(order, seed, { address, kind: 'column' });
      if (seed.columns.length === 0 && seed.home !== null) plant(order, seed, { address: seed.home, kind: 'home' });
    }
  }).immediate();
}

async function visitAndCommit(world: World, turns: Turns, lease: Lease): Promise<Lease['host']> {
  const outcomes = lease.purpose === 'robots' ? [await visitRobots(world, lease)] : await visitPage(world, lease);
  let host = lease.host;
  for (const outcome of outcomes) {
    const end = await commit(world, lease, outcome);
    turns.feed(end.hostsFed);
    host = end.host;
  }
  return host;
}

/** A visit that cannot be written ends the run; its lease is given back all the same, or the run would wait for it for ever. */
async function visitLease(world: World, turns: Turns, lease: Lease): Promise<void> {
  let host = lease.host;
  try {
    host = await visitAndCommit(world, turns, lease);
  } catch (error) {
    turns.stop();
    throw error;
  } finally {
    turns.end(lease, host);
  }
}

/** Stops handing out turns when the user asks to stop or quiet hours begin. Returns a function that takes the watch off. */
function watchStops(world: World, turns: Turns): () => void {
  const stop = (): void => turns.stop();
  world.signal.addEventListener('abort', stop, { once: true });
  if (world.signal.aborted) stop();
  const { politeness, schedule } = world.config;
  const clock = setInterval(() => {
    if (quietUntilMs(world.wallNow(), politeness.quietHours, schedule.timeZone) !== null) stop();
  }, 5_000);
  return () => { clearInterval(clock); world.signal.removeEventListener('abort', stop); };
}

function outcomeOf(facts: { aborted: boolean; quiet: boolean; failures: number }): RunOutcome {
  if (facts.aborted || facts.quiet) return 'stopped';
  return facts.failures > 0 ? 'done-with-failures' : 'done';
}

/**
 * The network half: asks hosts in their turns until none has anything due. What they sent is derived beside it as far as there is time. Returns
 * whether what was derived last has found pages when the last turn was over already.
 */
async function crawl(world: World, deriver: Deriver): Promise<boolean> {
  const turns = new Turns(world.database, { respectRobots: world.config.politeness.respectRobots, now: world.now });
  const unwatch = watchStops(world, turns);
  const over = new AbortController();
  const { limits, politeness } = world.config;
  const fed = new Set<string>();
  const beside = deriver.whileIdle(over.signal, (hosts) => {
    turns.feed(hosts);
    for (const host of hosts) fed.add(host);
  });
  // Should it fail while the crawl goes on, the crawl ends too, and the fault is thrown below.
  beside.catch(() => turns.stop());
  try {
    await drive(turns, (lease) => visitLease(world, turns, lease), { maxHosts: politeness.maxHosts, visitSeconds: (limits.redirects + 2) * (limits.responseSeconds + politeness.maxDelaySeconds) });
  } finally {
    unwatch();
    over.abort();
    await beside;
  }
  return [...fed].some((host) => (nextDueOfHost(world.database, host) ?? Infinity) <= world.now());
}

/** Crawls and derives in turn until neither has anything to do: what a page turns out to be may lead to pages that nobody has asked for yet. */
async function crawlAndDerive(world: World, deriver: Deriver): Promise<void> {
  const quiet = (): boolean => quietUntilMs(world.wallNow(), world.config.politeness.quietHours, world.config.schedule.timeZone) !== null;
  // Pages that an interrupted run left unread come first: they are older than anything that is asked for now.
  await deriver.drain();
  for (let isMore = true; isMore && !quiet();) {
    const foundLate = await crawl(world, deriver);
    isMore = ((await deriver.drain()).size > 0 || foundLate) && !world.signal.aborted;
  }
}

function prepare(order: HarvestOrder): { runId: number; resumedRunId: number | null } {
  const { database, config: { revisit } } = order;
  const startedAt = new Date(order.now()).toISOString();
  closeInterruptedRuns(database);
  const resumedRunId = order.command === 'harvest' ? resumableRun(database, new Date(order.now() - RESUME_WITHIN_MS).toISOString()) : null;
  syncPortals(database, order.seeds, startedAt);
  choosePortals(database, order.seeds.map((seed) => seed.portalId));
  const runId = startRun(database, { command: order.command, places: order.places, startedAt, configSha256: order.configDigest, toolVersion: order.toolVersion });
  plantSeeds(order);
  readmit(database, { seeds: order.seeds, limits: order.config.limits, nowMs: order.now() });
  activateDue(database, { runId, nowMs: order.now(), resumedRunId, all: order.command === 'recrawl',
    longestMs: Math.max(revisit.maxDays, 1) * DAY_MS, sweepMs: lastSweepMs(order.now(), revisit.sweepDays) });
  return { runId, resumedRunId };
}

/** Closes the run's row, brings the ledger up to date and seals the chain. */
function conclude(order: HarvestOrder, world: World, outcome: RunOutcome): void {
  const { tally } = world;
  const finishedAt = new Date(order.now()).toISOString();
  order.database.transaction(() => {
    finishRun(order.database, world.runId, { ...tally, portals: order.seeds.length, finishedAt, outcome });
    refreshLedger(order.database, { today: dayInChina(finishedAt) });
    sealRun(order.database, world.runId);
  }).immediate();
  if (outcome === 'stopped') return;
  raiseAlarms(order.database, { runId: world.runId, sinceRunId: world.freshSince, at: finishedAt, today: dayInChina(finishedAt), settings: order.config.alarms });
}

/**
 * Runs one harvest or recrawl over `order.seeds`. The caller holds the writer lock. Pages fail as rows, not as exceptions; what is
 * thrown (disk full, a bug) has ended the run with everything acknowledged so far committed.
 */
export async function harvest(order: HarvestOrder): Promise<HarvestResult> {
  const { config, database } = order;
  const { runId, resumedRunId } = prepare(order);
  const fetcher = createHttpFetcher(config, { now: order.now });
  const browser = browserOnce(config, order.now);
  const reader = openReader(order.divisions, ocrChoice(config, order.signal));
  const world: World = {
    database, config, fetcher, browser: browser.open, seeds: new Map(order.seeds.map((seed) => [seed.portalId, seed])), divisions: order.divisions, runId,
    freshSince: resumedRunId ?? runId, conditional: order.command === 'harvest', now: steadyClock(order.now), wallNow: order.now, signal: order.signal, tally: newTally(), reader, visits: new VisitQueue(database), traps: new TrapWatch(database), onVisit: order.onVisit,
  };
  const deriver = new Deriver(world);
  try {
    const quietAtStart = quietUntilMs(order.now(), config.politeness.quietHours, config.schedule.timeZone);
    await crawlAndDerive(world, deriver);
    const waiting = waitingCount(database);
    const quietUntil = quietAtStart ?? (waiting > 0 ? quietUntilMs(order.now(), config.politeness.quietHours, config.schedule.timeZone) : null);
    const outcome = outcomeOf({ aborted: order.signal.aborted, quiet: quietUntil !== null, failures: failuresOfRun(database, runId) });
    conclude(order, world, outcome);
    return { runId, outcome, tally: world.tally, resumedRunId, quietUntil, waiting, leftAlone: readLeftAlone(database, world.freshSince), underived: deriver.left };
  } finally {
    await Promise.all([fetcher.close(), browser.close(), reader.close()]);
  }
}
