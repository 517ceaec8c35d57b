/** A disk that is as full as a test wants it: a small tmpfs where mounting is allowed, else a limit on the size of files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly kind: 'tmpfs' | 'limit';
  /** Where the archive goes. */
  readonly storage: string;
  /** Leaves about `bytes` free for what runs next; null: as much as there is. Gives the words to put before that command. */
  leave(bytes: number | null): readonly string[];
  /** Makes the disk one that can only be read, or writable again; false where that cannot be done. */
  readOnly(only: boolean): boolean;
  close(): void;
}

const SIZE_MEBIBYTES = 96;

function tmpfs(folder: string): SmallDisk {
  const ballast = join(folder, 'ballast');
  const mount = (...options: string[]): boolean => spawnSync('mount', [...options, folder], { stdio: 'ignore' }).status === 0;
  return {
    kind: 'tmpfs', storage: join(folder, 'storage'),
    leave: (bytes) => {
      rmSync(ballast, { force: true });
      const { bavail, bsize } = statfsSync(folder);
      if (bytes !== null) writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
      return [];
    },
    readOnly: (only) => mount('-o', `remount,${only ? 'ro' : 'rw'}`),
    close: () => { execFileSync('umount', ['-l', folder]); rmSync(folder, { recursive: true, force: true }); },
  };
}

function largest(storage: string): number {
  return existsSync(storage) ? Math.max(0, ...readdirSync(storage).map((name) => statSync(join(storage, name)).size)) : 0;
}

/** RLIMIT_FSIZE counts in blocks of 512 bytes; node takes a write beyond it as an error. */
function limited(folder: string): SmallDisk {
  const storage = join(folder, 'storage');
  return {
    kind: 'limit', storage,
    leave: (bytes) => (bytes === null ? [] : ['sh', '-c', 'ulimit -f "$0"; exec "$@"', String(Math.ceil((largest(storage) + bytes) / 512))]),
    readOnly: () => false,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Makes the disk. Close it at the end. */
export function openSmallDisk(kind: 'tmpfs' | 'limit' | 'any' = 'any'): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  mkdirSync(folder, { recursive: true });
  if (kind === 'limit') return limited(folder);
  const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MEBIBYTES}m`, 'nianbao-test', folder], { stdio: 'ignore' }).status === 0;
  return mounted ? tmpfs(folder) : limited(folder);
}
