/** Portals whose lists are hard to get to from where the seed list begins: framesets, site maps, departments, the site's own search, sessions, calendars. */
import { GOV_SKIN } from '../chrome/gov.js';
import { escapeMarkup } from '../markup.js';
import type { Publisher, World } from '../publisher.js';
import type { Answer, Respond, Site } from '../site.js';
import { plain, servePages } from '../site.js';
import type { Built, FamilyFacts } from './family-parts.js';
import { bare, build, finish, hex } from './family-parts.js';
import { columnPages, compact } from './parts.js';

const city = (agency: string, code: string, place: string, titleShape = 0): Publisher => ({ agency, code, level: 'prefecture', place, titleShape, annexYears: [2015] });

/** All pages of a list at addresses of the portal's own making. */
function shelveList(built: Built, facts: { perPage: number; column?: string; address: (index: number) => string; paging: (index: number, total: number) => string }): void {
  const { column = '政府信息公开年报', ...more } = facts;
  columnPages({ press: built.on, column, rows: built.rows, ...more }).forEach((answer, index) => built.pages.set(facts.address(index), answer));
}

const page = (title: string, body: string): Answer => bare(`<html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`);
const items = (links: readonly (readonly [string, string])[]): string => `<ul>${links.map(([text, href]) => `<li><a href="${href}">${text}</a></li>`).join('')}</ul>`;

const FRAMESET: FamilyFacts = {
  ...{ id: 'frameset', family: 'generic', host: 'gaj.hegang.gov.cn.localhost', publisher: city('鹤岗市公安局', '230400', '鹤岗市', 1), container: 'class="xxgk_content"', style: 'breaks' },
  ...{ from: 2008, to: 2024, home: '/', columns: [] },
  path: ({ year }, index) => `/news/${year}/${6100 + index}.htm`,
  difficulty: 'Home is a frameset of a menu and a page; only the menu leads to the list.',
  outcome: 'Seventeen reports, FY2008 to FY2024.',
};

export function framesetPortal(world: World): Site {
  const built = build(world, FRAMESET);
  built.pages.set('/', bare('<html><head><meta charset="utf-8"><title>鹤岗公安</title></head><frameset cols="180,*"><frame name="menu" src="/left.htm"><frame name="main" src="/welcome.htm"></frameset></html>'));
  built.pages.set('/left.htm', page('导航', items([['首页', '/welcome.htm'], ['警务动态', '/jwdt.htm'], ['政府信息公开年报', '/xxgk_nb.htm']])));
  built.pages.set('/welcome.htm', page('欢迎', `<p>${'欢迎访问鹤岗公安网站，请从左侧的导航进入各栏目。'.repeat(3)}</p>`));
  shelveList(built, { perPage: 40, address: () => '/xxgk_nb.htm', paging: () => '' });
  return finish(FRAMESET, built);
}

const SITE_MAP: FamilyFacts = {
  ...{ id: 'site-map', family: 'generic', host: 'gaj.panzhihua.gov.cn.localhost', publisher: city('攀枝花市公安局', '510400', '攀枝花市', 3), container: 'id="zoom"', style: 'plain', from: 2008, to: 2024, home: '/', columns: [] },
  path: ({ publishedOn }, index) => `/show-${compact(publishedOn).day}-${700 + index}.html`,
  difficulty: 'The home page is pictures and a link to the site map, which names all columns; the pager says only 下一页.',
  outcome: 'Seventeen reports, FY2008 to FY2024, from four pages.',
};

export function siteMapPortal(world: World): Site {
  const built = build(world, SITE_MAP);
  built.pages.set('/', page('攀枝花市公安局', `<img src="/banner.jpg" alt=""><p>攀枝花市公安局欢迎您。</p>${items([['网站地图', '/sitemap.html'], ['联系我们', '/lxwm.html']])}`));
  const columns = ['警务要闻', '通知公告', '办事指南', '政策解读', '人事信息', '财政信息'].map((name, at) => [name, `/list-${at + 10}.html`] as const);
  built.pages.set('/sitemap.html', page('网站地图', `<h2>网站地图</h2>${items([...columns.slice(0, 4), ['政府信息公开年报', '/list-31.html'], ...columns.slice(4)])}`));
  const address = (index: number): string => (index === 0 ? '/list-31.html' : `/list-31-${index + 1}.html`);
  shelveList(built, { perPage: 5, address, paging: (index, total) => (index + 1 < total ? `<a href="${address(index + 1)}">下一页</a>` : '<span>下一页</span>') });
  return finish(SITE_MAP, built);
}

const DEPARTMENTS: FamilyFacts = {
  ...{ id: 'departments', family: 'generic', host: 'www.fenghuang.gov.cn.localhost', owner: '凤凰县人民政府', container: 'class="article-content"', style: 'divs', from: 2008, to: 2024, home: '/', columns: [] },
  publisher: { agency: '凤凰县公安局', code: '433123', level: 'county', place: '凤凰县', titleShape: 0, annexYears: [] },
  path: ({ publishedOn }, index) => `/zwgk/bm/gaj/ndbg/${compact(publishedOn).month}/${5400 + index}.html`,
  difficulty: 'From the home page of a county government: disclosure, departments, the bureau, its column; other departments\' columns lie beside it.',
  outcome: 'Seventeen reports, FY2008 to FY2024, of the bureau and of nobody else.',
};

export function departmentsPortal(world: World): Site {
  const built = build(world, DEPARTMENTS);
  const { pages } = built;
  pages.set('/', page('凤凰县人民政府', `<p>${'凤凰县人民政府门户网站欢迎您的访问。'.repeat(6)}</p>${items([['首页', '/'], ['新闻中心', '/xwzx/'], ['政务公开', '/zwgk/'], ['办事服务', '/bsfw/']])}`));
  pages.set('/zwgk/', page('政务公开', items([['政府信息公开指南', '/zwgk/zn/'], ['政府信息公开制度', '/zwgk/zd/'], ['部门信息公开', '/zwgk/bm/'], ['依申请公开', '/zwgk/ysq/']])));
  pages.set('/zwgk/bm/', page('部门信息公开', items([['县教育局', '/zwgk/bm/jyj/'], ['县财政局', '/zwgk/bm/czj/'], ['县公安局', '/zwgk/bm/gaj/'], ['县民政局', '/zwgk/bm/mzj/']])));
  pages.set('/zwgk/bm/gaj/', page('县公安局', items([['机构职能', './jgzn/'], ['法定主动公开内容', './fd/'], ['政府信息公开年报', './ndbg/']])));
  shelveList(built, { perPage: 40, address: () => '/zwgk/bm/gaj/ndbg/', paging: () => '' });
  return finish(DEPARTMENTS, built);
}

const SEARCH: FamilyFacts = {
  ...{ id: 'site-search', family: 'generic', host: 'gaj.ziyang.gov.cn.localhost', publisher: city('资阳市公安局', '512000', '资阳市'), container: 'id="zoom"', style: 'plain', from: 2008, to: 2024, home: '/', columns: [] },
  path: ({ year }) => `/doc/${hex(`search-${year}`, 24)}.html`,
  difficulty: 'The menus come by script from elsewhere; only the site\'s own search, which answers JSON, leads to the reports.',
  outcome: 'Seventeen reports, FY2008 to FY2024, by one query.',
};

const FORM = '<form action="/igs/front/search.jhtml"><input type="hidden" name="code" value="c0ffee0512"><input type="hidden" name="siteId" value="12"><input type="hidden" name="pageSize" value="50"><input name="searchWord"><button>搜索</button></form>';

export function siteSearchPortal(world: World): Site {
  const built = build(world, SEARCH);
  built.pages.set('/', page('资阳市公安局', `${FORM}<p>${'资阳市公安局门户网站，菜单由脚本生成。'.repeat(12)}</p><div id="menu"></div>`));
  built.pages.delete('/zwgk/');
  const rows = built.rows.map((row) => ({ title: `<em>${row.text}</em>`, url: row.href, time: row.date }));
  const noise = { title: '关于做好2019年度信息公开工作的通知', url: '/doc/notice.html', time: '2019-12-01' };
  const answer = bare(JSON.stringify({ page: { content: [...rows.slice(0, 4), noise, ...rows.slice(4)], totalElements: rows.length + 1 } }), 'application/json');
  const serve = servePages(built.pages);
  return finish(SEARCH, built, (request) => {
    if (request.pathname !== '/igs/front/search.jhtml') return serve(request);
    return request.query.get('code') === 'c0ffee0512' && (request.query.get('searchWord') ?? '') !== '' ? answer : plain(400, 'bad request');
  });
}

const SESSIONS: FamilyFacts = {
  ...{ id: 'session-ids', family: 'generic', host: 'gaj.baoshan.gov.cn.localhost', publisher: city('保山市公安局', '530500', '保山市', 5), container: 'id="zoom"', style: 'word', from: 2008, to: 2024, columns: ['/gaj/list.do?channel=12'] },
  path: (_, index) => `/gaj/view.do?id=${88_000 + index}`,
  difficulty: 'Every link carries a session number that is new with every answer, in the path or in the query.',
  outcome: 'Seventeen reports, FY2008 to FY2024, each asked for once.',
};

/** A session number is written into every link of the answer, another each time; what a visitor sends of it is ignored. */
function withSessions(respond: Respond): Respond {
  let count = 0;
  return (request) => {
    const answer = respond({ ...request, pathname: request.pathname.replace(/;jsessionid=[^/]*/u, '') });
    if (answer.status !== 200 || !answer.body.includes('/gaj/')) return answer;
    count += 1;
    const number = hex(`session-${count}`, 32).toUpperCase();
    const body = answer.body.toString('utf8').replace(/href="(\/gaj\/\w+\.do)(\?[^"]*)"/gu, (_all, path: string, query: string) =>
      (count % 2 === 0 ? `href="${path};jsessionid=${number}${query}"` : `href="${path}${query}&amp;JSESSIONID=${number}"`));
    return { ...answer, headers: { 'Content-Type': 'text/html', 'Set-Cookie': `JSESSIONID=${number}; path=/` }, body: Buffer.from(body) };
  };
}

export function sessionsPortal(world: World): Site {
  const built = build(world, SESSIONS);
  const byId = new Map(built.printed.map(({ path, answer }) => [new URLSearchParams(path.split('?')[1]).get('id'), answer]));
  const lists = columnPages({ press: built.on, column: '政府信息公开年报', rows: built.rows, perPage: 6, paging: (index, total) => Array.from({ length: total }, (_, at) => (at === index ? `<b>${at + 1}</b>` : `<a href="/gaj/list.do?channel=12&amp;page=${at + 1}">${at + 1}</a>`)).join(' ') });
  const serve = servePages(built.pages);
  const lookUp: Respond = (request) => {
    if (request.pathname === '/gaj/list.do') return lists[Number(request.query.get('page') ?? 1) - 1] ?? serve({ ...request, pathname: '/404' });
    return request.pathname === '/gaj/view.do' ? byId.get(request.query.get('id')) ?? serve({ ...request, pathname: '/404' }) : serve(request);
  };
  // A report is the same bytes at every visit: only lists are written anew.
  const sessions = withSessions(lookUp);
  return finish(SESSIONS, built, (request) => (request.pathname.startsWith('/gaj/view.do') ? lookUp({ ...request, pathname: '/gaj/view.do' }) : sessions(request)));
}

const CALENDAR: FamilyFacts = {
  ...{ id: 'calendar', family: 'generic', host: 'gaj.wuzhong.gov.cn.localhost', publisher: city('吴忠市公安局', '640300', '吴忠市', 4), container: 'class="article-content"', skin: GOV_SKIN, style: 'plain', from: 2008, to: 2024, columns: ['/xxgk/ndbg/'] },
  path: ({ year }, index) => `/xxgk/ndbg/${year}/${2200 + index}.html`,
  difficulty: 'Beside the list stands a calendar that leads from month to month without end.',
  outcome: 'Seventeen reports, FY2008 to FY2024; the calendar is left alone.',
};

function calendarOf(month: number): string {
  const name = (at: number): string => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  const days = Array.from({ length: 28 }, (_, day) => `<td><a href="/xxgk/ndbg/?day=${name(month)}-${String(day + 1).padStart(2, '0')}">${day + 1}</a></td>`).join('');
  return `<table class="calendar"><tr><td><a href="/xxgk/ndbg/?month=${name(month - 1)}">上月</a></td><td>${name(month)}</td><td><a href="/xxgk/ndbg/?month=${name(month + 1)}">下月</a></td></tr><tr>${days}</tr></table>`;
}

export function calendarPortal(world: World): Site {
  const built = build(world, CALENDAR);
  const pageOf = (month: number, rows: Built['rows']): Answer => columnPages({ press: built.on, column: '年度报告', rows, perPage: 40, paging: () => calendarOf(month) })[0] ?? bare('');
  const front = pageOf(2024 * 12 + 4, built.rows);
  const serve = servePages(built.pages);
  return finish(CALENDAR, built, (request) => {
    if (request.pathname !== '/xxgk/ndbg/') return serve(request);
    const [, year, month] = /^(\d{4})-(\d{2})/u.exec(request.query.get('month') ?? request.query.get('day') ?? '') ?? [];
    return year === undefined ? front : pageOf(Number(year) * 12 + Number(month) - 1, []);
  });
}

const SHORT: FamilyFacts = {
  ...{ id: 'short-list', family: 'generic', host: 'gaj.shannan.gov.cn.localhost', publisher: city('山南市公安局', '540500', '山南市'), container: 'id="zoom"', style: 'plain', from: 2010, to: 2024, columns: ['/xxgk/nb/'] },
  path: ({ year }, index) => `/xxgk/nb/${year}/${3300 + index}.html`,
  difficulty: 'The list says that it has eighteen rows, gives fifteen, and names no further page.',
  outcome: 'Fifteen reports, FY2010 to FY2024; the list is partial, three rows were never seen.',
};

export function shortListPortal(world: World): Site {
  const built = build(world, SHORT);
  shelveList(built, { perPage: 40, address: () => '/xxgk/nb/', paging: () => `<span>共 ${built.rows.length + 3} 条</span>` });
  const site = finish(SHORT, built);
  return { ...site, portal: { ...site.portal, refusals: [{ url: `${world.origin(SHORT.host)}/xxgk/nb/`, reason: 'partial-list' }] } };
}

const SCRIPTED: FamilyFacts = {
  ...{ id: 'script-list', family: 'generic', host: 'gaj.wuhai.gov.cn.localhost', publisher: city('乌海市公安局', '150300', '乌海市'), container: 'id="zoom"', style: 'plain', from: 2008, to: 2024, columns: ['/gkml/nb.html'] },
  path: ({ year }) => `/detail/${hex(`script-${year}`, 16)}.html`,
  difficulty: 'Menus and footer are printed; the list is filled in by a script of the portal\'s own from an address that the page does not tell.',
  outcome: 'Seventeen reports, FY2008 to FY2024, with Chromium; without it the column is named as one that needed it.',
};

/** A page with all its furniture, whose list a script fetches: the address is put together from parts, as minified bundles do. */
function scriptedPage(name: string, script: string): Answer {
  const menu = items([['首页', '/'], ['警务资讯', '/jwzx/'], ['办事服务', '/bsfw/'], ['警民互动', '/jmhd/'], ['政务公开', '/zwgk/'], ['联系我们', '/lxwm/']]);
  return page(name, `${menu}<h2>${name}</h2><ul id="list"></ul><p>主办单位：公安局 技术支持：信息中心 地址：人民路1号 邮编：000000 本站所有内容均为演示数据，纯属虚构，任何单位不得引用。</p><script>${script}</script>`);
}

const FILL = 'var u=document.getElementById("list");d.forEach(function(r){var l=document.createElement("li");l.innerHTML="<a href=\'"+r.h+"\'>"+r.t+"</a><span>"+r.d+"</span>";u.appendChild(l);});';

function rowsAsJson(built: Built): string {
  return JSON.stringify(built.rows.map((row) => ({ h: row.href, t: escapeMarkup(row.text), d: row.date })));
}

/** The reports cannot be found without a browser. */
function onlyByScript(site: Site): Site {
  return { ...site, reports: site.reports.map((report) => ({ ...report, needsBrowser: true })) };
}

export function scriptListPortal(world: World): Site {
  const built = build(world, SCRIPTED);
  built.pages.set('/gkml/nb.html', scriptedPage('政府信息公开年报', `var p=["a","pi","nb"];fetch("/"+p[0]+p[1]+"/"+p[2]).then(function(r){return r.json();}).then(function(d){${FILL}});`));
  built.pages.set('/api/nb', bare(rowsAsJson(built), 'application/json'));
  return onlyByScript(finish(SCRIPTED, built));
}

const IRS: FamilyFacts = {
  ...{ id: 'irs', family: 'trs', host: 'gaj.xianning.gov.cn.localhost', publisher: city('咸宁市公安局', '421200', '咸宁市', 1), container: 'class="view TRS_UEDITOR trs_paper_default"', style: 'plain', from: 2008, to: 2024, columns: ['/zfxxgk/nb/'] },
  path: ({ publishedOn }, index) => `/zfxxgk/nb/${compact(publishedOn).month}/t${compact(publishedOn).day}_${4700 + index}.shtml`,
  difficulty: 'The list is answered only to a POST with a body of JSON, whose field names are the site\'s own.',
  outcome: 'Seventeen reports, FY2008 to FY2024, with Chromium; without it the list is named with its endpoint.',
};

export function irsPortal(world: World): Site {
  const built = build(world, IRS);
  const body = '{"pageNo":1,"pageSize":20,"tenantId":"31","tableName":"t_186aaef5","sorts":[{"sortField":"save_time","sortOrder":"DESC"}],"customFilter":{"operator":"or","properties":[{"property":"f_2021","operator":"eq","value":"7712"}]}}';
  const script = `fetch("/irs/front/list",{method:"POST",headers:{"Content-Type":"application/json"},body:JSON.stringify(${body})}).then(function(r){return r.json();}).then(function(a){var d=a.data.list.map(function(r){return{h:r.doc_pub_url,t:r.f_title,d:r.f_date};});${FILL}});`;
  built.pages.set('/zfxxgk/nb/', scriptedPage('政府信息公开年报', script));
  const list = built.rows.map((row) => ({ doc_pub_url: row.href, f_title: row.text, f_date: row.date }));
  const answer = bare(JSON.stringify({ data: { list, pager: { total: list.length, pageNo: 1 } } }), 'application/json');
  const serve = servePages(built.pages);
  return onlyByScript(finish(IRS, built, (request) => (request.pathname !== '/irs/front/list' ? serve(request) : request.method === 'POST' ? answer : plain(405, 'Method Not Allowed'))));
}

const POSTBACK: FamilyFacts = {
  ...{ id: 'postback', family: 'generic', host: 'gaj.lincang.gov.cn.localhost', publisher: city('临沧市公安局', '530900', '临沧市'), container: 'id="zoom"', style: 'breaks', from: 2008, to: 2024, columns: ['/List.aspx?cid=18'] },
  path: (_, index) => `/Show.aspx?id=${1900 + index}`,
  difficulty: 'ASP.NET: the pager posts the form back; the first page gives twelve rows of seventeen.',
  outcome: 'Twelve reports, FY2013 to FY2024; the list is partial, five rows were never seen.',
};

export function postbackPortal(world: World): Site {
  const built = build(world, POSTBACK);
  const [first] = columnPages({ press: built.on, column: '政府信息公开年报', rows: built.rows, perPage: 12, paging: () => `共${built.rows.length}条 第1/2页 <a href="javascript:__doPostBack('Pager1','2')">下一页</a><input type="hidden" name="__VIEWSTATE" value="dDwtMTA0NzMyMjQ4OTs7Pg==">` });
  const byId = new Map(built.printed.map(({ path, answer }) => [new URLSearchParams(path.split('?')[1]).get('id'), answer]));
  const serve = servePages(built.pages);
  const site = finish(POSTBACK, built, (request) => {
    if (request.pathname === '/List.aspx' && first) return first;
    return request.pathname === '/Show.aspx' ? byId.get(request.query.get('id')) ?? serve({ ...request, pathname: '/404' }) : serve(request);
  });
  const shown = new Set(built.rows.slice(0, 12).map(({ href }) => href));
  const held = built.printed.filter(({ path }) => shown.has(path)).map(({ report }) => report);
  return { ...site, reports: held, portal: { ...site.portal, refusals: [{ url: `${world.origin(POSTBACK.host)}/List.aspx?cid=18`, reason: 'partial-list' }] } };
}
