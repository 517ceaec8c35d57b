/** 广东省政府网站集约化平台 (NFCMS, gkmlpt): a catalogue shell whose tree is in the page and whose lists are JSON. */
import { rowsOfData } from '../data-rows.js';
import type { FoundLink } from '../discovery.js';
import { notice } from '../discovery.js';
import { resolveHref } from '../links.js';
import { PRIORITY } from '../list.js';
import type { PageView } from '../page-view.js';
import { foldWords, isReportColumn } from '../report-words.js';
import type { Family, FamilyReading } from './family.js';
import { marks } from './family.js';
import { numbered } from './query.js';

const ADDRESS = /\/gkmlpt\/|\/content\/(?:\d+\/\d+\/)?m?post_\d+\.html$/u;
const MARKUP = /NFCMS_(?:SITE|POST)_ID|\/gkmlpt\/(?:index|api|gkml|annual)|\/content\/m?post_\d{1,12}\.html/u;

/** The server gives that many articles a page. Page 0 and page 1 are the same: counting starts at 1. */
const PER_PAGE = 100;

/** Pages of one catalogue. */
const MOST_PAGES = 100;

interface Topic {
  readonly id: number | string;
  readonly name: string;
  readonly jumpUrl: string;
}

/** The text of the array that begins at `start`, found by counting brackets outside strings; null when it does not end. */
function arrayAt(script: string, start: number): string | null {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < script.length; at += 1) {
    const character = script[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[') depth += 1;
    else if (character === ']') {
      depth -= 1;
      if (depth === 0) return script.slice(start, at + 1);
    }
  }
  return null;
}

function treeOf(script: string): unknown {
  const name = /\bTREE["']?\s{0,9}[:=]\s{0,9}\[/u.exec(script);
  const text = name ? arrayAt(script, name.index + name[0].length - 1) : null;
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Every topic of the tree, walked level by level. */
function topicsOf(tree: unknown): Topic[] {
  const waiting: unknown[] = Array.isArray(tree) ? [...(tree as readonly unknown[])] : [];
  const topics: Topic[] = [];
  for (let index = 0; index < waiting.length && index < 20_000; index += 1) {
    const node = waiting[index] as { id?: unknown; name?: unknown; jump_url?: unknown; children?: unknown } | null;
    if (typeof node !== 'object' || node === null) continue;
    const { id, name, jump_url: jumpUrl, children } = node;
    if (typeof name === 'string' && (typeof id === 'number' || typeof id === 'string')) topics.push({ id, name, jumpUrl: typeof jumpUrl === 'string' ? jumpUrl : '' });
    if (Array.isArray(children)) waiting.push(...(children as readonly unknown[]));
  }
  return topics;
}

/** A seed may name the topic after the hash: `/gkmlpt/index#19`. The fragment never reaches a server, so it is read from the seed. */
function seededTopic(view: PageView): string | null {
  const own = new URL(view.url);
  const named = (view.page.seed?.columns ?? []).filter((column) => URL.canParse(column)).map((column) => new URL(column))
    .find((column) => column.host === own.host && column.pathname === own.pathname && /^#\d+$/u.test(column.hash));
  return named ? named.hash.slice(1) : null;
}

/** The API stands at the root, also for agencies whose catalogue stands in a folder: the site id says whose it is. */
function apiUrl(view: PageView, topic: string, sid: string): string {
  return new URL(`/gkmlpt/api/all/${topic}?page=1&sid=${sid}`, view.url).href;
}

/** A topic with a `jump_url` has left the platform: its reports stand in that plain column. */
function leadTo(topic: Topic, view: PageView, sid: string): FoundLink {
  const jump = topic.jumpUrl === '' ? null : resolveHref(topic.jumpUrl, view.base);
  if (jump !== null) return { url: jump, kind: 'column', heardVia: 'link', anchor: topic.name, listedOn: null, priority: PRIORITY.column };
  return { url: apiUrl(view, String(topic.id), sid), kind: 'list', heardVia: 'paging', anchor: topic.name, listedOn: null, priority: PRIORITY.list };
}

function readIndex(view: PageView): FamilyReading | null {
  const sid = /\bSID["']?\s{0,9}[:=]\s{0,9}["']?(\w{1,20})/u.exec(view.script)?.[1];
  if (sid === undefined || !/_CONFIG/u.test(view.script) || /\bDETAIL["']?\s{0,9}:/u.test(view.script)) return null;
  const seeded = seededTopic(view);
  const topics = topicsOf(treeOf(view.script)).filter((topic) => String(topic.id) === seeded || isReportColumn(foldWords(topic.name)));
  if (topics.length > 0) return { found: topics.map((topic) => leadTo(topic, view, sid)) };
  const lead: Omit<FoundLink, 'url' | 'kind'> = { heardVia: 'link', anchor: null, listedOn: null, priority: PRIORITY.column };
  if (/\/gkmlpt\/(?!annual)/u.test(view.url)) return { found: [{ ...lead, url: view.url.replace(/\/gkmlpt\/.*$/u, '/gkmlpt/annual'), kind: 'column' }] };
  return { found: [{ ...lead, url: apiUrl(view, '0', sid), kind: 'list' }] };
}

function readApi(view: PageView): FamilyReading | null {
  if (!/\/gkmlpt\/api\/all\//u.test(view.url) || view.data === undefined) return null;
  const { articles, total } = (view.data ?? {}) as { articles?: unknown; total?: unknown };
  const { links } = rowsOfData(articles, view.base);
  const said = Number(total ?? NaN);
  if (!Number.isFinite(said)) return { links, notices: [notice('discover-partial-list', 'the answer does not say how many articles the catalogue has')], stop: 'no-next' };
  const pages = Math.max(1, Math.ceil(said / PER_PAGE));
  const current = Math.max(1, Number(new URL(view.url).searchParams.get('page') ?? 1));
  const next = current === 1 ? numbered(view.url, 'page', { first: 2, last: pages, most: MOST_PAGES }) : [];
  return { links, total: said, pages, pageNumber: current, next, stop: next.length > 0 ? 'more' : pages === 1 ? 'single-page' : current >= pages ? 'last-page' : 'more' };
}

export const gkmlpt: Family = {
  id: 'gkmlpt',
  recognises: (view) => marks(view, ADDRESS, MARKUP),
  read: (view) => readApi(view) ?? readIndex(view),
};
