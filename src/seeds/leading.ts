/** Reads the places named at the start of a text, from the province down. */
import type { Division } from '../record.js';

export interface NameLookup {
  byFullName(name: string): readonly Division[];
  byShortName(name: string): readonly Division[];
}

interface Found {
  readonly division: Division;
  readonly length: number;
}

/** 双江拉祜族佤族布朗族傣族自治县 is the longest name; 新疆维吾尔自治区 and the like are shorter. */
const LONGEST_NAME = 20;

/**
 * What may follow a short name. 中山 before 公安局 is 中山市, before 北路 it is a street; a full name needs no such care.
 * The words are those that follow the place in agencies' names and report titles.
 */
const AFTER_SHORT_NAME = /^(?:$|[\s\p{P}\d〇零一二三四五六七八九十]|公安|分局|市局|县局|区局|警|交警|交通警|特警|刑警|森林|消防|看守|出入境|治安|监管|禁毒|政府|人民|政务|铁路|机场|民航|水上|边防|高速|经济|高新|开发区|年)/u;

/** `place` lies in `code`'s province, prefecture or county. */
export function contains(code: string, place: string): boolean {
  return place.startsWith(code.replace(/(?:00){1,2}$/u, '')) || (code === '660000' && place.startsWith('659'));
}

/** Cities that everybody means by a short name which a distant district bears as well: 大同, 西安, 中山. */
const BETTER_KNOWN: ReadonlySet<string> = new Set(['140200', '610100', '442000']);

/** Of several divisions of one name: a province is what everybody means, then a great city, then the one that contains all others (长沙市, 长沙县). */
export function obvious(divisions: readonly Division[]): readonly Division[] {
  const provinces = divisions.filter(({ level }) => level === 'province');
  if (provinces.length > 0) return provinces;
  const outermost = divisions.find(({ code }) => BETTER_KNOWN.has(code)) ?? divisions.find(({ code }) => divisions.every((other) => contains(code, other.code)));
  return outermost ? [outermost] : divisions;
}

/** Those in the same prefecture as `within`, else those in its province, else all. */
function preferred(divisions: readonly Division[], within: string | null): readonly Division[] {
  if (within === null) return divisions;
  for (const area of [within.slice(0, 4), within.slice(0, 2)]) {
    const near = divisions.filter(({ code }) => code.startsWith(area));
    if (near.length > 0) return near;
  }
  return divisions;
}

function namedExactly(text: string, length: number, names: NameLookup): readonly Division[] {
  const name = text.slice(0, length);
  const full = names.byFullName(name);
  if (full.length > 0) return full;
  const short = names.byShortName(name);
  if (short.length === 0) return [];
  const rest = text.slice(length);
  if (AFTER_SHORT_NAME.test(rest)) return obvious(short);
  // 湖南长沙…, 长沙开福区…: followed by a place inside it.
  return obvious(short).filter(({ code, level }) => level !== 'county' && nextInside(rest, code, names));
}

function nextInside(text: string, code: string, names: NameLookup): boolean {
  for (let length = Math.min(LONGEST_NAME, text.length); length >= 2; length--) {
    const name = text.slice(0, length);
    if ([...names.byFullName(name), ...names.byShortName(name)].some((place) => place.code !== code && contains(code, place.code))) return true;
  }
  return false;
}

/** The longest name at the start of `text` that lies in `inside`; null when there is none or it stands for several places. */
function longest(text: string, rules: { inside: Division | null; within: string | null; names: NameLookup }): Found | null {
  const { inside, within, names } = rules;
  for (let length = Math.min(LONGEST_NAME, text.length); length >= 2; length--) {
    const named = namedExactly(text, length, names);
    const fitting = inside ? named.filter(({ code }) => code !== inside.code && contains(inside.code, code)) : preferred(named, within);
    if (fitting.length > 1) return null;
    if (fitting[0]) return { division: fitting[0], length };
  }
  return null;
}

/** Words between a place and a place inside it, as in 新疆生产建设兵团第八师石河子市. */
const BETWEEN = /^第[一二三四五六七八九十]{1,3}师/u;

/**
 * The divisions named at the start of a text, the innermost first: 湖南省长沙市公安局 gives 长沙市 and 湖南省. A name that
 * several places bear (朝阳区) gives nothing unless `within`, a division code, decides.
 */
export function leadingDivisions(text: string, within: string | null, names: NameLookup): readonly Division[] {
  let rest = text.trimStart();
  const chain: Division[] = [];
  while (chain.length < 3) {
    const found = longest(rest, { inside: chain[0] ?? null, within, names });
    if (!found) break;
    chain.unshift(found.division);
    rest = rest.slice(found.length).replace(BETWEEN, '');
  }
  return chain;
}
