/** Names a part of the archive (places, years, grades, news since a day) and lists the documents in it. */
import type { Grade } from '../record.js';
import type { Sqlite } from './open.js';

/** What is wanted; an empty list or null sets no condition. */
export interface Selection {
  /** Division codes; a province's or prefecture's holds all below it. */
  readonly places: readonly string[];
  readonly provinces: readonly string[];
  readonly years: readonly number[];
  readonly grades: readonly Grade[];
  /** `YYYY-MM-DD`: first seen on that day or later, or having a version captured then. */
  readonly since: string | null;
}

export const EVERYTHING: Selection = { places: [], provinces: [], years: [], grades: [], since: null };

/** The digits that codes of a division and all below it begin with: 430000 gives 43, 430100 gives 4301, 430102 itself. */
export function codePrefix(code: string): string {
  if (code.endsWith('0000')) return code.slice(0, 2);
  return code.endsWith('00') ? code.slice(0, 4) : code;
}

function anyPlace(column: string, codes: readonly string[]): { sql: string; values: string[] } {
  const values = codes.map(codePrefix);
  return { sql: `(${values.map((prefix) => `substr(${column}, 1, ${prefix.length}) = ?`).join(' OR ')})`, values };
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** The conditions of `selection` on a document `d` and its current version `v`, as SQL beginning with AND, with its values. */
export function conditions(selection: Selection): { sql: string; values: (string | number)[] } {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...given: (string | number)[]): void => { parts.push(sql); values.push(...given); };
  for (const codes of [selection.places, selection.provinces]) {
    if (codes.length === 0) continue;
    const place = anyPlace('v.code', codes);
    add(place.sql, ...place.values);
  }
  if (selection.years.length > 0) add(`v.year IN (${marks(selection.years)})`, ...selection.years);
  if (selection.grades.length > 0) add(`d.grade IN (${marks(selection.grades)})`, ...selection.grades);
  if (selection.since !== null) {
    add('(d.first_seen >= ? OR EXISTS (SELECT 1 FROM version n WHERE n.document_id = d.document_id AND n.captured_at >= ?))', selection.since, selection.since);
  }
  return { sql: parts.map((part) => ` AND ${part}`).join(''), values };
}

/** Ids of the documents in `selection`, by code, agency, year and id; those without come last. */
export function selectDocuments(database: Sqlite, selection: Selection): string[] {
  const { sql, values } = conditions(selection);
  return database.prepare(`SELECT d.document_id FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
    WHERE 1${sql} ORDER BY v.code IS NULL, v.code, v.agency IS NULL, v.agency, v.year IS NULL, v.year, d.document_id`).pluck().all(...values) as string[];
}

/** Conditions on a bare column of codes, for tables that have no document (the ledger, portals). */
export function placeCondition(column: string, codes: readonly string[]): { sql: string; values: string[] } {
  return codes.length === 0 ? { sql: '1', values: [] } : anyPlace(column, codes);
}
