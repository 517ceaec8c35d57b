/** Prepares each SQL text once per database. */
import type { Statement } from 'better-sqlite3';
import type { Sqlite } from './open.js';

const prepared = new WeakMap<Sqlite, Map<string, Statement>>();

/** The prepared statement for `sql`; the same object each time. */
export function statement(database: Sqlite, sql: string): Statement {
  let known = prepared.get(database);
  if (!known) prepared.set(database, known = new Map<string, Statement>());
  let made = known.get(sql);
  if (!made) known.set(sql, made = database.prepare(sql));
  return made;
}
