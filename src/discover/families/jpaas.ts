/** 大汉 Hanweb jpaas (v6 and later): columns are filled by an API that answers HTML inside JSON. */
import type { FoundLink } from '../discovery.js';
import { linksOfFragment, resolveHref } from '../links.js';
import { PRIORITY } from '../list.js';
import type { PageView } from '../page-view.js';
import type { Family, FamilyReading, NextPage } from './family.js';
import { marks } from './family.js';
import { withParameter } from './query.js';

const ADDRESS = /\/api-gateway\/jpaas-publish-server\/|\/art\/\d{4}\/art_[0-9a-f]{32}\.s?html?$/u;
const MARKUP = /unitbuild\.js|\/api-gateway\/jpaas-publish-server\/|\/art\/\d{4}\/art_[0-9a-f]{32}\.s?html?/u;

const ENDPOINT = '/api-gateway/jpaas-publish-server/front/page/build/unit';

/** Rows of one call, the number that sites' own scripts ask for. */
const PAGE_SIZE = 15;
const MOST_PAGES = 200;

/** Parts of a column page that are no list. */
const FURNITURE = /导航|轮播|图片|面包屑|位置|友情|头部|底部|标题|广告|搜索/u;

/** Units asked for from one page. */
const MOST_UNITS = 4;

/** The settings in a `queryData` attribute: single quotes, so no JSON. */
function settingsOf(written: string): Map<string, string> {
  const pairs = written.slice(0, 4000).matchAll(/["'](\w{1,40})["']\s{0,9}:\s{0,9}["']([^"']{0,400})["']/gu);
  return new Map([...pairs].map(([, name, value]) => [name ?? '', value ?? '']));
}

/** One call for page `page` of a unit. `parseType` is spelled `bulidstatic` on most sites; the page's own spelling is kept. */
function unitUrl(endpoint: string, settings: ReadonlyMap<string, string>): string {
  const url = new URL(endpoint);
  for (const [name, value] of settings) url.searchParams.set(name, value);
  url.searchParams.set('paramJson', JSON.stringify({ pageNo: 1, pageSize: String(PAGE_SIZE) }));
  return url.href;
}

/** The lists that the column's script would ask for. One client got 403 without a referrer: the column is named as one. */
function readColumn(view: PageView): FamilyReading | null {
  const units = view.flat.scripts.flatMap(({ attribs }): FoundLink[] => {
    const settings = settingsOf(attribs['querydata'] ?? '');
    const endpoint = resolveHref(attribs['url'] ?? ENDPOINT, view.base);
    if (endpoint === null || !settings.has('webId') || FURNITURE.test(settings.get('tagId') ?? '')) return [];
    const anchor = view.page.anchor ?? view.flat.metas.get('columnname') ?? view.names[0] ?? null;
    return [{ url: unitUrl(endpoint, settings), kind: 'list', heardVia: 'paging', anchor, listedOn: null, priority: PRIORITY.list, headers: { referer: view.url } }];
  });
  return units.length > 0 ? { found: units.slice(0, MOST_UNITS) } : null;
}

function attribute(html: string, name: string): number | null {
  const found = new RegExp(`\\b${name}\\s{0,3}=\\s{0,3}["'](\\d{1,6})["']`, 'u').exec(html)?.[1];
  return found === undefined ? null : Number(found);
}

function furtherPages(url: string, facts: { page: number; size: number; pages: number }): NextPage[] {
  const count = Math.max(0, Math.min(facts.pages, MOST_PAGES) - facts.page);
  return Array.from({ length: count }, (_, index) => ({ url: withParameter(url, 'paramJson', JSON.stringify({ pageNo: facts.page + index + 1, pageSize: String(facts.size) })) }));
}

/** The page asked for, by the call's own paramJson. */
function askedPage(url: string): number {
  const found = /"pageNo"\s?:\s?"?(\d{1,5})/u.exec(new URL(url).searchParams.get('paramJson') ?? '')?.[1];
  return found === undefined ? 1 : Number(found);
}

function readUnit(view: PageView): FamilyReading | null {
  const html = (view.data as { data?: { html?: unknown } } | null | undefined)?.data?.html;
  if (typeof html !== 'string') return null;
  const total = attribute(html, 'count');
  const size = attribute(html, 'pageSize') ?? PAGE_SIZE;
  const pages = total === null ? null : Math.max(1, Math.ceil(total / size));
  const page = askedPage(view.url);
  const next = page === 1 && pages !== null ? furtherPages(view.url, { page, size, pages }) : [];
  const stop = next.length > 0 ? 'more' : pages === null ? 'no-next' : pages === 1 ? 'single-page' : page >= pages ? 'last-page' : 'more';
  return { links: linksOfFragment(html, view.base), total, pages, pageNumber: page, next, stop };
}

export const jpaas: Family = {
  id: 'jpaas',
  recognises: (view) => marks(view, ADDRESS, MARKUP),
  read: (view) => readUnit(view) ?? readColumn(view),
};
