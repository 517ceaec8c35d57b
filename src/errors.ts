/** The few things that stop a run, each with the exit code of docs (README, "Exit codes") and a sentence that says what to do. */

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 130;

/** A fault that stops the command. `code` is for programs, `message` for people, `exitCode` for the shell. */
export class NianbaoError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, exitCode: ExitCode, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'NianbaoError';
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** Wrong usage, configuration or seed list: nothing was fetched (exit 2). */
export function usageError(code: string, message: string, cause?: unknown): NianbaoError {
  return new NianbaoError(code, message, 2, cause);
}

/** Another harvest holds this storage (exit 4). */
export function lockedError(message: string): NianbaoError {
  return new NianbaoError('storage-locked', message, 4);
}

/** The database or disk does not allow what was asked (exit 1). */
export function storageError(code: string, message: string, cause?: unknown): NianbaoError {
  return new NianbaoError(code, message, 1, cause);
}
