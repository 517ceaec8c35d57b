/** Asks a host for its robots.txt before anything else, and says what it allows. */
import { createHash } from 'node:crypto';
import type { Config } from '../config.js';
import { askFollowing } from '../fetch/follow.js';
import type { Followed } from '../fetch/follow.js';
import { outcomeOf } from '../fetch/outcome.js';
import { decide, policyFromText, policyToText, productToken, robotsPolicy } from '../fetch/robots.js';
import type { RobotsPolicy } from '../fetch/robots.js';
import { canonicalUrl } from '../frontier/canonical-url.js';
import { retryAt, retryAfterMs } from '../frontier/retry.js';
import type { CandidateStep, FrontierRow, HostState } from '../store/frontier.js';
import type { NewCapture } from '../store/write-visit.js';
import { captureOf } from './answer.js';
import type { Ending } from './answer.js';
import { afterVisit, pauseOf } from './host-state.js';
import type { Lease } from './turns.js';
import type { Outcome } from './visit.js';
import { pause } from './wait.js';
import type { World } from './world.js';

/** RFC 9309, 2.3.1.2: at least five consecutive redirects are followed. */
const ROBOTS_REDIRECTS = 5;
/** RFC 9309, 2.5: at least 500 KiB are read; we read no more. */
const ROBOTS_BYTES = 500 * 1024;

export interface RobotsRefusal {
  readonly allowed: boolean;
  readonly reason: string;
  readonly detail: string | null;
}

/** What the host's robots.txt says of `url`. A host that asks for longer pauses than we are configured to keep is not asked at all. */
export function robotsDecision(host: HostState, url: string, config: Config): RobotsRefusal {
  const known = policyFromText(host.robots);
  if (!known) return { allowed: true, reason: 'ok', detail: null };
  if ((known.crawlDelaySecs ?? 0) > config.politeness.maxDelaySeconds) {
    return { allowed: false, reason: 'crawl-delay-too-long', detail: `robots.txt asks for ${known.crawlDelaySecs} seconds between requests; politeness.maxDelaySeconds is ${config.politeness.maxDelaySeconds}` };
  }
  const decision = decide(known, url, productToken(config.userAgent));
  return { allowed: decision.allowed, reason: decision.reason ?? 'ok', detail: decision.rule === null ? known.note : `robots.txt line ${decision.rule} (${decision.mode ?? 'both'} reading)` };
}

function robotsRow(row: FrontierRow): FrontierRow {
  const url = new URL('/robots.txt', row.url).href;
  return { ...row, url, kind: 'robots', heardVia: 'link', referrer: null, anchor: null, listedOn: null, payloadSha256: null };
}

function ask(world: World, lease: Lease, row: FrontierRow): Promise<Followed> {
  const wait = pauseOf(lease.host, { config: world.config, seed: world.seeds.get(row.portalId) ?? null });
  return askFollowing(world.fetcher, row.url, {
    maxBytes: ROBOTS_BYTES, maxRedirects: ROBOTS_REDIRECTS, decide: () => ({ take: 'follow' }), canonical: canonicalUrl, pause: () => pause(wait, world.signal),
  });
}

/** The exchange as a capture: an answer of any status is an answer here, only a fault is a failure. */
function captureOfRobots(row: FrontierRow, followed: Followed): NewCapture {
  const { payload, status } = followed.exchange;
  const payloadDigest = payload && payload.length > 0 ? createHash('sha256').update(payload).digest('hex') : null;
  const ending: Ending = followed.fault
    ? { state: outcomeOf(followed.fault.reason).kind, reason: followed.fault.reason, detail: followed.fault.detail }
    : { state: 'captured', reason: 'ok', detail: `HTTP ${status ?? 0}` };
  return { ...captureOf({ row, followed, answer: { ending, payloadDigest, unchanged: false, notices: [] }, fetchedBy: 'http', robots: null, revisitOf: null }), candidateId: null };
}

/** Until robots.txt can be read, the page that wanted it waits like any failed page: retried, then given up for this harvest. */
function stepWhenUnreachable(world: World, row: FrontierRow, facts: { policy: RobotsPolicy; followed: Followed }): { step: CandidateStep; ending: Ending } {
  const nowMs = world.now();
  const attempts = row.attempts + 1;
  const away = retryAfterMs(facts.followed.exchange.headers['retry-after'], nowMs);
  const reason = facts.followed.fault?.reason ?? facts.policy.reason ?? 'robots-unreachable';
  const again = retryAt({ nowMs, attempts, retryable: outcomeOf(reason).retryable, retryAfterMs: away }, { retries: world.config.limits.retries, ...world.config.retry });
  const ending: Ending = { state: again === null ? 'failed' : 'waiting', reason, detail: facts.policy.note };
  const { candidateId, etag, lastModified, payloadSha256, unchanged } = row;
  return { ending, step: { candidateId, etag, lastModified, payloadSha256, unchanged, ...ending, state: ending.state, attempts, dueAt: again ?? nowMs } };
}

/** Fetches robots.txt of the lease's host; the page of the lease keeps its turn when the file could be read. */
export async function visitRobots(world: World, lease: Lease): Promise<Outcome> {
  const row = robotsRow(lease.row);
  const followed = await ask(world, lease, row);
  const { exchange, fault } = followed;
  const policy = robotsPolicy({
    status: exchange.status, payload: exchange.payload, error: fault, fetchedAt: world.now(), agentToken: productToken(world.config.userAgent), headers: exchange.headers, url: row.url,
  });
  const unreachable = policy.state === 'unreachable';
  const host = afterVisit({ ...lease.host, crawlDelaySecs: policy.crawlDelaySecs }, {
    config: world.config, seed: world.seeds.get(lease.row.portalId) ?? null, nowMs: world.now(), inTrouble: unreachable, reason: policy.reason,
    retryAfterMs: unreachable ? retryAfterMs(exchange.headers['retry-after'], world.now()) : null,
  });
  const written = { ...host, robots: policyToText(policy), robotsExpiresAt: unreachable ? 0 : policy.expiresAt };
  const capture = captureOfRobots(row, followed);
  if (!unreachable) return { ending: { state: 'captured', reason: 'ok', detail: null }, capture, host: written };
  return { ...stepWhenUnreachable(world, lease.row, { policy, followed }), capture, host: written };
}
