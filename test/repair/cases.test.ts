/** Cases as data: every named repair on the damage it was written for, and the vectors of the study. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { damageSummary } from '../../src/repair/damage.js';
import { repairText } from '../../src/repair/repair.js';

interface Case {
  readonly label: string;
  readonly original: string;
  readonly damaged: string;
  readonly steps: readonly string[];
}

const CASES = JSON.parse(readFileSync('test/cases/repairs.json', 'utf8')) as readonly Case[];

describe('named repairs', () => {
  it.each(CASES)('$label', ({ damaged, original, steps }) => {
    const { text, repairs } = repairText(damaged);
    expect(text).toBe(original);
    expect(damageSummary(repairs).kinds).toEqual([...steps].sort());
    expect([...repairs].reverse().reduce((now, { start, end, after }) => now.slice(0, start) + after + now.slice(end), damaged)).toBe(text);
  });

  it.each(CASES)('leaves what it restored: $label', ({ original }) => {
    expect(repairText(original)).toMatchObject({ text: original, repairs: [] });
  });

  it('marks as inferred what no byte vouches for', () => {
    expect(repairText('函〔202130号').repairs).toMatchObject([{ step: 'document-number', method: 'inferred' }]);
    expect(repairText('&#20844;安').repairs).toMatchObject([{ method: 'recovered', confidence: 1 }]);
  });

  it('does for a title what it decided for the document', () => {
    const document = '本局開展警務公開活動，公安機關政府信息公開指南已更新，派出所設立公開欄，接受群眾監督，人民政府網站同步發佈。';
    expect(repairText(document).mend('信息公開報告')).toBe('信息公开报告');
    expect(repairText('本局更新信息公开指南。').mend('信息公開報告')).toBe('信息公開報告');
  });

  it('says what is gone for good', () => {
    expect(repairText('锟斤拷锟斤拷公安').notices).toMatchObject([{ code: 'text-lost' }]);
    expect(repairText('公安????局').notices).toMatchObject([{ code: 'text-lost' }]);
    expect(repairText('公安\ue123局')).toMatchObject({ repairs: [], notices: [{ code: 'text-lost' }] });
  });

  it('names the words of a Taiwan converter and leaves them', () => {
    const { text, notices } = repairText('清河市公安局政府信息公開工作年度報告：通過網路和入口網站發佈警務資訊，保障人民民眾知情權，公安機關設立視窗服務。');
    expect(text).toContain('网路和入口网站');
    expect(notices).toMatchObject([{ code: 'taiwan-words' }]);
  });
});

const VECTORS = '../shared/data/encoding/damage-vectors.json';

interface Vector {
  readonly kind: string;
  readonly input?: string;
  readonly expected?: string | null;
}

/** Not for repair: widths and middle dots are folded for matching only; shifted bytes without their document stay open. */
const ELSEWHERE = /^(?:fullwidth-alnum|middle-dot|pinyin-misinserted|byte-shift)/u;

describe.skipIf(!existsSync(VECTORS))('the vectors of the study (skipped without ../shared)', () => {
  const vectors = existsSync(VECTORS) ? JSON.parse(readFileSync(VECTORS, 'utf8')) as readonly Vector[] : [{ kind: 'every vector', input: '', expected: '' }];

  it.each(vectors.filter(({ kind, input, expected }) => input !== undefined && expected !== undefined && !ELSEWHERE.test(kind)))('$kind', ({ input = '', expected }) => {
    expect(repairText(input).text.trim()).toBe((expected ?? input).trim());
  });
});

const CONVERSIONS = '../shared/data/encoding/opencc/testcases.json';

describe.skipIf(!existsSync(CONVERSIONS))('OpenCC\'s own cases of t2s (skipped without ../shared)', () => {
  it('come out as there, but for three rare characters', async () => {
    const { toSimplified } = await import('../../src/han/conversion.js');
    const { cases } = JSON.parse(readFileSync(CONVERSIONS, 'utf8').replace(/,(?=\s*[\]}])/gu, '')) as { cases: readonly { input: string; expected: Readonly<Record<string, string>> }[] };
    const t2s = cases.filter(({ expected }) => expected['t2s'] !== undefined);
    expect(t2s).toHaveLength(55);
    expect(t2s.filter(({ input, expected }) => toSimplified(input) !== expected['t2s']).length).toBeLessThanOrEqual(3);
  });
});
