/** Waits for the storage when another process writes it: says who holds it, for how long it will wait, and gives up at the limit. */
import { setTimeout as sleep } from 'node:timers/promises';
import { NianbaoError } from '../errors.js';
import { takeWriterLock } from '../store/writer-lock.js';
import type { WriterLock } from '../store/writer-lock.js';
import type { CommandContext } from './context.js';

/** Short enough to follow at once when a harvest ends, long enough to cost nothing over a whole night. */
const LOOK_AGAIN_MS = 500;

function isLocked(error: unknown): error is NianbaoError {
  return error instanceof NianbaoError && error.code === 'storage-locked';
}

/**
 * Takes the writer's lock for `command`, waiting at most `waitSeconds` for whoever holds it (0: not at all). Null when the user stopped
 * the waiting; throws `storage-locked` (exit 4) when the time is over. The limit is counted in turns of waiting, so that a clock that is set
 * meanwhile neither shortens nor prolongs it.
 */
export async function waitForWriter(context: CommandContext, command: string, waitSeconds: number): Promise<WriterLock | null> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    try {
      return takeWriterLock(context.config.storage, command, new Date(context.now()).toISOString());
    } catch (error) {
      if (!isLocked(error) || waitedMs >= waitSeconds * 1000) throw error;
      if (waitedMs === 0) context.log.line(`${error.message}\nWaiting up to ${waitSeconds} s for it to end; Ctrl-C gives up. Nothing was asked yet.`);
    }
    await sleep(LOOK_AGAIN_MS, undefined, { signal: context.signal }).catch(() => undefined);
    if (context.signal.aborted) {
      context.log.line('Stopped while waiting; nothing was asked.');
      return null;
    }
  }
}
