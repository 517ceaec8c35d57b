/** An agency whose statutory tables are printed with a total that does not come out, and with one left blank. */
import { govSkin } from '../chrome/gov.js';
import type { ReportDocument, TableRow } from '../document.js';
import type { Manuscript, Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { FarmCell } from '../shapes.js';
import type { Pages, Site } from '../site.js';
import { servePages } from '../site.js';
import { columnPages, compact, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const HOST = 'gaj.jingmen.gov.cn.localhost';
const COLUMN = '/xxgk/zfxxgknb/';
const PUBLISHER: Publisher = { agency: '荆门市公安局', code: '420800', level: 'prefecture', place: '荆门市', titleShape: 0, annexYears: [] };

/** A total of table three as printed; `label` begins the row's own label. */
interface Misprint {
  readonly row: string;
  readonly label: string;
  readonly printed: (total: number) => string;
}

const MISPRINTS: Readonly<Record<number, Misprint>> = {
  2021: { row: 'new', label: '一、本年新收', printed: (total) => String(total + 7) },
  2022: { row: 'r.total', label: '（七）总计', printed: () => '' },
};

function mistaken(document: ReportDocument, { label }: Misprint, raw: string): ReportDocument {
  const row = (cells: TableRow): TableRow => (cells.some(({ text }) => text.startsWith(label)) ? [...cells.slice(0, -1), { text: raw }] : cells);
  return { ...document, blocks: document.blocks.map((block) => (block.kind === 'table' ? { ...block, rows: block.rows.map(row) } : block)) };
}

/** The manuscript with its misprint, in the table and in what is promised of its cells. */
function misprinted(manuscript: Manuscript): Manuscript {
  const misprint = MISPRINTS[manuscript.year];
  if (!misprint) return manuscript;
  const isMeant = (cell: FarmCell): boolean => cell.table === 'requests' && cell.row === misprint.row && cell.column === 'total';
  const raw = misprint.printed(manuscript.cells.find(isMeant)?.value ?? 0);
  const cells = manuscript.cells.map((cell) => (isMeant(cell) ? { ...cell, raw, value: raw === '' ? null : Number(raw) } : cell));
  return { ...manuscript, cells, document: mistaken(manuscript.document, misprint, raw) };
}

export function wrongTotalsPortal(world: World): Site {
  const on = press({ portalId: 'wrong-totals', plate: plate(HOST, PUBLISHER.agency, PUBLISHER), skin: govSkin('class="article-content"'), column: { text: '政府信息公开年报', href: COLUMN } });
  const printed = manuscripts(world, PUBLISHER, HOST, { from: 2019, to: 2023 }).map((manuscript, index) =>
    print(world, PUBLISHER, on, misprinted(manuscript), { path: `${COLUMN}${compact(manuscript.publishedOn).month}/${5200 + index}.html`, style: 'word' }));
  const pages: Pages = new Map();
  shelve(pages, printed, [], on);
  const [column] = columnPages({ press: on, column: '政府信息公开年报', rows: newestFirst(rowsOf(printed)), perPage: 40, paging: () => '' });
  if (column) pages.set(COLUMN, column);
  frontPages(pages, on, [{ text: '政府信息公开年报', href: COLUMN }]);
  const portal = {
    ...portalFacts(PUBLISHER, on),
    family: 'generic',
    difficulty: 'The table of requests has a total that is wrong by seven in FY2021, and one left blank in FY2022.',
    outcome: 'Five reports, FY2019 to FY2023, cells as printed; v_check says fail of FY2021 and not-assessable of FY2022, and pass of the rest.',
    columns: [COLUMN],
  };
  return { portal, reports: printed.map(({ report }) => report), respond: servePages(pages) };
}
