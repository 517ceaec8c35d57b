/** Portals of the modules that larger CMSs have for disclosure: Hanweb's xxgk lists, UCAP's catalogue tree; and lists of n/c content. */
import type { Publisher, World } from '../publisher.js';
import type { Answer, Site } from '../site.js';
import { servePages } from '../site.js';
import type { FamilyFacts } from './family-parts.js';
import { bare, build, finish, hex, rowsOnPage } from './family-parts.js';
import { columnPages, compact } from './parts.js';

const city = (agency: string, code: string, place: string, titleShape = 0): Publisher => ({ agency, code, level: 'prefecture', place, titleShape, annexYears: [] });

const NC: FamilyFacts = {
  ...{ id: 'nc', family: 'nc', host: 'gaj.zhongwei.gov.cn.localhost', publisher: city('中卫市公安局', '640500', '中卫市', 3), container: 'class="arcContent" id="ztdbox"', style: 'plain', from: 2008, to: 2024, columns: ['/n2254098/n4904352/index.html'] },
  path: (_, index) => `/n2254098/n4904352/c${9_770_000 + index}/content.html`,
  difficulty: 'Further pages are index_COMPONENT_n.html, counted from the newest downwards; the numbers stand in a script.',
  outcome: 'Seventeen reports, FY2008 to FY2024, from three pages.',
};

export function ncPortal(world: World): Site {
  const built = build(world, NC);
  const paging = (_index: number, total: number): string => `<div id="comp_3497341"></div><script>var maxPageNum3497341 = ${total}; var pageName3497341 = "index";</script>`;
  const lists = columnPages({ press: built.on, column: '政府信息公开年报', rows: built.rows, perPage: 6, paging });
  lists.forEach((answer, index) => built.pages.set(index === 0 ? '/n2254098/n4904352/index.html' : `/n2254098/n4904352/index_3497341_${lists.length - index}.html`, answer));
  return finish(NC, built);
}

const MODULE: FamilyFacts = {
  ...{ id: 'xxgk-module', family: 'hanweb', host: 'xxgk.suqian.gov.cn.localhost', owner: '宿迁市人民政府', publisher: city('宿迁市公安局', '321300', '宿迁市', 1), container: 'id="zoom"', style: 'word', from: 2008, to: 2024 },
  columns: ['/module/xxgk/tree.jsp?area=014319896'],
  path: ({ publishedOn }, index) => `/art/${publishedOn.split('-').map(Number).join('/')}/art_4430_${71_800 + index}.html`,
  difficulty: 'The catalogue is a tree of topics by script calls; the list of a topic is search.jsp, eight rows a page.',
  outcome: 'Seventeen reports, FY2008 to FY2024, from three pages.',
};

export function modulePortal(world: World): Site {
  const built = build(world, MODULE);
  const topics = [['机构职能', '01'], ['政策法规', '02'], ['政府信息公开年报', '0801'], ['财政信息', '05']];
  const tree = bare(`<html><head><meta charset="utf-8"></head><body><script src="/module/xxgk/tree.js"></script><ul>${topics.map(([name, id]) => `<li><a href="javascript:void(0)" onclick="funclick('${id}','${name}')">${name}</a></li>`).join('')}</ul></body></html>`);
  const pages = Math.ceil(built.rows.length / 8);
  const list = (number: number): Answer => bare(`<html><head><meta charset="utf-8"></head><body><table>${rowsOnPage(built.rows, number, 8).map((row) => `<tr><td><a href="${row.href}" title="${row.text}">${row.text}</a></td><td>${row.date}</td></tr>`).join('')}</table><div>第${number}页/共${pages}页</div></body></html>`);
  const serve = servePages(built.pages);
  return finish(MODULE, built, (request) => {
    if (request.pathname === '/module/xxgk/tree.jsp') return tree;
    if (request.pathname !== '/module/xxgk/search.jsp') return serve(request);
    return request.query.get('infotypeId') === '0801' ? list(Number(request.query.get('currpage') ?? 1)) : list(pages + 1);
  });
}

const TREE: FamilyFacts = {
  ...{ id: 'ucap-tree', family: 'ucap', host: 'gaj.hami.gov.cn.localhost', publisher: city('哈密市公安局', '650500', '哈密市'), container: 'id="UCAP-CONTENT"', style: 'divs', from: 2008, to: 2024, columns: ['/hmsgaj/zfxxgk/gkml.shtml'] },
  path: ({ publishedOn, year }) => `/hmsgaj/c117312/${compact(publishedOn).month}/${hex(`tree-${year}`, 32)}.shtml`,
  difficulty: 'The catalogue is a tree that comes as JSONP; its node has the placeholder address null.shtml, and the list is called xxgkList.',
  outcome: 'Seventeen reports, FY2008 to FY2024, from two pages.',
};

export function treePortal(world: World): Site {
  const built = build(world, TREE);
  const nodes = [{ name: '政府信息公开', url: '/hmsgaj/c117300/null.shtml', children: [{ name: '机构职能', url: '/hmsgaj/c117310/list.shtml' }, { name: '政府信息公开年报', url: '/hmsgaj/c117312/null.shtml' }] }];
  built.pages.set('/hmsgaj/zfxxgk/gkml.shtml', bare('<html><head><meta charset="utf-8"><title>政府信息公开目录</title></head><body><div class="ztree" id="tree"></div><script>$.getJSON("/u/channel/treeNew/hmsgaj?callback=?", show);</script></body></html>'));
  built.pages.set('/u/channel/treeNew/hmsgaj', bare(`jsonp1(${JSON.stringify(nodes)})`, 'application/javascript'));
  const paging = (index: number, total: number): string => `<div id="page_div"></div><script>createPageHTML('page_div',${total}, ${index + 1},'xxgkList','shtml',${built.rows.length});</script>`;
  columnPages({ press: built.on, column: '政府信息公开年报', rows: built.rows, perPage: 10, paging }).forEach((answer, index) => built.pages.set(`/hmsgaj/c117312/xxgkList${index === 0 ? '' : `_${index + 1}`}.shtml`, answer));
  return finish(TREE, built);
}
