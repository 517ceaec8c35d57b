/** A city police portal on TRS WCM: 0-based `createPageHTML`, validators on every page, seventeen years of reports. */
import { TRS_SKIN } from '../chrome/trs.js';
import { decoyRows } from '../decoys.js';
import type { Manuscript, Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { Pages, Site } from '../site.js';
import { servePages } from '../site.js';
import { columnPages, compact, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const HOST = 'gaj.yueyang.gov.cn.localhost';
const COLUMN = '/zwgk/zfxxgknb/';

const PUBLISHER: Publisher = {
  agency: '岳阳市公安局',
  code: '430600',
  level: 'prefecture',
  place: '岳阳市',
  titleShape: 0,
  annexYears: [2015, 2016, 2017],
};

/** The first three reports came over in one go when the site was built: their address says 2014. */
const MIGRATED: Readonly<Record<number, string>> = { 2008: '2014-06-12', 2009: '2014-06-12', 2010: '2014-06-12' };

/** The report that is corrected in place between the two nights. */
const CORRECTED_YEAR = 2018;

function corrected(manuscript: Manuscript): Manuscript {
  const note = { kind: 'paragraph', text: '更正说明：本报告于2024年6月20日修订，修正了监督保障部分的表述，其余内容不变。' } as const;
  const { title, blocks } = manuscript.document;
  return { ...manuscript, document: { title, blocks: [...blocks, note] } };
}

/** Word's paste in the years of the form, clean paragraphs before. */
function printAll(world: World, on: ReturnType<typeof press>) {
  return manuscripts(world, PUBLISHER, HOST, { from: 2008, to: 2024, days: MIGRATED }).map((manuscript, index) => {
    const { month, day } = compact(manuscript.publishedOn);
    const isCorrected = world.season === 2 && manuscript.year === CORRECTED_YEAR;
    return print(world, PUBLISHER, on, isCorrected ? corrected(manuscript) : manuscript, {
      path: `${COLUMN}${month}/t${day}_${30_000 + index * 137}.html`,
      style: manuscript.year >= 2019 ? 'word' : 'plain',
      ...(isCorrected ? { modifiedOn: '2024-06-20' } : {}),
    });
  });
}

export function trsPortal(world: World): Site {
  const on = press({ portalId: 'trs', plate: plate(HOST, PUBLISHER.agency, PUBLISHER), skin: TRS_SKIN, column: { text: '政府信息公开年报', href: COLUMN } });
  const printed = printAll(world, on);
  const decoys = decoyRows(PUBLISHER.agency, 2023, 8, (index, date) => `${COLUMN}${compact(date).month}/t${compact(date).day}_${80_000 + index}.html`);
  const rows = newestFirst([...rowsOf(printed), ...decoys]).map((row) => ({ ...row, href: row.href.replace(COLUMN, './') }));
  const pages: Pages = new Map();
  shelve(pages, printed, decoys, on);
  const paging = (index: number, total: number): string => `<script>createPageHTML(${total}, ${index}, "index", "html");</script>`;
  columnPages({ press: on, column: '政府信息公开年报', rows, perPage: 10, paging }).forEach((answer, index) => {
    pages.set(index === 0 ? COLUMN : `${COLUMN}index_${index}.html`, answer);
    if (index === 0) pages.set(`${COLUMN}index.html`, answer);
  });
  frontPages(pages, on, [{ text: '政府信息公开年报', href: COLUMN }]);
  const portal = {
    ...portalFacts(PUBLISHER, on),
    family: 'trs',
    difficulty: 'Three list pages named by script, 0-based; titles cut short; three reports dated years late; eight pages that are no reports.',
    outcome: 'Seventeen reports, FY2008 to FY2024, with consistent statutory tables from FY2019; every page answers 304 the second time.',
    columns: [COLUMN],
  };
  return { portal, reports: printed.map(({ report }) => report), respond: servePages(pages) };
}
