/** Records a real harvest of the farm at the C library: each write to the archive, each wait for the disk, each line that told a page captured. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { SQLITE_PACKAGE } from '../../../src/store/sqlite.js';
import { startFarm } from '../../farm/farm.js';
import { QUICK_ENV, run } from '../../harvest/command-line.js';

export type FileId = 0 | 1 | 2;
/** The names behind the recorder's numbers. */
export const FILES = ['nianbao.sqlite', 'nianbao.sqlite-wal', 'nianbao.sqlite-journal'] as const;

/** One step of the process, in its order. */
export type Step =
  | { readonly kind: 'write'; readonly file: FileId; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: FileId; readonly size: number }
  | { readonly kind: 'sync'; readonly file: FileId }
  | { readonly kind: 'unlink'; readonly file: FileId }
  /** Addresses that the user was told are captured. */
  | { readonly kind: 'acknowledge'; readonly urls: readonly string[] };

/** Whether the recorder can be made here: it wants Linux and a C compiler, which better-sqlite3 wants as well. */
export const canRecord = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;

const HEAD_BYTES = 14;

function stepOf(kind: string, file: FileId, offset: number, bytes: Buffer): Step {
  if (kind === 'W') return { kind: 'write', file, offset, bytes };
  if (kind === 'T') return { kind: 'truncate', file, size: offset };
  if (kind === 'A') return { kind: 'acknowledge', urls: [...bytes.toString().matchAll(/^(?:harvest|derive) captured ok (\S+)/gmu)].map((match) => match[1] ?? '') };
  return { kind: kind === 'S' ? 'sync' : 'unlink', file };
}

function readTrace(path: string): Step[] {
  const trace = readFileSync(path);
  const steps: Step[] = [];
  for (let at = 0; at + HEAD_BYTES <= trace.length;) {
    const length = trace.readUInt32LE(at + 10);
    const bytes = trace.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length);
    steps.push(stepOf(String.fromCharCode(trace[at] ?? 0), trace[at + 1] as FileId, Number(trace.readBigUInt64LE(at + 2)), bytes));
    at += HEAD_BYTES + length;
  }
  return steps;
}

/** Makes the archive's connection wait for the disk as `mode` says, from outside: the product itself has no such setting. */
function withSynchronous(folder: string, mode: string): string {
  const file = join(folder, 'synchronous.cjs');
  const driver = createRequire(import.meta.url).resolve(SQLITE_PACKAGE);
  writeFileSync(file, `const Database = require(${JSON.stringify(driver)});
const pragma = Database.prototype.pragma;
Database.prototype.pragma = function (text, options) { return pragma.call(this, text === 'synchronous = FULL' ? 'synchronous = ${mode}' : text, options); };
`);
  return `--require=${file}`;
}

/** Harvests a farm of `reports` pages under the recorder, with `synchronous` as the product sets it or as named. */
export async function recordHarvest(folder: string, facts: { readonly reports: number; readonly synchronous?: 'NORMAL' | 'OFF' }): Promise<Step[]> {
  const library = join(folder, 'recorder.so');
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, join(import.meta.dirname, 'recorder.c'), '-ldl', '-lpthread']);
  const farm = await startFarm({ scale: { hosts: 8, reportsPerHost: Math.ceil(facts.reports / 8) } });
  try {
    const seeds = join(folder, 'seeds.csv');
    const trace = join(folder, 'trace');
    writeFileSync(seeds, farm.seedsCsv());
    const env = {
      ...QUICK_ENV, NIANBAO_POLITENESS_DELAY_SECONDS: '0.005', LD_PRELOAD: library, POWER_TRACE: trace,
      ...(facts.synchronous === undefined ? {} : { NODE_OPTIONS: withSynchronous(folder, facts.synchronous) }),
    };
    const ended = await run(['harvest', '--seeds', seeds, '--storage', join(folder, 'storage'), '--allow-private', '--verbose'], { cwd: folder, env });
    if (ended.code !== 0) throw new Error(`the recorded harvest ended with ${ended.code}: ${ended.err.slice(-2000)}`);
    return readTrace(trace);
  } finally {
    await farm.close();
  }
}
