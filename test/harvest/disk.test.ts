/** A disk that is full, that can only be read, or that goes away: said clearly, nothing acknowledged lost, and the next harvest goes on. */
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReader } from '../../src/store/open.js';
import { verifyArchive } from '../../src/store/verify.js';
import { startFarm } from '../farm/farm.js';
import type { Farm } from '../farm/farm.js';
import { chance } from '../farm/random.js';
import { QUICK_ENV, run, start } from './command-line.js';
import type { Ended } from './command-line.js';
import { harvestThroughKills } from './many-kills.js';
import { openSmallDisk } from './small-disk.js';

const FULL = /The disk is full/u;

describe('a disk full again and again', () => {
  it('ends the harvest with 1 and a sentence each time, and with the same reports at last', async () => {
    const undisturbed = await harvestThroughKills({ draw: chance(1, 'disk'), farmSeed: 3, way: () => null });
    const disturbed = await harvestThroughKills({ draw: chance(2, 'disk'), farmSeed: 3, way: (round) => (round < 4 ? 'full' : null) });
    expect(disturbed.kills.full).toBeGreaterThanOrEqual(2);
    for (const complaint of disturbed.complaints) {
      expect(complaint).toMatch(/^1 null/u);
      expect(complaint).toMatch(FULL);
      expect(complaint).not.toMatch(/\n {4}at /u);
    }
    expect(disturbed.reports).toEqual(undisturbed.reports);
    expect(disturbed.reports.length).toBeGreaterThan(60);
    expect(disturbed.askedAgain).toEqual([]);
    expect(disturbed.problems).toBe(0);
  }, 300_000);
});

describe('a harvest whose', () => {
  let farm: Farm;
  let folder: string;
  let seeds: string;
  beforeAll(async () => {
    farm = await startFarm({ scale: { hosts: 4, reportsPerHost: 20 } });
    folder = mkdtempSync(join(tmpdir(), 'disk-'));
    seeds = join(folder, 'seeds.csv');
    writeFileSync(seeds, farm.seedsCsv());
  });
  afterAll(async () => { await farm.close(); rmSync(folder, { recursive: true, force: true }); });

  const words = (storage: string): string[] => ['harvest', '--seeds', seeds, '--storage', storage, '--allow-private', '--verbose'];
  const env = { ...QUICK_ENV, NIANBAO_POLITENESS_DELAY_SECONDS: '0.1' };
  const held = (storage: string): number => {
    const database = openReader(storage);
    try {
      expect(verifyArchive(database).problems).toEqual([]);
      return database.prepare('SELECT count(*) FROM v_report').pluck().get() as number;
    } finally {
      database.close();
    }
  };

  it('file limit is reached ends with 1 and the same sentence, and goes on without the limit', async () => {
    const disk = openSmallDisk('limit');
    try {
      const ended = await run(words(disk.storage), { cwd: folder, env, under: disk.leave(700_000) });
      expect(ended).toMatchObject({ code: 1, signal: null });
      expect(ended.err).toMatch(FULL);
      expect((await run(words(disk.storage), { cwd: folder, env })).code).toBe(0);
      expect(held(disk.storage)).toBe(farm.reports.length);
    } finally {
      disk.close();
    }
  }, 120_000);

  it('disk can only be read ends with 2 before it asks anybody, and goes on when that is mended', async () => {
    const disk = openSmallDisk();
    try {
      await run(['portals', 'check', '--seeds', seeds, '--storage', disk.storage], { cwd: folder, env });
      if (!disk.readOnly(true)) { console.warn('the read-only disk is left out: mounting is not allowed here'); return; }
      const asked = farm.log.length;
      const ended = await run(words(disk.storage), { cwd: folder, env });
      expect(ended.code).toBe(2);
      expect(ended.err).toMatch(/cannot be (?:written|opened for writing|locked)/u);
      expect(ended.err).toMatch(/--storage/u);
      expect(farm.log.length).toBe(asked);
      disk.readOnly(false);
      expect((await run(words(disk.storage), { cwd: folder, env })).code).toBe(0);
      expect(held(disk.storage)).toBe(farm.reports.length);
    } finally {
      disk.readOnly(false);
      disk.close();
    }
  }, 120_000);

  it('folder is moved away acknowledges nothing more, ends with 1, and goes on where the folder is put back', async () => {
    const storage = join(folder, 'vanishing');
    const away = join(folder, 'elsewhere');
    const { child, ended } = start(words(storage), { cwd: folder, env });
    let told = '';
    const moved = new Promise<string>((resolve) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        told += chunk.toString();
        if (existsSync(storage) && (told.match(/^harvest captured/gmu)?.length ?? 0) >= 8) { renameSync(storage, away); resolve(told); }
      });
    });
    await moved;
    const end: Ended = await ended;
    expect(end.code).toBe(1);
    expect(end.err).toMatch(/is no longer there/u);
    expect(end.err).toMatch(/Put it back/u);
    expect(existsSync(storage)).toBe(false);
    renameSync(away, storage);
    const captured = [...end.err.matchAll(/^harvest captured ok (\S+)/gmu)].map((match) => match[1]);
    const database = openReader(storage);
    const stored = new Set(database.prepare("SELECT url FROM candidate WHERE state = 'captured'").pluck().all());
    database.close();
    expect(captured.filter((url) => !stored.has(url))).toEqual([]);
    expect((await run(words(storage), { cwd: folder, env })).code).toBe(0);
    expect(held(storage)).toBe(farm.reports.length);
  }, 120_000);
});
