/**
 * `npm run bench`: nianbao and Crawlee's CheerioCrawler harvest the same farm in turn, in the same run, each in a process of its
 * own. Prints pages per second, their ratios, titles right, bytes kept and peak memory; then, for nianbao alone (the farm's hosts
 * share a registrable domain, which Crawlee's delay would take for one host), the share of the politeness bound reached and the gaps broken. Absolute figures depend on the machine; the ratios are what can be quoted.
 *
 * Two speeds of nianbao are printed. "Stored": bytes and frontier are on the disk, acknowledged; no host is asked any more. "Read": all that is derived is there too: text,
 * metadata, tables with their checks, duplicates, search index. The peer stores a page and its text in one step, so it has one speed.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { connect } from '../../src/store/sqlite.js';
import type { Sqlite } from '../../src/store/sqlite.js';
import { startFarm } from '../farm/farm.js';
import type { Farm, FarmLogEntry, FarmReport } from '../farm/farm.js';

const ROUNDS = 3;
const PAGE_COURSE = { hosts: 60, reportsPerHost: 25 };
const DELAY_SECS = 0.5;
/** Long enough that the start, when all hosts come at once, does not decide. */
const REPORTS_OF_PACE = 40;
const contestant = fileURLToPath(new URL('./contestant.js', import.meta.url));
const run = promisify(execFile);
const say = (line: string): void => { process.stdout.write(`${line}\n`); };

type Name = 'nianbao' | 'crawlee';

interface Finish {
  readonly seconds: number;
  readonly storedSeconds: number;
  readonly peakMiB: number;
  readonly database: string;
}

async function send(name: Name, farm: Farm, folder: string, delaySecs: number): Promise<Finish> {
  const seeds = join(folder, 'seeds.csv');
  writeFileSync(seeds, farm.seedsCsv());
  const { stdout } = await run(process.execPath, [contestant, name, seeds, join(folder, name), String(delaySecs)], { maxBuffer: 2 ** 26, timeout: 30 * 60_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Finish;
}

interface Held {
  readonly title: string | null;
  readonly digest: string;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function heldByNianbao(database: Sqlite): Map<string, Held> {
  const rows = database.prepare(`SELECT d.url, v.title, p.bytes, p.coding FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
    JOIN payload p ON p.sha256 = v.raw_sha256`).all() as { url: string; title: string | null; bytes: Uint8Array; coding: string }[];
  return new Map(rows.map((row) => [row.url, { title: row.title, digest: sha256(row.coding === 'gzip' ? gunzipSync(row.bytes) : row.bytes) }]));
}

function heldByCrawlee(database: Sqlite): Map<string, Held> {
  const rows = database.prepare('SELECT url, title, body FROM page').all() as { url: string; title: string; body: Uint8Array }[];
  return new Map(rows.map((row) => [row.url, { title: row.title, digest: sha256(row.body) }]));
}

interface Score {
  readonly pages: number;
  readonly titles: number;
  readonly bytes: number;
}

function score(name: Name, file: string, reports: readonly FarmReport[]): Score {
  const database = connect(file, { readonly: true });
  const held = name === 'nianbao' ? heldByNianbao(database) : heldByCrawlee(database);
  database.close();
  const found = reports.filter((report) => held.has(report.url));
  return {
    pages: found.length,
    titles: found.filter((report) => held.get(report.url)?.title?.includes(report.title)).length,
    bytes: found.filter((report) => held.get(report.url)?.digest === report.payloadSha256).length,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function comparePages(): Promise<void> {
  const farm = await startFarm({ scale: PAGE_COURSE });
  const { reports } = farm;
  say(`One farm, ${PAGE_COURSE.hosts} hosts, ${reports.length} reports, no delay; ${ROUNDS} rounds in turn.\n`);
  say('| round | crawler | reports held | pages/s stored | pages/s read | titles right | bytes kept | peak memory |');
  say('|---|---|---|---|---|---|---|---|');
  const ratios: Record<'stored' | 'read', number[]> = { stored: [], read: [] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const speed: Record<Name, { stored: number; read: number }> = { nianbao: { stored: 0, read: 0 }, crawlee: { stored: 0, read: 0 } };
    for (const name of ['crawlee', 'nianbao'] as const) {
      const folder = mkdtempSync(join(tmpdir(), 'bench-'));
      const finish = await send(name, farm, folder, 0);
      const got = score(name, finish.database, reports);
      const { stored, read } = speed[name] = { stored: got.pages / finish.storedSeconds, read: got.pages / finish.seconds };
      say(`| ${round} | ${name} | ${got.pages} of ${reports.length} | ${stored.toFixed(1)} | ${read.toFixed(1)} | ${got.titles} | ${got.bytes} | ${finish.peakMiB.toFixed(0)} MiB |`);
      rmSync(folder, { recursive: true, force: true });
    }
    for (const kind of ['stored', 'read'] as const) ratios[kind].push(speed.nianbao[kind] / speed.crawlee[kind]);
  }
  for (const kind of ['stored', 'read'] as const) say(`\nnianbao / crawlee, pages per second ${kind}: ${ratios[kind].map((ratio) => ratio.toFixed(1)).join(', ')}; median ${median(ratios[kind]).toFixed(1)}.`);
  say('');
  await farm.close();
}

interface Pace {
  /** Share of the politeness bound that was reached: 1 is as fast as the delay allows. */
  readonly share: number;
  readonly gaps: number;
  readonly broken: number;
}

/** The bound: the host with most requests, at one request a delay. Gaps are counted at the server, by arrival. */
function pace(log: readonly FarmLogEntry[], delaySecs: number): Pace {
  const byHost = new Map<string, number[]>();
  for (const entry of log) byHost.set(entry.host, [...(byHost.get(entry.host) ?? []), entry.time]);
  const times = [...byHost.values()].map((arrivals) => [...arrivals].sort((a, b) => a - b));
  const most = Math.max(...times.map((arrivals) => arrivals.length));
  const first = Math.min(...times.map((arrivals) => arrivals[0] ?? Infinity));
  const last = Math.max(...times.map((arrivals) => arrivals.at(-1) ?? 0));
  const gaps = times.flatMap((arrivals) => arrivals.slice(1).map((time, index) => time - (arrivals[index] ?? 0)));
  return { share: ((most - 1) * delaySecs * 1000) / (last - first), gaps: gaps.length, broken: gaps.filter((gap) => gap < delaySecs * 1000).length };
}

async function measurePoliteness(hosts: number): Promise<void> {
  const farm = await startFarm({ scale: { hosts, reportsPerHost: REPORTS_OF_PACE } });
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  await send('nianbao', farm, folder, DELAY_SECS);
  const { share, gaps, broken } = pace(farm.log, DELAY_SECS);
  say(`| ${hosts} | ${(100 * share).toFixed(1)} % | ${broken} of ${gaps} |`);
  rmSync(folder, { recursive: true, force: true });
  await farm.close();
}

const only = process.argv[2];
if (only === undefined || only === 'pages') await comparePages();
if (only === undefined || only === 'politeness') {
  say(`Politeness: ${DELAY_SECS} s between two requests to one host, ${REPORTS_OF_PACE} reports a host. The bound is what the delay allows the host with most requests.\n`);
  say('| hosts | share of the politeness bound | gaps broken |');
  say('|---|---|---|');
  for (const hosts of [50, 200]) await measurePoliteness(hosts);
}
