/** Finds the document that a user means by an id, the beginning of one, or an address. */
import { usageError } from '../errors.js';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** Fewest characters of a report id that may stand for it, as with git's. */
const REPORT_ID_PREFIX = 6;

function byPrefix(database: Sqlite, prefix: string): string | null {
  if (prefix.length < REPORT_ID_PREFIX) return null;
  const found = statement(database, 'SELECT document_id FROM document WHERE substr(document_id, 1, ?) = ? ORDER BY document_id LIMIT 6').pluck()
    .all(prefix.length, prefix) as string[];
  if (found.length > 1) throw usageError('report-ambiguous', `"${prefix}" is the beginning of several report ids: ${found.join(', ')}. Give more of it.`);
  return found[0] ?? null;
}

function byAddress(database: Sqlite, url: string, key: string | null): string | null {
  return (statement(database, `SELECT document_id FROM document WHERE url = @url OR url_key = @key
    UNION ALL SELECT v.document_id FROM capture c JOIN version v ON v.capture_id = c.capture_id WHERE c.url = @url OR c.final_url = @url LIMIT 1`)
    .pluck().get({ url, key }) as string | undefined) ?? null;
}

/**
 * The id of the document meant by `wanted`: a report id, an unmistakable beginning of one (six characters or more), or a URL in
 * any spelling (`keyOf` is the frontier's way to one key; null for what is no URL). Null when the archive holds none; error
 * `report-ambiguous` when several begin so.
 */
export function findDocument(database: Sqlite, wanted: string, keyOf: (url: string) => string | null): string | null {
  const exact = statement(database, 'SELECT document_id FROM document WHERE document_id = ?').pluck().get(wanted) as string | undefined;
  if (exact !== undefined) return exact;
  if (/^[a-z][a-z\d+.-]*:/iu.test(wanted)) return byAddress(database, wanted, keyOf(wanted));
  return byPrefix(database, wanted) ?? (wanted.includes('.') ? byAddress(database, wanted, keyOf(`http://${wanted}`)) : null);
}
