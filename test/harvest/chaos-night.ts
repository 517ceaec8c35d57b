/** Harvests the chaos portal and the sound portals beside it with the built command line, and watches time, memory and requests. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader } from '../../src/store/open.js';
import { verifyArchive } from '../../src/store/verify.js';
import type { Chaos } from '../farm/chaos/chaos.js';
import { startFarm } from '../farm/farm.js';
import { QUICK_ENV, start } from './command-line.js';

/** Longest time for a whole exchange. */
export const PATIENCE_SECONDS = 5;

/** Short patience, so that a test lasts seconds; every limit is of the same kind as by default. */
const SETTINGS: Readonly<Record<string, string>> = {
  ...QUICK_ENV, NIANBAO_POLITENESS_DELAY_SECONDS: '0.1', NIANBAO_LIMITS_RETRIES: '2', NIANBAO_RETRY_FIRST_SECONDS: '0.3', NIANBAO_RETRY_MAX_SECONDS: '0.6',
  NIANBAO_LIMITS_HEADER_SECONDS: '2', NIANBAO_LIMITS_IDLE_SECONDS: '2', NIANBAO_LIMITS_RESPONSE_SECONDS: String(PATIENCE_SECONDS), NIANBAO_LIMITS_RESPONSE_BYTES: String(4 * 2 ** 20),
  NIANBAO_LIMITS_PAGES_PER_PORTAL: '60', NIANBAO_POLITENESS_MAX_HOSTS: '128',
};

const SOUND = { hosts: 6, reportsPerHost: 12, latencyMs: 20 };

/** What the archive says of one address. */
export interface Found {
  readonly url: string;
  readonly state: string;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly notices: string;
  readonly longestMs: number;
}

export interface ChaosNight {
  readonly exitCode: number | null;
  readonly err: string;
  readonly found: ReadonlyMap<string, Found>;
  /** Milliseconds from the first request at the sound portals to the last. */
  readonly soundMs: number;
  readonly soundReports: number;
  readonly soundHeld: number;
  /** Largest resident set of the harvest, in bytes; null where /proc does not tell. */
  readonly mostMemory: number | null;
  /** What "verify" finds. */
  readonly problems: readonly unknown[];
}

function peakMemory(pid: number): number | null {
  try {
    const kibibytes = /VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? null : 1024 * Number(kibibytes);
  } catch {
    return null;
  }
}

function readFound(storage: string): Found[] {
  const database = openReader(storage);
  try {
    return database.prepare(`SELECT c.url, c.state, c.reason, c.detail, coalesce(group_concat(p.notices), '') AS notices, coalesce(max(p.duration_ms), 0) AS longestMs
      FROM candidate c LEFT JOIN capture p ON p.url = c.url GROUP BY c.candidate_id`).all() as Found[];
  } finally {
    database.close();
  }
}

function heldAt(storage: string, hosts: ReadonlySet<string>): number {
  const database = openReader(storage);
  try {
    const urls = database.prepare('SELECT url FROM v_report').pluck().all() as string[];
    return urls.filter((url) => hosts.has(new URL(url).hostname)).length;
  } finally {
    database.close();
  }
}

function problemsOf(storage: string): readonly unknown[] {
  const database = openReader(storage);
  try {
    return verifyArchive(database).problems;
  } finally {
    database.close();
  }
}

/** One harvest of the sound portals, with the chaos portal beside them or without. */
export async function chaosNight(chaos: Chaos | null): Promise<ChaosNight> {
  const farm = await startFarm({ scale: SOUND });
  const folder = mkdtempSync(join(tmpdir(), 'chaos-night-'));
  const seeds = join(folder, 'seeds.csv');
  const storage = join(folder, 'storage');
  writeFileSync(seeds, farm.seedsCsv() + (chaos?.seedRows() ?? ''));
  const env = { ...SETTINGS, ...(chaos?.authorityFile ? { NODE_EXTRA_CA_CERTS: chaos.authorityFile } : {}) };
  const { child, ended } = start(['harvest', '--seeds', seeds, '--storage', storage, '--allow-private'], { cwd: folder, env });
  let mostMemory: number | null = null;
  const watch = setInterval(() => { mostMemory = peakMemory(child.pid ?? 0) ?? mostMemory; }, 50);
  try {
    const { code, err } = await ended;
    const times = farm.log.map(({ time }) => time);
    return {
      exitCode: code, err, found: new Map(readFound(storage).map((row) => [row.url, row])), soundMs: Math.max(...times) - Math.min(...times),
      soundReports: farm.reports.length, soundHeld: heldAt(storage, new Set(farm.portals.map(({ host }) => host))), mostMemory, problems: problemsOf(storage),
    };
  } finally {
    clearInterval(watch);
    await farm.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
