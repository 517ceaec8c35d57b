/** Finds the other pages of a list by what the page says of them, and records why paging stopped. */
import type { Notice } from '../record.js';
import { namedPages, PAGE_LIMIT } from './create-page-html.js';
import type { StopReason } from './discovery.js';
import { notice } from './discovery.js';
import { wordsOf } from './flat-page.js';
import { resolveHref } from './links.js';
import type { PageView } from './page-view.js';
import { foldWords } from './report-words.js';

export interface Paging {
  readonly pages: number | null;
  readonly pageNumber: number | null;
  readonly total: number | null;
  readonly nextUrls: readonly string[];
  readonly stop: StopReason;
  readonly notices: readonly Notice[];
}

const NEXT = /^(?:下一页|下页|后一页|下一頁|nextpage|next)(?:>|>>|»)?$/iu;
const NEXT_SIGN = /^(?:>|>>|»|›)$/u;
/** The first page is the one that led here, under whatever address. */
const FIRST = /^[[(]?1[\])]?$/u;
const NUMBER = /^[[(]?\d{1,4}[\])]?$/u;

/** 共 31 页, 1/31页, totalPage = 31, maxPageNum3497341 = 75. */
const PAGES_IN_TEXT = [/共\s{0,3}(\d{1,5})\s{0,3}页/u, /第?\s?\d{1,5}\s?页?\s?\/\s?共?\s{0,2}(\d{1,5})\s{0,2}页/u, /总页数[：:]?\s{0,3}(\d{1,5})/u];
const PAGES_IN_SCRIPT = /\b(?:totalPages?|pageCount|countPage|pagecount|maxPageNum)\d{0,12}\s{0,3}[=:]\s{0,3}["']?(\d{1,5})\b/u;
const TOTAL_IN_TEXT = [/共\s{0,3}(?:[有计]\s{0,2})?(\d{1,6})\s{0,3}(?:条|篇|个?文件|项|记录)/u, /总(?:记录|条)数[：:]?\s{0,3}(\d{1,6})/u];
const TOTAL_IN_SCRIPT = /\b(?:totalRecords?|recordCount|totalCount)\s{0,3}[=:]\s{0,3}["']?(\d{1,6})\b/u;

/** Query parameters that number pages. */
const PAGE_PARAMETERS: ReadonlySet<string> = new Set(['page', 'pageno', 'pagenum', 'pageindex', 'currpage', 'curpage', 'pn', 'p', 'currentpage', 'pagenumber']);

/** Text in which the pager is looked for: its end, where pagers stand, and its beginning on short pages. */
const PAGER_PIECES = 400;

function firstNumber(text: string, patterns: readonly RegExp[]): number | null {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return Number(found);
  }
  return null;
}

function pagerText(view: PageView): string {
  return view.flat.pieces.slice(-PAGER_PIECES).join(' ').slice(-12_000);
}

/** The number of this page by its own address: `index_3.html`, `?page=4`. Null when the address does not say. */
function ownNumber(url: string): number | null {
  for (const [name, value] of new URL(url).searchParams) {
    if (PAGE_PARAMETERS.has(name.toLowerCase()) && /^\d{1,5}$/u.test(value)) return Math.max(1, Number(value));
  }
  return null;
}

/** An address with its numbers taken out, and the file name of a first page: the pages of one list look alike so. */
function skeleton(url: string): string {
  const { host, pathname, search } = new URL(url);
  const path = pathname.replace(/\/(?:index|list|default)(?=\.\w{2,5}$)/u, '/').replace(/\d+/gu, '').replace(/_(?=\.|$)/u, '').replace(/\.\w{2,5}$/u, '').replace(/\/(?:index|list)$/u, '/');
  const query = search.slice(1).split('&').filter((pair) => pair !== '' && !PAGE_PARAMETERS.has((pair.split('=')[0] ?? '').toLowerCase())).map((pair) => pair.replace(/\d+/gu, ''));
  return `${host}${path.replace(/\/+$/u, '')}?${query.join('&')}`;
}

/** Parameters by which calendars lead from day to day and month to month, without end. */
const CALENDAR_PARAMETER = /^(?:day|date|month|year|ym|rq|riqi|nian|yue|ri|calendar\w{0,10})$/iu;
const CALENDAR_DATE = /^(?:19|20)\d{2}[-/.]\d{1,2}(?:[-/.]\d{1,2})?$/u;

/** A day of a calendar looks like a number of the pager; its address asks for a date that the page's own does not. */
function isCalendar(url: string, own: string): boolean {
  const ownParameters = new URL(own).searchParams;
  return [...new URL(url).searchParams].some(([name, value]) => ownParameters.get(name) !== value && (CALENDAR_PARAMETER.test(name) || CALENDAR_DATE.test(value)));
}

interface PagerAnchors {
  readonly urls: readonly string[];
  /** A next-page link that leads nowhere by itself: script or form. */
  readonly dead: string | null;
}

/** Addresses behind 下一页 and behind the numbers of the pager. */
function pagerAnchors(view: PageView): PagerAnchors {
  const urls = new Set<string>();
  let dead: string | null = null;
  const own = skeleton(view.url);
  const numbered: string[] = [];
  let signed: string | null = null;
  for (const { element, href, title } of view.flat.anchors) {
    const words = foldWords((wordsOf(view.flat, element) || (view.flat.imageWords.get(element) ?? title)).slice(0, 20));
    if (!NEXT.test(words) && !NEXT_SIGN.test(words) && !NUMBER.test(words)) continue;
    const url = resolveHref(href, view.base);
    if (NEXT.test(words)) {
      if (url === null) dead = href.trim();
      else if (url !== view.url) urls.add(url);
    } else if (url !== null && url !== view.url && (skeleton(url) === own || url.startsWith(view.url.replace(/\.\w{2,5}$/u, '/')))) {
      if (isCalendar(url, view.url)) continue;
      if (NEXT_SIGN.test(words)) signed = url;
      else if (!FIRST.test(words)) numbered.push(url);
    }
  }
  for (const url of numbered) urls.add(url);
  if (signed !== null) urls.add(signed);
  return { urls: [...urls].slice(0, PAGE_LIMIT), dead: urls.size > 0 ? null : dead };
}

/** Next-page links that only a script follows: what is needed to go on. */
function deadEnd(dead: string): { stop: StopReason; notices: Notice[] } {
  if (/__doPostBack/u.test(dead)) {
    return { stop: 'needs-post', notices: [notice('discover-needs-postback', 'the pager of this list posts a form (ASP.NET __doPostBack); its further pages were not read')] };
  }
  return { stop: 'needs-script', notices: [notice('discover-needs-script', `the pager of this list works by script only (${dead.slice(0, 80)}); its further pages were not read`)] };
}

/** The pages after this one, when the address carries the page's number and the number of pages is known. */
function byOwnParameter(view: PageView, pages: number | null): string[] {
  const number = ownNumber(view.url);
  const name = [...new URL(view.url).searchParams.keys()].find((key) => PAGE_PARAMETERS.has(key.toLowerCase()));
  if (pages === null || number === null || name === undefined) return [];
  return Array.from({ length: Math.max(0, Math.min(pages, PAGE_LIMIT) - number) }, (_, index) => {
    const url = new URL(view.url);
    url.searchParams.set(name, String(number + index + 1));
    return url.href;
  });
}

/** Why a list without further addresses ends here. */
function endOf(facts: { pages: number | null; pageNumber: number | null; isFirst: boolean; dead: string | null }): { stop: StopReason; notices: Notice[] } {
  const { pages, pageNumber, isFirst, dead } = facts;
  if (pages !== null && pages > 1 && isFirst && (pageNumber ?? 1) < pages) {
    if (dead !== null) return deadEnd(dead);
    return { stop: 'needs-script', notices: [notice('discover-partial-list', `the list says it has ${pages} pages, but names the address of none of them`)] };
  }
  if (pages === 1 || (pages === null && isFirst)) return { stop: 'single-page', notices: [] };
  if (pages !== null && pageNumber === pages) return { stop: 'last-page', notices: [] };
  return { stop: 'no-next', notices: [] };
}

/** Query parameters that say how many rows a page of data has. */
const SIZE_PARAMETERS: ReadonlySet<string> = new Set(['pagesize', 'perpage', 'rn', 'rows', 'size', 'limit']);

/** Data says how many rows there are; its pages differ by the number in their address. */
function pagingOfData(view: PageView): Paging {
  const total = view.dataTotal;
  const asked = [...new URL(view.url).searchParams].find(([name]) => SIZE_PARAMETERS.has(name.toLowerCase()))?.[1];
  const size = Number(asked ?? view.links.length) || view.links.length;
  const pages = total === null || size === 0 ? null : Math.max(1, Math.ceil(total / size));
  const pageNumber = ownNumber(view.url);
  const nextUrls = byOwnParameter(view, pages);
  const isFirst = view.page.heardVia !== 'paging' || pageNumber === 1;
  const end = nextUrls.length > 0 ? { stop: 'more' as const, notices: [] } : endOf({ pages, pageNumber, isFirst, dead: null });
  return { pages, pageNumber, total, nextUrls, ...end };
}

function pagingOfPage(view: PageView): Paging {
  const text = pagerText(view);
  const total = firstNumber(text, TOTAL_IN_TEXT) ?? firstNumber(view.script, [TOTAL_IN_SCRIPT]);
  const named = namedPages(view.script);
  if (named) {
    const urls = named.files.flatMap((file) => resolveHref(file, view.base) ?? []).filter((url) => url !== view.url);
    const isLast = named.pageNumber >= named.pages;
    const stop = named.pages <= 1 ? 'single-page' : isLast ? 'last-page' : named.pages > PAGE_LIMIT ? 'limit' : 'more';
    const notices = stop === 'limit' ? [notice('discover-partial-list', `the list has ${named.pages} pages; only the first ${PAGE_LIMIT} are read`)] : [];
    return { pages: named.pages, pageNumber: named.pageNumber, total: named.total ?? total, nextUrls: urls, stop, notices };
  }
  const { urls, dead } = pagerAnchors(view);
  const pages = firstNumber(text, PAGES_IN_TEXT) ?? firstNumber(view.script, [PAGES_IN_SCRIPT]);
  const pageNumber = ownNumber(view.url);
  const nextUrls = urls.length > 0 ? urls : byOwnParameter(view, pages);
  const known = { pages, pageNumber, total };
  if (nextUrls.length > 0) return { ...known, nextUrls, stop: pageNumber !== null && pageNumber === pages ? 'last-page' : 'more', notices: [] };
  return { ...known, nextUrls: [], ...endOf({ pages, pageNumber, isFirst: view.page.heardVia !== 'paging', dead }) };
}

/**
 * The further pages of the list on this page, by the first that answers: a script's createPageHTML, 下一页 and the pager's
 * numbers, page parameters in the page's own address up to the number of pages it names.
 */
export function pagingOf(view: PageView): Paging {
  return view.data === undefined ? pagingOfPage(view) : pagingOfData(view);
}
