/** Draws filled-in statutory forms with known values, their sums right. */
import type { CellState } from '../../../src/record.js';
import type { Chance } from '../../farm/random.js';
import { APPLICANTS, PROACTIVE_BANDS, REQUEST_ROWS, REVIEW_COLUMNS, REVIEW_GROUPS } from '../../farm/statutory.js';

export interface Value {
  raw: string;
  value: number | null;
  state: CellState;
}

export interface RequestLine {
  readonly key: string;
  readonly path: readonly string[];
  readonly values: Value[];
}

export interface BandLine {
  readonly key: string;
  readonly label: string;
  readonly values: Value[];
}

export interface BandModel {
  readonly key: string;
  readonly title: string;
  readonly columns: readonly (readonly [string, string])[];
  readonly rows: readonly BandLine[];
}

export type Format = '2019' | '2021';

export interface FormModel {
  readonly format: Format;
  bands: BandModel[];
  requests: RequestLine[];
  review: Value[];
}

export function number(value: number): Value {
  return { raw: String(value), value, state: 'value' };
}

/** Most cells of real forms are 0; a few have two digits. */
function draw(chance: Chance): number {
  return chance.next() < 0.7 ? 0 : chance.int(1, chance.next() < 0.1 ? 400 : 30);
}

const KINDS = APPLICANTS.length - 1;

function add(lines: readonly number[][]): number[] {
  return Array.from({ length: KINDS }, (_, column) => lines.reduce((sum, line) => sum + (line[column] ?? 0), 0));
}

function requests(format: Format, chance: Chance): RequestLine[] {
  const rows = REQUEST_ROWS[format];
  const results = new Map(rows.filter(({ key }) => key.startsWith('r.') && key !== 'r.total').map(({ key }) => [key, Array.from({ length: KINDS }, () => draw(chance))] as const));
  const total = add([...results.values()]);
  const carriedOut = total.map(() => draw(chance));
  const all = total.map((count, column) => count + (carriedOut[column] ?? 0));
  const carriedIn = all.map((count) => chance.int(0, Math.min(count, 5)));
  const drawn = new Map([...results, ['r.total', total], ['carriedOut', carriedOut], ['carriedIn', carriedIn], ['new', all.map((count, column) => count - (carriedIn[column] ?? 0))]] as const);
  return rows.map(({ key, path }) => {
    const kinds = drawn.get(key) ?? [];
    return { key, path, values: [...kinds, kinds.reduce((sum, count) => sum + count, 0)].map(number) };
  });
}

function bands(format: Format, chance: Chance): BandModel[] {
  return PROACTIVE_BANDS[format].map(({ key, title, columns, rows }) => ({
    key, title, columns,
    rows: rows.map(([row, label]) => {
      const counts = columns.map(() => (chance.next() < 0.3 ? 0 : chance.int(1, 400_000)));
      // Made public in all: at least those of the year.
      if (columns.some(([column]) => column === 'publishedTotal')) counts[2] = Math.max(...counts);
      return { key: row, label, values: counts.map(number) };
    }),
  }));
}

function review(chance: Chance): Value[] {
  return REVIEW_GROUPS.flatMap(() => {
    const parts = Array.from({ length: REVIEW_COLUMNS.length - 1 }, () => draw(chance));
    return [...parts, parts.reduce((sum, part) => sum + part, 0)].map(number);
  });
}

export function drawForm(format: Format, chance: Chance): FormModel {
  return { format, bands: bands(format, chance), requests: requests(format, chance), review: review(chance) };
}

/** Every value of the form by `table/row/column`. */
export function valuesOf(form: FormModel): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const band of form.bands) for (const row of band.rows) row.values.forEach((value, index) => values.set(`proactive/${band.key}.${row.key}/${band.columns[index]?.[0]}`, value));
  for (const line of form.requests) line.values.forEach((value, index) => values.set(`requests/${line.key}/${APPLICANTS[index]?.[0]}`, value));
  form.review.forEach((value, index) => {
    const group = REVIEW_GROUPS[Math.floor(index / REVIEW_COLUMNS.length)];
    values.set(`reviewLitigation/count/${group}.${REVIEW_COLUMNS[index % REVIEW_COLUMNS.length]?.[0]}`, value);
  });
  return values;
}

/** All values, to be changed in place. */
export function eachValue(form: FormModel): Value[] {
  return [...form.bands.flatMap(({ rows }) => rows.flatMap(({ values }) => values)), ...form.requests.flatMap(({ values }) => values), ...form.review];
}
