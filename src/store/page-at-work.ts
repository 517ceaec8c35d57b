/**
 * Remembers which page is being read, so that one that kills the process is known at the next start. A line in a file of its own:
 * written without waiting for the disk, because it has to survive the death of the process and not that of the machine.
 */
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const MARK_NAME = 'page-at-work';

export interface PageAtWork {
  /** Names the candidate whose bytes are about to be parsed. */
  begin(candidateId: number): void;
  end(): void;
  close(): void;
}

/** The candidate that was being read when the last process died; null when it ended in order. */
export function pageLeftAtWork(storage: string): number | null {
  try {
    const left = Number(readFileSync(join(storage, MARK_NAME), 'utf8').trim());
    return Number.isInteger(left) && left > 0 ? left : null;
  } catch {
    return null;
  }
}

/** Opens the mark of this process; what an earlier one left there is gone afterwards. */
export function openPageAtWork(storage: string): PageAtWork {
  const file = openSync(join(storage, MARK_NAME), 'w');
  return {
    begin: (candidateId) => { writeSync(file, `${candidateId}\n`, 0); },
    end: () => { ftruncateSync(file, 0); },
    close: () => { closeSync(file); },
  };
}
