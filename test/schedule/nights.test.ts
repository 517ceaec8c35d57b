/** Which night is due: a table of cases with a clock of its own. */
import { describe, expect, it } from 'vitest';
import { quietUntilMs } from '../../src/frontier/quiet-hours.js';
import { isInSeason, jitterMs, lastNight, nextNight, planNight } from '../../src/schedule/nights.js';
import type { ScheduleSettings } from '../../src/schedule/nights.js';

const SETTINGS: ScheduleSettings = { cron: '30 1 * * *', timeZone: 'Asia/Shanghai', season: ['01-01/02-15', '03-21/03-31'], weekday: 0, jitterMinutes: 0 };
const ms = (iso: string): number => Date.parse(iso);
/** A moment on the clock of Shanghai. */
const china = (clock: string): number => ms(`${clock}:00+08:00`);
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

describe('the nights', () => {
  it.each([
    ['1 January is in the season', '2026-12-31T12:00', '2027-01-01T01:30'],
    ['so is 15 February', '2026-02-14T12:00', '2026-02-15T01:30'],
    ['after it the first night of the week, Sunday', '2026-02-16T12:00', '2026-02-22T01:30'],
    ['the week goes on', '2026-02-22T12:00', '2026-03-01T01:30'],
    ['20 March is none', '2026-03-15T12:00', '2026-03-21T01:30'],
    ['21 March is one', '2026-03-20T12:00', '2026-03-21T01:30'],
    ['31 March is one', '2026-03-30T12:00', '2026-03-31T01:30'],
    ['after it Sundays again', '2026-03-31T12:00', '2026-04-05T01:30'],
    ['a moment is not after itself', '2026-01-10T01:30', '2026-01-11T01:30'],
    ['a leap day outside', '2028-02-28T12:00', '2028-03-05T01:30'],
  ])('next: %s', (_case, now, night) => {
    expect(iso(nextNight(SETTINGS, china(now)))).toBe(iso(china(night)));
  });

  it.each([
    ['the moment itself', '2026-01-10T01:30', '2026-01-10T01:30'],
    ['a minute before', '2026-01-10T01:29', '2026-01-09T01:30'],
    ['a week ago', '2026-05-09T12:00', '2026-05-03T01:30'],
    ['the season\'s last', '2026-02-20T12:00', '2026-02-15T01:30'],
  ])('last: %s', (_case, now, night) => {
    expect(iso(lastNight(SETTINGS, china(now)))).toBe(iso(china(night)));
  });

  it.each([
    ['daily all the year', { season: ['01-01/12-31'] }, '2026-06-10T12:00', '2026-06-11T01:30'],
    ['weekly all the year', { season: [] }, '2026-01-05T12:00', '2026-01-11T01:30'],
    ['weeks that begin on Wednesday', { season: [], weekday: 3 }, '2026-01-05T12:00', '2026-01-07T01:30'],
    ['a season over the new year', { season: ['12-20/01-10'] }, '2026-12-24T12:00', '2026-12-25T01:30'],
    ['a table without that weekday: the week\'s first night', { season: [], cron: '0 2 * * 3,5' }, '2026-06-08T12:00', '2026-06-10T02:00'],
    ['and not its second', { season: [], cron: '0 2 * * 3,5' }, '2026-06-10T12:00', '2026-06-17T02:00'],
    ['several moments a day in the season', { cron: '0 1,13 * * *' }, '2026-01-05T02:00', '2026-01-05T13:00'],
    ['one of them outside', { cron: '0 1,13 * * *' }, '2026-06-07T02:00', '2026-06-14T01:00'],
  ])('next with %s', (_case, over, now, night) => {
    expect(iso(nextNight({ ...SETTINGS, ...over }, china(now)))).toBe(iso(china(night)));
  });

  it('take the clock of the time zone, over changes of it', () => {
    const berlin: ScheduleSettings = { ...SETTINGS, timeZone: 'Europe/Berlin', cron: '30 2 * * *', season: ['01-01/12-31'] };
    // 29 March 2026 has no 02:30 in Berlin; 25 October has two.
    const spring = [nextNight(berlin, ms('2026-03-28T12:00Z')), nextNight(berlin, ms('2026-03-29T12:00Z'))];
    expect(iso(spring[1] ?? null)).toBe('2026-03-30T00:30:00.000Z');
    expect(ms('2026-03-29T00:00Z')).toBeLessThan(spring[0] ?? 0);
    expect(spring[0]).toBeLessThan(ms('2026-03-29T03:00Z'));
    const autumn = nextNight(berlin, ms('2026-10-24T12:00Z')) ?? 0;
    expect(iso(nextNight(berlin, autumn + 2 * 3_600_000))).toBe('2026-10-26T01:30:00.000Z');
    // The same moment lies on two days: 31 December in Berlin is 1 January in Shanghai.
    expect(iso(nextNight({ ...berlin, season: [], weekday: 0 }, ms('2026-12-31T20:00Z')))).toBe('2027-01-03T01:30:00.000Z');
  });

  it('are none in a table without a moment', () => {
    const never = { ...SETTINGS, cron: '0 0 30 2 *' };
    expect([lastNight(never, china('2026-01-01T00:00')), nextNight(never, china('2026-01-01T00:00'))]).toEqual([null, null]);
    expect(planNight(never, { nowMs: china('2026-01-01T00:00'), lastRunMs: null, sinceMs: 0, quietUntil: () => null }, '')).toBeNull();
  });

  it('know the season', () => {
    expect(['01-01', '02-15', '02-16', '12-31'].map((date) => isInSeason(date, SETTINGS.season))).toEqual([true, true, false, false]);
    expect(['12-19', '12-20', '01-10', '01-11'].map((date) => isInSeason(date, ['12-20/01-10']))).toEqual([false, true, true, false]);
  });
});

interface PlanCase { readonly now: string; readonly last: string | null; readonly since?: string; readonly quiet?: string; readonly due: boolean; readonly start: string }

describe('the plan', () => {
  it.each<readonly [string, PlanCase]>([
    ['waits for the night', { now: '2026-01-10T12:00', last: '2026-01-10T01:35', due: false, start: '2026-01-11T01:30' }],
    ['is due at the moment', { now: '2026-01-11T01:30', last: '2026-01-10T01:35', due: true, start: '2026-01-11T01:30' }],
    ['is not due twice', { now: '2026-01-11T03:00', last: '2026-01-11T01:30', due: false, start: '2026-01-12T01:30' }],
    ['makes up for a night that was missed', { now: '2026-01-11T09:00', last: '2026-01-10T01:35', since: '2026-01-11T09:00', due: true, start: '2026-01-11T09:00' }],
    ['makes up for many at once', { now: '2026-06-18T09:00', last: '2026-02-10T01:35', since: '2026-06-18T09:00', due: true, start: '2026-06-18T09:00' }],
    ['takes a harvest by hand for the missed night', { now: '2026-01-11T12:00', last: '2026-01-11T08:00', due: false, start: '2026-01-12T01:30' }],
    ['but not one before the night', { now: '2026-01-11T02:00', last: '2026-01-10T23:00', due: true, start: '2026-01-11T01:30' }],
    ['begins with an archive that has nothing', { now: '2026-06-18T09:00', last: null, since: '2026-06-18T09:00', due: true, start: '2026-06-18T09:00' }],
    ['waits for a week outside the season', { now: '2026-06-17T09:00', last: '2026-06-14T01:30', due: false, start: '2026-06-21T01:30' }],
    ['keeps quiet hours', { now: '2026-01-11T09:00', last: '2026-01-10T01:35', since: '2026-01-11T09:00', quiet: '08:00-18:00', due: true, start: '2026-01-11T18:00' }],
    ['knows ahead that the night is quiet', { now: '2026-01-10T12:00', last: '2026-01-10T03:00', quiet: '22:00-03:00', due: false, start: '2026-01-11T03:00' }],
    ['goes on after quiet hours that ended a harvest', { now: '2026-01-11T08:00', last: '2026-01-10T01:35', since: '2026-01-05T00:00', quiet: '08:00-18:00', due: true, start: '2026-01-11T18:00' }],
    ['does not believe a harvest in the future', { now: '2026-01-05T12:00', last: '2099-01-10T01:35', since: '2026-01-05T12:00', due: true, start: '2026-01-05T12:00' }],
  ])('%s', (_case, { now, last, since, quiet, due, start }) => {
    const facts = { nowMs: china(now), lastRunMs: last === null ? null : china(last), sinceMs: since === undefined ? 0 : china(since), quietUntil: (at: number) => quietUntilMs(at, quiet ?? null, SETTINGS.timeZone) };
    const plan = planNight(SETTINGS, facts, 'seed');
    expect([plan?.isDue, iso(plan?.startMs ?? null)]).toEqual([due, iso(china(start))]);
  });

  it('spreads its moments evenly, each night its own, the same each time', () => {
    const settings = { ...SETTINGS, jitterMinutes: 60 };
    const amounts = Array.from({ length: 400 }, (_, day) => jitterMs(china('2026-01-01T01:30') + day * 86_400_000, settings, '/srv/nianbao'));
    expect(amounts.every((amount) => amount >= 0 && amount < 3_600_000)).toBe(true);
    const quarters = [0, 1, 2, 3].map((quarter) => amounts.filter((amount) => Math.floor(amount / 900_000) === quarter).length);
    for (const quarter of quarters) expect(quarter).toBeGreaterThan(60);
    expect(new Set(amounts).size).toBeGreaterThan(390);
    expect(jitterMs(china('2026-01-01T01:30'), settings, '/srv/nianbao')).toBe(amounts[0]);
    expect(jitterMs(china('2026-01-01T01:30'), settings, '/srv/other')).not.toBe(amounts[0]);
    const facts = { nowMs: china('2026-01-11T02:00'), lastRunMs: 0, sinceMs: 0, quietUntil: () => null };
    expect(planNight(settings, facts, 's')?.startMs).toBe(china('2026-01-11T01:30') + jitterMs(china('2026-01-11T01:30'), settings, 's'));
  });
});
