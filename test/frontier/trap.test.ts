/** Endless series: by the address alone, and by how many are made alike. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repeatsItself, seriesOf } from '../../src/frontier/trap.js';
import { hostKey, urlKey } from '../../src/frontier/url-key.js';
import { TrapWatch } from '../../src/harvest/trap-watch.js';
import type { CandidateKind } from '../../src/record.js';
import { addCandidate } from '../../src/store/frontier.js';
import type { NewCandidate } from '../../src/store/frontier.js';
import { openArchive } from '../../src/store/open.js';
import type { Sqlite } from '../../src/store/open.js';
import { syncPortals } from '../../src/store/portals.js';

const HOST = 'http://gaj.qinghe.gov.cn';

describe('a path', () => {
  it.each(['/nb/nb/nb/', '/a/b/a/b/a/b', '/zwgk/a/1/a/1/a/1/x.html', '/gk/1/2/gk/1/2/gk/1/2/', `/${'x1/x2/x3/x4/x5/x6/x7/'.repeat(3)}`])('%s is a trap', (path) => expect(repeatsItself(HOST + path)).toBe(true));
  it.each(['/', '/zwgk/zwgk/index.html', '/2020/1/1/1/1/1.html', '/art/2019/1/1/art_1_1.html', '/col/col1229/col1229/', '/a/b/a/b/', '/gk/gk_1/gk_2/gk_3/', '/1/1/1/1/1/'])('%s is none', (path) => expect(repeatsItself(HOST + path)).toBe(false));
  it('made to take for ever is judged at once', () => {
    const started = performance.now();
    repeatsItself(`${HOST}/${'a/'.repeat(15)}${'a'.repeat(100_000)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('a series', () => {
  const same = (a: string, b: string, kind: CandidateKind): boolean => seriesOf(HOST + a, kind).shape === seriesOf(HOST + b, kind).shape;
  it('of lists differs in numbers and values', () => {
    expect(same('/nb/2019/3.html', '/nb/1/44.html', 'list')).toBe(true);
    expect(same('/nb/?page=2&s=abc', '/nb/?s=x&page=3', 'list')).toBe(true);
    expect(same('/nb/?page=2', '/nb/?year=2', 'list')).toBe(false);
    expect(same('/col/a/1.html', '/col/b/1.html', 'list')).toBe(false);
  });
  it('of documents differs in values only', () => {
    expect(same('/show.php?id=1', '/show.php?id=2', 'article')).toBe(true);
    expect(same('/art/2019/1.html', '/art/2019/2.html', 'article')).toBe(false);
  });
});

describe('the watch', () => {
  let folder: string;
  let database: Sqlite;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'trap-'));
    database = openArchive(folder);
    syncPortals(database, [{
      portalId: 'p', code: null, province: null, city: null, county: null, agency: '清河市公安局', level: null, home: `${HOST}/`, columns: [], platform: 'auto', render: 'auto', charset: null,
      delaySecs: null, enabled: true, note: null, source: { file: 's.csv', line: 2 },
    }], new Date().toISOString());
  });
  afterEach(() => { database.close(); rmSync(folder, { recursive: true, force: true }); });

  const candidate = (path: string, kind: CandidateKind): NewCandidate => ({
    url: HOST + path, urlKey: urlKey(HOST + path), hostKey: hostKey(HOST + path), portalId: 'p', kind, heardVia: 'row', hops: 1, referrer: null, anchor: null, listedOn: null, priority: 30, refusal: null,
  });
  /** Follows an endless series, one or more addresses a step, for `steps` steps; gives what was believed and what was refused. */
  function follow(steps: number, pageOf: (step: number) => NewCandidate[]): { believed: number; refused: string[] } {
    const watch = new TrapWatch(database);
    for (let step = 0; step < steps; step += 1) for (const each of watch.sift('p', pageOf(step))) addCandidate(database, each, new Date(0).toISOString(), 0);
    const reasons = database.prepare('SELECT reason FROM candidate').pluck().all() as (string | null)[];
    return { believed: reasons.filter((reason) => reason === null).length, refused: reasons.filter((reason) => reason !== null) };
  }

  it('believes 200 days of a calendar, and keeps some of the rest as evidence', () => {
    const { believed, refused } = follow(600, (step) => [candidate(`/nb/${step}.html`, 'list')]);
    expect(believed).toBe(200);
    expect(new Set(refused)).toEqual(new Set(['trap']));
    expect(refused.length).toBeLessThan(600 - 200);
  });

  it('believes 500 documents told apart by a session number', () => {
    expect(follow(100, (step) => Array.from({ length: 20 }, (_, at) => candidate(`/show?token=${step * 20 + at}`, 'article'))).believed).toBe(500);
  });

  it('lets a site have a thousand articles, and the same menu on every page', () => {
    const { believed, refused } = follow(100, (step) => [...Array.from({ length: 10 }, (_, at) => candidate(`/art/2019/${step}/${at}.html`, 'article')), candidate('/menu/1.html', 'list'), candidate('/menu/2.html', 'list')]);
    expect([believed, refused]).toEqual([1002, []]);
  });

  it('goes on counting where an earlier run stopped', () => {
    follow(150, (step) => [candidate(`/nb/${step}.html`, 'list')]);
    expect(follow(150, (step) => [candidate(`/nb/${1000 + step}.html`, 'list')]).believed).toBe(200);
  });
});
