/** The ledger: due days, and the state of an agency's year in every case that the archive can be in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayInChina, dueOn, lastDueYear, linkedYear, verdictOf } from '../../src/store/ledger-rules.js';
import type { HeldReport, OpenQuestion } from '../../src/store/ledger-rules.js';
import { readLedger, refreshLedger } from '../../src/store/ledger.js';
import { ArchiveFixture } from './archive-fixture.js';

const TODAY = '2026-06-30';

describe('rules', () => {
  it.each([[2008, '2009-03-31'], [2018, '2019-03-31'], [2019, '2020-01-31'], [2024, '2025-01-31']])('the report for %i was due on %s', (year, day) => {
    expect(dueOn(year)).toBe(day);
  });

  it.each([['2026-01-31T15:59:59.999Z', '2026-01-31'], ['2026-01-31T17:30:00.000Z', '2026-02-01'], ['2025-12-31T16:00:00.000Z', '2026-01-01']])('at %s it is %s in China', (instant, day) => {
    expect(dayInChina(instant)).toBe(day);
  });

  it.each([['2026-01-31', 2024], ['2026-02-01', 2025], ['2019-03-31', 2017], ['2019-04-01', 2018], ['2020-01-31', 2018], ['2020-02-01', 2019]])('on %s the last due year is %i', (day, year) => {
    expect(lastDueYear(day)).toBe(year);
  });

  it.each([
    ['清河市公安局2016年政府信息公开工作年度报告', '2019-12-25', 2016],
    ['２０１７年度报告', null, 2017],
    ['政府信息公开年报', '2019-03-08', 2018],
    ['政府信息公开年报', null, null],
    ['第120161号', null, null],
  ])('the link %j listed on %s names %s', (anchor, listedOn, year) => {
    expect(linkedYear(anchor, listedOn)).toBe(year);
  });

  const held = (over: Partial<HeldReport>): HeldReport => ({ reportId: 'r', grade: 'official', publishedOn: null, removedAt: null, url: 'u', ...over });
  const list = { url: 'l', readAt: '2026-05-01T00:00:00Z', rows: 12, reportRows: 12 };
  const question = (over: Partial<OpenQuestion>): OpenQuestion => ({ url: 'q', reason: 'timeout-body', anchor: null, year: null, ...over });

  it.each([
    ['held, on time', 2017, [held({ publishedOn: '2018-03-31' })], 'held', 0],
    ['held, day unknown', 2017, [held({})], 'held', null],
    ['held late, in days', 2017, [held({ publishedOn: '2018-04-02' })], 'held-late', 2],
    ['an imported report without a grade', 2017, [held({ grade: null })], 'held', null],
    ['a mirror only', 2017, [held({ grade: 'mirror', publishedOn: '2020-04-02' })], 'mirror-only', null],
    ['a clone only', 2017, [held({ grade: 'clone' })], 'mirror-only', null],
    ['a mirror beside the original', 2017, [held({ grade: 'mirror', reportId: 'm' }), held({ reportId: 'o' })], 'held', null],
    ['the original removed', 2017, [held({ removedAt: '2026-01-01' })], 'removed', null],
    ['the original removed, a second one live', 2017, [held({ removedAt: '2026-01-01' }), held({ reportId: 's' })], 'held', null],
    ['held before it was due', 2026, [held({ publishedOn: '2026-06-01' })], 'held', 0],
  ])('%s', (_case, year, reports, state, daysLate) => {
    expect(verdictOf(year, TODAY, { reports, search: { portals: 1, lists: [list], open: [] } })).toMatchObject({ state, daysLate });
  });

  it.each([
    ['a list was read and nothing is open', [list], [], 'not-found'],
    ['no list was read', [], [], 'not-searched'],
    ['a page of the list failed', [list], [question({})], 'not-searched'],
    ['the list is empty', [], [question({ reason: 'empty-list' })], 'not-searched'],
    ['the list is blocked', [], [question({ reason: 'blocked-jsl-521' })], 'blocked'],
    ['a captcha stands before page 2', [list], [question({ reason: 'captcha' })], 'blocked'],
    ['robots.txt forbids this year\'s link', [list], [question({ reason: 'robots-disallowed', year: 2012 })], 'blocked'],
    ['robots.txt forbids another year\'s link', [list], [question({ reason: 'robots-disallowed', year: 2013 })], 'not-found'],
    ['this year\'s link is dead', [list], [question({ reason: 'gone', year: 2012 })], 'removed'],
    ['this year\'s link is a soft 404', [list], [question({ reason: 'soft-404', year: 2012 })], 'removed'],
    ['this year\'s link failed', [list], [question({ reason: 'http-5xx', year: 2012 })], 'not-searched'],
    ['a column elsewhere is gone', [list], [question({ reason: 'gone' })], 'not-found'],
    ['the only column is gone', [], [question({ reason: 'gone' })], 'not-searched'],
  ])('not held, %s', (_case, lists, open, state) => {
    expect(verdictOf(2012, TODAY, { reports: [], search: { portals: 1, lists, open } }).state).toBe(state);
  });

  it('is not due before its day, whatever the portals said', () => {
    expect(verdictOf(2026, TODAY, { reports: [], search: { portals: 1, lists: [list], open: [question({ reason: 'captcha' })] } }).state).toBe('not-due');
  });
});

describe('refreshLedger', () => {
  let archive: ArchiveFixture;
  beforeEach(() => { archive = new ArchiveFixture(); });
  afterEach(() => archive.remove());

  const stateOf = (agency: string, year: number): string | undefined => readLedger(archive.database).find((row) => row.agency === agency && row.year === year)?.state;
  const readPortal = (id: string, over: { rows?: number; notices?: string } = {}): void => {
    const captureId = archive.capture({ url: `http://${id}/list`, portalId: id, kind: 'list', content: 'list' });
    archive.reading({ captureId, portalId: id, rows: over.rows ?? 9, notices: over.notices ?? '[]' });
    archive.candidate({ portalId: id, url: `http://${id}/list`, kind: 'column', lastCaptureId: captureId });
  };

  it('runs from 2008 to the year after the last due one, with codes and evidence', () => {
    archive.portal({ id: 'p', agency: '清河市公安局', code: '430100' });
    readPortal('p');
    archive.report({ id: 'r2016', agency: '清河市公安局', code: '430100', year: 2016, publishedOn: '2017-04-05', portalId: 'p' });
    refreshLedger(archive.database, { today: TODAY });
    const rows = readLedger(archive.database, { places: ['430000'] });
    expect(rows.map((row) => row.year)).toEqual(Array.from({ length: 19 }, (_, index) => 2008 + index));
    expect(rows.find((row) => row.year === 2016)).toMatchObject({ code: '430100', state: 'held-late', reportId: 'r2016', dueOn: '2017-03-31', publishedOn: '2017-04-05', daysLate: 5 });
    const missing = rows.find((row) => row.year === 2012);
    expect(missing).toMatchObject({ state: 'not-found', reportId: null });
    expect(JSON.parse(missing?.evidence ?? '')).toMatchObject({ portals: 1, lists: [{ url: 'http://p/list', rows: 9, readAt: '2026-03-01T01:31:00.000Z' }] });
    expect(rows.at(-1)?.state).toBe('not-due');
    expect(readLedger(archive.database, { places: ['440000'] })).toEqual([]);
    expect(readLedger(archive.database, { years: [2012] })).toHaveLength(1);
  });

  it('knows agencies that only reports name, and leaves disabled portals out', () => {
    archive.portal({ id: 'off', agency: '停用市公安局', code: '430200', enabled: false });
    archive.report({ id: 'r', agency: '沙岭县公安局', code: '430121', year: 2021 });
    refreshLedger(archive.database, { today: TODAY });
    expect(stateOf('沙岭县公安局', 2021)).toBe('held');
    expect(stateOf('沙岭县公安局', 2020)).toBe('not-searched');
    expect(stateOf('停用市公安局', 2020)).toBeUndefined();
  });

  it('takes only the newest reading of a list', () => {
    archive.portal({ id: 'p', agency: '甲', code: '430100' });
    readPortal('p');
    const later = archive.capture({ url: 'http://p/list', portalId: 'p', kind: 'list', content: 'empty now' });
    archive.reading({ captureId: later, portalId: 'p', rows: 0 });
    refreshLedger(archive.database, { today: TODAY });
    expect(stateOf('甲', 2012)).toBe('not-searched');
  });

  it.each([
    ['an empty list', (): void => readPortal('p', { rows: 0 }), 'not-searched'],
    ['a partial list', (): void => readPortal('p', { notices: '[{"code":"discover-partial-list","room":"discover","message":"…"}]' }), 'not-searched'],
    ['a list page that failed', (): void => { readPortal('p'); archive.candidate({ portalId: 'p', url: 'http://p/list_2', kind: 'list', state: 'failed', reason: 'reset' }); }, 'not-searched'],
    ['a list page never visited', (): void => { readPortal('p'); archive.candidate({ portalId: 'p', url: 'http://p/list_2', kind: 'list', state: 'waiting', reason: null }); }, 'not-searched'],
    ['a blocked home page', (): void => archive.candidate({ portalId: 'p', url: 'http://p/', kind: 'home', state: 'failed', reason: 'blocked-ruishu-412' }), 'blocked'],
    ['a page that promised the report and held none', (): void => { readPortal('p'); archive.candidate({ portalId: 'p', url: 'http://p/a', anchor: '2012年度报告' }); }, 'not-searched'],
    ['a link out of scope', (): void => { readPortal('p'); archive.candidate({ portalId: 'p', url: 'http://elsewhere/', kind: 'column', state: 'skipped', reason: 'out-of-scope' }); }, 'not-found'],
    ['a list page waiting for its next visit', (): void => { readPortal('p'); archive.candidate({ portalId: 'p', url: 'http://p/list_2', kind: 'list', state: 'waiting', reason: 'ok', lastCaptureId: 1 }); }, 'not-found'],
    ['a page that promised the report and led on', (): void => {
      readPortal('p');
      const captureId = archive.capture({ url: 'http://p/2012n/', portalId: 'p', content: 'folder' });
      archive.reading({ captureId, portalId: 'p', rows: 1, kind: 'column', found: 1 });
      archive.candidate({ portalId: 'p', url: 'http://p/2012n/', anchor: '2012年度报告', lastCaptureId: captureId });
    }, 'not-found'],
    ['a list of news on a home page alone', (): void => {
      archive.reading({ captureId: archive.capture({ url: 'http://p/', portalId: 'p', kind: 'home', content: 'home' }), portalId: 'p', rows: 20, reportRows: 0, kind: 'home' });
    }, 'not-searched'],
    ['a named column without a single report', (): void => {
      archive.reading({ captureId: archive.capture({ url: 'http://p/nb/', portalId: 'p', kind: 'column', content: 'c' }), portalId: 'p', rows: 20, reportRows: 0, kind: 'column' });
      archive.candidate({ portalId: 'p', url: 'http://p/nb/', kind: 'column', heardVia: 'seed' });
    }, 'not-found'],
    ['a column built by script', (): void => {
      readPortal('p');
      archive.reading({ captureId: archive.capture({ url: 'http://p/nb/', portalId: 'p', kind: 'column', content: 'c' }), portalId: 'p', rows: null, reportRows: null, kind: 'shell' });
    }, 'not-searched'],
    ['a column built by script whose rows were fetched', (): void => {
      readPortal('p');
      archive.reading({ captureId: archive.capture({ url: 'http://p/nb/', portalId: 'p', kind: 'column', content: 'c' }), portalId: 'p', rows: null, reportRows: null, kind: 'shell', found: 1 });
    }, 'not-found'],
    ['a list whose paging broke off', (): void => {
      archive.reading({ captureId: archive.capture({ url: 'http://p/nb/', portalId: 'p', kind: 'list', content: 'c' }), portalId: 'p', rows: 9, stop: 'encrypted-paging' });
    }, 'not-searched'],
  ])('judges %s', (_case, build, state) => {
    archive.portal({ id: 'p', agency: '甲', code: '430100' });
    build();
    refreshLedger(archive.database, { today: TODAY });
    expect(stateOf('甲', 2012)).toBe(state);
  });

  it('tells two agencies of one name apart, and does not invent a third for a report without a code', () => {
    archive.portal({ id: 'a', agency: '朝阳分局', code: '110105' });
    archive.portal({ id: 'b', agency: '朝阳分局', code: '220104' });
    archive.portal({ id: 'c', agency: '乙', code: '430100' });
    archive.report({ id: 'r', agency: '乙', code: null, year: 2016 });
    archive.report({ id: 's', agency: '朝阳分局', code: '220104', year: 2016 });
    archive.report({ id: 'nobody-knows-whose', agency: '朝阳分局', code: null, year: 2017 });
    refreshLedger(archive.database, { today: TODAY });
    const held = archive.database.prepare("SELECT agency, code, year, report_id FROM v_ledger WHERE state = 'held' AND report_id <> 'r' ORDER BY year").raw().all();
    expect(held).toEqual([['朝阳分局', '220104', 2016, 's'], ['朝阳分局', null, 2017, 'nobody-knows-whose']]);
    // The agency's name is the reports' own, so that the two join; with its code it is one agency.
    expect(archive.database.prepare('SELECT count(*) FROM v_ledger l JOIN v_report r ON r.report_id = l.report_id AND r.agency = l.agency AND r.year = l.year').pluck().get()).toBe(3);
    expect(archive.database.prepare('SELECT count(*) = count(DISTINCT agency || coalesce(code, \'\') || year) FROM v_ledger').pluck().get()).toBe(1);
    expect(stateOf('乙', 2016)).toBe('held');
  });

  it('gives the same rows again', () => {
    archive.portal({ id: 'p', agency: '甲', code: '430100' });
    readPortal('p');
    refreshLedger(archive.database, { today: TODAY });
    const before = readLedger(archive.database);
    refreshLedger(archive.database, { today: TODAY });
    expect(readLedger(archive.database)).toEqual(before);
  });
});
