/** 拓尔思 TRS WCM: static lists with a 0-based createPageHTML; dynamic ones (海云, IRS) that answer only to POST. */
import { notice } from '../discovery.js';
import type { PageView } from '../page-view.js';
import type { Family, FamilyReading } from './family.js';
import { marks } from './family.js';

const ADDRESS = /\/\d{6}\/t\d{8}_\d+(?:\.s?html?)?$/u;
const MARKUP = /TRS_(?:Editor|UEDITOR)|trs_editor_view|Custom_UnionStyle|createPageHTML\s?\(\s?["']?\w{1,20}["']?\s?,\s?\w{1,20}\s?,\s?["']|\/\d{6}\/t\d{8}_\d{1,12}(?:\.s?html?)?["']|\/irs\/front\/list/u;

const IRS = /["'](?<endpoint>[^"'\s]{0,200}\/irs\/front\/list)["']/u;
const IRS_TABLE = /tableName["']?\s{0,3}:\s{0,3}["'](?<table>\w{1,60})["']/u;
const IRS_CHANNEL = /value["']?\s{0,3}:\s{0,3}["'](?<channel>\w{1,60})["']/u;

/**
 * An IRS list cannot be asked for by GET; its names are the site's own and are told, never guessed. A page that a browser has shown
 * prints its rows like any other, and its pager is read like any other's.
 */
function readIrs(view: PageView): FamilyReading | null {
  if (view.page.fetchedBy === 'browser' && view.links.some((link) => link.isDated)) return null;
  const endpoint = IRS.exec(view.script)?.groups?.['endpoint'];
  if (endpoint === undefined) return null;
  const table = IRS_TABLE.exec(view.script)?.groups?.['table'] ?? 'unknown table';
  const channel = IRS_CHANNEL.exec(view.script)?.groups?.['channel'] ?? 'unknown channel';
  return { stop: 'needs-post', notices: [notice('discover-needs-post', `this list is answered only to POST ${endpoint} (${table}, channel ${channel})`)] };
}

export const trs: Family = {
  id: 'trs',
  recognises: (view) => marks(view, ADDRESS, MARKUP),
  read: readIrs,
};
