/** Whole sites in miniature, walked from the home page: which pages are asked for, and that every report is reached. */
import { describe, expect, it } from 'vitest';
import { discover } from '../../src/discover/discover.js';
import type { FoundLink } from '../../src/discover/discover.js';
import { pageOf } from './made-up-page.js';

const ROOT = 'http://www.qingxi.gov.cn';
const AGENCY = '清溪县公安局';

type Site = Readonly<Record<string, string>>;

const link = (words: string, href: string): string => `<li><a href="${href}">${words}</a></li>`;
const dated = (words: string, href: string): string => `<li><a href="${href}">${words}</a><span>2020-01-20</span></li>`;
const NAV = `<ul class="nav">${link('首页', '/')}${link('新闻动态', '/xwdt/')}${link('政务公开', '/zwgk/')}${link('办事服务', '/bsfw/')}</ul>`;
const NEWS = Array.from({ length: 8 }, (_, at) => dated(`清溪县召开第${at}次会议`, `/xwdt/${at}.html`)).join('');

function page(name: string, body: string): string {
  return `<html><head><title>${name}-清溪县人民政府</title></head><body>${NAV}<p>${'清溪县人民政府门户网站欢迎您的访问。'.repeat(8)}</p>${body}</body></html>`;
}

function report(year: number, agency = AGENCY): string {
  const title = `${agency}${year}年政府信息公开工作年度报告`;
  return `<html><head><title>${title}</title><meta name="ArticleTitle" content="${title}"></head><body>${NAV}<div id="zoom"><p>一、总体情况</p></div></body></html>`;
}

interface Walk { asked: string[]; reports: string[] }

/** Every page of the site that is named within six links of the home page. Reports are not asked for. */
function walk(site: Site, start = '/'): Walk {
  const waiting: (Pick<FoundLink, 'url' | 'kind' | 'heardVia' | 'anchor'> & { hops: number })[] = [{ url: ROOT + start, kind: 'home', heardVia: 'seed', anchor: null, hops: 0 }];
  const asked = new Set<string>();
  const reports = new Set<string>();
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const path = step.url.replace(ROOT, '');
    if (asked.has(path) || step.hops > 6) continue;
    if (site[path]?.includes('ArticleTitle')) {
      reports.add(path);
      continue;
    }
    asked.add(path);
    const { found } = discover({ page: pageOf({ ...step, markup: site[path] ?? '<p>404</p>', seed: { agency: AGENCY, home: `${ROOT}/` } }) });
    waiting.push(...found.map((one) => ({ ...one, hops: (step?.hops ?? 0) + (one.heardVia === 'paging' ? 0 : 1) })));
  }
  return { asked: [...asked], reports: [...reports].sort() };
}

describe('from the home page of a government', () => {
  it('goes by the agency\'s own column', () => {
    const site: Site = {
      '/': page('首页', `<ul>${NEWS}</ul>`),
      '/zwgk/': page('政务公开', `<ul>${link('政府信息公开指南', '/zwgk/zn/')}${link('部门信息公开', '/zwgk/bm/')}${link('依申请公开', '/zwgk/ysq/')}</ul>`),
      '/zwgk/bm/': page('部门信息公开', `<ul>${link('县教育局', '/zwgk/bm/jyj/')}${link('县公安局', '/zwgk/bm/gaj/')}${link('县民政局', '/zwgk/bm/mzj/')}</ul>`),
      '/zwgk/bm/gaj/': page('县公安局', `<ul>${link('机构职能', './jgzn/')}${link('法定主动公开内容', './fd/')}${link('政府信息公开年报', './fgw_97975/ndbg/')}</ul>`),
      '/zwgk/bm/gaj/fgw_97975/ndbg/': page('政府信息公开年报', `<ul>${dated('2019年年报', './201.html')}${dated('2018年年报', './202.html')}</ul>`),
      '/zwgk/bm/gaj/fgw_97975/ndbg/201.html': report(2019),
      '/zwgk/bm/gaj/fgw_97975/ndbg/202.html': report(2018),
    };
    const { asked, reports } = walk(site);
    expect(asked).toEqual(['/', '/zwgk/', '/zwgk/bm/', '/zwgk/bm/gaj/', '/zwgk/bm/gaj/fgw_97975/ndbg/']);
    expect(reports).toHaveLength(2);
  });

  it('goes by the government\'s column of reports, its departments and its years, and takes the agency\'s rows', () => {
    const others = ['县教育局', '县财政局', '青石镇人民政府'];
    const list = (year: number, pager: string): string => page(`${year}年`, `<ul>${others.map((other, at) => dated(`${other}${year}年政府信息公开工作年度报告`, `./o${at}.html`)).join('')}${dated(`${AGENCY}${year}年政府信息公开工作年度报告`, './g.html')}</ul>${pager}`);
    const site: Site = {
      '/': page('首页', `<ul>${NEWS}</ul><div class="box"><h3>信息公开</h3><ul>${link('政府信息公开年报', '/zfxxgknb/')}</ul></div>`),
      '/zfxxgknb/': page('政府信息公开年报', `<ul>${link('县政府年报', './xzf/')}${link('县直部门', './bm/')}${link('乡镇年报', './xz/')}</ul>`),
      '/zfxxgknb/xzf/': page('县政府年报', '<ul></ul>'),
      '/zfxxgknb/bm/': page('县直部门', `<ul>${dated('2019年', './2019n/')}${dated('2018年', './2018n/')}</ul>`),
      '/zfxxgknb/bm/2019n/': list(2019, '<script>createPageHTML(2, 0, "index", "html");</script>'),
      '/zfxxgknb/bm/2019n/index_1.html': page('2019年', `<ul>${dated('清溪县公安局交警大队2019年政府信息公开工作年度报告', './j.html')}</ul><script>createPageHTML(2, 1, "index", "html");</script>`),
      '/zfxxgknb/bm/2018n/': list(2018, ''),
      '/zfxxgknb/bm/2019n/g.html': report(2019), '/zfxxgknb/bm/2018n/g.html': report(2018), '/zfxxgknb/bm/2019n/j.html': report(2019, '清溪县公安局交警大队'),
    };
    const { asked, reports } = walk(site);
    expect(reports).toEqual(['/zfxxgknb/bm/2018n/g.html', '/zfxxgknb/bm/2019n/g.html', '/zfxxgknb/bm/2019n/j.html']);
    expect(asked.filter((path) => /o\d|\/xz\//u.test(path))).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(8);
  });

  it('asks the site\'s search when its menus are all by script', () => {
    const answer = { result: { total: 2, list: [{ title: '<em>清溪县公安局</em>2019年政府信息公开工作年度报告', url: '/a/1.html', time: '2020-01-20' }, { title: '关于2019年政府信息公开工作的通知', url: '/a/2.html', time: '2020-01-20' }] } };
    const search = '/igs/front/search.jhtml?code=c0ffee&siteId=7&searchWord=%E6%94%BF%E5%BA%9C%E4%BF%A1%E6%81%AF%E5%85%AC%E5%BC%80%E5%B7%A5%E4%BD%9C%E5%B9%B4%E5%BA%A6%E6%8A%A5%E5%91%8A';
    const site: Site = {
      '/': `<html><head><title>清溪县人民政府</title></head><body><form action="/igs/front/search.jhtml"><input type="hidden" name="code" value="c0ffee"><input type="hidden" name="siteId" value="7"><input name="searchWord"></form><p>${'欢迎您访问清溪县人民政府门户网站。'.repeat(10)}</p></body></html>`,
      [search]: JSON.stringify(answer), '/a/1.html': report(2019),
    };
    expect(walk(site)).toEqual({ asked: ['/', search], reports: ['/a/1.html'] });
  });
});
