/** Words of titles, columns and sections; dates beside links; rows of other agencies. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { namesOtherAgency, namesOwnAgency } from '../../src/discover/agency-words.js';
import { foldWords, hasReportFolder, hasSectionFolder, isDepartments, isReportColumn, isReportRow, isReportTitle, isSection } from '../../src/discover/report-words.js';
import { dateIn, looksDated, withoutDate } from '../../src/discover/row-date.js';
import { seedOf } from './made-up-page.js';

const TITLES = '../shared/data/titles.csv';

describe('titles of annual reports', () => {
  it.each([
    '清溪市公安局2016年政府信息公开工作年度报告', '2012年度清溪市公安局政府信息公开工作报告', '2015上海市公安局某浦分局政府信息公开工作年度报告', '清溪县公安局2019年政府信息公开工作年报',
    '东岭省公安厅政府信息公开工作年度报告（2018年度）', '清溪市公安局２０１０年信息公开年度报告', '公安局2019年信息公开年报', '清溪市公安局201*年政府信息公开工作年度报告', '清溪市公安局二〇一一年政府信息公开工作年度报告',
    '2017年清溪市公安局政务公开工作总结', '清溪市公安局2013年政府信息公开工作汇报', '清溪市公安局政府信息公开工作2021年度报告', '清溪市公安局 2014 年 政府信息公开年报', '清溪市公安局2020年政府信息公開工作年度報告', '清溪市公安局2023年政府信息公开…', '清溪市公安局2022年度政府信息公开工作年度报告（图解）',
  ])('takes %s', (title) => {
    expect(isReportTitle(foldWords(title))).toBe(true);
  });

  it.each([
    '清溪市公安局政府信息公开指南（2023年版）', '清溪市公安局2022年法治政府建设年度报告', '清溪市公安局2022年部门决算公开', '2023年政务公开工作要点', '关于做好2022年政府信息公开工作年度报告编制的通知', '清溪市公安局政府信息公开目录', '2021年度双随机抽查工作计划',
    '清溪市公安局2020年政府网站工作年度报表', '2019年行政执法公开年度报告', '政府信息公开年报', '清溪市2020年政府工作报告', '2024年清溪市公安局警营开放日', '政府信息公开申请表（2020年）', '2022年度政务公开考核方案', '2015年第一季度政府信息公开工作情况报告', '2014年上半年政府信息公开工作总结', '',
  ])('leaves %s', (title) => {
    expect(isReportTitle(foldWords(title))).toBe(false);
  });

  it.each(['2018年年报', '2009年度报告', '2016年', '2012年度', '2017年信息公开情况统计表', '清溪市公安局2014年度工作总结', '清溪市公安局盐某分局2024年…', '清溪市公安局政府信息公开工作年度报告'])('takes %s in a column of reports', (title) => {
    expect(isReportRow(foldWords(title))).toBe(true);
  });

  it.each(['2018年度部门预算', '2018年法治政府建设情况报告', '网站地图', '2020年企业年度报告公示', '更多', '2021年统计公报', '政府信息公开制度', '2022年清溪市公安局招聘公告'])('leaves %s even there', (title) => {
    expect(isReportRow(foldWords(title))).toBe(false);
  });

  it.skipIf(!existsSync(TITLES))('takes the 62 titles found in the wild (skipped without ../shared)', () => {
    const rows = readFileSync(TITLES, 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')[4] ?? '');
    const missed = rows.filter((title) => !isReportRow(foldWords(title)));
    expect([rows.length >= 60, missed]).toEqual([true, []]);
  });
});

describe('columns and sections', () => {
  it.each(['政府信息公开年报', '信息公开年报', '年度报告', '公开年报', '部门信息公开年报', '政府信息公开工作年度报告', '政府信息公開年報', '年报', '历年政府信息公开年度报告', '政府信息公开 年度报告', '政府信息公开工作报告'])('%s is a column of reports', (label) => {
    expect(isReportColumn(foldWords(label))).toBe(true);
  });

  it.each(['法治政府建设年度报告', '2020年政府信息公开年报', '政府网站年度报表', '企业年报公示', '统计年报', '政府工作报告', '部门预决算', '政府信息公开指南'])('%s is none', (label) => {
    expect(isReportColumn(foldWords(label))).toBe(false);
  });

  it.each(['信息公开', '政务公开', '政府信息公开', '法定主动公开内容', '警务公开', '部门信息公开', '政府信息公开专栏', '阳光警务'])('%s is a section', (label) => {
    expect(isSection(foldWords(label))).toBe(true);
  });

  it.each(['政府信息公开指南', '依申请公开', '信息公开制度', '公开招聘', '首页', '公开承诺'])('%s is none', (label) => {
    expect(isSection(foldWords(label))).toBe(false);
  });

  it.each(['县直部门', '各部门年报', '市级部门', '部门单位', '市直部门政府信息公开年报'])('%s is the departments\' part', (label) => {
    expect(isDepartments(foldWords(label))).toBe(true);
  });

  it.each([
    ['http://x.gov.cn/zwgk/zfxxgknb/', true], ['http://x.gov.cn/szsgaj/zfxxgknb_11187/index_2.html', true], ['http://x.gov.cn/zcbm/fgw_97975/ndbg/', true], ['http://x.gov.cn/zfxxgk/xxgknbh8x/list.shtml', true], ['http://x.gov.cn/zwgk/zfxxgkgzndbg.htm', true],
    ['http://x.gov.cn/bmxxgkndbg/', true], ['http://x.gov.cn/fzzfjsndbg/', false], ['http://x.gov.cn/zwgk/', false], ['http://x.gov.cn/tzgg/', false], ['http://x.gov.cn/zfxxgknb/202201/t20220101_5.html', false],
  ])('the folder of %s: %s', (url, expected) => {
    expect(hasReportFolder(url)).toBe(expected);
  });

  it('knows the folders of sections', () => {
    expect(['http://x.gov.cn/zwgk/', 'http://x.gov.cn/xxgk/index.html', 'http://x.gov.cn/jwdt/'].map(hasSectionFolder)).toEqual([true, true, false]);
  });
});

describe('dates beside links', () => {
  it.each([
    ['2019-01-30', '2019-01-30'], ['[2019/1/30]', '2019-01-30'], ['2019.01.30 09:30', '2019-01-30'], ['2019年1月30日', '2019-01-30'], ['2019- 01- 30', '2019-01-30'], ['发布时间：2019-01-30 10:00', '2019-01-30'],
    ['2026-02-00018', null], ['09-04', null], ['2026-09', null], ['2019-13-40', null], ['12019-01-30', null], ['索引号 2026-02-00018 2020-03-04', '2020-03-04'],
  ])('%s gives %s', (text, expected) => {
    expect(dateIn(text)).toBe(expected);
  });

  it('tells a row without a whole date from one without any', () => {
    expect(['[09-04]', '2026-09', '（01-02）', '第3期', ''].map(looksDated)).toEqual([true, true, true, false, false]);
  });

  it('takes a date off the end of a label', () => {
    expect(withoutDate('2018年年报 [2019-01-30]')).toBe('2018年年报');
    expect(withoutDate('2019-01-30的通告')).toBe('2019-01-30的通告');
  });
});

describe('agencies in titles', () => {
  const police = seedOf({ agency: '清溪市公安局' });

  it.each([
    ['清溪市教育局2020年政府信息公开工作年度报告', true], ['2020年政府信息公开工作年度报告（市财政局）', true], ['清溪市人民政府2020年政府信息公开工作年度报告', true], ['青石镇2020年政府信息公开工作年度报告', true], ['2021年东城街道办事处政府信息公开年报', true],
    ['清溪市公安局2020年政府信息公开工作年度报告', false], ['2018年年报', false], ['清溪市2020年政府信息公开工作年度报告', false], ['东城分局2019年政府信息公开年报', false], ['2019年', false],
  ])('%s: another agency %s', (title, expected) => {
    expect(namesOtherAgency(foldWords(title), police)).toBe(expected);
  });

  it('calls nobody another agency when the seed has none', () => {
    expect(namesOtherAgency(foldWords('清溪市教育局2020年政府信息公开工作年度报告'), seedOf())).toBe(false);
    expect(namesOtherAgency(foldWords('清溪市教育局2020年政府信息公开工作年度报告'), null)).toBe(false);
  });

  it('knows the short names of menus', () => {
    expect(['清溪市公安局', '市公安局', '公安局', '县公安局', '公安', '市教育局'].map((label) => namesOwnAgency(foldWords(label), police))).toEqual([true, true, true, false, false, false]);
  });
});
