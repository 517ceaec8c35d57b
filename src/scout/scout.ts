/** Walks from an address to the list of a portal's annual reports in a few requests, and says what it met on the way. Nothing is stored. */
import { createHash } from 'node:crypto';
import { familyOfUrl } from '../discover/family-of-url.js';
import { foldWords, isReportColumn } from '../discover/report-words.js';
import type { BrowserFetcher } from '../fetch/browser.js';
import { canonicalUrl } from '../frontier/canonical-url.js';
import { readAnswer, recordOf } from '../harvest/answer.js';
import type { Ending } from '../harvest/answer.js';
import { seedCandidate } from '../harvest/learn.js';
import type { Lesson } from '../harvest/learn.js';
import { learnSafely } from '../harvest/reader.js';
import type { Reader } from '../harvest/reader.js';
import { endingAfterLesson } from '../harvest/step.js';
import type { Config } from '../config.js';
import type { Capture, CandidateKind, Seed } from '../record.js';
import type { FrontierRow, NewCandidate } from '../store/frontier.js';
import { linkedYear } from '../store/ledger-rules.js';
import { BUDGET_SPENT, RequestBudget } from './polite-asker.js';
import type { PoliteAsker } from './polite-asker.js';

/** A report that a harvest would fetch. */
export interface FoundReport {
  readonly url: string;
  /** The words of its link, or its own title. */
  readonly title: string | null;
  readonly year: number | null;
  readonly listedOn: string | null;
}

/** The outcome of a walk to a list whose reports are all of other agencies than the one that was named. */
export const OTHER_AGENCY = 'other-agency';

/** One page of the walk. */
export interface ScoutStep {
  readonly url: string;
  readonly kind: CandidateKind;
  /** `ok`, or why the page did not come. */
  readonly reason: string;
  readonly detail: string | null;
  readonly family: string | null;
}

/** What the walk found. */
export interface Scouted {
  /** `found`: a list with reports, or a report at the address itself. Else why not: the first page's reason, `script-shell`, `other-agency`, `empty-list`, `request-limit`, `no-list`. */
  readonly outcome: string;
  readonly detail: string | null;
  readonly requests: number;
  /** What robots.txt said; null when it was not asked. */
  readonly robots: string | null;
  readonly family: string | null;
  /** First page of the list. */
  readonly column: string | null;
  /** Rows on the pages read, those that name reports, those that the list says it has. */
  readonly rows: number | null;
  readonly reportRows: number | null;
  readonly total: number | null;
  /** Whether every further page that was named was read. */
  readonly isWhole: boolean;
  readonly reports: readonly FoundReport[];
  /** Whose report the walk has read itself, when it came upon one. */
  readonly agency: string | null;
  readonly steps: readonly ScoutStep[];
}

export interface ScoutWorld {
  readonly config: Config;
  readonly asker: PoliteAsker;
  readonly reader: Reader;
  /** Opens Chromium at the first call; null when there is none or the configuration says never. */
  readonly browser: () => Promise<BrowserFetcher | null>;
}

export interface ScoutOrder {
  readonly seed: Seed;
  readonly address: string;
  readonly kind: 'home' | 'column';
  /** Requests at most. */
  readonly requests: number;
  /** Whether the list is walked to its end, in a browser where a script builds it, or left when its first page shows reports. */
  readonly whole: boolean;
}

interface Waiting {
  readonly candidate: NewCandidate;
  /** First page of the list that it would belong to, as a seed list would name it. */
  readonly column: string;
  readonly rank: number;
}

/** Sent on from one page to another without a link being chosen: the list is still the one that the first address names. */
const CARRIED: ReadonlySet<string> = new Set(['paging', 'row', 'frame', 'redirect', 'meta-refresh', 'script-redirect']);

function yearOf(url: string, words: string | null, listedOn: string | null): number | null {
  return linkedYear(words, listedOn) ?? familyOfUrl(url)?.reportYear ?? null;
}

/** What leads to a list goes first, then what is named like a column of reports; a single report is read when nothing else is left. */
function rankOf(candidate: NewCandidate): number {
  if (candidate.kind === 'article') return 3;
  if (CARRIED.has(candidate.heardVia)) return 0;
  return isReportColumn(foldWords(candidate.anchor ?? '')) ? 1 : 2;
}

function rowOf(candidate: NewCandidate): FrontierRow {
  const { refusal: _refusal, ...plain } = candidate;
  return { ...plain, candidateId: 0, attempts: 0, dueAt: 0, etag: null, lastModified: null, payloadSha256: null, lastCaptureId: null, unchanged: 0, reason: null };
}

function digestOf(payload: Uint8Array): string {
  return createHash('sha256').update(payload).digest('hex');
}

/** One walk: what waits to be asked, and what has been learned so far. */
class Walk {
  readonly #world: ScoutWorld;
  readonly #order: ScoutOrder;
  readonly #budget: RequestBudget;
  readonly #seen = new Set<string>();
  readonly #reports = new Map<string, FoundReport>();
  readonly #steps: ScoutStep[] = [];
  #waiting: Waiting[] = [];
  #column: string | null = null;
  #family: string | null = null;
  #agency: string | null = null;
  #rows: number | null = null;
  #reportRows: number | null = null;
  #total: number | null = null;
  #isShell = false;
  #isEmpty = false;
  /** A list whose reports are all of other agencies. */
  #others: { readonly column: string; readonly detail: string } | null = null;

  constructor(world: ScoutWorld, order: ScoutOrder) {
    this.#world = world;
    this.#order = order;
    this.#budget = new RequestBudget(order.requests);
  }

  async run(): Promise<Scouted> {
    const { address, kind, seed } = this.#order;
    const url = canonicalUrl(address);
    if (url === null) return this.#result('bad-url', 'this is not an address that can be asked for');
    this.#wait(seedCandidate(url, { portalId: seed.portalId, kind }), address);
    for (let step = this.#next(); step; step = this.#next()) {
      if (!(await this.#visit(step))) break;
      if (this.#column !== null && !this.#order.whole) break;
    }
    return this.#conclude();
  }

  #wait(candidate: NewCandidate, column: string): void {
    if (candidate.refusal || this.#seen.has(candidate.urlKey)) return;
    this.#seen.add(candidate.urlKey);
    this.#waiting.push({ candidate, column, rank: rankOf(candidate) });
  }

  /** The best-ranked page; of equals the last pages' links first, in their order: a trail is followed before another one is begun. */
  #next(): Waiting | null {
    const best = Math.min(...this.#waiting.map(({ rank }) => rank));
    const at = this.#waiting.findIndex(({ rank }) => rank === best);
    return at < 0 ? null : this.#waiting.splice(at, 1)[0] ?? null;
  }

  #note(step: Waiting, facts: { reason: string; detail: string | null; family?: string | null }): void {
    this.#steps.push({ url: step.candidate.url, kind: step.candidate.kind, reason: facts.reason, detail: facts.detail, family: facts.family ?? null });
  }

  /** Asks for one page and learns from it. False when nothing more may be asked. */
  async #visit(step: Waiting): Promise<boolean> {
    const { candidate } = step;
    const asked = await this.#world.asker.ask({ url: candidate.url, seed: this.#order.seed, referrer: candidate.referrer, budget: this.#budget });
    if ('notAsked' in asked) {
      this.#note(step, asked.notAsked);
      return asked.notAsked.reason !== BUDGET_SPENT.reason && asked.notAsked.reason !== 'stopped';
    }
    const row = rowOf(candidate);
    const answer = readAnswer(row, asked.followed);
    if (asked.followed.deferredTo !== null) this.#carryOn(step, asked.followed.deferredTo);
    if (answer.ending.reason !== 'ok') {
      this.#note(step, answer.ending);
      return true;
    }
    const payloadDigest = digestOf(asked.followed.exchange.payload ?? new Uint8Array());
    const capture: Capture = recordOf({ row, seed: this.#order.seed, followed: asked.followed, payloadDigest, runId: 0 });
    this.#end(step, answer.ending, await this.#shown(capture, (await learnSafely(this.#world, capture)).lesson));
    return true;
  }

  #end(step: Waiting, read: Ending, lesson: Lesson): void {
    const ending = endingAfterLesson(read, lesson);
    this.#note(step, { ...ending, family: lesson.reading?.family ?? null });
    if (ending.reason === 'ok') this.#learn(step, lesson);
  }

  /** What the page teaches once a browser has shown it, when it is a shell and there is a browser; else what it taught as it came. */
  async #shown(capture: Capture, lesson: Lesson): Promise<Lesson> {
    if (!lesson.isShell || lesson.found.length > 0 || !this.#order.whole || this.#budget.isSpent) return lesson;
    const browser = await this.#world.browser();
    if (!browser) return lesson;
    const { url, referrer } = capture;
    const loaded = await this.#world.asker.load({ url, seed: this.#order.seed, referrer, budget: this.#budget }, browser);
    if ('notAsked' in loaded || loaded.shown.fault || loaded.shown.renderedHtml === null) return lesson;
    const payload = Buffer.from(loaded.shown.renderedHtml, 'utf8');
    const shown: Capture = { ...capture, payload, payloadDigest: digestOf(payload), headers: { 'content-type': 'text/html; charset=utf-8' }, finalUrl: loaded.shown.finalUrl, fetchedBy: 'browser' };
    return (await learnSafely(this.#world, shown)).lesson;
  }

  #carryOn(step: Waiting, url: string): void {
    const moved = seedCandidate(url, { portalId: this.#order.seed.portalId, kind: step.candidate.kind });
    this.#wait({ ...moved, heardVia: 'redirect', referrer: step.candidate.url, anchor: step.candidate.anchor }, step.candidate.kind === 'home' ? url : step.column);
  }

  #learn(step: Waiting, lesson: Lesson): void {
    if (lesson.isShell && lesson.found.length === 0) this.#isShell = true;
    if (lesson.reading?.notices.some(({ code }) => code === 'discover-empty-list')) this.#isEmpty = true;
    const others = lesson.reading?.notices.find(({ code }) => code === 'discover-other-agency');
    if (others) this.#others ??= { column: step.column, detail: others.message };
    if (lesson.document?.recognised.pageKind === 'annual-report') {
      this.#holdReport(step, lesson.document.recognised);
      this.#holdYears(lesson.found);
    }
    const rows = lesson.found.filter((found) => found.heardVia === 'row' && found.refusal === null);
    const reports = rows.filter(({ kind }) => kind !== 'list');
    if (reports.length > 0) this.#holdList(step, lesson, reports);
    else if (lesson.reading?.rows !== null && this.#column === step.column) this.#rows = (this.#rows ?? 0) + (lesson.reading?.rows ?? 0);
    this.#waitFor(step, lesson.found.filter(({ kind }) => kind !== 'attachment').filter((found) => !reports.includes(found)));
  }

  #holdReport(step: Waiting, recognised: NonNullable<Lesson['document']>['recognised']): void {
    const { url, urlKey } = step.candidate;
    this.#agency ??= recognised.agencyFrom === 'seed' ? null : recognised.agency;
    this.#column ??= step.column;
    this.#reports.set(urlKey, { url, title: recognised.title, year: recognised.year, listedOn: recognised.publishedOn });
  }

  /** An endpoint that answers by year was asked once with success: the other years are addresses that a harvest would ask for. */
  #holdYears(found: readonly NewCandidate[]): void {
    const years = [...found, ...this.#waiting.map(({ candidate }) => candidate)].filter((candidate) => rankOf(candidate) === 3 && candidate.heardVia === 'link' && candidate.refusal === null);
    for (const { url, urlKey, anchor, listedOn } of years) if (!this.#reports.has(urlKey)) this.#reports.set(urlKey, { url, title: anchor, year: yearOf(url, anchor, listedOn), listedOn });
    this.#waiting = this.#waiting.filter(({ rank }) => rank === 0);
  }

  #holdList(step: Waiting, { reading }: Lesson, reports: readonly NewCandidate[]): void {
    this.#column ??= step.column;
    this.#family ??= reading?.family ?? null;
    this.#rows = (this.#rows ?? 0) + (reading?.rows ?? reports.length);
    this.#reportRows = (this.#reportRows ?? 0) + (reading?.reportRows ?? reports.length);
    this.#total ??= reading?.total ?? null;
    for (const { url, urlKey, anchor, listedOn } of reports) {
      if (!this.#reports.has(urlKey)) this.#reports.set(urlKey, { url, title: anchor, year: yearOf(url, anchor, listedOn), listedOn });
    }
    // The list is found: other trails are left.
    this.#waiting = this.#waiting.filter(({ rank }) => rank === 0);
  }

  #waitFor(step: Waiting, found: readonly NewCandidate[]): void {
    const earlier = this.#waiting;
    this.#waiting = [];
    for (const candidate of found) {
      const isCarried = CARRIED.has(candidate.heardVia) && step.candidate.kind !== 'home';
      if (this.#column === null || rankOf(candidate) === 0) this.#wait(candidate, isCarried ? step.column : candidate.url);
    }
    this.#waiting.push(...earlier);
  }

  #conclude(): Scouted {
    if (this.#reports.size > 0) return this.#result('found', null);
    const first = this.#steps[0];
    if (first && first.reason !== 'ok' && first.reason !== 'redirected') return this.#result(first.reason, first.detail);
    if (this.#isShell) return this.#result('script-shell', 'the page is built by script, and no browser has shown it here; a harvest loads it in Chromium');
    if (this.#others) {
      this.#column ??= this.#others.column;
      return this.#result(OTHER_AGENCY, this.#others.detail);
    }
    if (this.#isEmpty) return this.#result('empty-list', 'the list has no row that names a report');
    const last = this.#steps.at(-1);
    if (last && (last.reason === BUDGET_SPENT.reason || last.reason === 'stopped')) return this.#result(last.reason, last.detail);
    const failed = this.#steps.find(({ reason }) => reason !== 'ok' && reason !== 'redirected');
    return failed ? this.#result(failed.reason, failed.detail) : this.#result('no-list', 'no page that was read leads to a list of annual reports');
  }

  #result(outcome: string, detail: string | null): Scouted {
    const { address } = this.#order;
    const steps = this.#steps.filter(({ reason }) => reason !== BUDGET_SPENT.reason);
    return {
      outcome, detail, requests: this.#budget.spent, robots: URL.canParse(address) ? this.#world.asker.robotsOf(canonicalUrl(address) ?? address) : null,
      family: this.#family ?? this.#steps.find(({ family }) => family !== null && family !== 'generic')?.family ?? this.#steps.find(({ family }) => family !== null)?.family ?? null,
      column: this.#column, rows: this.#rows, reportRows: this.#reportRows, total: this.#total, isWhole: this.#waiting.length === 0 && this.#steps.length === steps.length,
      reports: [...this.#reports.values()], agency: this.#agency, steps,
    };
  }
}

/** Walks from `order.address`, at most `order.requests` requests long. Never throws. */
export function scout(world: ScoutWorld, order: ScoutOrder): Promise<Scouted> {
  return new Walk(world, order).run();
}
