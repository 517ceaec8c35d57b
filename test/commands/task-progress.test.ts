/** How far a long task has come: nothing for what is soon over, a line now and then in a pipe, and no estimate that is a guess. */
import { describe, expect, it } from 'vitest';
import { taskProgress } from '../../src/commands/task-progress.js';
import { estimateMs, timeLeft } from '../../src/harvest/estimate.js';
import { createLog } from '../../src/log.js';

/** The lines of a task of `total` pieces, each of which takes `eachMs`. */
function linesOf(total: number, eachMs: number, json = false): string[] {
  let said = '';
  let clock = 5_000;
  const progress = taskProgress({ json, log: createLog('normal', (text) => { said += text; }), terminal: { progress: false, table: false, columns: 80 } }, 'versions', () => clock);
  for (let done = 1; done <= total; done += 1) {
    clock += eachMs;
    progress.step(done, total);
  }
  progress.end();
  return said.split('\n').filter((line) => line !== '');
}

describe('in a pipe', () => {
  it('says nothing of what is over within two seconds', () => {
    expect(linesOf(100, 19)).toEqual([]);
  });

  it('says how far it is, and how long it will take, at growing intervals', () => {
    expect(linesOf(1000, 100)).toEqual([
      '20 of 1000 versions (2 %), about 2 min left', '100 of 1000 versions (10 %), about 2 min left', '300 of 1000 versions (30 %), about 70 s left', '900 of 1000 versions (90 %), about 10 s left',
    ]);
  });

  it('says nothing to a program that asked for JSON', () => {
    expect(linesOf(1000, 100, true)).toEqual([]);
  });

  it('says once a minute, of a task of hours, where it stands', () => {
    expect(linesOf(7200, 1000).length).toBeGreaterThan(115);
    expect(linesOf(7200, 1000).length).toBeLessThan(125);
  });
});

describe('the estimate', () => {
  it.each([
    [1_999, 50, 100, null], [10_000, 0, 100, null], [10_000, 1, 100, null], [10_000, 50, 100, 10_000], [60_000, 2, 100, 2_940_000], [10_000, 100, 100, 0], [10_000, 101, 100, 0], [10_000, 0, 0, null],
  ])('after %i ms with %i of %i', (elapsedMs, done, total, expected) => {
    expect(estimateMs(elapsedMs, done, total)).toBe(expected);
  });

  it.each([[4_000, 50, 100, 'about 4 s left'], [600_000, 50, 100, 'about 10 min left'], [7_200_000, 50, 100, 'about 2.0 h left'], [3_000, 1, 100, 'time left not known yet']])('%i ms, %i of %i: %s', (elapsedMs, done, total, words) => {
    expect(timeLeft(elapsedMs, done, total)).toBe(words);
  });
});
