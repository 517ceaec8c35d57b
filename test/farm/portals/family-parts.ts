/** What the portals of the further CMS families share: a press, the printed reports, their rows and pages. */
import { govSkin } from '../chrome/gov.js';
import type { ListRow, Skin } from '../chrome/furniture.js';
import type { MarkupStyle } from '../markup.js';
import type { Manuscript, Press, Printed, Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { FarmPortal } from '../shapes.js';
import type { Answer, Pages, Respond, Site } from '../site.js';
import { page, servePages, sha256 } from '../site.js';
import { frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

export interface FamilyFacts {
  readonly id: string;
  readonly family: string;
  readonly host: string;
  /** Whose site it is, when it is not the agency's. */
  readonly owner?: string;
  readonly publisher: Publisher;
  /** Attributes of the element that holds the article, in the look of a government portal. */
  readonly container: string;
  /** A look of the family's own. */
  readonly skin?: Skin;
  readonly style: MarkupStyle;
  readonly from: number;
  readonly to: number;
  /** Days on which reports of some years appear, where they are not as usual. */
  readonly days?: Readonly<Record<number, string>>;
  readonly home?: string;
  readonly columns: readonly string[];
  /** Where an article stands. */
  readonly path: (manuscript: Manuscript, index: number) => string;
  readonly difficulty: string;
  readonly outcome: string;
}

/** A family portal half built: everything but its list pages. */
export interface Built {
  readonly on: Press;
  readonly printed: readonly Printed[];
  /** Newest first, with the addresses as paths. */
  readonly rows: readonly ListRow[];
  readonly pages: Pages;
}

export function build(world: World, facts: FamilyFacts): Built {
  const site = plate(facts.host, facts.owner ?? facts.publisher.agency, facts.publisher);
  const column = { text: '政府信息公开年报', href: facts.columns[0] ?? '/' };
  const on = press({ portalId: facts.id, plate: site, skin: facts.skin ?? govSkin(facts.container), column });
  const printed = manuscripts(world, facts.publisher, facts.host, facts).map((manuscript, index) =>
    print(world, facts.publisher, on, manuscript, { path: facts.path(manuscript, index), style: facts.style }),
  );
  const pages: Pages = new Map();
  shelve(pages, printed, [], on);
  frontPages(pages, on, [column]);
  return { on, printed, rows: newestFirst(rowsOf(printed)), pages };
}

/** The finished site; `respond` defaults to serving the pages. */
export function finish(facts: FamilyFacts, built: Built, respond?: Respond): Site {
  const { family, difficulty, outcome, columns } = facts;
  const portal: FarmPortal = { ...portalFacts(facts.publisher, built.on), family, difficulty, outcome, home: facts.home ?? null, columns };
  return { portal, reports: built.printed.map(({ report }) => report), respond: respond ?? servePages(built.pages) };
}

/** A page of the family's own making on the site's charset, without validators. */
export function bare(markup: string, contentType = 'text/html'): Answer {
  return page(markup, { charset: 'utf-8', contentType, modifiedOn: null });
}

/** A stable run of hexadecimal digits, as platforms put into addresses. */
export function hex(name: string, digits: number): string {
  return sha256(Buffer.from(name)).slice(0, digits);
}

/** The slice of rows on page `number`, counted from 1. */
export function rowsOnPage(rows: readonly ListRow[], number: number, perPage: number): readonly ListRow[] {
  return rows.slice((number - 1) * perPage, number * perPage);
}
