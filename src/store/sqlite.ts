/** The one door to SQLite: loads the better-sqlite3 that this Node.js can use, and says what to do when it cannot be loaded. */
import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';
import { storageError } from '../errors.js';

export type Sqlite = Database.Database;

/**
 * Version 13 is built on Node-API 10 (Node 22.14 and later) and crashes below it; version 12 is built on `node::ObjectWrap`, whose
 * destructor from Node 24.19 on asks for a context that a garbage collection between two callbacks does not have, and aborts. So
 * each is loaded where it is sound (docs/decisions/0010-two-sqlite-bindings.md).
 */
export const SQLITE_PACKAGE = Number(process.versions['napi']) >= 10 ? 'better-sqlite3' : 'better-sqlite3-node20';

/** What mends an installation whose binding cannot be loaded. */
export const SQLITE_MEND = SQLITE_PACKAGE === 'better-sqlite3'
  ? 'Run "npm ci" again without --omit=optional; where the build in the package does not fit the system, compile one with "npm explore better-sqlite3 -- npm run build-release" (python3, make, a C++ compiler).'
  : 'Run "npm rebuild better-sqlite3-node20"; it needs python3, make and a C++ compiler when no ready-made build can be downloaded. On Node 22.14 and later nothing is compiled.';

const require = createRequire(import.meta.url);
let binding: typeof Database | null = null;

/** The constructor, after it has made a database in memory: a fault of the installation is told apart from one of a file. */
function load(): typeof Database {
  try {
    const loaded = (SQLITE_PACKAGE === 'better-sqlite3' ? require('better-sqlite3') : require('better-sqlite3-node20')) as typeof Database;
    new loaded(':memory:').close();
    return loaded;
  } catch (error) {
    const why = (error as Error).message.split('\n')[0] ?? '';
    throw storageError('sqlite-missing', `The SQLite module ${SQLITE_PACKAGE} cannot be loaded by Node.js ${process.version} (${why}); nothing was changed. ${SQLITE_MEND}`, error);
  }
}

/** Opens `file` as it is, without the archive's settings. Error `sqlite-missing` when the binding cannot be loaded. */
export function connect(file: string, options: Database.Options = {}): Sqlite {
  binding ??= load();
  return new binding(file, options);
}
