/** Hanweb's information-disclosure module: the list by search.jsp, the tree of topics, and one address a year for annual reports. */
import type { FoundLink } from '../discovery.js';
import { resolveHref } from '../links.js';
import { PRIORITY } from '../list.js';
import type { PageView } from '../page-view.js';
import { foldWords, isReportColumn } from '../report-words.js';
import type { FamilyReading } from './family.js';

/** The first report year under the regulations of 2008. */
const FIRST_YEAR = 2008;

/** Pages of a module's list. */
const MOST_PAGES = 100;

const ANNUAL = /["'](?<address>[^"'\s]{0,200}\/module\/xxgk\/xxgkAnnualReport\.jsp\?[^"'\s]{0,200}\barea=(?<area>\w{1,40})[^"'\s]{0,200})["']/u;
const TOPIC = /funclick\s?\(\s?["'](?<topic>\w{1,40})["'][^)]{0,200}\)[^>]{0,200}>(?<label>[^<]{1,60})</gu;
const PAGES = /页\s{0,3}\/\s{0,3}共\s{0,3}(\d{1,4})\s{0,3}页|共\s{0,3}(\d{1,4})\s{0,3}页/u;

function areaOf(view: PageView): { endpoint: string; area: string } | null {
  const own = new URL(view.url);
  if (/\/xxgkAnnualReport\.jsp$/u.test(own.pathname)) {
    const area = own.searchParams.get('area');
    return area === null ? null : { endpoint: own.origin + own.pathname, area };
  }
  const found = ANNUAL.exec(view.markup.slice(0, 500_000))?.groups;
  const address = found?.['address'] === undefined ? null : resolveHref(found['address'].replace(/&amp;/gu, '&'), view.base);
  return address === null || found?.['area'] === undefined ? null : { endpoint: address.split('?')[0] ?? address, area: found['area'] };
}

/**
 * The annual-report endpoint answers by area and report year, so one area code and a loop over the years ask for every report. The
 * newest possible report year is the one before the page was fetched. Years without a report may answer an empty page.
 */
export function annualReports(view: PageView): FoundLink[] {
  const found = areaOf(view);
  if (!found) return [];
  const newest = Number(view.page.fetchedAt.slice(0, 4)) - 1;
  return Array.from({ length: Math.max(0, newest - FIRST_YEAR + 1) }, (_, index) => newest - index)
    .map((year) => `${found.endpoint}?area=${found.area}&fbtime=${year}`)
    .filter((url) => url !== view.url)
    .map((url) => ({ url, kind: 'article', heardVia: 'link', anchor: null, listedOn: null, priority: PRIORITY.article }));
}

function atPage(url: string, page: number): string {
  const at = new URL(url);
  at.searchParams.set('currpage', String(page));
  return at.href;
}

/** A page of `/module/xxgk/search.jsp`: rows are in its table; the pages differ by `currpage`. */
export function moduleList(view: PageView): FamilyReading | null {
  if (!/\/module\/xxgk\/(?:search|subjectinfo)\.jsp/u.test(view.url)) return null;
  const found = PAGES.exec(view.flat.pieces.join(' ').slice(-5000));
  const pages = Number(found?.[1] ?? found?.[2] ?? 1);
  const current = Number(new URL(view.url).searchParams.get('currpage') ?? 1);
  const next = Array.from({ length: Math.min(pages, MOST_PAGES) }, (_, index) => index + 1)
    .filter((page) => page > current)
    .map((page) => ({ url: atPage(view.url, page) }));
  return { pages, pageNumber: current, next, stop: next.length > 0 ? 'more' : pages === 1 ? 'single-page' : 'last-page' };
}

/** The topic tree: the topics whose label is a column of annual reports, each as the first page of its list. */
export function catalogueTree(view: PageView): FamilyReading | null {
  const area = new URL(view.url).searchParams.get('area');
  if (!/\/module\/xxgk\/tree\.jsp/u.test(view.url) || area === null) return null;
  const found = [...view.markup.slice(0, 1_000_000).matchAll(TOPIC)].flatMap(({ groups }): FoundLink[] => {
    const label = (groups?.['label'] ?? '').trim();
    const url = resolveHref(`/module/xxgk/search.jsp?infotypeId=${groups?.['topic'] ?? ''}&jdid=&area=${area}&divid=&currpage=1&sortfield=,compaltedate:0`, view.base);
    return url !== null && isReportColumn(foldWords(label)) ? [{ url, kind: 'list', heardVia: 'link', anchor: label, listedOn: null, priority: PRIORITY.list }] : [];
  });
  return { found, notices: [] };
}
