/** What the families and rules of this room look at: the page laid out, its address, its links, its data. */
import { parse } from '../html/parse.js';
import type { Decoded, Notice } from '../record.js';
import { rowsOfData } from './data-rows.js';
import { notice } from './discovery.js';
import type { FlatPage } from './flat-page.js';
import { flatten } from './flat-page.js';
import type { Link } from './links.js';
import { linksOf, resolveHref } from './links.js';
import { foldWords } from './report-words.js';

export interface PageView {
  readonly page: Decoded;
  /** Where the page came from, after redirects. */
  readonly url: string;
  /** What relative addresses resolve against. */
  readonly base: string;
  readonly markup: string;
  readonly flat: FlatPage;
  readonly links: readonly Link[];
  /** Why some links of the page are not among them; null when all are. */
  readonly cut: string | null;
  /** Parsed JSON (also JSONP) of a page that is data; undefined for HTML and XML. */
  readonly data: unknown;
  /** Rows that the data says the whole list has. */
  readonly dataTotal: number | null;
  /** Inline script texts, joined, up to a cap. */
  readonly script: string;
  /** Folded words by which the page names itself: column name, title, headings, and the link that led here. */
  readonly names: readonly string[];
  readonly notices: readonly Notice[];
}

/** Script text searched for settings. Page settings stand in the first kilobytes; inlined libraries are not wanted. */
const SCRIPT_LENGTH = 300_000;

const EMPTY: FlatPage = { pieces: [], anchors: [], spans: new Map(), imageWords: new Map(), frames: [], embedded: [], forms: [], scripts: [], metas: new Map(), refresh: null, base: null, title: '', headings: [] };

/** Data begins with a bracket, or with a callback's name and one. */
const DATA = /^\s{0,99}(?:[\w$.]{1,60}\s?\(\s{0,9})?[{[]/u;

/** A page that begins with stray braces is still a page. */
const MARKUP = /<(?:!doctype|html|head|body|div|ul|table|a)\b/iu;

interface Reading {
  readonly data: unknown;
  readonly notices: readonly Notice[];
}

/** JSON or JSONP as a value; undefined when the text is not data at all. */
function readData(text: string): Reading {
  if (!DATA.test(text)) return { data: undefined, notices: [] };
  const start = text.search(/[{[]/u);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  try {
    return { data: JSON.parse(text.slice(start, end + 1)) as unknown, notices: [] };
  } catch (error) {
    if (MARKUP.test(text.slice(0, 20_000))) return { data: undefined, notices: [] };
    return { data: null, notices: [notice('discover-bad-data', `the answer looks like JSON and is none: ${(error as Error).message.slice(0, 120)}`)] };
  }
}

/** 政府信息公开年报_某某市公安局 and 年度报告-某某县人民政府 name the column first. */
function titleParts(title: string): string[] {
  return title.split(/[_\-|–—>]/u).slice(0, 2);
}

/** More headings than this are those of boxes on an overview page, not the page's own. */
const OWN_HEADINGS = 3;

function namesOf(flat: FlatPage, anchor: string | null): string[] {
  const headings = flat.headings.length <= OWN_HEADINGS ? flat.headings : [];
  const names = [flat.metas.get('columnname') ?? '', ...titleParts(flat.title), ...headings, anchor ?? ''];
  return [...new Set(names.map((name) => foldWords(name.slice(0, 60))).filter((name) => name !== ''))];
}

/** What is said of a page with more links than are read. */
function cutOf(flat: FlatPage, limit: number): string | null {
  return flat.anchors.length > limit ? `the page has ${flat.anchors.length} links; the first ${limit} were read` : null;
}

/** Lays a page out for reading, with at most `linkLimit` links. */
export function viewOf(page: Decoded, linkLimit: number): PageView {
  const { data, notices } = readData(page.markup);
  const isData = data !== undefined;
  const flat = isData ? EMPTY : flatten(parse(page.markup));
  const base = (flat.base === null ? null : resolveHref(flat.base, page.finalUrl)) ?? page.finalUrl;
  const script = flat.scripts.map(({ text }) => text).join('\n').slice(0, SCRIPT_LENGTH);
  const rows = isData ? rowsOfData(data, base, linkLimit) : { links: linksOf(flat, base, linkLimit), total: null, isCut: false };
  const cut = rows.isCut ? `the answer has more than ${linkLimit} rows; the first ${linkLimit} were read` : cutOf(flat, linkLimit);
  return { page, url: page.finalUrl, base, markup: page.markup, flat, links: rows.links, cut, data, dataTotal: rows.total, script, names: namesOf(flat, page.anchor), notices };
}
