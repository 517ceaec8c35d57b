/** 安徽 龙讯 LonSun: catalogues by organ id, lists from the label endpoint, annual reports under type 3. */
import type { FoundLink } from '../discovery.js';
import { resolveHref } from '../links.js';
import { PRIORITY } from '../list.js';
import type { PageView } from '../page-view.js';
import type { Family, FamilyReading } from './family.js';
import { marks } from './family.js';
import { numbered } from './query.js';

const ADDRESS = /\/public\/column\/\d+|\/public\/\d+\/\d+\.html$|\/site\/label\/8888\?/u;
const MARKUP = /\/public\/column\/\d{1,12}|\/site\/label\/8888\?|\/public\/\d{1,12}\/\d{1,12}\.html/u;

const ENDPOINT = '/site/label/8888';
const MOST_PAGES = 100;

/** Catalogue type of annual reports. */
const ANNUAL_TYPE = '3';

function column(url: string, kind: 'column' | 'list'): FoundLink {
  return { url, kind, heardVia: kind === 'list' ? 'paging' : 'link', anchor: null, listedOn: null, priority: kind === 'list' ? PRIORITY.list : PRIORITY.column };
}

function setting(script: string, name: string): string | null {
  return new RegExp(`\\b${name}["']?\\s{0,9}[:=]\\s{0,9}["']?(\\d{1,12})`, 'u').exec(script)?.[1] ?? null;
}

/** The list that the column's script asks for, when the page names all it takes. */
function labelUrl(view: PageView, organ: string): string | null {
  const written = /["']([^"'\s]{0,200}\/site\/label\/8888\?[^"'\s]{1,600})["']/u.exec(view.script)?.[1];
  if (written !== undefined) return resolveHref(written.replace(/&amp;/gu, '&'), view.base);
  const [site, category] = [setting(view.script, 'siteId'), setting(view.script, 'catId')];
  if (site === null || category === null || !/publicInfoList/u.test(view.script)) return null;
  const file = /["'](\/xxgk\/publicInfoList\w{0,40})["']/u.exec(view.script)?.[1] ?? '/xxgk/publicInfoList_newest2020';
  const query = `IsAjax=1&dataType=html&labelName=publicInfoList&siteId=${site}&pageSize=15&pageIndex=1&action=list&organId=${organ}&type=4&catId=${category}&file=${file}&isDate=true&dateFormat=yyyy-MM-dd`;
  return new URL(`${ENDPOINT}?${query}`, view.url).href;
}

/** A column of an organ leads to its annual reports, and to the list its script would fill in. */
function readColumn(view: PageView): FamilyReading | null {
  const url = new URL(view.url);
  const [, path, organ] = /^(.*\/public\/column\/(\d+))/u.exec(url.pathname) ?? [];
  if (path === undefined || organ === undefined) return null;
  const isAnnual = url.searchParams.get('type') === ANNUAL_TYPE;
  const label = labelUrl(view, organ);
  const found = [...(isAnnual ? [] : [column(`${url.origin}${path}?type=${ANNUAL_TYPE}&action=list`, 'column')]), ...(label === null ? [] : [column(label, 'list')])];
  return { found, isReportColumn: isAnnual && url.searchParams.get('action') !== 'detail' };
}

function readLabel(view: PageView): FamilyReading | null {
  if (!view.url.includes(`${ENDPOINT}?`)) return null;
  const pages = Number(/data-pagecount=["'](\d{1,5})["']/u.exec(view.markup)?.[1] ?? 1);
  const page = Number(new URL(view.url).searchParams.get('pageIndex') ?? 1);
  const next = numbered(view.url, 'pageIndex', { first: page + 1, last: pages, most: MOST_PAGES });
  return { pages, pageNumber: page, next, stop: next.length > 0 ? 'more' : pages === 1 ? 'single-page' : 'last-page' };
}

export const lonsun: Family = {
  id: 'lonsun',
  recognises: (view) => marks(view, ADDRESS, MARKUP),
  read: (view) => readLabel(view) ?? readColumn(view),
};
