/** Backups: taken while a harvest writes, never over a file, verified, and good enough to go on from. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openArchive } from '../../src/store/open.js';
import { connect } from '../../src/store/sqlite.js';
import { startFarm } from '../farm/farm.js';
import type { Farm } from '../farm/farm.js';
import { QUICK_ENV, run, start } from '../harvest/command-line.js';
import type { Ended } from '../harvest/command-line.js';

let farm: Farm;
let folder: string;
beforeAll(async () => { farm = await startFarm(); });
afterAll(() => farm.close());
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'backup-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const nianbao = (...words: string[]): Promise<Ended> => run(words, { cwd: folder, env: QUICK_ENV });

/** One agency's row of the farm's seed list: enough to have a harvest to interrupt. */
function seeds(): string {
  const [header = '', ...rows] = farm.seedsCsv().trim().split('\n');
  const file = join(folder, 'seeds.csv');
  writeFileSync(file, [header, ...rows.filter((row) => row.includes('gaj.yueyang'))].join('\n'));
  return file;
}

/** What the archive in `storage` holds: report and digest of its bytes. */
function held(storage: string): string[] {
  const database = connect(join(folder, storage, 'nianbao.sqlite'), { readonly: true });
  try {
    return database.prepare("SELECT url || ' ' || raw_sha256 FROM v_report ORDER BY url").pluck().all() as string[];
  } finally {
    database.close();
  }
}

function captures(file: string): number {
  if (!existsSync(file)) return 0;
  const database = connect(file, { readonly: true });
  try {
    return database.prepare('SELECT count(*) FROM v_capture').pluck().get() as number;
  } catch {
    return 0;
  } finally {
    database.close();
  }
}

describe('backup', { timeout: 240_000 }, () => {
  it('copies an archive that is being written; the copy passes verify, and a harvest goes on from it', async () => {
    const words = ['--seeds', seeds(), '--allow-private'];
    // Slowly enough that the harvest is still at work when the copy is taken.
    const { child, ended } = start(['harvest', ...words, '--storage', 'first'], { cwd: folder, env: { ...QUICK_ENV, NIANBAO_POLITENESS_DELAY_SECONDS: '3' } });
    while (captures(join(folder, 'first', 'nianbao.sqlite')) < 3 && child.exitCode === null) await new Promise((resolve) => { setTimeout(resolve, 50); });
    const backup = await nianbao('backup', 'copy.sqlite', '--json', '--storage', 'first');
    const stillAtWork = child.exitCode === null && child.signalCode === null;
    child.kill('SIGINT');
    await ended;
    expect([backup.code, backup.err, stillAtWork]).toEqual([0, '', true]);
    expect(JSON.parse(backup.out)).toMatchObject({ ok: true, file: join(folder, 'copy.sqlite'), problems: [] });
    expect(readdirSync(folder).sort()).toEqual(['copy.sqlite', 'first', 'seeds.csv']);
    const copied = captures(join(folder, 'copy.sqlite'));
    expect(copied).toBeGreaterThanOrEqual(3);

    mkdirSync(join(folder, 'second'));
    copyFileSync(join(folder, 'copy.sqlite'), join(folder, 'second', 'nianbao.sqlite'));
    expect((await nianbao('verify', '--storage', 'second')).code).toBe(0);
    expect((await nianbao('harvest', ...words, '--storage', 'second')).code).toBe(0);
    expect(held('second')).toEqual(farm.reports.filter(({ agency }) => agency === '岳阳市公安局').map(({ url, payloadSha256 }) => `${url} ${payloadSha256}`).sort());
    const database = connect(join(folder, 'second', 'nianbao.sqlite'), { readonly: true });
    const twice = database.prepare("SELECT url FROM v_capture WHERE kind = 'article' GROUP BY url HAVING count(*) > 1").pluck().all();
    database.close();
    expect(twice).toEqual([]);
    expect((await nianbao('verify', '--storage', 'second')).code).toBe(0);
  });

  it('never overwrites, and says what is missing', async () => {
    openArchive(join(folder, 'archive')).close();
    writeFileSync(join(folder, 'precious.sqlite'), 'mine');
    const refused = await nianbao('backup', 'precious.sqlite', '--storage', 'archive');
    expect([refused.code, readFileSync(join(folder, 'precious.sqlite'), 'utf8')]).toEqual([2, 'mine']);
    expect(refused.err).toContain('precious.sqlite exists already');
    expect((await nianbao('backup', 'no/such/folder/a.sqlite', '--storage', 'archive')).err).toMatch(/There is no folder .*such/u);
    expect((await nianbao('backup', 'a.sqlite', '--storage', 'nowhere')).code).toBe(2);
    expect((await nianbao('backup')).code).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(['archive', 'precious.sqlite']);
  });

  it('keeps no copy of a damaged archive, and ends with 5', async () => {
    const database = openArchive(join(folder, 'archive'));
    database.prepare("INSERT INTO payload (sha256, size, coding, bytes) VALUES (?, 3, 'identity', x'414243')").run('0'.repeat(64));
    database.close();
    const ended = await nianbao('backup', 'copy.sqlite', '--storage', 'archive');
    expect(ended.code).toBe(5);
    expect(ended.out).toMatch(/^payload: /u);
    expect(ended.err).toContain('nianbao verify');
    expect(readdirSync(folder)).toEqual(['archive']);
  });
});
