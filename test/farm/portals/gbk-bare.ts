/** An old city police site in GBK that declares nothing; only its home page is known. */
import { OLD_SKIN } from '../chrome/old.js';
import { decoyRows } from '../decoys.js';
import type { Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { Pages, Site } from '../site.js';
import { servePages } from '../site.js';
import { columnPages, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const HOST = 'gaj.linfen.gov.cn.localhost';
const SECTION = '/xxgk/';
const COLUMN = '/xxgk/nb/';

const PUBLISHER: Publisher = {
  agency: '临汾市公安局',
  code: '141000',
  level: 'prefecture',
  place: '临汾市',
  titleShape: 2,
  shortTitles: { 2011: '市公安局', 2012: '市公安局' },
  annexYears: [2014, 2015],
};

export function gbkBarePortal(world: World): Site {
  const on = press({
    ...{ portalId: 'gbk-bare', plate: plate(HOST, PUBLISHER.agency, PUBLISHER), skin: OLD_SKIN, column: { text: '年报', href: COLUMN } },
    ...{ charset: 'gb18030', declared: null },
  });
  const printed = manuscripts(world, PUBLISHER, HOST, { from: 2009, to: 2016 }).map((manuscript, index) =>
    print(world, PUBLISHER, on, manuscript, { path: `${COLUMN}${manuscript.publishedOn.slice(0, 7)}/${700 + index * 9}.htm`, style: 'breaks' }),
  );
  const decoys = decoyRows(PUBLISHER.agency, 2016, 4, (index, date) => `${SECTION}${date.slice(0, 7)}/${900 + index}.htm`);
  const pages: Pages = new Map();
  shelve(pages, printed, decoys, on);
  const columns = columnPages({ press: on, column: '政府信息公开年报', rows: newestFirst(rowsOf(printed)), perPage: 40, paging: () => '' });
  const sectionRows = [...decoys, { text: '政府信息公开年报', href: COLUMN, date: '2017-03-21' }];
  const sections = columnPages({ press: on, column: '信息公开', rows: sectionRows, perPage: 40, paging: () => '' });
  if (columns[0]) pages.set(COLUMN, columns[0]);
  if (sections[0]) pages.set(SECTION, sections[0]);
  frontPages(pages, on, [{ text: '信息公开', href: SECTION }, { text: '网上办事', href: '/bszn.asp' }]);
  const portal = {
    ...portalFacts(PUBLISHER, on),
    family: 'generic',
    difficulty: 'GBK declared nowhere; layout tables without ids; two titles leave out the city; the column is two steps from the home page, the only address known.',
    outcome: 'Eight reports, FY2009 to FY2016, found by home > 信息公开 > 政府信息公开年报.',
    home: '/',
  };
  return { portal, reports: printed.map(({ report }) => report), respond: servePages(pages) };
}
