/** Turns a flat page's anchors into links: absolute addresses, whole words, and the row each stands in. */
import { parse } from '../html/parse.js';
import type { DomNode, FlatAnchor, FlatPage } from './flat-page.js';
import { flatten } from './flat-page.js';
import { foldWords, isCut } from './report-words.js';
import { dateIn, looksDated, withoutDate } from './row-date.js';

export interface Link {
  /** Absolute http(s) URL without fragment. */
  readonly url: string;
  /** Words of the link, from its `title` where the page cut them short. */
  readonly label: string;
  /** The words folded for matching. */
  readonly folded: string;
  /** Date printed in the row, `YYYY-MM-DD`. */
  readonly date: string | null;
  /** Whether the row prints a date of any kind. */
  readonly isDated: boolean;
  /** Signature of the row's place: links with the same one belong to one list. */
  readonly group: string;
}

/** Links read from one page where the caller names no other number. A catalogue page with more is a trap or a site map gone wrong. */
export const LINK_LIMIT = 5000;

/** Words read of a link; longer ones wrap whole paragraphs. */
const LABEL_LENGTH = 300;

/** Text read of one run beside or inside a link. */
const PIECE_LENGTH = 300;

/** How far up a link's row is looked for: `li > div > h4 > span > a` is four. */
const ROW_HEIGHT = 5;

/** Elements that are a row by their nature, even when they hold a second link (a category before the title, an attachment after it). */
const ROW_ELEMENTS: ReadonlySet<string> = new Set(['dd', 'dt', 'li', 'tr']);

/** Links in such a row at most; more make it a menu in a cell. */
const ROW_LINKS = 3;

/** Words after a link that are still beside it when no element holds both. */
const BESIDE = 40;

const NO_PAGE = /^(?:#|$|javascript:|mailto:|tel:|data:|about:|file:|blob:|ftp:|thunder:|\$\{|\{\{|<)/iu;

/**
 * `href` resolved against `base`, without its fragment; null when it leads to no page. `./x/` and a trailing dot of the host are
 * taken away by the URL parser and here: a trailing dot made a whole province look dead.
 */
export function resolveHref(href: string, base: string): string | null {
  const written = href.trim().replace(/^["']|["']$/gu, '').replace(/\\/gu, '/');
  if (NO_PAGE.test(written) || !URL.canParse(written, base)) return null;
  const url = new URL(written, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.hash = '';
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/u, '');
  return url.hostname === '' ? null : url.href;
}

function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** The link's own words; its `title` where the words were cut, are missing or are the beginning of it. */
function labelOf(words: string, title: string): string {
  const whole = collapse(title.slice(0, LABEL_LENGTH));
  if (whole === '') return words;
  const start = words.replace(/(?:…|\.{2,})\s*$/u, '').trim();
  return start === '' || isCut(words) || whole.startsWith(start) ? whole : words;
}

function signature(node: DomNode | null): string {
  return node?.name ? `${node.name}.${node.attribs?.['class'] ?? ''}` : '';
}

/** The element that is the link's row: as high as no other link's words come in. */
function rowOf(flat: FlatPage, anchor: FlatAnchor): DomNode {
  let row = anchor.element;
  for (let height = 0; height < ROW_HEIGHT; height += 1) {
    const above = row.parent;
    const span = above ? flat.spans.get(above) : undefined;
    if (!above || !span) return row;
    const links = span.anchorEnd - span.anchorStart;
    const isRow = ROW_ELEMENTS.has(above.name ?? '');
    if (links > (isRow ? ROW_LINKS : 1)) return row;
    row = above;
    if (isRow && above.name !== 'dt') return row;
  }
  return row;
}

function slice(flat: FlatPage, from: number, to: number): string {
  return collapse(flat.pieces.slice(from, Math.min(to, from + 40)).map((piece) => piece.slice(0, PIECE_LENGTH)).join(' '));
}

/** The words of the row besides the link's own; where the row is the link alone, the words up to the next link. */
function besideOf(flat: FlatPage, index: number, row: DomNode): string {
  const anchor = flat.anchors[index] as FlatAnchor;
  const own = flat.spans.get(anchor.element);
  const whole = flat.spans.get(row);
  if (!own || !whole) return '';
  const inRow = `${slice(flat, whole.textStart, own.textStart)} ${slice(flat, own.textEnd, whole.textEnd)}`.trim();
  if (looksDated(inRow) || inRow.length > BESIDE) return inRow;
  const next = flat.anchors[index + 1];
  const end = next ? flat.spans.get(next.element)?.textStart ?? own.textEnd : Math.min(flat.pieces.length, own.textEnd + 2);
  return slice(flat, own.textEnd, end).slice(0, BESIDE);
}

/** Words of a link that is a button; the title stands in another cell of its row. */
const BUTTON = /^(?:查看|查看详情|查看全文|点击查看|点击下载|点击浏览|详情|详细|全文|下载|浏览|阅读|打开|附件|pdf|word|html)$/iu;

/** The longest run of text in the row: its title, beside index numbers and dates. */
function rowTitle(flat: FlatPage, row: DomNode): string {
  const span = flat.spans.get(row);
  const runs = span ? flat.pieces.slice(span.textStart, Math.min(span.textEnd, span.textStart + 40)) : [];
  return collapse(runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '').slice(0, LABEL_LENGTH));
}

function linkOf(flat: FlatPage, index: number, base: string): Link | null {
  const anchor = flat.anchors[index] as FlatAnchor;
  const url = resolveHref(anchor.href, base);
  const span = flat.spans.get(anchor.element);
  if (url === null || !span) return null;
  const written = slice(flat, span.textStart, span.textEnd).slice(0, 2 * LABEL_LENGTH);
  const row = rowOf(flat, anchor);
  const beside = besideOf(flat, index, row);
  const inside = dateIn(written);
  const words = written === '' ? collapse(flat.imageWords.get(anchor.element) ?? '') : withoutDate(written);
  const own = labelOf(words, anchor.title);
  const label = (BUTTON.test(own) ? rowTitle(flat, row) : own).slice(0, LABEL_LENGTH);
  const date = dateIn(beside) ?? inside;
  return { url, label, folded: foldWords(label), date, isDated: date !== null || looksDated(beside), group: `${signature(row)}<${signature(row.parent)}` };
}

/** The links of a page in reading order, of its first `limit` anchors. */
export function linksOf(flat: FlatPage, base: string, limit = LINK_LIMIT): Link[] {
  const links: Link[] = [];
  for (let index = 0; index < Math.min(flat.anchors.length, limit); index += 1) {
    const link = linkOf(flat, index, base);
    if (link) links.push(link);
  }
  return links;
}

/** The links of a fragment of markup, such as the rows that a data proxy answers with. */
export function linksOfFragment(markup: string, base: string): Link[] {
  return linksOf(flatten(parse(markup)), base);
}
