/** How long a task is likely to take, in words that promise no more than is known. */

/** What is over sooner needs no estimate. */
export const SILENT_MS = 2_000;

/** Before this share is done, an estimate would be a guess. */
const TOO_EARLY = 0.02;

/** Milliseconds that are likely to be left when the rest goes as what is done went; null while too little is done to say. */
export function estimateMs(elapsedMs: number, done: number, total: number): number | null {
  if (done <= 0 || total <= 0 || done < total * TOO_EARLY || elapsedMs < SILENT_MS) return null;
  return Math.max(0, (elapsedMs / done) * (total - done));
}

function inWords(ms: number): string {
  const secs = Math.ceil(ms / 1000);
  if (secs < 90) return `${secs} s`;
  return secs < 5400 ? `${Math.round(secs / 60)} min` : `${(secs / 3600).toFixed(1)} h`;
}

/** `about 3 min left`. */
export function timeLeft(elapsedMs: number, done: number, total: number): string {
  const left = estimateMs(elapsedMs, done, total);
  return left === null ? 'time left not known yet' : `about ${inWords(left)} left`;
}
