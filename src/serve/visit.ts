/** What a page is handed, and what it hands back. No code but the ways to address another page. */
import type { Sqlite } from '../store/open.js';
import type { CellName } from '../store/browse.js';
import type { Html } from '../markup.js';
import type { Language, Word } from './words.js';

/** A part of the way from one text to another. */
export interface TextChange {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** A row or column of the statutory tables, labelled as the form prints it. */
export interface TableLabel {
  readonly key: string;
  readonly label: string;
  readonly group?: string;
}

/** A statutory table by its keys, in the order of the form. */
export interface TableForm {
  readonly table: string;
  readonly rows: readonly TableLabel[];
  readonly columns: readonly TableLabel[];
}

/** What other rooms know and this one is told: it opens nothing but the archive. */
export interface Knowledge {
  /** What leads from one text to another. */
  readonly diffText: (before: string, after: string) => readonly TextChange[];
  /** The key of an address in any spelling; null for what is none. */
  readonly keyOf: (url: string) => string | null;
  /** The division code of a place by name, pinyin or code. Throws for the unknown and the ambiguous. */
  readonly placeCode: (word: string) => string;
  /** The name of a province by the first two digits of its code. */
  readonly provinceName: (prefix: string) => string | null;
  readonly forms: readonly TableForm[];
  /** Every cell that the forms have, in their order. */
  readonly cells: readonly CellName[];
  /** The cells that an arithmetic rule speaks of, its result first. */
  readonly cellsOfRule: (rule: string) => readonly CellName[];
  /** Rows as CSV, safe for spreadsheets. */
  readonly csv: (rows: readonly (readonly (string | number | null)[])[]) => string;
  readonly toolVersion: string;
}

/** One question to the server. */
export interface Visit {
  readonly database: Sqlite;
  readonly knowledge: Knowledge;
  readonly language: Language;
  /** Path below the language as it was asked for, still encoded, such as `/report/abc`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** A word of the page's language; `{name}` is replaced by what is given. */
  readonly say: (word: Word, values?: Readonly<Record<string, string | number>>) => string;
  /** The address of another page in the same language. */
  readonly to: (path: string, query?: Readonly<Record<string, string | number | null | undefined>>) => string;
}

/** A page with its JSON twin. */
export interface Page {
  readonly kind: 'page';
  readonly title: string;
  /** The twin: plain data as the store gave it. */
  readonly data: unknown;
  readonly body: Html;
  readonly status?: number;
  /** The page of the menu that this one belongs to. */
  readonly section: string | null;
}

/** Anything that is no page: a chart, a table for a spreadsheet, stored bytes. */
export interface Download {
  readonly kind: 'file';
  readonly mediaType: string;
  readonly body: string | Uint8Array;
  /** The name to save it under; shown in place when null. */
  readonly saveAs: string | null;
  /** Its own policy, in place of the strictest one. */
  readonly policy?: string;
}

export type Answer = Page | Download;

/** An answer that is still to be drawn from what has been read. */
export type Drawing = () => Promise<Answer>;

/** Answers a visit; null when there is no such thing. `parts` are the groups of the route's pattern, decoded. Reads at once, draws later. */
export type PageMaker = (visit: Visit, parts: readonly string[]) => Answer | Drawing | null;

/** The address of `path` with `query`, names without a value left out. Names inside the path are encoded already. */
export function address(path: string, query: Readonly<Record<string, string | number | null | undefined>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  return `${path}${search.size === 0 ? '' : `?${search.toString()}`}`;
}

/** Where an agency's page is. */
export function agencyPath(agency: string): string {
  return `/agency/${encodeURIComponent(agency)}`;
}

/** Where a portal's page is. */
export function portalPath(portalId: string): string {
  return `/portal/${encodeURIComponent(portalId)}`;
}
