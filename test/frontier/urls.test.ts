/** Spellings of addresses: what is one page, what is one host, what belongs to a portal. */
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../src/frontier/canonical-url.js';
import { inScope, registrableDomain } from '../../src/frontier/scope.js';
import { hostKey, urlKey } from '../../src/frontier/url-key.js';
import type { Seed } from '../../src/record.js';

const BASE = 'http://gaj.qinghe.gov.cn/zwgk/nb/';

const CANONICAL: readonly (readonly [string, string | null])[] = [
  ['./202401/t20240116_1.html', 'http://gaj.qinghe.gov.cn/zwgk/nb/202401/t20240116_1.html'],
  ['../../a/./b/../c.html#top', 'http://gaj.qinghe.gov.cn/a/c.html'],
  ['HTTP://GAJ.Qinghe.GOV.cn.:80/A.html', 'http://gaj.qinghe.gov.cn/A.html'],
  ['https://gaj.qinghe.gov.cn:443/', 'https://gaj.qinghe.gov.cn/'],
  ['/art;jsessionid=0A1B?x=1', 'http://gaj.qinghe.gov.cn/art?x=1'],
  ['/s?PHPSESSID=ab12&id=7', 'http://gaj.qinghe.gov.cn/s?id=7'],
  ['/s?kw=%b9%ab%b0%b2', 'http://gaj.qinghe.gov.cn/s?kw=%B9%AB%B0%B2'],
  ['//www.qinghe.gov.cn/x', 'http://www.qinghe.gov.cn/x'],
  ['javascript:void(0)', null],
  ['mailto:a@b.cn', null],
  ['ftp://gaj.qinghe.gov.cn/a', null],
  ['http://', null],
];

describe('canonicalUrl', () => {
  it.each(CANONICAL)('%s', (address, expected) => {
    expect(canonicalUrl(address, BASE)).toBe(expected);
  });

  it('is its own canonical spelling', () => {
    for (const [address] of CANONICAL) {
      const once = canonicalUrl(address, BASE);
      if (once !== null) expect(canonicalUrl(once)).toBe(once);
    }
  });
});

describe('urlKey and hostKey', () => {
  it.each([
    ['http://gaj.qinghe.gov.cn/a?b=2&a=1', 'https://gaj.qinghe.gov.cn/a?a=1&b=2', true],
    ['http://gaj.qinghe.gov.cn/a', 'http://gaj.qinghe.gov.cn/A', false],
    ['http://gaj.qinghe.gov.cn/a', 'http://gaj.qinghe.gov.cn:8080/a', false],
    ['http://gaj.qinghe.gov.cn/a/', 'http://gaj.qinghe.gov.cn/a', false],
  ])('%s and %s are one page: %s', (one, other, same) => {
    expect(urlKey(one) === urlKey(other)).toBe(same);
  });

  it('sorts pages of one site together', () => {
    expect(urlKey('http://gaj.qinghe.gov.cn/x')).toBe('cn,gov,qinghe,gaj)/x');
    expect(urlKey('http://127.0.0.1:81/x')).toBe('127.0.0.1:81)/x');
  });

  it('gives http and https of a name one turn', () => {
    expect(hostKey('http://gaj.qinghe.gov.cn/a')).toBe(hostKey('https://gaj.qinghe.gov.cn/b'));
    expect(hostKey('http://127.0.0.1:81/')).not.toBe(hostKey('http://127.0.0.1:82/'));
  });
});

function seedAt(home: string | null, columns: readonly string[] = []): Seed {
  return {
    portalId: 'x', code: null, province: null, city: null, county: null, agency: null, level: null, home, columns, platform: 'auto', render: 'auto',
    charset: null, delaySecs: null, enabled: true, note: null, source: { file: '', line: 0 },
  };
}

describe('inScope', () => {
  it.each([
    ['http://gaj.qinghe.gov.cn/', 'http://gaj.qinghe.gov.cn/a', true],
    ['http://gaj.qinghe.gov.cn/', 'https://zwgk.qinghe.gov.cn/a', true],
    ['http://gaj.qinghe.gov.cn/', 'http://gaj.other.gov.cn/a', false],
    ['http://gaj.qinghe.gov.cn/', 'http://qinghe.gov.cn.evil.test/', false],
    ['http://gaj.qinghe.gov.cn.localhost:80/', 'http://gaj.other.gov.cn.localhost:80/', false],
    ['http://gaj.qinghe.gov.cn.localhost:8100/', 'http://zwgk.qinghe.gov.cn.localhost:8100/', true],
    ['http://127.0.0.1:81/', 'http://127.0.0.1:82/', false],
    ['http://127.0.0.1:81/', 'http://127.0.0.1:81/x', true],
  ])('portal %s, page %s: %s', (home, page, expected) => {
    expect(inScope(page, seedAt(home))).toBe(expected);
    expect(inScope(page, seedAt(null, [home]))).toBe(expected);
  });

  it('reads what stands before a reserved suffix like a public name', () => {
    expect(registrableDomain('gaj.qinghe.gov.cn.localhost')).toBe('qinghe.gov.cn.localhost');
    expect(registrableDomain('gaj.qinghe.gov.cn')).toBe('qinghe.gov.cn');
  });
});
