/** Cuts the power at moments of a recorded harvest: what was not synced is dropped, kept or torn, sector by sector, and the archive is opened again. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openArchive } from '../../../src/store/open.js';
import type { Sqlite } from '../../../src/store/open.js';
import type { Chance } from '../../farm/random.js';
import { FILES } from './trace.js';
import type { FileId, Step } from './trace.js';

/** A disk writes these whole or not at all. */
const SECTOR = 512;

type Change = Extract<Step, { kind: 'write' | 'truncate' | 'unlink' }>;

/** Bytes that grow at little cost, as a file does. */
class Bytes {
  #room: Buffer;
  #size: number;

  constructor(from?: Bytes) {
    this.#size = from?.size ?? 0;
    this.#room = Buffer.alloc(Math.max(65_536, this.#size));
    from?.bytes.copy(this.#room);
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): Buffer {
    return this.#room.subarray(0, this.#size);
  }

  resize(size: number): void {
    if (size > this.#room.length) {
      const larger = Buffer.alloc(2 * size);
      this.bytes.copy(larger);
      this.#room = larger;
    }
    if (size < this.#size) this.#room.fill(0, size, this.#size);
    this.#size = size;
  }

  put(piece: Buffer, offset: number): void {
    this.resize(Math.max(this.#size, offset + piece.length));
    piece.copy(this.#room, offset);
  }
}

/** A file as the disk surely has it, and what it may or may not have. */
interface Held {
  readonly bytes: Bytes;
  pending: Change[];
}

/** Makes a change of which `keep` says, for each sector, whether it comes through. */
function apply(file: Bytes, change: Change, keep: () => boolean): void {
  if (change.kind !== 'write') {
    if (keep()) file.resize(change.kind === 'truncate' ? change.size : 0);
    return;
  }
  for (let at = 0; at < change.bytes.length;) {
    const start = change.offset + at;
    const end = Math.min(change.bytes.length, at + SECTOR - (start % SECTOR));
    if (keep()) file.put(change.bytes.subarray(at, end), start);
    at = end;
  }
}

/** How the unsynced writes of one cut fare: all lost, whole writes by chance, or single sectors by chance. */
function fates(draw: Chance): (change: Change) => () => boolean {
  const mode = draw.int(0, 3);
  if (mode === 0) return () => () => false;
  const odds = draw.next();
  if (mode === 1) return () => { const kept = draw.next() < odds; return () => kept; };
  return () => () => draw.next() < odds;
}

/** Makes all pending changes durable. */
function settle(file: Held): void {
  for (const change of file.pending) apply(file.bytes, change, () => true);
  file.pending = [];
}

/** The disk while the harvest is replayed. */
class Disk {
  readonly #files: Record<FileId, Held> = { 0: { bytes: new Bytes(), pending: [] }, 1: { bytes: new Bytes(), pending: [] }, 2: { bytes: new Bytes(), pending: [] } };

  take(step: Step): void {
    if (step.kind === 'acknowledge') return;
    const file = this.#files[step.file];
    if (step.kind !== 'sync') { file.pending.push(step); return; }
    // Names are the file system's own journal: what was unlinked before any sync is unlinked after it.
    for (const each of Object.values(this.#files)) if (each === file || each.pending.some(({ kind }) => kind === 'unlink')) settle(each);
  }

  /** Writes what a power cut would leave now into `folder`. The -shm file is never there: SQLite makes it anew. */
  leaveIn(folder: string, draw: Chance): void {
    mkdirSync(folder, { recursive: true });
    const fateOf = fates(draw);
    for (const [id, { bytes, pending }] of Object.entries(this.#files)) {
      const left = new Bytes(bytes);
      for (const change of pending) apply(left, change, fateOf(change));
      if (left.size > 0) writeFileSync(join(folder, FILES[Number(id) as FileId]), left.bytes);
    }
  }
}

export interface CutResult {
  readonly cuts: number;
  /** Cuts after which the archive was damaged, with what was found. */
  readonly corrupt: readonly string[];
  /** Cuts after which pages were missing that the user had been told were captured. */
  readonly lossy: number;
  readonly mostLost: number;
}

function isWhole(row: { sha256: string; coding: string; bytes: Buffer } | undefined): boolean {
  if (!row) return false;
  return createHash('sha256').update(row.coding === 'gzip' ? gunzipSync(row.bytes) : row.bytes).digest('hex') === row.sha256;
}

/** Acknowledged addresses whose capture or bytes are gone. */
function lostOf(database: Sqlite, acknowledged: ReadonlySet<string>): number {
  const find = database.prepare("SELECT p.sha256, p.coding, p.bytes FROM candidate c JOIN capture k ON k.capture_id = c.last_capture_id JOIN payload p ON p.sha256 = k.payload_sha256 WHERE c.url = ? AND c.state = 'captured'");
  return [...acknowledged].filter((url) => !isWhole(find.get(url) as { sha256: string; coding: string; bytes: Buffer } | undefined)).length;
}

function damageOf(database: Sqlite): string | null {
  const said = database.pragma('integrity_check', { simple: true }) as string;
  const foreign = database.pragma('foreign_key_check') as unknown[];
  return said === 'ok' && foreign.length === 0 ? null : `${said}; ${foreign.length} broken references`;
}

function afterCut(folder: string, acknowledged: ReadonlySet<string>): { damage: string | null; lost: number } {
  try {
    const database = openArchive(folder);
    try {
      return { damage: damageOf(database), lost: lostOf(database, acknowledged) };
    } finally {
      database.close();
    }
  } catch (error) {
    return { damage: (error as Error).message, lost: 0 };
  }
}

/** A thousand archives are written and opened: in memory where the system has a disk there. */
function scratchFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'cut-'));
}

/** Cuts the power `cuts` times over the recorded `steps`. */
export function cutPower(steps: readonly Step[], facts: { readonly cuts: number; readonly draw: Chance }): CutResult {
  const moments = Array.from({ length: facts.cuts }, () => facts.draw.int(1, steps.length)).sort((a, b) => a - b);
  const disk = new Disk();
  const acknowledged = new Set<string>();
  const corrupt: string[] = [];
  const scratch = scratchFolder();
  let [lossy, mostLost, done] = [0, 0, 0];
  for (const moment of moments) {
    for (; done < moment; done += 1) {
      const step = steps[done] as Step;
      disk.take(step);
      if (step.kind === 'acknowledge') for (const url of step.urls) acknowledged.add(url);
    }
    rmSync(scratch, { recursive: true, force: true });
    disk.leaveIn(scratch, facts.draw);
    const { damage, lost } = afterCut(scratch, acknowledged);
    if (damage !== null) corrupt.push(`after step ${moment}: ${damage}`);
    if (lost > 0) lossy += 1;
    mostLost = Math.max(mostLost, lost);
  }
  rmSync(scratch, { recursive: true, force: true });
  return { cuts: moments.length, corrupt, lossy, mostLost };
}
