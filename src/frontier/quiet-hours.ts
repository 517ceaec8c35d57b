/** Reads quiet hours: the part of the day in which nothing is fetched. */

const MINUTES_A_DAY = 24 * 60;

/** Minutes since midnight of `nowMs` on the clock of `timeZone` (an IANA name). */
function minuteOfDay(nowMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(nowMs);
  const [hour = '0', minute = '0'] = parts.split(':');
  return Number(hour) * 60 + Number(minute);
}

function minutes(clock: string): number {
  const [hour = '0', minute = '0'] = clock.split(':');
  return Number(hour) * 60 + Number(minute);
}

/**
 * When the quiet hours that hold at `nowMs` end (milliseconds since the epoch), or null outside them.
 * `quietHours` is `HH:MM-HH:MM` and may span midnight (`22:00-06:00`).
 */
export function quietUntilMs(nowMs: number, quietHours: string | null, timeZone: string): number | null {
  if (quietHours === null) return null;
  const [from = 0, to = 0] = quietHours.split('-').map(minutes);
  const length = (to - from + MINUTES_A_DAY) % MINUTES_A_DAY;
  const since = (minuteOfDay(nowMs, timeZone) - from + MINUTES_A_DAY) % MINUTES_A_DAY;
  if (since >= length) return null;
  const startOfMinute = nowMs - (nowMs % 60_000);
  return startOfMinute + (length - since) * 60_000;
}
