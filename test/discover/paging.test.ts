/** The four incompatible conventions of "page N", and why paging stops. */
import { describe, expect, it } from 'vitest';
import { namedPages } from '../../src/discover/create-page-html.js';
import { discover } from '../../src/discover/discover.js';
import type { ListReading } from '../../src/discover/discover.js';
import type { PageFacts } from './made-up-page.js';
import { pageOf } from './made-up-page.js';

const ROOT = 'http://gaj.qingxi.gov.cn';

function listAt(path: string, pager: string, facts: Partial<PageFacts> = {}): ListReading {
  const markup = `<html><head><title>政府信息公开年报</title></head><body><ul><li><a href="/r1.html">2018年政府信息公开年报</a><span>2019-01-20</span></li></ul><div class="page">${pager}</div></body></html>`;
  const { list } = discover({ page: pageOf({ url: ROOT + path, markup, ...facts }) });
  if (!list) throw new Error('no list was read');
  return list;
}

const next = (list: ListReading): string[] => list.nextUrls.map((url) => url.replace(ROOT, ''));

describe('createPageHTML', () => {
  it.each([
    ['createPageHTML(3, 0, "index", "html");', { pages: 3, pageNumber: 1, total: null, files: ['index_1.html', 'index_2.html'] }],
    ["createPageHTML(2,1,'index','shtml')", { pages: 2, pageNumber: 2, total: null, files: ['index_1.shtml'] }],
    ['createPageHTML(1, 0, "index", "html");', { pages: 1, pageNumber: 1, total: null, files: [] }],
    ["createPageHTML('page_div',4, 1,'common_list','shtml',52);", { pages: 4, pageNumber: 1, total: 52, files: ['common_list_2.shtml', 'common_list_3.shtml', 'common_list_4.shtml'] }],
    ["createPageHTML('page_div', 2, 2, 'list', 'shtml', 20)", { pages: 2, pageNumber: 2, total: 20, files: ['list_2.shtml'] }],
    ['var countPage = 3; var currentPage = 0; createPageHTML(countPage, currentPage, "index", "html")', { pages: 3, pageNumber: 1, total: null, files: ['index_1.html', 'index_2.html'] }],
    ['function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){ }\ncreatePageHTML(2, 0, "index", "html");', { pages: 2, pageNumber: 1, total: null, files: ['index_1.html'] }],
    ['var currentPage = 1;var nextPage = currentPage+1;var countPage = 3;document.write("<a href=\\"index"+"_" + nextPage + "."+"html\\">下一页</a>");', { pages: 3, pageNumber: 2, total: null, files: ['index_1.html', 'index_2.html'] }],
  ])('%s', (script, expected) => {
    expect(namedPages(script)).toEqual(expected);
  });

  it.each(['', 'function createPageHTML(a, b, c, d) { return a; }', 'createPageHTML()', 'createPageHTML(x, y, z)', 'createPageHTML("../../etc", 3, 1, "a/b", "html")', 'var countPage = 5;'])('is not read out of %s', (script) => {
    expect(namedPages(script)).toBeNull();
  });

  it('names at most so many pages, and says so', () => {
    const list = listAt('/nb/', '<script>createPageHTML(99999, 0, "index", "html");</script>');
    expect([list.nextUrls.length, list.stop]).toEqual([500, 'limit']);
  });
});

describe('the pages of a list', () => {
  it.each<[string, string, string, string[], string]>([
    ['TRS, from 0', '/nb/', '<script>createPageHTML(3, 0, "index", "html");</script>', ['/nb/index_1.html', '/nb/index_2.html'], 'more'],
    ['TRS, the last', '/nb/index_2.html', '<script>createPageHTML(3, 2, "index", "html");</script>', ['/nb/index_1.html'], 'last-page'],
    ['UCAP, from 1', '/c10634/common_list.shtml', "<script>createPageHTML('page_div',3, 1,'common_list','shtml',52);</script>", ['/c10634/common_list_2.shtml', '/c10634/common_list_3.shtml'], 'more'],
    ['a next link', '/nb.php', '<b>1</b> <a href="nb.php?page=2">2</a> <a href="nb.php?page=3">3</a> <a href="nb.php?page=2">下一页</a> 共3页', ['/nb.php?page=2', '/nb.php?page=3'], 'more'],
    ['a next link as a sign', '/nb/', '1 <a href="index_2.html">2</a> <a href="index_2.html">&gt;</a>', ['/nb/index_2.html'], 'more'],
    ['page 1 named again under its number', '/nb.php?page=2', '<a href="nb.php?page=1">1</a> <b>2</b> <span>下一页</span>', [], 'no-next'],
    ['numbers without a next link', '/list/', '<a href="/list/index_2.shtml">[2]</a><a href="/list/index_3.shtml">[3]</a>', ['/list/index_2.shtml', '/list/index_3.shtml'], 'more'],
    ['the days of a calendar', '/nb/', '<a href="?month=2024-04">上月</a><a href="?day=2024-05-02">2</a> <a href="?day=2024-05-03">3</a> <a href="?d=2024-05-04">4</a>', [], 'single-page'],
    ['numbers beside a date of the page\'s own', '/nb.php?year=2019', '<b>1</b> <a href="nb.php?year=2019&page=2">2</a>', ['/nb.php?year=2019&page=2'], 'more'],
    ['pages known by text and address', '/l.jsp?pageNo=1&id=7', '第1页/共3页', ['/l.jsp?pageNo=2&id=7', '/l.jsp?pageNo=3&id=7'], 'more'],
    ['pages known by script and address', '/l.jsp?pageNo=1', '<script>var totalPage = 2;</script>', ['/l.jsp?pageNo=2'], 'more'],
    ['no pager', '/nb/', '', [], 'single-page'],
    ['one page by its own word', '/nb/', '共1页 <a href="javascript:void(0)">下一页</a>', [], 'single-page'],
    ['a dead next link without a count', '/nb/', '<a href="javascript:;">下一页</a>', [], 'single-page'],
    ['the next article', '/nb/', '<a href="/r2.html">下一篇</a>', [], 'single-page'],
    ['VSB, downwards', '/zwgk/nb.htm', '<div class="pb_sys_common"><a href="nb/2.htm">2</a><a href="nb/2.htm">下页</a><span class="p_t">共3页</span></div>', ['/zwgk/nb/2.htm', '/zwgk/nb/1.htm'], 'more'],
    ['VSB, the last', '/zwgk/nb/1.htm', '<div class="pb_sys_common"><span class="p_t">共3页</span></div>', [], 'last-page'],
    ['n/c, named after the component', '/n1/n2/index.html', '<span id="comp_3497341"></span><script>var maxPageNum3497341=3;</script>', ['/n1/n2/index_3497341_2.html', '/n1/n2/index_3497341_1.html'], 'more'],
  ])('%s', (_name, path, pager, expected, stop) => {
    const list = listAt(path, pager, path.includes('page=2') || path.includes('index_2') || path.includes('/1.htm') ? { heardVia: 'paging', anchor: '政府信息公开年报' } : {});
    expect([next(list), list.stop]).toEqual([expected, stop]);
  });

  it('carries the name of the column along', () => {
    const page = pageOf({ url: `${ROOT}/x/`, anchor: '公开年报', markup: '<ul><li><a href="/a.html">2018年年报</a> 2019-01-20</li></ul><a href="index_2.html">下一页</a>' });
    expect(discover({ page }).found.find(({ heardVia }) => heardVia === 'paging')).toMatchObject({ kind: 'list', anchor: '公开年报' });
  });
});
