/** Finds the rows of a list in JSON, whoever made it: objects that carry a title and an address. */
import type { Link } from './links.js';
import { LINK_LIMIT, resolveHref } from './links.js';
import { foldWords } from './report-words.js';
import { dateIn } from './row-date.js';

export interface DataRows {
  readonly links: readonly Link[];
  /** Rows that the whole list is said to have. */
  readonly total: number | null;
  /** Whether there are more rows than were read. */
  readonly isCut: boolean;
}

/** Field names in the order of trust. `post_url` before `url`: on gkmlpt the one is a page, the other a shell. */
const TITLES = ['title', 'showtitle', 'doctitle', 'infotitle', 'htitle', 'subject', 'name'] as const;
const ADDRESSES = ['post_url', 'docpuburl', 'linkurl', 'infourl', 'url', 'href', 'link', 'pageurl', 'visiturl'] as const;
const DATES = ['display_publish_time', 'publishtime', 'publish_time', 'pubdate', 'docreltime', 'infodate', 'webdate', 'created_at', 'save_time', 'date', 'time'] as const;
const TOTALS = ['total', 'totalcount', 'recordcount', 'totalelements', 'totalnum', 'resultcount', 'count'] as const;

/** Values looked at in one answer. */
const VALUE_LIMIT = 200_000;

/** JSON inside a string of JSON (Epoint's `custom`), read once and not beyond this length. */
const NESTED_LENGTH = 4_000_000;

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lowerCased(fields: Fields): Map<string, unknown> {
  return new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
}

function firstText(fields: ReadonlyMap<string, unknown>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return null;
}

/** A date as printed, or a count of seconds or milliseconds since 1970 as the day it was in China. */
function firstDate(fields: ReadonlyMap<string, unknown>): string | null {
  for (const name of DATES) {
    const value = fields.get(name);
    const printed = typeof value === 'string' ? dateIn(value) : null;
    if (printed !== null) return printed;
    const count = Number(typeof value === 'number' || typeof value === 'string' ? value : NaN);
    if (count > 8e8 && count < 4e12) return new Date((count < 1e11 ? count * 1000 : count) + 8 * 3_600_000).toISOString().slice(0, 10);
  }
  return null;
}

function rowOf(fields: ReadonlyMap<string, unknown>, base: string): Link | null {
  const title = firstText(fields, TITLES);
  const address = firstText(fields, ADDRESSES);
  const url = address === null ? null : resolveHref(address, base);
  if (title === null || url === null) return null;
  const label = title.replace(/<[^<>]{0,200}>/gu, '').slice(0, 300);
  return { url, label, folded: foldWords(label), date: firstDate(fields), isDated: true, group: 'data' };
}

function nestedIn(text: string): unknown {
  if (text.length > NESTED_LENGTH || !/^\s{0,9}[{[]/u.test(text)) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function totalIn(fields: ReadonlyMap<string, unknown>): number | null {
  for (const name of TOTALS) {
    const value = Number(fields.get(name) ?? NaN);
    if (Number.isInteger(value) && value >= 0 && value < 1e7) return value;
  }
  return null;
}

/** Rows and total of an answer in JSON. What stands inside a row (its attachments) is no row. Walks level by level without recursion: answers may nest as deep as they like. */
export function rowsOfData(data: unknown, base: string, limit = LINK_LIMIT): DataRows {
  const waiting: unknown[] = [data];
  const links: Link[] = [];
  let total: number | null = null;
  for (let index = 0; index < waiting.length && index < VALUE_LIMIT && links.length <= limit; index += 1) {
    const value = waiting[index];
    if (typeof value === 'string') {
      const nested = nestedIn(value);
      if (nested !== null) waiting.push(nested);
    } else if (Array.isArray(value)) {
      for (const one of value.slice(0, limit + 1)) if (typeof one === 'object') waiting.push(one);
    } else if (isFields(value)) {
      const fields = lowerCased(value);
      const row = rowOf(fields, base);
      if (row) {
        links.push(row);
        continue;
      }
      total ??= totalIn(fields);
      for (const child of fields.values()) if (typeof child === 'object' || (typeof child === 'string' && child.length > 20)) waiting.push(child);
    }
  }
  return { links: links.slice(0, limit), total, isCut: links.length > limit };
}
