/** Kills a harvest of the farm again and again and watches what the resumed ones ask for. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader } from '../../src/store/open.js';
import { verifyArchive } from '../../src/store/verify.js';
import { chance } from '../farm/random.js';
import { startFarm } from '../farm/farm.js';
import type { Farm } from '../farm/farm.js';
import { QUICK_ENV, run, start } from './command-line.js';

export interface KillResult {
  readonly kills: number;
  /** `host/path raw text` of every report, the port left out. */
  readonly reports: readonly string[];
  /** Pages asked for again after the archive had them. */
  readonly askedAgain: readonly string[];
  /** Problems that "verify" finds at the end. */
  readonly problems: number;
}

/** The requests that a harvest of the farm surely makes: kills are spread over them, so that the harvest is not over before the last one, however fast the machine. */
const LEAST_REQUESTS = 200;

interface Committed {
  readonly urls: ReadonlySet<string>;
}

function committed(storage: string): Committed {
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

function reportsOf(storage: string): string[] {
  const database = openReader(storage);
  try {
    const rows = database.prepare('SELECT url, raw_sha256, text_sha256 FROM v_report WHERE removed_at IS NULL ORDER BY url').all() as { url: string; raw_sha256: string; text_sha256: string }[];
    return rows.map((row) => `${row.url.replace(/:\d+\//u, '/')} ${row.raw_sha256} ${row.text_sha256}`);
  } finally {
    database.close();
  }
}

/** Kills `child` once the farm has been asked `requests` more times and a moment more has passed. Gives the way to call it off. */
function killAfter(child: ChildProcess, farm: Farm, plan: { readonly signal: 'SIGKILL' | 'SIGTERM'; readonly requests: number; readonly momentMs: number }): () => void {
  const until = farm.log.length + plan.requests;
  let last: NodeJS.Timeout | undefined;
  const watch = setInterval(() => {
    if (farm.log.length < until) return;
    clearInterval(watch);
    last = setTimeout(() => { child.kill(plan.signal); }, plan.momentMs);
  }, 5);
  return () => { clearInterval(watch); clearTimeout(last); };
}

export interface KillPlan {
  readonly kills: number;
  /** Seed of the random moments. */
  readonly seed: number;
  readonly signal: 'SIGKILL' | 'SIGTERM';
}

/** Harvests a fresh farm, killed `plan.kills` times at random moments, then to the end. With no kills: the undisturbed harvest. */
export async function harvestWithKills(plan: KillPlan): Promise<KillResult> {
  const farm = await startFarm();
  const folder = mkdtempSync(join(tmpdir(), 'kills-'));
  const seeds = join(folder, 'seeds.csv');
  const storage = join(folder, 'storage');
  writeFileSync(seeds, farm.seedsCsv());
  const words = ['harvest', '--seeds', seeds, '--storage', storage, '--allow-private', '--quiet'];
  const draw = chance(plan.seed, 'kills');
  const askedAgain: string[] = [];
  let kills = 0;
  try {
    for (let round = 0; round <= plan.kills; round += 1) {
      const before = committed(storage);
      const from = farm.log.length;
      if (round === plan.kills) await run(words, { cwd: folder, env: QUICK_ENV });
      else {
        const { child, ended } = start(words, { cwd: folder, env: QUICK_ENV });
        const callOff = killAfter(child, farm, { signal: plan.signal, requests: Math.floor(draw.next() * (LEAST_REQUESTS / plan.kills)), momentMs: draw.next() * 300 });
        const end = await ended;
        callOff();
        if (end.signal !== null || end.code === 130) kills += 1;
        else if (end.code !== 3 && end.code !== 0) throw new Error(`the harvest ended with ${end.code}: ${end.err}`);
      }
      const again = farm.log.slice(from).map((entry) => `http://${entry.host}:${farm.port}${entry.path}`).filter((url) => before.urls.has(url));
      askedAgain.push(...again);
    }
    const database = openReader(storage);
    const problems = verifyArchive(database).problems.length;
    database.close();
    return { kills, reports: reportsOf(storage), askedAgain, problems };
  } finally {
    await farm.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
