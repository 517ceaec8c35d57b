/** Says why a statutory table is missing: absent under its heading, an image, or there but unreadable. */
import type { Tree } from '../../html/parse.js';
import { isElement, isText, rootOf } from '../../html/parse.js';
import { isHidden, walk } from '../../html/walk.js';
import { foldForMatching } from '../../han/fold.js';
import type { Notice, Section } from '../../record.js';
import type { TableName } from './reading.js';

type Statutory = Exclude<TableName, 'annex'>;

/** The headings of the unified format under which the tables stand. */
const HEADINGS: Readonly<Record<Statutory, RegExp>> = {
  proactive: /^[一二三四五][、.]主动公开政府信息(?:的)?情况/u,
  requests: /^[一二三四五][、.](?:收到和)?处理政府信息公开申请(?:的)?情况|^[一二三四五][、.]收到和处理政府信息公开申请/u,
  reviewLitigation: /^[一二三四五][、.](?:因)?政府信息公开(?:工作)?(?:被申请)?行政复议.{0,8}行政诉讼/u,
};
const NAMES = Object.keys(HEADINGS) as readonly Statutory[];
const ANY_HEADING = /^[一二三四五六七八九十]{1,2}[、.]/u;

/** Formats with these tables have at least two of the headings; a free-form report may have 主动公开政府信息情况 alone. */
export function expectedTables(sections: readonly Section[]): Statutory[] {
  const found = NAMES.filter((name) => sections.some(({ heading }) => HEADINGS[name].test(foldForMatching(heading))));
  return found.length >= 2 ? found : [];
}

interface Exhibits {
  images: number;
  tables: number;
}

/** Images and tables between a heading and the next one. Icons of the page's furniture are small, and named so. */
function exhibitsUnder(tree: Tree): ReadonlyMap<Statutory, Exhibits> {
  const found = new Map<Statutory, Exhibits>();
  let under: Exhibits | null = null;
  walk(rootOf(tree), {
    enter(node) {
      if (isText(node)) {
        const text = node.data.length < 400 ? foldForMatching(node.data) : '';
        if (!ANY_HEADING.test(text)) return;
        const name = NAMES.find((table) => HEADINGS[table].test(text));
        under = name === undefined ? null : { images: 0, tables: 0 };
        if (name !== undefined && under) found.set(name, under);
        return;
      }
      if (!isElement(node)) return;
      if (isHidden(node)) return false;
      if (under && node.name === 'table') under.tables += 1;
      if (under && node.name === 'img' && !/icon|logo|blank|dot\.|arrow/iu.test(node.attribs['src'] ?? '')) under.images += 1;
      return;
    },
  });
  return found;
}

const SENTENCES: Readonly<Record<'table-absent' | 'table-as-image' | 'table-unparsed', string>> = {
  'table-absent': 'nothing stands under its heading',
  'table-as-image': 'an image stands under its heading',
  'table-unparsed': 'a table stands under its heading, but no value of it could be read',
};

/** One notice for each expected table of which no cell was read. */
export function absences(missing: readonly { readonly table: Statutory; readonly isMet: boolean }[], tree: Tree | null): Notice[] {
  if (missing.length === 0) return [];
  const under = tree === null ? null : exhibitsUnder(tree);
  return missing.map(({ table, isMet }) => {
    const exhibits = under?.get(table);
    const code = isMet || (exhibits?.tables ?? 0) > 0 ? 'table-unparsed' : (exhibits?.images ?? 0) > 0 ? 'table-as-image' : 'table-absent';
    return { code, room: 'recognise', message: `${table}: ${SENTENCES[code]}` };
  });
}
