/** Draws charts as SVG on the server, with Vega; nothing of a chart runs in the browser. */
import * as vega from 'vega';
import type { Axis, Config, Legend, Mark, Spec } from 'vega';
import { visible } from '../markup.js';
import { FONTS } from './style.js';

/** Colours told apart by most eyes, also in grey (after Okabe and Ito, darkened for thin lines). */
const COLOURS = ['#0d5570', '#c2560a', '#0f7a5a', '#8a3d78', '#8a6d00', '#2f6fc4', '#a3241b', '#4b5560'];

const INK = '#1b2733';

const CONFIG: Config = {
  background: '#ffffff',
  axis: { labelFont: FONTS, labelFontSize: 13, labelColor: INK, labelLimit: 300, titleFont: FONTS, gridColor: '#e3e8ec', domainColor: '#8a97a3', tickColor: '#8a97a3' },
  legend: { labelFont: FONTS, labelFontSize: 13, labelColor: INK, labelLimit: 300, symbolSize: 120, symbolStrokeWidth: 3 },
  title: { font: FONTS, fontSize: 17, color: INK, anchor: 'start', offset: 18 },
};

/** How wide a text will be drawn: Vega guesses hanzi too narrow where there is no canvas to measure on. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 0x2e80 ? 13 : 7.5), 0);
}

/** A point of a chart. */
export interface Point {
  /** What it belongs to: an agency, a kind of reports. */
  readonly series: string;
  /** Where it stands: a year, a run. */
  readonly at: number;
  readonly value: number;
}

export interface ChartText {
  readonly title: string;
  /** For those who do not see it. */
  readonly description: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
  /** Room for names beside the plot. */
  readonly names: number;
  readonly side: 'left' | 'right';
}

function frameOf(text: ChartText, { width, height, names, side }: Size): Spec {
  return {
    width, height, autosize: 'none', config: CONFIG, description: visible(text.description), title: { text: visible(text.title), frame: 'bounds' },
    padding: { left: side === 'left' ? names + 24 : 76, right: side === 'right' ? names + 60 : 60, top: 64, bottom: 44 },
  };
}

/** Nothing is ever fetched for a chart: all data is in it. */
async function drawn(spec: Spec): Promise<string> {
  const loader = vega.loader();
  const refused = { ...loader, load: () => Promise.reject(new Error('charts load nothing')) };
  const view = new vega.View(vega.parse(spec), { renderer: 'none', loader: refused });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

const COUNTS: Axis = { orient: 'left', scale: 'value', grid: true, tickCount: 6, format: '~s' };

/** The years between the first and the last point, so that a missing year is a gap. */
function span(points: readonly Point[]): number[] {
  const at = points.map((point) => point.at);
  const [first, last] = [Math.min(...at), Math.max(...at)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Numbers each stretch of a line without a gap: a line is drawn only between neighbours. */
function withStretches(points: readonly Point[]): (Point & { readonly stretch: string })[] {
  const sorted = [...points].sort((a, b) => (a.series === b.series ? a.at - b.at : a.series < b.series ? -1 : 1));
  let stretch = 0;
  return sorted.map((point, index) => {
    const before = sorted[index - 1];
    if (!before || before.series !== point.series || before.at + 1 !== point.at) stretch += 1;
    return { ...point, stretch: `${stretch}` };
  });
}

const LINES: Mark[] = [
  {
    type: 'group', from: { facet: { name: 'own', data: 'points', groupby: 'stretch' } },
    marks: [{ type: 'line', from: { data: 'own' }, encode: { enter: { x: { scale: 'at', field: 'at' }, y: { scale: 'value', field: 'value' }, stroke: { scale: 'colour', field: 'series' }, strokeWidth: { value: 2.5 } } } }],
  },
  { type: 'symbol', from: { data: 'points' }, encode: { enter: { x: { scale: 'at', field: 'at' }, y: { scale: 'value', field: 'value' }, fill: { scale: 'colour', field: 'series' }, size: { value: 52 }, stroke: { value: '#fff' } } } },
];

/** Lines over the years, one a series, the legend beside them in the order given. */
export async function lineChart(text: ChartText, points: readonly Point[], series: readonly string[]): Promise<string> {
  const shown = points.map((point) => ({ ...point, series: visible(point.series) }));
  const names = series.map(visible);
  const room = Math.min(300, Math.max(0, ...names.map(widthOf))) + 20;
  const legend: Legend = { stroke: 'colour', symbolType: 'stroke', orient: 'none', legendX: 664, legendY: 0 };
  return drawn({
    ...frameOf(text, { width: 640, height: 340, names: room, side: 'right' }), data: [{ name: 'points', values: withStretches(shown) }],
    scales: [
      { name: 'at', type: 'point', domain: span(shown), range: 'width', padding: 0.3 }, { name: 'value', type: 'linear', domain: { data: 'points', field: 'value' }, range: 'height', nice: 6, zero: true },
      { name: 'colour', type: 'ordinal', domain: names, range: COLOURS },
    ],
    axes: [{ orient: 'bottom', scale: 'at' }, COUNTS], legends: [legend], marks: LINES,
  });
}

/** Lying bars, one a name, in the order given. */
export async function barChart(text: ChartText, bars: readonly { readonly name: string; readonly value: number }[]): Promise<string> {
  const shown = bars.map(({ name, value }, index) => ({ name: visible(name), value, place: index }));
  const room = Math.min(300, Math.max(0, ...shown.map(({ name }) => widthOf(name))));
  return drawn({
    ...frameOf(text, { width: 640, height: Math.max(60, shown.length * 26), names: room, side: 'left' }), data: [{ name: 'bars', values: shown }],
    scales: [{ name: 'name', type: 'band', domain: { data: 'bars', field: 'name' }, range: 'height', padding: 0.25 }, { name: 'value', type: 'linear', domain: { data: 'bars', field: 'value' }, range: 'width', nice: 6, zero: true }],
    axes: [{ orient: 'bottom', scale: 'value', grid: true, tickCount: 6, format: '~s' }, { orient: 'left', scale: 'name', ticks: false, domain: false, labelPadding: 8 }],
    marks: [
      { type: 'rect', from: { data: 'bars' }, encode: { enter: { y: { scale: 'name', field: 'name' }, height: { scale: 'name', band: 1 }, x: { scale: 'value', value: 0 }, x2: { scale: 'value', field: 'value' }, fill: { value: '#2f7d97' } } } },
      { type: 'text', from: { data: 'bars' }, encode: { enter: { y: { scale: 'name', field: 'name', band: 0.5 }, x: { scale: 'value', field: 'value', offset: 6 }, text: { field: 'value' }, baseline: { value: 'middle' }, font: { value: FONTS }, fontSize: { value: 12 }, fill: { value: INK } } } },
    ],
  });
}

/** Columns side by side for each run, a colour a series. */
export async function columnChart(text: ChartText, points: readonly Point[], series: readonly string[]): Promise<string> {
  const room = Math.max(0, ...series.map(widthOf)) + 20;
  return drawn({
    ...frameOf(text, { width: 640, height: 220, names: room, side: 'right' }), data: [{ name: 'points', values: [...points] }],
    scales: [
      { name: 'at', type: 'band', domain: [...new Set(points.map(({ at }) => at))], range: 'width', padding: 0.25 }, { name: 'value', type: 'linear', domain: { data: 'points', field: 'value' }, range: 'height', nice: 6, zero: true },
      { name: 'colour', type: 'ordinal', domain: [...series], range: COLOURS },
    ],
    axes: [{ orient: 'bottom', scale: 'at', labelOverlap: true }, COUNTS], legends: [{ fill: 'colour', symbolType: 'square', orient: 'none', legendX: 664, legendY: 0 }],
    marks: [{
      type: 'group', from: { facet: { name: 'own', data: 'points', groupby: 'at' } }, encode: { enter: { x: { scale: 'at', field: 'at' } } },
      signals: [{ name: 'width', update: "bandwidth('at')" }], scales: [{ name: 'side', type: 'band', range: 'width', domain: [...series] }],
      marks: [{ type: 'rect', from: { data: 'own' }, encode: { enter: { x: { scale: 'side', field: 'series' }, width: { scale: 'side', band: 1 }, y: { scale: 'value', field: 'value' }, y2: { scale: 'value', value: 0 }, fill: { scale: 'colour', field: 'series' } } } }],
    }],
  });
}
