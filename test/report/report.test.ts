/** Reports for people: diffs that lead from one text to the other, run summaries, the ledger's table. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changes, diffText, renderDiff } from '../../src/report/change-report.js';
import { LEDGER_SIGNS, ledgerCounts, ledgerTable } from '../../src/report/ledger-table.js';
import { reportPage } from '../../src/report/report-page.js';
import { summariseRun, summaryLines } from '../../src/report/run-summary.js';
import { readLedger, refreshLedger } from '../../src/store/ledger.js';
import { readDocument, readParts } from '../../src/store/read.js';
import { readPortalHealth, readRuns } from '../../src/store/read-runs.js';
import { madeUpReport } from '../dedup/made-up-text.js';
import { ArchiveFixture } from '../store/archive-fixture.js';

describe('diffText', () => {
  const pairs: readonly (readonly [name: string, before: string, after: string, shown: string])[] = [
    ['one number', '全年受理申请19件。均已答复。', '全年受理申请21件。均已答复。', '全年受理申请[-19-]{+21+}件。均已答复。'],
    ['a sentence more', '一、概述\n本局公开。', '一、概述\n本局公开。新增一句。', '一、概述\n本局公开。{+新增一句。+}'],
    ['a sentence less', '甲。乙。丙。', '甲。丙。', '甲。[-乙。-]丙。'],
    ['another sentence', '全文无误。今日晴。', '全文无误。办结率百分之百！', '全文无误。[-今日晴。-]{+办结率百分之百！+}'],
    ['nothing', '甲。', '甲。', ''],
    ['all', '', '新文', '{+新文+}'],
  ];

  it.each(pairs)('shows %s', (_name, before, after, shown) => {
    expect(renderDiff(diffText(before, after))).toBe(shown);
  });

  it.each([...pairs.map(([, before, after]) => [before, after] as const), [madeUpReport(1, 5000), madeUpReport(2, 5000)] as const, ['没有句号的长文'.repeat(900), '没有逗号的长文'.repeat(901)] as const])(
    'gives both texts back', (before, after) => {
      const started = performance.now();
      const parts = diffText(before, after);
      expect(parts.filter((part) => part.kind !== 'added').map((part) => part.text).join('')).toBe(before);
      expect(parts.filter((part) => part.kind !== 'removed').map((part) => part.text).join('')).toBe(after);
      expect(performance.now() - started).toBeLessThan(3000);
    });

  it('cuts long unchanged stretches', () => {
    const text = madeUpReport(3, 4000);
    const shown = renderDiff(diffText(text, `${text}另附说明。`));
    expect(shown.endsWith('{+另附说明。+}') || shown.includes('另附说明')).toBe(true);
    expect(shown.length).toBeLessThan(400);
  });
});

describe('runs', () => {
  let archive: ArchiveFixture;
  beforeEach(() => {
    archive = new ArchiveFixture();
    archive.portal({ id: 'p', agency: '清河市公安局', code: '430100', home: 'http://gaj.example.gov.cn/' });
    archive.run({ id: 1 });
    for (const [id, year] of [['r1', 2015], ['r2', 2016], ['r3', 2017]] as const) {
      archive.report({ id, agency: '清河市公安局', code: '430100', year, portalId: 'p', runId: 1, text: `${year}年受理19件。` });
    }
    archive.run({ id: 2, startedAt: '2026-03-02T01:30:00.000Z' });
    archive.report({ id: 'r2', agency: '清河市公安局', code: '430100', year: 2016, portalId: 'p', runId: 2, text: '2016年受理21件。' });
    archive.report({ id: 'r4', agency: '清河市公安局', code: '430100', year: 2018, portalId: 'p', runId: 2 });
    archive.database.exec("UPDATE document SET removed_at = 'x', removed_run_id = 2 WHERE document_id = 'r3'");
    archive.capture({ url: 'http://gaj.example.gov.cn/r1.html', runId: 2, portalId: 'p', reason: 'not-modified' });
    archive.candidate({ portalId: 'p', url: 'http://gaj.example.gov.cn/r9.html', state: 'failed', reason: 'http-5xx', runId: 2 });
    archive.candidate({ portalId: 'p', url: 'http://gaj.example.gov.cn/old.html', state: 'failed', reason: 'dns', runId: 1 });
  });
  afterEach(() => archive.remove());

  it('sorts every report that the run met', () => {
    const found = changes(archive.database, 2);
    expect([found.new, found.changed, found.gone, found.same].map((lines) => lines.map((line) => line.reportId))).toEqual([['r4'], ['r2'], ['r3'], ['r1']]);
    expect(changes(archive.database, 1).new).toHaveLength(3);
  });

  it('says in words what a run did', () => {
    const lines = summaryLines(summariseRun(archive.database, 2), true).join('\n');
    expect(lines).toContain('Reports: 1 new, 1 changed, 1 gone, 1 same.');
    expect(lines).toContain('2016年受理[-19-]{+21+}件。');
    expect(lines).toContain('清河市公安局: http-5xx, 1 page, such as http://gaj.example.gov.cn/r9.html');
    expect(lines).not.toContain('dns');
    expect(summaryLines(summariseRun(archive.database, 2), false).join('\n')).not.toContain('{+');
  });

  it('reads portals and runs', () => {
    expect(readPortalHealth(archive.database, ['430000'])).toMatchObject([{ portalId: 'p', reports: 3, captured: 0, enabled: true, lastVisit: expect.any(String) as unknown, reasons: [{ state: 'failed', reason: 'dns', pages: 1 }, { reason: 'http-5xx' }] }]);
    expect(readPortalHealth(archive.database, ['440000'])).toEqual([]);
    expect(readRuns(archive.database, 1)).toMatchObject([{ runId: 2, outcome: 'done', toolVersion: '1.0.0' }]);
  });

  it('draws the ledger with aligned columns and a legend of every state', () => {
    archive.portal({ id: 'q', agency: 'A局', code: '430102' });
    refreshLedger(archive.database, { today: '2026-06-30' });
    const rows = readLedger(archive.database);
    const drawn = ledgerTable(rows).split('\n');
    expect(drawn[0]).toMatch(/^code +agency +08 09 10 .* 26 held$/u);
    expect(drawn[1]).toMatch(/^430100 清河市公安局 \? .* # +# +x +# .* 3$/u);
    expect(drawn[2]?.startsWith('430102 A局')).toBe(true);
    const displayWidth = (text: string): number => [...text].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0);
    expect(new Set(drawn.map((line) => displayWidth(line.slice(0, line.search(/08|\?/u))))).size).toBe(1);
    expect(ledgerCounts(rows)).toBe('3 held, 1 removed, 32 not-searched, 2 not-due');
    expect(new Set(Object.values(LEDGER_SIGNS)).size).toBe(8);
    expect(ledgerTable([])).toBe('');
  });

  it('writes a report\'s page', () => {
    archive.cell('r2', ['requests', 'new', 'natural'], '19', 19);
    archive.repair('r1', { ordinal: 0, start: 0, end: 1, before: '２', after: '2' });
    const document = readDocument(archive.database, 'r1');
    const page = document ? reportPage(document, readParts(archive.database, document), null) : '';
    expect(page).toContain('清河市公安局');
    expect(page).toContain('一、概述');
    expect(page).toContain('"２" > "2"');
    expect(page).toContain(`SHA-256 ${document?.rawSha256 ?? '-'}`);
    expect(page.endsWith('2015年受理19件。')).toBe(true);
    const first = readDocument(archive.database, 'r2', 1);
    expect(first && reportPage(first, readParts(archive.database, first), null)).toMatch(/natural\nnew +19/u);
    const label = (_table: string, row: string): string | null => (row === 'new' ? '本年新收' : null);
    expect(first && reportPage(first, readParts(archive.database, first), null, label)).toMatch(/ natural\nnew +本年新收 +19/u);
  });
});
