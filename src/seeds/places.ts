/** Finds the place a user means: by Chinese name, pinyin or division code. */
import { usageError } from '../errors.js';
import type { Division } from '../record.js';
import { otherFullNames, shortNames } from './division-names.js';
import { loadDivisions, type AllDivisions } from './divisions.js';
import { contains, obvious } from './leading.js';
import { pinyinKey, spellings } from './place-pinyin.js';

/** Names to the divisions that bear them. */
type Lookup = (name: string) => readonly Division[];

let pinyinIndex: Map<string, Division[]> | undefined;

function divisionsByPinyin(divisions: AllDivisions): Map<string, Division[]> {
  const index = new Map<string, Division[]>();
  for (const division of divisions.all) {
    const names = [division.name, ...otherFullNames(division), ...shortNames(division)];
    for (const key of new Set(names.flatMap(spellings))) index.set(key, [...(index.get(key) ?? []), division]);
  }
  return index;
}

function byCode(digits: string, divisions: AllDivisions): Division[] {
  const division = divisions.byCode(digits.padEnd(6, '0'));
  return division ? [division] : [];
}

/** 湖南长沙, 湖南省长沙市开福区, hunanchangsha: a place and one inside it, without anything between or after. */
function nested(query: string, lookup: Lookup): readonly Division[] {
  const whole = obvious(lookup(query));
  if (whole.length > 0) return whole;
  for (let length = query.length - 2; length >= 2; length--) {
    const outer = lookup(query.slice(0, length));
    if (outer.length === 0) continue;
    const inner = nested(query.slice(length), (name) => lookup(name).filter(({ code }) => outer.some((place) => place.code !== code && contains(place.code, code))));
    if (inner.length > 0) return inner;
  }
  return [];
}

function byChineseName(name: string, divisions: AllDivisions): readonly Division[] {
  return nested(name, (part) => {
    const full = divisions.byFullName(part);
    return full.length > 0 ? full : divisions.byShortName(part);
  });
}

/** `query` holds at most this many characters; the longest nested name has fewer. */
const LONGEST_QUERY = 60;

/**
 * The places a query may mean: a Chinese name (长沙, 长沙市, 湖南长沙), pinyin without tones (`changsha`, `Changsha Shi`) or a
 * code of two, four or six digits. Where one of several contains all others (长沙市 and 长沙县), or is a province, it is the
 * one meant.
 */
export function findPlaces(query: string, divisions: AllDivisions = loadDivisions()): readonly Division[] {
  const words = query.normalize('NFKC').replace(/\s+/gu, '');
  if (words.length > LONGEST_QUERY) return [];
  if (/^\d+$/u.test(words)) return /^(?:\d{2}){1,3}$/u.test(words) ? byCode(words, divisions) : [];
  if (/\p{Script=Han}/u.test(words)) return byChineseName(words, divisions);
  const key = pinyinKey(query);
  pinyinIndex ??= divisionsByPinyin(divisions);
  const index = pinyinIndex;
  return key.length < 2 ? [] : nested(key, (part) => index.get(part) ?? []);
}

/** The nearest names to one that was not found: names that sound the same (长砂, 平扬县), then those that share half its characters. */
function nearestNames(query: string, divisions: AllDivisions): Division[] {
  const alike = spellings(query.normalize('NFKC').replace(/\s+/gu, '')).flatMap((key) => findPlaces(key, divisions));
  if (alike.length > 0) return alike.slice(0, 5);
  const wanted = new Set(query.normalize('NFKC').replace(/[省市县区州\s]/gu, ''));
  const shared = (name: string): number => [...new Set(name)].filter((character) => wanted.has(character)).length;
  const ranked = divisions.all.map((division) => ({ division, score: shared(division.name) - division.name.length / 100 }));
  return ranked.filter(({ score }) => score > Math.max(0.8, wanted.size / 2 - 0.2)).sort((a, b) => b.score - a.score).slice(0, 5).map(({ division }) => division);
}

function nearestSpellings(query: string): Division[] {
  const key = pinyinKey(query);
  if (key.length < 3 || !pinyinIndex) return [];
  for (let length = key.length; length >= 3; length--) {
    const start = [...pinyinIndex].filter(([name]) => name.startsWith(key.slice(0, length))).sort(([a], [b]) => a.length - b.length);
    if (start.length > 0) return [...new Set(start.flatMap(([, places]) => places))].slice(0, 5);
  }
  return [];
}

/** `110105 北京市 朝阳区`, for lists of candidates. */
export function placeLine(division: Division): string {
  const names = [division.province, division.city, division.county].filter((name) => name !== null);
  return `${division.code} ${[...new Set(names)].join(' ')}`;
}

/** The one place a query means. Throws `place-ambiguous` with all candidates, or `place-unknown` with the nearest names (exit 2). */
export function resolvePlace(query: string, divisions: AllDivisions = loadDivisions()): Division {
  const found = findPlaces(query, divisions);
  if (found.length === 1 && found[0]) return found[0];
  const list = (places: readonly Division[]): string => places.map((place) => `  ${placeLine(place)}`).join('\n');
  if (found.length > 1) throw usageError('place-ambiguous', `“${query}” may be any of these; use the code:\n${list(found)}`);
  const near = /\p{Script=Han}/u.test(query) ? nearestNames(query, divisions) : nearestSpellings(query);
  throw usageError('place-unknown', `There is no place “${query}”.${near.length > 0 ? ` Near it:\n${list(near)}` : ' Give a Chinese name, pinyin or a division code.'}`);
}

/** Whether the division `code` is `place` or lies in it: 430000 contains 430100 and 430102, 430100 contains 430102. */
export function placeContains(place: string, code: string): boolean {
  return contains(place, code);
}
