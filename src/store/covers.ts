/** Finds the page that leads to a file, as the archive holds it. */
import type { Capture } from '../record.js';
import { readCapture } from './captures.js';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

export interface CoverVersion {
  readonly capture: Capture;
  readonly url: string;
  readonly version: number;
  /** How its text was found; names the attachment when the words are a file's. */
  readonly extraction: string;
  /** It has a title and links to files, and no words of its own. */
  readonly isBare: boolean;
  /** Where the file whose words it has was fetched from; empty when it has none. */
  readonly filesOf: readonly string[];
}

interface Row { url: string; version: number; captureId: number; extraction: string; notices: string }

/** The current version of the page that answered at `finalUrl`; null when it is no report. */
export function coverAt(database: Sqlite, portalId: string, finalUrl: string): CoverVersion | null {
  const row = statement(database, `SELECT d.url, v.version, v.capture_id AS captureId, v.extraction, v.notices FROM document d
    JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version JOIN capture c ON c.capture_id = v.capture_id
    WHERE d.portal_id = ? AND c.final_url = ? AND v.kind = 'annual-report' LIMIT 1`).get(portalId, finalUrl) as Row | undefined;
  const capture = row ? readCapture(database, row.captureId) : null;
  if (!row || !capture) return null;
  const digest = /^(?:ocr )?attachment (?<digest>\S+)$/u.exec(row.extraction)?.groups?.['digest'] ?? null;
  const filesOf = digest === null ? [] : statement(database, 'SELECT DISTINCT url FROM capture WHERE payload_sha256 = ?').pluck().all(digest) as string[];
  return { capture, url: row.url, version: row.version, extraction: row.extraction, isBare: row.notices.includes('"text-in-attachment"'), filesOf };
}
