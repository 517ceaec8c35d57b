/** What the portals share: plates, presses, list pages cut into pages, and rows made of what was printed. */
import type { Link, ListRow, SitePlate, Skin } from '../chrome/furniture.js';
import { decoyPage } from '../decoys.js';
import type { Press, Printed, Publisher } from '../publisher.js';
import type { FarmPortal } from '../shapes.js';
import type { Answer, FarmCharset, Pages } from '../site.js';
import { page } from '../site.js';

/** Who runs the site at `host`; `name` is the agency or the government whose portal it is. */
export function plate(host: string, name: string, publisher: Pick<Publisher, 'code' | 'place'>): SitePlate {
  return { name, host, place: publisher.place, siteId: `${publisher.code}0018` };
}

interface PressFacts {
  readonly portalId: string;
  readonly plate: SitePlate;
  readonly skin: Skin;
  readonly column: Link;
  readonly charset?: FarmCharset;
  readonly declared?: string | null;
  readonly contentType?: string;
  readonly isStatic?: boolean;
  readonly strayed?: string;
}

/** A press with the ordinary settings: static UTF-8 pages that say so in `<meta>` and leave the header silent. */
export function press(facts: PressFacts): Press {
  const crumbs = [{ text: '首页', href: '/' }, { text: '政务公开', href: '/zwgk/' }, facts.column];
  return { charset: 'utf-8', declared: 'utf-8', contentType: 'text/html', isStatic: true, ...facts, crumbs };
}

/** Newest first, as columns show them. */
export function newestFirst(rows: readonly ListRow[]): ListRow[] {
  const key = (row: ListRow): string => `${row.date} ${row.href}`;
  return [...rows].sort((a, b) => (key(a) < key(b) ? 1 : -1));
}

/** The list rows of printed reports; `href` says how the list writes an address. */
export function rowsOf(printed: readonly Printed[], href: (path: string) => string = (path) => path): ListRow[] {
  return printed.map(({ path, report }) => ({ text: report.title, href: href(path), date: report.publishedOn }));
}

/** Puts printed reports, and a page for every decoy row with an absolute path, among the pages of a site. */
export function shelve(pages: Pages, printed: readonly Printed[], decoys: readonly ListRow[], on: Press): void {
  for (const { path, answer } of printed) pages.set(path, answer);
  for (const row of decoys) pages.set(row.href, decoyPage(on, row));
}

interface ColumnFacts {
  readonly press: Press;
  readonly column: string;
  readonly rows: readonly ListRow[];
  readonly perPage: number;
  /** The pager that page `index` (from 0) of `total` prints. */
  readonly paging: (index: number, total: number) => string;
  /** When the column last changed, if not when its newest row came. */
  readonly modifiedOn?: string;
}

/** The pages of a column, in order. */
export function columnPages({ press: on, column, rows, perPage, paging, ...more }: ColumnFacts): Answer[] {
  const total = Math.max(1, Math.ceil(rows.length / perPage));
  const modifiedOn = on.isStatic ? (more.modifiedOn ?? rows[0]?.date ?? '2024-01-31') : null;
  return Array.from({ length: total }, (_, index) => {
    const shown = rows.slice(index * perPage, (index + 1) * perPage);
    const parts = { column, crumbs: on.crumbs, rows: shown, paging: paging(index, total), declared: on.declared };
    return page(on.skin.list(on.plate, parts), { charset: on.charset, contentType: on.contentType, modifiedOn });
  });
}

/** The home page, which leads on to `links`, and the disclosure section that every menu and breadcrumb points to. */
export function frontPages(pages: Pages, on: Press, links: readonly Link[]): void {
  pages.set('/', homePage(on, links));
  const rows = links.map(({ text, href }) => ({ text, href, date: '2024-03-06' }));
  const [section] = columnPages({ press: on, column: '政务公开', rows, perPage: 40, paging: () => '' });
  for (const path of ['/zwgk/', '/zwgk.htm', '/col/col1229/index.html']) {
    if (section && !pages.has(path)) pages.set(path, section);
  }
}

/** A home page with some news, which leads on to `links`. */
export function homePage(on: Press, links: readonly Link[]): Answer {
  const news = ['严打突出违法犯罪 护航节日平安', '全市公安机关召开年中工作推进会', '警营开放日邀您来参观', '关于临时交通管制的通告'].map((text, at) => ({
    text,
    href: `/jwzx/2024-0${at + 2}/${at + 310}.html`,
    date: `2024-0${at + 2}-1${at}`,
  }));
  const modifiedOn = on.isStatic ? '2024-05-14' : null;
  return page(on.skin.home(on.plate, { links, news, declared: on.declared }), { charset: on.charset, contentType: on.contentType, modifiedOn });
}

/** Parts of a portal's own row in the farm's table that follow from its publisher and press. */
export function portalFacts(publisher: Publisher, on: Press): Pick<FarmPortal, 'id' | 'host' | 'agency' | 'code' | 'level' | 'charset' | 'refusals' | 'home' | 'columns'> {
  const { agency, code, level } = publisher;
  return { id: on.portalId, host: on.plate.host, agency, code, level, charset: on.charset, refusals: [], home: null, columns: [] };
}

/** `2024-01-16` as `202401` and `20240116`. */
export function compact(date: string): { month: string; day: string } {
  const day = date.replace(/-/g, '');
  return { month: day.slice(0, 6), day };
}
