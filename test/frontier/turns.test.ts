/** Whose turn it is: one request a host, its pause kept, hosts side by side, work that arrives late. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Turns } from '../../src/harvest/turns.js';
import type { Lease } from '../../src/harvest/turns.js';
import type { Seed } from '../../src/record.js';
import { activateDue, addCandidate, choosePortals, stepCandidate, wakeCandidate, writeHost } from '../../src/store/frontier.js';
import type { HostState } from '../../src/store/frontier.js';
import { openArchive } from '../../src/store/open.js';
import type { Sqlite } from '../../src/store/open.js';
import { syncPortals } from '../../src/store/portals.js';
import { startRun } from '../../src/store/runs.js';

const SEED: Seed = {
  portalId: 'p', code: null, province: null, city: null, county: null, agency: '清河市公安局', level: null, home: 'http://h1.test/', columns: [], platform: 'auto', render: 'auto',
  charset: null, delaySecs: null, enabled: true, note: null, source: { file: 's.csv', line: 2 },
};

let folder: string;
let database: Sqlite;
let runId: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turns-'));
  database = openArchive(folder);
  syncPortals(database, [SEED], new Date().toISOString());
  choosePortals(database, ['p']);
  runId = startRun(database, { command: 'harvest', places: [], startedAt: new Date().toISOString(), configSha256: '', toolVersion: 'test' });
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function add(host: string, path: string, kind: 'article' | 'list' = 'article'): void {
  addCandidate(database, {
    url: `http://${host}/${path}`, urlKey: `${host})/${path}`, hostKey: host, portalId: 'p', kind, heardVia: 'row', hops: 1, referrer: null, anchor: null, listedOn: null,
    priority: kind === 'article' ? 10 : 30, refusal: null,
  }, new Date().toISOString(), Date.now());
}

/** Ends a lease as a visit does: the candidate done, the host due again after `pauseMs`. */
function finish(turns: Turns, lease: Lease, pauseMs: number): void {
  const host: HostState = { ...lease.host, nextDueAt: Date.now() + pauseMs };
  stepCandidate(database, {
    candidateId: lease.row.candidateId, state: 'captured', reason: 'ok', detail: null, dueAt: Date.now() + 1e9, attempts: 0, etag: null, lastModified: null, payloadSha256: null, unchanged: 0,
  }, { runId, captureId: null });
  writeHost(database, host);
  turns.end(lease, host);
}

function openTurns(): Turns {
  return new Turns(database, { respectRobots: false, now: Date.now });
}

describe('turns', () => {
  it('hands out one request a host at a time, and hosts side by side', async () => {
    for (const host of ['h1.test', 'h2.test']) for (const path of ['a', 'b']) add(host, path);
    const turns = openTurns();
    const [first, second] = await Promise.all([turns.next(), turns.next()]);
    expect(new Set([first?.row.hostKey, second?.row.hostKey])).toEqual(new Set(['h1.test', 'h2.test']));
    let third: Lease | null = null;
    const waiting = turns.next().then((lease) => { third = lease; });
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    expect(third).toBeNull();
    if (first) finish(turns, first, 0);
    await waiting;
    expect((third as Lease | null)?.row.hostKey).toBe(first?.row.hostKey);
  });

  it('keeps the pause of a host', async () => {
    for (const path of ['a', 'b', 'c']) add('h1.test', path);
    const turns = openTurns();
    const times: number[] = [];
    for (let lease = await turns.next(); lease; lease = await turns.next()) {
      times.push(Date.now());
      finish(turns, lease, 120);
    }
    expect(times).toHaveLength(3);
    for (const [index, time] of times.slice(1).entries()) expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(119);
  });

  it('spends a turn on a report before a list', async () => {
    add('h1.test', 'list', 'list');
    add('h1.test', 'report');
    expect((await openTurns().next())?.row.url).toBe('http://h1.test/report');
  });

  it('gives what arrives late to whoever waits, and ends when nothing is left', async () => {
    add('h1.test', 'a');
    const turns = openTurns();
    const first = await turns.next();
    const second = turns.next();
    add('h9.test', 'late');
    turns.feed(['h9.test']);
    const late = await second;
    expect(late?.row.url).toBe('http://h9.test/late');
    expect(turns.finished).toBe(false);
    if (first) finish(turns, first, 0);
    if (late) finish(turns, late, 0);
    expect(await turns.next()).toBeNull();
    expect(turns.finished).toBe(true);
  });

  it('hands out nothing more once stopped, and is finished when the last visit ends', async () => {
    for (const path of ['a', 'b']) add('h1.test', path);
    const turns = openTurns();
    const lease = await turns.next();
    turns.stop();
    expect(turns.finished).toBe(false);
    const waiting = turns.next();
    if (lease) finish(turns, lease, 0);
    expect(await waiting).toBeNull();
    expect(turns.finished).toBe(true);
  });

  it('asks for robots.txt first when it is not known', async () => {
    add('h1.test', 'a');
    const turns = new Turns(database, { respectRobots: true, now: Date.now });
    expect((await turns.next())?.purpose).toBe('robots');
  });
});

describe('activateDue', () => {
  const state = (): unknown[] => database.prepare('SELECT url, state FROM candidate ORDER BY candidate_id').raw().all();

  it('brings back what is due, and leaves what an interrupted run finished', () => {
    add('h1.test', 'a');
    add('h1.test', 'b');
    const [a, b] = database.prepare('SELECT candidate_id FROM candidate ORDER BY candidate_id').pluck().all() as [number, number];
    const done = (candidateId: number, run: number): void => stepCandidate(database, {
      candidateId, state: 'captured', reason: 'ok', detail: null, dueAt: 0, attempts: 0, etag: null, lastModified: null, payloadSha256: null, unchanged: 0,
    }, { runId: run, captureId: null });
    done(a, 1);
    done(b, 7);
    activateDue(database, { runId: 8, nowMs: Date.now(), resumedRunId: 7, all: false, longestMs: 1e10, sweepMs: null });
    expect(state()).toEqual([['http://h1.test/a', 'waiting'], ['http://h1.test/b', 'captured']]);
    activateDue(database, { runId: 9, nowMs: Date.now(), resumedRunId: null, all: false, longestMs: 1e10, sweepMs: null });
    expect(state()).toEqual([['http://h1.test/a', 'waiting'], ['http://h1.test/b', 'waiting']]);
  });

  it('wakes a page that an earlier harvest visited, and none that this one has, by whichever of its runs', () => {
    add('h1.test', 'a');
    const [candidateId, portalId, urlKey] = database.prepare('SELECT candidate_id, portal_id, url_key FROM candidate').raw().get() as [number, string, string];
    stepCandidate(database, { candidateId, state: 'captured', reason: 'ok', detail: null, dueAt: 1e15, attempts: 0, etag: null, lastModified: null, payloadSha256: null, unchanged: 3 }, { runId: 7, captureId: null });
    expect(wakeCandidate(database, { portalId, urlKey }, { sinceRunId: 7, nowMs: Date.now() })).toBeNull();
    expect(wakeCandidate(database, { portalId, urlKey }, { sinceRunId: 8, nowMs: Date.now() })).toBe('h1.test');
    expect(state()).toEqual([['http://h1.test/a', 'waiting']]);
  });

  it('does not believe a host time far in the future (a clock that jumped)', () => {
    writeHost(database, { hostKey: 'h1.test', nextDueAt: Date.now() + 1e12, crawlDelaySecs: null, robots: null, robotsExpiresAt: Date.now() + 1e12, failures: 9, restingUntil: Date.now() + 1e12, reason: null });
    activateDue(database, { runId: 2, nowMs: Date.now(), resumedRunId: null, all: false, longestMs: 1e10, sweepMs: null });
    const [next, rest, robots] = database.prepare('SELECT next_due_at, resting_until, robots_expires_at FROM host').raw().get() as [number, number, number];
    expect(next).toBeLessThanOrEqual(Date.now() + 86_400_000);
    expect(rest).toBeLessThanOrEqual(Date.now() + 3_600_000);
    expect(robots).toBeLessThanOrEqual(Date.now() + 86_400_000);
  });

  it('believes no time that a run from the future has written', () => {
    add('h1.test', 'a');
    startRun(database, { command: 'harvest', places: [], startedAt: new Date(Date.now() + 7_200_000).toISOString(), configSha256: '', toolVersion: 'test' });
    writeHost(database, { hostKey: 'h1.test', nextDueAt: Date.now() + 7_200_000, crawlDelaySecs: null, robots: null, robotsExpiresAt: Date.now() + 7_200_000, failures: 9, restingUntil: Date.now() + 7_200_000, reason: null });
    activateDue(database, { runId: 3, nowMs: Date.now(), resumedRunId: null, all: false, longestMs: 1e10, sweepMs: null });
    const times = database.prepare('SELECT next_due_at, resting_until, robots_expires_at FROM host').raw().get() as number[];
    for (const time of times) expect(time).toBeLessThanOrEqual(Date.now());
  });

  it('asks again for a page whose next visit was put off by a clock that stood years ahead', () => {
    add('h1.test', 'a');
    const id = database.prepare('SELECT candidate_id FROM candidate').pluck().get() as number;
    stepCandidate(database, {
      candidateId: id, state: 'captured', reason: 'ok', detail: null, dueAt: Date.now() + 1e12, attempts: 0, etag: null, lastModified: null, payloadSha256: null, unchanged: 0,
    }, { runId: 1, captureId: null });
    activateDue(database, { runId: 2, nowMs: Date.now(), resumedRunId: null, all: false, longestMs: 1e13, sweepMs: null });
    expect(state()).toEqual([['http://h1.test/a', 'captured']]);
    activateDue(database, { runId: 2, nowMs: Date.now(), resumedRunId: null, all: false, longestMs: 1e10, sweepMs: null });
    expect(state()).toEqual([['http://h1.test/a', 'waiting']]);
  });
});
