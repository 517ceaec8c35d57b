/** Ends one harvest of the farm dozens of times, by signals and by a full disk, each time after a few requests, and goes on until it ends by itself. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader } from '../../src/store/open.js';
import { verifyArchive } from '../../src/store/verify.js';
import { startFarm } from '../farm/farm.js';
import type { Farm } from '../farm/farm.js';
import type { Chance } from '../farm/random.js';
import { QUICK_ENV, start } from './command-line.js';
import { committed, reportsOf, wasBrokenOff } from './kills.js';
import type { Harvested } from './kills.js';
import { openSmallDisk } from './small-disk.js';
import type { SmallDisk } from './small-disk.js';

export type Way = 'SIGKILL' | 'SIGTERM' | 'full';

export interface ManyKills extends Harvested {
  /** How often the harvest was ended in each way before it had ended by itself. */
  readonly kills: Readonly<Record<Way, number>>;
  /** Milliseconds from the start of a process to its first request, for each that made one. */
  readonly firstRequestMs: readonly number[];
  /** What was said when the disk was full. */
  readonly complaints: readonly string[];
}

export interface ManyKillsPlan {
  readonly draw: Chance;
  readonly farmSeed: number;
  /** The way in which harvest number `round` is to be ended; null lets it run to its end. */
  readonly way: (round: number) => Way | null;
}

/** Requests after which a harvest is ended, at most, and the moment that passes then. */
const MOST_REQUESTS = 12;
const MOST_MOMENT_MS = 250;
/** Free space when the disk is to become full: enough to begin with, or not even that. */
const LEAST_FREE = 8 * 1024;
const MOST_FREE = 2 * 2 ** 20;

interface Round {
  readonly endedEarly: boolean;
  readonly firstRequestMs: number | null;
  readonly complaint: string | null;
}

interface Stage {
  readonly farm: Farm;
  readonly folder: string;
  readonly disk: SmallDisk;
  readonly words: readonly string[];
}

/** Runs one harvest and ends it in the given way, if it does not end before. */
async function round(stage: Stage, way: Way | null, draw: Chance): Promise<Round> {
  const { farm, folder, disk, words } = stage;
  const from = farm.log.length;
  const under = disk.leave(way === 'full' ? draw.int(LEAST_FREE, MOST_FREE) : null);
  const [requests, momentMs] = [draw.int(0, MOST_REQUESTS), draw.next() * MOST_MOMENT_MS];
  const began = Date.now();
  const { child, ended } = start(words, { cwd: folder, env: QUICK_ENV, under });
  let due: NodeJS.Timeout | undefined;
  const watch = setInterval(() => {
    if (way === null || way === 'full' || due !== undefined || farm.log.length < from + requests) return;
    due = setTimeout(() => { child.kill(way); }, momentMs);
  }, 5);
  const end = await ended;
  clearInterval(watch);
  clearTimeout(due);
  disk.leave(null);
  const first = farm.log[from];
  const firstRequestMs = first ? first.time - began : null;
  if (way === 'full' && end.code !== 0 && end.code !== 3) return { endedEarly: true, firstRequestMs, complaint: `${end.code} ${end.signal} ${end.err.trim()}` };
  if (end.signal !== null || end.code === 130) return { endedEarly: wasBrokenOff(disk.storage), firstRequestMs, complaint: null };
  if (end.code !== 0 && end.code !== 3) throw new Error(`the harvest ended with ${end.code}: ${end.err}`);
  return { endedEarly: false, firstRequestMs, complaint: null };
}

/** Harvests a fresh farm into a fresh archive, ended again and again as planned, until a harvest ends by itself. */
export async function harvestThroughKills(plan: ManyKillsPlan): Promise<ManyKills> {
  const farm = await startFarm({ seed: plan.farmSeed });
  const folder = mkdtempSync(join(tmpdir(), 'many-kills-'));
  const disk = openSmallDisk();
  const seeds = join(folder, 'seeds.csv');
  writeFileSync(seeds, farm.seedsCsv());
  const stage: Stage = { farm, folder, disk, words: ['harvest', '--seeds', seeds, '--storage', disk.storage, '--allow-private', '--quiet'] };
  const kills: Record<Way, number> = { SIGKILL: 0, SIGTERM: 0, full: 0 };
  const askedAgain: string[] = [];
  const firstRequestMs: number[] = [];
  const complaints: string[] = [];
  try {
    for (let number = 0, endedEarly = true; endedEarly; number += 1) {
      const way = plan.way(number);
      const { urls } = committed(disk.storage);
      const from = farm.log.length;
      const result = await round(stage, way, plan.draw);
      ({ endedEarly } = result);
      if (endedEarly && way) kills[way] += 1;
      if (result.firstRequestMs !== null) firstRequestMs.push(result.firstRequestMs);
      if (result.complaint !== null) complaints.push(result.complaint);
      askedAgain.push(...farm.log.slice(from).map((entry) => `http://${entry.host}:${farm.port}${entry.path}`).filter((url) => urls.has(url)));
    }
    const database = openReader(disk.storage);
    const problems = verifyArchive(database).problems.length;
    database.close();
    return { kills, firstRequestMs, complaints, reports: reportsOf(disk.storage), askedAgain, problems };
  } finally {
    await farm.close();
    disk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
