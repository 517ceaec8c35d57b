/** A clock for one run that does not jump: turns and pauses must outlive a wall clock that is set while the run goes on. */
import { performance } from 'node:perf_hooks';

/**
 * Begins at the wall clock's time and from there goes by time elapsed. Set forward by a day, the wall clock would end every host's
 * pause at once; set back, it would put every host to sleep for a day. Trap: a machine that slept makes this clock late; whatever
 * depends on the time of day (quiet hours) asks the wall clock.
 */
export function steadyClock(wallMs: () => number, elapsedMs: () => number = () => performance.now()): () => number {
  const startWall = wallMs();
  const startElapsed = elapsedMs();
  return () => Math.round(startWall + elapsedMs() - startElapsed);
}
