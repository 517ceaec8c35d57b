/** Portals of families whose addresses are queries: LonSun, Openness, Shanghai's own, and Hanweb's annual-report endpoint. */
import type { Publisher, World } from '../publisher.js';
import type { Answer, FarmRequest, Site } from '../site.js';
import { servePages } from '../site.js';
import type { Built, FamilyFacts } from './family-parts.js';
import { bare, build, finish, hex, rowsOnPage } from './family-parts.js';
import { columnPages } from './parts.js';

function publisher(agency: string, code: string, place: string, level: Publisher['level']): Publisher {
  return { agency, code, level, place, titleShape: 0, annexYears: [] };
}

const LONSUN: FamilyFacts = {
  ...{ id: 'lonsun', family: 'lonsun', host: 'www.ahhy.gov.cn.localhost', owner: '怀远县人民政府', publisher: publisher('怀远县公安局', '340321', '怀远县', 'county') },
  ...{ container: 'class="j-fontContent newscontnet minh500"', style: 'word', from: 2016, to: 2022, columns: ['/public/column/24601?type=4&catId=3827899&action=list'] },
  path: (_, index) => `/public/24601/${51_230_000 + index}.html`,
  difficulty: 'The column page is a shell; the rows come from /site/label/8888 with the ids of the column page.',
  outcome: 'Seven reports, FY2016 to FY2022, five to a page.',
};

const LABEL =
  '/site/label/8888?IsAjax=1&dataType=html&labelName=publicInfoList&siteId=6788031&pageSize=5&pageIndex=1&action=list&organId=24601&type=4&catId=3827899&file=/xxgk/publicInfoList_newest2020&isDate=true&dateFormat=yyyy-MM-dd';

function lonsunLabel(built: Built, { query }: FarmRequest): Answer {
  const size = Number(query.get('pageSize') ?? 15);
  const rows = rowsOnPage(built.rows, Number(query.get('pageIndex') ?? 1), size);
  const nodes = rows.map((row) => `<li><a href="${row.href}" title="${row.text}" target="_blank">${row.text}</a><span class="date">${row.date}</span></li>`);
  return bare(`<ul class="xxgk_nav_list">${nodes.join('\n')}</ul><div class="pagination" data-pagecount="${Math.ceil(built.rows.length / size)}"></div>`);
}

export function lonsunPortal(world: World): Site {
  const built = build(world, LONSUN);
  const shell = `<html><head><meta charset="utf-8"><title>怀远县公安局-政府信息公开年报</title></head><body><div class="xxgk_navli" id="pubilist"></div><script>$("#pubilist").load("${LABEL}");var siteId='6788031',organId='24601',catId='3827899';</script></body></html>`;
  const serve = servePages(built.pages);
  return finish(LONSUN, built, (request) => {
    if (request.pathname === '/site/label/8888') return lonsunLabel(built, request);
    return request.pathname === '/public/column/24601' ? bare(shell) : serve(request);
  });
}

const OPENNESS: FamilyFacts = {
  ...{ id: 'openness', family: 'openness', host: 'aqxxgk.anqing.gov.cn.localhost', owner: '安庆市人民政府', publisher: publisher('安庆市公安局', '340800', '安庆市', 'prefecture') },
  ...{ container: 'class="j-fontContent wzcon"', style: 'plain', from: 2017, to: 2021, columns: ['/OpennessAnnualReport/?branch_id=5212bcb4'] },
  path: (_, index) => `/OpennessAnnualReport/show/${7560 + index}.html`,
  difficulty: 'One list a branch, found by its branch_id; the same path without it lists nothing.',
  outcome: 'Five reports, FY2017 to FY2021.',
};

export function opennessPortal(world: World): Site {
  const built = build(world, OPENNESS);
  const list = (rows: Built['rows']): Answer => columnPages({ press: built.on, column: '政府信息公开年报', rows, perPage: 40, paging: () => '' })[0] ?? bare('');
  const [full, empty] = [list(built.rows), list([])];
  const serve = servePages(built.pages);
  return finish(OPENNESS, built, (request) => {
    if (!/^\/opennessannualreport\/?$/i.test(request.pathname)) return serve(request);
    return request.query.get('branch_id') === '5212bcb4' ? full : empty;
  });
}

const COLUMN_NAME = encodeURIComponent('公开年报');
const SHANGHAI: FamilyFacts = {
  ...{ id: 'shga', family: 'shga', host: 'gaj.sh.gov.cn.localhost', owner: '上海市公安局', publisher: publisher('上海市公安局黄浦分局', '310101', '黄浦区', 'county') },
  ...{ container: 'class="Article_content" id="ivs_content"', style: 'plain', from: 2015, to: 2018, columns: [`/hpga/list/toGjList?lmName=${COLUMN_NAME}`] },
  path: ({ year }) => `/hpga/list/toGjDetail?lmName=${COLUMN_NAME}&pa=${hex(`shga-${year}`, 32)}`,
  difficulty: 'One path for every article, told apart by an opaque query that must be kept whole.',
  outcome: 'Four reports, FY2015 to FY2018, of a district branch on the bureau\'s host.',
};

export function shanghaiPortal(world: World): Site {
  const built = build(world, SHANGHAI);
  const [list] = columnPages({ press: built.on, column: '公开年报', rows: built.rows, perPage: 40, paging: () => '' });
  const byToken = new Map(built.printed.map(({ path, answer }) => [new URLSearchParams(path.split('?')[1]).get('pa'), answer]));
  const serve = servePages(built.pages);
  return finish(SHANGHAI, built, (request) => {
    if (request.pathname === '/hpga/list/toGjList' && list) return list;
    return byToken.get(request.query.get('pa')) ?? serve({ ...request, pathname: '/404' });
  });
}

const AREA = '11330424002643296E';
const ANNUAL: FamilyFacts = {
  ...{ id: 'annual-endpoint', family: 'hanweb', host: 'www.haiyan.gov.cn.localhost', owner: '海盐县人民政府', publisher: publisher('海盐县公安局', '330424', '海盐县', 'county') },
  ...{ container: 'id="zoom" class="xxgkAnnualReport"', style: 'divs', from: 2018, to: 2023, columns: [`/module/xxgk/xxgkAnnualReport.jsp?area=${AREA}&fbtime=2023`] },
  path: ({ year }) => `/module/xxgk/xxgkAnnualReport.jsp?area=${AREA}&fbtime=${year}`,
  difficulty: 'No list: one address a year, and a missing year answers 200 with an empty frame.',
  outcome: 'Six reports, FY2018 to FY2023, and no empty year taken for one.',
};

export function annualEndpointPortal(world: World): Site {
  const built = build(world, ANNUAL);
  const byYear = new Map(built.printed.map(({ report, answer }) => [String(report.year), answer]));
  const empty = bare('<html><head><meta charset="UTF-8"></head><body><div class="nb_tit"></div><div class="nb_date">发布时间:</div><div id="zoom" class="xxgkAnnualReport"></div></body></html>');
  const serve = servePages(built.pages);
  return finish(ANNUAL, built, (request) => {
    if (request.pathname !== '/module/xxgk/xxgkAnnualReport.jsp') return serve(request);
    return request.query.get('area') === AREA ? (byYear.get(request.query.get('fbtime') ?? '') ?? empty) : empty;
  });
}
