/** A farm, an archive folder and the harvest command, as the tests of whole nights use them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandContext } from '../../src/commands/context.js';
import { resolveConfig } from '../../src/config.js';
import type { UserConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { openReader } from '../../src/store/open.js';
import { startFarm } from '../farm/farm.js';
import type { Farm, FarmOptions } from '../farm/farm.js';

export interface Nights {
  readonly farm: Farm;
  readonly folder: string;
  readonly seedsFile: string;
  /** What the commands wrote to stdout and stderr since the last call of `said`. */
  said(): { out: string; err: string };
  context(changes?: UserConfig, signal?: AbortSignal): CommandContext;
  /** Rows of a query on the archive. */
  rows<T>(sql: string, ...values: unknown[]): T[];
  close(): Promise<void>;
}

/** Pauses short enough for a test; everything else as by default. */
const QUICK: UserConfig = {
  politeness: { delaySeconds: 0.01 }, retry: { firstSeconds: 0.3, maxSeconds: 1 }, network: { allowPrivateAddresses: true }, revisit: { firstHours: 0 },
  browser: { use: 'never' },
};

/** Opens a farm and an empty archive folder. */
export async function openNights(options: FarmOptions = {}): Promise<Nights> {
  const farm = await startFarm(options);
  const folder = mkdtempSync(join(tmpdir(), 'nights-'));
  const seedsFile = join(folder, 'seeds.csv');
  writeFileSync(seedsFile, farm.seedsCsv());
  let out = '';
  let err = '';
  return {
    farm, folder, seedsFile,
    said: () => { const said = { out, err }; out = ''; err = ''; return said; },
    context: (changes = {}, signal = new AbortController().signal) => ({
      config: resolveConfig({ ...QUICK, storage: folder, seeds: [seedsFile], ...changes }), configDigest: 'test', cwd: folder, json: false,
      log: createLog('normal', (text) => { err += text; }), terminal: { progress: false, table: false, columns: 100 }, print: (text) => { out += text; },
      divisions: loadDivisions, now: Date.now, signal,
    }),
    rows: <T>(sql: string, ...values: unknown[]): T[] => {
      const database = openReader(folder);
      try {
        return database.prepare(sql).all(...values) as T[];
      } finally {
        database.close();
      }
    },
    close: async () => {
      await farm.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
