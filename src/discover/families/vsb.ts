/** 博达 VSB: lists whose pages are numbered downwards, page 2 of 31 being 30.htm and the last one 1.htm. */
import { PAGE_LIMIT } from '../create-page-html.js';
import type { PageView } from '../page-view.js';
import type { Family, FamilyReading } from './family.js';
import { marks } from './family.js';

const ADDRESS = /\/info\/\d+\/\d+\.htm$/u;
const MARKUP = /begineditable|id=["']vsb_content|class=["']v_news_content|_simple_list_gotopage_fun|class=["']pb_sys_common|\/info\/\d{1,8}\/\d{1,12}\.htm["']|\/system\/_content\/download\.jsp/u;

const PAGES = /_simple_list_gotopage_fun\s?\(\s?(\d{1,5})\s?,|class=["']p_t["']>\s{0,3}共\s?(\d{1,5})\s?页/u;

/**
 * On a first page `x.htm` the others are `x/{N-1}.htm` down to `x/1.htm`. Numbers shift when reports are added, so every visit of
 * the first page names them all again; what was read is known by its own address.
 */
function read(view: PageView): FamilyReading | null {
  const found = PAGES.exec(view.markup);
  const pages = Number(found?.[1] ?? found?.[2] ?? NaN);
  const { pathname, origin } = new URL(view.url);
  const [, folder, number] = /^(.*?)(?:\/(\d{1,5}))?\.htm$/u.exec(pathname) ?? [];
  if (!Number.isFinite(pages) || folder === undefined) return null;
  if (number !== undefined) return { pages, pageNumber: pages - Number(number) + 1, next: [], stop: number === '1' ? 'last-page' : 'more' };
  const count = Math.min(pages - 1, PAGE_LIMIT);
  const next = Array.from({ length: Math.max(0, count) }, (_, index) => ({ url: `${origin}${folder}/${pages - 1 - index}.htm` }));
  return { pages, pageNumber: 1, next, stop: next.length > 0 ? 'more' : 'single-page' };
}

export const vsb: Family = { id: 'vsb', recognises: (view: PageView) => marks(view, ADDRESS, MARKUP), read };
