/** The completeness of lists: what is counted of the pages of one list, and what is said to be missing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completenessLines, countLists, listTable } from '../../src/report/list-lines.js';
import { readLedger, refreshLedger } from '../../src/store/ledger.js';
import type { ListRow } from '../../src/store/lists.js';
import { readLists } from '../../src/store/lists.js';
import { ArchiveFixture } from './archive-fixture.js';

const TODAY = '2026-06-30';
const COLUMN = 'http://gaj.example.gov.cn/nb/';
const SECOND = `${COLUMN}index_1.html`;

let archive: ArchiveFixture;
beforeEach(() => {
  archive = new ArchiveFixture();
  archive.portal({ id: 'p', agency: '清河市公安局', code: '430100', columns: [COLUMN] });
});
afterEach(() => archive.remove());

interface PageFacts { rows?: number; total?: number; pages?: number; stop?: string; notices?: string; heardVia?: string; referrer?: string; state?: string; reason?: string; at?: string; lastSeen?: string }

/** A page of a list that came, with the reports it names. */
function page(url: string, names: readonly string[], facts: PageFacts = {}): void {
  const captureId = archive.capture({ url, portalId: 'p', kind: 'column', content: url + names.join(), at: facts.at ?? '2026-05-01T00:00:00.000Z' });
  archive.candidate({
    portalId: 'p', url, kind: 'column', heardVia: facts.heardVia ?? 'seed', referrer: facts.referrer ?? null, state: facts.state ?? 'captured', reason: facts.reason ?? 'ok',
    lastCaptureId: captureId, lastSeen: facts.lastSeen ?? '2026-05-01T00:00:01.000Z',
  });
  const { rows = names.length, total, pages, stop = 'single-page', notices } = facts;
  archive.reading({ captureId, portalId: 'p', rows, stop, found: names.length, ...(total === undefined ? {} : { total }), ...(pages === undefined ? {} : { pages }), ...(notices === undefined ? {} : { notices }) });
  archive.listed('p', url, names.map((name) => COLUMN + name));
}

/** A listed report that is held. */
function held(name: string): void {
  archive.report({ id: name, url: COLUMN + name, agency: '清河市公安局', code: '430100', year: 2018, portalId: 'p' });
  archive.candidate({ portalId: 'p', url: COLUMN + name, lastCaptureId: 1 });
}

function counted(): ListRow[] {
  refreshLedger(archive.database, { today: TODAY });
  return readLists(archive.database);
}

const ledgerStates = (): string[] => readLedger(archive.database, { years: [2012] }).map((row) => row.state);

describe('a list', () => {
  it('of which everything is held is whole', () => {
    page(COLUMN, ['a.html', 'b.html'], { total: 2 });
    held('a.html');
    held('b.html');
    expect(counted()).toMatchObject([{ url: COLUMN, state: 'whole', agency: '清河市公安局', total: 2, rows: 2, pagesRead: 1, listed: 2, fetched: 2, held: 2, causes: [], missing: [] }]);
    expect(ledgerStates()).toEqual(['not-found']);
  });

  it('is counted over all its pages', () => {
    page(COLUMN, ['a.html'], { total: 3, stop: 'more' });
    page(SECOND, ['b.html', 'a.html'], { heardVia: 'paging', referrer: COLUMN });
    held('a.html');
    held('b.html');
    expect(counted()).toMatchObject([{ url: COLUMN, state: 'whole', total: 3, rows: 3, pagesRead: 2, listed: 2, held: 2 }]);
  });

  it('that says 共 3 条 and gave two is partial, and the ledger does not say "not found"', () => {
    page(COLUMN, ['a.html', 'b.html'], { total: 3 });
    held('a.html');
    held('b.html');
    expect(counted()).toMatchObject([{ state: 'partial', causes: ['rows-missing'], total: 3, rows: 2, missing: [] }]);
    expect(ledgerStates()).toEqual(['not-searched']);
  });

  it('of which a further page failed is partial, with the reason', () => {
    page(COLUMN, ['a.html'], { pages: 2, stop: 'more' });
    archive.candidate({ portalId: 'p', url: SECOND, kind: 'list', heardVia: 'paging', referrer: COLUMN, state: 'failed', reason: 'http-5xx', lastSeen: '2026-05-01T00:00:01.000Z' });
    held('a.html');
    expect(counted()).toMatchObject([{ state: 'partial', causes: ['http-5xx', 'pages-missing'], pages: 2, pagesRead: 1 }]);
  });

  it('forgets a further page that it does not name any more', () => {
    page(COLUMN, ['a.html'], { at: '2026-06-01T00:00:00.000Z' });
    archive.candidate({ portalId: 'p', url: SECOND, kind: 'list', heardVia: 'paging', referrer: COLUMN, state: 'failed', reason: 'gone', lastSeen: '2026-05-01T00:00:01.000Z' });
    held('a.html');
    expect(counted()).toMatchObject([{ state: 'whole', causes: [] }]);
  });

  it('that waits for its next visit was read all the same', () => {
    page(COLUMN, ['a.html'], { total: 1, state: 'waiting' });
    held('a.html');
    expect(counted()).toMatchObject([{ state: 'whole', rows: 1 }]);
  });

  it.each([
    ['limit', '[]', 'limit'], ['needs-post', '[]', 'needs-post'], ['encrypted-paging', '[]', 'encrypted-paging'],
    ['single-page', '[{"code":"discover-link-limit"}]', 'link-limit'], ['single-page', '[{"code":"discover-partial-list"}]', 'partial-list'],
  ])('cut short by %s %s is partial', (stop, notices, cause) => {
    page(COLUMN, ['a.html'], { stop, notices });
    held('a.html');
    expect(counted()).toMatchObject([{ state: 'partial', causes: [cause] }]);
  });

  it('without a row, or behind a wall, was not read', () => {
    page(COLUMN, [], { rows: 0, notices: '[{"code":"discover-empty-list"}]' });
    archive.candidate({ portalId: 'p', url: 'http://gaj.example.gov.cn/walled/', kind: 'column', heardVia: 'seed', state: 'failed', reason: 'blocked-jsl-521' });
    expect(counted()).toMatchObject([{ state: 'unread', causes: ['empty-list'] }, { state: 'unread', causes: ['blocked-jsl-521'], listed: 0, rows: null }]);
  });

  it('names every report that it lists and the archive lacks', () => {
    page(COLUMN, ['a.html', 'b.html', 'c.html', 'd.html', 'e.html', 'f.html']);
    held('a.html');
    archive.candidate({ portalId: 'p', url: `${COLUMN}b.html`, anchor: '2016年年报', state: 'failed', reason: 'soft-404' });
    archive.candidate({ portalId: 'p', url: `${COLUMN}c.html`, state: 'waiting', reason: null });
    archive.candidate({ portalId: 'p', url: `${COLUMN}d.html`, lastCaptureId: 1 });
    archive.candidate({ portalId: 'p', url: `${COLUMN}e.html`, state: 'skipped', reason: 'page-limit' });
    const file = archive.capture({ url: `${COLUMN}f.html`, content: 'f' });
    archive.candidate({ portalId: 'p', url: `${COLUMN}f.html`, lastCaptureId: file });
    archive.report({ id: 'f', kind: 'other', url: `${COLUMN}f.html`, attachments: [{ name: 'x.pdf', url: 'http://x/x.pdf' }] });
    const [list] = counted();
    expect(list).toMatchObject({ state: 'partial', causes: ['page-limit'], listed: 6, fetched: 3, held: 1 });
    expect(list?.missing.map(({ url, year, reason }) => [url.slice(COLUMN.length), year, reason])).toEqual([
      ['b.html', 2016, 'soft-404'], ['c.html', null, 'not-visited'], ['d.html', null, 'not-recognised'], ['e.html', null, 'page-limit'], ['f.html', null, 'in-attachment'],
    ]);
  });

  it('holds a report that stands in the attachment of the listed page', () => {
    page(COLUMN, ['a.html']);
    const cover = archive.capture({ url: `${COLUMN}a.html`, content: 'cover' });
    archive.candidate({ portalId: 'p', url: `${COLUMN}a.html`, lastCaptureId: cover });
    archive.report({ id: 'file', url: `${COLUMN}a.docx`, agency: '清河市公安局', code: '430100', year: 2018, portalId: 'p' });
    archive.candidate({ portalId: 'p', url: `${COLUMN}a.docx`, kind: 'attachment', heardVia: 'attachment', referrer: `${COLUMN}a.html`, lastCaptureId: 1 });
    expect(counted()).toMatchObject([{ listed: 1, held: 1, missing: [] }]);
  });

  it('counts a year folder as a list of its own, not as a missing report', () => {
    page(COLUMN, ['2018n/']);
    page(`${COLUMN}2018n/`, ['2018n/a.html'], { heardVia: 'row', referrer: COLUMN });
    held('2018n/a.html');
    expect(counted()).toMatchObject([{ url: COLUMN, listed: 0, missing: [] }, { url: `${COLUMN}2018n/`, listed: 1, held: 1 }]);
  });
});

describe('a guessed address', () => {
  const guess = (url: string, state: 'captured' | 'failed'): void => {
    if (state === 'captured') page(url, ['a.html'], { heardVia: 'link', referrer: 'http://gaj.example.gov.cn/tree' });
    else archive.candidate({ portalId: 'p', url, kind: 'column', heardVia: 'link', referrer: 'http://gaj.example.gov.cn/tree', anchor: null, state, reason: 'gone' });
    archive.database.prepare('UPDATE candidate SET anchor = ? WHERE url = ?').run('年度报告', url);
  };

  it('that is not there says nothing when another one is right', () => {
    guess(`${COLUMN}common_list.shtml`, 'failed');
    guess(`${COLUMN}list.shtml`, 'captured');
    expect(counted().map(({ url }) => url)).toEqual([`${COLUMN}list.shtml`]);
  });

  it('counts as not read when none is', () => {
    guess(`${COLUMN}common_list.shtml`, 'failed');
    expect(counted()).toMatchObject([{ state: 'unread', causes: ['gone'] }]);
  });
});

describe('in words', () => {
  it('the sums come first, then every list that is not complete, its missing reports named; control characters are disarmed', () => {
    page(COLUMN, ['a.html', 'b.html'], { total: 5 });
    held('a.html');
    archive.candidate({ portalId: 'p', url: `${COLUMN}b.html`, anchor: '2016\u001b[2J年报', state: 'failed', reason: 'reset' });
    const lists = counted();
    expect(countLists(lists)).toEqual({ lists: 1, whole: 0, partial: 1, unread: 0, listed: 2, fetched: 1, held: 1, unseen: 3 });
    const [head, list, missing] = completenessLines(lists);
    expect(head).toBe('Lists: 1, of which 0 whole, 1 partial, 0 not read; they name 2 reports: 1 fetched, 1 held; 3 rows were never seen.');
    expect(list).toBe(`  清河市公安局: partial (rows-missing, 3 of 5 rows not seen): 2 listed, 1 fetched, 1 held  ${COLUMN}`);
    expect(missing).toBe(`    missing  reset  2016\ufffd[2J年报  ${COLUMN}b.html`);
    expect(listTable(lists)).toContain('2/5');
    expect(completenessLines([])).toEqual([]);
  });

  it('many lists and many missing reports are counted beyond the first ones', () => {
    for (let index = 0; index < 30; index += 1) page(`http://gaj.example.gov.cn/${index}/`, [], { rows: 0 });
    page(COLUMN, Array.from({ length: 20 }, (_, index) => `${index}.html`));
    for (let index = 0; index < 20; index += 1) archive.candidate({ portalId: 'p', url: `${COLUMN}${index}.html`, state: 'failed', reason: 'timeout-body' });
    const lines = completenessLines(counted());
    expect(lines.at(-1)).toContain('11 more lists');
    expect(completenessLines(counted().filter(({ url }) => url === COLUMN)).at(-1)).toBe('    … and 8 more');
  });
});
