/** The scheduler: weeks on a clock of its own, and the real command with signals, a second start, a recrawl beside it, and the units it prints. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/commands/context.js';
import { runNights } from '../../src/commands/schedule.js';
import { printedUnit } from '../../src/commands/schedule-units.js';
import { resolveConfig } from '../../src/config.js';
import { NianbaoError, usageError } from '../../src/errors.js';
import type { ExitCode } from '../../src/errors.js';
import { createLog } from '../../src/log.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { openArchive, openReader } from '../../src/store/open.js';
import { readRuns } from '../../src/store/read-runs.js';
import { finishRun, startRun } from '../../src/store/runs.js';
import type { RunOutcome } from '../../src/store/runs.js';
import { takeScheduleLock, takeWriterLock } from '../../src/store/writer-lock.js';
import { startFarm } from '../farm/farm.js';
import type { Farm } from '../farm/farm.js';
import { QUICK_ENV, run, start } from '../harvest/command-line.js';
import type { Running } from '../harvest/command-line.js';

const folder = mkdtempSync(join(tmpdir(), 'schedule-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOUR = 3_600_000;
const china = (clock: string): number => Date.parse(`${clock}:00+08:00`);

/** A scheduler on a clock that jumps over what it sleeps; `harvest` takes an hour and writes its run, as it would. Ends at `until`. */
class Weeks {
  readonly starts: string[] = [];
  readonly said: string[] = [];
  readonly #storage: string;
  readonly #until: number;
  readonly #settings: Record<string, unknown>;
  readonly #stop = new AbortController();
  nowMs: number;
  /** What the next harvests come to. */
  outcomes: (RunOutcome | Error)[] = [];
  /** Called after each sleep with the clock. */
  onMinute: (clock: string) => void = () => undefined;

  constructor(name: string, times: { readonly from: string; readonly until: string }, settings: Record<string, unknown> = {}) {
    this.#storage = join(folder, name);
    this.nowMs = china(times.from);
    this.#until = china(times.until);
    this.#settings = settings;
  }

  record(clock: string, outcome: RunOutcome, places: readonly string[] = []): void {
    const database = openArchive(this.#storage);
    const startedAt = new Date(china(clock)).toISOString();
    const runId = startRun(database, { command: 'harvest', places, startedAt, configSha256: '', toolVersion: '1.0.0' });
    finishRun(database, runId, { portals: 1, requests: 0, captures: 0, transferBytes: 0, newReports: 0, changedReports: 0, finishedAt: startedAt, outcome });
    database.close();
  }

  #clock(): string {
    return new Date(this.nowMs + 8 * HOUR).toISOString().slice(0, 16);
  }

  run(): Promise<ExitCode> {
    const config = resolveConfig({ storage: this.#storage, schedule: { jitterMinutes: 0 }, ...this.#settings });
    const context: CommandContext = {
      config, configDigest: '', cwd: folder, json: false, log: createLog('normal', (text) => { this.said.push(text); }), terminal: { progress: false, table: false, columns: 80 },
      print: () => undefined, divisions: loadDivisions, now: () => this.nowMs, signal: this.#stop.signal,
    };
    const tick = (ms: number): void => { this.nowMs += ms; if (this.nowMs >= this.#until) this.#stop.abort(); };
    return runNights(context, {
      sleep: (ms) => { expect(ms).toBeGreaterThan(0); tick(ms); this.onMinute(this.#clock()); return Promise.resolve(); },
      harvest: () => {
        const outcome = this.outcomes.shift() ?? 'done';
        this.starts.push(this.#clock());
        if (outcome instanceof Error) return Promise.reject(outcome);
        this.record(this.#clock(), outcome);
        tick(HOUR);
        return Promise.resolve<ExitCode>(0);
      },
    });
  }
}

describe('the scheduler on a clock of its own', () => {
  it('harvests every night in the season and every week after it', async () => {
    const weeks = new Weeks('season', { from: '2026-02-12T12:00', until: '2026-03-02T12:00' });
    weeks.record('2026-02-12T01:30', 'done');
    expect(await weeks.run()).toBe(130);
    expect(weeks.starts).toEqual(['2026-02-13T01:30', '2026-02-14T01:30', '2026-02-15T01:30', '2026-02-22T01:30', '2026-03-01T01:30']);
  }, 60_000);

  it('makes up for a missed night at once, and only for all portals', async () => {
    const weeks = new Weeks('missed', { from: '2026-01-10T09:00', until: '2026-01-12T12:00' });
    weeks.record('2026-01-06T01:30', 'done');
    weeks.record('2026-01-10T08:00', 'done', ['430100']);
    weeks.record('2026-01-10T08:30', 'stopped');
    await weeks.run();
    expect(weeks.starts).toEqual(['2026-01-10T09:00', '2026-01-11T01:30', '2026-01-12T01:30']);
  }, 60_000);

  it('leaves a night that somebody harvested by hand', async () => {
    const weeks = new Weeks('by-hand', { from: '2026-01-10T00:00', until: '2026-01-10T12:00' }, { politeness: { quietHours: '01:00-03:00' } });
    weeks.record('2026-01-09T01:30', 'done');
    weeks.onMinute = (clock) => { if (clock === '2026-01-10T02:00') weeks.record(clock, 'done'); };
    await weeks.run();
    expect(weeks.starts).toEqual([]);
    const other = new Weeks('not-by-hand', { from: '2026-01-10T00:00', until: '2026-01-10T12:00' }, { politeness: { quietHours: '01:00-03:00' } });
    other.record('2026-01-09T01:30', 'done');
    await other.run();
    expect(other.starts).toEqual(['2026-01-10T03:00']);
  }, 60_000);

  it('goes on when quiet hours are over', async () => {
    const weeks = new Weeks('quiet', { from: '2026-01-10T00:00', until: '2026-01-11T03:00' }, { politeness: { quietHours: '08:00-18:00' } });
    weeks.record('2026-01-09T01:30', 'done');
    weeks.outcomes = ['stopped'];
    await weeks.run();
    // Stopped at 01:30 outside quiet hours and still due: again after an hour, then the next night.
    expect(weeks.starts).toEqual(['2026-01-10T01:30', '2026-01-10T03:30', '2026-01-11T01:30']);
    const day = new Weeks('quiet-day', { from: '2026-01-10T09:00', until: '2026-01-11T00:00' }, { politeness: { quietHours: '08:00-18:00' } });
    await day.run();
    expect(day.starts).toEqual(['2026-01-10T18:00']);
  }, 60_000);

  it('tries again an hour after a fault, and ends when the settings are wrong', async () => {
    const weeks = new Weeks('fault', { from: '2026-01-10T00:00', until: '2026-01-10T12:00' });
    weeks.record('2026-01-09T01:30', 'done');
    weeks.outcomes = [Object.assign(new Error('full'), { code: 'ENOSPC' }), new NianbaoError('storage-locked', 'held', 4)];
    await weeks.run();
    expect(weeks.starts).toEqual(['2026-01-10T01:30', '2026-01-10T02:30', '2026-01-10T03:30']);
    expect(weeks.said.join('')).toMatch(/The disk is full[\s\S]*held/u);
    const wrong = new Weeks('wrong', { from: '2026-01-10T00:00', until: '2026-01-10T12:00' });
    wrong.outcomes = [usageError('no-seeds', 'No portal was found')];
    await expect(wrong.run()).rejects.toMatchObject({ code: 'no-seeds' });
    const never = new Weeks('never', { from: '2026-01-10T00:00', until: '2026-01-10T12:00' }, { schedule: { cron: '0 0 30 2 *' } });
    await expect(never.run()).rejects.toMatchObject({ code: 'schedule-never', exitCode: 2 });
  }, 60_000);
});

let farm: Farm;
beforeAll(async () => {
  farm = await startFarm();
  const [header = '', ...rows] = farm.seedsCsv().trim().split('\n');
  writeFileSync(join(folder, 'seeds.csv'), [header, ...rows.filter((row) => row.includes('gaj.yueyang'))].join('\n'));
});
afterAll(() => farm.close());

/** One night a year, without jitter: what is due does not depend on the time of the test. */
const ENV = { ...QUICK_ENV, NIANBAO_SCHEDULE_SEASON: '01-01/12-31', NIANBAO_SCHEDULE_JITTER_MINUTES: '0' };
const YEARLY = { ...ENV, NIANBAO_SCHEDULE_CRON: '0 0 1 1 *' };
const words = (command: readonly string[], storage: string): string[] => [...command, '--storage', join(folder, storage), '--seeds', join(folder, 'seeds.csv'), '--allow-private'];
const saying = (running: Running, text: string): Promise<void> => new Promise((resolve) => {
  let seen = '';
  running.child.stderr?.on('data', (chunk: Buffer) => { seen += chunk.toString(); if (seen.includes(text)) resolve(); });
  running.child.once('close', () => resolve());
});
const runs = (storage: string): { command: string; outcome: string }[] => {
  const database = openReader(join(folder, storage));
  try { return readRuns(database, 10).map(({ command, outcome }) => ({ command, outcome })); } finally { database.close(); }
};

describe('nianbao schedule', () => {
  it('begins with an empty archive, waits, lets a recrawl through, refuses a second one, and ends by SIGTERM with 130', async () => {
    const scheduler = start(words(['schedule'], 'stays'), { cwd: folder, env: YEARLY });
    await saying(scheduler, 'Next harvest:');
    expect(scheduler.child.exitCode).toBeNull();
    expect(runs('stays')).toEqual([{ command: 'harvest', outcome: 'done' }]);
    const second = await run(words(['schedule'], 'stays'), { cwd: folder, env: YEARLY });
    expect([second.code, second.err]).toEqual([4, expect.stringContaining(`scheduled already by process ${scheduler.child.pid}`)]);
    expect((await run(words(['recrawl', '岳阳'], 'stays'), { cwd: folder, env: YEARLY })).code).toBe(0);
    scheduler.child.kill('SIGTERM');
    expect(await scheduler.ended).toMatchObject({ code: 130, signal: null });
    expect(runs('stays').map(({ command }) => command)).toEqual(['recrawl', 'harvest']);
  }, 180_000);

  it('ends in the midst of a harvest after the request in flight, and makes up for the night when it is started again', async () => {
    const slow = { ...YEARLY, NIANBAO_POLITENESS_DELAY_SECONDS: '1' };
    const scheduler = start(words(['schedule', '--verbose'], 'stopped'), { cwd: folder, env: slow });
    await saying(scheduler, 'http');
    scheduler.child.kill('SIGTERM');
    const end = await scheduler.ended;
    expect([end.code, end.err]).toEqual([130, expect.stringContaining('Stopped after a clean checkpoint')]);
    expect(runs('stopped')).toEqual([{ command: 'harvest', outcome: 'stopped' }]);
    const again = await run(words(['schedule', '--once'], 'stopped'), { cwd: folder, env: YEARLY });
    expect([again.code, runs('stopped').map(({ outcome }) => outcome)]).toEqual([0, ['done', 'stopped']]);
    const idle = await run(words(['schedule', '--once', '--json'], 'stopped'), { cwd: folder, env: YEARLY });
    expect([idle.code, JSON.parse(idle.out)]).toEqual([0, { night: expect.stringMatching(/-12-31T16:00:00\.000Z$/u) as unknown, start: expect.any(String) as unknown, due: false }]);
    expect(runs('stopped')).toHaveLength(2);
  }, 180_000);

  it('waits for a recrawl that holds the storage', async () => {
    const lock = takeWriterLock(join(folder, 'held'), 'recrawl 岳阳', '2026-01-01T00:00:00.000Z');
    const scheduler = start(words(['schedule', '--once'], 'held'), { cwd: folder, env: YEARLY });
    await saying(scheduler, 'recrawl 岳阳');
    expect(scheduler.child.exitCode).toBeNull();
    lock.release();
    expect((await scheduler.ended).code).toBe(0);
    expect(runs('held')).toEqual([{ command: 'harvest', outcome: 'done' }]);
  }, 180_000);

  it('gives its lock back', () => {
    const storage = join(folder, 'lock');
    takeScheduleLock(storage, '2026-01-01T00:00:00.000Z').release();
    const lock = takeScheduleLock(storage, '2026-01-01T00:00:00.000Z');
    expect(() => takeScheduleLock(storage, '2026-01-01T00:00:00.000Z')).toThrow(/One scheduler an archive/u);
    takeWriterLock(storage, 'recrawl', '2026-01-01T00:00:00.000Z').release();
    lock.release();
  });
});

const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('the printed units', () => {
  // A folder with everything that a unit, cron or a shell would read as something else.
  const odd = join(folder, 'a %h $HOME \'b\' "c" \\d');
  beforeAll(() => mkdirSync(odd));

  it('cron: the line runs as printed, and harvests', async () => {
    const printed = await run(['schedule', '--print', 'cron', '--storage', 'archive', '--seeds', join(folder, 'seeds.csv'), '--allow-private'], { cwd: odd, env: YEARLY });
    expect([printed.code, printed.err]).toEqual([0, '']);
    const line = printed.out.split('\n').find((one) => one.startsWith('*/15 * * * * ')) ?? '';
    expect(line).not.toMatch(/(?<!\\)%/u);
    // What cron does: the five fields aside, \% is %, the rest is for /bin/sh, with little in its environment.
    const command = line.slice('*/15 * * * * '.length).replaceAll('\\%', '%');
    await promisify(execFile)('/bin/sh', ['-c', command], { cwd: '/', env: { PATH: '/usr/bin:/bin', HOME: folder }, timeout: 120_000 });
    const database = openReader(join(odd, 'archive'));
    expect(readRuns(database, 2).map(({ command: name, outcome }) => [name, outcome])).toEqual([['harvest', 'done']]);
    database.close();
  }, 180_000);

  it('systemd: every word comes out as it was', () => {
    const unit = printedUnit('systemd', { cwd: odd }, { storage: 'archive', allowPrivate: true }, { NIANBAO_USER_AGENT: 'a "b" 100% $c', OTHER: 'x' });
    expect(unit).toContain('Environment="NIANBAO_USER_AGENT=a \\"b\\" 100%% $c"\n');
    expect(unit).not.toContain('OTHER');
    expect(unit).toContain(`"--storage" "${odd.replace(/[\\"]/gu, '\\$&').replaceAll('%', '%%').replaceAll('$', () => '$$')}/archive" "--allow-private"`);
    expect(() => printedUnit('systemd', { cwd: '/a\nb' }, {}, {})).toThrow(/line break/u);
    expect(() => printedUnit('launchd', { cwd: '/' }, {}, {})).toThrow(/systemd and cron/u);
  });

  it.each([['systemd', 'EnvironmentFile=-%h/.config/nianbao/secrets'], ['cron', 'above this line']] as const)('%s: secrets are named, and not printed', (kind, place) => {
    const secrets = { NIANBAO_SMTP_URL: 'smtps://u:geheim@mail.example.org', NIANBAO_WEBHOOK_TOKEN: 'geheim', NIANBAO_NOTIFY_ON_FAILURE: 'mailto:a@example.org,https://hook.example.org/?key=geheim' };
    const unit = printedUnit(kind, { cwd: folder }, {}, { ...secrets, NIANBAO_NOTIFY_ON_FINISH: 'mailto:a@example.org' });
    expect(unit).not.toContain('geheim');
    expect(unit).toContain(place);
    expect(unit).toContain(Object.keys(secrets).sort().join(', '));
    expect(unit).toMatch(/NIANBAO_NOTIFY_ON_FINISH=mailto:a@example\.org/u);
    expect(printedUnit(kind, { cwd: folder }, {}, {})).not.toContain(place);
  });

  it.runIf(hasAnalyze)('systemd: systemd-analyze finds no fault', () => {
    for (const [name, cwd] of [['plain', folder], ['odd', odd]] as const) {
      const file = join(folder, `${name}.service`);
      writeFileSync(file, printedUnit('systemd', { cwd }, { storage: 'archive', seeds: ['a b.csv'] }, { NIANBAO_USER_AGENT: 'x (+https://example.org)', NIANBAO_WEBHOOK_TOKEN: 'geheim' }));
      const checked = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
      expect([checked.status, `${checked.stdout}${checked.stderr}`.split('\n').filter((line) => line.includes(`${name}.service`))]).toEqual([0, []]);
      writeFileSync(file, readFileSync(file, 'utf8').replace('Type=simple', 'Type=wrong'));
      expect(spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' }).stderr).toContain('wrong');
    }
  }, 60_000);
});
