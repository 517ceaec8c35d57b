/** Keeps the list of captures that are stored but not read yet: harvest is the one half, derivation the other, and either may be stopped between. */
import type { Notice } from '../record.js';
import type { Sqlite } from './open.js';
import { compactPayload } from './payloads.js';
import type { PackedPayload } from './payloads.js';
import { statement } from './statement.js';

/** A stored capture that waits to be derived. */
export interface Underived {
  readonly captureId: number;
  readonly candidateId: number | null;
  readonly portalId: string | null;
  readonly runId: number | null;
  readonly fetchedAt: string;
}

/** Captures that `derivation` has not tried in vain. */
const OPEN = '(u.failed_with IS NULL OR u.failed_derivation <> @derivation)';

/** The next captures to derive after capture `after`, oldest first, so that versions of a page come in their order. */
export function underivedCaptures(database: Sqlite, page: { readonly after: number; readonly limit: number; readonly derivation: string }): Underived[] {
  return statement(database, `SELECT u.capture_id AS captureId, c.candidate_id AS candidateId, c.portal_id AS portalId, c.run_id AS runId, c.fetched_at AS fetchedAt
    FROM underived u JOIN capture c ON c.capture_id = u.capture_id WHERE u.capture_id > @after AND ${OPEN} ORDER BY u.capture_id LIMIT @limit`).all(page) as Underived[];
}

/** How many captures wait to be derived. */
export function underivedCount(database: Sqlite, derivation: string): number {
  return statement(database, `SELECT count(*) FROM underived u WHERE ${OPEN}`).pluck().get({ derivation }) as number;
}

/** Captures that could not be derived, by whatever version of the code, and why. */
export function failedDerivations(database: Sqlite): { readonly url: string; readonly message: string }[] {
  return statement(database, 'SELECT c.url, u.failed_with AS message FROM underived u JOIN capture c ON c.capture_id = u.capture_id WHERE u.failed_with IS NOT NULL ORDER BY u.capture_id').all() as { url: string; message: string }[];
}

/** Puts a capture on the list. Call inside the transaction that stores it. */
export function deferDerivation(database: Sqlite, captureId: number): void {
  statement(database, 'INSERT OR IGNORE INTO underived (capture_id) VALUES (?)').run(captureId);
}

/** What derivation found out about a capture as a whole. */
export interface DerivedCapture {
  readonly captureId: number;
  readonly notices: readonly Notice[];
  /** Its payload as it is to be stored for good; null when that is how it is stored. */
  readonly packed: { readonly payloadDigest: string; readonly payload: PackedPayload } | null;
  /** The capture is not the page that was asked for (a soft 404, a wall): how it ended instead. */
  readonly turnedOut: { readonly reason: string; readonly detail: string | null } | null;
  /** Why it could not be derived, and by which version of the code; the capture then stays on the list for a better one. */
  readonly failed: { readonly message: string; readonly derivation: string } | null;
}

/** What was noticed when the page was fetched stays, whatever derivation finds. */
function noticesOfFetch(database: Sqlite, captureId: number): Notice[] {
  const kept = statement(database, 'SELECT notices FROM capture WHERE capture_id = ?').pluck().get(captureId) as string | undefined;
  return (JSON.parse(kept ?? '[]') as Notice[]).filter(({ room }) => room === 'fetch');
}

/** Takes a capture off the list, or notes why it stays. An outcome sealed with its run is not touched any more; the candidate's is what counts. */
export function closeDerivation(database: Sqlite, derived: DerivedCapture): void {
  const { captureId, failed, turnedOut } = derived;
  if (derived.packed) compactPayload(database, derived.packed.payloadDigest, derived.packed.payload);
  statement(database, 'UPDATE capture SET notices = ? WHERE capture_id = ?').run(JSON.stringify([...noticesOfFetch(database, captureId), ...derived.notices]), captureId);
  if (failed) {
    statement(database, 'UPDATE underived SET failed_with = ?, failed_derivation = ? WHERE capture_id = ?').run(failed.message, failed.derivation, captureId);
    return;
  }
  statement(database, 'DELETE FROM underived WHERE capture_id = ?').run(captureId);
  if (!turnedOut) return;
  statement(database, `UPDATE capture SET outcome = 'failed', reason = @reason, detail = @detail
    WHERE capture_id = @captureId AND run_id IN (SELECT run_id FROM run WHERE run_sha256 IS NULL)`).run({ captureId, ...turnedOut });
}
