/** Characters as tables: widths, numerals, scripts, bytes. */
import { describe, expect, it } from 'vitest';
import { isTraditional, toSimplified, traditionalShare } from '../../src/han/conversion.js';
import { foldForMatching, foldLabel, foldWidth } from '../../src/han/fold.js';
import { gbBytesOf, isPrivateGbPair } from '../../src/han/gb-bytes.js';
import { parseHanNumber, parseYear } from '../../src/han/numerals.js';
import { wordList } from '../../src/han/word-list.js';

describe('folding', () => {
  it.each([['２０１６年（１）　Ａ', '2016年(1) A'], ['《条例》、“引号”。', '《条例》、“引号”。'], ['①㎡', '①㎡']])('of width: %s', (text, folded) => expect(foldWidth(text)).toBe(folded));
  it.each([['政 府\u3000信息', '政府信息'], ['２０１６年', '2016年'], ['公開', '公开']])('for matching: %s', (text, folded) => expect(foldForMatching(text)).toBe(folded));
  it.each([['商业\n企业', '商业企业'], ['"三公",经费：', '“三公”、经费'], ['(一)予以公开', '（一）予以公开']])('of labels: %s', (label, folded) => expect(foldLabel(label)).toBe(folded));
});

describe('numerals', () => {
  it.each([['二〇一六', 2016], ['十二', 12], ['二百三', 203], ['三百二十', 320], ['两千零五', 2005], ['一万二千', 12_000], ['〇', 0], ['', null], ['公安', null]] as const)('%s', (text, value) => expect(parseHanNumber(text)).toBe(value));
  it.each([['2016', 2016], ['２０１６', 2016], ['二〇一六', 2016], ['二零一六', 2016], ['二○一六', 2016], ['1066', null], ['十六', null], ['20166', null]] as const)('year %s', (text, year) => expect(parseYear(text)).toBe(year));
});

describe('scripts', () => {
  it('leaves Simplified text as it is', () => {
    const text = '公安机关文件程序建立执行于范后系干采并布里面台著';
    expect(toSimplified(text)).toBe(text);
    expect(traditionalShare(text)).toBe(0);
  });
  it('tells how much is Traditional', () => {
    expect(traditionalShare('公安機關')).toBe(0.5);
    expect(isTraditional('機')).toBe(true);
    expect(isTraditional('后')).toBe(false);
  });
});

describe('bytes', () => {
  it('writes GBK and refuses what it has not', () => {
    expect(Buffer.from(gbBytesOf('公安a€') ?? []).toString('hex')).toBe('b9abb0b26180');
    expect(gbBytesOf('한')).toBeNull();
  });
  it('knows the 2,149 pairs that CP936 reads as private use', () => {
    let count = 0;
    for (let lead = 0x81; lead <= 0xfe; lead += 1) for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f && isPrivateGbPair(lead, trail)) count += 1;
    expect(count).toBe(2149);
  });
});

describe('the dictionary', () => {
  it('is sorted, has no word twice, and its shares are shares', () => {
    const { words, shares } = wordList();
    expect(words.length).toBeGreaterThan(300_000);
    expect(words.every((word, index) => index === 0 || (words[index - 1] as string) < word)).toBe(true);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
  });
});
