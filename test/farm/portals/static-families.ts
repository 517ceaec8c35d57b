/** Portals of families with static lists: VSB's descending pages, UCAP's pages from 1, Epoint's folders, TRS year folders, frames. */
import { VSB_SKIN } from '../chrome/vsb.js';
import type { Publisher, World } from '../publisher.js';
import type { Site } from '../site.js';
import type { FamilyFacts } from './family-parts.js';
import { bare, build, finish, hex } from './family-parts.js';
import { columnPages, compact, homePage } from './parts.js';

function publisher(agency: string, code: string, place: string, level: Publisher['level'] = 'prefecture'): Publisher {
  return { agency, code, level, place, titleShape: 0, annexYears: [] };
}

const VSB: FamilyFacts = {
  ...{ id: 'vsb-paging', family: 'vsb', host: 'gaj.tianshui.gov.cn.localhost', publisher: publisher('天水市公安局', '620500', '天水市') },
  ...{ container: 'id="vsb_content"', skin: VSB_SKIN, style: 'plain', from: 2011, to: 2022, columns: ['/zwgk/zfxxgknb.htm'] },
  path: (_, index) => `/info/1701/${42_000 + index * 17}.htm`,
  difficulty: 'Page two of three is /2.htm and the last is /1.htm: VSB counts down.',
  outcome: 'Twelve reports, FY2011 to FY2022.',
};

/** Page p of N stands at `x/{N-p+1}.htm`, the first at `x.htm`. */
export function vsbPagingPortal(world: World): Site {
  const built = build(world, VSB);
  const pathOf = (index: number, total: number): string => (index === 0 ? '/zwgk/zfxxgknb.htm' : `/zwgk/zfxxgknb/${total - index}.htm`);
  const paging = (index: number, total: number): string => {
    const next = index + 1 < total ? `<span class="p_next p_fun"><a href="${pathOf(index + 1, total)}">下页</a></span>` : '<span class="p_next_d p_fun_d">下页</span>';
    return `<div class="pb_sys_common"><span class="p_pages">${next}</span><span class="p_t">共${total}页</span><a onclick="_simple_list_gotopage_fun(${total},&quot;u13_goto&quot;,2)">跳转</a></div>`;
  };
  const lists = columnPages({ press: built.on, column: '政府信息公开年报', rows: built.rows, perPage: 4, paging });
  lists.forEach((answer, index) => built.pages.set(pathOf(index, lists.length), answer));
  return finish(VSB, built);
}

const UCAP: FamilyFacts = {
  ...{ id: 'ucap', family: 'ucap', host: 'gaj.tlf.gov.cn.localhost', publisher: publisher('吐鲁番市公安局', '650400', '吐鲁番市') },
  ...{ container: 'id="UCAP-CONTENT"', style: 'divs', from: 2016, to: 2023, columns: ['/tlfs/c106345/common_list.shtml'] },
  path: ({ publishedOn, year }) => `/tlfs/c106345/${compact(publishedOn).month}/${hex(`ucap-${year}`, 32)}.shtml`,
  difficulty: 'createPageHTML counts from 1 and names no link; addresses tell the month only.',
  outcome: 'Eight reports, FY2016 to FY2023, from two pages.',
};

export function ucapPortal(world: World): Site {
  const built = build(world, UCAP);
  const paging = (index: number, total: number): string =>
    `<div id="page_div"></div><script>createPageHTML('page_div',${total}, ${index + 1},'common_list','shtml',${built.rows.length});</script>`;
  columnPages({ press: built.on, column: '信息公开年报', rows: built.rows, perPage: 5, paging }).forEach((answer, index) =>
    built.pages.set(`/tlfs/c106345/common_list${index === 0 ? '' : `_${index + 1}`}.shtml`, answer),
  );
  return finish(UCAP, built);
}

const EPOINT_FOLDER = '/zwgk/002005/002005002/002005002006';
const EPOINT: FamilyFacts = {
  ...{ id: 'epoint', family: 'epoint', host: 'www.jinzhou.gov.cn.localhost', owner: '锦州市人民政府', publisher: publisher('锦州市公安局', '210700', '锦州市') },
  ...{ container: 'class="ewb-article-info ewb-con"', style: 'word', from: 2014, to: 2018, columns: [`${EPOINT_FOLDER}/list.html`] },
  path: ({ publishedOn, year }) => {
    const id = hex(`epoint-${year}`, 32);
    const guid = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
    return `${EPOINT_FOLDER}/${compact(publishedOn).day}/${guid}.html`;
  },
  difficulty: 'The column is a folder of numbers on the government portal; the list names no next page.',
  outcome: 'Five reports, FY2014 to FY2018.',
};

export function epointPortal(world: World): Site {
  const built = build(world, EPOINT);
  const nodes = built.rows.map((row) => `<li class="ewb-list-node"><a href="${row.href}" title="${row.text}" class="ewb-list-name">${row.text}</a><span class="ewb-list-date">${row.date}</span></li>`);
  const list = `<html><head><meta charset="utf-8"><title>年度报告</title></head><body><ul class="ewb-list">${nodes.join('\n')}</ul><div class="pagemargin" id="page_list"><span id="total">${built.rows.length}</span><script>var siteguid='7eb5f7f1-9041-43ad-8e13-8fcb82ea831a',categorynum='002005002006';</script></div></body></html>`;
  built.pages.set(`${EPOINT_FOLDER}/list.html`, bare(list));
  return finish(EPOINT, built);
}

const YEAR_FOLDERS: FamilyFacts = {
  ...{ id: 'year-folders', family: 'trs', host: 'gaj.gzlps.gov.cn.localhost', publisher: publisher('六盘水市公安局', '520200', '六盘水市') },
  ...{ container: 'class="view TRS_UEDITOR trs_paper_default"', style: 'plain', from: 2018, to: 2022, columns: ['/zfxxgk/zfxxgknb/'] },
  path: ({ year }) => `/zfxxgk/zfxxgknb/${year}n/`,
  difficulty: 'The column lists year folders, and each folder page is itself the report.',
  outcome: 'Five reports, FY2018 to FY2022.',
};

export function yearFoldersPortal(world: World): Site {
  const built = build(world, YEAR_FOLDERS);
  const years = built.printed.map(({ path, report }) => ({ text: `${report.year}年`, href: path.replace('/zfxxgk/zfxxgknb/', './'), date: report.publishedOn })).reverse();
  const [list] = columnPages({ press: built.on, column: '政府信息公开年报', rows: years, perPage: 40, paging: () => '' });
  if (list) built.pages.set('/zfxxgk/zfxxgknb/', list);
  return finish(YEAR_FOLDERS, built);
}

const FRAMED: FamilyFacts = {
  ...{ id: 'framed', family: 'generic', host: 'gaj.shangluo.gov.cn.localhost', publisher: publisher('商洛市公安局', '611000', '商洛市') },
  ...{ container: 'class="xxgk_content"', style: 'breaks', from: 2012, to: 2015, home: '/', columns: [] },
  path: ({ year }, index) => `/content/${year}/${3300 + index}.html`,
  difficulty: 'Home refreshes to a portal page, which redirects by script; the list stands in an iframe.',
  outcome: 'Four reports, FY2012 to FY2015, three hops from the home page.',
};

export function framedPortal(world: World): Site {
  const built = build(world, FRAMED);
  const { pages, on } = built;
  pages.set('/', bare('<html><head><meta http-equiv="refresh" content="0; url=./portal/index.shtml"></head><body></body></html>'));
  pages.set('/portal/index.shtml', bare('<html><body><script>window.location.href="./main.shtml";</script></body></html>'));
  pages.set('/portal/main.shtml', homePage(on, [{ text: '政府信息公开年报', href: '/xxgk/nb.html' }]));
  pages.set('/xxgk/nb.html', bare('<html><head><meta charset="utf-8"><title>政府信息公开年报</title></head><body><h2>政府信息公开年报</h2><iframe name="subinfo" src="/xxgk/nb_list.html" width="100%" height="530" frameborder="0"></iframe></body></html>'));
  const [list] = columnPages({ press: on, column: '政府信息公开年报', rows: built.rows, perPage: 40, paging: () => '' });
  if (list) pages.set('/xxgk/nb_list.html', list);
  return finish(FRAMED, built);
}
