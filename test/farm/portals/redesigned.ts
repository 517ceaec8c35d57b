/** Two portals that are redesigned between the nights: one moves to another platform with all its addresses, one moves its column only. */
import type { Publisher, World } from '../publisher.js';
import type { Site } from '../site.js';
import { plain, servePages } from '../site.js';
import type { FamilyFacts } from './family-parts.js';
import { build, finish, hex } from './family-parts.js';
import { columnPages, compact } from './parts.js';
import { jpaasSite } from './script-families.js';

const NEW_PLATFORM: Publisher = { agency: '赣州市公安局', code: '360700', level: 'prefecture', place: '赣州市', titleShape: 1, annexYears: [2016] };
const OLD_COLUMN = '/zwgk/zfxxgknb/';

const BEFORE: FamilyFacts = {
  ...{ id: 'new-platform', family: 'trs', host: 'gaj.ganzhou.gov.cn.localhost', publisher: NEW_PLATFORM, container: 'class="view TRS_UEDITOR trs_paper_default"', style: 'plain' },
  ...{ from: 2013, to: 2023, home: '/', columns: [OLD_COLUMN] },
  path: ({ publishedOn }, index) => `${OLD_COLUMN}${compact(publishedOn).month}/t${compact(publishedOn).day}_${61_200 + index}.html`,
  difficulty: 'On the second night the portal has moved from TRS to jpaas: every address of before answers 404, the home page leads to the new column.',
  outcome: 'Eleven reports, FY2013 to FY2023, on both nights; the second night says that they moved.',
};

const AFTER: FamilyFacts = {
  ...BEFORE, family: 'jpaas', container: 'class="main-txt"', columns: ['/col/col1299011/index.html'],
  path: ({ publishedOn, year }) => `/zwgk/art/${publishedOn.slice(0, 4)}/art_${hex(`new-platform-${year}`, 32)}.html`,
};

/** The seed list still names the old column on the second night. */
function asSeeded(site: Site, columns: readonly string[]): Site {
  return { ...site, portal: { ...site.portal, columns } };
}

function listPages(facts: FamilyFacts, world: World, perPage: number): ReturnType<typeof build> {
  const built = build(world, facts);
  const paging = (index: number, total: number): string => `<script>createPageHTML(${total}, ${index}, "index", "html");</script>`;
  const column = facts.columns[0] ?? '/';
  columnPages({ press: built.on, column: '政府信息公开年报', rows: built.rows, perPage, paging }).forEach((answer, index) => built.pages.set(index === 0 ? column : `${column}index_${index}.html`, answer));
  return built;
}

export function newPlatformPortal(world: World): Site {
  if (world.season === 2) return asSeeded(jpaasSite(world, AFTER), BEFORE.columns);
  return finish(BEFORE, listPages(BEFORE, world, 6));
}

const MOVED_COLUMN: FamilyFacts = {
  ...{ id: 'moved-column', family: 'trs', host: 'gaj.baoji.gov.cn.localhost', container: 'class="view TRS_UEDITOR trs_paper_default"', style: 'divs', from: 2014, to: 2022, home: '/', columns: ['/xxgk/nb/'] },
  publisher: { agency: '宝鸡市公安局', code: '610300', level: 'prefecture', place: '宝鸡市', titleShape: 0, annexYears: [] },
  path: ({ publishedOn }, index) => `/xxgk/nb/${compact(publishedOn).month}/t${compact(publishedOn).day}_${9_300 + index}.html`,
  difficulty: 'On the second night the column has a new address, and the old one sends to the home page.',
  outcome: 'Nine reports, FY2014 to FY2022, on both nights, under the same addresses; the second night says where the column is.',
};

export function movedColumnPortal(world: World): Site {
  if (world.season === 1) return finish(MOVED_COLUMN, listPages(MOVED_COLUMN, world, 20));
  const facts = { ...MOVED_COLUMN, columns: ['/zfxxgk/fdzdgknr/ndbg/'] };
  const built = listPages(facts, world, 20);
  built.pages.set('/xxgk/nb/', plain(302, '', { Location: '/' }));
  return asSeeded(finish(facts, built, servePages(built.pages)), MOVED_COLUMN.columns);
}
