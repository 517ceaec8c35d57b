/** Search: two-character words, both scripts, phrases, filters, and no way into the query language. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexWords, matchExpression, queryTerms } from '../../src/store/search-words.js';
import { indexDocument, searchArchive, unindexDocument } from '../../src/store/search.js';
import { makeSnippet, markSnippet } from '../../src/store/snippet.js';
import { ArchiveFixture } from './archive-fixture.js';

let archive: ArchiveFixture;

const TEXTS: readonly { id: string; title: string; agency: string | null; code: string; year: number; text: string; grade?: 'official' | 'clone' }[] = [
  { id: 'r1', title: '清河市公安局2016年政府信息公开工作年度报告', agency: '清河市公安局', code: '430100', year: 2016, text: '一、概述\n本局依申请公开199件，行政复议4件。警务资讯网发布12条。' },
  { id: 'r2', title: '沙岭县公安局2017年度报告', agency: '沙岭县公安局', code: '440111', year: 2017, text: '政务公开工作持续推进，安全防范宣传深入社区。WARC-2021存档。公众满意。' },
  { id: 'r3', title: '臺灣事務通報', agency: null, code: '430100', year: 2016, text: '門戶網站信息公開，資訊發佈與諮詢。' },
  { id: 'r4', title: '公安公安公安公安', agency: '公安', code: '430100', year: 2016, text: '公安公安公安公安公安公安', grade: 'clone' },
  { id: 'r5', title: '生僻字', agency: null, code: '430100', year: 2015, text: '证人𠮷田某到案，㐀姓一人。金额３３５，８７３元。' },
];

beforeAll(() => {
  archive = new ArchiveFixture();
  for (const row of TEXTS) {
    archive.report(row);
    indexDocument(archive.database, { documentId: row.id, title: row.title, agency: row.agency, text: row.text });
  }
});
afterAll(() => archive.remove());

const find = (query: string, options = {}): string[] => searchArchive(archive.database, query, options).map((hit) => hit.reportId).sort();

describe('searchArchive', () => {
  it.each([
    ['公安', ['r1', 'r2', 'r4']], ['公安局', ['r1', 'r2']], ['复议', ['r1']], ['複議', ['r1']], ['局', ['r1', 'r2']], ['众', ['r2']], ['信息公开', ['r1', 'r3']], ['信息公開', ['r1', 'r3']],
    ['门户网站', ['r3']], ['台湾', ['r3']], ['依申请公开199件', ['r1']], ['199', ['r1']], ['１９９', ['r1']], ['19', []], ['warc', ['r2']], ['WARC-2021', ['r2']], ['复议 199', ['r1']], ['复议 社区', []],
    ['"公开199件，行政"', ['r1']], ['“行政复议”', ['r1']], ['「年度报告」', ['r1', 'r2']], ['公局', []], ['安公', ['r4']], ['𠮷田', ['r5']], ['𠮷', ['r5']], ['㐀姓', ['r5']], ['概述 本局', ['r1']],
    ['政务公开工作', ['r2']], ['开工', ['r1', 'r2']],
  ])('%j finds %j', (query, ids) => {
    expect(find(query)).toEqual(ids);
  });

  it.each(['"', '*', 'OR', 'NOT 公安', 'a AND', 'title:公安', '公安 NEAR(复议, 2)', '公安" OR "x', '(公安', '^公安', '-公安', '{title}:x', '公安*', "'; DROP TABLE words; --", '\0', '，。', ''])('%j is words, not syntax', (query) => {
    expect(() => find(query)).not.toThrow();
  });

  it('narrows to places and years', () => {
    expect(find('公安', { places: ['430000'] })).toEqual(['r1', 'r4']);
    expect(find('公安', { places: ['440111'] })).toEqual(['r2']);
    expect(find('公安', { year: 2017 })).toEqual(['r2']);
    expect(searchArchive(archive.database, '公安', { limit: 1 })).toHaveLength(1);
  });

  it('has a report that moved at its new address first, and says that it has gone from the old one', () => {
    const twins = ['a1', 'b2'].map((id) => ({ id, title: '石桥市公安局2019年度报告', agency: '石桥市公安局', code: '430100', year: 2019, text: '搬迁后仍可查阅。', removedAt: id === 'a1' ? '2026-01-02T03:04:05Z' : null }));
    for (const twin of twins) {
      archive.report(twin);
      indexDocument(archive.database, { documentId: twin.id, title: twin.title, agency: twin.agency, text: twin.text });
    }
    const hits = searchArchive(archive.database, '搬迁后');
    for (const { id } of twins) unindexDocument(archive.database, id);
    expect(hits.map(({ reportId, removedAt }) => [reportId, removedAt])).toEqual([['b2', null], ['a1', '2026-01-02T03:04:05Z']]);
  });

  it('ranks the title above the body and clones last', () => {
    expect(searchArchive(archive.database, '公安').at(-1)?.reportId).toBe('r4');
    expect(searchArchive(archive.database, '公开')[0]?.reportId).toBe('r1');
  });

  it('forgets what is taken out or written anew', () => {
    const before = searchArchive(archive.database, '深入社区');
    expect(before[0]?.snippet.text).toContain('深入社区');
    indexDocument(archive.database, { documentId: 'r2', title: '新题', agency: null, text: '新文' });
    expect(find('深入社区')).toEqual([]);
    expect(find('新文')).toEqual(['r2']);
    unindexDocument(archive.database, 'r2');
    unindexDocument(archive.database, 'r2');
    expect(find('新文')).toEqual([]);
  });
});

describe('words', () => {
  it('makes pairs of hanzi and words of the rest', () => {
    expect(indexWords('公安局2016年WARC')).toBe('公安 安局 局 2016 年 warc');
  });

  it('divides a query at spaces and keeps quotes together', () => {
    expect(queryTerms('复议　"行政 诉讼" 「甲」')).toEqual(['复议', '行政 诉讼', '甲']);
    expect(matchExpression('局 公安局 "a b"')).toBe('"局" * AND "公安 安局" AND "a b"');
    expect(matchExpression('！？')).toBeNull();
  });
});

describe('snippets', () => {
  it.each([
    ['本局依申请公开199件。', '公开', '本局依申请«公开»199件。'],
    ['門戶網站信息公開。', '公开', '門戶網站信息«公開»。'],
    ['金额３３５件', '335', '金额«３３５»件'],
    ['前文\n信 息公开', '信息', '前文 «信 息»公开'],
    ['没有', '公开', '没有'],
    ['公开公开', '公开', '«公开»«公开»'],
    ['㈠概述公开', '公开', '㈠概述«公开»'],
  ])('%j for %j', (text, query, marked) => {
    expect(markSnippet(makeSnippet(text, query), '«', '»')).toBe(marked);
  });

  it('shows the passage that holds most words of the query, and a short one for each of the others', () => {
    const far = `政府${'前'.repeat(300)}政府信息依申请公开${'中'.repeat(300)}清河县${'后'.repeat(50)}`;
    const marked = markSnippet(makeSnippet(far, '依申请公开 政府 清河'), '«', '»');
    expect(marked).toMatch(/^…前+«政府»信息«依申请公开»中+…中+«清河»县后+…$/u);
    expect(marked.length).toBeLessThan(150);
    expect(markSnippet(makeSnippet(`政府${'中'.repeat(50)}公开`, '公开 政府'), '«', '»')).toMatch(/^«政府»中+«公开»$/u);
    expect(markSnippet(makeSnippet(`政府${'中'.repeat(95)}公开`, '公开 政府'), '«', '»')).toMatch(/^«政府»中+«公开»$/u);
  });

  it('shows the passage of a long text', () => {
    const snippet = makeSnippet(`${'前'.repeat(500)}公开${'后'.repeat(500)}`, '公开');
    expect(snippet.text.length).toBeLessThan(110);
    expect(markSnippet(snippet, '«', '»')).toMatch(/^…前+«公开»后+…$/u);
  });
});
