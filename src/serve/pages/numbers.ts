/** Numbers: charts of any cell of the statutory tables, over years or over agencies, to look at and to take away. */
import type { SeriesPoint } from '../../store/browse.js';
import { askedSheet } from '../asked.js';
import { barChart, lineChart } from '../chart.js';
import { cellKey, cellName, drawnAgencies, drawnBars, askedFigures, figuresTitle, MOST_FIGURES } from '../figures.js';
import type { Figures } from '../figures.js';
import { scrolling, sheets } from '../frame.js';
import { grouped } from '../grouped.js';
import type { Html } from '../../markup.js';
import { html, told } from '../../markup.js';
import { tableTitle } from '../statutory.js';
import type { Answer, Drawing, PageMaker, Visit } from '../visit.js';

const A_PAGE = 100;

function cellOptions(visit: Visit, chosen: string): Html {
  const tables = grouped(visit.knowledge.cells, ({ table }) => table);
  return html`${[...tables].map(([table, cells]) => html`<optgroup label="${tableTitle(visit, table)}">${cells.map((cell) =>
    html`<option value="${cellKey(cell)}"${cellKey(cell) === chosen ? html` selected` : null}>${cellName(visit, cell)}</option>`)}</optgroup>`)}`;
}

function form(visit: Visit, figures: Figures): Html {
  const { say } = visit;
  const option = (value: string, word: 'byYears' | 'byAgencies'): Html => html`<option value="${value}"${figures.by === value ? html` selected` : null}>${say(word)}</option>`;
  return html`<form class="ask" method="get" action="${visit.to('/numbers')}">
<label class="grow">${say('cell')}<select name="cell">${cellOptions(visit, cellKey(figures.cell))}</select></label>
<label>${say('by')}<select name="by">${option('years', 'byYears')}${option('agencies', 'byAgencies')}</select></label>
<label>${say('place')}<input name="place" value="${figures.place}" placeholder="${say('placeHint')}" size="16" maxlength="60"></label>
<label>${say('year')}<input name="year" value="${figures.year}" inputmode="numeric" pattern="[0-9]{4}" size="6"></label>
${figures.agency === null ? null : html`<input type="hidden" name="agency" value="${figures.agency}">`}<button>${say('show')}</button></form>`;
}

/** The address of these figures in another form. */
function elsewhere(visit: Visit, path: string, figures: Figures, changes: Readonly<Record<string, string | null>> = {}): string {
  const { cell, by, place, agency, year } = figures;
  return visit.to(path, { cell: cellKey(cell), by, place, agency, year, ...changes });
}

function valueCell(visit: Visit, point: SeriesPoint | undefined): Html {
  if (!point) return html`<td></td>`;
  return html`<td class="n"><a href="${visit.to(`/report/${point.reportId}`)}">${told(point.value ?? (point.raw === '' ? '–' : point.raw))}</a></td>`;
}

function figuresTable(visit: Visit, figures: Figures, agencies: readonly (readonly [string, readonly SeriesPoint[]])[]): Html {
  const years = [...new Set(figures.points.map(({ year }) => year))].sort((a, b) => a - b);
  const rows = agencies.map(([agency, points]) => html`<tr><th scope="row"><a href="${elsewhere(visit, '/numbers', figures, { agency, by: 'years', year: null })}" title="${visit.say('onlyAgency', { agency })}">${told(agency)}</a></th>${years.map((year) => valueCell(visit, points.find((point) => point.year === year)))}</tr>`);
  return scrolling(visit.say('figure'), html`<table><thead><tr><th scope="col">${visit.say('agency')}</th>${years.map((year) => html`<th scope="col" class="n">${year}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`);
}

function chartOf(visit: Visit, figures: Figures, agencies: number): Html {
  const { say } = visit;
  if (!figures.points.some(({ value }) => value !== null)) return html`<p class="note">${say('noFigures')}</p>`;
  const drawn = drawnAgencies(figures.points).length;
  return html`<img class="chart" src="${elsewhere(visit, '/numbers.svg', figures)}" alt="${say('chartOf', { what: figuresTitle(visit, figures) })}" width="900" height="460">
<p class="actions"><a href="${elsewhere(visit, '/numbers.svg', figures, { save: '1' })}">${say('saveSvg')}</a><a href="${elsewhere(visit, '/numbers.csv', figures)}">${say('saveCsv')}</a>
${figures.agency === null ? null : html`<a href="${elsewhere(visit, '/numbers', figures, { agency: null })}">${say('withoutAgency')}</a>`}</p>
${figures.by === 'years' && drawn < agencies ? html`<p class="quiet">${say('shownAgencies', { count: drawn, all: agencies })}</p>` : null}`;
}

export const numbersPage: PageMaker = (visit) => {
  const figures = askedFigures(visit);
  const sheet = askedSheet(visit, A_PAGE);
  const agencies = [...grouped(figures.points, ({ agency }) => agency)];
  return {
    kind: 'page', section: '/numbers', title: `${figuresTitle(visit, figures)} · ${visit.say('numbers')}`, data: figures,
    body: html`<h1>${visit.say('numbers')}</h1><p class="lead">${visit.say('numbersLead')}</p>${form(visit, figures)}
<h2>${figuresTitle(visit, figures)}</h2>${figures.isCut ? html`<p class="note">${visit.say('tooMany', { count: MOST_FIGURES })}</p>` : null}
${chartOf(visit, figures, agencies.length)}${agencies.length === 0 ? null : figuresTable(visit, figures, agencies.slice(sheet.offset, sheet.offset + A_PAGE))}${sheets(visit, sheet, sheet.offset + A_PAGE < agencies.length)}`,
  };
};

async function draw(visit: Visit, figures: Figures): Promise<Answer> {
  const title = figuresTitle(visit, figures);
  const text = { title, description: title };
  const agencies = drawnAgencies(figures.points);
  const lines = figures.points.flatMap(({ agency, year, value }) => (value === null || !agencies.includes(agency) ? [] : [{ series: agency, at: year, value }]));
  const body = figures.by === 'years' ? await lineChart(text, lines, agencies) : await barChart(text, drawnBars(figures.points));
  return { kind: 'file', mediaType: 'image/svg+xml; charset=utf-8', body, saveAs: visit.query.get('save') === null ? null : `${cellKey(figures.cell).replaceAll('/', '.')}.svg` };
}

/** The chart alone. */
export const numbersChart: PageMaker = (visit): Drawing | null => {
  const figures = askedFigures(visit);
  return figures.points.some(({ value }) => value !== null) ? () => draw(visit, figures) : null;
};

const COLUMNS = ['code', 'agency', 'year', 'table', 'row', 'column', 'raw', 'value', 'state', 'reportId'] as const;

/** All figures as CSV, with the names that the exports use. */
export const numbersTable: PageMaker = (visit) => {
  const { cell, points } = askedFigures(visit);
  const rows = points.map((point) => COLUMNS.map((column) => ({ ...point, ...cell })[column]));
  return { kind: 'file', mediaType: 'text/csv; charset=utf-8', body: visit.knowledge.csv([[...COLUMNS], ...rows]), saveAs: `${cellKey(cell).replaceAll('/', '.')}.csv` };
};
