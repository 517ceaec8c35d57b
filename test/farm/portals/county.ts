/** A county bureau without a site of its own: its reports stand in the government's portal, and again in the city's catalogue. */
import { GOV_SKIN } from '../chrome/gov.js';
import { HANWEB_SKIN } from '../chrome/hanweb.js';
import { decoyRows } from '../decoys.js';
import type { Press, Printed, Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { FarmReport } from '../shapes.js';
import type { Pages, Site } from '../site.js';
import { servePages } from '../site.js';
import { columnPages, compact, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const HOST = 'www.jingyu.gov.cn.localhost';
/** The slug is the development commission's: portals copy folders and never rename them. */
const COLUMN = '/zcbm/fgw_97975/ndbg/';
const COPY_HOST = 'xxgk.baishan.gov.cn.localhost';
const COPY_COLUMN = '/jyx/gaj/ndbg/';

const PUBLISHER: Publisher = { agency: '靖宇县公安局', code: '220622', level: 'county', place: '靖宇县', titleShape: 0, annexYears: [2015, 2016] };

function countyPress(): Press {
  return press({ portalId: 'county-column', plate: plate(HOST, '靖宇县人民政府', PUBLISHER), skin: GOV_SKIN, column: { text: '年度报告', href: COLUMN } });
}

function printed(world: World): Printed[] {
  return manuscripts(world, PUBLISHER, HOST, { from: 2013, to: 2020 }).map((manuscript, index) => {
    const { month, day } = compact(manuscript.publishedOn);
    return print(world, PUBLISHER, countyPress(), manuscript, { path: `${COLUMN}${month}/t${day}_${227_700 + index * 31}.html`, style: 'plain' });
  });
}

export function countyColumnPortal(world: World): Site {
  const on = countyPress();
  const reports = printed(world);
  const decoys = decoyRows(PUBLISHER.agency, 2020, 2, (index, date) => `${COLUMN}${compact(date).month}/t${compact(date).day}_${99_000 + index}.html`);
  const pages: Pages = new Map();
  shelve(pages, reports, decoys, on);
  const [column] = columnPages({ press: on, column: '年度报告', rows: newestFirst([...rowsOf(reports), ...decoys]), perPage: 40, paging: () => '<script>createPageHTML(1, 0, "index", "html");</script>' });
  if (column) pages.set(COLUMN, column);
  frontPages(pages, on, [{ text: '政府信息公开年报', href: COLUMN }]);
  const portal = {
    ...portalFacts(PUBLISHER, on),
    family: 'trs',
    difficulty: "A column of the county government's portal whose folder is named after the development commission.",
    outcome: 'Eight reports, FY2013 to FY2020, of the county police bureau.',
    columns: [COLUMN],
  };
  return { portal, reports: reports.map(({ report }) => report), respond: servePages(pages) };
}

/** FY2019 and FY2020 copied byte for byte, FY2017 and FY2018 with the same words in another site's chrome. */
function copies(world: World, on: Press): Printed[] {
  const originals = new Map(printed(world).map((one) => [one.report.year, one]));
  return manuscripts(world, PUBLISHER, HOST, { from: 2013, to: 2020 }).flatMap((manuscript): Printed[] => {
    const original = originals.get(manuscript.year);
    if (!original || manuscript.year < 2017) return [];
    const path = `${COPY_COLUMN}${compact(manuscript.publishedOn).day}.html`;
    const isRaw = manuscript.year >= 2019;
    const reprint = isRaw ? { ...original, path } : print(world, PUBLISHER, on, manuscript, { path, style: 'divs' });
    const report: FarmReport = {
      ...{ ...reprint.report, portal: on.portalId, url: `${world.origin(COPY_HOST)}${path}` },
      ...{ duplicateOf: original.report.url, duplicateKind: isRaw ? ('raw' as const) : ('text' as const) },
    };
    return [{ ...reprint, report }];
  });
}

export function countyCopyPortal(world: World): Site {
  const on = press({ portalId: 'county-copy', plate: plate(COPY_HOST, '白山市人民政府', PUBLISHER), skin: HANWEB_SKIN, column: { text: '靖宇县公安局年度报告', href: COPY_COLUMN } });
  const reprints = copies(world, on);
  const pages: Pages = new Map();
  shelve(pages, reprints, [], on);
  const list = { ...on, skin: GOV_SKIN };
  const [column] = columnPages({ press: list, column: '靖宇县公安局年度报告', rows: newestFirst(rowsOf(reprints)), perPage: 40, paging: () => '' });
  if (column) pages.set(COPY_COLUMN, column);
  frontPages(pages, list, [{ text: '政府信息公开年报', href: COPY_COLUMN }]);
  const portal = {
    ...portalFacts(PUBLISHER, on),
    family: 'generic',
    difficulty: 'The same reports as county-column: two byte for byte, two with the same words in other chrome.',
    outcome: 'Four reports, FY2017 to FY2020, each marked as a duplicate of the one in county-column.',
    columns: [COPY_COLUMN],
  };
  return { portal, reports: reprints.map(({ report }) => report), respond: servePages(pages) };
}
