/** Where the outcome of a command goes: to stdout, so that it can be kept in a file, while progress and log go to stderr. */
import { safeForTerminal } from '../log.js';
import type { CommandContext } from './context.js';

/** Prints lines of the outcome; none beside the one JSON document of `--json`. */
export function printResult(context: Pick<CommandContext, 'json' | 'print'>, lines: readonly string[]): void {
  if (context.json || lines.length === 0) return;
  context.print(lines.map((line) => `${safeForTerminal(line)}\n`).join(''));
}

/** The same for totals, which `--quiet` leaves out: nothing went wrong. */
export function printTotals(context: Pick<CommandContext, 'json' | 'print' | 'log'>, lines: readonly string[]): void {
  if (context.log.level !== 'quiet') printResult(context, lines);
}
