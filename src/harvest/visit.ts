/** One visit: ask for what the lease names, learn from the answer, commit both with the frontier's new state. */
import { askFollowing } from '../fetch/follow.js';
import type { Followed, HopDecision } from '../fetch/follow.js';
import { canonicalUrl } from '../frontier/canonical-url.js';
import { retryAfterMs } from '../frontier/retry.js';
import { inScope } from '../frontier/scope.js';
import { hostKey } from '../frontier/url-key.js';
import type { Capture, FetchedBy, Seed } from '../record.js';
import { lastReading, originalOf, sharedCapture } from '../store/captures.js';
import type { CandidateStep, FrontierRow, HostState } from '../store/frontier.js';
import type { NewReading, Visit, VisitReceipt } from '../store/write-visit.js';
import { captureOf, readAnswer, recordOf } from './answer.js';
import type { Answer, Ending } from './answer.js';
import { afterVisit, isHostTrouble, pauseOf } from './host-state.js';
import { learnPage } from './cover.js';
import { candidateOf, documentLater, seedCandidate } from './learn.js';
import type { Lesson } from './learn.js';
import { learnSafely, readingLimits } from './reader.js';
import { NEEDS_BROWSER, browserFirst, browserWhenNeeded, renderPage } from './render.js';
import { robotsDecision } from './robots-visit.js';
import { endingAfterLesson, stepOf, withValidators } from './step.js';
import type { Lease } from './turns.js';
import { pause } from './wait.js';
import { countReport } from './world.js';
import type { World } from './world.js';

/** A visit ready to be written, apart from what every visit has. */
export type Outcome = Partial<Visit> & { readonly ending: Ending; readonly host: HostState };

/** What the turns need to know of a committed visit. */
export interface VisitEnd {
  readonly host: HostState;
  readonly hostsFed: Iterable<string>;
}

/** Why this page is not asked for at all; null when it is. */
function refusal(world: World, lease: Lease, visited: number): Ending | null {
  const limit = world.config.limits.pagesPerPortal;
  if (visited >= limit) return { state: 'skipped', reason: 'page-limit', detail: `${limit} pages of this portal were fetched in this run (limits.pagesPerPortal)` };
  const robots = world.config.politeness.respectRobots ? robotsDecision(lease.host, lease.row.url, world.config) : null;
  return robots && !robots.allowed ? { state: 'skipped', reason: robots.reason, detail: robots.detail } : null;
}

function conditionalHeaders(row: FrontierRow, world: World): Record<string, string> {
  if (!world.conditional || row.payloadSha256 === null) return {};
  return {
    ...(row.etag === null ? {} : { 'if-none-match': row.etag }),
    ...(row.lastModified === null ? {} : { 'if-modified-since': row.lastModified }),
  };
}

/** Redirects within the host are followed; those to a sister host wait for that host's own turn; strangers are refused. */
function hopDecision(world: World, lease: Lease, seed: Seed): (target: string) => HopDecision {
  return (target) => {
    const { urlLength } = world.config.limits;
    if (target.length > urlLength) return { take: 'refuse', fault: { reason: 'url-too-long', detail: `redirected to an address of ${target.length} characters` } };
    if (!inScope(target, seed)) return { take: 'refuse', fault: { reason: 'redirect-out-of-scope', detail: `redirected to ${target}, which is not the portal's site; if the portal moved, add the new address to the seed list` } };
    if (hostKey(target) !== lease.row.hostKey) return { take: 'defer' };
    const robots = world.config.politeness.respectRobots ? robotsDecision(lease.host, target, world.config) : null;
    if (robots && !robots.allowed) return { take: 'refuse', fault: { reason: robots.reason, detail: robots.detail ?? target } };
    return { take: 'follow' };
  };
}

function ask(world: World, lease: Lease, seed: Seed): Promise<Followed> {
  const { limits } = world.config;
  return askFollowing(world.fetcher, lease.row.url, {
    headers: { ...conditionalHeaders(lease.row, world), ...(lease.row.referrer === null ? {} : { referer: lease.row.referrer }) }, maxBytes: lease.row.kind === 'attachment' ? limits.attachmentBytes : limits.responseBytes,
    maxRedirects: limits.redirects, decide: hopDecision(world, lease, seed), canonical: canonicalUrl,
    pause: () => pause(pauseOf(lease.host, { config: world.config, seed }), world.signal),
  });
}

/** The reading of an unchanged list, said again: the ledger needs to know that it was looked at in this run. */
function repeatedReading(world: World, row: FrontierRow): NewReading | null {
  const last = lastReading(world.database, row.url, row.portalId);
  return last ? { ...(last as unknown as NewReading), notices: JSON.parse(String(last['notices'])) as NewReading['notices'] } : null;
}

function redirectCandidate(followed: Followed, capture: Capture, world: World): Lesson['found'] {
  if (followed.deferredTo === null) return [];
  const link = { url: followed.deferredTo, kind: capture.kind, heardVia: 'redirect' as const, anchor: capture.anchor, listedOn: capture.listedOn, priority: 0 };
  const candidate = candidateOf(link, capture, readingLimits(world));
  return candidate ? [{ ...candidate, hops: capture.hops }] : [];
}

/** A column that does not answer any more may have moved: the seed's home page is where the way to its successor begins. */
function homeInstead(row: FrontierRow, step: CandidateStep, seed: Seed): Lesson['found'] {
  const url = seed.home === null ? null : canonicalUrl(seed.home);
  if (url === null || row.heardVia !== 'seed' || row.kind !== 'column' || step.state !== 'failed') return [];
  return [seedCandidate(url, { portalId: seed.portalId, kind: 'home' })];
}

const GONE: ReadonlySet<string> = new Set(['gone', 'soft-404']);

interface Received {
  readonly followed: Followed;
  readonly fetchedBy: FetchedBy;
}

/**
 * An article this small may be a shell, a soft 404 or a stub, which the next request depends on: it is read within the visit. What is
 * larger is stored, and derived while the hosts rest.
 */
const READ_AT_ONCE_BYTES = 4096;

function isDerivedLater(row: FrontierRow, { followed, fetchedBy }: Received): boolean {
  if (fetchedBy !== 'http') return false;
  return row.kind === 'attachment' || (row.kind === 'article' && (followed.exchange.payload?.length ?? 0) > READ_AT_ONCE_BYTES);
}

/** The host's pause begins when it has begun to answer. A body that took longer than the pause itself earns it another one. */
function pauseBegins(world: World, lease: Lease, facts: { seed: Seed; followed: Followed; endedMs: number }): number {
  const { bodyMs } = facts.followed.exchange;
  return bodyMs <= pauseOf(lease.host, { config: world.config, seed: facts.seed }) ? facts.endedMs - bodyMs : facts.endedMs;
}

/** A body that is derived later is stored as it came, and compressed then. */
const UNREAD = { lesson: null, packed: null };

/** Reads the answer and prepares everything that is to be written. */
async function digest(world: World, lease: Lease, seed: Seed, received: Received): Promise<Outcome & { readonly lesson: Lesson | null }> {
  const { row } = lease;
  const { followed, fetchedBy } = received;
  const nowMs = pauseBegins(world, lease, { seed, followed, endedMs: world.now() });
  const read = readAnswer(row, followed);
  const isWhole = read.ending.reason === 'ok';
  const deriveLater = isWhole && isDerivedLater(row, received);
  const record: Capture = { ...recordOf({ row, seed, followed, payloadDigest: read.payloadDigest ?? '', runId: world.runId }), fetchedBy };
  const { lesson, packed } = isWhole && !deriveLater ? await learnPage(world, record) : UNREAD;
  const ending = endingAfterLesson(read.ending, lesson);
  const answer: Answer = { ...read, ending, notices: [...read.notices, ...(lesson?.notices ?? [])] };
  const away = retryAfterMs(followed.exchange.headers['retry-after'], world.now());
  const step = withValidators(stepOf(world, row, { ending, answer, retryAfterMs: away }), followed, answer);
  const revisitOf = answer.unchanged && row.payloadSha256 !== null ? originalOf(world.database, row.url, row.payloadSha256) : null;
  return {
    lesson, ending: { ...ending, state: step.state }, step, deriveLater,
    capture: captureOf({ row, followed, answer, packed: deriveLater ? { coding: 'identity', bytes: record.payload } : packed, fetchedBy, robots: world.config.politeness.respectRobots ? 'allowed' : 'ignored', revisitOf }),
    host: afterVisit(lease.host, { config: world.config, seed, nowMs, inTrouble: isHostTrouble(ending.reason), reason: ending.reason, retryAfterMs: ending.state === 'failed' ? away : null }),
    found: [...(lesson?.found ?? []), ...redirectCandidate(followed, record, world), ...homeInstead(row, step, seed)],
    reading: lesson?.reading ?? (answer.unchanged ? repeatedReading(world, row) : null),
    document: ending.state === 'captured' ? documentLater(world.database, lesson, row.url) : null,
    goneKey: GONE.has(ending.reason) && step.state === 'failed' ? row.urlKey : null,
    unchangedKey: answer.unchanged ? row.urlKey : null,
  };
}

/** A page another portal's turn has brought in this run: read again for this portal, not asked for again. */
async function shareCapture(world: World, lease: Lease, capture: Capture): Promise<Outcome> {
  const record: Capture = { ...capture, seed: world.seeds.get(lease.row.portalId) ?? null, kind: lease.row.kind, hops: lease.row.hops, heardVia: lease.row.heardVia };
  const { lesson } = await learnSafely(world, record);
  const ending: Ending = { state: 'captured', reason: 'shared', detail: `fetched for another portal as capture ${capture.captureId}` };
  const answer: Answer = { ending, payloadDigest: capture.payloadDigest, unchanged: false, notices: lesson.notices };
  const step = stepOf(world, lease.row, { ending, answer, retryAfterMs: null });
  return { ending, step, host: lease.host, sharedCaptureId: capture.captureId, found: lesson.found, reading: lesson.reading };
}

function skip(world: World, lease: Lease, ending: Ending): Outcome {
  return { ending, step: stepOf(world, lease.row, { ending, answer: null, retryAfterMs: null }), host: lease.host };
}

function whole(world: World, lease: Lease, outcome: Outcome): Visit {
  const nowMs = world.now();
  return {
    runId: world.runId, sinceRunId: world.freshSince, portalId: lease.row.portalId, seenAt: new Date(world.wallNow()).toISOString(), nowMs, capture: null, sharedCaptureId: null, deriveLater: false, derived: null, step: null,
    reading: null, document: null, join: null, goneKey: null, unchangedKey: null, ...outcome, found: world.traps.sift(lease.row.portalId, outcome.found ?? []),
  };
}

function count(world: World, visit: Visit, receipt: VisitReceipt): void {
  const { tally } = world;
  if (visit.capture) {
    tally.requests += 1 + visit.capture.redirects.length;
    tally.captures += 1;
    tally.transferBytes += visit.capture.transferBytes;
  }
  countReport(tally, receipt);
}

function tell(world: World, lease: Lease, facts: { outcome: Outcome; receipt: VisitReceipt }): void {
  const { outcome, receipt } = facts;
  if (lease.purpose === 'robots' && outcome.ending.state === 'captured') return;
  world.onVisit({
    half: 'harvest', portalId: lease.row.portalId, url: lease.row.url, kind: lease.row.kind, state: outcome.ending.state, reason: outcome.ending.reason, detail: outcome.ending.detail,
    change: receipt.change, isReport: receipt.isReport, newCandidates: receipt.newCandidates,
  });
}

/** Writes a prepared visit and tells about it. */
export async function commit(world: World, lease: Lease, outcome: Outcome): Promise<VisitEnd> {
  const visit = whole(world, lease, outcome);
  const receipt = await world.visits.commit(visit);
  count(world, visit, receipt);
  tell(world, lease, { outcome, receipt });
  return { host: outcome.host, hostsFed: receipt.hostsFed };
}

/** The document's own capture: kept, but what becomes of the candidate is the rendered page's to say. */
function documentOnly(outcome: Outcome): Outcome {
  return { ending: outcome.ending, capture: outcome.capture, host: outcome.host };
}

const WITHOUT_BROWSER: Ending = { state: 'skipped', reason: 'browser-missing', detail: 'the page is built by script and there is no Chromium ("nianbao doctor" says how to get one)' };

function withoutBrowser(world: World, lease: Lease, shell: Outcome): Outcome[] {
  return [{ ...shell, ...skip(world, lease, WITHOUT_BROWSER), host: shell.host }];
}

/** Loads the page in Chromium: two outcomes, the document's and the rendered page's. `shell` is what plain HTTP gave before. */
async function visitWithBrowser(world: World, lease: Lease, seed: Seed, shell: Outcome | null): Promise<Outcome[]> {
  if (shell) await pause(pauseOf(lease.host, { config: world.config, seed }), world.signal);
  const rendered = await renderPage(world, lease, seed);
  if (!rendered) return shell ? withoutBrowser(world, lease, shell) : [await digest(world, lease, seed, { followed: await ask(world, lease, seed), fetchedBy: 'http' })];
  const document = await digest(world, lease, seed, { followed: rendered.document, fetchedBy: 'browser' });
  const first = documentOnly(shell ?? document);
  if (!rendered.page || document.ending.state !== 'captured') return shell ? [first, document] : [document];
  return [first, await digest(world, lease, seed, { followed: rendered.page, fetchedBy: 'browser' })];
}

/** Derivation found the page stored before to be a shell: now it goes to Chromium, or is named as one that needed it. */
async function visitShell(world: World, lease: Lease, seed: Seed): Promise<Outcome[]> {
  if (await world.browser()) return visitWithBrowser(world, lease, seed, null);
  return [skip(world, lease, WITHOUT_BROWSER)];
}

/** Visits the page of a lease and returns its outcomes, ready to commit; the last one says what became of the candidate. */
export async function visitPage(world: World, lease: Lease): Promise<Outcome[]> {
  const seed = world.seeds.get(lease.row.portalId);
  if (!seed) return [skip(world, lease, { state: 'skipped', reason: 'portal-removed', detail: 'the portal is no longer in the seed lists' })];
  const visited = world.tally.pagesOfPortal.get(lease.row.portalId) ?? 0;
  const refused = refusal(world, lease, visited);
  if (refused) return [skip(world, lease, refused)];
  const shared = world.conditional ? sharedCapture(world.database, lease.row.url, world.freshSince) : null;
  if (shared && shared.seed?.portalId !== lease.row.portalId) return [await shareCapture(world, lease, shared)];
  world.tally.pagesOfPortal.set(lease.row.portalId, visited + 1);
  if (browserFirst(world, lease, seed)) return visitWithBrowser(world, lease, seed, null);
  if (lease.row.reason === NEEDS_BROWSER && browserWhenNeeded(world, seed)) return visitShell(world, lease, seed);
  const plain = await digest(world, lease, seed, { followed: await ask(world, lease, seed), fetchedBy: 'http' });
  const isShell = plain.lesson?.isShell === true;
  return isShell && browserWhenNeeded(world, seed) ? visitWithBrowser(world, lease, seed, plain) : [plain];
}
