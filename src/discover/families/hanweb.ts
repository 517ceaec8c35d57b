/** 大汉 Hanweb JCMS: rows in a datastore inside the page, further ones from dataproxy.jsp; the xxgk module; annual reports by year. */
import { notice } from '../discovery.js';
import type { FoundLink, StopReason } from '../discovery.js';
import type { Link } from '../links.js';
import { linksOfFragment, resolveHref } from '../links.js';
import type { PageView } from '../page-view.js';
import type { Family, FamilyReading, NextPage } from './family.js';
import { marks } from './family.js';
import { annualReports, catalogueTree, moduleList } from './hanweb-xxgk.js';

const ADDRESS = /\/col\/col\d+\/|\/art\/\d{4}\/\d{1,2}\/\d{1,2}\/art_\d+_\d+|\/module\/(?:web\/)?(?:jpage|xxgk)\//u;
const MARKUP = /<datastore>|\.jpage\s?\(|\/module\/(?:web\/)?(?:jpage|xxgk|download)\/\w{1,40}\.jsp|\/art\/\d{4}\/\d{1,2}\/\d{1,2}\/art_\d{1,12}_\d{1,12}/u;

/** Pages of rows in one call: the CMS's own script asks for three at a time. */
const PAGES_PER_CALL = 3;

/** Rows asked for in all: a column with more is no column of annual reports. */
const MOST_ROWS = 6000;

interface Settings {
  readonly perPage: number;
  readonly total: number | null;
  readonly proxy: string | null;
}

/** The records of every datastore in the text. Read by searching, not parsing: the text is as often XML as a script's content. */
function recordsOf(text: string): string[] {
  const records: string[] = [];
  for (let at = text.indexOf('<record>'); at >= 0; at = text.indexOf('<record>', at + 8)) {
    const end = text.indexOf('</record>', at);
    if (end < 0) break;
    records.push(text.slice(at + 8, end).replace(/^\s{0,99}<!\[CDATA\[/u, '').replace(/\]\]>\s{0,99}$/u, ''));
  }
  return records;
}

function settingsOf(text: string): Settings {
  const number = (pattern: RegExp): number | null => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? null : Number(found);
  };
  return {
    perPage: number(/perPage\s{0,3}:\s{0,3}["']?(\d{1,4})/u) ?? 15,
    total: number(/totalRecord\s{0,3}:\s{0,3}["']?(\d{1,6})/u) ?? number(/<totalrecord>\s{0,9}(\d{1,6})/u),
    proxy: /proxyUrl\s{0,3}:\s{0,3}["']([^"'\s]{1,300})["']/u.exec(text)?.[1] ?? null,
  };
}

/** The address in `<nextgroup>`; null when the store has none. */
function nextGroup(text: string): string | null {
  const start = text.indexOf('<nextgroup>');
  const group = start < 0 ? '' : text.slice(start, start + 3000);
  return /href=["']([^"']{1,1500})["']/u.exec(group)?.[1]?.replace(/&amp;/gu, '&') ?? null;
}

/** The proxy's address for rows `from` to `to`, with the column's own parameters. */
function proxyCall(proxy: string, parameters: URLSearchParams, rows: { from: number; to: number; perPage: number }): string {
  const url = new URL(proxy);
  const query: [string, string][] = [['startrecord', String(rows.from)], ['endrecord', String(rows.to)], ['perpage', String(rows.perPage)], ['col', '1']];
  for (const name of ['appid', 'webid', 'path', 'columnid', 'sourceContentType', 'unitid', 'webname', 'permissiontype']) {
    const fallback = name === 'sourceContentType' ? '1' : name === 'appid' ? '1' : null;
    const value = parameters.get(name) ?? fallback;
    if (value !== null) query.push([name, value]);
  }
  url.search = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return url.href;
}

function callsFrom(first: number, facts: { total: number; perPage: number; proxy: string; parameters: URLSearchParams }): NextPage[] {
  const calls: NextPage[] = [];
  const last = Math.min(facts.total, MOST_ROWS);
  for (let from = first; from <= last; from += facts.perPage * PAGES_PER_CALL) {
    const to = Math.min(last, from + facts.perPage * PAGES_PER_CALL - 1);
    calls.push({ url: proxyCall(facts.proxy, facts.parameters, { from, to, perPage: facts.perPage }) });
  }
  return calls;
}

/** Where no nextgroup is printed, the parameters stand in the column's address and in the element's id. */
function ownParameters(view: PageView): URLSearchParams {
  const column = /\/col\/col(\d+)/u.exec(view.url)?.[1];
  const unit = /\$\(\s?["']#(\d{1,9})["']\s?\)\.jpage/u.exec(view.script)?.[1];
  const web = /webid["']?\s{0,3}[=:]\s{0,3}["']?(\d{1,6})/iu.exec(view.script)?.[1];
  return new URLSearchParams({ ...(web ? { webid: web } : {}), path: '/', ...(column ? { columnid: column } : {}), ...(unit ? { unitid: unit } : {}), permissiontype: '0' });
}

interface Remainder {
  readonly next: readonly NextPage[];
  readonly stop: StopReason;
  readonly notices: FamilyReading['notices'];
}

/** How to go on after the rows in the page. An encrypted column id works for page 1 only; deep pages answer 54 empty bytes. */
function remainder(view: PageView, given: number, settings: Settings): Remainder {
  const { total, perPage } = settings;
  if (total === null || given >= total) return { next: [], stop: 'single-page', notices: [] };
  const group = nextGroup(view.markup);
  const parameters = group === null ? ownParameters(view) : new URLSearchParams(group.slice(group.indexOf('?') + 1));
  const column = parameters.get('columnid') ?? '';
  const missing = `${total - given} of ${total} rows`;
  if (!/^\d+$/u.test(column) || !/^\d+$/u.test(parameters.get('unitid') ?? '')) {
    const why = column === '' ? 'its column id is not on the page' : 'its column id is encrypted and answers for the first page only';
    return { next: [], stop: 'encrypted-paging', notices: [notice('discover-partial-list', `${missing} of this list are out of reach: ${why}`)] };
  }
  const proxy = resolveHref(settings.proxy ?? (group ?? '/module/web/jpage/dataproxy.jsp').split('?')[0] ?? '', view.base);
  if (proxy === null) return { next: [], stop: 'needs-script', notices: [notice('discover-partial-list', `${missing} of this list are out of reach: its proxy has no address`)] };
  return { next: callsFrom(given + 1, { total, perPage, proxy, parameters }), stop: 'more', notices: [] };
}

/** The answer of the proxy itself: was what was asked for given? */
function proxyAnswer(view: PageView, links: readonly Link[], records: number): FamilyReading {
  const query = new URL(view.url).searchParams;
  const { total } = settingsOf(view.markup);
  const [from, to] = [Number(query.get('startrecord') ?? NaN), Number(query.get('endrecord') ?? NaN)];
  const expected = Math.min(to, total ?? to) - from + 1;
  const short = Number.isFinite(expected) && records < expected;
  const notices = short ? [notice('discover-partial-list', `rows ${from} to ${to} were asked for; ${records} of ${expected} came`)] : [];
  return { links, total, next: [], stop: records === 0 ? 'broken-page' : short ? 'no-next' : 'last-page', notices };
}

function readStore(view: PageView): FamilyReading | null {
  if (!/<datastore>|\.jpage\s?\(/u.test(view.markup)) return null;
  const records = recordsOf(view.markup);
  const links = linksOfFragment(`<ul>${records.join('\n')}</ul>`, view.base);
  if (/\/jpage\/dataproxy\.jsp/u.test(view.url)) return proxyAnswer(view, links, records.length);
  const settings = settingsOf(view.markup);
  const rest = remainder(view, records.length, settings);
  const pages = settings.total === null ? null : Math.ceil(settings.total / settings.perPage);
  return { ...(records.length > 0 ? { links: [...links, ...view.links] } : {}), total: settings.total, pages, pageNumber: 1, ...rest };
}

function read(view: PageView): FamilyReading | null {
  const yearly: FoundLink[] = annualReports(view);
  const reading = readStore(view) ?? moduleList(view) ?? catalogueTree(view);
  if (!reading) return yearly.length > 0 ? { found: yearly } : null;
  return { ...reading, found: [...(reading.found ?? []), ...yearly] };
}

export const hanweb: Family = {
  id: 'hanweb',
  recognises: (view) => marks(view, ADDRESS, MARKUP),
  read,
};
