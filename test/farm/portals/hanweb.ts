/** A city police portal on Hanweb JCMS: the first rows in a `datastore`, the rest from the data proxy, GBK called gb2312. */
import { HANWEB_SKIN, hanwebRow } from '../chrome/hanweb.js';
import type { ListRow } from '../chrome/furniture.js';
import { decoyRows } from '../decoys.js';
import type { Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { Answer, FarmRequest, Pages, Site } from '../site.js';
import { plain, servePages } from '../site.js';
import { columnPages, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const HOST = 'gaj.yancheng.gov.cn.localhost';
const COLUMN = '/col/col1229/index.html';
const PROXY = '/module/web/jpage/dataproxy.jsp';
const PER_PAGE = 5;

const PUBLISHER: Publisher = {
  agency: '盐城市公安局',
  code: '320900',
  level: 'prefecture',
  place: '盐城市',
  titleShape: 1,
  annexYears: [2014, 2016, 2018],
};

/** Hanweb does not pad months and days in its addresses. */
function artPath(date: string, id: number): string {
  const [year, month, day] = date.split('-').map(Number);
  return `/art/${year}/${month}/${day}/art_1229_${id}.html`;
}

function datastore(rows: readonly ListRow[]): string {
  const records = rows.map((row) => `<record><![CDATA[${hanwebRow(row)}]]></record>`).join('\n');
  const next = `<a href="${PROXY}?page=1&appid=1&webid=7&path=/&columnid=1229&unitid=380055&webname=%25E7%259B%2590%25E5%259F%258E&permissiontype=0"></a>`;
  return `<datastore>\n<nextgroup><![CDATA[${next}]]></nextgroup>\n<recordset>\n${records}\n</recordset></datastore>`;
}

function columnScript(rows: readonly ListRow[]): string {
  const settings = `perPage:${PER_PAGE},totalRecord:${rows.length},openCookies:false,direction:2,refreshWhenInit:true,proxyUrl:'${PROXY}',dataBefore:'<ul>',dataAfter:'</ul>'`;
  return `<div id="380055"><script type="text/xml">${datastore(rows.slice(0, PER_PAGE))}</script></div>
<script>$(function(){$('#380055').jpage({${settings}});});</script>`;
}

/** Dates in the proxy's answer are split over lines, as some sites print them. */
function proxyAnswer(rows: readonly ListRow[], { query }: FarmRequest): Answer {
  const page = Number(query.get('page') ?? 1);
  const start = Number(query.get('startrecord') ?? (page - 1) * PER_PAGE + 1);
  const end = Number(query.get('endrecord') ?? start + PER_PAGE - 1);
  const records = rows
    .slice(start - 1, end)
    .map((row) => `<record><![CDATA[<li><a href='${row.href}' title='${row.text}'>${row.text}</a><span class="time">\n ${row.date.slice(0, 5)}\n ${row.date.slice(5)} </span></li>]]></record>`);
  const pages = Math.ceil(rows.length / PER_PAGE);
  const xml = `<?xml version='1.0' encoding='UTF-8'?><datastore><totalrecord>${rows.length}</totalrecord><totalpage>${pages}</totalpage><recordset>${records.join('')}</recordset></datastore>`;
  return plain(200, xml, { 'Content-Type': 'text/xml' });
}

export function hanwebPortal(world: World): Site {
  const on = press({
    ...{ portalId: 'hanweb', plate: plate(HOST, PUBLISHER.agency, PUBLISHER), skin: HANWEB_SKIN, column: { text: '政府信息公开年度报告', href: COLUMN } },
    ...{ charset: 'gb18030', declared: 'gb2312' },
  });
  const printed = manuscripts(world, PUBLISHER, HOST, { from: 2010, to: 2021 }).map((manuscript, index) =>
    print(world, PUBLISHER, on, manuscript, { path: artPath(manuscript.publishedOn, 41_000 + index * 53), style: index % 2 === 0 ? 'divs' : 'word' }),
  );
  const decoys = decoyRows(PUBLISHER.agency, 2020, 3, (index, date) => artPath(date, 52_000 + index));
  const rows = newestFirst([...rowsOf(printed), ...decoys]);
  const pages: Pages = new Map();
  shelve(pages, printed, decoys, on);
  const [column] = columnPages({ press: on, column: '政府信息公开年度报告', rows, perPage: rows.length, paging: () => columnScript(rows) });
  if (column) pages.set(COLUMN, column).set('/col/col1229/', column);
  frontPages(pages, on, [{ text: '信息公开年报', href: COLUMN }]);
  const serve = servePages(pages);
  const portal = {
    ...portalFacts(PUBLISHER, on),
    family: 'hanweb',
    difficulty: 'GBK bytes declared as gb2312 in meta, no charset in the header; rows inside a script, the later ones from a data proxy in UTF-8 XML.',
    outcome: 'Twelve reports, FY2010 to FY2021, from three pages of rows.',
    columns: [COLUMN],
  };
  const respond = (request: FarmRequest): Answer => (request.pathname === PROXY ? proxyAnswer(rows, request) : serve(request));
  return { portal, reports: printed.map(({ report }) => report), respond };
}
