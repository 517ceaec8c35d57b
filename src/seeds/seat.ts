/** Decides where a seed's agency sits: checks code, names and agency against each other and fills what one of them tells. */
import type { Division, Divisions, Level } from '../record.js';
import { contains } from './leading.js';
import type { SeedColumn } from './seed-columns.js';

/** The cells that say where, empty ones null. */
export interface WrittenSeat {
  readonly code: string | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly county: string | null;
  readonly agency: string | null;
  readonly level: Level | null;
}

export interface Doubt {
  readonly column: SeedColumn;
  readonly value: string | null;
  readonly reason: string;
}

/** The Ministry's code: the whole country. Not a division. */
const NATION = '000000';

const PARTS = ['province', 'city', 'county'] as const;

const LEVEL_OF = { province: 'province', city: 'prefecture', county: 'county' } as const;

/** Divisions of this name inside `outer`, one of the column's own level first. */
function insideNamed(name: string, facts: { part: (typeof PARTS)[number]; outer: Division | null; divisions: Divisions }): Division | null {
  const { part, outer, divisions } = facts;
  const named = divisions.byName(name).filter((place) => place !== outer && (!outer || contains(outer.code, place.code)));
  const fitting = named.filter(({ level }) => level === LEVEL_OF[part]);
  const best = fitting.length > 0 ? fitting : named;
  return best.length === 1 ? best[0] ?? null : null;
}

/** The innermost of province, city and county that is written and known. A municipality that repeats its name as its city adds nothing. */
function fromNames(seat: WrittenSeat, divisions: Divisions): Division | null {
  return PARTS.reduce<Division | null>((outer, part) => {
    const name = seat[part];
    return name === null ? outer : insideNamed(name, { part, outer, divisions }) ?? outer;
  }, null);
}

/** Where an agency's name says it sits: 上海市公安局黄浦分局 in 黄浦区, 淄博市公安局高新区分局 (no division) in 淄博市. */
function placeOfAgency(agency: string, within: string | null, divisions: Divisions): Division | undefined {
  const place = divisions.leading(agency, within)[0];
  const branch = place && divisions.leading(agency.split('公安局')[1] ?? '', place.code)[0];
  return branch && contains(place.code, branch.code) ? branch : place;
}

/** The division of a row without a code: what the agency's name says, inside what the other cells say. */
function divisionWithoutCode(seat: WrittenSeat, divisions: Divisions): Division | null {
  const written = fromNames(seat, divisions);
  const named = seat.agency === null ? undefined : placeOfAgency(seat.agency, written?.code ?? null, divisions);
  if (!named || !written) return named ?? written;
  return contains(named.code, written.code) ? written : named;
}

/** The usual name of a division's police body. */
function usualAgency(code: string, division: Division | null): string | null {
  if (code === NATION) return '公安部';
  if (division === null) return null;
  const isDepartment = division.level === 'province' && /(?:省|自治区)$/u.test(division.name);
  return division.name + (isDepartment ? '公安厅' : '公安局');
}

function levelOf(code: string | null, division: Division | null): Level | null {
  if (code === NATION) return 'ministry';
  return division?.level ?? null;
}

function nameDoubts(seat: WrittenSeat, division: Division, divisions: Divisions): Doubt[] {
  return PARTS.flatMap((part) => {
    const written = seat[part];
    const known = division[part];
    if (written === null || written === known) return [];
    const expected = known === null ? 'nothing' : known;
    const isOtherName = known !== null && divisions.byName(written).some(({ name }) => name === known);
    // A city police's branch in a development zone bears the city's code and the zone's name.
    const isFiner = part === 'county' && division.level === 'prefecture';
    return isOtherName || isFiner ? [] : [{ column: part, value: written, reason: `${division.code} is ${division.name}; expected ${expected}` }];
  });
}

function agencyDoubts(seat: WrittenSeat, division: Division, divisions: Divisions): Doubt[] {
  const named = seat.agency === null ? undefined : divisions.leading(seat.agency, division.code)[0];
  if (!named || contains(named.code, division.code) || contains(division.code, named.code)) return [];
  return [{ column: 'agency', value: seat.agency, reason: `${division.code} is ${division.name}, the agency's name says ${named.name} (${named.code})` }];
}

const RANK: Readonly<Record<Level, number>> = { ministry: 0, province: 1, prefecture: 2, county: 3 };

function codeDoubts(seat: WrittenSeat, division: Division | null): Doubt[] {
  const { code, level } = seat;
  if (code === null) {
    return division ? [] : [{ column: 'code', value: null, reason: 'no division is known by the agency\'s name; give a code' }];
  }
  if (division === null) return code === NATION ? [] : [{ column: 'code', value: code, reason: 'this division code is not known' }];
  const replaced: Doubt[] = division.code === code ? [] : [{ column: 'code', value: code, reason: `this code was replaced by ${division.code} (${division.name})` }];
  const tooHigh = level !== null && RANK[level] < RANK[division.level];
  return tooHigh ? [...replaced, { column: 'level', value: level, reason: `${division.code} is ${division.name}; expected ${division.level}` }] : replaced;
}

/** The seat with its gaps filled, and what did not agree. Where code and names disagree the code holds. */
export function settleSeat(seat: WrittenSeat, divisions: Divisions): { seat: WrittenSeat; doubts: readonly Doubt[] } {
  const division = seat.code === null ? divisionWithoutCode(seat, divisions) : divisions.byCode(seat.code);
  const doubts = [...codeDoubts(seat, division), ...(division ? [...nameDoubts(seat, division, divisions), ...agencyDoubts(seat, division, divisions)] : [])];
  const code = division?.code ?? seat.code;
  return {
    doubts,
    seat: {
      code,
      province: division ? division.province : seat.province,
      city: division ? division.city : seat.city,
      county: division && division.level !== 'prefecture' ? division.county : seat.county,
      agency: seat.agency ?? usualAgency(code ?? '', division),
      level: seat.level ?? levelOf(code, division),
    },
  };
}
