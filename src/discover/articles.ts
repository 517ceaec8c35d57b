/** What an article leads to: its attachments, its further pages, and other reports named beside it. */
import type { FoundLink } from './discovery.js';
import { isAttachmentAddress } from './attachment-address.js';
import { resolveHref } from './links.js';
import type { Rows } from './list.js';
import { PRIORITY, rowLink } from './list.js';
import type { PageView } from './page-view.js';
import { foldWords, isExcluded, isReportRow, isReportTitle } from './report-words.js';

/** Titles are shorter; what is longer is not looked through. */
const TITLE_LENGTH = 300;

/** Attachments followed from one article. */
const MOST_ATTACHMENTS = 20;

/** Further pages of one article. */
const MOST_PAGES = 30;

/** Whether the article calls itself a report, in its metadata, its headings, its title or the link that led to it. */
function isReportArticle(view: PageView): boolean {
  const words = [view.flat.metas.get('articletitle') ?? '', ...view.flat.headings.slice(0, 4), view.flat.title, view.page.anchor ?? ''].map((written) => foldWords(written.slice(0, TITLE_LENGTH)));
  if (words.some((title) => isReportTitle(title) || isReportRow(title))) return true;
  const start = foldWords(view.flat.pieces.slice(0, 60).join('').slice(0, 1500));
  return /政府信息公开(?:工作)?(?:年度|工作)*(?:报告|年报)/u.test(start) && !isExcluded(words.join(''));
}

/** The file that a viewer in a frame shows: `viewer.html?file=/P020200120.pdf`. */
function viewed(address: string, view: PageView): string[] {
  const url = resolveHref(address, view.base);
  if (url === null) return [];
  const { searchParams, pathname } = new URL(url);
  const file = searchParams.get('file') ?? searchParams.get('src');
  const target = /viewer/iu.test(pathname) && file !== null ? resolveHref(file, url) : url;
  return target !== null && isAttachmentAddress(target) ? [target] : [];
}

function attachments(view: PageView): FoundLink[] {
  const linked = view.links.filter((link) => isAttachmentAddress(link.url)).map((link) => ({ url: link.url, anchor: link.label === '' ? null : link.label }));
  const shown = [...view.flat.embedded, ...view.flat.frames.map(({ src }) => src)].flatMap((address) => viewed(address, view)).map((url) => ({ url, anchor: null }));
  return [...linked, ...shown].slice(0, MOST_ATTACHMENTS).map((link) => ({ ...link, kind: 'attachment', heardVia: 'attachment', listedOn: null, priority: PRIORITY.attachment }));
}

/** Articles cut into pages: t20160307_88_1.html beside t20160307_88.html. */
function furtherPages(view: PageView): FoundLink[] {
  const stem = view.url.replace(/\.\w{2,5}$/u, '');
  if (stem === view.url) return [];
  const further = view.links.filter(({ url }) => url.startsWith(`${stem}_`) && /^_\d{1,3}\.\w{2,5}$/u.test(url.slice(stem.length)));
  return further.slice(0, MOST_PAGES).map(({ url }) => ({ url, kind: 'article', heardVia: 'paging', anchor: view.page.anchor, listedOn: view.page.listedOn, priority: PRIORITY.article }));
}

/** The links of an article. Attachments count only when the article is a report: the forms of a guide are not wanted. */
export function articleLinks(view: PageView, rows: Rows): FoundLink[] {
  return [...rows.wanted.map(rowLink), ...(isReportArticle(view) ? attachments(view) : []), ...furtherPages(view)];
}
