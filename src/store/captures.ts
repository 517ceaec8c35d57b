/** Finds stored captures and makes them records again. */
import { gunzipSync } from 'node:zlib';
import { damageError } from '../errors.js';
import type { Capture, CandidateKind, FetchedBy, HeardVia, Redirect } from '../record.js';
import type { Sqlite } from './open.js';
import { readSeed } from './portals.js';
import { statement } from './statement.js';

interface CaptureRow {
  capture_id: number; run_id: number | null; portal_id: string | null; url: string; final_url: string; kind: string; status: number | null;
  media_type: string | null; payload_sha256: string; headers: string; redirects: string; fetched_at: string; duration_ms: number; via: string;
  heard_via: string | null; hops: number | null; referrer: string | null; anchor: string | null; listed_on: string | null;
  coding: string; bytes: Uint8Array;
}

/** The bytes as the server sent them. Error `payload-damaged` when what is stored of them cannot be unpacked. */
function unpacked({ coding, bytes, payload_sha256: digest, url }: CaptureRow): Uint8Array {
  if (coding !== 'gzip') return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw damageError('payload-damaged', `the stored bytes ${digest} of ${url} are damaged (${(error as Error).message}); "nianbao verify" lists all such, a backup has them whole`, error);
  }
}

const SELECT = 'SELECT c.*, p.coding, p.bytes FROM capture c JOIN payload p ON p.sha256 = c.payload_sha256';

function captureOf(database: Sqlite, row: CaptureRow): Capture {
  return {
    url: row.url, seed: row.portal_id === null ? null : readSeed(database, row.portal_id), kind: row.kind as CandidateKind,
    heardVia: (row.heard_via ?? 'import') as HeardVia, hops: row.hops ?? 0, referrer: row.referrer, anchor: row.anchor, listedOn: row.listed_on,
    captureId: row.capture_id, runId: row.run_id, finalUrl: row.final_url, status: row.status,
    headers: JSON.parse(row.headers) as Record<string, string>, redirects: JSON.parse(row.redirects) as Redirect[], mediaType: row.media_type,
    payload: unpacked(row), payloadDigest: row.payload_sha256, fetchedAt: row.fetched_at,
    durationMs: row.duration_ms, fetchedBy: row.via as FetchedBy,
  };
}

/** The capture with its bytes; null when it has none or is unknown. */
export function readCapture(database: Sqlite, captureId: number): Capture | null {
  const row = statement(database, `${SELECT} WHERE c.capture_id = ?`).get(captureId) as CaptureRow | undefined;
  return row ? captureOf(database, row) : null;
}

/** A whole answer to the same URL fetched since run `sinceRunId` for another portal, so that one page is not asked for twice. */
export function sharedCapture(database: Sqlite, url: string, sinceRunId: number): Capture | null {
  const row = statement(database, `${SELECT} WHERE c.url = ? AND c.run_id >= ? AND c.outcome = 'captured' AND c.status = 200 ORDER BY c.capture_id DESC LIMIT 1`)
    .get(url, sinceRunId) as CaptureRow | undefined;
  return row ? captureOf(database, row) : null;
}

/** The newest whole answer at `url`, whenever it came; null when there is none. */
export function fetchedFile(database: Sqlite, url: string): Capture | null {
  const row = statement(database, `${SELECT} WHERE c.url = ? AND c.outcome = 'captured' ORDER BY c.capture_id DESC LIMIT 1`).get(url) as CaptureRow | undefined;
  return row ? captureOf(database, row) : null;
}

/** A capture of the bytes with this digest; null when they are not held. */
export function captureOfPayload(database: Sqlite, payloadDigest: string): Capture | null {
  const row = statement(database, `${SELECT} WHERE c.payload_sha256 = ? ORDER BY c.capture_id LIMIT 1`).get(payloadDigest) as CaptureRow | undefined;
  return row ? captureOf(database, row) : null;
}

/** The capture that holds the bytes which a revisit of `url` found unchanged, past whatever failed in between; null when they never came. */
export function originalOf(database: Sqlite, url: string, payloadDigest: string): number | null {
  return (statement(database, `SELECT coalesce(revisit_of, capture_id) FROM capture WHERE url = ? AND payload_sha256 = ? AND outcome = 'captured' ORDER BY capture_id DESC LIMIT 1`)
    .pluck().get(url, payloadDigest) as number | undefined) ?? null;
}

/** What a list was last read to hold, to be said again when it came back unchanged: the visits that failed since then read nothing. */
export function lastReading(database: Sqlite, url: string, portalId: string): Record<string, unknown> | null {
  return (statement(database, `SELECT r.page_kind AS pageKind, r.family, r.rows, r.report_rows AS reportRows, r.total, r.pages, r.stop, r.found, r.notices
    FROM capture c JOIN reading r ON r.capture_id = c.capture_id AND r.portal_id = ? WHERE c.url = ? ORDER BY c.capture_id DESC LIMIT 1`).get(portalId, url) as Record<string, unknown> | undefined) ?? null;
}
