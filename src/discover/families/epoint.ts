/** 国泰新点 Epoint WebBuilder: static first pages under cumulative folder codes; further rows from a JSON action. */
import { notice } from '../discovery.js';
import type { PageView } from '../page-view.js';
import { pagingOf } from '../paging.js';
import type { Family, FamilyReading } from './family.js';
import { marks } from './family.js';

const ADDRESS = /\/(\d{6})\/\1\d{3}(?:\/|$)|\/EpointWebBuilder/u;
const MARKUP = /EpointWebBuilder|class=["'][^"']{0,100}\bewb-|\bcategorynum\s?=|\bsiteguid\s?=/iu;

/** The one action that takes its question in the address. */
const LIST_ACTION = '/EpointWebBuilderService/getInfoListAndCategoryList.action';
const POST_ACTION = /getPageInfoListNew2|getFullTextDataNew/u;

/** Rows asked for at once; a column of annual reports has fewer. */
const MOST_ROWS = 500;

function setting(view: PageView, name: string): string | null {
  return new RegExp(`\\b${name}["']?\\s{0,9}[:=]\\s{0,9}["']([\\w-]{1,60})["']`, 'iu').exec(view.script)?.[1] ?? null;
}

/** Rows of the whole list, printed in `<span id="total">` or set by the script. */
function totalOf(view: PageView): number | null {
  const printed = /id=["']total["'][^>]{0,60}>\s{0,9}(\d{1,6})/iu.exec(view.markup)?.[1] ?? /\btotal(?:count|num)?\s{0,3}[=:]\s{0,3}["']?(\d{1,6})/iu.exec(view.script)?.[1];
  return printed === undefined ? null : Number(printed);
}

/** One call for all rows; null when the page does not name the column. */
function wholeList(view: PageView, total: number): string | null {
  const [site, category] = [setting(view, 'siteguid'), setting(view, 'categorynum')];
  if (site === null || category === null) return null;
  const query = `cmd=getInfoList&pageIndex=1&pageSize=${Math.min(total, MOST_ROWS)}&siteguid=${site}&categorynum=${category}`;
  return new URL(`${LIST_ACTION}?${query}`, view.url).href;
}

/** What the static page leaves out and names no page for is asked for in one call. */
function read(view: PageView): FamilyReading | null {
  const total = view.data === undefined ? totalOf(view) : null;
  if (total === null) return null;
  const rows = view.links.filter((link) => link.isDated).length;
  if (total <= rows || pagingOf(view).nextUrls.length > 0) return { total };
  const whole = wholeList(view, total);
  if (whole !== null) return { total, next: [{ url: whole }], stop: 'more' };
  const endpoint = POST_ACTION.exec(view.script)?.[0];
  return endpoint === undefined ? { total } : { total, stop: 'needs-post', notices: [notice('discover-needs-post', `${total - rows} of ${total} rows are answered only to POST …/${endpoint}`)] };
}

export const epoint: Family = { id: 'epoint', recognises: (view) => marks(view, ADDRESS, MARKUP), read };
