/** Digests, fingerprints and grades: what counts as the same text, and what as a copy. */
import { describe, expect, it } from 'vitest';
import { foldedDigest, textDigest } from '../../src/dedup/digest.js';
import { bands, fingerprint, fingerprintFromBytes, fingerprintToBytes, similarity } from '../../src/dedup/fingerprint.js';
import { judge } from '../../src/dedup/judge.js';
import { candidateOriginal, gradeOf } from '../../src/dedup/mirror.js';
import type { KnownText, Recognised, Seed } from '../../src/record.js';
import { madeUpReport } from './made-up-text.js';

describe('digests', () => {
  it('gives the SHA-256 that anybody can recompute', () => {
    expect(textDigest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(textDigest('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it.each([
    ['全角数字１２件，共计。', '全角数字12件 共计'],
    ['一、概述\n　　本局', '一 概述本局'],
    ['（一）“公开”', '(一)「公开」'],
    ['零\u200b宽', '零宽'],
  ])('folds layout away: %j', (a, b) => {
    expect(foldedDigest(a)).toBe(foldedDigest(b));
    expect(textDigest(a)).not.toBe(textDigest(b));
  });

  it.each([['受理19件', '受理18件'], ['长沙市公安局', '长沙县公安局']])('keeps words apart: %j and %j', (a, b) => {
    expect(foldedDigest(a)).not.toBe(foldedDigest(b));
  });
});

describe('fingerprints', () => {
  const text = madeUpReport(1, 6000);

  it('estimates the similarity of edited texts', () => {
    const own = fingerprint(text);
    expect(own).toHaveLength(112);
    expect(similarity(own, fingerprint(`首页 > 信息公开\n${text}\n打印 关闭`))).toBeGreaterThan(0.9);
    expect(similarity(own, fingerprint(text.replaceAll('，', ',  ')))).toBe(1);
    expect(similarity(own, fingerprint(madeUpReport(2, 6000)))).toBeLessThan(0.4);
  });

  it('lets similar texts meet in a band, and others not', () => {
    const near = bands(fingerprint(text.slice(0, 5700)));
    expect(bands(fingerprint(text)).some((band) => near.includes(band))).toBe(true);
    const far = bands(fingerprint(madeUpReport(2, 6000)));
    expect(bands(fingerprint(text)).some((band) => far.includes(band))).toBe(false);
    expect(new Set(far).size).toBe(14);
  });

  it('survives storage', () => {
    const own = fingerprint(text);
    expect(fingerprintFromBytes(fingerprintToBytes(own))).toEqual(own);
    expect(fingerprintFromBytes(Buffer.concat([Buffer.of(7), fingerprintToBytes(own)]).subarray(1))).toEqual(own);
    expect(fingerprintFromBytes(new Uint8Array(3))).toEqual([]);
  });

  it('has nothing to say about nothing', () => {
    expect(fingerprint('，。 \n')).toEqual([]);
    expect(bands([])).toEqual([]);
    expect(similarity([], [])).toBe(0);
    expect(fingerprint('年报')).toHaveLength(112);
  });

  it('takes a few milliseconds for a long report', () => {
    for (let warm = 0; warm < 5; warm += 1) fingerprint(text);
    const started = performance.now();
    for (let round = 0; round < 20; round += 1) fingerprint(text);
    expect((performance.now() - started) / 20).toBeLessThan(15);
  });
});

const page = (over: Partial<Recognised>): Recognised => ({
  text: madeUpReport(1, 3000), payloadDigest: 'p1', finalUrl: 'http://gaj.qinghe.gov.cn/a.html', seed: null, agency: '清河市公安局', year: 2016, title: '年报',
  repairs: [], notices: [], ...over,
} as Recognised);

const known = (over: Partial<KnownText>): KnownText => ({
  reportId: 'other', payloadDigest: 'p2', foldedDigest: 'x', fingerprint: fingerprint(madeUpReport(1, 2850)), year: 2016, agency: '清河市公安局', ...over,
});

describe('judge', () => {
  it.each([
    ['the same bytes', known({ payloadDigest: 'p1', year: null }), 'raw'],
    ['the same words in another layout', known({ foldedDigest: foldedDigest(madeUpReport(1, 3000).replaceAll('。', '. ')) }), 'text'],
    ['nearly the same words', known({}), 'near'],
    ['nearly the same words of an agency that is not named', known({ agency: null }), 'near'],
  ])('links %s', (_case, text, kind) => {
    expect(judge(page({}), [text]).duplicates).toMatchObject([{ reportId: 'other', kind }]);
  });

  it.each([
    ['next year\'s report with re-used sentences', known({ year: 2017 })],
    ['a report whose year nobody knows', known({ year: null })],
    ['another agency\'s report with the same sentences', known({ agency: '清河县公安局' })],
    ['itself', known({ reportId: 'self', payloadDigest: 'p1' })],
    ['another text', known({ fingerprint: fingerprint(madeUpReport(9, 3000)) })],
  ])('does not link %s', (_case, text) => {
    expect(judge(page({}), [text], { reportId: 'self' }).duplicates).toEqual([]);
  });

  it('does not call pages without words alike', () => {
    const empty = judge(page({ text: '' }), [known({ foldedDigest: foldedDigest('') })]);
    expect(empty.duplicates).toEqual([]);
    expect(judge(page({ text: '见附件' }), [known({ fingerprint: fingerprint('见附件') })]).duplicates).toEqual([]);
  });
});

const seed = (home: string, agency: string | null): Seed => ({ home, columns: [], agency } as unknown as Seed);

describe('grades', () => {
  it.each([
    ['http://gaj.qinghe.gov.cn/a.html', 'official'],
    ['http://gov.cn/a.html', 'official'],
    ['http://www.qinghe.gov.cn:82/gate/big5/www.qinghe.gov.cn/a.html', 'official'],
    ['http://gaj.清河.政务.cn/a.html', 'official'],
    ['http://gov.cn.evil.com/a.html', 'mirror'],
    ['http://mygov.cn/a.html', 'mirror'],
    ['http://www.copy-site.com/a.html', 'mirror'],
    ['http://gaj.qinghe.gov.cn.localhost:8080/a.html', 'official'],
    ['http://www.copy-site.com.localhost:8080/a.html', 'mirror'],
    ['http://gov.cn.evil.com.localhost/a.html', 'mirror'],
    ['http://intranet.localhost/a.html', null],
    ['file:///tmp/a.txt', null],
    [null, null],
  ])('%s is %s', (url, grade) => {
    expect(gradeOf({ url, seed: null, agency: '清河市公安局', title: null, repairs: [] })).toBe(grade);
  });

  it.each([
    ['pinyin in the sentences', { repairs: [{ step: 'inserted-pinyin' }] }],
    ['conversion undone', { repairs: [{ step: 'traditional-conversion' }] }],
    ['a spam title', { title: '中国体彩网,体彩网公安局2016年度报告' }],
  ])('calls a copy with %s a clone, and never a government page', (_case, over) => {
    const facts = { seed: null, agency: null, title: null, repairs: [], ...over };
    expect(gradeOf({ ...facts, url: 'http://www.copy-site.com/a.html' })).toBe('clone');
    expect(gradeOf({ ...facts, url: 'http://gaj.qinghe.gov.cn/a.html' })).toBe('official');
  });

  it.each([
    ['named by the seed of this agency', 'http://10.0.0.8/a', seed('http://10.0.0.8/', '清河市公安局'), 'official'],
    ['named by the seed of its parent', 'http://gaj.localhost:8080/a', seed('http://gaj.localhost:8080/', '清河市公安局'), 'official'],
    ['a company\'s name on loopback, though its seed names the agency', 'http://www.wenku.com.localhost:8080/a', seed('http://www.wenku.com.localhost:8080/', '清河市公安局'), 'mirror'],
    ['another host than the seed names', 'http://copy.localhost:8080/a', seed('http://gaj.localhost:8080/', '清河市公安局'), 'mirror'],
    ['named by the seed of somebody else', 'http://copy.test/a', seed('http://copy.test/', '某资讯网'), 'mirror'],
    ['no seed vouches', 'http://intranet/a', null, null],
    ['a seed without an agency', 'http://intranet/a', seed('http://intranet/', null), null],
  ])('a host whose name tells nothing, %s', (_case, url, from, grade) => {
    expect(gradeOf({ url, seed: from, agency: '清河市公安局沙岭分局', title: null, repairs: [] })).toBe(grade);
  });

  it.each([
    ['http://big5.x.gov.cn:82/gate/big5/www.x.gov.cn/zwgk/t1.htm', null, 'http://www.x.gov.cn/zwgk/t1.htm'],
    ['http://www.copy-site.com/zfxxgk/nb/201912/t20191225_5690612.html', 'http://gaj.qinghe.gov.cn/', 'http://gaj.qinghe.gov.cn/zfxxgk/nb/201912/t20191225_5690612.html'],
    ['http://www.copy-site.com/about', 'http://gaj.qinghe.gov.cn/', null],
    ['http://gaj.qinghe.gov.cn/a/t1.html', 'http://www.qinghe.gov.cn/', null],
    ['not a url', null, null],
  ])('%s is perhaps a copy of …', (url, home, original) => {
    expect(candidateOriginal(url, home)).toBe(original);
  });
});
