import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PARAGRAPHS, TITLE, page } from '../clean/pages.js';
import { read } from './forms/judge.js';

describe('a report page', () => {
  const report = read(page(`<div id="zoom">${PARAGRAPHS}<p>附件：<a href="P020170209.xls">统计表</a></p></div>`), true, { finalUrl: 'http://gaj.yunze.gov.cn/xxgk/201702/t20170210_1.html' });

  it('has its facts', () => {
    expect(report).toMatchObject({ pageKind: 'annual-report', title: TITLE, year: 2016, yearFrom: 'title', publishedOn: '2017-02-10', formatEra: '2008', agency: null, legalBasis: ['《中华人民共和国政府信息公开条例》'] });
    expect(report.attachments).toEqual([{ name: '统计表', url: 'http://gaj.yunze.gov.cn/xxgk/201702/P020170209.xls' }]);
  });

  it('has sections whose offsets are places in the text', () => {
    expect(report.sections.map(({ heading }) => heading)).toEqual(['一、概述', '二、主动公开政府信息情况', '三、存在的主要问题和改进措施']);
    for (const { heading, start, end } of report.sections) expect(report.text.slice(start, end).startsWith(heading)).toBe(true);
    expect(report.sections.at(-1)?.end).toBe(report.text.length);
  });

  it('has the numbers it states, with their sentences', () => {
    expect(report.statements?.map(({ key, value, unit }) => [key, value, unit])).toEqual([['published.total', 312, '条'], ['published.website', 280, '条'], ['published.other', 32, '条']]);
    for (const { sentence, start, end } of report.statements ?? []) expect(report.text.slice(start, end)).toBe(sentence);
  });
});

describe('kinds of pages', () => {
  it('knows a list of reports by its links', () => {
    const rows = [2014, 2015, 2016].map((year) => `<li><a href="${year}.html">云泽市公安局${year}年政府信息公开工作年度报告</a></li>`).join('');
    expect(read(`<html><head><title>政府信息公开年报_云泽市公安局</title></head><body><ul>${rows}</ul></body></html>`).pageKind).toBe('list');
  });

  it('knows a long list with dates beside its links, under a heading of its own', () => {
    const rows = Array.from({ length: 16 }, (_, index) => `<li><span class="title"><a href="${index}.html">云泽市公安局${2008 + index}年政府信息公开工作年度报告</a></span><span>${2009 + index}-01-20</span></li>`).join('');
    expect(read(`<html><head><title>政府信息公开年报-云泽市公安局</title></head><body><h2>云泽市公安局政府信息公开年报</h2><ul>${rows}</ul></body></html>`).pageKind).toBe('list');
  });

  it('does not take a column whose list a script fills for a report', () => {
    expect(read('<html><head><title>云泽市公安局</title></head><body><h1>云泽市公安局政府信息公开年报</h1><div id="list"></div></body></html>').pageKind).toBe('other');
  });

  it.each([
    ['<script>document.cookie=("_")+("_jsl")+("_clearance_s=")+"1";location.href=location.pathname</script>', 521, 'blocked'],
    ['<html><head><script>$_ts=window["$_ts"];$_ts.nsd=1</script></head><body></body></html>', 412, 'blocked'],
    ['<html><body>对不起，您访问的页面不存在或已被删除！<span>5</span>秒后返回首页</body></html>', 200, 'soft-404'],
    ['<html><body><h1>警务动态</h1><p>昨日，我市举行消防演练。</p></body></html>', 200, 'other'],
  ] as const)('%s', (markup, status, kind) => { expect(read(markup, true, { status }).pageKind).toBe(kind); });

  it('does not take a good page for a wall because of its scripts', () => {
    expect(read(page(`<script>$_ts={}</script><div id="zoom">${PARAGRAPHS}</div>`)).pageKind).toBe('annual-report');
  });

  it('does not take the report of another body for ours', () => {
    expect(read(page(`<div id="zoom">${PARAGRAPHS}</div>`).replaceAll('公安局', '教育局')).pageKind).toBe('other');
  });

  it('knows a report without any title by its parts and its words', () => {
    const prose = ['按照市政务公开办的要求，云泽市公安局扎实开展2017年政务公开工作，现汇报如下。', '一、健全制度，落实政务公开责任。全年政务公开信息及时更新。', '二、突出重点，扩大政务公开范围。政务公开栏每月更新，政务公开网站每日更新。', '三、政务公开存在的问题。一是个别单位对政务公开不够重视。'];
    const report = read(prose.join('\n'), false);
    expect(report).toMatchObject({ pageKind: 'annual-report', title: null, year: 2017, yearFrom: 'text' });
  });

  it('does not take a notice for a report', () => {
    const notice = ['关于印发《云泽市公安局2017年政务公开工作安排》的通知', '各分局、机关各部门：', '现印发给你们，请认真贯彻执行。', '一、突出政务公开重点', '二、完善政务公开制度', '三、加强政务公开监督'];
    expect(read(notice.join('\n'), false).pageKind).toBe('other');
  });
});

describe('year and day of publication', () => {
  const body = (period: string): string => page(`<div id="zoom"><p>${period}</p>${PARAGRAPHS}</div>`);

  it('believes the stated period before the title, and says that they disagree', () => {
    const report = read(body('本报告中所列数据的统计期限自2015年1月1日起，至2015年12月31日止。'));
    expect(report).toMatchObject({ year: 2015, yearFrom: 'period', periodStart: '2015-01-01', periodEnd: '2015-12-31' });
    expect(report.notices.map(({ code }) => code)).toContain('year-conflict');
  });

  it('takes no year from a running total', () => {
    expect(read(body('自2008年1月1日起至2016年12月31日，累计公开信息若干。')).yearFrom).toBe('title');
  });

  it('reads the meta tag, never the day the page was built', () => {
    const metas = '<meta name="Maketime" content="2019-03-22"><meta name="PubDate" content="2017-03-02 10:11">';
    expect(read(page(`<div id="zoom">${PARAGRAPHS}</div>`).replace('<head>', `<head>${metas}`)).publishedOn).toBe('2017-03-02');
  });

  it('takes no day before the year is over', () => {
    expect(read(page(`<div id="zoom">${PARAGRAPHS}</div>`).replace('2017-02-10', '2012-02-10').replace('2017年2月9日', '')).publishedOn).toBeNull();
  });

  it('reads the catalogue card', () => {
    const card = '<table><tr><td>索 引 号：</td><td>9900-2017-0001</td><td>文　　号：</td><td>无</td></tr><tr><td>发布机构：</td><td>市公安局</td><td>生成日期：</td><td>2017-02-10</td></tr></table>';
    expect(read(page(`${card}<div id="zoom">${PARAGRAPHS}</div>`)).metadata).toEqual({ indexNumber: '9900-2017-0001', publisher: '市公安局', writtenOn: '2017-02-10' });
  });
});

describe('numbers stated in words', () => {
  const CASES: readonly (readonly [sentence: string, statements: readonly (readonly [string, number])[]])[] = [
    ['全年共收到政府信息公开申请12件，均已按时答复，答复率100%。', [['requests.received', 12], ['requests.answerRate', 100]]],
    ['本年度新收政府信息公开申请１，２００件。', [['requests.received', 1200]]],
    ['2016年我局未收到公民、法人和其他组织要求公开政府信息的申请。', [['requests.received', 0]]],
    ['未收到超出一定数量或者频次范围的政府信息公开申请，没有收费事项。', [['fees.collected', 0]]],
    ['自条例施行以来累计受理政府信息公开申请300件。', []],
    ['全年未发生因政府信息公开申请行政复议、提起行政诉讼的情况。', [['reviews.received', 0], ['lawsuits.received', 0]]],
    ['因政府信息公开引发的行政复议3件，其中纠正1件，行政诉讼2件。', [['reviews.received', 3], ['reviews.revoked', 1], ['lawsuits.received', 2]]],
    ['因政府信息公开未发生被纠正的行政复议案件。', []],
    ['局长信箱收到来信300件，办结300件，办结率100%。', []],
    ['全年通过微信公众号公开信息1.2万余条，通过微博发布信息800条。', [['published.wechat', 12_000], ['published.weibo', 800]]],
    ['依申请公开政府信息未收取任何费用。', [['fees.collected', 0]]],
    ['受理依申请公开三件。', [['requests.received', 3]]],
  ];
  it.each(CASES)('%s', (sentence, statements) => {
    const report = read(`云泽市公安局2016年政府信息公开工作年度报告\n一、概述\n${sentence}`, false);
    expect(report.statements?.map(({ key, value }) => [key, value])).toEqual(statements);
  });
});

const SAMPLES = join('..', 'shared', 'samples');

describe.skipIf(!existsSync(SAMPLES))('real texts without address or seed (skipped without ../shared/samples)', () => {
  const sample = (name: string) => read(readFileSync(join(SAMPLES, `${name}.txt`), 'utf8'), false, { url: `file:${name}.txt`, finalUrl: `file:${name}.txt`, status: null, mediaType: 'text/plain' });

  it.each([
    ['000', '长沙市公安局', '430100', 2016, '2008'], ['001', '朔州市公安局', '140600', 2021, null], ['002', '莆田市公安局', '350300', 2022, '2021'], ['003', '抚顺市公安局', '210400', 2017, '2008'],
  ] as const)('%s', (name, agency, code, year, formatEra) => {
    expect(sample(name)).toMatchObject({ pageKind: 'annual-report', agency, code, year, formatEra, level: 'prefecture' });
  });

  it('004 is a notice, not a report', () => { expect(sample('004').pageKind).toBe('other'); });

  it('002: every cell, every rule', () => {
    const { cells, checks, notices } = sample('002');
    const value = (row: string, column: string): number | null | undefined => cells.find((cell) => cell.row === row && cell.column === column)?.value;
    expect(['proactive', 'requests', 'reviewLitigation'].map((table) => cells.filter((cell) => cell.table === table && cell.state === 'value').length)).toEqual([10, 175, 15]);
    expect([value('new', 'total'), value('r.unable.notHeld', 'total'), value('r.unable.needsCreation', 'total'), value('r.other.misc', 'total'), value('art20_5.licence', 'decisions'), value('art20_6.penalty', 'decisions'), value('art20_6.coercion', 'decisions')])
      .toEqual([19, 11, 1, 1, 335_873, 235_627, 140]);
    expect(checks.filter(({ state }) => state !== 'pass')).toEqual([]);
    expect(checks.length).toBeGreaterThan(40);
    expect(notices).toEqual([]);
  });

  it('001: each table is absent under its heading', () => {
    expect(sample('001').notices.map(({ code, message }) => `${code} ${message.split(':')[0]}`)).toEqual(['table-absent proactive', 'table-absent requests', 'table-absent reviewLitigation']);
  });

  it('000: the numbers in its sentences', () => {
    const stated = new Map(sample('000').statements?.map(({ key, value }) => [key, value]));
    expect([...['requests.received', 'requests.answerRate', 'fees.collected', 'reviews.received', 'reviews.revoked', 'lawsuits.received'].map((key) => stated.get(key))]).toEqual([199, 100, 0, 4, 1, 2]);
  });

  it('003: the information it published, about', () => {
    expect(sample('003').statements?.map(({ key, value, isApproximate }) => [key, value, isApproximate])).toEqual([['published.wechat', 6800, true], ['published.weibo', 500, true], ['published.internet', 1760, true]]);
  });
});
