/** When a page, a host, a failure is due again. */
import { describe, expect, it } from 'vitest';
import { pauseMs, restMs } from '../../src/frontier/politeness.js';
import { quietUntilMs } from '../../src/frontier/quiet-hours.js';
import { retryAfterMs, retryAt } from '../../src/frontier/retry.js';
import { nextVisitMs } from '../../src/frontier/revisit.js';

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
  it('looks at lists in every harvest and at reports ever more rarely', () => {
    expect(nextVisitMs('column', { nowMs: NOW, unchanged: 9 }, settings)).toBe(NOW);
    expect(nextVisitMs('article', { nowMs: NOW, unchanged: 0 }, settings)).toBe(NOW + 20 * HOUR);
    expect(nextVisitMs('article', { nowMs: NOW, unchanged: 2 }, settings)).toBe(NOW + 80 * HOUR);
    expect(nextVisitMs('article', { nowMs: NOW, unchanged: 60 }, settings)).toBe(NOW + 180 * 24 * HOUR);
    expect(nextVisitMs('article', { nowMs: NOW, unchanged: 60 }, { ...settings, firstHours: 0 })).toBe(NOW);
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
