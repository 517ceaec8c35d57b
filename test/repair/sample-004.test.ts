/** Sample 004 against what was read off it: its list of annotated characters and its one-to-one map of scripts. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { repairText } from '../../src/repair/repair.js';

const SAMPLE = '../shared/samples/004.txt';
const ENCODING = '../shared/data/encoding';
const isThere = existsSync(SAMPLE) && existsSync(ENCODING);

function pairsOf(name: string): readonly (readonly [string, string])[] {
  return JSON.parse(readFileSync(`${ENCODING}/${name}.json`, 'utf8')) as readonly (readonly [string, string])[];
}

describe.skipIf(!isThere)('sample 004 (skipped without ../shared)', () => {
  const damaged = isThere ? readFileSync(SAMPLE, 'utf8') : '';
  const listed = isThere ? pairsOf('pinyin-inserted') : [];
  const toTraditional = new Map(isThere ? pairsOf('simplified-to-traditional-004') : []);
  const insertion = new RegExp(`(${listed.map(([character, syllable]) => `${character}\\(${syllable}\\)`).join('|')})`, 'gu');
  const { text, repairs } = isThere ? repairText(damaged) : { text: '', repairs: [] };

  it('loses all its 444 insertions', () => {
    expect(damaged.match(insertion)).toHaveLength(444);
    expect(/[\u4e00-\u9fff]\([^()]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][^()]*\)/u.test(text)).toBe(false);
  });

  it('keeps every other bracket', () => {
    const sound = repairs.filter(({ step }) => !step.includes('byte-shift'));
    for (const { before, after } of sound) expect(before.replace(/\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)/gu, '').replace(/[^()]/gu, '')).toBe(after.replace(/[^()]/gu, ''));
  });

  it('goes back exactly when its map is applied again', () => {
    for (const { before, after } of repairs.filter(({ step }) => !step.includes('byte-shift'))) {
      const again = Array.from(after, (character) => toTraditional.get(character) ?? character).join('');
      expect(again).toBe(before.replace(/\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)/gu, ''));
    }
  });

  it('numbers its sections in order', () => {
    const digits = '一二三四五六七八九';
    const numbers = [...text.matchAll(/^\(([一二三四五六七八九]?十?[一二三四五六七八九]?)\)/gmu)].map(([, numeral = '']) => {
      const [tens = '', ones = ''] = numeral.includes('十') ? numeral.split('十') : ['0', numeral];
      return (tens === '0' ? 0 : tens === '' ? 10 : 10 * (digits.indexOf(tens) + 1)) + digits.indexOf(ones === '' ? ' ' : ones) + 1;
    });
    expect(numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))).toBe(true);
    expect(numbers.length).toBeGreaterThanOrEqual(21);
  });
});
