/** Says how far a long task has come, and how long it is likely to take: a bar on a terminal, a line now and then in a pipe. */
import { performance } from 'node:perf_hooks';
import { Presets, SingleBar } from 'cli-progress';
import { estimateMs, SILENT_MS, timeLeft } from '../harvest/estimate.js';
import type { CommandContext } from './context.js';

/** Told after each piece of work; `total` may grow. */
export type Step = (done: number, total: number) => void;

export interface TaskProgress {
  readonly step: Step;
  /** Takes the bar off. */
  end(): void;
}

/** A log that nobody watches gets a line at these times, and then one every minute. */
const LINES_AT_MS = [SILENT_MS, 10_000, 30_000];
const LINE_EVERY_MS = 60_000;

type Teller = (elapsedMs: number, done: number, total: number) => void;

function lineTeller(say: (text: string) => void, what: string): Teller {
  let told = 0;
  let nextMs = SILENT_MS;
  return (elapsedMs, done, total) => {
    if (elapsedMs < nextMs || (estimateMs(elapsedMs, done, total) ?? Infinity) < SILENT_MS) return;
    say(`${done} of ${total} ${what} (${Math.floor((100 * done) / total)} %), ${timeLeft(elapsedMs, done, total)}`);
    told += 1;
    nextMs = LINES_AT_MS[told] ?? elapsedMs + LINE_EVERY_MS;
  };
}

function barTeller(bar: SingleBar): Teller {
  let begun = false;
  return (elapsedMs, done, total) => {
    if (elapsedMs < SILENT_MS) return;
    if (!begun) bar.start(total, done, { left: '' });
    begun = true;
    bar.setTotal(total);
    bar.update(done, { left: timeLeft(elapsedMs, done, total) });
  };
}

/** Progress of a task that works through so many `what` ("versions", "payloads"); none for a program that asked for JSON. `elapsedMs` is any clock that does not jump. */
export function taskProgress({ json, log, terminal }: Pick<CommandContext, 'json' | 'log' | 'terminal'>, what: string, elapsedMs: () => number = () => performance.now()): TaskProgress {
  const beganMs = elapsedMs();
  const live = terminal.progress && log.level === 'normal';
  const bar = new SingleBar({ format: `{bar} {value}/{total} ${what} | {left}`, stream: process.stderr, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  const tell = live ? barTeller(bar) : lineTeller((text) => { if (!json) log.line(text); }, what);
  return { step: (done, total) => { tell(elapsedMs() - beganMs, done, total); }, end: () => { bar.stop(); } };
}
