/** A city police site on VSB whose header says gbk while its pages are UTF-8; one report is taken down between the nights. */
import { VSB_SKIN } from '../chrome/vsb.js';
import { decoyRows } from '../decoys.js';
import type { Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { FarmPortal } from '../shapes.js';
import type { Pages, Site } from '../site.js';
import { servePages } from '../site.js';
import { columnPages, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const HOST = 'gaj.mianyang.gov.cn.localhost';
const COLUMN = '/zwgk/ndbg.htm';
const WITHDRAWN_YEAR = 2012;

const PUBLISHER: Publisher = { agency: '绵阳市公安局', code: '510700', level: 'prefecture', place: '绵阳市', titleShape: 3, annexYears: [2015, 2018] };

export function wrongHeaderPortal(world: World): Site {
  const on = press({
    ...{ portalId: 'wrong-header', plate: plate(HOST, PUBLISHER.agency, PUBLISHER), skin: VSB_SKIN, column: { text: '年度报告', href: COLUMN } },
    contentType: 'text/html; charset=gbk',
  });
  const all = manuscripts(world, PUBLISHER, HOST, { from: 2012, to: 2020 }).map((manuscript, index) =>
    print(world, PUBLISHER, on, manuscript, { path: `/info/1082/${5400 + index * 4}.htm`, style: index % 3 === 0 ? 'divs' : 'plain' }),
  );
  const printed = all.filter(({ report }) => world.season === 1 || report.year !== WITHDRAWN_YEAR);
  const decoys = decoyRows(PUBLISHER.agency, 2019, 3, (index) => `/info/1082/${6100 + index}.htm`);
  const pages: Pages = new Map();
  shelve(pages, printed, decoys, on);
  const rows = newestFirst([...rowsOf(printed, (path) => `..${path}`), ...decoys.map((row) => ({ ...row, href: `..${row.href}` }))]);
  const [column] = columnPages({
    ...{ press: on, column: '年度报告', rows, perPage: 40 },
    paging: () => `<div class="pb_sys_common"><span class="p_t">共${rows.length}条</span> <span class="p_no_d">1</span></div>`,
    ...(world.season === 2 ? { modifiedOn: '2024-06-20' } : {}),
  });
  if (column) pages.set(COLUMN, column);
  frontPages(pages, on, [{ text: '政府信息公开年度报告', href: COLUMN }]);
  const gone = all.find(({ report }) => report.year === WITHDRAWN_YEAR);
  const refusals: FarmPortal['refusals'] = world.season === 2 && gone ? [{ url: gone.report.url, reason: 'gone' }] : [];
  const portal = {
    ...portalFacts(PUBLISHER, on),
    family: 'vsb',
    difficulty: 'UTF-8 pages sent with charset=gbk in the header; the article stands inside a form.',
    outcome: 'Nine reports, FY2012 to FY2020; on the second night FY2012 is gone (404).',
    columns: [COLUMN],
    refusals,
  };
  return { portal, reports: printed.map(({ report }) => report), respond: servePages(pages) };
}
