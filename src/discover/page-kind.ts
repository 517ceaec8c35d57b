/** Decides what a page is: home, column, list, article, or a shell whose words come by script. */
import type { Decoded } from '../record.js';
import type { DiscoveredKind } from './discovery.js';
import type { Span } from './flat-page.js';
import { familyOfUrl } from './family-of-url.js';
import type { Rows } from './list.js';
import type { PageView } from './page-view.js';
import { foldWords, hasReportFolder, isDepartments, isReportColumn, isYearOnly } from './report-words.js';

/** Containers in which the known CMSs print an article. */
const BODY_IDS: ReadonlySet<string> = new Set(['article', 'zoom', 'ucap-content', 'vsb_content', 'newscontent', 'div_zhengwen', 'ivs_content']);
const BODY_CLASS = /(?:^|\s)(?:trs_editor|trs_ueditor|trs_editor_view|v_news_content|bt-content|artile_zw|main-txt|bt-article-y|article-content|article_content|news_cont_d_wrap|tyxxy_main|xxgk_content|wordsection1|xxgkannualreport|wzcon|wp_articlecontent)(?:\s|$)/iu;

/** An empty container belongs to a template whose words come by script. */
const BODY_LENGTH = 4;

/** A piece of text that long is prose; shorter ones are labels, menu entries and captions. */
const PROSE_PIECE = 30;

/** Prose that a list page carries at most: a line of introduction, the footer. Reports have thousands of characters. */
const LIST_PROSE = 600;

/** Headings by which a report's own text is known without any container: 一、 二、 三、 at the start of a piece. */
const HEADING = /^[一二三四五六七八九十]{1,2}、/u;

/** Fewer characters than this besides links is no page to read. Shells met had 215 and 987 bytes in all, menus included. */
const SHELL_LENGTH = 120;
const SHELL_LINKS = 5;

/** Dated links that make a page a list when nobody said that it is one. */
const LIST_ROWS = 3;

function isBody(attribs: Readonly<Record<string, string>> | undefined): boolean {
  return BODY_IDS.has((attribs?.['id'] ?? '').toLowerCase()) || BODY_CLASS.test(attribs?.['class'] ?? '');
}

function lengthOf(pieces: readonly string[], { textStart, textEnd }: Span): number {
  let length = 0;
  for (let index = textStart; index < textEnd && length < 1000; index += 1) length += (pieces[index] ?? '').length;
  return length;
}

function hasBody({ flat }: PageView): boolean {
  for (const [element, span] of flat.spans) {
    if (isBody(element.attribs) && span.anchorEnd - span.anchorStart <= 3 && lengthOf(flat.pieces, span) >= BODY_LENGTH) return true;
  }
  return false;
}

interface Words {
  readonly prose: number;
  readonly headings: number;
  readonly all: number;
}

function countWords(pieces: readonly string[]): Words {
  let [prose, headings, all] = [0, 0, 0];
  for (const piece of pieces) {
    all += piece.length;
    if (piece.length >= PROSE_PIECE) prose += piece.length;
    if (HEADING.test(piece)) headings += 1;
  }
  return { prose, headings, all };
}

/** Whether the page is an article by its metadata, its address, its container or its headings; a list of reports is none. */
function isArticle(view: PageView, rows: Rows): boolean {
  const words = countWords(view.flat.pieces);
  const listing = rows.reportCount >= 2 && words.prose < LIST_PROSE && words.headings < 3;
  if (listing) return false;
  const grammar = familyOfUrl(view.url);
  if (grammar?.kind === 'article' && grammar.id !== 'dir-as-article') return true;
  if ((view.flat.metas.get('articletitle') ?? '') !== '') return true;
  if (words.headings >= 3 && words.prose >= 2 * LIST_PROSE) return true;
  return rows.reportCount === 0 && hasBody(view);
}

/** An address as seed lists write it, in the spelling of the address that was asked for. */
function sameAddress(written: string, url: string): boolean {
  return URL.canParse(written) && new URL(written).href.replace(/#.*$/u, '') === url;
}

function folderOf(address: string): string {
  const { host, pathname } = new URL(address);
  return host + pathname.replace(/[^/]*$/u, '');
}

/** A further page of a seeded column: named by it, or in its folder. */
function isFurtherPage(page: Decoded, column: string): boolean {
  if (page.heardVia !== 'paging' || !URL.canParse(column)) return false;
  return (page.referrer !== null && sameAddress(column, page.referrer)) || folderOf(column) === folderOf(page.finalUrl);
}

/** Whether the seed list gives this address, or the list it is a page of, as a column of the agency. */
export function isSeededColumn({ page }: PageView): boolean {
  if (page.heardVia === 'seed' && page.kind !== 'home') return true;
  return page.seed?.columns.some((column) => sameAddress(column, page.url) || sameAddress(column, page.finalUrl) || isFurtherPage(page, column)) ?? false;
}

/**
 * Whether the page is a part of a column of reports: a folder of one year or of one publisher, which only such a column names as a
 * row that is no article, or a further page of such a part.
 */
function isPart({ page }: PageView): boolean {
  if (page.kind !== 'list' && page.kind !== 'column') return false;
  const anchor = foldWords(page.anchor ?? '');
  return page.heardVia === 'row' || (page.heardVia === 'paging' && (isYearOnly(anchor) || isDepartments(anchor)));
}

/**
 * Whether the page names itself a column of annual reports, or the link that led here did. The folder's name counts only when the
 * page has no name for itself: slugs are copied from agency to agency.
 */
export function isReportColumnPage(view: PageView): boolean {
  const { page, names } = view;
  const named = foldWords(view.flat.metas.get('columnname') ?? '');
  if (page.heardVia === 'search') return false;
  if (isPart(view)) return true;
  if (page.kind === 'home' && new URL(view.url).pathname === '/') return isReportColumn(named);
  return names.some((name) => isReportColumn(name)) || (named === '' && hasReportFolder(view.url) && page.kind !== 'article');
}

export interface KindFacts {
  /** The page's family read rows or further pages from it. */
  readonly gaveList: boolean;
  /** The page's family knows where its rows come from. */
  readonly leadsOn: boolean;
  readonly isReportColumn: boolean;
}

/** Calls by which a page's own script asks for more. */
const ASKS = /\bfetch\s?\(|\bXMLHttpRequest\b|\baxios\b|(?:\$|jQuery)\.(?:ajax|get|post|getJSON)\s?\(|\.load\s?\(\s?["']/u;

/**
 * A column of reports with all its furniture, whose rows a script asks for: shells of real portals have menus and footers. A page that
 * a browser has shown already is what it is.
 */
function isScriptedColumn({ page, script, flat }: PageView, rows: Rows, facts: KindFacts): boolean {
  if (!facts.isReportColumn || rows.reportCount > 0 || facts.leadsOn || facts.gaveList || page.fetchedBy === 'browser' || flat.frames.length > 0) return false;
  return page.kind !== 'article' && page.heardVia !== 'paging' && ASKS.test(script);
}

function isShell(view: PageView, rows: Rows, facts: KindFacts): boolean {
  if (isScriptedColumn(view, rows, facts)) return true;
  if (facts.leadsOn || rows.count > 0 || view.flat.scripts.length === 0 || view.flat.frames.length > 0) return false;
  return countWords(view.flat.pieces).all < SHELL_LENGTH && view.links.length < SHELL_LINKS;
}

/** What the page is, by the rows read from it, its marks and what it was expected to be. */
export function pageKind(view: PageView, rows: Rows, facts: KindFacts): DiscoveredKind {
  const { page } = view;
  if (view.data !== undefined) return facts.gaveList || rows.count > 0 || page.heardVia === 'paging' ? 'list' : 'other';
  if (facts.gaveList && rows.count > 0) return 'list';
  if (isArticle(view, rows)) return 'article';
  if (isShell(view, rows, facts)) return 'shell';
  if (page.kind === 'home' && !facts.isReportColumn) return 'home';
  if (rows.reportCount > 0 || facts.isReportColumn) return 'list';
  if (new URL(view.url).pathname === '/') return 'home';
  if (page.kind === 'article') return 'article';
  return rows.count >= LIST_ROWS || (rows.count > 0 && page.kind === 'list') ? 'list' : 'column';
}
