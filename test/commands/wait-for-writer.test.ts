/** A recrawl while another process writes the storage: it says who, waits, goes on when the other ends, and gives up at its limit. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeWriterLock } from '../../src/store/writer-lock.js';
import { startFarm } from '../farm/farm.js';
import type { Farm } from '../farm/farm.js';
import { QUICK_ENV, run, start } from '../harvest/command-line.js';

let farm: Farm;
const folder = mkdtempSync(join(tmpdir(), 'wait-'));
const storage = join(folder, 'storage');
beforeAll(async () => {
  farm = await startFarm();
  const [header = '', ...rows] = farm.seedsCsv().trim().split('\n');
  writeFileSync(join(folder, 'seeds.csv'), [header, ...rows.filter((row) => row.includes('gaj.yueyang'))].join('\n'));
});
afterAll(async () => { await farm.close(); rmSync(folder, { recursive: true, force: true }); });

const words = (wait: string): string[] => ['recrawl', '岳阳', '--wait', wait, '--storage', storage, '--seeds', join(folder, 'seeds.csv'), '--allow-private'];

describe('recrawl while another process writes the storage', () => {
  it('names the holder, waits, and goes on when the holder ends', async () => {
    const lock = takeWriterLock(storage, 'harvest', '2026-01-01T00:00:00.000Z');
    const { child, ended } = start(words('600'), { cwd: folder, env: QUICK_ENV });
    await new Promise<void>((resolve) => { child.stderr?.on('data', (chunk: Buffer) => { if (chunk.toString().includes('Waiting up to 600 s')) resolve(); }); child.once('close', () => resolve()); });
    expect(child.exitCode).toBeNull();
    lock.release();
    const end = await ended;
    expect(end.err).toContain(`process ${process.pid}`);
    expect(end.out).toMatch(/^Run 1: \d+ requests/u);
    expect(end.code).toBe(0);
  }, 120_000);

  it('ends with exit 4 at the limit, and 2 when the limit is no number', async () => {
    const lock = takeWriterLock(storage, 'harvest', '2026-01-01T00:00:00.000Z');
    const [over, wrong] = await Promise.all([run(words('1'), { cwd: folder, env: QUICK_ENV }), run(words('soon'), { cwd: folder, env: QUICK_ENV })]);
    lock.release();
    expect([over.code, wrong.code]).toEqual([4, 2]);
  }, 120_000);
});
