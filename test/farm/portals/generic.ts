/** A city police site on no known CMS: dated anchors, `?page=2`, a cookie before the first page, gzip in chunks. */
import { createHash } from 'node:crypto';
import { compressed, cookieGate } from '../behaviours.js';
import { GOV_SKIN } from '../chrome/gov.js';
import { decoyRows } from '../decoys.js';
import type { Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { Answer, FarmRequest, Pages, Site } from '../site.js';
import { servePages } from '../site.js';
import { columnPages, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const HOST = 'ga.jieyang.gov.cn.localhost';
const COLUMN = '/news/gknb.php';
const NEW_YEAR = 2024;

const PUBLISHER: Publisher = { agency: '揭阳市公安局', code: '445200', level: 'prefecture', place: '揭阳市', titleShape: 1, annexYears: [2014, 2017] };

/** PHP sites that send a validator at all send a weak tag and no date; and none on their lists. */
function weakly(answer: Answer): Answer {
  const tag = createHash('sha256').update(answer.body).digest('hex').slice(0, 24);
  return { ...answer, headers: { ...answer.headers, ETag: `W/"${tag}"` } };
}

function pager(index: number, total: number): string {
  const link = (page: number, text: string): string => `<a href="gknb.php?page=${page}">${text}</a>`;
  const numbers = Array.from({ length: total }, (_, at) => (at === index ? `<b>${at + 1}</b>` : link(at + 1, String(at + 1))));
  const next = index + 1 < total ? link(index + 2, '下一页') : '<span>下一页</span>';
  return `${numbers.join(' ')} ${next} 共${total}页`;
}

export function genericPortal(world: World): Site {
  const on = press({
    ...{ portalId: 'generic', plate: plate(HOST, PUBLISHER.agency, PUBLISHER), skin: GOV_SKIN, column: { text: '信息公开年报', href: COLUMN } },
    ...{ contentType: 'text/html; charset=UTF-8', isStatic: false },
  });
  const printed = manuscripts(world, PUBLISHER, HOST, { from: 2014, to: world.season === 2 ? NEW_YEAR : NEW_YEAR - 1 }).map((manuscript) =>
    print(world, PUBLISHER, on, manuscript, { path: `/news/show-${manuscript.year * 7 - 9000}.html`, style: manuscript.year % 2 === 1 ? 'word' : 'plain' }),
  );
  const decoys = decoyRows(PUBLISHER.agency, 2022, 3, (index) => `/news/show-${9900 + index}.html`);
  const pages: Pages = new Map();
  shelve(pages, printed, decoys, on);
  for (const [path, answer] of pages) pages.set(path, weakly(answer));
  const columns = columnPages({ press: on, column: '信息公开年报', rows: newestFirst([...rowsOf(printed), ...decoys]), perPage: 5, paging: pager });
  frontPages(pages, on, [{ text: '政府信息公开年报', href: COLUMN }]);
  const serve = servePages(pages);
  const respond = (request: FarmRequest): Answer => {
    if (request.pathname !== COLUMN) return serve(request);
    return columns[Number(request.query.get('page') ?? 1) - 1] ?? serve(request);
  };
  const portal = {
    ...portalFacts(PUBLISHER, on),
    family: 'generic',
    difficulty: 'Paging by ?page=2; a redirect to itself until a cookie is brought; gzip in chunks; weak tags on articles, no validators on lists.',
    outcome: 'Ten reports, FY2014 to FY2023; on the second night FY2024 is new.',
    home: '/',
    columns: [COLUMN],
  };
  return { portal, reports: printed.map(({ report }) => report), respond: cookieGate(compressed(respond)) };
}
