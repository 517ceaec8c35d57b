/** Reads table two, 主动公开政府信息情况: bands of Article 20, each with its own header. */
import type { Band } from '../era/form.js';
import { FORM_2019 } from '../era/form-2019.js';
import { FORM_2021 } from '../era/form-2021.js';
import { BAND_COLUMNS, BAND_ROWS } from '../era/labels.js';
import type { Reading } from './reading.js';
import { Collector } from './reading.js';
import { valuesAmong } from './row-values.js';
import type { SourceRow, SourceTable } from './source-rows.js';
import { looksLikeValue } from './value.js';

const BAND_TITLE = /^第?二十条第(?:（?([一二三四五六七八九]{1,2})）?)?项$/u;

interface State {
  readonly collector: Collector;
  /** Columns of the last header; empty after a band's title until its own header comes. */
  columns: readonly string[];
  /** Formats whose columns were met, for headers that are lost. */
  readonly met: { 2019: number; 2021: number };
}

function columnsIn(row: SourceRow): string[] {
  return row.map(({ bare }) => BAND_COLUMNS.get(bare)?.key).filter((key) => key !== undefined);
}

function belongs(band: Band, columns: readonly string[]): boolean {
  return band.columns.length === columns.length && band.columns.every(({ key }, index) => columns[index] === key);
}

function noteColumns(columns: readonly string[], state: State): void {
  state.columns = columns;
  for (const [year, form] of [['2019', FORM_2019], ['2021', FORM_2021]] as const) {
    const keys = new Set(form.bands.flatMap((band) => band.columns.map(({ key }) => key)));
    // 处理决定数量 is in both.
    state.met[year] += columns.filter((key) => keys.has(key) && key !== 'decisions').length;
  }
}

/** The columns of a row: those of the header above it when they are its band's in either format, else those of the format met so far. */
function columnsFor(bandKey: string, state: State): readonly string[] | null {
  const bands = [FORM_2019, FORM_2021].flatMap(({ bands: all }) => all.filter(({ key }) => key === bandKey));
  const own = bands.find((band) => belongs(band, state.columns));
  if (own) return state.columns;
  // Columns in another order than the form's are believed as they are named.
  if (state.columns.length > 0 && bands.some((band) => band.columns.length === state.columns.length && band.columns.every(({ key }) => state.columns.includes(key)))) return state.columns;
  if (state.columns.length > 0 || state.met[2019] === state.met[2021]) return null;
  const form = state.met[2019] > state.met[2021] ? FORM_2019 : FORM_2021;
  return form.bands.find(({ key }) => key === bandKey)?.columns.map(({ key }) => key) ?? null;
}

function readRow(row: SourceRow, state: State): void {
  const header = columnsIn(row);
  if (row.some(({ bare }) => BAND_TITLE.test(bare))) state.columns = [];
  if (header.length > 0) noteColumns(header, state);
  const index = row.findLastIndex(({ bare }) => BAND_ROWS.has(bare));
  const place = index < 0 ? undefined : BAND_ROWS.get(row[index]?.bare ?? '');
  const values = row.slice(index + 1);
  if (place === undefined || values.length === 0 || values.every(({ text }) => text === '' && values.length > 12)) return;
  readValues(place, values, state);
}

function readValues(place: { readonly band: string; readonly key: string }, values: SourceRow, state: State): void {
  const name = `${place.band}.${place.key}`;
  const columns = columnsFor(place.band, state);
  if (columns === null) {
    // A stray line 行政许可 in the prose is no row: only numbers behind it make it one.
    if (values.some(({ text }) => text !== '' && looksLikeValue(text))) state.collector.fault('columns-unknown', `proactive ${name}: no header tells what its values are`);
    return;
  }
  const window = valuesAmong(values, columns.length, 'behind');
  if (window.cells) state.collector.add(name, columns, window.cells);
  else state.collector.fault('row-unread', `proactive ${name}: ${values.length} cells for ${columns.length} columns (${window.fault})`);
}

function noteMissing(state: State): void {
  const form = state.met[2019] > state.met[2021] ? FORM_2019 : FORM_2021;
  const missing = form.bands.flatMap((band) => band.rows.map(({ key }) => `${band.key}.${key}`)).filter((row) => !state.collector.has(row));
  if (missing.length > 0) state.collector.fault('row-missing', `proactive: no values for ${missing.join(', ')}`);
}

/** Table two from all tables of a page or text. */
export function readProactive(tables: readonly SourceTable[]): Reading {
  const state: State = { collector: new Collector('proactive'), columns: [], met: { 2019: 0, 2021: 0 } };
  for (const { rows } of tables) for (const row of rows) readRow(row, state);
  state.collector.isMet ||= state.met[2019] + state.met[2021] > 0;
  if (state.collector.isMet) noteMissing(state);
  return state.collector.reading();
}
