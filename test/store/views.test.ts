/** Views that open a version's JSON columns: one row an entry, of the current version only. */
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveFixture } from './archive-fixture.js';

/** The names of all views. */
function archiveViews(): string[] {
  const empty = new ArchiveFixture();
  try {
    return empty.database.prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").pluck().all() as string[];
  } finally {
    empty.remove();
  }
}

let archive: ArchiveFixture;
beforeEach(() => { archive = new ArchiveFixture(); });
afterEach(() => archive.remove());

const set = (column: 'statements' | 'notices' | 'metadata', version: number, value: unknown): void => {
  archive.database.prepare(`UPDATE version SET ${column} = ? WHERE document_id = 'r' AND version = ?`).run(JSON.stringify(value), version);
};
const rows = (sql: string): unknown[] => archive.database.prepare(sql).all();
const said = (value: number, isApproximate = false): object => ({ key: 'requests.received', value, unit: '件', isApproximate, sentence: `收到申请${value}件。`, start: 3, end: 11, method: 'prose-count' });

describe.each([['before', 1], ['after', 2]])('%s a new version', (_, versions) => {
  beforeEach(() => {
    for (let version = 1; version <= versions; version += 1) {
      archive.report({ id: 'r', agency: '清河市公安局', year: 2016, text: `第${version}版` });
      set('statements', version, [said(version * 10), said(version * 10 + 1, true)]);
      set('notices', version, [{ room: 'recognise', code: 'table-absent', message: `requests: version ${version}` }]);
      set('metadata', version, { indexNumber: `0${version}`, documentNumber: '清公〔2017〕3号' });
    }
  });

  it('v_statement has the numbers stated in words', () => {
    const row = { report_id: 'r', key: 'requests.received', unit: '件', start: 3, end: 11, method: 'prose-count' };
    const [first, second] = [versions * 10, versions * 10 + 1];
    expect(rows('SELECT * FROM v_statement ORDER BY value')).toEqual([
      { ...row, value: first, is_approximate: 0, sentence: `收到申请${first}件。` }, { ...row, value: second, is_approximate: 1, sentence: `收到申请${second}件。` },
    ]);
  });

  it('v_notice has what was left as found', () => {
    expect(rows('SELECT * FROM v_notice')).toEqual([{ report_id: 'r', room: 'recognise', code: 'table-absent', message: `requests: version ${versions}` }]);
  });

  it('v_report has the catalogue card', () => {
    expect(rows("SELECT metadata ->> 'indexNumber' AS number, metadata ->> 'documentNumber' AS document, metadata ->> 'publisher' AS publisher FROM v_report"))
      .toEqual([{ number: `0${versions}`, document: '清公〔2017〕3号', publisher: null }]);
  });
});

// An analyst's SQLite is older than ours: every view must be one that it can read.
describe.skipIf(spawnSync('sqlite3', ['--version']).status !== 0)('the sqlite3 shell of this machine', () => {
  it.each(archiveViews())('reads %s', (view) => {
    archive.report({ id: 'r', agency: '清河市公安局', year: 2016, text: '正文' });
    const read = spawnSync('sqlite3', ['-readonly', archive.database.name, `SELECT count(*) FROM ${view}`], { encoding: 'utf8' });
    expect([read.stderr, read.stdout.trim()]).toEqual(['', String(archive.database.prepare(`SELECT count(*) FROM ${view}`).pluck().get())]);
  });
});
