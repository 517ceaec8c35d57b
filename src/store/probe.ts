/** Says whether SQLite can be loaded on this machine, with what the archive needs of it. */
import { connect } from './sqlite.js';

/** The version of SQLite, after a database in memory with a full-text table was made. Throws what the loading throws. */
export function probeSqlite(): string {
  const database = connect(':memory:');
  try {
    database.exec("CREATE VIRTUAL TABLE t USING fts5 (x, content='', contentless_delete=1)");
    return database.prepare('SELECT sqlite_version()').pluck().get() as string;
  } finally {
    database.close();
  }
}
