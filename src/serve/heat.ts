/** Draws the heat map of agencies and years: a table whose every cell leads to the report or to the reason why there is none. */
import type { LedgerCell } from '../store/browse.js';
import type { LedgerState } from '../store/ledger-rules.js';
import { scrolling } from './frame.js';
import { grouped } from './grouped.js';
import type { Html } from '../markup.js';
import { html, told } from '../markup.js';
import { agencyPath } from './visit.js';
import type { Visit } from './visit.js';

/** States in the order of the legend, each with a sign: colour alone says nothing to many. */
export const STATE_SIGNS: Readonly<Record<LedgerState, string>> = {
  held: '●', 'held-late': '◐', 'mirror-only': '◇', removed: '✕', blocked: '!', 'not-found': '○', 'not-searched': '?', 'not-due': '·',
};

/** What the colours and signs mean. */
export function stateLegend(visit: Visit): Html {
  return html`<ul class="legend" aria-label="${visit.say('legend')}">${Object.entries(STATE_SIGNS).map(([state, sign]) =>
    html`<li><span class="swatch ${state}" aria-hidden="true">${sign}</span>${visit.say(state as LedgerState)}</li>`)}</ul>`;
}

/** Where a cell leads: to the report it stands for, else to the agency's year. */
export function cellTarget(visit: Visit, cell: Pick<LedgerCell, 'agency' | 'year' | 'reportId'>): string {
  return cell.reportId === null ? `${visit.to(agencyPath(cell.agency))}#y${cell.year}` : visit.to(`/report/${cell.reportId}`);
}

function oneCell(visit: Visit, cell: LedgerCell | undefined, year: number): Html {
  if (!cell) return html`<td></td>`;
  const says = `${cell.agency} ${year}: ${visit.say(cell.state)}`;
  return html`<td><a class="${cell.state}" href="${cellTarget(visit, cell)}" title="${says}" aria-label="${says}">${STATE_SIGNS[cell.state]}</a></td>`;
}

function agencyRow(visit: Visit, agency: string, cells: readonly LedgerCell[], years: readonly number[]): Html {
  const byYear = new Map(cells.map((cell) => [cell.year, cell]));
  return html`<tr><th scope="row"><a href="${visit.to(agencyPath(agency))}">${told(agency)}</a></th>${years.map((year) => oneCell(visit, byYear.get(year), year))}</tr>`;
}

/** Agencies that stand together under a name, such as a province's. */
export interface HeatGroup {
  /** Null for a map of one group only. */
  readonly name: string | null;
  readonly cells: readonly LedgerCell[];
}

/** The agencies of the given cells, a row each, over all years that any of them has. */
export function heatMap(visit: Visit, groups: readonly HeatGroup[], label: string): Html {
  const years = [...new Set(groups.flatMap(({ cells }) => cells.map(({ year }) => year)))].sort((a, b) => a - b);
  const bodies = groups.map(({ name, cells }) => html`<tbody>${name === null ? null : html`<tr class="group"><th scope="rowgroup" colspan="${years.length + 1}">${name}</th></tr>`}
${[...grouped(cells, ({ agency }) => agency)].map(([agency, own]) => agencyRow(visit, agency, own, years))}</tbody>`);
  return scrolling(label, html`<table class="heat"><thead><tr><td></td>${years.map((year) => html`<th scope="col">${year}</th>`)}</tr></thead>${bodies}</table>`);
}
