/** Lists the stored exchanges of a selection and reads them one by one: what web archives are exported from. */
import type { FetchedBy, Redirect } from '../record.js';
import type { Sqlite } from './open.js';
import { conditions } from './selection.js';
import type { Selection } from './selection.js';
import { statement } from './statement.js';

/** A capture as it happened, without its bytes. */
export interface StoredExchange {
  readonly captureId: number;
  readonly url: string;
  readonly finalUrl: string;
  readonly status: number | null;
  readonly outcome: string;
  readonly reason: string;
  readonly detail: string | null;
  readonly mediaType: string | null;
  readonly payloadDigest: string | null;
  readonly payloadBytes: number | null;
  readonly transferBytes: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly redirects: readonly Redirect[];
  readonly fetchedAt: string;
  readonly via: FetchedBy;
  readonly remoteAddress: string | null;
  readonly revisitOf: number | null;
  readonly revisitProfile: 'server-not-modified' | 'identical-payload-digest' | null;
}

/** An answer came, or a file was brought in; requests without an answer are not in web archives. */
const ANSWERED = "(c.status IS NOT NULL OR (c.via = 'import' AND c.payload_sha256 IS NOT NULL))";

/**
 * Ids of the captures in `selection`, in the order in which they were stored. Without filters these are all; place, year or grade leave those of the
 * chosen documents: every capture of their addresses, and of the files they link. `since` goes by the day of the capture.
 */
export function selectExchanges(database: Sqlite, selection: Selection): number[] {
  const { sql, values } = conditions({ ...selection, since: null });
  const since = selection.since === null ? '' : ' AND c.fetched_at >= ?';
  const given = selection.since === null ? [] : [selection.since];
  if (sql === '') return database.prepare(`SELECT c.capture_id FROM capture c WHERE ${ANSWERED}${since} ORDER BY c.capture_id`).pluck().all(...given) as number[];
  return database.prepare(`
    WITH chosen AS (SELECT d.document_id, d.url, v.attachments FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version WHERE 1${sql})
    SELECT c.capture_id FROM capture c WHERE ${ANSWERED}${since} AND (
      c.url IN (SELECT url FROM chosen UNION SELECT a.value ->> 'url' FROM chosen, json_each(chosen.attachments) a)
      OR c.capture_id IN (SELECT w.capture_id FROM version w JOIN chosen ON chosen.document_id = w.document_id))
    ORDER BY c.capture_id`).pluck().all(...values, ...given) as number[];
}

interface Row extends Omit<StoredExchange, 'headers' | 'redirects'> {
  readonly headers: string;
  readonly redirects: string;
}

/** The capture as an exchange; null when there is none. */
export function readExchange(database: Sqlite, captureId: number): StoredExchange | null {
  const row = statement(database, `SELECT capture_id AS captureId, url, final_url AS finalUrl, status, outcome, reason, detail, media_type AS mediaType, payload_sha256 AS payloadDigest,
    payload_bytes AS payloadBytes, transfer_bytes AS transferBytes, headers, redirects, fetched_at AS fetchedAt, via, remote_address AS remoteAddress,
    revisit_of AS revisitOf, revisit_profile AS revisitProfile FROM capture WHERE capture_id = ?`).get(captureId) as Row | undefined;
  return row ? { ...row, headers: JSON.parse(row.headers) as Record<string, string>, redirects: JSON.parse(row.redirects) as Redirect[] } : null;
}

/** The moment of the newest capture: what an export can call its own date, so that the same archive gives the same bytes. Null in an empty one. */
export function newestExchange(database: Sqlite): string | null {
  return statement(database, 'SELECT max(fetched_at) FROM capture').pluck().get() as string | null;
}

/**
 * The exchange whose bytes a revisit repeats: the one it points at, or where that has other bytes or none (a request that failed was met there) the last
 * answer with them before it, of the same address where there is one. Null when `exchange` is no revisit.
 */
export function repeatedExchange(database: Sqlite, exchange: StoredExchange): StoredExchange | null {
  if (exchange.revisitOf === null) return null;
  const named = readExchange(database, exchange.revisitOf);
  if (exchange.payloadDigest === null || named?.payloadDigest === exchange.payloadDigest) return named;
  const captureId = statement(database, `SELECT capture_id FROM capture WHERE payload_sha256 = ? AND revisit_of IS NULL AND status IS NOT NULL AND capture_id < ?
    ORDER BY url <> ?, capture_id DESC LIMIT 1`).pluck().get(exchange.payloadDigest, exchange.captureId, exchange.url) as number | undefined;
  return captureId === undefined ? named : readExchange(database, captureId);
}
