/** A city police portal whose reports are Word files: the page has a title, one link and nothing else. */
import { TRS_SKIN } from '../chrome/trs.js';
import { docxOf } from '../docx.js';
import { textOf } from '../document.js';
import type { Press, Publisher, World } from '../publisher.js';
import { manuscripts } from '../publisher.js';
import type { FarmReport } from '../shapes.js';
import type { Pages, Site } from '../site.js';
import { page, servePages, sha256 } from '../site.js';
import { columnPages, compact, frontPages, newestFirst, plate, portalFacts, press } from './parts.js';

const HOST = 'gaj.huangshan.gov.cn.localhost';
const COLUMN = '/zwgk/zfxxgknb/';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const PUBLISHER: Publisher = { agency: '黄山市公安局', code: '341000', level: 'prefecture', place: '黄山市', titleShape: 0, annexYears: [] };

/** The page that carries the link. */
function cover(on: Press, title: string, publishedOn: string, file: string) {
  const body = `<p>附件：</p><p><a href="./${file}" OLDSRC="/protect/${file}" appendix="true">${title}.docx</a></p>`;
  const parts = { title, body, publishedOn, source: PUBLISHER.agency, crumbs: on.crumbs, related: [], declared: on.declared };
  return page(on.skin.article(on.plate, parts), { charset: on.charset, contentType: on.contentType, modifiedOn: publishedOn });
}

export function attachmentPortal(world: World): Site {
  const on = press({ portalId: 'attachment', plate: plate(HOST, PUBLISHER.agency, PUBLISHER), skin: TRS_SKIN, column: { text: '政府信息公开年报', href: COLUMN } });
  const pages: Pages = new Map();
  const rows: { text: string; href: string; date: string }[] = [];
  const reports = manuscripts(world, PUBLISHER, HOST, { from: 2020, to: 2023 }).map((manuscript, index): FarmReport => {
    const { document, publishedOn, year, era, cells } = manuscript;
    const { month, day } = compact(publishedOn);
    const [path, file] = [`${COLUMN}${month}/t${day}_${5600 + index}.html`, `P0${day}338899001122.docx`];
    const body = docxOf(document);
    pages.set(path, cover(on, document.title, publishedOn, file));
    pages.set(`${COLUMN}${month}/${file}`, { status: 200, headers: { 'Content-Type': WORD }, body });
    rows.push({ text: document.title, href: path, date: publishedOn });
    return {
      ...{ portal: on.portalId, agency: PUBLISHER.agency, code: PUBLISHER.code, year, formatEra: era, title: document.title, publishedOn, cells },
      ...{ url: `${world.origin(HOST)}${COLUMN}${month}/${file}`, attachedTo: `${world.origin(HOST)}${path}` },
      ...{ text: textOf(document), payloadSha256: sha256(body), charset: 'utf-8' },
    };
  });
  const [column] = columnPages({ press: on, column: '政府信息公开年报', rows: newestFirst(rows), perPage: 40, paging: () => '' });
  if (column) pages.set(COLUMN, column);
  frontPages(pages, on, [{ text: '政府信息公开年报', href: COLUMN }]);
  const portal = {
    ...portalFacts(PUBLISHER, on),
    family: 'trs',
    difficulty: 'The page has a title and one link; the report is a .docx file.',
    outcome: 'Four reports, FY2020 to FY2023, read from Word files, tables included.',
    columns: [COLUMN],
  };
  return { portal, reports, respond: servePages(pages) };
}
