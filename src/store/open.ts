/** Opens the archive: one SQLite file, durable settings, migrations. The door is `sqlite.ts`. */
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { damageError, faultInWords, usageError } from '../errors.js';
import { makeFolder } from './folder.js';
import { APPLICATION_ID, MIGRATIONS } from './schema.js';
import { connect } from './sqlite.js';
import type { Sqlite } from './sqlite.js';

export type { Sqlite };

export const DATABASE_NAME = 'nianbao.sqlite';

/**
 * `synchronous=FULL` is set by name: better-sqlite3 compiles WAL with NORMAL, and NORMAL lost acknowledged commits at 620 of
 * 1,000 simulated power cuts where FULL lost none.
 */
function configure(database: Sqlite, readonly: boolean): void {
  database.pragma('busy_timeout = 10000');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  if (readonly) return;
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('wal_autocheckpoint = 4000');
  database.pragma('journal_size_limit = 67108864');
}

/** Programs that look for the archive before there is one leave an empty file behind. */
function refuseEmpty(database: Sqlite, file: string): void {
  if (database.pragma('user_version', { simple: true }) === 0) throw missing(file, 'the file there is empty');
}

function missing(file: string, why?: string): Error {
  return usageError('storage-missing', `There is no archive at ${file} yet${why === undefined ? '' : ` (${why})`}. Run "nianbao harvest" or "nianbao import" first, or name the folder with --storage.`);
}

/** Refuses a database that is not ours: its tables must not be touched. */
function refuseForeign(database: Sqlite, file: string): void {
  const id = database.pragma('application_id', { simple: true }) as number;
  if (id === APPLICATION_ID) return;
  const tables = database.prepare('SELECT count(*) FROM sqlite_master').pluck().get() as number;
  if (id === 0 && tables === 0) return;
  throw usageError('storage-foreign', `${file} is an SQLite database of another program (application_id ${id}); nothing was changed. Choose another folder with --storage.`);
}

function migrate(database: Sqlite, file: string): void {
  const current = (): number => database.pragma('user_version', { simple: true }) as number;
  if (current() > MIGRATIONS.length) {
    throw usageError('storage-newer', `${file} was written by a newer nianbao (schema ${current()}, this one knows ${MIGRATIONS.length}); nothing was changed. Upgrade nianbao.`);
  }
  database.transaction(() => {
    for (let version = current(); version < MIGRATIONS.length; version += 1) {
      database.exec(MIGRATIONS[version] ?? '');
      database.pragma(`user_version = ${version + 1}`);
    }
    database.pragma(`application_id = ${APPLICATION_ID}`);
  }).immediate();
}

/** Faults of the folder or the disk, by Node's and SQLite's names. */
const UNWRITABLE = /^(?:SQLITE_CANTOPEN|SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EEXIST|ENAMETOOLONG)/u;

function explain(file: string, error: unknown): never {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_NOTADB') throw usageError('storage-not-a-database', `${file} is not an SQLite database; nothing was changed. Choose another folder with --storage or move the file away.`, error);
  if (code === 'SQLITE_CORRUPT') throw damageError('storage-corrupt', `${file} is damaged (${(error as Error).message}). Run "nianbao verify" on a copy; restore from a backup if it cannot be read.`, error);
  if (UNWRITABLE.test(code)) {
    throw usageError('storage-unwritable', `${file} cannot be opened for writing (${faultInWords(error)}); nothing was changed. Check the folder's owner and permissions, or choose another with --storage.`, error);
  }
  throw error;
}

/** `database` after `prepare`; closed again when that fails. */
function prepared(database: Sqlite, prepare: (database: Sqlite) => void): Sqlite {
  try {
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens (and creates or migrates) the archive in `storage` for writing. Errors: foreign, newer, damaged or unwritable files. */
export function openArchive(storage: string): Sqlite {
  const file = join(storage, DATABASE_NAME);
  try {
    makeFolder(storage);
    accessSync(storage, constants.W_OK);
    return prepared(connect(file), (database) => {
      refuseForeign(database, file);
      configure(database, false);
      migrate(database, file);
    });
  } catch (error) {
    return explain(file, error);
  }
}

/** Opens an existing archive for reading only; works while a harvest runs. Error `storage-missing` when there is none. */
export function openReader(storage: string): Sqlite {
  const file = join(storage, DATABASE_NAME);
  if (!existsSync(file)) throw missing(file);
  try {
    return prepared(connect(file, { readonly: true, fileMustExist: true }), (database) => {
      refuseForeign(database, file);
      refuseEmpty(database, file);
      configure(database, true);
    });
  } catch (error) {
    return explain(file, error);
  }
}
