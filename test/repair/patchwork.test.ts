/** The account of repairs: whatever is done in whatever order, applying it to the decoded text gives exactly the text. */
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/repair/patchwork.js';
import { Patchwork } from '../../src/repair/patchwork.js';

function replay(decoded: string, patchwork: Patchwork): string {
  return [...patchwork.repairs].reverse().reduce((text, { start, end, before, after }) => {
    expect(text.slice(start, end)).toBe(before);
    return text.slice(0, start) + after + text.slice(end);
  }, decoded);
}

function change(start: number, end: number, after: string): Change {
  return { start, end, after, method: 'recovered', confidence: 1 };
}

describe('Patchwork', () => {
  it('names a stretch after all steps that changed it', () => {
    const patchwork = new Patchwork('甲乙丙丁');
    patchwork.apply('one', [change(1, 3, 'xy')]);
    patchwork.apply('two', [change(2, 4, 'z')]);
    expect(patchwork.text).toBe('甲xz');
    expect(patchwork.repairs).toMatchObject([{ step: 'one+two', start: 1, end: 4, before: '乙丙丁', after: 'xz' }]);
  });

  it('inserts at both ends', () => {
    const patchwork = new Patchwork('中');
    patchwork.apply('one', [change(0, 0, '前'), change(1, 1, '后')]);
    expect(patchwork.text).toBe('前中后');
    expect(replay('中', patchwork)).toBe('前中后');
  });

  it('replays 2,000 random histories of four steps', () => {
    let state = 7;
    const next = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
      return state % below;
    };
    for (let round = 0; round < 2_000; round += 1) {
      const decoded = Array.from({ length: next(20) }, () => String.fromCharCode(0x4e00 + next(50))).join('');
      const patchwork = new Patchwork(decoded);
      let text = decoded;
      for (let step = 0; step < 4; step += 1) {
        const changes: Change[] = [];
        for (let at = next(4); changes.length < 4;) {
          const end = at + next(4);
          if (end > text.length) break;
          changes.push(change(at, end, 'X'.repeat(next(3))));
          at = end + (at === end ? 1 : 0) + next(4);
        }
        for (const { start, end, after } of [...changes].reverse()) text = text.slice(0, start) + after + text.slice(end);
        patchwork.apply(`step-${step}`, changes);
        expect(patchwork.text).toBe(text);
      }
      expect(replay(decoded, patchwork)).toBe(text);
    }
  });
});
