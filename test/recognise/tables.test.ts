import { describe, expect, it } from 'vitest';
import { readValue } from '../../src/recognise/tables/value.js';
import { annexRows, annexTitle } from '../farm/annex.js';
import { read, score } from './forms/judge.js';
import { SHAPES } from './forms/shapes.js';

describe('statutory tables in the shapes of real pages', () => {
  // The same with a thousand forms a shape is in tables.long.test.ts.
  it.each(SHAPES.map((shape) => [shape.name, shape] as const))('%s', (_, shape) => {
    const result = score(shape, 4);
    expect(result).toMatchObject({ right: result.expected, wrong: 0, missing: 0, silent: 0, falseAlarms: 0, first: null });
  });
});

describe('what stands in a cell', () => {
  it.each([
    ['19', 19, 'value'], ['１９', 19, 'value'], ['335,873', 335_873, 'value'], [' 0 ', 0, 'value'], ['12件', 12, 'value'], ['3.5万元', 3.5, 'value'], ['+3', 3, 'value'], ['-2', -2, 'value'], ['增3', 3, 'value'], ['减少2项', -2, 'value'], ['不变', 0, 'value'],
    ['', null, 'blank'], ['\u00a0', null, 'blank'], ['/', null, 'not-applicable'], ['——', null, 'not-applicable'], ['-', null, 'not-applicable'], ['无', null, 'not-applicable'],
    ['见附件', null, 'non-numeric'], ['约3', null, 'non-numeric'], ['1,23', null, 'non-numeric'], ['3/4', null, 'non-numeric'],
  ] as const)('%j', (raw, value, state) => { expect(readValue(raw)).toEqual({ value, state }); });
});

const form = (body: string): string => `<html><head><title>云泽市公安局2021年政府信息公开工作年度报告</title></head><body><div id="zoom">${body}</div></body></html>`;
const HEADINGS = ['<p>二、主动公开政府信息情况</p>', '<p>三、收到和处理政府信息公开申请情况</p>', '<p>四、政府信息公开行政复议、行政诉讼情况</p>'];

describe('a table that is not there', () => {
  const codes = (body: string): string[] => read(form(body)).notices.map(({ code, message }) => `${code} ${message.split(':')[0]}`);

  it('is absent under its heading', () => { expect(codes(HEADINGS.join(''))).toEqual(['table-absent proactive', 'table-absent requests', 'table-absent reviewLitigation']); });
  it('is an image', () => { expect(codes(HEADINGS.map((heading, index) => `${heading}<p><img src="W02022011${index}.jpg"></p>`).join(''))).toEqual(['table-as-image proactive', 'table-as-image requests', 'table-as-image reviewLitigation']); });
  it('is a table that says something else', () => { expect(codes(HEADINGS.map((heading) => `${heading}<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>`).join(''))).toEqual(['table-unparsed proactive', 'table-unparsed requests', 'table-unparsed reviewLitigation']); });
  it('is not expected of a report in free form', () => { expect(codes('<p>一、概述</p><p>二、主动公开政府信息情况</p><p>全年公开信息三百条。</p>')).toEqual([]); });
});

describe('the annex of 2014 to 2018', () => {
  const figures = { published: 312, website: 280, weibo: 10, wechat: 12, other: 10, received: 5, counter: 2, letter: 1, online: 2, granted: 3, partly: 1, refused: 1, notHeld: 0, notOurs: 0, reviews: 1, suits: 0 } as never;
  const rows = annexRows(figures);
  const expected = rows.slice(1).filter((row) => row[1]?.text !== '——').length;
  const title = '云泽市公安局2016年政府信息公开工作年度报告\n';

  it.each([
    ['a table', form(`<p>${annexTitle(2016)}</p><table>${rows.map((row) => `<tr>${row.map(({ text }) => `<td>${text}</td>`).join('')}</tr>`).join('')}</table>`), true],
    ['tab-separated text', `${title}${annexTitle(2016)}\n${rows.map((row) => row.map(({ text }) => text).join('\t')).join('\n')}`, false],
    ['flattened text', `${title}${annexTitle(2016)}\n${rows.map((row) => row.map(({ text }) => `${text} |`).join('\n')).join('\n')}`, false],
    ['a line a row', `${title}${annexTitle(2016)}\n${rows.map((row) => row.map(({ text }) => text).join(' ')).join('\n')}`, false],
  ])('from %s', (_, source, isMarkup) => {
    const { cells, checks, formatEra } = read(source, isMarkup);
    const value = (order: number): number | null | undefined => cells.find(({ row }) => row === String(order))?.value;
    expect(formatEra).toBe('2014');
    expect(cells.every(({ table, column }) => table === 'annex' && column === 'count')).toBe(true);
    expect(cells).toHaveLength(expected);
    // 被依法纠错数 stands under reviews and again under suits.
    expect([value(2), value(22), value(45), value(46), value(47), value(49), value(51), value(65)]).toEqual([312, 5, 1, 1, 0, 0, 0, 86]);
    expect(checks.filter(({ state }) => state === 'fail')).toEqual([]);
  });
});
