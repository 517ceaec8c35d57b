/** What becomes of a candidate after a visit: done, tried again later, or given up. */
import type { Followed } from '../fetch/follow.js';
import { outcomeOf } from '../fetch/outcome.js';
import { nextVisitMs } from '../frontier/revisit.js';
import { retryAt } from '../frontier/retry.js';
import type { CandidateStep, FrontierRow } from '../store/frontier.js';
import { hasRows } from '../store/lists.js';
import type { Answer, Ending } from './answer.js';
import type { Lesson } from './learn.js';
import type { World } from './world.js';

/** The candidate's state after the visit: done, tried again later, or given up. */
export function stepOf(world: Pick<World, 'config' | 'now' | 'database'>, row: FrontierRow, facts: { ending: Ending; answer: Answer | null; retryAfterMs: number | null }): CandidateStep {
  const { ending, answer } = facts;
  const nowMs = world.now();
  const kept = { candidateId: row.candidateId, reason: ending.reason, detail: ending.detail, etag: row.etag, lastModified: row.lastModified, payloadSha256: row.payloadSha256, unchanged: row.unchanged };
  if (ending.state === 'captured' && answer) {
    const unchanged = answer.unchanged ? row.unchanged + 1 : 0;
    const isFurther = row.heardVia === 'paging' && row.referrer !== null && hasRows(world.database, row.portalId, row.referrer);
    return { ...kept, state: 'captured', attempts: 0, unchanged, dueAt: nextVisitMs({ kind: row.kind, isFurther }, { nowMs, unchanged }, world.config.revisit), payloadSha256: answer.payloadDigest ?? row.payloadSha256 };
  }
  if (ending.state !== 'failed') return { ...kept, state: ending.state, attempts: 0, dueAt: nowMs };
  const attempts = row.attempts + 1;
  const again = retryAt({ nowMs, attempts, retryable: outcomeOf(ending.reason).retryable, retryAfterMs: facts.retryAfterMs }, { retries: world.config.limits.retries, ...world.config.retry });
  if (again !== null) return { ...kept, state: 'waiting', attempts, dueAt: again };
  return { ...kept, state: 'failed', attempts, dueAt: nowMs };
}

/** Validators of a whole answer, kept for the next conditional request. */
export function withValidators(step: CandidateStep, followed: Followed, answer: Answer): CandidateStep {
  if (step.state !== 'captured' || answer.ending.reason === 'not-modified') return step;
  const { headers } = followed.exchange;
  return { ...step, etag: headers['etag'] ?? null, lastModified: headers['last-modified'] ?? null };
}

/** A page that says "not found" or hides behind a wall under status 200 did not give what was asked for. */
export function endingAfterLesson(read: Ending, lesson: Lesson | null): Ending {
  if (lesson?.pageKind === 'soft-404') return { state: 'failed', reason: 'soft-404', detail: 'status 200, but the page says that the document does not exist' };
  if (lesson?.pageKind === 'blocked') return { state: 'failed', reason: 'blocked-challenge', detail: lesson.notices[0]?.message ?? 'the page is a wall, not a document' };
  return read;
}

