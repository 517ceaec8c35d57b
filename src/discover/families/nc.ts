/** n/c-content (公安部, 国资委): numbered folders, further pages named after the page's component. */
import { PAGE_LIMIT } from '../create-page-html.js';
import { resolveHref } from '../links.js';
import type { PageView } from '../page-view.js';
import type { Family, FamilyReading } from './family.js';
import { marks } from './family.js';

const ADDRESS = /\/n\d+\/(?:n\d+\/)*(?:c\d+\/content\.s?html|index(?:_\d+_\d+)?\.html)?$/u;
const MARKUP = /\bid=["']comp_\d{3,12}["']|\bmaxPageNum\d{3,12}\b/u;

const MOST = /\bmaxPageNum(\d{3,12})\s{0,3}=\s{0,3}["']?(\d{1,5})/u;

/**
 * Further pages are `index_<component>_<n>.html`. Whether n falls or rises from the newest is not established, so all numbers below
 * the newest are named and the direction does not matter.
 */
function read(view: PageView): FamilyReading | null {
  const [, component, most] = MOST.exec(view.script) ?? [];
  if (component === undefined || /index_\d+_\d+\.html$/u.test(view.url)) return null;
  const pages = Number(most);
  const numbers = Array.from({ length: Math.max(0, Math.min(pages - 1, PAGE_LIMIT)) }, (_, index) => pages - 1 - index);
  const next = numbers.flatMap((number) => resolveHref(`index_${component}_${number}.html`, view.base) ?? []).map((url) => ({ url }));
  return { pages, pageNumber: 1, next, stop: next.length > 0 ? 'more' : 'single-page' };
}

export const nc: Family = { id: 'nc', recognises: (view) => marks(view, ADDRESS, MARKUP), read };
