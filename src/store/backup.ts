/** Copies the archive while a harvest may be writing it, looks through the copy, and only then gives it its name. */
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { faultInWords, storageError, usageError } from '../errors.js';
import { openReader } from './open.js';
import { connect } from './sqlite.js';
import { verifyArchive } from './verify.js';
import type { Verification } from './verify.js';

/** Pages copied in one step: all. A copy in several steps begins again whenever the harvest commits between two of them. */
const ALL_PAGES = 0x7fffffff;

/** Link counts that some file systems do not have; there a rename must do. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

function refuseExisting(file: string): void {
  if (existsSync(file)) throw usageError('backup-exists', `${file} exists already; nothing was written. Name another file: a backup never overwrites one.`);
}

/** One state of the archive, as SQLite's backup interface gives it: what is committed meanwhile is not in it. */
async function copy(storage: string, partial: string): Promise<void> {
  const source = openReader(storage);
  try {
    await source.backup(partial, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
}

type OnProgress = (done: number, total: number) => void;

/** Makes the copy one file that can be read where nothing may be written, and reads all of it. */
function lookThrough(partial: string, onProgress?: OnProgress): Verification {
  const database = connect(partial);
  try {
    database.pragma('journal_mode = DELETE');
    return verifyArchive(database, onProgress);
  } finally {
    database.close();
  }
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Gives `partial` the name `file` without ever replacing one. */
function giveName(partial: string, file: string): void {
  syncToDisk(partial);
  try {
    linkSync(partial, file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') refuseExisting(file);
    if (!NO_LINKS.has(code)) throw error;
    refuseExisting(file);
    renameSync(partial, file);
  }
  if (process.platform !== 'win32') syncToDisk(dirname(file));
}

function unwritable(file: string, error: unknown): never {
  if (error instanceof Error && !('exitCode' in error)) throw storageError('backup-failed', `${file} could not be written (${faultInWords(error)}). The archive is as it was, and no backup was kept.`, error);
  throw error;
}

/**
 * Writes a consistent copy of the archive in `storage` to `file` and verifies it. With problems in the answer nothing was kept: the
 * archive itself should be verified. `onProgress` is told of the verification. Errors: `backup-exists`, `backup-failed`, and those of opening.
 */
export async function backupArchive(storage: string, file: string, onProgress?: OnProgress): Promise<Verification> {
  const target = resolve(file);
  refuseExisting(target);
  if (!existsSync(dirname(target))) throw usageError('backup-folder', `There is no folder ${dirname(target)}; nothing was written. Make it, or name another file.`);
  const partial = `${target}.${process.pid}.partial`;
  try {
    await copy(storage, partial);
    const verification = lookThrough(partial, onProgress);
    if (verification.problems.length === 0) giveName(partial, target);
    return verification;
  } catch (error) {
    return unwritable(target, error);
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${partial}${ending}`, { force: true });
  }
}
