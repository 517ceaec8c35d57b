/** The archive's file: durable, ours, one writer at a time. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NianbaoError } from '../../src/errors.js';
import { DATABASE_NAME, openArchive, openReader } from '../../src/store/open.js';
import { connect, SQLITE_PACKAGE } from '../../src/store/sqlite.js';
import { LOCK_NAME, takeWriterLock } from '../../src/store/writer-lock.js';

let folder: string;

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'open-')); });
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

function faultOf(work: () => unknown): NianbaoError {
  try {
    work();
  } catch (error) {
    if (error instanceof NianbaoError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('openArchive', () => {
  it('is durable: WAL with synchronous=FULL, and foreign keys on', () => {
    const database = openArchive(folder);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    database.close();
  });

  it('opens again what it made, and lets a reader in meanwhile', () => {
    openArchive(folder).close();
    const writer = openArchive(folder);
    const reader = openReader(folder);
    expect(reader.prepare('SELECT count(*) FROM v_report').pluck().get()).toBe(0);
    expect(() => reader.prepare('DELETE FROM portal').run()).toThrow(/readonly/u);
    reader.close();
    writer.close();
  });

  it('takes an empty file for no archive: readers say so, a writer fills it', () => {
    writeFileSync(join(folder, DATABASE_NAME), '');
    const fault = faultOf(() => openReader(folder));
    expect(fault).toMatchObject({ code: 'storage-missing', exitCode: 2 });
    expect(fault.message).toContain('empty');
    openArchive(folder).close();
    openReader(folder).close();
  });

  it('makes its folder and those above it', () => {
    const deep = join(folder, 'a', 'b', 'c');
    openArchive(deep).close();
    openReader(deep).close();
  });

  it.skipIf(process.platform !== 'linux')('refuses a folder that nobody can make', () => {
    expect(faultOf(() => openArchive('/proc/nianbao/storage'))).toMatchObject({ exitCode: 2 });
  });

  it('leaves the database of another program alone', () => {
    const file = join(folder, DATABASE_NAME);
    const other = connect(file);
    other.exec('CREATE TABLE theirs (a)');
    other.close();
    const before = readFileSync(file);
    const fault = faultOf(() => openArchive(folder));
    expect(fault).toMatchObject({ code: 'storage-foreign', exitCode: 2 });
    expect(fault.message).toContain(file);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses what is no database, and what a newer version wrote', () => {
    writeFileSync(join(folder, DATABASE_NAME), 'this is a letter, not a database'.repeat(100));
    expect(faultOf(() => openArchive(folder))).toMatchObject({ code: 'storage-not-a-database', exitCode: 2 });
    rmSync(join(folder, DATABASE_NAME));
    const database = openArchive(folder);
    database.pragma('user_version = 999');
    database.close();
    expect(faultOf(() => openArchive(folder))).toMatchObject({ code: 'storage-newer', exitCode: 2 });
  });

  it('says what to do where there is no archive, or none can be made', () => {
    expect(faultOf(() => openReader(folder))).toMatchObject({ code: 'storage-missing', exitCode: 2 });
    writeFileSync(join(folder, 'file'), '');
    expect(faultOf(() => openArchive(join(folder, 'file', 'below')))).toMatchObject({ exitCode: 2 });
  });
});

describe('the writer lock', () => {
  it('names who holds it, and is free again when released', () => {
    const lock = takeWriterLock(folder, 'harvest 长沙', '2026-01-02T03:04:05.000Z');
    const fault = faultOf(() => takeWriterLock(folder, 'derive', '2026-01-02T03:05:00.000Z'));
    expect(fault).toMatchObject({ code: 'storage-locked', exitCode: 4 });
    expect(fault.message).toContain(`process ${process.pid}`);
    expect(fault.message).toContain('harvest 长沙');
    expect(fault.message).toContain('2026-01-02T03:04:05.000Z');
    lock.release();
    takeWriterLock(folder, 'derive', '2026-01-02T03:06:00.000Z').release();
  });

  it('is gone with the process that held it, however that died', async () => {
    const script = `const D = require('${SQLITE_PACKAGE}'); const d = new D(process.argv[1], { timeout: 0 }); d.pragma('journal_mode = WAL');
      d.exec('CREATE TABLE IF NOT EXISTS holder (only INTEGER PRIMARY KEY, pid, machine, since, command); BEGIN IMMEDIATE'); process.stdout.write('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', script, join(folder, LOCK_NAME)], { cwd: join(import.meta.dirname, '..', '..') });
    await new Promise((resolve) => { child.stdout.once('data', resolve); });
    expect(faultOf(() => takeWriterLock(folder, 'harvest', '')).exitCode).toBe(4);
    child.kill('SIGKILL');
    await new Promise((resolve) => { child.once('exit', resolve); });
    takeWriterLock(folder, 'harvest', '').release();
  });
});
