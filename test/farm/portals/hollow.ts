/** Three hosts that answer 200 and mean something else: missing pages, a forbidden folder, a column without rows. */
import { robots } from '../behaviours.js';
import { PRINT_CLOSE, QR_CAPTION } from '../chrome/furniture.js';
import { GOV_SKIN } from '../chrome/gov.js';
import { TRS_SKIN } from '../chrome/trs.js';
import { VSB_SKIN } from '../chrome/vsb.js';
import type { Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { FarmPortal } from '../shapes.js';
import type { Answer, Pages, Site } from '../site.js';
import { plain, servePages } from '../site.js';
import { columnPages, compact, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const MISSING = plain(
  200,
  `<html><head><title>404</title><meta charset="utf-8"></head><body><div class="err">对不起，您访问的页面不存在或已被删除！<span id="t">5</span>秒后返回首页</div><script>setTimeout(function(){location.href='/'},5000)</script></body></html>`,
);
const TO_HOME = plain(302, '', { Location: '/' });

/** What stands at the addresses of these years in place of the report. */
const LOST: Readonly<Record<number, readonly [Answer, FarmPortal['refusals'][number]['reason']]>> = {
  2013: [MISSING, 'soft-404'],
  2016: [MISSING, 'soft-404'],
  2014: [TO_HOME, 'redirected-home'],
};

/** Exported for the mirror that holds what this portal lost. */
export const SOFT: Publisher = { agency: '安康市公安局', code: '610900', level: 'prefecture', place: '安康市', titleShape: 0, annexYears: [2017] };
export const SOFT_COLUMN = '/zwgk/ndbg/';

export const SOFT_HOST = 'gaj.ankang.gov.cn.localhost';

export function softMissingPortal(world: World): Site {
  const host = SOFT_HOST;
  const on = press({ portalId: 'soft-404', plate: plate(host, SOFT.agency, SOFT), skin: TRS_SKIN, column: { text: '年度报告', href: SOFT_COLUMN }, strayed: PRINT_CLOSE + QR_CAPTION });
  const printed = manuscripts(world, SOFT, host, { from: 2011, to: 2018 }).map((manuscript, index) => {
    const { month, day } = compact(manuscript.publishedOn);
    return print(world, SOFT, on, manuscript, { path: `${SOFT_COLUMN}${month}/t${day}_${4400 + index}.html`, style: 'word' });
  });
  const pages: Pages = new Map();
  shelve(pages, printed, [], on);
  for (const { path, report } of printed) pages.set(path, LOST[report.year]?.[0] ?? (pages.get(path) as Answer));
  const [column] = columnPages({ press: on, column: '年度报告', rows: newestFirst(rowsOf(printed)), perPage: 40, paging: () => '' });
  if (column) pages.set(SOFT_COLUMN, column);
  frontPages(pages, on, [{ text: '年度报告', href: SOFT_COLUMN }]);
  const refusals = printed.flatMap(({ report }) => {
    const lost = LOST[report.year];
    return lost ? [{ url: report.url, reason: lost[1] }] : [];
  });
  const portal = {
    ...portalFacts(SOFT, on),
    family: 'trs',
    difficulty: 'Two reports answer 200 with 页面不存在, one redirects to the home page; print buttons and a QR caption stand inside the article.',
    outcome: 'Five of eight reports; FY2013 and FY2016 soft 404, FY2014 sent home.',
    columns: [SOFT_COLUMN],
    refusals,
  };
  return { portal, reports: printed.filter(({ report }) => !LOST[report.year]).map(({ report }) => report), respond: servePages(pages) };
}

const FENCED: Publisher = { agency: '丽水市公安局', code: '331100', level: 'prefecture', place: '丽水市', titleShape: 1, annexYears: [] };
const FENCED_COLUMN = '/xxgk/gknb/';
const PRIVATE_YEAR = 2019;

export function fencedPortal(world: World): Site {
  const host = 'gaj.lishui.gov.cn.localhost';
  const on = press({ portalId: 'robots', plate: plate(host, FENCED.agency, FENCED), skin: GOV_SKIN, column: { text: '公开年报', href: FENCED_COLUMN } });
  const printed = manuscripts(world, FENCED, host, { from: 2017, to: 2022 }).map((manuscript, index) => {
    const folder = manuscript.year === PRIVATE_YEAR ? '/private/' : FENCED_COLUMN;
    return print(world, FENCED, on, manuscript, { path: `${folder}${manuscript.publishedOn}/${8800 + index}.html`, style: 'plain' });
  });
  const pages: Pages = new Map();
  shelve(pages, printed, [], on);
  const [column] = columnPages({ press: on, column: '公开年报', rows: newestFirst(rowsOf(printed)), perPage: 40, paging: () => '' });
  if (column) pages.set(FENCED_COLUMN, column);
  frontPages(pages, on, [{ text: '公开年报', href: FENCED_COLUMN }]);
  const closed = printed.filter(({ report }) => report.year === PRIVATE_YEAR);
  const portal = {
    ...portalFacts(FENCED, on),
    family: 'generic',
    difficulty: 'robots.txt forbids /private/, where one report stands, and asks for a delay of one second.',
    outcome: 'Five of six reports; FY2019 skipped because robots.txt forbids it; no two requests closer than one second.',
    columns: [FENCED_COLUMN],
    refusals: closed.map(({ report }) => ({ url: report.url, reason: 'robots' as const })),
  };
  const respond = robots(servePages(pages), ['# demo', 'User-agent: *', 'Disallow: /private/', 'Disallow: /admin/', 'Crawl-delay: 1']);
  return { portal, reports: printed.filter(({ report }) => report.year !== PRIVATE_YEAR).map(({ report }) => report), respond };
}

const EMPTY: Publisher = { agency: '平凉市公安局', code: '620800', level: 'prefecture', place: '平凉市', titleShape: 0, annexYears: [] };
const EMPTY_COLUMN = '/zwgk/zfxxgknb/';

export function emptyListPortal(world: World): Site {
  const host = 'gaj.pingliang.gov.cn.localhost';
  const on = press({ portalId: 'empty-list', plate: plate(host, EMPTY.agency, EMPTY), skin: VSB_SKIN, column: { text: '政府信息公开年报', href: EMPTY_COLUMN } });
  const pages: Pages = new Map();
  const [column] = columnPages({ press: on, column: '政府信息公开年报', rows: [], perPage: 10, paging: () => '' });
  if (column) pages.set(EMPTY_COLUMN, column);
  frontPages(pages, on, [{ text: '政府信息公开年报', href: EMPTY_COLUMN }]);
  const portal = {
    ...portalFacts(EMPTY, on),
    family: 'generic',
    difficulty: 'The column answers 200 with a list container and no rows.',
    outcome: 'No report; an empty list is a failure to report, never "nothing new".',
    columns: [EMPTY_COLUMN],
    refusals: [{ url: `${world.origin(host)}${EMPTY_COLUMN}`, reason: 'empty-list' as const }],
  };
  return { portal, reports: [], respond: servePages(pages) };
}
