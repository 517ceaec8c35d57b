/** The morning page: what it tells, in both languages, and that nothing stored can become part of it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gatherMorning } from '../../src/report/morning.js';
import { morningHtml } from '../../src/report/morning-html.js';
import { writeMorning } from '../../src/report/morning-files.js';
import { morningMarkdown } from '../../src/report/morning-markdown.js';
import { ArchiveFixture } from '../store/archive-fixture.js';

const HOSTILE = '<script>alert(1)</script>"\'`[x](javascript:alert(1))\u202e\n# 标题';

let archive: ArchiveFixture;

beforeEach(() => {
  archive = new ArchiveFixture();
  archive.portal({ id: 'p', agency: '清河市公安局', code: '130500', home: 'http://gaj.example.gov.cn/' });
  archive.portal({ id: 'q', agency: '临河市公安局', code: '130600', home: 'http://q.example.gov.cn/' });
  archive.run({ id: 1 });
  const about = { agency: '清河市公安局', code: '130500', portalId: 'p' };
  archive.report({ id: 'r1', ...about, year: 2015, runId: 1, text: '2015年受理19件。' });
  archive.report({ id: 'r2', ...about, year: 2016, runId: 1, text: '2016年受理19件。' });
  archive.run({ id: 2, startedAt: '2026-03-02T01:30:00.000Z' });
  archive.report({ id: 'r1', ...about, year: 2015, runId: 2, text: '2015年受理21件。' });
  archive.report({ id: 'r3', ...about, year: 2017, runId: 2, text: '2017年受理3件。' });
  archive.database.exec("UPDATE document SET removed_at = 'x', removed_run_id = 2 WHERE document_id = 'r2'");
  archive.capture({ url: 'http://gaj.example.gov.cn/', runId: 2, portalId: 'p', kind: 'column', outcome: 'captured', reason: 'ok' });
  for (const [runId, outcome, reason] of [[1, 'captured', 'ok'], [2, 'failed', 'blocked-jsl-521']] as const) archive.capture({ url: 'http://q.example.gov.cn/', runId, portalId: 'q', kind: 'column', outcome, reason });
  archive.candidate({ portalId: 'q', url: 'http://q.example.gov.cn/', state: 'failed', reason: 'blocked-jsl-521', runId: 2 });
  archive.candidate({ portalId: 'p', url: 'http://gaj.example.gov.cn/r2.html', state: 'failed', reason: 'gone', runId: 2 });
  archive.database.exec(`INSERT INTO alarm (kind, key, portal_id, agency, facts, raised_run_id, raised_at) VALUES ('nothing-listed', 'p', 'p', '清河市公安局', '{"before":7}', 2, '2026-03-02T02:00:00.000Z'),
    ('portal-silent', 'z', 'z', '长河市公安局', '{"runs":3,"reason":"timeout"}', 1, '2026-03-01T02:00:00.000Z')`);
});
afterEach(() => archive.remove());

const facts = (): NonNullable<ReturnType<typeof gatherMorning>> => {
  const gathered = gatherMorning(archive.database, 2, { reports: 12, furtherPages: 3 });
  if (!gathered) throw new Error('run 2 is there');
  return gathered;
};
const textOf = (html: string): string => html.replace(/<style>[^]*?<\/style>/u, '').replace(/<[^>]+>/gu, '').replace(/\s+/gu, ' ');

describe('the page', () => {
  it.each([
    ['en', ['1 new, 1 changed, 1 removed', '12 reports and attachments, 3 further pages', 'To look at (1)', 'its lists name no report any more; they named 7 before', 'Still open (1)', 'since 2026-03-01', 'Blocked (1)', 'blocked-jsl-521', '■×']],
    ['zh', ['新增 1 份，变更 1 份，撤下 1 份', '12 件，列表后续页 3 页', '需要处理 (1)', '此前列出 7 份', '仍未解除 (1)', '自 2026-03-01 起', '受阻 (1)', 'blocked-jsl-521', '■×']],
  ] as const)('tells in %s what the night brought', (language, told) => {
    const text = textOf(morningHtml(facts(), language));
    for (const words of told) expect(text).toContain(words);
    const markdown = morningMarkdown(facts(), language).replaceAll('\\', '');
    for (const words of told.filter((one) => !one.includes('12'))) expect(markdown).toContain(words);
  });

  it('shows a change by the words that changed', () => {
    expect(morningHtml(facts(), 'zh')).toContain('2015年受理<del>19</del><ins>21</ins>件。');
    expect(morningMarkdown(facts(), 'zh')).toContain('2015年受理 ~~－19~~  **＋21** 件。');
  });

  it('does not count a page that is gone among those that did not come', () => {
    expect(facts().failed).toEqual([]);
  });

  it('asks for nothing from outside, and runs nothing', () => {
    const html = morningHtml(facts(), 'en');
    expect(html.match(/<(?:script|img|link|iframe|object|form)\b/giu)).toBeNull();
    expect(html).not.toMatch(/url\(|@import/u);
  });
});

describe('what was stored', () => {
  it('stays text, whatever it says', () => {
    archive.database.prepare('UPDATE version SET agency = ?, title = ?, text = ? WHERE version = 2').run(HOSTILE, HOSTILE, HOSTILE);
    archive.database.prepare('UPDATE portal SET agency = ?').run(HOSTILE);
    archive.database.prepare('UPDATE alarm SET agency = ?, url = ?').run(HOSTILE, 'javascript:alert(1)');
    archive.database.prepare("UPDATE document SET url = ? WHERE document_id = 'r3'").run('http://gaj.example.gov.cn/"><script>x</script>');
    const html = morningHtml(facts(), 'zh');
    expect(html).not.toMatch(/<script|href="javascript|\u202e/iu);
    const markdown = morningMarkdown(facts(), 'zh');
    expect(markdown).not.toMatch(/(?<!\\)<script|(?<!\\)\[x|\u202e|^# 标题/imu);
  });
});

describe('the files', () => {
  const write = (runId: number, keep: number): void => { writeMorning(archive.database, { storage: archive.storage, runId, language: 'en', keep, leftAlone: null }); };

  it('are kept for the newest runs, the newest also as latest', () => {
    write(1, 2);
    write(2, 2);
    archive.run({ id: 10, startedAt: '2026-03-10T01:30:00.000Z' });
    write(10, 2);
    const folder = join(archive.storage, 'mornings');
    expect(readdirSync(folder).sort()).toEqual(['latest.html', 'latest.md', 'run-10.html', 'run-10.md', 'run-2.html', 'run-2.md']);
    expect(readFileSync(join(folder, 'latest.html'), 'utf8')).toBe(readFileSync(join(folder, 'run-10.html'), 'utf8'));
  });

  it('are not written for a run that there is not', () => {
    write(99, 2);
    expect(existsSync(join(archive.storage, 'mornings'))).toBe(false);
  });
});
