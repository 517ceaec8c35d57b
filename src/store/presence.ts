/** Notices that the archive's file is no longer where it was opened: a disk taken out, a folder deleted or moved away under a running harvest. */
import { statSync } from 'node:fs';
import { storageError } from '../errors.js';
import type { Sqlite } from './open.js';

function identityOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/**
 * A check that throws `storage-vanished` once the file that `database` was opened at is another one or none. SQLite in WAL mode
 * goes on writing into a deleted file without a word: what is acknowledged then would be lost.
 */
export function presenceOf(database: Sqlite): () => void {
  const file = database.name;
  const opened = identityOf(file);
  return () => {
    if (database.memory || identityOf(file) === opened) return;
    throw storageError('storage-vanished', `${file} is no longer there: its disk was taken out, or it was moved or deleted while the harvest ran. What was stored before is where the file went; pages since then were not acknowledged. Put it back and run the same command again.`);
  };
}
