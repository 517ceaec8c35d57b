/** Reads a run of characters as a chain of places, from the province down: 湖南省长沙市, 长沙, 重庆市开州区. */
import type { Division, Divisions } from '../record.js';

/** 双江拉祜族佤族布朗族傣族自治县 is the longest name of a division. */
const LONGEST_NAME = 20;
const DEPTH = 3;

/** `place` is `outer` or lies in it. */
export function liesIn(place: string, outer: string): boolean {
  return place.startsWith(outer.replace(/(?:00){1,2}$/u, ''));
}

function chains(name: string, inside: Division | null, divisions: Divisions, depth: number): Division[] {
  if (name === '') return inside ? [inside] : [];
  if (depth === 0) return [];
  const found: Division[] = [];
  for (let length = Math.min(LONGEST_NAME, name.length); length >= 2; length -= 1) {
    const named = divisions.byName(name.slice(0, length)).filter(({ code }) => inside === null || (code !== inside.code && liesIn(code, inside.code)));
    for (const division of named) found.push(...chains(name.slice(length), division, divisions, depth - 1));
    if (found.length > 0) return found;
  }
  return found;
}

/** Of several places of one name: those near `within`, and of those the one that contains the others (长沙市 before 长沙县). */
function narrowed(places: readonly Division[], name: string, within: string | null): readonly Division[] {
  const near = within === null ? [] : [within, within.slice(0, 4), within.slice(0, 2)].map((area) => places.filter(({ code }) => code.startsWith(area))).find((some) => some.length > 0) ?? [];
  const left = near.length > 0 ? near : places;
  const full = left.filter((place) => name.endsWith(place.name));
  const named = full.length > 0 ? full : left;
  const outermost = named.find(({ code }) => named.every((other) => liesIn(other.code, code)));
  return outermost ? [outermost] : named;
}

/**
 * The one place that all of `name` stands for; null when it is no place, or several (朝阳区) and `within`, a division code,
 * does not decide.
 */
export function placeNamed(name: string, divisions: Divisions, within: string | null = null): Division | null {
  if (name.length < 2 || name.length > LONGEST_NAME * 2) return null;
  const places = [...new Map(chains(name, null, divisions, DEPTH).map((place) => [place.code, place])).values()];
  const left = narrowed(places, name, within);
  return left.length === 1 ? left[0] ?? null : null;
}

/** The longest end of `text` that is a place, and where it begins; null when no end is one. */
export function placeAtEnd(text: string, divisions: Divisions, within: string | null): { readonly place: Division; readonly at: number } | null {
  for (let at = Math.max(0, text.length - LONGEST_NAME * 2); at <= text.length - 2; at += 1) {
    const place = placeNamed(text.slice(at), divisions, within);
    if (place) return { place, at };
  }
  return null;
}
