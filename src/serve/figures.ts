/** Reads the figures that a visit to the numbers asks for: one cell of the statutory tables over agencies and years. */
import type { CellName, SeriesPoint } from '../store/browse.js';
import { readSeries } from '../store/browse.js';
import { askedChoice, askedNumber, askedWord } from './asked.js';
import { grouped } from './grouped.js';
import { englishLabel } from './statutory-words.js';
import { tableTitle } from './statutory.js';
import type { TableLabel, Visit } from './visit.js';

/** Figures taken for one page: 1,000 agencies over 20 years. */
export const MOST_FIGURES = 20_000;

/** Lines in one chart: more cannot be told apart. */
const LINES = 6;

/** Bars in one chart. */
const BARS = 40;

const DEFAULT_CELL: CellName = { table: 'requests', row: 'new', column: 'total' };

export interface Figures {
  readonly cell: CellName;
  readonly by: 'years' | 'agencies';
  readonly place: string | null;
  readonly agency: string | null;
  /** The year of the bars; null where the lines run over all. */
  readonly year: number | null;
  readonly points: readonly SeriesPoint[];
  readonly isCut: boolean;
}

/** The name of a cell in an address. */
export function cellKey({ table, row, column }: CellName): string {
  return `${table}/${row}/${column}`;
}

function askedCell(visit: Visit): CellName {
  const given = askedWord(visit, 'cell');
  if (given === null) return DEFAULT_CELL;
  const [table = '', row = '', column = ''] = given.split('/');
  return { table, row, column };
}

/** What a visit asks for. Without a year, the bars are of the newest one that has figures. */
export function askedFigures(visit: Visit): Figures {
  const [cell, place, agency] = [askedCell(visit), askedWord(visit, 'place'), askedWord(visit, 'agency')];
  const by = askedChoice(visit, 'by', ['years', 'agencies']);
  const asked = askedNumber(visit, 'year', [1900, 2999]);
  const choice = { places: place === null ? [] : [visit.knowledge.placeCode(place)], agencies: agency === null ? [] : [agency], year: by === 'agencies' ? asked : null };
  const all = readSeries(visit.database, cell, choice, MOST_FIGURES + 1);
  const newest = all.reduce<number | null>((year, point) => (point.value !== null && point.year > (year ?? 0) ? point.year : year), null);
  const year = by === 'agencies' ? asked ?? newest : null;
  const points = all.slice(0, MOST_FIGURES).filter((point) => year === null || point.year === year);
  return { cell, by, place, agency, year, points, isCut: all.length > MOST_FIGURES };
}

/** The agencies whose lines are drawn: those with the most figures, then by code. */
export function drawnAgencies(points: readonly SeriesPoint[]): string[] {
  const counted = [...grouped(points.filter(({ value }) => value !== null), ({ agency }) => agency)].map(([agency, own]) => ({ agency, count: own.length }));
  return counted.sort((a, b) => b.count - a.count).slice(0, LINES).map(({ agency }) => agency);
}

/** The bars that are drawn: the longest, largest first. */
export function drawnBars(points: readonly SeriesPoint[]): { name: string; value: number }[] {
  return points.flatMap(({ agency, value }) => (value === null ? [] : [{ name: agency, value }])).sort((a, b) => b.value - a.value).slice(0, BARS);
}

function partName(visit: Visit, labels: readonly TableLabel[], key: string): string {
  const english = visit.language === 'en' ? englishLabel(key) : null;
  const label = labels.find((known) => known.key === key);
  return english ?? (label === undefined ? key : label.group === undefined ? label.label : `${label.group}：${label.label}`);
}

/** A cell in words, without its table: 新收 · 总计. */
export function cellName(visit: Visit, cell: CellName): string {
  const form = visit.knowledge.forms.find(({ table }) => table === cell.table);
  const parts = cell.row === 'count' ? [] : [partName(visit, form?.rows ?? [], cell.row)];
  return [...parts, ...(cell.column === 'count' ? [] : [partName(visit, form?.columns ?? [], cell.column)])].join(' · ');
}

/** What a chart of these figures is called. */
export function figuresTitle(visit: Visit, figures: Figures): string {
  const what = `${tableTitle(visit, figures.cell.table)}: ${cellName(visit, figures.cell)}`;
  return figures.year === null ? what : `${what} (${figures.year})`;
}
