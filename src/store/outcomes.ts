/** Tells what became of addresses: held as a report, or named with the reason why not. */
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** Addresses of annual reports that are held and not gone. */
export function heldUrls(database: Sqlite): Set<string> {
  return new Set(statement(database, 'SELECT url FROM v_report WHERE removed_at IS NULL').pluck().all() as string[]);
}

/** Addresses that ended otherwise than captured, lists that were not seen whole, and listed pages in which no report was found, each with its reason. */
export function namedOutcomes(database: Sqlite): Map<string, string> {
  const rows = statement(database, `
    SELECT url, coalesce(reason, state) AS reason FROM candidate WHERE state <> 'captured'
    UNION ALL
    SELECT c.url, 'empty list' FROM reading r JOIN capture c ON c.capture_id = r.capture_id WHERE r.notices LIKE '%discover-empty-list%'
    UNION ALL
    SELECT c.url, c.reason FROM candidate c WHERE c.state = 'captured' AND c.reason = 'redirected'
    UNION ALL
    SELECT l.url, (SELECT group_concat(value, ', ') FROM json_each(l.causes)) FROM list l WHERE l.state <> 'whole' AND l.causes <> '[]'
    UNION ALL
    SELECT m.value ->> 'url', m.value ->> 'reason' FROM list l, json_each(l.missing) m`).all() as { url: string; reason: string }[];
  return new Map(rows.map((row) => [row.url, row.reason]));
}
