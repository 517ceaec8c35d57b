/** The fields of the export record with their types, in their order: what every format takes its columns from. A new field is one line here. */
import type { ExportRecord } from './record.js';

/** `date` is `YYYY-MM-DD`, `datetime` is ISO 8601 in UTC; in the record both are strings. */
export type Scalar = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime';

export interface StructShape {
  readonly struct: Readonly<Record<string, Shape>>;
}

export interface ListShape {
  readonly list: Shape;
}

/** `map` has strings as keys and values. */
export type Shape = Scalar | 'map' | StructShape | ListShape;

type Given<T> = NonNullable<T>;

/** What may stand for a field of type T: a forgotten or misspelt field does not compile. */
type ShapeOf<T> = [Given<T>] extends [string | number | boolean] ? Scalar
  : Given<T> extends readonly (infer E)[] ? { readonly list: ShapeOf<E> }
    : string extends keyof Given<T> ? 'map'
      : { readonly struct: { readonly [K in keyof Given<T>]-?: ShapeOf<Given<T>[K]> } };

export const RECORD_SHAPE = {
  reportId: 'string', url: 'string', finalUrl: 'string', kind: 'string', title: 'string',
  agency: 'string', code: 'string', province: 'string', city: 'string', county: 'string', level: 'string',
  year: 'integer', periodStart: 'date', periodEnd: 'date', publishedOn: 'date',
  formatEra: 'string', legalBasis: { list: 'string' }, grade: 'string', removedAt: 'datetime',
  mediaType: 'string', charset: { struct: { used: 'string', declared: 'string', from: 'string' } },
  text: 'string',
  sections: { list: { struct: { heading: 'string', level: 'integer', start: 'integer', end: 'integer' } } },
  cells: { list: { struct: { table: 'string', row: 'string', column: 'string', raw: 'string', value: 'number', state: 'string', place: 'string' } } },
  checks: { list: { struct: { rule: 'string', state: 'string', expected: 'number', actual: 'number', otherReportId: 'string' } } },
  statements: {
    list: { struct: { key: 'string', value: 'number', unit: 'string', isApproximate: 'boolean', sentence: 'string', start: 'integer', end: 'integer', method: 'string' } },
  },
  metadata: 'map',
  repairs: { list: { struct: { step: 'string', start: 'integer', end: 'integer', before: 'string', after: 'string', method: 'string', confidence: 'number' } } },
  attachments: { list: { struct: { name: 'string', url: 'string', sha256: 'string', mediaType: 'string' } } },
  rawSha256: 'string', textSha256: 'string',
  notices: { list: { struct: { code: 'string', room: 'string', message: 'string' } } },
  duplicates: { list: { struct: { reportId: 'string', kind: 'string', similarity: 'number' } } },
  provenance: {
    struct: {
      captureId: 'string', runId: 'string', fetchedAt: 'datetime', via: 'string', status: 'integer',
      redirects: { list: { struct: { url: 'string', status: 'integer', location: 'string' } } },
      robots: 'string', tool: 'string', derivation: 'string',
    },
  },
} as const satisfies { readonly [K in keyof ExportRecord]: ShapeOf<ExportRecord[K]> };

/** The record's fields in order. */
export const RECORD_FIELD_SHAPES: readonly (readonly [name: keyof ExportRecord, shape: Shape])[] = Object.entries(RECORD_SHAPE) as [keyof ExportRecord, Shape][];

/** The fields that are lists of entries with fields of their own. */
export type EntryList = { [K in keyof typeof RECORD_SHAPE]: (typeof RECORD_SHAPE)[K] extends { readonly list: { readonly struct: object } } ? K : never }[keyof typeof RECORD_SHAPE];

export interface Column {
  readonly name: string;
  readonly type: Scalar;
}

const isScalar = (shape: Shape): shape is Scalar => typeof shape === 'string' && shape !== 'map';

function scalarsOf({ struct }: StructShape): Column[] {
  return Object.entries(struct).flatMap(([name, shape]) => (isScalar(shape) ? [{ name, type: shape }] : []));
}

/** The columns of an entry of a list. */
export function entryColumns(list: EntryList): Column[] {
  return scalarsOf(RECORD_SHAPE[list].list);
}

const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** The columns of a report in a flat table: no lists but `legalBasis`, `charset` and `provenance` spread out (charsetUsed, captureId …). */
export function flatColumns(): Column[] {
  return RECORD_FIELD_SHAPES.flatMap(([name, shape]): Column[] => {
    if (isScalar(shape)) return [{ name, type: shape }];
    if (name === 'legalBasis') return [{ name, type: 'string' }];
    if (name === 'charset') return scalarsOf(RECORD_SHAPE.charset).map((column) => ({ ...column, name: `charset${capital(column.name)}` }));
    return name === 'provenance' ? scalarsOf(RECORD_SHAPE.provenance) : [];
  });
}

/** Columns that every table of entries begins with, so that it can be read without joining. */
export const KEY_COLUMNS = ['reportId', 'code', 'agency', 'year'] as const satisfies readonly (keyof ExportRecord)[];

/** The same with their types. */
export const keyColumns = (): Column[] => KEY_COLUMNS.map((name) => ({ name, type: RECORD_SHAPE[name] }));

/** The ledger's columns: its rows come from the archive and not from the records. */
export const LEDGER_SHAPE = {
  code: 'string', agency: 'string', year: 'integer', state: 'string', reportId: 'string', dueOn: 'date', publishedOn: 'date', daysLate: 'integer', evidence: 'string',
} as const satisfies Readonly<Record<string, Scalar>>;
