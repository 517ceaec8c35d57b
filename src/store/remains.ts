/** Tells an archive whose beginning was overwritten from a file that never was one. */
import { closeSync, openSync, readSync } from 'node:fs';

/** Read at most: the tables' definitions stand in the first pages. */
const LOOKED_AT = 4 * 2 ** 20;

/** How SQLite keeps the definition of a table that every archive has. */
const DEFINITION = 'CREATE TABLE payload';

/** Whether the file, which SQLite does not take for a database, still holds what an archive is made of. */
export function holdsRemains(file: string): boolean {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(LOOKED_AT);
    return bytes.subarray(0, readSync(handle, bytes, 0, LOOKED_AT, 0)).includes(DEFINITION);
  } finally {
    closeSync(handle);
  }
}
