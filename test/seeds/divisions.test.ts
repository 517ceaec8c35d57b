/** Divisions by code and name, and the ones named at the start of a text. */
import { describe, expect, it } from 'vitest';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { FORMER_CODES, FORMER_NAMES } from '../../src/seeds/former-names.js';

const divisions = loadDivisions();

describe('by code', () => {
  const cases: [string, [province: string, city: string | null, county: string | null, level: string]][] = [
    ['110000', ['北京市', '北京市', null, 'province']],
    ['110105', ['北京市', '北京市', '朝阳区', 'county']],
    ['430000', ['湖南省', null, null, 'province']],
    ['430100', ['湖南省', '长沙市', null, 'prefecture']],
    ['430121', ['湖南省', '长沙市', '长沙县', 'county']],
    ['429004', ['湖北省', null, '仙桃市', 'county']],
    ['460400', ['海南省', '儋州市', null, 'prefecture']],
    ['500240', ['重庆市', '重庆市', '石柱土家族自治县', 'county']],
    ['659001', ['新疆维吾尔自治区', null, '石河子市', 'county']],
    ['660000', ['新疆生产建设兵团', null, null, 'province']],
    ['810000', ['香港特别行政区', null, null, 'province']],
  ];
  it.each(cases)('%s', (code, [province, city, county, level]) => {
    expect(divisions.byCode(code)).toMatchObject({ code, province, city, county, level });
  });

  it('gives the division of today for a code that was replaced, and null for none', () => {
    expect(divisions.byCode('410381')?.name).toBe('偃师区');
    expect(divisions.byCode('110100')?.name).toBe('北京市');
    for (const code of ['000000', '999999', '429000', '', '4301', 'toString']) expect(divisions.byCode(code), code).toBeNull();
  });
});

describe('the tables', () => {
  it('lead from every former code and name to a division that stands', () => {
    for (const [old, current] of Object.entries(FORMER_CODES)) expect([old, divisions.byCode(current)?.code]).toEqual([old, current]);
    const names = FORMER_NAMES.flatMap(([, ...former]) => former);
    expect(new Set(names).size).toBe(names.length);
    for (const [code, ...former] of FORMER_NAMES) for (const name of former) expect(divisions.byFullName(name).map((place) => place.code), name).toContain(code);
  });

  it('holds each code once and no heading of the code table', () => {
    expect(new Set(divisions.all.map(({ code }) => code)).size).toBe(divisions.all.length);
    expect(divisions.all.filter(({ name }) => name === '市辖区' || name.includes('直辖县级'))).toEqual([]);
  });
});

describe('by name', () => {
  const cases: [string, string[]][] = [
    ['长沙市', ['430100']], ['长沙', ['430100', '430121']], ['湖南', ['430000']], ['平阳', ['330326']], ['内蒙古', ['150000']], ['广西', ['450000']],
    ['临夏州', ['622900']], ['石柱县', ['500240']], ['石柱', ['500240']], ['恩施', ['422800', '422801']], ['鄂温克旗', ['150724']], ['积石山', ['622927']], ['浦东', ['310115']],
    ['吐鲁番地区', ['650400']], ['襄樊市', ['420600']], ['开县', ['500154']], ['沙县', ['350405']], ['易', []], ['公安局', []], ['', []],
  ];
  it.each(cases)('%s', (name, codes) => {
    expect(divisions.byName(name).map(({ code }) => code)).toEqual(codes);
  });
});

describe('leading', () => {
  /** The innermost first. */
  const cases: [string, string[]][] = [
    ['长沙市公安局', ['430100']],
    ['重庆市公安局沙坪坝区分局', ['500000']],
    ['重庆市开州区公安局', ['500154', '500000']],
    ['开县公安局', ['500154']],
    ['上海市黄浦', ['310101', '310000']],
    ['上海市公安局黄浦分局', ['310000']],
    ['内蒙古自治区公安厅', ['150000']],
    ['广西壮族自治区公安厅', ['450000']],
    ['新疆维吾尔自治区公安厅', ['650000']],
    ['新疆生产建设兵团第八师石河子市公安局', ['659001', '660000']],
    ['平阳县公安局', ['330326']],
    ['浙江省平阳县公安局', ['330326', '330000']],
    ['湖南省长沙市长沙县公安局', ['430121', '430100', '430000']],
    ['湖南长沙县公安局', ['430121', '430000']],
    ['吉林省吉林市公安局', ['220200', '220000']],
    ['吉林市公安局', ['220200']],
    ['吉林公安厅', ['220000']],
    ['长沙公安局', ['430100']],
    ['长沙2016年度报告', ['430100']],
    ['济源市公安局', ['419001']],
    ['河北区公安分局', ['120105']],
    ['河北省公安厅', ['130000']],
    ['临沧市临翔区森林公安分局', ['530902', '530900']],
    ['恩施土家族苗族自治州公安局', ['422800']],
    ['海南州公安局', ['632500']],
    ['西安公安局', ['610100']],
    // Ambiguous, or no place at all.
    ['朝阳区公安局', []],
    ['朝阳公安局', []],
    ['城关区公安分局', []],
    ['通州区公安分局', []],
    ['中山北路派出所', []],
    ['和平里派出所', []],
    ['市公安局', []],
    ['公安局', []],
    ['政府信息公开年报', []],
    ['', []],
  ];
  it.each(cases)('%s', (text, codes) => {
    expect(divisions.leading(text).map(({ code }) => code)).toEqual(codes);
  });

  const within: [string, string, string[]][] = [
    ['朝阳区公安局', '110000', ['110105']], ['朝阳区公安局', '220100', ['220104']], ['朝阳区公安局', '430000', []],
    ['城关区公安分局', '620100', ['620102']], ['鼓楼区公安分局', '320100', ['320106']], ['鼓楼区公安分局', '320000', []],
    // A name that is not ambiguous needs no help, and is not led astray.
    ['平阳县公安局', '110000', ['330326']],
  ];
  it.each(within)('%s within %s', (text, code, codes) => {
    expect(divisions.leading(text, code).map((place) => place.code)).toEqual(codes);
  });

  it('reads only the start of a long text', () => {
    const started = performance.now();
    expect(divisions.leading('长沙市'.padEnd(1_000_000, '市')).map(({ code }) => code)).toEqual(['430100']);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
