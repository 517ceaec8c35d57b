/** The second half of a harvest: reads pages that are stored already, writes the reports they carry, and tells the frontier what they teach. */
import { performance } from 'node:perf_hooks';
import { DERIVATION } from '../pipeline.js';
import type { Seed } from '../record.js';
import { readCapture } from '../store/captures.js';
import { readCandidate } from '../store/frontier.js';
import type { CandidateStep, FrontierRow } from '../store/frontier.js';
import type { Sqlite } from '../store/open.js';
import { underivedCaptures, underivedCount } from '../store/underived.js';
import type { DerivedCapture, Underived } from '../store/underived.js';
import { commitVisits } from '../store/write-visit.js';
import type { Visit, VisitReceipt } from '../store/write-visit.js';
import type { Ending } from './answer.js';
import { learnAttachment, learnPage } from './cover.js';
import { documentLater } from './learn.js';
import type { Lesson } from './learn.js';
import { UNREADABLE } from './reader.js';
import { NEEDS_BROWSER, browserWhenNeeded } from './render.js';
import { endingAfterLesson, stepOf } from './step.js';
import { pause } from './wait.js';
import { countReport } from './world.js';
import type { World } from './world.js';

/** Pages derived together while the network is at work: their commit must not keep an answer waiting. */
const FEW = 4;
/** Pages derived together when nothing else is to be done. */
const MANY = 24;
/** Above this share of the main thread's time the network has it to itself. */
const BUSY = 0.5;
const LOOK_AGAIN_MS = 50;

/** What deriving needs of a run; the archive may also be derived without one. */
export interface DerivingWorld extends Pick<World, 'database' | 'config' | 'reader' | 'now' | 'signal' | 'tally' | 'traps' | 'onVisit'> {
  /** The run that what is found is counted for; null: the one that stored the page. */
  readonly runId: number | null;
}

interface Derived {
  readonly visit: Visit;
  readonly row: FrontierRow | null;
  /** Null: the page is what it was taken for. */
  readonly turnedOut: Ending | null;
}

/** What derivation makes of the candidate: nothing as a rule. */
function turnedOutOf(world: DerivingWorld, lesson: Lesson, seed: Seed | null): Ending | null {
  if (lesson.isShell && seed && browserWhenNeeded(world, seed)) return { state: 'waiting', reason: NEEDS_BROWSER, detail: 'the page is built by script' };
  const stored: Ending = { state: 'captured', reason: 'ok', detail: null };
  const ending = endingAfterLesson(stored, lesson);
  return ending === stored ? null : ending;
}

/** The candidate's step back: what was stored is not what it is held against next time. */
function stepBack(world: DerivingWorld, row: FrontierRow, ending: Ending): CandidateStep {
  return { ...stepOf(world, row, { ending, answer: null, retryAfterMs: null }), etag: null, lastModified: null, payloadSha256: null };
}

function failureOf(lesson: Lesson): DerivedCapture['failed'] {
  const notice = lesson.notices.find(({ code }) => code === UNREADABLE);
  return notice ? { message: notice.message, derivation: DERIVATION } : null;
}

/** Reads one stored capture and prepares what is to be written of it. */
async function derive(world: DerivingWorld, waiting: Underived): Promise<Derived | null> {
  const capture = readCapture(world.database, waiting.captureId);
  if (!capture) return null;
  const { lesson, packed, cover } = capture.kind === 'attachment' ? await learnAttachment(world, capture) : { ...await learnPage(world, capture), cover: null };
  const candidate = waiting.candidateId === null ? null : readCandidate(world.database, waiting.candidateId);
  // A visit since then has the last word on the candidate.
  const row = candidate?.lastCaptureId === waiting.captureId ? candidate : null;
  // What was stopped together with the run is no fault of the page: it waits for the next one.
  if (world.signal.aborted && failureOf(lesson)) return null;
  const turnedOut = turnedOutOf(world, lesson, capture.seed);
  const failed = turnedOut?.state === 'failed' ? turnedOut : null;
  const visit: Visit = {
    runId: world.runId ?? waiting.runId ?? 0, sinceRunId: 0, portalId: waiting.portalId, seenAt: waiting.fetchedAt, nowMs: world.now(), capture: null, sharedCaptureId: null, deriveLater: false, host: null,
    derived: {
      captureId: waiting.captureId, notices: lesson.notices, packed: packed && { payloadDigest: capture.payloadDigest, payload: packed }, turnedOut: failed, failed: failureOf(lesson),
    },
    step: row && turnedOut ? stepBack(world, row, turnedOut) : null,
    found: world.traps.sift(waiting.portalId, lesson.found), reading: lesson.reading, document: turnedOut ? null : documentLater(world.database, lesson, cover?.url ?? capture.url),
    join: cover && { captureId: cover.capture.captureId, version: cover.version, isFirst: cover.isFirst },
    goneKey: failed?.reason === 'soft-404' && row ? row.urlKey : null, unchangedKey: null,
  };
  return { visit, row, turnedOut };
}

/** What is written of a capture whose stored bytes cannot be read any more: why, and nothing else. */
function unreadable(world: DerivingWorld, waiting: Underived, message: string): Derived {
  return {
    row: null, turnedOut: null,
    visit: {
      runId: world.runId ?? waiting.runId ?? 0, sinceRunId: 0, portalId: waiting.portalId, seenAt: waiting.fetchedAt, nowMs: world.now(), capture: null, sharedCaptureId: null, deriveLater: false, host: null,
      derived: { captureId: waiting.captureId, notices: [{ code: UNREADABLE, room: 'recognise', message }], packed: null, turnedOut: null, failed: { message, derivation: DERIVATION } },
      step: null, found: [], reading: null, document: null, join: null, goneKey: null, unchangedKey: null,
    },
  };
}

/** One damaged page must not keep the others from being read. */
async function deriveSafely(world: DerivingWorld, waiting: Underived): Promise<Derived | null> {
  try {
    return await derive(world, waiting);
  } catch (error) {
    if ((error as { code?: string }).code !== 'payload-damaged') throw error;
    return unreadable(world, waiting, (error as Error).message);
  }
}

/** Nothing of a page that cannot be written is kept but the reason; a disk that takes no more is no fault of the page. */
function commitAlone(database: Sqlite, visit: Visit): VisitReceipt[] {
  try {
    return commitVisits(database, [visit]);
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    if (!visit.derived || /^SQLITE_(?:FULL|IOERR|READONLY|CORRUPT|NOMEM)/u.test(code)) throw error;
    return commitVisits(database, [{ ...visit, step: null, found: [], reading: null, document: null, goneKey: null, derived: { ...visit.derived, turnedOut: null, failed: { message, derivation: DERIVATION } } }]);
  }
}

/** All in one transaction; each alone when one of them cannot be written. */
function commitSoundly(database: Sqlite, visits: readonly Visit[]): VisitReceipt[] {
  try {
    return commitVisits(database, visits);
  } catch {
    return visits.flatMap((visit) => commitAlone(database, visit));
  }
}

/** Derives the captures of one run that its visits have only stored, and those that an interrupted run left. */
export class Deriver {
  readonly #world: DerivingWorld;
  readonly #derivation: string;
  /** Captures up to this one have been taken up in this run. */
  #after = 0;

  /** With `again`, pages that this version of the code has tried in vain are tried once more. */
  constructor(world: DerivingWorld, again = false) {
    this.#world = world;
    this.#derivation = again ? '' : DERIVATION;
  }

  /** Derives a little whenever the main thread has time to spare, until `over` is aborted. Calls `feed` with the hosts that gained candidates. */
  async whileIdle(over: AbortSignal, feed: (hosts: Iterable<string>) => void): Promise<void> {
    let before = performance.eventLoopUtilization();
    while (!over.aborted) {
      const { utilization } = performance.eventLoopUtilization(before);
      before = performance.eventLoopUtilization();
      const chunk = utilization < BUSY ? this.#take(FEW) : [];
      if (chunk.length > 0) feed(this.#commit(await this.#read(chunk)));
      else await pause(LOOK_AGAIN_MS, over);
    }
  }

  /** Derives all that is left, or as much as there is time for before the run is stopped. Returns the hosts that gained candidates. `onChunk` is told after each commit. */
  async drain(onChunk: () => void = () => undefined): Promise<Set<string>> {
    const fed = new Set<string>();
    let reading = this.#read(this.#take(MANY));
    for (;;) {
      const ready = await reading;
      if (ready.length === 0 || this.#world.signal.aborted) return fed;
      // The workers read the next pages while these are written.
      reading = this.#read(this.#take(MANY));
      for (const host of this.#commit(ready)) fed.add(host);
      onChunk();
    }
  }

  /** Captures that still wait to be derived. */
  get left(): number {
    return underivedCount(this.#world.database, this.#derivation);
  }

  #take(limit: number): Underived[] {
    const chunk = underivedCaptures(this.#world.database, { after: this.#after, limit, derivation: this.#derivation });
    this.#after = chunk.at(-1)?.captureId ?? this.#after;
    return chunk;
  }

  async #read(chunk: readonly Underived[]): Promise<Derived[]> {
    const derived = await Promise.all(chunk.map((waiting) => deriveSafely(this.#world, waiting)));
    return derived.filter((each) => each !== null);
  }

  /** Writes what was read, oldest first. Returns the hosts that gained candidates. */
  #commit(ready: readonly Derived[]): Set<string> {
    const fed = new Set<string>();
    const receipts = commitSoundly(this.#world.database, ready.map(({ visit }) => visit));
    receipts.forEach((receipt, index) => {
      const each = ready[index];
      if (!each) return;
      for (const host of receipt.hostsFed) fed.add(host);
      if (each.row && each.visit.step?.state === 'waiting') fed.add(each.row.hostKey);
      countReport(this.#world.tally, receipt);
      this.#tell(each, receipt);
    });
    return fed;
  }

  #tell({ visit, row, turnedOut }: Derived, receipt: VisitReceipt): void {
    if (!row) return;
    this.#world.onVisit({
      half: 'derive', portalId: row.portalId, url: row.url, kind: row.kind, state: visit.step?.state ?? 'captured', reason: turnedOut?.reason ?? 'ok', detail: turnedOut?.detail ?? null,
      change: receipt.change, isReport: receipt.isReport, newCandidates: receipt.newCandidates,
    });
  }
}
