/** What the repairs cannot do, so that nobody claims it; and that hostile texts cost seconds, not minutes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { repairText } from '../../src/repair/repair.js';

interface KnownFailure {
  readonly label: string;
  readonly original: string;
  readonly damaged: string;
  readonly why: string;
}

const KNOWN_FAILURES = JSON.parse(readFileSync('test/cases/known-failures.json', 'utf8')) as readonly KnownFailure[];

describe('known failures', () => {
  it.each(KNOWN_FAILURES)('$label: $why', ({ original, damaged }) => {
    expect(repairText(damaged).text).not.toBe(original);
  });
});

describe('agencies named after a gambling site', () => {
  it.each(['本报告由中国体彩网,体彩网公安局编制。', '博彩平台市公安局信息公开'])('are noticed and left: %s', (text) => {
    expect(repairText(text)).toMatchObject({ text, notices: [{ code: 'repair-substituted-names' }] });
  });

  it.each(['打击网络博彩，公安局开展行动', '金沙县公安局', '查处棋牌室三家。公安局公布结果'])('are not seen where police write of gambling: %s', (text) => {
    expect(repairText(text).notices).toEqual([]);
  });
});

const HOSTILE: Readonly<Record<string, string>> = {
  'pinyin without end': '國(guó)'.repeat(20_000),
  'open brackets': '('.repeat(100_000),
  'signs of HZ': '~{'.repeat(50_000),
  'an HZ run without end': `~{${'9+'.repeat(50_000)}`,
  ampersands: '&'.repeat(100_000),
  'escaped ampersands': '&amp;'.repeat(20_000),
  'percent signs': '%E5'.repeat(30_000),
  'script escapes': '\\u516c'.repeat(20_000),
  'mojibake in one line': '鍏畨灞€'.repeat(10_000),
  'euro signs': `${'€'.repeat(50_000)}鍏`,
  'lost characters': `鍏${'\ufffd'.repeat(50_000)}`,
  'accented letters': 'é'.repeat(100_000),
  'unfinished document numbers': '〔2021'.repeat(20_000),
  digits: '20141'.repeat(20_000),
  'zero-width spaces': '\u200b公'.repeat(30_000),
  'question marks': '?。'.repeat(20_000),
};

describe('hostile texts', () => {
  it.each(Object.entries(HOSTILE))('%s', (_name, text) => {
    const started = performance.now();
    repairText(text);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('of nothing but shifted bytes are given up', () => {
    const started = process.cpuUsage();
    const { notices } = repairText('?。ǘ┘哟蠊矙C'.repeat(2000));
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(15);
    expect(notices.some(({ code }) => code === 'byte-shift-many')).toBe(true);
  });
});
