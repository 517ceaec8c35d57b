/** The Traditional-script edition of a city police portal, in Big5. */
import * as opencc from 'opencc-js/cn2t';
import { TRS_SKIN } from '../chrome/trs.js';
import type { ArticleParts, ListParts, SitePlate, Skin } from '../chrome/furniture.js';
import { mapText } from '../document.js';
import type { Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { Pages, Site } from '../site.js';
import { servePages } from '../site.js';
import { columnPages, compact, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const HOST = 'big5.gaj.quanzhou.gov.cn.localhost';
const COLUMN = '/zwgk/gknb/';

const PUBLISHER: Publisher = { agency: '泉州市公安局', code: '350500', level: 'prefecture', place: '泉州市', titleShape: 0, annexYears: [] };

/** The package's own types do not resolve under NodeNext: their relative imports lack extensions. */
const { Converter } = opencc as unknown as { Converter: (options: { from: string; to: string }) => (text: string) => string };

let converter: ((text: string) => string) | null = null;

/** Taiwan's standard characters, as official converters write them; all of them are in Big5. */
function toTraditional(text: string): string {
  const convert = converter ?? Converter({ from: 'cn', to: 'tw' });
  converter = convert;
  return convert(text);
}

/** The TRS look in Traditional script, furniture included. */
const SKIN: Skin = {
  article: (site: SitePlate, parts: ArticleParts) => toTraditional(TRS_SKIN.article(site, parts)),
  list: (site: SitePlate, parts: ListParts) => toTraditional(TRS_SKIN.list(site, parts)),
  home: (site, parts) => toTraditional(TRS_SKIN.home(site, parts)),
};

export function big5Portal(world: World): Site {
  const on = press({
    ...{ portalId: 'big5', plate: plate(HOST, PUBLISHER.agency, PUBLISHER), skin: SKIN, column: { text: '公开年报', href: COLUMN } },
    ...{ charset: 'big5', declared: 'big5' },
  });
  const printed = manuscripts(world, PUBLISHER, HOST, { from: 2011, to: 2015 }).map((manuscript, index) => {
    const { month, day } = compact(manuscript.publishedOn);
    const traditional = { ...manuscript, document: mapText(manuscript.document, toTraditional) };
    return print(world, PUBLISHER, on, traditional, { path: `${COLUMN}${month}/t${day}_${1200 + index}.htm`, style: 'plain' });
  });
  const pages: Pages = new Map();
  shelve(pages, printed, [], on);
  const [column] = columnPages({ press: on, column: '公开年报', rows: newestFirst(rowsOf(printed)), perPage: 40, paging: () => '<script>createPageHTML(1, 0, "index", "htm");</script>' });
  if (column) pages.set(COLUMN, column);
  frontPages(pages, on, [{ text: '公开年报', href: COLUMN }]);
  const portal = {
    ...portalFacts(PUBLISHER, on),
    family: 'trs',
    difficulty: 'Traditional script in Big5, declared in meta only.',
    outcome: 'Five reports, FY2011 to FY2015, text in Traditional script as published.',
    columns: [COLUMN],
  };
  return { portal, reports: printed.map(({ report }) => report), respond: servePages(pages) };
}
