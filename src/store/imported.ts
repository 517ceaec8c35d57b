/** Finds what an import may have brought in before, and the captures that its revisits point at. */
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** The capture of `url` at that moment with the same bytes; null when it is not in the archive. */
export function sameCapture(database: Sqlite, facts: { readonly url: string; readonly fetchedAt: string; readonly payloadDigest: string | null }): number | null {
  return (statement(database, 'SELECT capture_id FROM capture WHERE url = @url AND fetched_at = @fetchedAt AND payload_sha256 IS @payloadDigest LIMIT 1').pluck().get(facts) as number | undefined) ?? null;
}

/** What a revisit says of the answer it repeats. */
export interface RevisitClue {
  readonly url: string | null;
  readonly date: string | null;
  /** SHA-256, hexadecimal. */
  readonly payloadDigest: string | null;
}

/** The capture with bytes that a revisit repeats: by digest where it names one, else by address and moment. */
export function repeatedCapture(database: Sqlite, clue: RevisitClue): { readonly captureId: number; readonly payloadDigest: string } | null {
  const columns = 'SELECT capture_id AS captureId, payload_sha256 AS payloadDigest FROM capture WHERE payload_sha256 IS NOT NULL AND revisit_of IS NULL AND';
  const byMoment = clue.url === null || clue.date === null ? undefined
    : statement(database, `${columns} url = ? AND fetched_at = ? ORDER BY capture_id LIMIT 1`).get(clue.url, clue.date);
  const byDigest = clue.payloadDigest === null ? undefined : statement(database, `${columns} payload_sha256 = ? ORDER BY capture_id LIMIT 1`).get(clue.payloadDigest);
  const found = clue.payloadDigest === null ? byMoment : byDigest;
  return (found as { captureId: number; payloadDigest: string } | undefined) ?? null;
}
