/** Reads numbers and words out of an address, and says what is wrong with them. */
import { usageError } from '../errors.js';
import type { Visit } from './visit.js';

/** A whole number of the query between `least` and `most`; null when it is not given. */
export function askedNumber(visit: Visit, name: string, [least, most]: readonly [number, number]): number | null {
  const given = visit.query.get(name)?.trim() ?? '';
  if (given === '') return null;
  const number = /^\d{1,9}$/u.test(given) ? Number(given) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw usageError('address', visit.say('wrongNumber', { name, given, least, most }));
}

/** A word of the query, cut to what anybody would type; null when it is not given. */
export function askedWord(visit: Visit, name: string): string | null {
  const given = visit.query.get(name)?.trim().slice(0, 200) ?? '';
  return given === '' ? null : given;
}

/** One of a closed list; the first one when nothing is given. */
export function askedChoice<T extends string>(visit: Visit, name: string, choices: readonly [T, ...T[]]): T {
  const given = askedWord(visit, name);
  if (given === null) return choices[0];
  const found = choices.find((choice) => choice === given);
  if (found !== undefined) return found;
  throw usageError('address', visit.say('wrongChoice', { name, given, choices: choices.join(', ') }));
}

/** A page of a long list, counted from 1. */
export interface Sheet {
  readonly number: number;
  readonly limit: number;
  readonly offset: number;
}

/** Which page of a list is asked for, `limit` rows a page. */
export function askedSheet(visit: Visit, limit: number): Sheet {
  const number = askedNumber(visit, 'page', [1, 1_000_000]) ?? 1;
  return { number, limit, offset: (number - 1) * limit };
}
