/** Keeps which reports a page of a list names: what is listed is known before anything of it is fetched. */
import type { Sqlite } from './open.js';
import { statement } from './statement.js';
import type { Visit } from './write-visit.js';

/**
 * Writes the reports that the visited page lists, in place of those it listed before. A page that came back unchanged lists what it
 * did. Call inside the transaction of the visit.
 */
export function writeListed(database: Sqlite, visit: Visit, captureId: number): void {
  if (!visit.reading || visit.portalId === null || (visit.capture?.revisitOf ?? null) !== null) return;
  const page = statement(database, 'SELECT url FROM capture WHERE capture_id = ?').pluck().get(captureId) as string;
  statement(database, 'DELETE FROM listed WHERE portal_id = ? AND page = ?').run(visit.portalId, page);
  const insert = statement(database, 'INSERT OR IGNORE INTO listed VALUES (?, ?, ?)');
  for (const found of visit.found) if (found.heardVia === 'row') insert.run(visit.portalId, page, found.urlKey);
}
