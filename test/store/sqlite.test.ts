/** The SQLite binding under this Node: statements that are garbage-collected end quietly, a binding that is missing is named. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { SQLITE_MEND, SQLITE_PACKAGE } from '../../src/store/sqlite.js';

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'src', 'store');
const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

/**
 * Prepares 10,000 statements and drops them. The collections that allocation brings about between two turns of the event loop
 * are the ones that abort with better-sqlite3 12 compiled against Node 24.19 or later; those asked for with gc() alone are not.
 */
const DROPS = `
  import { openArchive } from ${JSON.stringify(pathToFileURL(join(BUILT, 'open.js')).href)};
  import { connect } from ${JSON.stringify(pathToFileURL(join(BUILT, 'sqlite.js')).href)};
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  let collected = 0;
  const registry = new FinalizationRegistry(() => { collected += 1; });
  let archive = openArchive(process.argv[1]);
  for (let round = 0; round < 20; round += 1) {
    for (let made = 0; made < 500; made += 1) {
      const statement = archive.prepare('SELECT ' + (round * 500 + made));
      registry.register(statement, 0);
      for (const row of statement.iterate()) if (Object.values(row)[0] !== round * 500 + made) process.exit(7);
    }
    archive.pragma('user_version');
    connect(':memory:').prepare('SELECT 1').get();
    let garbage = [];
    for (let made = 0; made < 200000; made += 1) garbage.push({ made });
    garbage = null;
    await turn();
    gc();
    await turn();
  }
  archive.close();
  archive = null;
  gc();
  await turn();
  process.stdout.write(JSON.stringify({ collected }));`;

describe('the SQLite binding', () => {
  it('lets go of ten thousand dropped statements', { timeout: 300_000 }, () => {
    const child = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', DROPS, join(folder, 'archive')], { encoding: 'utf8' });
    expect({ code: child.status, signal: child.signal, said: child.stderr }).toEqual({ code: 0, signal: null, said: '' });
    expect((JSON.parse(child.stdout) as { collected: number }).collected).toBeGreaterThan(5_000);
  });

  it('says what to do when it is not installed', () => {
    const alone = join(folder, 'alone');
    mkdirSync(join(alone, 'store'), { recursive: true });
    writeFileSync(join(alone, 'package.json'), '{ "type": "module" }');
    cpSync(join(BUILT, 'sqlite.js'), join(alone, 'store', 'sqlite.js'));
    cpSync(join(BUILT, '..', 'errors.js'), join(alone, 'errors.js'));
    const script = `const { connect } = await import(${JSON.stringify(pathToFileURL(join(alone, 'store', 'sqlite.js')).href)});
      try { connect(':memory:'); } catch (error) { process.stdout.write(JSON.stringify({ code: error.code, exitCode: error.exitCode, message: error.message })); }`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', cwd: alone });
    const fault = JSON.parse(child.stdout) as { code: string; exitCode: number; message: string };
    expect(fault).toMatchObject({ code: 'sqlite-missing', exitCode: 1 });
    expect(fault.message).toContain(`The SQLite module ${SQLITE_PACKAGE} cannot be loaded by Node.js ${process.version}`);
    expect(fault.message).toContain(SQLITE_MEND);
  });
});
