/** Keeps which reports a page of a list names: what is listed is known before anything of it is fetched. */
import type { Sqlite } from './open.js';
import { statement } from './statement.js';
import type { Visit } from './write-visit.js';

/** What became of the rows of a page since its last visit. */
export interface ListedChange {
  /** The page names other reports than before, or says another number of rows: what follows it has moved too. */
  readonly hasMoved: boolean;
  /** URL keys of reports that it named before and does not name any more: moved to the next page, or taken down. */
  readonly dropped: readonly string[];
}

const SAME: ListedChange = { hasMoved: false, dropped: [] };

/** Rows that the list said it has when this page was last read; null when it did not say or was not read. */
function lastTotal(database: Sqlite, portalId: string, page: string, captureId: number): number | null {
  return (statement(database, `SELECT r.total FROM reading r JOIN capture c ON c.capture_id = r.capture_id
    WHERE r.portal_id = ? AND c.url = ? AND r.capture_id < ? ORDER BY r.capture_id DESC LIMIT 1`).pluck().get(portalId, page, captureId) as number | null | undefined) ?? null;
}

/**
 * Writes the reports that the visited page lists, in place of those it listed before. A page that came back unchanged lists what it
 * did. Call inside the transaction of the visit.
 */
export function writeListed(database: Sqlite, visit: Visit, captureId: number): ListedChange {
  if (!visit.reading || visit.portalId === null || (visit.capture?.revisitOf ?? null) !== null) return SAME;
  const { portalId } = visit;
  const page = statement(database, 'SELECT url FROM capture WHERE capture_id = ?').pluck().get(captureId) as string;
  const before = statement(database, 'SELECT url_key FROM listed WHERE portal_id = ? AND page = ?').pluck().all(portalId, page) as string[];
  const now = new Set(visit.found.flatMap(({ heardVia, urlKey }) => (heardVia === 'row' ? [urlKey] : [])));
  statement(database, 'DELETE FROM listed WHERE portal_id = ? AND page = ?').run(portalId, page);
  const insert = statement(database, 'INSERT INTO listed VALUES (?, ?, ?)');
  for (const urlKey of now) insert.run(portalId, page, urlKey);
  const { total } = visit.reading;
  const dropped = before.filter((urlKey) => !now.has(urlKey));
  const hasOthers = dropped.length > 0 || before.length !== now.size;
  return { hasMoved: hasOthers || (total !== null && total !== (lastTotal(database, portalId, page, captureId) ?? total)), dropped };
}
