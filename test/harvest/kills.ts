/** Kills a harvest of the farm again and again and watches what the resumed ones ask for. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASE_NAME, openReader } from '../../src/store/open.js';
import { verifyArchive } from '../../src/store/verify.js';
import { chance } from '../farm/random.js';
import { startFarm } from '../farm/farm.js';
import { QUICK_ENV, start } from './command-line.js';

/** What one archive came to, harvested to the end however often that was interrupted. */
export interface Harvested {
  /** `host/path raw text` of every report, the port left out. */
  readonly reports: readonly string[];
  /** Pages asked for again after the archive had them. */
  readonly askedAgain: readonly string[];
  /** Problems that "verify" finds at the end. */
  readonly problems: number;
}

export interface KillResult {
  readonly kills: number;
  readonly undisturbed: Harvested;
  /** One for each archive that was begun: a harvest that ended before it could be killed ends its archive's part. */
  readonly disturbed: readonly Harvested[];
}

export interface Committed {
  readonly urls: ReadonlySet<string>;
}

/** Addresses of the pages that the archive has. */
export function committed(storage: string): Committed {
  try {
    const database = openReader(storage);
    try {
      return { urls: new Set(database.prepare("SELECT url FROM candidate WHERE state = 'captured'").pluck().all() as string[]) };
    } finally {
      database.close();
    }
  } catch {
    return { urls: new Set() };
  }
}

/** What the archive holds, by digests. */
export function reportsOf(storage: string): string[] {
  const database = openReader(storage);
  try {
    const rows = database.prepare('SELECT url, raw_sha256, text_sha256 FROM v_report WHERE removed_at IS NULL ORDER BY url').all() as { url: string; raw_sha256: string; text_sha256: string }[];
    return rows.map((row) => `${row.url.replace(/:\d+\//u, '/')} ${row.raw_sha256} ${row.text_sha256}`);
  } finally {
    database.close();
  }
}

/** Portals that answer at once: a harvest is killed often, and the slow ones have tests of their own. */
const PORTALS = ['trs', 'hanweb', 'gbk-bare', 'wrong-header', 'big5', 'challenge', 'soft-404', 'county-column', 'county-copy', 'generic', 'attachment', 'vsb-paging'];

export interface KillPlan {
  readonly kills: number;
  /** Seed of the random moments. */
  readonly seed: number;
  readonly signal: 'SIGKILL' | 'SIGTERM';
}

/** When to kill the next harvest, milliseconds after its start; null: never. */
type NextKill = () => number | null;

/** Whether the newest run was broken off. One that was killed after it had closed its run is a harvest that ended. */
export function wasBrokenOff(storage: string): boolean {
  if (!existsSync(join(storage, DATABASE_NAME))) return true;
  const database = openReader(storage);
  try {
    const outcome = database.prepare('SELECT outcome FROM run ORDER BY run_id DESC LIMIT 1').pluck().get() as string | undefined;
    return outcome === undefined || outcome === 'running' || outcome === 'stopped';
  } finally {
    database.close();
  }
}

/** One harvest, killed after `afterMs`. Returns whether it was killed before it ended. */
async function harvestOnce(words: readonly string[], folder: string, kill: { readonly signal: 'SIGKILL' | 'SIGTERM'; readonly afterMs: number | null }): Promise<boolean> {
  const { child, ended } = start(words, { cwd: folder, env: QUICK_ENV });
  const timer = kill.afterMs === null ? undefined : setTimeout(() => { child.kill(kill.signal); }, kill.afterMs);
  const end = await ended;
  clearTimeout(timer);
  if (end.signal !== null || end.code === 130) return wasBrokenOff(join(folder, 'storage'));
  if (end.code !== 3 && end.code !== 0) throw new Error(`the harvest ended with ${end.code}: ${end.err}`);
  return false;
}

/** Harvests a fresh farm into a fresh archive until a harvest ends by itself, each one killed at the moment that `next` says. */
async function harvestToTheEnd(signal: 'SIGKILL' | 'SIGTERM', next: NextKill): Promise<Harvested> {
  const farm = await startFarm({ only: PORTALS });
  const folder = mkdtempSync(join(tmpdir(), 'kills-'));
  const storage = join(folder, 'storage');
  const seeds = join(folder, 'seeds.csv');
  writeFileSync(seeds, farm.seedsCsv());
  const words = ['harvest', '--seeds', seeds, '--storage', storage, '--allow-private', '--quiet'];
  const askedAgain: string[] = [];
  try {
    for (let killed = true; killed;) {
      const before = committed(storage);
      const from = farm.log.length;
      killed = await harvestOnce(words, folder, { signal, afterMs: next() });
      askedAgain.push(...farm.log.slice(from).map((entry) => `http://${entry.host}:${farm.port}${entry.path}`).filter((url) => before.urls.has(url)));
    }
    const database = openReader(storage);
    const problems = verifyArchive(database).problems.length;
    database.close();
    return { reports: reportsOf(storage), askedAgain, problems };
  } finally {
    await farm.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Harvests the farm undisturbed, and then again and again, killed at random moments of the time that took, until there were `plan.kills` kills. */
export async function killHarvests(plan: KillPlan): Promise<KillResult> {
  const began = performance.now();
  const undisturbed = await harvestToTheEnd(plan.signal, () => null);
  const spanMs = performance.now() - began;
  const draw = chance(plan.seed, 'kills');
  const disturbed: Harvested[] = [];
  let kills = 0;
  while (kills < plan.kills) {
    // Counted in advance; the last one of an archive did not come, for its harvest had ended before.
    let plannedLast = false;
    disturbed.push(await harvestToTheEnd(plan.signal, () => {
      plannedLast = kills < plan.kills;
      if (!plannedLast) return null;
      kills += 1;
      return draw.next() * spanMs;
    }));
    if (plannedLast) kills -= 1;
  }
  return { kills, undisturbed, disturbed };
}
