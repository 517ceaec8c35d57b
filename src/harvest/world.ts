/** What one run works with: the archive, the configuration, the portals, and the counts it keeps. */
import type { Config } from '../config.js';
import type { BrowserFetcher } from '../fetch/browser.js';
import type { HttpFetcher } from '../fetch/http.js';
import type { CandidateKind, Divisions, Seed } from '../record.js';
import type { DocumentChange } from '../store/write-document.js';
import type { Sqlite } from '../store/open.js';
import type { VisitQueue } from '../store/visit-queue.js';
import type { Reader } from './reader.js';
import type { TrapWatch } from './trap-watch.js';

/** A visit or a derivation that has been committed, told to whoever shows progress. */
export interface VisitEvent {
  /** `harvest`: a server was asked. `derive`: a page stored before was read, and this is what it turned out to be. */
  readonly half: 'harvest' | 'derive';
  readonly portalId: string;
  readonly url: string;
  readonly kind: CandidateKind;
  readonly state: 'waiting' | 'captured' | 'skipped' | 'failed';
  readonly reason: string;
  readonly detail: string | null;
  readonly change: DocumentChange | null;
  readonly isReport: boolean;
  readonly newCandidates: number;
}

/** Counts of a run so far. */
export interface Tally {
  requests: number;
  captures: number;
  transferBytes: number;
  newReports: number;
  changedReports: number;
  readonly pagesOfPortal: Map<string, number>;
}

export interface World {
  readonly database: Sqlite;
  readonly config: Config;
  readonly fetcher: HttpFetcher;
  /** Opens Chromium at the first call; null when there is none or the configuration says never. */
  readonly browser: () => Promise<BrowserFetcher | null>;
  readonly seeds: ReadonlyMap<string, Seed>;
  readonly divisions: Divisions;
  readonly runId: number;
  /** First run whose captures count as fresh: this one, or the interrupted one it goes on with. */
  readonly freshSince: number;
  /** Whether to ask with If-None-Match and If-Modified-Since; a recrawl does not. */
  readonly conditional: boolean;
  /** Milliseconds since the epoch by a clock that does not jump while the run lasts. */
  readonly now: () => number;
  /** The time of day as the machine has it now. */
  readonly wallNow: () => number;
  readonly signal: AbortSignal;
  readonly tally: Tally;
  readonly reader: Reader;
  readonly visits: VisitQueue;
  readonly traps: TrapWatch;
  readonly onVisit: (event: VisitEvent) => void;
}

/** Counts the report that a commit wrote, if it wrote one. */
export function countReport(tally: Tally, written: { readonly isReport: boolean; readonly change: DocumentChange | null }): void {
  if (!written.isReport) return;
  if (written.change === 'new') tally.newReports += 1;
  if (written.change === 'changed') tally.changedReports += 1;
}

/** Fresh counts. */
export function newTally(): Tally {
  return { requests: 0, captures: 0, transferBytes: 0, newReports: 0, changedReports: 0, pagesOfPortal: new Map() };
}
