/** What every command is handed: configuration, places, and where to write. */
import type { Config } from '../config.js';
import type { Log } from '../log.js';
import type { Patience } from '../notify/attempts.js';
import type { NotifySecrets } from '../notify/notify.js';
import type { Divisions } from '../record.js';

export interface CommandContext {
  readonly config: Config;
  /** SHA-256 of the resolved configuration. */
  readonly configDigest: string;
  readonly cwd: string;
  /** `--json`: stdout carries one JSON document or JSON lines and nothing else. */
  readonly json: boolean;
  readonly log: Log;
  /** Whether stderr is a terminal (live progress) and stdout is (tables, colour). */
  readonly terminal: { readonly progress: boolean; readonly table: boolean; readonly columns: number };
  /** Writes to stdout, as is. */
  readonly print: (text: string) => void;
  readonly divisions: () => Divisions;
  /** The clock, in milliseconds; tests move it. */
  readonly now: () => number;
  /** What the environment gives for notices; none when left out. */
  readonly secrets?: NotifySecrets;
  /** How often and how long notices are tried; the usual when left out. */
  readonly patience?: Patience;
  /** Aborted by SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}
