/** Alarms: what is one, what is none, and that each is raised once and ended when it is over. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alarmsOf } from '../../src/store/alarm-rules.js';
import type { AlarmFacts, AskedPortal, WrittenReport } from '../../src/store/alarm-rules.js';
import { alarmsOfRun, openAlarms, raiseAlarms } from '../../src/store/alarms.js';
import { ArchiveFixture } from './archive-fixture.js';

const SETTINGS = { silentRuns: 3, textShare: 0.7, overdueDays: 60 };
const NOTHING: AlarmFacts = { portals: [], reports: [], missing: [], layouts: [] };
const PORTAL: AskedPortal = { portalId: 'p', agency: '清河市公安局', code: '130500', url: 'http://gaj.example.gov.cn/', pagesCame: [4, 4, 4], reason: null, listed: 9, listedBefore: 9 };
const REPORT: WrittenReport = {
  reportId: 'r', portalId: 'p', agency: '清河市公安局', code: '130500', year: 2024, url: 'http://gaj.example.gov.cn/r.html', version: 2, characters: 3000, replacements: 0, failing: [],
  before: { characters: 3000, replacements: 0, failing: [] },
};
const portal = (change: Partial<AskedPortal>): AlarmFacts => ({ ...NOTHING, portals: [{ ...PORTAL, ...change }] });
const report = (change: Partial<WrittenReport>): AlarmFacts => ({ ...NOTHING, reports: [{ ...REPORT, ...change }] });
const missing = (daysSince: number): AlarmFacts => ({ ...NOTHING, missing: [{ agency: '清河市公安局', code: '130500', year: 2025, dueOn: '2026-01-31', daysSince }] });

describe('the rules', () => {
  it.each<[string, AlarmFacts, string[]]>([
    ['a quiet night', { ...portal({}), reports: [REPORT] }, []],
    ['a portal that gave nothing for three nights', portal({ pagesCame: [0, 0, 0], listed: null, reason: 'timeout' }), ['portal-silent']],
    ['a portal that gave nothing for two', portal({ pagesCame: [0, 0, 5], listed: null }), []],
    ['a portal that gave nothing in its only two nights', portal({ pagesCame: [0, 0], listed: null, listedBefore: 0 }), []],
    ['a portal that is back', portal({ pagesCame: [3, 0, 0] }), []],
    ['a list that is empty now', portal({ listed: 0 }), ['nothing-listed']],
    ['a list that leads nowhere now', portal({ listed: null }), ['nothing-listed']],
    ['a list that never named any', portal({ listed: 0, listedBefore: 0 }), []],
    ['a list that names fewer', portal({ listed: 2 }), []],
    ['a list that did not come this once', portal({ pagesCame: [0, 4, 4], listed: null }), []],
    ['a text cut to two thirds', report({ characters: 2000 }), ['text-shrunk']],
    ['a text a little shorter', report({ characters: 2200 }), []],
    ['a text that has grown', report({ characters: 9000 }), []],
    ['characters lost since the version before', report({ replacements: 3 }), ['replacement-characters']],
    ['characters lost before already', report({ replacements: 3, before: { characters: 3000, replacements: 3, failing: [] } }), []],
    ['characters lost in a new report', report({ version: 1, before: null, replacements: 1 }), ['replacement-characters']],
    ['a rule that holds no more', report({ failing: ['T3-SUM.new'] }), ['checks-failing']],
    ['a rule that did not hold before', report({ failing: ['T3-SUM.new'], before: { characters: 3000, replacements: 0, failing: ['T3-SUM.new'] } }), []],
    ['a rule mended', report({ before: { characters: 3000, replacements: 0, failing: ['T3-SUM.new'] } }), []],
    ['the deadline itself', missing(0), []],
    ['the day after the deadline', missing(1), ['overdue']],
    ['sixty days after', missing(60), ['overdue']],
    ['later still', missing(61), []],
    ['a portal redesigned', { ...NOTHING, layouts: [{ portalId: 'p', agency: '清河市公安局', code: '130500', url: 'http://gaj.example.gov.cn/b/', before: ['a (trs)'], after: ['b (jpaas)'] }] }, ['layout-changed']],
  ])('%s', (_, facts, kinds) => {
    expect(alarmsOf(facts, SETTINGS).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('say which rules are new among those that fail', () => {
    const [alarm] = alarmsOf(report({ failing: ['A', 'B'], before: { characters: 3000, replacements: 0, failing: ['A'] } }), SETTINGS);
    expect(alarm?.facts).toEqual({ rules: ['B'] });
  });
});

describe('in the archive', () => {
  let archive: ArchiveFixture;
  let night = 0;

  beforeEach(() => {
    archive = new ArchiveFixture();
    night = 0;
    for (const id of ['p', 'q']) {
      archive.portal({ id, agency: `${id}市公安局`, code: '130500', home: `http://${id}.gov.cn/` });
      archive.candidate({ portalId: id, url: `http://${id}.gov.cn/`, kind: 'column', heardVia: 'seed' });
    }
  });
  afterEach(() => archive.remove());

  /** A night in which some portals answered and others did not; `listed`: reports that each answering list named. */
  function harvest(answers: Readonly<Record<string, 'came' | 'failed'>>, listed = 5): { raised: string[]; ended: string[] } {
    night += 1;
    archive.run({ id: night });
    for (const [portalId, answer] of Object.entries(answers)) {
      const captureId = archive.capture({ url: `http://${portalId}.gov.cn/`, runId: night, portalId, kind: 'column', ...(answer === 'came' ? { outcome: 'captured', reason: 'ok' } : { outcome: 'failed', reason: 'timeout' }) });
      if (answer === 'came') archive.database.prepare("INSERT INTO reading (capture_id, portal_id, run_id, page_kind, family, rows, report_rows, found, notices) VALUES (?, ?, ?, 'list', 'trs', 5, ?, ?, '[]')").run(captureId, portalId, night, listed, listed);
    }
    raiseAlarms(archive.database, { runId: night, sinceRunId: night, at: `2026-03-0${night}T02:00:00.000Z`, today: `2026-03-0${night}`, settings: SETTINGS });
    const { raised, ended } = alarmsOfRun(archive.database, night);
    return { raised: raised.map(({ kind, portalId }) => `${kind} ${portalId}`), ended: ended.map(({ kind, portalId }) => `${kind} ${portalId}`) };
  }

  it('a silent portal is told once, lasts, and is over when it answers', () => {
    expect(harvest({ p: 'came', q: 'came' })).toEqual({ raised: [], ended: [] });
    expect(harvest({ p: 'came', q: 'failed' })).toEqual({ raised: [], ended: [] });
    expect(harvest({ p: 'came', q: 'failed' })).toEqual({ raised: [], ended: [] });
    expect(harvest({ p: 'came', q: 'failed' })).toEqual({ raised: ['portal-silent q'], ended: [] });
    expect(harvest({ p: 'came', q: 'failed' })).toEqual({ raised: [], ended: [] });
    expect(openAlarms(archive.database)).toMatchObject([{ kind: 'portal-silent', portalId: 'q', raisedRunId: 4, facts: { runs: 3, reason: 'timeout' } }]);
    expect(harvest({ p: 'came', q: 'came' })).toEqual({ raised: [], ended: ['portal-silent q'] });
    expect(archive.database.prepare('SELECT kind, raised_run_id, ended_run_id FROM v_alarm').raw().all()).toEqual([['portal-silent', 4, 6]]);
  });

  it('a run that does not ask the portal says nothing about its alarm', () => {
    harvest({ p: 'came', q: 'came' });
    expect(harvest({ p: 'came', q: 'came' }, 0).raised).toEqual(['nothing-listed p', 'nothing-listed q']);
    expect(harvest({ p: 'came' })).toEqual({ raised: [], ended: ['nothing-listed p'] });
    expect(openAlarms(archive.database).map(({ portalId }) => portalId)).toEqual(['q']);
  });

  it('a harvest that goes on with an interrupted one counts as one with it', () => {
    harvest({ p: 'came' });
    night += 1;
    archive.run({ id: night, outcome: 'interrupted' });
    const captureId = archive.capture({ url: 'http://p.gov.cn/', runId: night, portalId: 'p', kind: 'column', outcome: 'captured', reason: 'ok' });
    archive.database.prepare("INSERT INTO reading (capture_id, portal_id, run_id, page_kind, family, rows, report_rows, found, notices) VALUES (?, 'p', ?, 'list', 'trs', 5, 5, 5, '[]')").run(captureId, night);
    night += 1;
    archive.run({ id: night });
    archive.capture({ url: 'http://p.gov.cn/r.html', runId: night, portalId: 'p', kind: 'article', outcome: 'captured', reason: 'ok' });
    const scope = { runId: night, at: '2026-03-03T02:00:00.000Z', today: '2026-03-03', settings: SETTINGS };
    raiseAlarms(archive.database, { ...scope, sinceRunId: night - 1 });
    expect(openAlarms(archive.database)).toEqual([]);
    raiseAlarms(archive.database, { ...scope, sinceRunId: night });
    expect(openAlarms(archive.database).map(({ kind }) => kind)).toEqual(['nothing-listed']);
  });

  it('a year is overdue for an agency that published the year before, until it is held', () => {
    const ledger = (state: string): void => {
      archive.database.exec('DELETE FROM ledger');
      const insert = archive.database.prepare("INSERT INTO ledger (code, agency, year, state, due_on, evidence) VALUES (?, ?, ?, ?, ?, '{}')");
      insert.run('130500', 'p市公安局', 2024, 'held', '2025-01-31');
      insert.run('130500', 'p市公安局', 2025, state, '2026-01-31');
      insert.run('130500', 'q市公安局', 2024, 'not-found', '2025-01-31');
      insert.run('130500', 'q市公安局', 2025, 'not-found', '2026-01-31');
    };
    ledger('not-found');
    expect(harvest({ p: 'came' }).raised).toEqual(['overdue null']);
    expect(openAlarms(archive.database)).toMatchObject([{ agency: 'p市公安局', year: 2025, facts: { dueOn: '2026-01-31' } }]);
    ledger('held-late');
    expect(harvest({ p: 'came' }).ended).toEqual(['overdue null']);
    ledger('not-searched');
    expect(harvest({ p: 'came' }).raised).toEqual([]);
  });
});
