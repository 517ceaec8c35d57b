/** One line, one event, on stderr; knows nothing about crawling. */

export type LogLevel = 'quiet' | 'normal' | 'verbose';

export interface Log {
  readonly level: LogLevel;
  /** Shown unless `--quiet`. */
  line(text: string): void;
  /** Always shown: what went wrong and what to do. */
  warn(text: string): void;
  /** Shown with `--verbose`. */
  detail(text: string): void;
}

/** C0 and C1 controls, DEL and direction overrides: a title from the web must not drive the terminal. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** `text` with everything a terminal would obey made visible as U+FFFD. Tab and newline stay. */
export function safeForTerminal(text: string): string {
  return text.replace(CONTROLS, '\ufffd');
}

/** A log that writes to `sink` (stderr of the command). */
export function createLog(level: LogLevel, sink: (text: string) => void): Log {
  const write = (text: string): void => sink(`${safeForTerminal(text)}\n`);
  return {
    level,
    line: (text) => { if (level !== 'quiet') write(text); },
    warn: write,
    detail: (text) => { if (level === 'verbose') write(text); },
  };
}
