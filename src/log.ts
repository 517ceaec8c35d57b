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

/**
 * C0 and C1 controls, DEL, line and paragraph separators, marks and overrides of direction, annotation marks and tag characters: a
 * title from the web must not drive the terminal, nor say one thing and show another.
 */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** `text` with everything a terminal would obey made visible as U+FFFD. Tab and newline stay. */
export function safeForTerminal(text: string): string {
  return text.replace(CONTROLS, '\ufffd');
}

/** The same for what must stay one line: a newline in a title would forge the next one. */
export function safeLine(text: string): string {
  return safeForTerminal(text).replace(/[\t\n]/gu, ' ');
}

/** JSON in which what a terminal would obey stands as an escape: the value it stands for is the same. */
export function safeJson(json: string): string {
  return json.replace(CONTROLS, (control) => [...control].flatMap((character) => character.split('')).map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));
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
