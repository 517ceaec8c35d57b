/**
 * One writer at a time. The lock is the operating system's lock on a small SQLite file, held by an open transaction: it is gone
 * the moment its process is, so a killed harvest never leaves a stale one behind.
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { faultInWords, isDiskFault, lockedError, NianbaoError, usageError } from '../errors.js';
import { makeFolder } from './folder.js';
import { connect } from './sqlite.js';
import type { Sqlite } from './sqlite.js';

export const LOCK_NAME = 'writer.lock';

/** Held by a scheduler as long as it runs; it holds the writer's only while it harvests. */
export const SCHEDULE_LOCK_NAME = 'schedule.lock';

export interface WriterLock {
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly machine: string;
  readonly since: string;
  readonly command: string;
}

function openLockFile(storage: string, name: string): Sqlite {
  try {
    makeFolder(storage);
    return connect(join(storage, name), { timeout: 0 });
  } catch (error) {
    if (error instanceof NianbaoError) throw error;
    throw usageError('storage-unwritable', `${storage} cannot be written (${faultInWords(error)}); nothing was changed. Check the folder's owner and permissions, or choose another with --storage.`, error);
  }
}

function holderOf(lockFile: Sqlite): Holder | null {
  try {
    return (lockFile.prepare('SELECT pid, machine, since, command FROM holder').get() as Holder | undefined) ?? null;
  } catch {
    return null;
  }
}

function refuse(storage: string, name: string, lockFile: Sqlite): never {
  const holder = holderOf(lockFile);
  lockFile.close();
  const who = holder ? `process ${holder.pid} on ${holder.machine} ("nianbao ${holder.command}", since ${holder.since})` : 'another process';
  if (name === SCHEDULE_LOCK_NAME) throw lockedError(`${storage} is scheduled already by ${who}. One scheduler an archive: stop that one, then run this again. "nianbao harvest" and "recrawl" work beside it.`);
  throw lockedError(`${storage} is being written by ${who}. Readers (status, search, show, export) work meanwhile; wait for it to end or stop it, then run this again.`);
}

function recordHolder(lockFile: Sqlite, command: string, sinceIso: string): void {
  lockFile.exec('CREATE TABLE IF NOT EXISTS holder (only INTEGER PRIMARY KEY CHECK (only = 1), pid INTEGER, machine TEXT, since TEXT, command TEXT)');
  lockFile.prepare('INSERT OR REPLACE INTO holder VALUES (1, ?, ?, ?, ?)').run(process.pid, hostname(), sinceIso, command);
}

/**
 * Takes the storage for writing, or throws `storage-locked` (exit 4) naming who holds it. WAL lets the one who is refused read
 * the holder's row while the holder's write transaction stays open.
 */
export function takeWriterLock(storage: string, command: string, sinceIso: string): WriterLock {
  return takeLock(storage, LOCK_NAME, { command, sinceIso });
}

/** Takes the storage for scheduling, or throws `storage-locked` (exit 4) naming who schedules it. */
export function takeScheduleLock(storage: string, sinceIso: string): WriterLock {
  return takeLock(storage, SCHEDULE_LOCK_NAME, { command: 'schedule', sinceIso });
}

function takeLock(storage: string, name: string, holder: { readonly command: string; readonly sinceIso: string }): WriterLock {
  const lockFile = openLockFile(storage, name);
  try {
    lockFile.pragma('journal_mode = WAL');
    lockFile.exec('BEGIN IMMEDIATE');
    recordHolder(lockFile, holder.command, holder.sinceIso);
    lockFile.exec('COMMIT');
    lockFile.exec('BEGIN IMMEDIATE');
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return refuse(storage, name, lockFile);
    lockFile.close();
    if (isDiskFault(error)) throw error;
    throw usageError('storage-unwritable', `${join(storage, name)} cannot be locked (${faultInWords(error)}). Check the folder's permissions, or choose another with --storage.`, error);
  }
  return { release: () => { lockFile.exec('ROLLBACK'); lockFile.close(); } };
}
