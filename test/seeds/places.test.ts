/** What a user may call a place. */
import { describe, expect, it } from 'vitest';
import type { NianbaoError } from '../../src/errors.js';
import { pinyinKey, spellings } from '../../src/seeds/place-pinyin.js';
import { findPlaces, placeContains, placeLine, resolvePlace } from '../../src/seeds/places.js';

const cases: [string, string[]][] = [
  ['长沙', ['430100']], ['长沙市', ['430100']], ['长沙县', ['430121']], ['湖南长沙', ['430100']], ['湖南省 长沙市 开福区', ['430105']], ['北京朝阳', ['110105']],
  ['吉林', ['220000']], ['吉林市', ['220200']], ['海南', ['460000']], ['内蒙古', ['150000']], ['兵团', ['660000']], ['开县', ['500154']],
  ['朝阳区', ['110105', '220104']], ['朝阳', ['110105', '211300', '211321', '220104']],
  ['430100', ['430100']], ['4301', ['430100']], ['43', ['430000']], ['４３０１００', ['430100']], ['410381', ['410307']], ['999999', []], ['430', []], ['4', []],
  ['changsha', ['430100']], ['changshashi', ['430100']], ['Chang Sha Shì', ['430100']], ['hunanchangsha', ['430100']], ['shaanxi', ['610000']], ['shanxi', ['140000', '610000']],
  ['chaoyang', ['110105', '211300', '211321', '220104', '440513']], ['hainan', ['460000']], ["lu'an", ['341500']], ['tibet', ['540000']], ['hohhot', ['150100']],
  ['nowhere', []], ['', []], ['公安局', []], ['x'.repeat(1000), []],
];

describe('findPlaces', () => {
  it.each(cases)('%s', (query, codes) => {
    expect(findPlaces(query).map(({ code }) => code)).toEqual(codes);
  });

  const readings: [string, string][] = [
    ['changsha', '430100'], ['chongqing', '500000'], ['xiamen', '350200'], ['luan', '341500'], ['bengbu', '340300'], ['bozhou', '341600'], ['taizhou', '331000'], ['yueqing', '330382'],
    ['shenxian', '371522'], ['lishui', '331100'], ['duyun', '522701'], ['kashi', '653100'], ['pidu', '510117'], ['panyu', '440113'], ['dabu', '441422'], ['shexian', '341021'],
    ['shanxian', '371722'], ['yuxian', '130726'], ['laoting', '130225'], ['laoling', '371481'], ['xunxian', '410621'], ['hongtong', '141024'], ['zhangzi', '140428'], ['biyang', '411726'],
    ['guoyang', '341621'], ['luhe', '320116'], ['yanshan', '361124'], ['zengdu', '421303'], ['hunchun', '222404'], ['shifang', '510682'], ['lvliang', '141100'], ['lüliang', '141100'], ['luliang', '141100'],
  ];
  it.each(readings)('%s includes %s', (query, code) => {
    expect(findPlaces(query).map((place) => place.code)).toContain(code);
  });
});

describe('spellings', () => {
  it('folds case, tones, spaces, and the three ways to write ü', () => {
    expect(new Set(['Lǚliáng', 'lvliang', 'lyuliang', "Lü Liang"].map(pinyinKey))).toEqual(new Set(['luliang']));
    expect(pinyinKey('yunnan')).toBe('yunnan');
  });

  it('reads 都 as a place does', () => {
    expect([spellings('成都市'), spellings('都匀市'), spellings('乐都区')]).toEqual([['chengdushi'], ['duyunshi'], ['leduqu']]);
  });
});

describe('resolvePlace', () => {
  function faultOf(query: string): NianbaoError {
    try {
      resolvePlace(query);
    } catch (fault) {
      return fault as NianbaoError;
    }
    throw new Error('nothing was thrown');
  }

  it('gives the one place', () => {
    expect(resolvePlace('changsha')).toMatchObject({ code: '430100', name: '长沙市', province: '湖南省' });
    expect(placeLine(resolvePlace('北京朝阳'))).toBe('110105 北京市 朝阳区');
  });

  it('lists the candidates of an ambiguous name with code and province', () => {
    const fault = faultOf('chaoyang');
    expect([fault.code, fault.exitCode]).toEqual(['place-ambiguous', 2]);
    for (const line of ['110105 北京市 朝阳区', '211300 辽宁省 朝阳市', '220104 吉林省 长春市 朝阳区']) expect(fault.message).toContain(line);
  });

  const near: [string, string][] = [['长砂', '430100'], ['平扬县', '330326'], ['沙坪霸', '500106'], ['changshaa', '430100'], ['pingyan', '330326']];
  it.each(near)('names the nearest of %s', (query, code) => {
    const fault = faultOf(query);
    expect([fault.code, fault.exitCode]).toEqual(['place-unknown', 2]);
    expect(fault.message).toContain(code);
  });

  it.each(['', '99', 'zzz', '！'])('says what to give for %j', (query) => {
    expect(faultOf(query).message).toContain('Give a Chinese name, pinyin or a division code');
  });
});

describe('placeContains', () => {
  const pairs: [string, string, boolean][] = [
    ['430000', '430100', true], ['430000', '430102', true], ['430100', '430102', true], ['430100', '430100', true], ['430102', '430102', true],
    ['430100', '430000', false], ['430100', '430200', false], ['430102', '430100', false], ['430000', '440100', false], ['500000', '500154', true], ['660000', '659001', true],
    ['110000', '110105', true], ['000000', '430100', false],
  ];
  it.each(pairs)('%s contains %s: %s', (place, code, expected) => {
    expect(placeContains(place, code)).toBe(expected);
  });
});
