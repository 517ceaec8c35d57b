/** A year of nights in a few minutes: the ledger at its end is the farm's own truth, the alarms are those that were planted, and quiet nights cost next to nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harvestCommand } from '../../src/commands/harvest.js';
import { calendar, dayOf, PLANTED, STORIES } from '../farm/year/calendar.js';
import { openNights } from './nights.js';
import type { Nights } from './nights.js';

const DAY_MS = 24 * 3_600_000;
/** Half past one in the morning of the first of January, in China. */
const FIRST_NIGHT = Date.parse('2026-01-01T01:30:00+08:00');
/** `NIGHTS=100 npm run test:long` ends sooner. */
const NIGHTS = Number(process.env['NIGHTS'] ?? 365);
/** Nights on which everything is asked for. */
const SWEEPS = ['2026-02-16', '2026-04-01'];

interface Night { readonly day: string; readonly bytes: number; readonly changes: number }

let nights: Nights;
let nowMs = FIRST_NIGHT;
const told: Night[] = [];

beforeAll(async () => {
  nights = await openNights({ calendar, clock: () => new Date(nowMs) });
  for (let night = 0; night < NIGHTS; night += 1) {
    nowMs = FIRST_NIGHT + night * DAY_MS;
    nights.farm.turnPage();
    const from = nights.farm.log.length;
    const shift = nowMs - Date.now();
    nights.said();
    const context = nights.context({ revisit: { firstHours: 20 }, politeness: { delaySeconds: 0 }, retry: { firstSeconds: 0.01, maxSeconds: 0.02 }, limits: { retries: 1 } });
    await harvestCommand({ ...context, json: true, now: () => Date.now() + shift }, { places: [] });
    const { counts } = JSON.parse(nights.said().out) as { counts: { new: number; changed: number; gone: number } };
    told.push({ day: dayOf(new Date(nowMs)), bytes: nights.farm.log.slice(from).reduce((sum, { bodyBytes }) => sum + bodyBytes, 0), changes: counts.new + counts.changed + counts.gone });
  }
}, 1_700_000);

afterAll(() => nights.close());

const lastDay = (): string => dayOf(new Date(nowMs));

describe(`${NIGHTS} nights`, () => {
  it('end with the ledger that the farm would write', () => {
    const rows = nights.rows<{ agency: string; year: number; state: string }>('SELECT agency, year, state FROM v_ledger WHERE year >= 2015');
    const stateOf = new Map(rows.map(({ agency, year, state }) => [`${agency} ${year}`, state]));
    const wrong = STORIES.flatMap(({ agency, publishes, turn }) => Array.from({ length: 12 }, (_, index) => 2015 + index).flatMap((year) => {
      const isOver = turn !== undefined && turn.from <= lastDay();
      const withdrawn = turn?.what === 'withdrawn' && isOver && turn.year === year;
      const published = year < 2016 || year > 2025 ? false : year < 2025 || (publishes !== null && publishes <= lastDay());
      const away = turn?.what === 'silent' && isOver && (turn.to === undefined || lastDay() < turn.to);
      const missing = away ? 'not-searched' : 'not-found';
      const dueOn = `${year + 1}-${year >= 2019 ? '01-31' : '03-31'}`;
      const late = year === 2025 && publishes !== null && publishes > dueOn;
      const expected = withdrawn ? 'removed' : published ? (late ? 'held-late' : 'held') : dueOn >= lastDay() ? 'not-due' : missing;
      const found = stateOf.get(`${agency} ${year}`);
      return found === expected ? [] : [`${agency} ${year}: ${String(found)}, not ${expected}`];
    }));
    expect(wrong).toEqual([]);
  });

  it('raise the alarms that were planted, on their days, and no other', () => {
    const rows = nights.rows<{ agency: string; kind: string; raised_at: string; ended_at: string | null }>('SELECT agency, kind, raised_at, ended_at FROM v_alarm ORDER BY alarm_id');
    const raised = rows.map(({ agency, kind, raised_at, ended_at }) => ({ agency, kind, day: dayOf(new Date(raised_at)), ended: ended_at === null ? null : dayOf(new Date(ended_at)) }));
    const due = PLANTED.filter(({ raisedTo }) => raisedTo <= lastDay());
    expect(raised.map(({ agency, kind }) => `${agency} ${kind}`).sort()).toEqual(due.map(({ agency, kind }) => `${agency} ${kind}`).sort());
    const wrong = due.flatMap((planted) => {
      const alarm = raised.find(({ agency, kind }) => agency === planted.agency && kind === planted.kind);
      if (!alarm) return [`${planted.agency} ${planted.kind}: not raised`];
      const nextDay = new Date(Date.parse(`${alarm.day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
      const ended = planted.endedOn === 'the next night' ? nextDay : planted.endedOn;
      const inTime = alarm.day >= planted.raisedFrom && alarm.day <= planted.raisedTo;
      return inTime && (alarm.ended === ended || (ended !== null && ended > lastDay())) ? [] : [`${planted.agency} ${planted.kind}: ${alarm.day} to ${String(alarm.ended)}, not ${planted.raisedFrom} to ${String(ended)}`];
    });
    expect(wrong).toEqual([]);
  });

  it('transfer on quiet nights less than a fiftieth of the first', () => {
    const [first, ...rest] = told;
    const quiet = rest.filter(({ day, changes }) => changes === 0 && !SWEEPS.includes(day));
    const most = quiet.reduce((worst, night) => (night.bytes > worst.bytes ? night : worst));
    const share = (bytes: number): string => `${((100 * bytes) / (first?.bytes ?? 1)).toFixed(2)} %`;
    const median = [...quiet].sort((a, b) => a.bytes - b.bytes)[quiet.length >> 1]?.bytes ?? 0;
    console.log(`first night ${first?.bytes} bytes; ${quiet.length} quiet nights: median ${share(median)}, most ${share(most.bytes)} (${most.day})`);
    expect(quiet.length).toBeGreaterThan(rest.length / 2);
    expect(most.bytes).toBeLessThan((first?.bytes ?? 0) / 50);
  });

  it('leave an archive that is as it was written', () => {
    expect(nights.rows<{ check: string }>('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });
});
