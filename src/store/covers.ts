/** Finds the page that leads to a file, as the archive holds it. */
import type { AttachmentLink, Capture, Notice } from '../record.js';
import { readCapture } from './captures.js';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

export interface CoverVersion {
  readonly capture: Capture;
  readonly url: string;
  readonly version: number;
  /** How its text was found; names the files when the words are theirs. */
  readonly extraction: string;
  readonly notices: readonly Notice[];
  readonly attachments: readonly AttachmentLink[];
}

interface Row { url: string; version: number; captureId: number; extraction: string; notices: string; attachments: string }

/** The current version of the page that answered at `finalUrl`; null when it is no report. */
export function coverAt(database: Sqlite, portalId: string, finalUrl: string): CoverVersion | null {
  const row = statement(database, `SELECT d.url, v.version, v.capture_id AS captureId, v.extraction, v.notices, v.attachments FROM document d
    JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version JOIN capture c ON c.capture_id = v.capture_id
    WHERE d.portal_id = ? AND c.final_url = ? AND v.kind = 'annual-report' LIMIT 1`).get(portalId, finalUrl) as Row | undefined;
  const capture = row ? readCapture(database, row.captureId) : null;
  if (!row || !capture) return null;
  return { ...row, capture, notices: JSON.parse(row.notices) as Notice[], attachments: JSON.parse(row.attachments) as AttachmentLink[] };
}

/** Where bytes of this digest were fetched from. */
export function addressesOf(database: Sqlite, payloadDigest: string): string[] {
  return statement(database, 'SELECT DISTINCT url FROM capture WHERE payload_sha256 = ?').pluck().all(payloadDigest) as string[];
}
