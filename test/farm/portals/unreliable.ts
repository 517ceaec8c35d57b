/** Three hosts that are hard to get an answer from: one slow, one failing, one behind a challenge wall. */
import { chance } from '../random.js';
import type { Failure } from '../behaviours.js';
import { challenge, failing, slow } from '../behaviours.js';
import { GOV_SKIN } from '../chrome/gov.js';
import { TRS_SKIN } from '../chrome/trs.js';
import type { Skin } from '../chrome/furniture.js';
import type { Press, Printed, Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { FarmRefusal } from '../shapes.js';
import type { Pages, Respond, Site } from '../site.js';
import { servePages } from '../site.js';
import { columnPages, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

interface Plain {
  readonly portalId: string;
  readonly host: string;
  readonly publisher: Publisher;
  readonly skin: Skin;
  readonly from: number;
  readonly to: number;
}

const COLUMN = '/zwgk/xxgknb/';

/** A plain portal with one list page, to be made difficult. */
function plainPortal(world: World, facts: Plain): { on: Press; printed: Printed[]; respond: Respond } {
  const { publisher, host } = facts;
  const on = press({ portalId: facts.portalId, plate: plate(host, publisher.agency, publisher), skin: facts.skin, column: { text: '信息公开年报', href: COLUMN } });
  const printed = manuscripts(world, publisher, host, facts).map((manuscript) =>
    print(world, publisher, on, manuscript, { path: `${COLUMN}${manuscript.year}/${manuscript.publishedOn.replace(/-/g, '')}.html`, style: 'plain' }),
  );
  const pages: Pages = new Map();
  shelve(pages, printed, [], on);
  const [column] = columnPages({ press: on, column: '信息公开年报', rows: newestFirst(rowsOf(printed)), perPage: 40, paging: () => '' });
  if (column) pages.set(COLUMN, column);
  frontPages(pages, on, [{ text: '信息公开年报', href: COLUMN }]);
  return { on, printed, respond: servePages(pages) };
}

const SLOW: Publisher = { agency: '百色市公安局', code: '451000', level: 'prefecture', place: '百色市', titleShape: 4, annexYears: [] };

export function slowPortal(world: World): Site {
  const built = plainPortal(world, { portalId: 'slow', host: 'gaj.baise.gov.cn.localhost', publisher: SLOW, skin: TRS_SKIN, from: 2019, to: 2021 });
  const portal = {
    ...portalFacts(SLOW, built.on),
    family: 'generic',
    difficulty: 'Every answer takes 0.8 to 1.5 seconds.',
    outcome: 'Three reports, FY2019 to FY2021.',
    columns: [COLUMN],
  };
  const respond = slow(built.respond, chance(world.seed, 'slow'), 800, 1500);
  return { portal, reports: built.printed.map(({ report }) => report), respond };
}

const FAILING: Publisher = { agency: '遵义市公安局', code: '520300', level: 'prefecture', place: '遵义市', titleShape: 5, annexYears: [2016] };

/** What happens to the reports of the failing host, by year; the others are sound. */
const FAILURES: Readonly<Record<number, Failure>> = {
  2016: { kind: 'busy', times: 2 },
  2018: { kind: 'busy', times: 2 },
  2019: { kind: 'cut', times: 1 },
  2020: { kind: 'status', status: 500 },
  2021: { kind: 'cut', times: Infinity },
};

export function failingPortal(world: World): Site {
  const host = 'gaj.zunyi.gov.cn.localhost';
  const built = plainPortal(world, { portalId: 'failing', host, publisher: FAILING, skin: GOV_SKIN, from: 2015, to: 2022 });
  const plan = new Map(built.printed.flatMap(({ path, report }) => (FAILURES[report.year] ? [[path, FAILURES[report.year] as Failure] as const] : [])));
  const lost = new Map<number, FarmRefusal['reason']>([[2020, 'server-error'], [2021, 'reset']]);
  const held = built.printed.filter(({ report }) => !lost.has(report.year));
  const refusals = built.printed.flatMap(({ report }) => {
    const reason = lost.get(report.year);
    return reason ? [{ url: report.url, reason }] : [];
  });
  const portal = {
    ...portalFacts(FAILING, built.on),
    family: 'generic',
    difficulty: 'Two pages answer 503 with Retry-After twice, one is cut once, one always answers 500, one is always cut.',
    outcome: 'Six of eight reports; FY2020 a server error, FY2021 a cut connection.',
    columns: [COLUMN],
    refusals,
  };
  return { portal, reports: held.map(({ report }) => report), respond: failing(built.respond, plan, world.failures(host)) };
}

const WALLED: Publisher = { agency: '衡水市公安局', code: '131100', level: 'prefecture', place: '衡水市', titleShape: 0, annexYears: [] };

export function challengePortal(world: World): Site {
  const built = plainPortal(world, { portalId: 'challenge', host: 'gaj.hengshui.gov.cn.localhost', publisher: WALLED, skin: TRS_SKIN, from: 2019, to: 2020 });
  const portal = {
    ...portalFacts(WALLED, built.on),
    family: 'unknown',
    difficulty: 'Every page but robots.txt answers 521 with a cookie and a script.',
    outcome: 'No report; the portal is named as blocked, and its years are not said to be missing.',
    columns: [COLUMN],
    refusals: [{ url: `${world.origin(built.on.plate.host)}${COLUMN}`, reason: 'blocked' as const }],
  };
  return { portal, reports: [], respond: challenge(built.respond) };
}
