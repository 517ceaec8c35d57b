/** 开普云 UCAP: static lists with a 1-based createPageHTML; catalogues whose tree comes as JSONP. */
import type { FoundLink } from '../discovery.js';
import { resolveHref } from '../links.js';
import { PRIORITY } from '../list.js';
import type { PageView } from '../page-view.js';
import { foldWords, isReportColumn } from '../report-words.js';
import type { Family, FamilyReading } from './family.js';
import { marks } from './family.js';

const ADDRESS = /\/c\d{4,}\/(?:\w*[lL]ist(?:_\d+)?|content)\.shtml$|\/c\d{4,}\/\d{6}\/\w+\.shtml$|\/u\/channel\/treeNew\//u;
const MARKUP = /createPageHTML\s?\(\s?["']page_div["']|\/c\d{4,12}\/(?:common_list|xxgkList|xlist|list)\.shtml|\/\d{6}\/[0-9a-f]{32}\.shtml|\/u\/channel\/treeNew\/|\/guestweb\d?\/s\b/u;

/** Names of list pages tried where the tree gives none: many nodes have the placeholder null.shtml. */
const LIST_NAMES = ['common_list', 'xxgkList', 'xlist', 'list'] as const;

interface TreeNode {
  readonly name?: unknown;
  readonly url?: unknown;
  readonly children?: unknown;
}

function addressesOf(written: string, base: string): string[] {
  const names = /\/null\.shtml$/u.test(written) ? LIST_NAMES.map((name) => written.replace(/null(?=\.shtml$)/u, name)) : [written];
  return names.flatMap((address) => resolveHref(address, base) ?? []);
}

/** The nodes of the catalogue's tree that are columns of annual reports. */
function readTree(view: PageView): FamilyReading | null {
  if (!/\/u\/channel\/treeNew\//u.test(view.url) || view.data === undefined) return null;
  const waiting: unknown[] = [view.data];
  const found: FoundLink[] = [];
  for (let index = 0; index < waiting.length && index < 50_000; index += 1) {
    const value = waiting[index];
    if (typeof value !== 'object' || value === null) continue;
    const { name, url } = value as TreeNode;
    if (typeof name === 'string' && typeof url === 'string' && isReportColumn(foldWords(name))) {
      found.push(...addressesOf(url, view.base).map((address) => ({ url: address, kind: 'column', heardVia: 'link', anchor: name, listedOn: null, priority: PRIORITY.column } as const)));
    }
    for (const child of Object.values(value)) if (typeof child === 'object') waiting.push(child);
  }
  return { found, links: [] };
}

/** A catalogue page that fills its tree by script names the tree's address. */
function readShell(view: PageView): FamilyReading | null {
  const address = /["']([^"'\s]{0,100}\/u\/channel\/treeNew\/\w{1,40}[^"'\s]{0,100})["']/u.exec(view.script)?.[1];
  const url = address === undefined ? null : resolveHref(address, view.base);
  return url === null ? null : { found: [{ url, kind: 'list', heardVia: 'paging', anchor: null, listedOn: null, priority: PRIORITY.list }] };
}

export const ucap: Family = {
  id: 'ucap',
  recognises: (view) => marks(view, ADDRESS, MARKUP),
  read: (view) => readTree(view) ?? readShell(view),
};
