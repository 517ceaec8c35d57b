/** Keeps, for every list of every portal, what it names, what was fetched of that and what is held. */
import { gatherLists } from './list-facts.js';
import type { ListFacts, ListState, MissingReport } from './list-facts.js';
import type { Sqlite } from './open.js';
import { placeCondition } from './selection.js';
import { statement } from './statement.js';

/** A list with the agency of its portal. */
export interface ListRow extends ListFacts {
  readonly code: string | null;
  readonly agency: string | null;
}

/** Counts the lists of all enabled portals anew. Call inside the transaction that brings the ledger up to date, before it. */
export function refreshLists(database: Sqlite): void {
  const insert = statement(database, `INSERT INTO list (portal_id, url, name, family, state, read_at, total, rows, pages, pages_read, listed, fetched, held, causes, missing)
    VALUES (@portalId, @url, @name, @family, @state, @readAt, @total, @rows, @pages, @pagesRead, @listed, @fetched, @held, @causesJson, @missingJson)`);
  statement(database, 'DELETE FROM list').run();
  for (const portalId of statement(database, 'SELECT portal_id FROM portal WHERE enabled = 1').pluck().all() as string[]) {
    for (const { causes, missing, ...plain } of gatherLists(database, portalId)) insert.run({ ...plain, causesJson: JSON.stringify(causes), missingJson: JSON.stringify(missing) });
  }
}

/** Whether the page at this address gave rows itself when it was last read, rather than only the address where they are. */
export function hasRows(database: Sqlite, portalId: string, url: string): boolean {
  return ((statement(database, `SELECT r.rows FROM reading r JOIN capture c ON c.capture_id = r.capture_id
    WHERE r.portal_id = ? AND c.final_url = ? ORDER BY r.capture_id DESC LIMIT 1`).pluck().get(portalId, url) as number | null | undefined) ?? 0) > 0;
}

/** Lists of which fewer rows came than they say they have, though no single page was at fault. */
export function shortLists(database: Sqlite, portalId: string): string[] {
  return statement(database, `SELECT url FROM list WHERE portal_id = ? AND causes LIKE '%"rows-missing"%' ORDER BY url`).pluck().all(portalId) as string[];
}

interface StoredRow extends Omit<ListRow, 'causes' | 'missing' | 'state'> { readonly state: string; readonly causes: string; readonly missing: string }

const LISTS = `SELECT l.portal_id AS portalId, p.code, p.agency, l.url, l.name, l.family, l.state, l.read_at AS readAt, l.total, l.rows, l.pages, l.pages_read AS pagesRead,
  l.listed, l.fetched, l.held, l.causes, l.missing FROM list l JOIN portal p ON p.portal_id = l.portal_id`;

function parsed(row: StoredRow): ListRow {
  return { ...row, state: row.state as ListState, causes: JSON.parse(row.causes) as string[], missing: JSON.parse(row.missing) as MissingReport[] };
}

/** The lists of these places (all when none is named), by code. */
export function readLists(database: Sqlite, places: readonly string[] = []): ListRow[] {
  const place = placeCondition('p.code', places);
  return (database.prepare(`${LISTS} WHERE ${place.sql} ORDER BY p.code IS NULL, p.code, l.portal_id, l.url`).all(...place.values) as StoredRow[]).map(parsed);
}

/** The lists of one portal. */
export function readListsOfPortal(database: Sqlite, portalId: string): ListRow[] {
  return (statement(database, `${LISTS} WHERE l.portal_id = ? ORDER BY l.url`).all(portalId) as StoredRow[]).map(parsed);
}

/** The lists of the portals that a run asked. */
export function readListsOfRun(database: Sqlite, runId: number): ListRow[] {
  return (statement(database, `${LISTS} WHERE l.portal_id IN (SELECT portal_id FROM capture WHERE run_id = ?) ORDER BY p.code IS NULL, p.code, l.portal_id, l.url`).all(runId) as StoredRow[]).map(parsed);
}
