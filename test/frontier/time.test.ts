/** When a page, a host, a failure is due again. */
import { describe, expect, it } from 'vitest';
import { pauseMs, restMs } from '../../src/frontier/politeness.js';
import { quietUntilMs } from '../../src/frontier/quiet-hours.js';
import { retryAfterMs, retryAt } from '../../src/frontier/retry.js';
import { lastSweepMs, nextVisitMs } from '../../src/frontier/revisit.js';

const NOW = Date.parse('2026-01-10T04:30:00Z');
const HOUR = 3_600_000;

describe('pauseMs', () => {
  it.each([
    [{ delaySecs: 3, seedDelaySecs: null, crawlDelaySecs: null }, 3000],
    [{ delaySecs: 3, seedDelaySecs: 0.5, crawlDelaySecs: null }, 500],
    [{ delaySecs: 3, seedDelaySecs: 0.5, crawlDelaySecs: 10 }, 10_000],
    [{ delaySecs: 3, seedDelaySecs: null, crawlDelaySecs: 1 }, 3000],
  ])('%j', (facts, expected) => {
    expect(pauseMs(facts)).toBe(expected);
  });
});

describe('restMs', () => {
  const settings = { firstSeconds: 60, maxSeconds: 3600 };
  it.each([[0, 0], [4, 0], [5, 60_000], [6, 120_000], [30, 3_600_000]])('%i failures in a row', (failures, expected) => {
    expect(restMs(failures, settings)).toBe(expected);
  });
});

describe('retryAt', () => {
  const settings = { retries: 3, firstSeconds: 60, maxSeconds: 300 };
  it.each([
    [{ attempts: 1, retryable: true, retryAfterMs: null }, 60_000],
    [{ attempts: 3, retryable: true, retryAfterMs: null }, 240_000],
    [{ attempts: 1, retryable: true, retryAfterMs: 500_000 }, 500_000],
    [{ attempts: 1, retryable: true, retryAfterMs: 1e12 }, 24 * HOUR],
    [{ attempts: 4, retryable: true, retryAfterMs: null }, null],
    [{ attempts: 1, retryable: false, retryAfterMs: null }, null],
  ])('%j', (facts, wait) => {
    expect(retryAt({ nowMs: NOW, ...facts }, settings)).toBe(wait === null ? null : NOW + wait);
  });

  it.each([
    ['30', 30_000], [' 5 ', 5000], ['Sat, 10 Jan 2026 04:31:00 GMT', 60_000], ['Sat, 10 Jan 2026 04:00:00 GMT', 0], ['soon', null], [undefined, null],
  ])('Retry-After: %s', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });
});

describe('nextVisitMs', () => {
  const settings = { firstHours: 20, maxDays: 180 };
  const column = { kind: 'column', isFurther: false } as const;
  const report = { kind: 'article', isFurther: false } as const;
  const further = { kind: 'list', isFurther: true } as const;
  it.each([
    ['a column at every harvest', column, 9, settings, 0],
    ['the first page of a list at every harvest', { kind: 'list', isFurther: false } as const, 9, settings, 0],
    ['a report after the first interval', report, 0, settings, 20],
    ['an unchanged report ever more rarely', report, 2, settings, 80],
    ['a report at the longest interval at last', report, 60, settings, 180 * 24],
    ['a report at every harvest when so configured', report, 60, { ...settings, firstHours: 0 }, 0],
    ['a further page of a list like a report', further, 2, settings, 80],
    ['an attachment at the longest interval', { kind: 'attachment', isFurther: false } as const, 0, settings, 180 * 24],
  ])('looks at %s', (_, page, unchanged, given, hours) => {
    expect(nextVisitMs(page, { nowMs: NOW, unchanged }, given)).toBe(NOW + hours * HOUR);
  });
});

describe('lastSweepMs', () => {
  it.each([
    ['2026-02-15T15:59:59Z', ['02-16', '04-01'], '2025-04-01T00:00:00+08:00'],
    ['2026-02-15T16:00:00Z', ['02-16', '04-01'], '2026-02-16T00:00:00+08:00'],
    ['2026-12-31T15:00:00Z', ['04-01', '02-16'], '2026-04-01T00:00:00+08:00'],
    ['2025-12-31T16:00:00Z', ['01-01'], '2026-01-01T00:00:00+08:00'],
    ['2026-06-01T00:00:00Z', [], null],
  ])('%s with %j', (now, sweepDays, expected) => {
    expect(lastSweepMs(Date.parse(now), sweepDays)).toBe(expected === null ? null : Date.parse(expected));
  });
});

describe('quietUntilMs', () => {
  it.each([
    // 04:30 UTC is 12:30 in Shanghai.
    ['08:00-18:00', 'Asia/Shanghai', 5.5 * HOUR],
    ['08:00-18:00', 'UTC', null],
    ['22:00-13:00', 'Asia/Shanghai', 0.5 * HOUR],
    ['13:00-22:00', 'Asia/Shanghai', null],
    ['12:30-12:31', 'Asia/Shanghai', 60_000],
    ['12:00-12:30', 'Asia/Shanghai', null],
    [null, 'Asia/Shanghai', null],
  ])('%s in %s', (quietHours, timeZone, wait) => {
    expect(quietUntilMs(NOW, quietHours, timeZone)).toBe(wait === null ? null : NOW + wait);
  });
});
