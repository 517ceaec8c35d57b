/** Looks up what the archive already holds under the same digests or a shared band. */
import type { KnownText } from '../record.js';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

export interface LikenessKeys {
  readonly payloadDigest: string;
  readonly foldedDigest: string;
  readonly bands: readonly string[];
}

interface Row {
  reportId: string; payloadDigest: string; foldedDigest: string; fingerprint: Uint8Array; year: number | null; agency: string | null;
}

/** Current versions of other documents that share the payload, the folded text or a band; `fromBytes` reads a stored fingerprint. */
export function knownTexts(database: Sqlite, keys: LikenessKeys, fromBytes: (bytes: Uint8Array) => number[]): KnownText[] {
  const rows = statement(database, `
    SELECT v.document_id AS reportId, v.raw_sha256 AS payloadDigest, v.folded_sha256 AS foldedDigest, v.fingerprint, v.year, v.agency
    FROM version v JOIN document d ON d.document_id = v.document_id AND d.current_version = v.version
    WHERE v.document_id IN (
      SELECT document_id FROM version WHERE raw_sha256 = @payloadDigest
      UNION SELECT document_id FROM version WHERE folded_sha256 = @foldedDigest
      UNION SELECT document_id FROM band WHERE band IN (SELECT value FROM json_each(@bands)))`)
    .all({ payloadDigest: keys.payloadDigest, foldedDigest: keys.foldedDigest, bands: JSON.stringify(keys.bands) }) as Row[];
  return rows.map((row) => ({ ...row, fingerprint: fromBytes(row.fingerprint) }));
}
