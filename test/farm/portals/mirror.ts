/** A site that copies government pages under a company's name: what the agency's own portal has lost survives there only. */
import { GOV_SKIN } from '../chrome/gov.js';
import type { World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { Pages, Site } from '../site.js';
import { servePages } from '../site.js';
import { SOFT, SOFT_COLUMN, SOFT_HOST } from './hollow.js';
import { columnPages, compact, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const HOST = 'www.nianbaowang.com.localhost';
/** The year whose address in the agency's own portal sends visitors home, and one that is there still. */
const [LOST_YEAR, HELD_YEAR] = [2014, 2015];

export function mirrorPortal(world: World): Site {
  const on = press({ portalId: 'mirror', plate: plate(HOST, '年报网', SOFT), skin: GOV_SKIN, column: { text: '年度报告', href: SOFT_COLUMN } });
  const original = `${world.origin(SOFT_HOST)}${SOFT_COLUMN}`;
  const printed = manuscripts(world, SOFT, SOFT_HOST, { from: 2011, to: 2018 }).flatMap((manuscript, index) => {
    if (manuscript.year !== LOST_YEAR && manuscript.year !== HELD_YEAR) return [];
    // Mirrors keep the path of the page they copy.
    const { month, day } = compact(manuscript.publishedOn);
    const rest = `${month}/t${day}_${4400 + index}.html`;
    const one = print(world, SOFT, on, manuscript, { path: `${SOFT_COLUMN}${rest}`, style: 'plain' });
    return [manuscript.year === HELD_YEAR ? { ...one, report: { ...one.report, duplicateOf: `${original}${rest}`, duplicateKind: 'text' as const } } : one];
  });
  const pages: Pages = new Map();
  shelve(pages, printed, [], on);
  const [column] = columnPages({ press: on, column: '年度报告', rows: newestFirst(rowsOf(printed)), perPage: 40, paging: () => '' });
  if (column) pages.set(SOFT_COLUMN, column);
  frontPages(pages, on, [{ text: '年度报告', href: SOFT_COLUMN }]);
  const portal = {
    ...portalFacts(SOFT, on),
    family: 'generic',
    difficulty: "Another's reports under a company's name, at the paths they had in the agency's own portal (soft-404): one that is lost there, one that is not.",
    outcome: 'Two reports, FY2014 and FY2015, graded as mirrors; FY2014 is held as a mirror only.',
    columns: [SOFT_COLUMN],
  };
  return { portal, reports: printed.map(({ report }) => report), respond: servePages(pages) };
}
