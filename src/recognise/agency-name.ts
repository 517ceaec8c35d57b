/** Reads the names of police bodies: the forms they are written in, and the one full name each stands for. */
import type { Division, Divisions, Level } from '../record.js';
import { placeAtEnd, placeNamed } from './place.js';

export interface AgencyName {
  /** Full name, such as 武汉市公安局青山区分局 for 青山区公安分局. */
  readonly name: string;
  readonly code: string | null;
  readonly level: Level | null;
}

export interface NameContext {
  readonly divisions: Divisions;
  /** Division code that decides between places of one name. */
  readonly within: string | null;
}

/** A name met in a text; `agency` is null when its place is unknown, left out (市公安局) or ambiguous. */
export interface Mention {
  /** As written, such as 市公安局. */
  readonly written: string;
  readonly agency: AgencyName | null;
  readonly at: number;
  readonly end: number;
}

const HAN = '\\p{Script=Han}';
/** The core of every name; the place stands before, the unit under it behind. */
const CORE = /(?:森林|铁路|机场|民航|水上)?公安(?:部|厅|总局|局|处|分局)/gu;
/** Units under a bureau that report themselves: 黄浦分局, 交通警察局, 交通警察支队张店大队. 政, 信 and 公 end the name: 公安局政府信息公开. */
const UNIT = new RegExp(`^(?:(?![政信公年办和与、])${HAN}){1,10}?(?:分局|支队|总队|大队|警察局|交管局|管理局|派出所)(?:(?:(?![政信公年办和与、])${HAN}){1,6}?(?:大队|中队|派出所|分局))?`, 'u');
const HAN_BEFORE = new RegExp(`${HAN}+$`, 'u');

/** How far before the core its place may begin: three names of places, the longest with 20 characters. */
const BEFORE = 40;

function levelOf(place: Division, unit: string): Level {
  return /(?:分局|大队|中队|派出所)/u.test(unit) && place.level !== 'province' ? 'county' : place.level;
}

/** The division of a unit: 黄浦分局 of 上海 is in 黄浦区, 交通警察支队张店大队 of 淄博 in 张店区; unknown ones (高新区) stay with the bureau. */
function divisionOfUnit(unit: string, place: Division, divisions: Divisions): Division {
  const named = unit.replace(/^(?:交通警察|交警|交通管理|森林|治安)(?:支队|大队|总队)?/u, '').replace(/(?:公安)?(?:分局|大队|支队|中队|派出所|交警|交通警察)+$/u, '');
  const inner = named.length < 2 ? null : placeNamed(named, divisions, place.code);
  return inner !== null && inner.code !== place.code && inner.code.startsWith(place.code.replace(/(?:00){1,2}$/u, '')) ? inner : place;
}

/** The bureau a district's branch belongs to: its prefecture, or the municipality. */
function seat(place: Division, divisions: Divisions): Division | null {
  const above = divisions.byCode(`${place.code.slice(0, 4)}00`);
  return above !== null && above.code !== place.code ? above : divisions.byCode(`${place.code.slice(0, 2)}0000`);
}

/** 青山区公安分局, as its city's bureau writes it: 武汉市公安局青山区分局. */
function branchName(written: string, place: Division, divisions: Divisions): AgencyName | null {
  const above = seat(place, divisions);
  if (place.level !== 'county' || above === null) return null;
  const name = written.includes('森林') ? `${above.name}${place.name}森林公安分局` : `${above.name}公安局${written}分局`;
  return { name, code: place.code, level: 'county' };
}

function fullName(place: Division, parts: { readonly core: string; readonly unit: string; readonly written: string }, divisions: Divisions): AgencyName | null {
  const { core, unit, written } = parts;
  if (core === '公安分局') return branchName(written, place, divisions);
  if (core === '森林公安分局') return branchName(`${written}森林`, place, divisions);
  if (core.endsWith('部')) return null;
  const division = unit === '' ? place : divisionOfUnit(unit, place, divisions);
  const level = unit === '' ? place.level : levelOf(place, unit);
  return { name: `${placeName(place, written, divisions)}${core}${unit}`, code: division.code, level: division.level === 'county' ? 'county' : level };
}

/** The place as agencies write it: full, a district with its city (重庆市开州区), a former name as it was then (吐鲁番地区). */
function placeName(place: Division, written: string, divisions: Divisions): string {
  const isFormer = /[省市县区旗盟州]$/u.test(written) && !written.endsWith(place.name) && divisions.byName(written).length > 0;
  if (isFormer) return written;
  const above = place.level === 'county' && place.name.endsWith('区') ? seat(place, divisions) : null;
  return `${above?.name ?? ''}${place.name}`;
}

const MINISTRY: AgencyName = { name: '公安部', code: null, level: 'ministry' };

function mentionAt(text: string, core: RegExpExecArray, context: NameContext): Mention {
  const before = HAN_BEFORE.exec(text.slice(Math.max(0, core.index - BEFORE), core.index))?.[0] ?? '';
  const after = text.slice(core.index + core[0].length, core.index + core[0].length + 30);
  const unit = core[0] === '公安局' ? UNIT.exec(after)?.[0] ?? '' : '';
  const end = core.index + core[0].length + unit.length;
  const found = placeAtEnd(before, context.divisions, context.within);
  if (found) {
    const written = before.slice(found.at);
    const agency = fullName(found.place, { core: core[0], unit, written }, context.divisions);
    return { written: `${written}${core[0]}${unit}`, agency, at: core.index - written.length, end };
  }
  const short = /(?:[省市县区州盟旗])$/u.exec(before)?.[0] ?? '';
  const isMinistry = core[0] === '公安部' && short === '';
  return { written: `${short}${core[0]}${unit}`, agency: isMinistry ? MINISTRY : null, at: core.index - short.length, end };
}

/** More mentions than these of one text say nothing new. */
const MOST_MENTIONS = 200;

/** The police bodies that a folded text names, in order. */
export function mentionsIn(text: string, context: NameContext): Mention[] {
  const mentions: Mention[] = [];
  CORE.lastIndex = 0;
  for (let core = CORE.exec(text); core !== null && mentions.length < MOST_MENTIONS; core = CORE.exec(text)) mentions.push(mentionAt(text, core, context));
  CORE.lastIndex = 0;
  return mentions;
}
