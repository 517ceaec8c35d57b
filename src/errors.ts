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

/** What is stored is not what was written (exit 5). */
export function damageError(code: string, message: string, cause?: unknown): NianbaoError {
  return new NianbaoError(code, message, 5, cause);
}

/** What to say when SQLite comes upon damage in the middle of a command; null for any other error. */
export function damageMessage(error: unknown): string | null {
  if (!/^SQLITE_(?:CORRUPT|NOTADB)/u.test(codeOf(error))) return null;
  return `The archive is damaged (${(error as Error).message}). Keep the file as it is, run "nianbao verify", which names what differs, and restore a backup.`;
}

/** Faults of the disk by Node's and SQLite's codes, with what to say of each. */
const DISK_FAULTS: readonly (readonly [code: RegExp, message: string])[] = [
  [/^(?:SQLITE_FULL|ENOSPC|EDQUOT|EFBIG|SQLITE_IOERR_WRITE|SQLITE_IOERR_SHMSIZE)$/u, 'The disk is full, or the space allowed to this user is used up. Everything acknowledged so far is stored; free some space and run the same command again to go on.'],
  [/^(?:SQLITE_READONLY|EROFS)/u, 'The disk can only be read. Everything acknowledged so far is stored; make it writable again and run the same command again to go on.'],
  [/^(?:SQLITE_IOERR|EIO$|ENXIO$|ENODEV$|ESTALE$)/u, 'The disk fails. Everything acknowledged so far was stored; look at the disk, run "nianbao verify", and then the same command again to go on.'],
  [/^SQLITE_CANTOPEN/u, 'The archive\'s files cannot be opened any more: the disk was taken out, or the folder was moved or deleted. Put it back and run the same command again to go on.'],
];

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** What to tell people about a fault of the disk under a running command; null for any other error. */
export function diskFaultMessage(error: unknown): string | null {
  return DISK_FAULTS.find(([code]) => code.test(codeOf(error)))?.[1] ?? null;
}

/** Whether the disk has no room or fails, which no permission can mend. */
export function isDiskFault(error: unknown): boolean {
  return /^(?:SQLITE_FULL|SQLITE_IOERR|ENOSPC|EDQUOT|EFBIG|EIO)/u.test(codeOf(error));
}

/** What the system calls it, and what it means. */
const SYSTEM_FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission', EADDRINUSE: 'another program listens there already', EADDRNOTAVAIL: 'this machine has no such address', EEXIST: 'it exists already',
  EIO: 'the disk fails', EISDIR: 'it is a folder, not a file', ELOOP: 'its links lead in a circle', EMFILE: 'too many files are open', ENAMETOOLONG: 'the name is too long',
  ENOENT: 'there is no such file or folder', ENOSPC: 'the disk is full', ENOTDIR: 'a part of the path is a file, not a folder', EPERM: 'this user has no permission', EROFS: 'the disk can only be read',
};

/** Why something failed, in words where the system gives a code (`ENOENT: no such file or directory, open …`), else as the error says it. */
export function faultInWords(error: unknown): string {
  return SYSTEM_FAULTS[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
}
