/** The parts that pages are made of: templates, words, hosts, repairs in their place, clusters, shades. */
import { describe, expect, it } from 'vitest';
import { cellsOfRule, statutoryCells, statutoryForms } from '../../src/commands/statutory-forms.js';
import { isOwnHost } from '../../src/serve/host-guard.js';
import { html, outward, told, visible } from '../../src/markup.js';
import { OUTLINES } from '../../src/serve/provinces.js';
import { placeRepairs } from '../../src/serve/repaired-text.js';
import { percent, shadeOf, sharesOf } from '../../src/serve/shares.js';
import { preferredLanguage } from '../../src/serve/words.js';
import { clustersOf } from '../../src/store/clusters.js';
import { applyRepairs } from '../../src/store/verify.js';
import type { Repair } from '../../src/record.js';

describe('a template', () => {
  it('escapes whatever is no markup', () => {
    expect(html`<a title="${'"><script>x</script>&\''}">${'<b>'}</a>`.text).toBe('<a title="&quot;&gt;&lt;script&gt;x&lt;/script&gt;&amp;&#39;">&lt;b&gt;</a>');
    expect(html`${[html`<i>`, '<i>', 1, null, undefined, false, ['&']]}`.text).toBe('<i>&lt;i&gt;1&amp;');
    expect(html`<p>${{ toString: () => '<b>' } as unknown as string}</p>`.text).not.toContain('<b>');
  });

  it('shows what cannot be seen', () => {
    expect(visible('a\u202eb\u200bc\u0000d\ud800e\tf\ng')).toBe('a⟦U+202E⟧b⟦U+200B⟧c⟦U+0000⟧d\ufffde\tf\ng');
    expect(visible('𠮷年报')).toBe('𠮷年报');
  });

  it('links only to what a browser may follow', () => {
    expect(outward('javascript:alert(1)').text).not.toContain('href');
    expect(outward('file:///etc/passwd').text).not.toContain('href');
    expect(outward('http://a.gov.cn/"x').text).toContain('href="http://a.gov.cn/&quot;x"');
    expect(told('')).toBeNull();
  });
});

describe('the host', () => {
  it.each([['127.0.0.1:8008', true], ['localhost', true], ['[::1]', true], ['10.0.0.7:80', true], ['mine.example', true], ['evil.example', false], ['localhost.evil.example', false], ['127.0.0.1:x', false], [undefined, false], ['a b', false]] as const)('%s: %s', (host, own) => {
    expect(isOwnHost(host, ['mine.example'])).toBe(own);
  });
});

describe('the language', () => {
  it.each([[undefined, 'zh'], ['en-US,en;q=0.9', 'en'], ['zh-TW', 'zh'], ['de,fr', 'zh'], ['zh;q=0.1, en;q=0.2', 'en'], ['en;q=0', 'zh'], ['de, en;q=0.3', 'en']] as const)('%s: %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});

describe('repairs', () => {
  const repair = (start: number, before: string, after: string): Repair => ({ step: 's', start, end: start + before.length, before, after, method: 'recovered', confidence: 1 });

  it('stand where their words came to stand', () => {
    const decoded = '長(cháng)沙市公安侷年報';
    const repairs = [repair(10, '侷', '局'), repair(0, '長(cháng)', '长'), repair(0, '', '〔'), repair(12, '報', '')].map((made) => ({ ...made, start: decoded.indexOf(made.before), end: decoded.indexOf(made.before) + made.before.length }));
    const text = applyRepairs(decoded, repairs);
    expect(text).toBe('〔长沙市公安局年');
    expect(placeRepairs(repairs).map(({ start, end }) => text?.slice(start, end))).toEqual(['〔', '长', '局', '']);
  });
});

describe('clusters', () => {
  it('hold everything that is linked, however far', () => {
    const pair = (reportId: string, otherReportId: string) => ({ reportId, otherReportId, kind: 'near' as const, similarity: 0.9 });
    const chain = Array.from({ length: 2000 }, (_, index) => pair(`n${String(index).padStart(5, '0')}`, `n${String(index + 1).padStart(5, '0')}`));
    const clusters = clustersOf([pair('x', 'y'), ...chain, pair('a', 'b'), pair('b', 'c')]);
    expect(clusters.map(({ reportIds, pairs }) => [reportIds.length, pairs.length])).toEqual([[2001, 2000], [3, 2], [2, 1]]);
    expect(clustersOf([])).toEqual([]);
  });
});

describe('shares', () => {
  it('count what is due, and what is not due only where it is there', () => {
    const row = (year: number, state: 'held' | 'not-due' | 'not-found', rows: number, held: number) => ({ prefix: '43', year, state, rows, held });
    expect(sharesOf([row(2020, 'held', 3, 3), row(2020, 'not-found', 1, 0), row(2026, 'not-due', 4, 1)])).toEqual([
      { prefix: '43', due: 5, held: 4, years: [{ year: 2020, due: 4, held: 3 }, { year: 2026, due: 1, held: 1 }] }]);
  });

  it('round down, so that all is all', () => {
    expect([percent({ due: 1000, held: 999 }), percent({ due: 3, held: 3 }), percent({ due: 0, held: 0 })]).toEqual(['99 %', '100 %', '–']);
    expect([[0, 9], [1, 9], [3, 4], [96, 100]].map(([held = 0, due = 0]) => shadeOf({ held, due }))).toEqual([0, 1, 4, 5]);
  });
});

describe('the map', () => {
  it('has an outline for every province of the mainland, once, with its name inside the picture', () => {
    const mainland = '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65'.split(' ');
    expect(OUTLINES.map(({ prefix }) => prefix)).toEqual([...mainland, '81', '82']);
    for (const { prefix, label } of OUTLINES) if (mainland.includes(prefix)) expect([prefix, (label?.[0] ?? -1) > 0 && (label?.[0] ?? 999) < 774, (label?.[1] ?? -1) > 0 && (label?.[1] ?? 999) < 569]).toEqual([prefix, true, true]);
  });
});

describe('the forms', () => {
  it('name every cell once, and rules only speak of cells there are', () => {
    const keys = statutoryCells().map(({ table, row, column }) => `${table}/${row}/${column}`);
    expect(new Set(keys).size).toBe(keys.length);
    const rules = ['T2-2019-TOTAL.art20_1.rule', 'T3-COL-IDENTITY.natural', 'T3-COL-RESULT-SUM.total', 'T3-ROW-SUM.r.denied.process', 'T3-NARRATIVE', 'T4-SUM.review', 'T4-NARRATIVE.review', 'T4-NARRATIVE.suit', 'S-REQ', 'S-STAFF'];
    for (const rule of rules) expect([rule, cellsOfRule(rule).length > 0, cellsOfRule(rule).filter(({ table, row, column }) => !keys.includes(`${table}/${row}/${column}`))]).toEqual([rule, true, []]);
    expect(cellsOfRule('T2-NONNEG')).toEqual([]);
    expect(statutoryForms().map(({ table }) => table)).toEqual(['proactive', 'requests', 'reviewLitigation', 'annex']);
  });
});
