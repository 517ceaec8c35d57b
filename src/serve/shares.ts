/** Counts what share of the due reports the archive holds, and which shade that is. */
import type { ProvinceYear } from '../store/browse.js';

/** A province's reports: those due, and those of them in the archive. */
export interface ProvinceShare {
  readonly prefix: string | null;
  readonly due: number;
  readonly held: number;
  readonly years: readonly { readonly year: number; readonly due: number; readonly held: number }[];
}

interface Count {
  due: number;
  held: number;
}

/** What is not due yet counts only where it is there already. */
function add(count: Count, { state, rows, held }: ProvinceYear): void {
  count.due += state === 'not-due' ? held : rows;
  count.held += held;
}

/** The ledger's counts by province, in the order they come. */
export function sharesOf(rows: readonly ProvinceYear[]): ProvinceShare[] {
  const provinces = new Map<string | null, { all: Count; years: Map<number, Count> }>();
  for (const row of rows) {
    const province = provinces.get(row.prefix) ?? { all: { due: 0, held: 0 }, years: new Map<number, Count>() };
    provinces.set(row.prefix, province);
    const year = province.years.get(row.year) ?? { due: 0, held: 0 };
    province.years.set(row.year, year);
    add(province.all, row);
    add(year, row);
  }
  return [...provinces].map(([prefix, { all, years }]) => ({ prefix, ...all, years: [...years].map(([year, count]) => ({ year, ...count })) }));
}

/** Lower ends of the shades 1 to 5; 0 is none at all. */
export const SHADES = [0.0001, 0.25, 0.5, 0.75, 0.95] as const;

/** 0 for nothing held, 5 for nearly all. */
export function shadeOf({ due, held }: Pick<ProvinceShare, 'due' | 'held'>): number {
  const share = due === 0 ? 0 : held / due;
  return SHADES.filter((least) => share >= least).length;
}

/** A share for people; rounded down, so that 100 % is all. */
export function percent({ due, held }: Pick<ProvinceShare, 'due' | 'held'>): string {
  return due === 0 ? '–' : `${Math.floor((100 * held) / due)} %`;
}
