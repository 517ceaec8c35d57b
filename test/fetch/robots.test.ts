/** robots.txt: two published suites, the policy for each kind of answer, and hostile files. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { looksLikeMarkup, readDirectives, ROBOTS_MAX_BYTES } from '../../src/fetch/robots-lines.js';
import { crawlDelaySecs, matchReading, matchRobots, patternMatches, sitemapsOf } from '../../src/fetch/robots-match.js';
import { decide, policyFromText, policyToText, productToken, robotsPolicy } from '../../src/fetch/robots.js';
import type { RobotsAnswer } from '../../src/fetch/robots.js';

interface SuiteCase {
  readonly id: string;
  readonly robots: string;
  readonly latin1?: boolean;
  readonly agent: string;
  readonly url: string;
  readonly expect: boolean;
}

const GOOGLE = '../shared/data/robots/google-cases.json';
const CRAWLER_COMMONS = '../shared/data/robots/cc-cases.json';
const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array => Buffer.from(text, encoding);

function readSuite(file: string): SuiteCase[] {
  return JSON.parse(readFileSync(file, 'utf8')) as SuiteCase[];
}

function passes(file: string, mode: 'google' | 'rfc'): { passed: number; all: number; failing: string[] } {
  const cases = readSuite(file);
  const failing = cases.filter((each) => {
    const directives = readDirectives(bytes(each.robots, each.latin1 ? 'latin1' : 'utf8'));
    return matchReading(directives, each.url, each.agent, mode).allowed !== each.expect;
  });
  return { passed: cases.length - failing.length, all: cases.length, failing: failing.map(({ id }) => id) };
}

describe.skipIf(!existsSync(GOOGLE) || !existsSync(CRAWLER_COMMONS))('published suites (from ../shared/data/robots; skipped where that is absent)', () => {
  it('agrees with every case of Google\'s matcher in its reading', () => {
    expect(passes(GOOGLE, 'google')).toEqual({ passed: 154, all: 154, failing: [] });
  });

  it('agrees with crawler-commons in the RFC reading, but for four cases that list agents in a way of their own', () => {
    const { passed, failing } = passes(CRAWLER_COMMONS, 'rfc');
    expect(passed).toBeGreaterThanOrEqual(157);
    expect(new Set(failing)).toEqual(new Set(['testNutchCases']));
  });

  it('never allows what either suite\'s reading forbids', () => {
    for (const each of [...readSuite(GOOGLE), ...readSuite(CRAWLER_COMMONS)]) {
      const directives = readDirectives(bytes(each.robots, each.latin1 ? 'latin1' : 'utf8'));
      const strict = (['google', 'rfc'] as const).every((mode) => matchReading(directives, each.url, each.agent, mode).allowed);
      expect(matchRobots(directives, each.url, each.agent).allowed).toBe(strict);
    }
  });
});

const PORTAL = `User-agent: BadBot
Disallow: /

User-agent: *
Crawl-delay: 5
Disallow: /admin/
Disallow: /*.asp$
Disallow: /公安/
Allow: /admin/public/

Sitemap: http://gaj.example.gov.cn/sitemap.xml
`;

describe('rules of a portal', () => {
  const directives = readDirectives(bytes(PORTAL));
  const verdicts: readonly (readonly [url: string, agent: string, allowed: boolean, rule: string | null])[] = [
    ['http://gaj.example.gov.cn/zwgk/', 'nianbao', true, null],
    ['http://gaj.example.gov.cn/admin/x.html', 'nianbao', false, '6: disallow: /admin/'],
    ['http://gaj.example.gov.cn/admin/public/x.html', 'nianbao', true, '9: allow: /admin/public/'],
    ['http://gaj.example.gov.cn/list.asp', 'nianbao', false, '7: disallow: /*.asp$'],
    ['http://gaj.example.gov.cn/list.aspx', 'nianbao', true, null],
    ['http://gaj.example.gov.cn/%E5%85%AC%E5%AE%89/1.html', 'nianbao', false, '8: disallow: /公安/'],
    ['http://gaj.example.gov.cn/%e5%85%ac%e5%ae%89/1.html', 'nianbao', false, '8: disallow: /公安/'],
    ['http://gaj.example.gov.cn/zwgk/', 'badbot', false, '2: disallow: /'],
  ];

  it.each(verdicts)('%s for %s: %s', (url, agent, allowed, rule) => {
    expect(matchRobots(directives, url, agent)).toMatchObject({ allowed, rule });
  });

  it('finds the delay and the sitemap', () => {
    expect(crawlDelaySecs(directives, 'nianbao')).toBe(5);
    expect(crawlDelaySecs(directives, 'badbot')).toBeNull();
    expect(sitemapsOf(directives)).toEqual(['http://gaj.example.gov.cn/sitemap.xml']);
  });

  it('says which reading forbids where they differ', () => {
    const encoded = readDirectives(bytes('User-agent: *\nDisallow: /%62%61%7A/\n'));
    expect(matchRobots(encoded, 'http://a.test/baz/', 'nianbao')).toEqual({ allowed: false, mode: 'rfc', rule: '2: disallow: /%62%61%7A/' });
    const typo = readDirectives(bytes('User-agent: nianbao/2.0 beta\nDisallow: /a\n'));
    expect(matchRobots(typo, 'http://a.test/a', 'nianbao').mode).toBe('both');
  });
});

describe('bytes as they come', () => {
  const gbkPath = Buffer.concat([bytes('User-agent: *\nDisallow: /'), Buffer.from([0xb9, 0xab, 0xb0, 0xb2]), bytes('/\n')]);
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('User-agent: *\nDisallow: /x\n', 'utf16le')]);
  const nbsp = Buffer.concat([bytes('User-agent: *\nDisallow: /'), Buffer.from([0xb4, 0xa0, 0x0a])]);
  const cases: readonly (readonly [name: string, file: Uint8Array, url: string, allowed: boolean])[] = [
    ['GBK path', gbkPath, 'http://a.test/%B9%AB%B0%B2/1.htm', false],
    ['UTF-16 with its mark', utf16, 'http://a.test/x', false],
    ['GBK character that ends in 0xA0', nbsp, 'http://a.test/%B4%A0', false],
    ['GBK character that ends in 0xA0, another address', nbsp, 'http://a.test/%B4', true],
    ['carriage returns only', bytes('User-agent: *\rDisallow: /x\r'), 'http://a.test/x', false],
    ['an empty file', bytes(''), 'http://a.test/x', true],
    ['an empty Disallow', bytes('User-agent: *\nDisallow:\n'), 'http://a.test/x', true],
    ['rules before any agent', bytes('Disallow: /\n'), 'http://a.test/x', true],
    ['a rule beyond the size limit', bytes(`User-agent: *\n${'#'.repeat(ROBOTS_MAX_BYTES)}\nDisallow: /\n`), 'http://a.test/x', true],
  ];

  it.each(cases)('%s', (_name, file, url, allowed) => {
    expect(matchRobots(readDirectives(file), url, 'nianbao').allowed).toBe(allowed);
  });

  it('tells a web page from a robots.txt', () => {
    expect(looksLikeMarkup(bytes('\ufeff<!DOCTYPE html><html>'))).toBe(true);
    expect(looksLikeMarkup(bytes('# <html>\nUser-agent: *'))).toBe(false);
  });
});

describe('patterns', () => {
  const cases: readonly (readonly [pattern: string, path: string, matches: boolean])[] = [
    ['/a*c', '/abbc', true], ['/a*c$', '/abcd', false], ['/a*c$', '/abcc', true], ['/*/b/', '/x/b/c', true], ['*', '/', true], ['$', '/', false],
    ['/$', '/', true], ['/a$b', '/a$b', true], ['/a**b', '/axb', true], ['/ab*b$', '/ab', false], ['/ab*b$', '/abb', true], ['/fish*.php', '/fish.php?id=1', true],
  ];

  it.each(cases)('%s against %s: %s', (pattern, path, matches) => {
    expect(patternMatches(path, pattern)).toBe(matches);
  });

  it('stays quick on hostile files of the full size', () => {
    const stars = `User-agent: *\n${`Disallow: /${'a*'.repeat(500)}b\n`.repeat(500)}`;
    const rules = `User-agent: *\n${Array.from({ length: 20_000 }, (_, index) => `Disallow: /dir${index}/*\n`).join('')}`;
    const url = `http://a.test/${'a'.repeat(2000)}`;
    for (const file of [stars, rules]) {
      const started = performance.now();
      matchRobots(readDirectives(bytes(file)), url, 'nianbao');
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });
});

describe('random files', () => {
  it('never break the parser, and are never allowed by the union what a reading forbids', () => {
    const parts = ['User-agent', ':', ' ', '*', 'nianbao', '\n', '\r', 'Disallow', 'Allow: /', '/a', '$', '%', '%2a', '#', '\u0000', '\u00ff', 'Crawl-delay: ', '1e9', '-1', 'Sitemap: http://a/', '\ufeff', '公安', '/index.html'];
    let state = 20260115;
    const next = (below: number): number => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 2 ** 32 * below); };
    for (let round = 0; round < 3000; round += 1) {
      const text = Array.from({ length: next(40) }, () => parts[next(parts.length)]).join('');
      const directives = readDirectives(bytes(text, next(2) === 0 ? 'utf8' : 'latin1'));
      const url = `http://a.test/${parts[next(parts.length)] ?? ''}`;
      const strict = (['google', 'rfc'] as const).every((mode) => matchReading(directives, url, 'nianbao', mode).allowed);
      expect(matchRobots(directives, url, 'nianbao').allowed).toBe(strict);
      const delay = crawlDelaySecs(directives, 'nianbao');
      expect(delay === null || (Number.isFinite(delay) && delay >= 0)).toBe(true);
    }
  });
});

const NOW = Date.parse('2026-01-15T00:00:00Z');
const HOUR = 3_600_000;
const answer = (facts: Partial<RobotsAnswer>): RobotsAnswer => ({ status: 200, payload: null, error: null, fetchedAt: NOW, agentToken: 'nianbao', ...facts });
const fault = (reason: string): RobotsAnswer['error'] => ({ reason, detail: 'as told' });

describe('policy by answer', () => {
  const cases: readonly (readonly [name: string, facts: Partial<RobotsAnswer>, state: string, hours: number, allowed: boolean, reason: string | null])[] = [
    ['200 with rules', { payload: bytes('User-agent: *\nDisallow: /p\n') }, 'rules', 24, false, 'robots-disallowed'],
    ['200 with a web page', { payload: bytes('<!doctype html><title>首页</title>') }, 'allowed', 24, true, null],
    ['200 empty', { payload: bytes('') }, 'allowed', 24, true, null],
    ['404', { status: 404, payload: bytes('no') }, 'allowed', 24, true, null],
    ['403', { status: 403 }, 'allowed', 24, true, null],
    ['401', { status: 401 }, 'allowed', 24, true, null],
    ['429', { status: 429 }, 'unreachable', 0.5, false, 'robots-unreachable'],
    ['500', { status: 500 }, 'unreachable', 0.5, false, 'robots-unreachable'],
    ['503', { status: 503, payload: bytes('User-agent: *\nAllow: /\n') }, 'unreachable', 0.5, false, 'robots-unreachable'],
    ['521 with a challenge', { status: 521, headers: { 'set-cookie': '__jsluid_h=1' }, payload: bytes('<script>document.cookie=1</script>') }, 'unreachable', 0.5, false, 'blocked-jsl-521'],
    ['time out', { status: null, error: fault('timeout-headers') }, 'unreachable', 0.5, false, 'robots-unreachable'],
    ['TLS failure', { status: null, error: fault('tls-expired') }, 'unreachable', 0.5, false, 'robots-unreachable'],
    ['name not found', { status: null, error: fault('dns') }, 'unreachable', 0.5, false, 'robots-unreachable'],
    ['body cut short', { error: fault('truncated'), payload: bytes('User-agent: *\n') }, 'unreachable', 0.5, false, 'robots-unreachable'],
    ['body over the limit', { error: fault('too-large'), payload: bytes('User-agent: *\nDisallow: /p\n') }, 'rules', 24, false, 'robots-disallowed'],
    ['redirects without end', { status: 302, error: fault('too-many-redirects') }, 'allowed', 24, true, null],
    ['redirect into a private network', { status: 302, error: fault('private-address') }, 'unreachable', 0.5, false, 'robots-unreachable'],
    ['redirect without a target', { status: 302 }, 'allowed', 24, true, null],
    ['no answer at all', { status: null }, 'unreachable', 0.5, false, 'robots-unreachable'],
  ];

  it.each(cases)('%s', (_name, facts, state, hours, allowed, reason) => {
    const policy = robotsPolicy(answer(facts));
    expect(policy).toMatchObject({ state, expiresAt: NOW + hours * HOUR });
    expect(decide(policy, 'http://a.test/p', 'nianbao')).toMatchObject({ allowed, reason });
    expect(decide(policy, 'http://a.test/robots.txt', 'nianbao').allowed).toBe(true);
  });

  it('survives the host table', () => {
    const policy = robotsPolicy(answer({ payload: bytes(PORTAL) }));
    expect(policyFromText(policyToText(policy))).toEqual(policy);
    expect(policy.crawlDelaySecs).toBe(5);
    for (const text of [null, '', '{', '[]', 'null', '{"rules":1}']) expect(policyFromText(text)).toBeNull();
  });

  it('knows our name', () => {
    expect(productToken('nianbao/1.0 (+https://example.org)')).toBe('nianbao');
    expect(productToken('  My-Crawler 2')).toBe('My-Crawler');
    expect(productToken('7bot')).toBe('*');
  });
});
