/** Builds the one query a site's own search is asked when no link led to a column: read from the site's search form, never guessed. */
import type { FlatForm } from './flat-page.js';
import type { FoundLink } from './discovery.js';
import { resolveHref } from './links.js';
import { PRIORITY } from './list.js';
import type { PageView } from './page-view.js';

/** What is asked for. */
const WORDS = '政府信息公开工作年度报告';

/** The field that takes the words, by back-end: UCAP qt and searchWord, TRS searchword and allKeywords, Hanweb q, LonSun keywords. */
const WORD_FIELDS: ReadonlySet<string> = new Set(['allkeywords', 'key', 'keyword', 'keywords', 'kw', 'q', 'qt', 'query', 'searchword', 'searchwords', 'word']);

/**
 * Search addresses that answer GET: UCAP `/so/s`, `/guestweb4/s`; Hanweb `/jrobot/search.do`; TRS WAS `/was5/web/search`; IGS
 * `/igs/front/search.jhtml`; TRS `/trs-search/…`, `/irs/front/search`; LonSun `/site/search/ID`.
 */
const BACK_END = /\/(?:so|search4|guestweb\d?)\/s\b|\/jrobot\/search\.do|\/jsearchfront\/|\/was5\/web\/search|\/igs\/front\/search|\/irs\/front\/search|\/trs-search\/|\/site\/search\/\d|\/search(?:\.\w{2,5})?(?:$|\?)/u;

function searchUrl(form: FlatForm, base: string): string | null {
  const action = resolveHref(form.action, base);
  const words = form.fields.find(([name]) => WORD_FIELDS.has(name.toLowerCase()));
  if (action === null || !words || !BACK_END.test(new URL(action).pathname)) return null;
  const url = new URL(action);
  for (const [name, value] of form.fields) if (name !== words[0] && value.length < 100) url.searchParams.set(name, value);
  url.searchParams.set(words[0], WORDS);
  return url.href;
}

/** The site's search for annual reports, from the first search form on the page; nothing when it has none. */
export function searchOf(view: PageView): FoundLink[] {
  for (const form of view.flat.forms) {
    const url = searchUrl(form, view.base);
    if (url !== null) return [{ url, kind: 'list', heardVia: 'search', anchor: null, listedOn: null, priority: PRIORITY.search }];
  }
  return [];
}
