/** Chooses the title of a page's article among what the page claims, without the site's name. */
import { foldForMatching } from '../han/fold.js';
import type { PageClaims } from './page-title.js';

export interface ArticleTitle {
  readonly title: string;
  readonly from: 'meta' | 'heading' | 'document';
}

/** What a report's title speaks of. Short: it must be found in titles with any words between. */
const REPORT_WORDS = /(?:信息公开|政务公开|警务公开).{0,30}(?:报告|年报|总结|汇报)|年度报告|年报/u;
const META_NAMES = ['articletitle', 'article:title', 'og:title', 'dc.title'] as const;
const SEPARATORS = /[_|—–－]+|\s[-]\s|-(?=[^\d-]{2,})|\s{2,}|\s(?=\S{4,})/u;

/** `title` without the names of site and column that a content system appends or puts in front. */
export function withoutSite(title: string, claims: PageClaims): string {
  const parts = title.split(SEPARATORS).map((part) => part.trim()).filter((part) => part !== '');
  const strangers = parts.filter((part) => part !== claims.meta.get('sitename') && part !== claims.meta.get('columnname'));
  const reports = strangers.filter((part) => REPORT_WORDS.test(foldForMatching(part)) && /报告|年报|总结|汇报|報告|年報/u.test(part));
  const kept = reports.length > 0 ? reports : strangers;
  return kept.reduce((longest, part) => (part.length > longest.length ? part : longest), '') || title.trim();
}

function isOwnName(text: string, claims: PageClaims): boolean {
  return text === claims.meta.get('sitename') || text === claims.meta.get('columnname');
}

/** The first heading that speaks of a report, else the longest one that stands in the document's title too. */
function fromHeadings(claims: PageClaims): string | null {
  const report = claims.headings.find((heading) => REPORT_WORDS.test(foldForMatching(heading)) && /20[0-2]\d|二[〇○零]|公安|年度/u.test(heading) && !isOwnName(heading, claims));
  if (report !== undefined) return report;
  const { documentTitle } = claims;
  if (documentTitle === null) return null;
  const shared = claims.headings.filter((heading) => heading.length >= 6 && documentTitle.includes(heading) && !isOwnName(heading, claims));
  return shared.reduce<string | null>((longest, heading) => (longest === null || heading.length > longest.length ? heading : longest), null);
}

/** A `<title>` that names the site only. */
const SITE_NAME = /(?:公安[局厅部]|分局|政府|网站?|首页|平台|系统|在线|栏目|频道)$/u;

/** The article's title in the order meta tag, heading, `<title>`; null when the page claims none. */
export function articleTitle(claims: PageClaims): ArticleTitle | null {
  const meta = META_NAMES.map((name) => claims.meta.get(name)).find((content) => content !== undefined && content !== '');
  if (meta !== undefined && !isOwnName(meta, claims)) return { title: meta, from: 'meta' };
  const heading = fromHeadings(claims);
  if (heading !== null) return { title: heading, from: 'heading' };
  const { documentTitle } = claims;
  const cut = documentTitle === null ? '' : withoutSite(documentTitle, claims);
  return cut === '' || SITE_NAME.test(foldForMatching(cut)) ? null : { title: cut, from: 'document' };
}
