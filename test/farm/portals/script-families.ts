/** Portals of families that fill their lists by script from JSON: Guangdong's gkmlpt and Hanweb's jpaas. */
import type { World } from '../publisher.js';
import type { Answer, FarmRequest, Site } from '../site.js';
import { servePages } from '../site.js';
import type { Built, FamilyFacts } from './family-parts.js';
import { bare, build, finish, hex, rowsOnPage } from './family-parts.js';

const GKMLPT: FamilyFacts = {
  ...{ id: 'gkmlpt', family: 'gkmlpt', host: 'www.shanwei.gov.cn.localhost' },
  publisher: { agency: '汕尾市公安局', code: '441500', level: 'prefecture', place: '汕尾市', titleShape: 3, annexYears: [] },
  ...{ container: 'class="article-content"', style: 'plain', from: 2017, to: 2023, columns: ['/swgaj/gkmlpt/index#19'] },
  path: (_, index) => `/swgaj/zwgk/gknb/content/post_${9_103_540 + index}.html`,
  difficulty: 'The catalogue is an empty shell with a configuration; rows come from /gkmlpt/api/all as JSON, page 0 and 1 alike.',
  outcome: 'Seven reports, FY2017 to FY2023.',
};

function gkmlptJson(built: Built, origin: string, { query }: FarmRequest): Answer {
  const rows = rowsOnPage(built.rows, Math.max(1, Number(query.get('page') ?? 1)), 100);
  const articles = rows.map((row, index) => ({
    ...{ id: 9_103_540 + index, title: row.text, document_number: '', publisher: '汕尾市公安局', identifier: `11441500/${row.date.slice(0, 4)}-0000${index}` },
    ...{ created_at: `${row.date} 10:00:00`, date: Date.parse(row.date) / 1000, display_publish_time: Date.parse(row.date) / 1000 },
    ...{ url: `${origin}${row.href}`, post_url: `${origin}${row.href}`, attachment: [], is_expired: 0, is_abolished: 0 },
  }));
  const total = built.rows.length;
  return bare(JSON.stringify({ classify: { id: 19, name: '年度报告', post_count: total }, total, articles }), 'application/json');
}

export function gkmlptPortal(world: World): Site {
  const built = build(world, GKMLPT);
  const tree = JSON.stringify([
    { id: 19, name: '年度报告', post_count: built.rows.length, jump_url: '', children: [] },
    { id: 20, name: '法定主动公开内容', children: [{ id: 2811, name: '机构职能', post_count: 3, children: [] }] },
  ]);
  const shell = `<html><head><meta charset="utf-8"><title>政府信息公开平台</title></head><body><div id="app"></div><script>window._CONFIG = {SID: '755099', TREE: ${tree}, SERVICE_AREA_ID: '1'}</script><script src="/gkmlpt/gkml/pc/js/chunk-common.js"></script></body></html>`;
  const serve = servePages(built.pages);
  const origin = world.origin(GKMLPT.host);
  return finish(GKMLPT, built, (request) => {
    if (request.pathname === '/swgaj/gkmlpt/index') return bare(shell);
    return /\/gkmlpt\/api\/all\/(?:0|19)$/.test(request.pathname) ? gkmlptJson(built, origin, request) : serve(request);
  });
}

const UNIT = '/api-gateway/jpaas-publish-server/front/page/build/unit';
const JPAAS: FamilyFacts = {
  ...{ id: 'jpaas', family: 'jpaas', host: 'gaj.qz.gov.cn.localhost' },
  publisher: { agency: '衢州市公安局', code: '330800', level: 'prefecture', place: '衢州市', titleShape: 1, annexYears: [] },
  ...{ container: 'class="main-txt"', style: 'word', from: 2014, to: 2020, columns: ['/col/col1487002/index.html'] },
  path: ({ publishedOn, year }) => `/zwgk/zfxxgknb/art/${publishedOn.slice(0, 4)}/art_${hex(`jpaas-${year}`, 32)}.html`,
  difficulty: 'The column is a shell whose queryData is not JSON; rows come as HTML inside JSON, five to a page.',
  outcome: 'Seven reports, FY2014 to FY2020.',
};

/** `paramJson` asks for a page; a broken one is answered like the first. */
function pageAsked(query: URLSearchParams): { pageNo: number; pageSize: number } {
  try {
    const asked = JSON.parse(query.get('paramJson') ?? '{}') as { pageNo?: number | string; pageSize?: number | string };
    return { pageNo: Number(asked.pageNo ?? 1), pageSize: Number(asked.pageSize ?? 5) };
  } catch {
    return { pageNo: 1, pageSize: 5 };
  }
}

function jpaasJson(built: Built, { query }: FarmRequest): Answer {
  const { pageNo, pageSize } = pageAsked(query);
  const nodes = rowsOnPage(built.rows, pageNo, pageSize).map((row) => `<li><a class='news' href='${row.href}' title='${row.text}'>${row.text}</a><span class='time'>${row.date}</span></li>`);
  const html = `<div id='信息列表'><ul class='page-content'>${nodes.join('')}</ul><div class='pagination' pageNo='${pageNo}' pageSize='${pageSize}' count='${built.rows.length}'></div></div>`;
  return bare(JSON.stringify({ success: true, data: { html } }), 'application/json');
}

/** A site of the platform: the column is a shell, its rows come from the unit's address. */
export function jpaasSite(world: World, facts: FamilyFacts): Site {
  const built = build(world, facts);
  const settings = "{'parseType':'bulidstatic','webId':'2945','tplSetId':'quXyqDUrFfjv1nGRQhEEH','pageType':'column','tagId':'信息列表','editType':'null','pageId':'1487002'}";
  const shell = `<html><head><meta charset="utf-8"><meta name="ColumnName" content="政府信息公开年报"><meta name="ColId" content="1487002"><title>政府信息公开年报</title></head><body><div id="信息列表"></div>\n<script src="/script/unitbuild.js" url="${UNIT}" queryData="${settings}"></script></body></html>`;
  const serve = servePages(built.pages);
  return finish(facts, built, (request) => {
    if (request.pathname === facts.columns[0]) return bare(shell);
    return request.pathname === UNIT ? jpaasJson(built, request) : serve(request);
  });
}

export function jpaasPortal(world: World): Site {
  return jpaasSite(world, JPAAS);
}
