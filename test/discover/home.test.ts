/** From a bare home page to the column: menus, sections, departments, frames, redirects, site map, search. */
import { describe, expect, it } from 'vitest';
import type { Discovery } from '../../src/discover/discover.js';
import { discover } from '../../src/discover/discover.js';
import type { PageFacts } from './made-up-page.js';
import { pageOf } from './made-up-page.js';

const HOME = 'http://gaj.qingxi.gov.cn/';

function read(body: string, facts: Partial<PageFacts> & { head?: string } = {}): Discovery {
  const markup = `<html><head><title>清溪市公安局</title>${facts.head ?? ''}</head><body>${body}</body></html>`;
  return discover({ page: pageOf({ url: HOME, markup, kind: 'home', heardVia: 'seed', seed: { agency: '清溪市公安局', home: HOME }, ...facts }) });
}

function menu(...links: (readonly [string, string])[]): string {
  return `<ul>${links.map(([text, href]) => `<li><a href="${href}">${text}</a></li>`).join('')}</ul><p>${'清溪公安欢迎您。'.repeat(20)}</p>`;
}

const leads = ({ found }: Discovery): unknown[] => found.map(({ url, kind, heardVia }) => [url.replace(HOME, '/'), kind, heardVia]);

describe('menus', () => {
  it('goes straight to the column of reports and past the sections', () => {
    expect(leads(read(menu(['首页', '/'], ['信息公开', '/xxgk/'], ['政府信息公开年报', '/xxgk/nb/'], ['警务资讯', '/jwzx/'])))).toEqual([['/xxgk/nb/', 'column', 'link']]);
  });

  it('knows a column by its folder when its words say nothing', () => {
    expect(leads(read(menu(['更多>>', '/zwgk/zfxxgknb/'], ['更多>>', '/jwzx/'])))).toEqual([['/zwgk/zfxxgknb/', 'column', 'link']]);
  });

  it('takes the sections of information disclosure without one, never guides and forms', () => {
    expect(leads(read(menu(['政务公开', '/zwgk/'], ['政府信息公开指南', '/zn/'], ['依申请公开', '/ysq/'], ['法定主动公开内容', '/fdzdgknr/'], ['警营风采', '/jyfc/'])))).toEqual([['/zwgk/', 'column', 'link'], ['/fdzdgknr/', 'column', 'link']]);
  });

  it('follows the agency\'s own column on a government portal', () => {
    const home = read(menu(['市教育局', '/jyj/'], ['市公安局', '/gaj/'], ['政务公开', '/zwgk/']), { url: 'http://www.qingxi.gov.cn/' });
    expect(home.found.map(({ url }) => new URL(url).pathname)).toEqual(['/gaj/', '/zwgk/']);
  });

  it('goes on by departments inside a government\'s column of reports', () => {
    const page = read(menu(['市直部门', './bm/'], ['乡镇年报', './xz/'], ['市公安局', './gaj/']), { url: 'http://www.qingxi.gov.cn/zfxxgknb/', kind: 'column', heardVia: 'link', anchor: '政府信息公开年报' });
    expect(page.found.map(({ url }) => new URL(url).pathname)).toEqual(['/zfxxgknb/gaj/', '/zfxxgknb/bm/']);
    expect([page.list, page.notices]).toEqual([null, []]);
  });

  it('reads a column that the seed gives as a home page', () => {
    const page = read('<h1>政府信息公开年报</h1><ul><li><a href="a.html">2018年年报</a><span>2019-01-20</span></li></ul><a href="index_2.html">下一页</a>', { url: `${HOME}zwgk/nb/` });
    expect([page.kind, page.list?.reportRows, leads(page)]).toEqual(['list', 1, [['/zwgk/nb/a.html', 'article', 'row'], ['/zwgk/nb/index_2.html', 'list', 'paging']]]);
  });

  it('says when a page leads nowhere', () => {
    expect(read(menu(['警务资讯', '/jwzx/'])).notices.map(({ code }) => code)).toEqual(['discover-leads-nowhere']);
  });

  it('asks the site map when nothing else leads on', () => {
    expect(leads(read(menu(['警务资讯', '/jwzx/'], ['网站地图', '/wzdt/'])))).toEqual([['/wzdt/', 'column', 'link']]);
  });

  it('drops what is no page', () => {
    expect(read(menu(['年度报告', 'javascript:void(0)'], ['政务公开', '#'], ['信息公开', 'mailto:a@b.cn'], ['信息公开', 'ftp://x.gov.cn/'], ['信息公开', ' ']), { url: HOME }).found).toEqual([]);
  });

  it('resolves against <base>, backslashes and trailing dots of hosts', () => {
    const home = read(menu(['年度报告', 'nb\\2020\\'], ['公开年报', 'http://gaj.qingxi.gov.cn./gknb/#top']), { head: '<base href="/zwgk/">' });
    expect(home.found.map(({ url }) => url)).toEqual([`${HOME}zwgk/nb/2020/`, `${HOME}gknb/`]);
  });
});

describe('pages that send on', () => {
  it.each([
    ['<meta http-equiv="refresh" content="0; url=./portal/index.shtml">', '', 'meta-refresh', '/portal/index.shtml'],
    ['<META HTTP-EQUIV="Refresh" CONTENT="3;URL=/main.html">', '', 'meta-refresh', '/main.html'],
    ['', '<script>window.location.href="./202606/t20260608_383268.html";</script>', 'script-redirect', '/202606/t20260608_383268.html'],
    ['', "<script>location.replace('/index.jsp')</script>", 'script-redirect', '/index.jsp'],
    ['', '<script>top.location = "/web/";</script>', 'script-redirect', '/web/'],
    ['', "<script>setTimeout(function(){window.location='/welcome.html'},1000)</script>", 'script-redirect', '/welcome.html'],
  ])('%s%s', (head, body, heardVia, path) => {
    const home = read(body, { head });
    expect([home.kind, ...leads(home)]).toEqual(['home', [path, 'home', heardVia]]);
  });

  it.each([
    ['a page that reloads itself', '<meta http-equiv="refresh" content="300">', menu(['信息公开', '/xxgk/'])],
    ['a button', '', `${menu(['信息公开', '/xxgk/'])}<script>function go(){location.href="/other/"}</script>`],
  ])('is not misled by %s', (_name, head, body) => {
    expect(leads(read(body, { head }))).toEqual([['/xxgk/', 'column', 'link']]);
  });

  it('follows framesets, and the inline frames that look like a list', () => {
    expect(leads(discover({ page: pageOf({ url: HOME, kind: 'home', markup: '<html><frameset rows="80,*"><frame src="top.html"><frame src="main.html"></frameset></html>' }) }))).toEqual([['/top.html', 'home', 'frame'], ['/main.html', 'home', 'frame']]);
    const page = read('<h2>政府信息公开目录</h2><iframe src="/module/xxgk/subjectinfo.jsp?area=014"></iframe><iframe src="//tianqi.example.com/weather"></iframe>', { url: `${HOME}gkml.html`, kind: 'column' });
    expect(leads(page)).toEqual([['/module/xxgk/subjectinfo.jsp?area=014', 'column', 'frame']]);
  });
});

describe('the site\'s own search', () => {
  const form = (action: string, ...fields: string[]): string => `<form action="${action}">${fields.join('')}</form>${menu(['警务资讯', '/jwzx/'])}`;
  const hidden = (name: string, value: string): string => `<input type="hidden" name="${name}" value="${value}">`;

  it.each([
    ['UCAP', form('/so/s', '<input name="qt">', hidden('siteCode', '4301000018'), hidden('tab', 'all')), '/so/s?siteCode=4301000018&tab=all&qt='],
    ['TRS WAS', form('/was5/web/search', hidden('channelid', '2345'), '<input name="searchword">'), '/was5/web/search?channelid=2345&searchword='],
    ['IGS', form('/igs/front/search.jhtml', hidden('code', 'c0ffee'), hidden('siteId', '7'), '<input name="searchWord">'), '/igs/front/search.jhtml?code=c0ffee&siteId=7&searchWord='],
    ['LonSun', form('/site/search/6788031', '<input name="keywords">'), '/site/search/6788031?keywords='],
  ])('%s is asked once, as its form says', (_name, body, start) => {
    const { found } = read(body);
    expect(found.map(({ url, heardVia }) => [url, heardVia])).toEqual([[`${HOME.slice(0, -1)}${start}${encodeURIComponent('政府信息公开工作年度报告')}`, 'search']]);
  });

  it('is left alone when anything else leads on, and on its own result pages', () => {
    const body = form('/so/s', '<input name="qt">');
    expect(read(body + menu(['信息公开', '/xxgk/'])).found.map(({ heardVia }) => heardVia)).toEqual(['link']);
    expect(read(body, { url: `${HOME}so/s?qt=x`, kind: 'list', heardVia: 'search' }).found).toEqual([]);
  });

  it('gives reports, and no evidence of what there is not', () => {
    const page = read('<ul><li><a href="/r.html">清溪市公安局2019年政府信息公开工作年度报告</a> 2020-01-20</li><li><a href="/s.html">2018年年报</a> 2019-01-20</li></ul>', { url: `${HOME}so/s?qt=x`, kind: 'list', heardVia: 'search' });
    expect([page.list, page.found.map(({ url }) => url)]).toEqual([null, [`${HOME}r.html`]]);
  });
});
