/** Runs the built command line as a user does, in a process of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli.js');

/** Settings for harvests of the farm: short pauses, no browser. */
export const QUICK_ENV: Readonly<Record<string, string>> = {
  NIANBAO_POLITENESS_DELAY_SECONDS: '0.02', NIANBAO_RETRY_FIRST_SECONDS: '0.3', NIANBAO_RETRY_MAX_SECONDS: '1', NIANBAO_REVISIT_FIRST_HOURS: '0', NIANBAO_BROWSER_USE: 'never',
};

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Words to put before the command, such as a shell that sets a limit. */
  readonly under?: readonly string[];
}

/** Starts `nianbao` with `words`. */
export function start(words: readonly string[], around: Surroundings): Running {
  const [program = '', ...rest] = [...(around.under ?? []), process.execPath, CLI, ...words];
  const child = spawn(program, rest, { cwd: around.cwd, env: { ...process.env, NO_COLOR: '1', ...around.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
  const ended = new Promise<Ended>((resolve) => { child.once('close', (code, signal) => resolve({ code, signal, out, err })); });
  return { child, ended };
}

/** Runs `nianbao` with `words` to its end. */
export function run(words: readonly string[], around: Surroundings): Promise<Ended> {
  return start(words, around).ended;
}
