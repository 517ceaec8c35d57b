/** Pages made to hurt: depth, size, repeated beginnings of patterns. Each is read in a moment. */
import { describe, expect, it } from 'vitest';
import { discover } from '../../src/discover/discover.js';
import { LINK_LIMIT } from '../../src/discover/links.js';
import { pageOf } from './made-up-page.js';

const many = (text: string, bytes = 400_000): string => text.repeat(Math.ceil(bytes / text.length));

/** Generous for a busy machine; quadratic reading of any of these takes minutes. */
const SECONDS = 10;

describe('hostile pages', () => {
  it.each([
    ['elements 60,000 deep', '<div>'.repeat(60_000) + '<a href="/x">政府信息公开年报</a>'],
    ['links 20,000 deep', '<b><a href="/x">年报</a>'.repeat(20_000)],
    ['a hundred thousand links', many('<li><a href="/a/b.html">2019年年报</a>2020-01-20</li>', 3_000_000)],
    ['an endless label', `<a href="/x">${many('政府信息公开')}</a>`],
    ['a label of opening brackets', `<a href="/x">${many('((((')}a 2019-01-30</a>`],
    ['white space', `<a href="/x">2019年${many(' \n')}年报</a>${many(' ')}`],
    ['years without end', `<p>${many('2019-01-')}</p><a href="/x">${many('20192019')}</a>`],
    ['calls without end', `<script>${many('createPageHTML(')}</script>`],
    ['arguments without end', `<script>createPageHTML(${many('1,')})</script>`],
    ['variables without end', `<script>${many('var countPage = 5;')}</script>`],
    ['records without end', `<script>${many('<datastore><nextgroup><record>')}</script>`],
    ['brackets in a configuration', `<script>window._CONFIG={SID:'1',TREE:${many('[')}</script>`],
    ['strings in a configuration', `<script>window._CONFIG={SID:'1',TREE:["${many('\\"')}</script>`],
    ['quotes', `<script>${many('"/\'/')}</script>`],
    ['paths', `<script>"${many('/module/xxgk/')}"</script>`],
    ['numbered folders', `<a href="/${many('123/', 3000)}">年报</a>`],
    ['topics', many("funclick('a',")],
    ['forms', many('<form action="/so/s"><input name="x">')],
    ['frames', many('<iframe src="/gkml/x.html"></iframe>')],
    ['totals', `<p>${many('共 1')}</p>`],
    ['attributes', `<a ${many('title="x" ')} href="/x">年报</a>`],
    ['deep JSON', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['wide JSON', `[${many('{"title":"2019年年报","url":"/x"},', 2_000_000)}{}]`],
    ['JSON in JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ title: '2019年年报', url: '/x' }) }) })],
    ['a callback name', `${many('a')}(`],
    ['a redirect', `<meta http-equiv="refresh" content="0;url=${many('/a')}">`],
    ['nothing', ''],
    ['NUL and surrogates', '\u0000\ud800<a href="http://\ud800/">年报</a><a href="http://[::1">年报</a><a href="//">年报</a><base href="::">'],
  ])('%s', (_name, markup) => {
    const started = performance.now();
    for (const kind of ['home', 'column', 'article'] as const) {
      const page = discover({ page: pageOf({ url: 'http://gaj.qingxi.gov.cn/col/col1/index.html', markup, kind, mediaType: markup.startsWith('[') ? 'application/json' : 'text/html' }) });
      expect(page.found.length).toBeLessThanOrEqual(LINK_LIMIT + 2000);
    }
    expect((performance.now() - started) / 1000).toBeLessThan(SECONDS);
  });

  it('says when it read only the first links', () => {
    const page = discover({ page: pageOf({ url: 'http://x.gov.cn/', markup: '<a href="/a">甲</a>'.repeat(LINK_LIMIT + 1) }) });
    expect(page.notices.map(({ code }) => code)).toContain('discover-link-limit');
  });

  it('reads as many links as it is told, of a page and of data', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({ title: `${2008 + index}年政府信息公开工作年度报告`, url: `/nb/${index}.html` }));
    const markup = `<ul>${rows.map(({ title, url }) => `<li><a href="${url}">${title}</a></li>`).join('')}</ul>`;
    for (const [text, mediaType] of [[markup, 'text/html'], [JSON.stringify(rows), 'application/json']] as const) {
      const page = pageOf({ url: 'http://gaj.qingxi.gov.cn/nb/', markup: text, mediaType, kind: 'list' });
      const reports = (linkLimit?: number): string[] => discover({ page, linkLimit }).found.filter(({ kind }) => kind === 'article').map(({ url }) => new URL(url).pathname);
      const said = (linkLimit?: number): boolean => discover({ page, linkLimit }).notices.some(({ code }) => code === 'discover-link-limit');
      expect([reports().length, said()], mediaType).toEqual([12, false]);
      expect([reports(12).length, said(12)], mediaType).toEqual([12, false]);
      expect([reports(5), said(5)], mediaType).toEqual([rows.slice(0, 5).map(({ url }) => url), true]);
    }
  });

  it('gives the same answer twice', () => {
    const markup = '<title>政府信息公开年报</title><ul><li><a href="/a.html">2019年年报</a> 2020-01-20</li></ul><script>createPageHTML(3, 0, "index", "html");</script>';
    const once = (): string => JSON.stringify(discover({ page: pageOf({ url: 'http://x.gov.cn/nb/', markup }) }));
    expect(once()).toBe(once());
  });
});
