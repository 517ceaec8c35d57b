/** Verification and the chain of runs: every kind of damage is named, and a sound archive is not. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkChain, newestSeal, sealRun } from '../../src/store/run-chain.js';
import { applyRepairs, verifyArchive } from '../../src/store/verify.js';
import { ArchiveFixture } from './archive-fixture.js';

let archive: ArchiveFixture;
beforeEach(() => {
  archive = new ArchiveFixture();
  archive.run({ id: 1 });
  archive.run({ id: 2 });
  archive.report({ id: 'r1', agency: '甲', year: 2016, runId: 1, text: '年报正文', decodedText: '年\u200b报正文' });
  archive.repair('r1', { ordinal: 0, start: 1, end: 2, before: '\u200b', after: '' });
  archive.report({ id: 'r2', agency: '乙', year: 2016, runId: 2 });
  archive.cell('r1', ['requests', 'new', 'total'], '19', 19);
  archive.database.exec(`INSERT INTO rule_check VALUES ('r1', 1, 'T3-ROW-SUM.new', 'fail', 19, 18); INSERT INTO duplicate VALUES ('r1', 'r2', 'near', 0.8);
    UPDATE version SET statements = '[{"key":"requests.received","value":19}]', metadata = '{"indexNumber":"14"}' WHERE document_id = 'r1'`);
  for (const id of ['r1', 'r2']) archive.seal(id);
  sealRun(archive.database, 1);
  sealRun(archive.database, 2);
});
afterEach(() => archive.remove());

const damage = (sql: string): void => {
  archive.database.pragma('foreign_keys = OFF');
  archive.database.exec(sql);
};

describe('verifyArchive', () => {
  it('passes a sound archive and says how much it read', () => {
    expect(verifyArchive(archive.database)).toEqual({ checked: { payloads: 2, captures: 2, versions: 2, runs: 2 }, problems: [] });
  });

  it.each([
    ['changed bytes', "UPDATE payload SET bytes = x'1f8b0800' WHERE sha256 = (SELECT raw_sha256 FROM version WHERE document_id = 'r1')", 'payload', 'r1'],
    ['bytes of another page', "UPDATE payload SET bytes = CAST('x' AS BLOB), coding = 'identity', size = 1 WHERE sha256 = (SELECT raw_sha256 FROM version WHERE document_id = 'r1')", 'payload', 'r1'],
    ['a changed length', "UPDATE payload SET size = size + 1 WHERE sha256 = (SELECT raw_sha256 FROM version WHERE document_id = 'r1')", 'payload', 'r1'],
    ['missing bytes', "DELETE FROM payload WHERE sha256 = (SELECT raw_sha256 FROM version WHERE document_id = 'r1')", 'capture', 'r1'],
    ['a changed text', "UPDATE version SET text = '年报正丈' WHERE document_id = 'r1'", 'text', 'r1'],
    ['a changed decoded text', "UPDATE version SET decoded_text = '年报正文' WHERE document_id = 'r1'", 'repairs', 'r1'],
    ['a lost repair', 'DELETE FROM repair', 'repairs', 'r1'],
    ['a changed title', "UPDATE version SET title = '年报' WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a changed year', "UPDATE version SET year = 2017 WHERE document_id = 'r1'", 'facts', 'r1'],
    ['an agency that became unknown', "UPDATE version SET agency = NULL WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a changed section', "UPDATE version SET sections = replace(sections, '4', '5') WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a changed statement', "UPDATE version SET statements = replace(statements, '19', '18') WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a changed catalogue card', "UPDATE version SET metadata = replace(metadata, '14', '15') WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a changed cell', "UPDATE cell SET value = 18 WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a cell that became blank', "UPDATE cell SET value = NULL, state = 'blank' WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a lost cell', "DELETE FROM cell WHERE document_id = 'r1'", 'facts', 'r1'],
    ['an added cell', "INSERT INTO cell SELECT document_id, version, table_id, row_key, 'other', raw, value, state, place FROM cell WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a changed check', "UPDATE rule_check SET state = 'pass' WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a changed confidence of a repair', "UPDATE repair SET confidence = 0.5 WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a changed seal', "UPDATE version SET facts_sha256 = replace(facts_sha256, substr(facts_sha256, 1, 1), 'x') WHERE document_id = 'r1'", 'facts', 'r1'],
    ['a changed grade', "UPDATE document SET grade = 'mirror' WHERE document_id = 'r1'", 'document', 'r1'],
    ['a removal that nobody saw', "UPDATE document SET removed_at = '2026-04-01' WHERE document_id = 'r1'", 'document', 'r1'],
    ['a changed likeness', "UPDATE duplicate SET similarity = 0.9", 'document', 'r1'],
    ['a lost pair, by its second report too', "DELETE FROM duplicate", 'document', 'r2'],
    ['an added band', "INSERT INTO band VALUES ('x', 'r1')", 'document', 'r1'],
    ['a lost version', "DELETE FROM version WHERE document_id = 'r1'", 'version', 'r1'],
  ])('names %s', (_case, sql, kind, report) => {
    damage(sql);
    const found = verifyArchive(archive.database).problems.filter((problem) => problem.kind === kind);
    expect(found.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).toContain(`${report}.html`);
  });

  it.each([
    ['a row that points nowhere', "UPDATE version SET document_id = 'nobody' WHERE document_id = 'r2'", 'foreign-key'],
    ['a changed exchange', 'UPDATE capture SET status = 404 WHERE run_id = 1', 'run-chain'],
    ['a changed time', "UPDATE capture SET fetched_at = '2020-01-01T00:00:00.000Z' WHERE run_id = 1", 'run-chain'],
    ['changed headers', `UPDATE capture SET headers = '{"date":""}' WHERE run_id = 2`, 'run-chain'],
    ['a lost exchange', "DELETE FROM version; DELETE FROM capture WHERE run_id = 2", 'run-chain'],
    ['an added exchange', "INSERT INTO capture (run_id, url, final_url, kind, outcome, reason, headers, redirects, fetched_at, duration_ms, via) VALUES (1, 'u', 'u', 'article', 'captured', 'ok', '{}', '[]', 'x', 1, 'http')", 'run-chain'],
    ['a changed run', "UPDATE run SET config_sha256 = 'd' WHERE run_id = 2", 'run-chain'],
    ['a word that moved in the search index', "UPDATE words SET title = '', agency = '甲', body = '正文 文 年报 报正 ' WHERE rowid = (SELECT words_rowid FROM word_row WHERE document_id = 'r1')", 'search-index'],
    ['a word lost from the search index', "DELETE FROM words WHERE rowid = (SELECT words_rowid FROM word_row WHERE document_id = 'r1')", 'search-index'],
    ['a document not in the search index', 'DELETE FROM word_row', 'search-index'],
  ])('names %s', (_case, sql, kind) => {
    damage(sql);
    expect(verifyArchive(archive.database).problems.map((problem) => problem.kind)).toContain(kind);
  });

  it('names a changed bit in each place of the stored bytes (but for the time and flags of the gzip header, which carry nothing)', () => {
    const digest = archive.payload('报告'.repeat(50));
    const sound = archive.database.prepare('SELECT bytes FROM payload WHERE sha256 = ?').pluck().get(digest) as Buffer;
    const emptyHeader = { from: 3, to: 9 };
    for (let at = 0; at < sound.length; at += 1) {
      if (at >= emptyHeader.from && at <= emptyHeader.to) continue;
      const flipped = Buffer.from(sound);
      flipped[at] = (flipped[at] ?? 0) ^ 4;
      archive.database.prepare('UPDATE payload SET bytes = ? WHERE sha256 = ?').run(flipped, digest);
      expect(verifyArchive(archive.database).problems.map((problem) => problem.where), `byte ${at}`).toContain(digest);
    }
  });
});

describe('applyRepairs', () => {
  it.each([
    ['a\u200bb', [{ start: 1, end: 2, before: '\u200b', after: '' }], 'ab'],
    ['〔202130号', [{ start: 5, end: 5, before: '', after: '〕' }], '〔2021〕30号'],
    ['ＡＢ', [{ start: 1, end: 2, before: 'Ｂ', after: 'B' }, { start: 0, end: 1, before: 'Ａ', after: 'A' }], 'AB'],
    ['ab', [{ start: 0, end: 1, before: 'x', after: 'y' }], null],
    ['abc', [{ start: 0, end: 2, before: 'ab', after: 'x' }, { start: 1, end: 3, before: 'bc', after: 'y' }], null],
    ['same', [], 'same'],
  ])('%j', (decoded, repairs, text) => {
    expect(applyRepairs(decoded, repairs)).toBe(text);
  });
});

describe('the chain of runs', () => {
  it('links each run to the one before, once', () => {
    const rows = archive.database.prepare('SELECT previous_run_sha256 AS previous, run_sha256 AS own FROM run ORDER BY run_id').all() as { previous: string | null; own: string }[];
    expect(rows[0]?.previous).toBeNull();
    expect(rows[1]?.previous).toBe(rows[0]?.own);
    expect(newestSeal(archive.database)).toBe(rows[1]?.own);
    expect(sealRun(archive.database, 2)).toBe(rows[1]?.own);
    expect(sealRun(archive.database, 99)).toBeNull();
  });

  it('passes over a run that never ended, and misses a run taken out', () => {
    archive.run({ id: 3, outcome: 'interrupted', finished: false });
    archive.run({ id: 4 });
    sealRun(archive.database, 4);
    expect(checkChain(archive.database)).toEqual({ checked: 3, problems: [] });
    damage('DELETE FROM version; DELETE FROM capture WHERE run_id = 2; DELETE FROM run WHERE run_id = 2');
    expect(checkChain(archive.database).problems).toMatchObject([{ runId: 4 }]);
  });
});
