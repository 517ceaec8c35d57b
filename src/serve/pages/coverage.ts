/** Coverage: what share of the reports is held where, and each agency's years. */
import { countAgencies, readCounts, readLedgerCells, readProvinceYears } from '../../store/browse.js';
import type { LedgerCell, ProvinceChoice } from '../../store/browse.js';
import { askedSheet } from '../asked.js';
import { scrolling, sheets } from '../frame.js';
import { grouped } from '../grouped.js';
import { heatMap, stateLegend } from '../heat.js';
import { provinceMap } from '../map.js';
import type { Html } from '../../markup.js';
import { html, outward } from '../../markup.js';
import { provinceName } from '../province-names.js';
import type { ProvinceShare } from '../shares.js';
import { percent, SHADES, shadeOf, sharesOf } from '../shares.js';
import type { PageMaker, Visit } from '../visit.js';

/** Up to this many agencies are shown at once on the first page; more are shown province by province. */
const AT_ONCE = 60;

/** Agencies a page in one province: no province has many more police bureaus. */
const A_PAGE = 150;

const provincePath = (prefix: string | null): string => `/coverage/${prefix ?? 'none'}`;

function scaleLegend(visit: Visit): Html {
  const from = (index: number): string => (index === 0 ? '0' : `${index === 1 ? '>0' : Math.round(100 * (SHADES[index - 1] ?? 0))}${index === 5 ? '–100' : `–${Math.round(100 * (SHADES[index] ?? 1))}`}`);
  return html`<ul class="legend" aria-label="${visit.say('scale')}">${[0, 1, 2, 3, 4, 5].map((index) =>
    html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="s${index}" width="10" height="10"/></svg>${from(index)} %</li>`)}<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="none" width="10" height="10"/></svg>${visit.say('noAgency')}</li></ul>`;
}

function shareTable(visit: Visit, shares: readonly ProvinceShare[]): Html {
  const rows = shares.map((share) => html`<tr><th scope="row"><a href="${visit.to(provincePath(share.prefix))}">${provinceName(visit, share.prefix)}</a></th>
<td class="n">${visit.say('heldOfDue', { held: share.held, due: share.due })}</td><td class="n">${percent(share)}</td></tr>`);
  return scrolling(visit.say('share'), html`<table class="shares"><thead><tr><th scope="col">${visit.say('province')}</th><th scope="col" class="n">${visit.say('reports')}</th><th scope="col" class="n">${visit.say('share')}</th></tr></thead><tbody>${rows}</tbody></table>`);
}

/** Provinces and years, for archives too large to show every agency at once. */
function provinceYears(visit: Visit, shares: readonly ProvinceShare[]): Html {
  const years = [...new Set(shares.flatMap((share) => share.years.map(({ year }) => year)))].sort((a, b) => a - b);
  const cell = (share: ProvinceShare, year: number): Html => {
    const count = share.years.find((known) => known.year === year);
    if (!count || count.due === 0) return html`<td></td>`;
    const says = `${provinceName(visit, share.prefix)} ${year}: ${visit.say('heldOfDue', { held: count.held, due: count.due })}`;
    return html`<td class="share h${shadeOf(count)}"><a href="${visit.to(provincePath(share.prefix))}" title="${says}" aria-label="${says}">${Math.floor((100 * count.held) / count.due)}</a></td>`;
  };
  const rows = shares.map((share) => html`<tr><th scope="row"><a href="${visit.to(provincePath(share.prefix))}">${provinceName(visit, share.prefix)}</a></th>${years.map((year) => cell(share, year))}</tr>`);
  return scrolling(visit.say('byProvince'), html`<table class="heat"><caption>${visit.say('byProvince')} (%)</caption><thead><tr><td></td>${years.map((year) => html`<th scope="col">${year}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`);
}

/** Small archives: every agency, under its province. */
function allAgencies(visit: Visit, cells: readonly LedgerCell[]): Html {
  const provinces = grouped(cells, ({ code }) => code?.slice(0, 2) ?? null);
  return html`<p class="quiet">${visit.say('heatAbout')}</p>${stateLegend(visit)}${heatMap(visit, [...provinces].map(([prefix, own]) => ({ name: provinceName(visit, prefix), cells: own })), visit.say('heat'))}`;
}

/** The first page: the map, the provinces, and in a small archive all agencies. */
export const coveragePage: PageMaker = (visit) => {
  const counts = readCounts(visit.database);
  const provinces = readProvinceYears(visit.database);
  const shares = sharesOf(provinces);
  const cells = counts.agencies <= AT_ONCE ? readLedgerCells(visit.database, 'all', { limit: AT_ONCE, offset: 0 }) : null;
  const { say } = visit;
  return {
    kind: 'page', section: '/coverage', title: say('coverage'), data: { counts, provinces, ...(cells ? { ledger: cells } : {}) },
    body: html`<h1>${say('coverage')}</h1><p class="lead">${say('siteAbout')}</p><p>${say('coverageLead', { ...counts })}</p>
${shares.length === 0 ? html`<p class="note">${say('emptyArchive')}</p>` : null}
<div class="split"><section aria-labelledby="map"><h2 id="map">${say('mapTitle')}</h2><p class="quiet">${say('mapAbout')}</p>${provinceMap(visit, shares)}${scaleLegend(visit)}
<p class="quiet">${say('mapNote')}${outward('https://github.com/VictorCazanave/svg-maps', say('mapCredit', { name: '@svg-maps/china' }))}</p></section>
<section aria-labelledby="provinces"><h2 id="provinces">${say('province')}</h2>${shareTable(visit, shares)}</section></div>
<h2>${say(cells ? 'heat' : 'byProvince')}</h2>${cells ? allAgencies(visit, cells) : provinceYears(visit, shares)}`,
  };
};

/** One province's agencies and years. */
export const provincePage: PageMaker = (visit, [name = '']) => {
  const choice: ProvinceChoice = { prefix: name === 'none' ? null : name };
  const agencies = countAgencies(visit.database, choice);
  if (agencies === 0) return null;
  const sheet = askedSheet(visit, A_PAGE);
  const cells = readLedgerCells(visit.database, choice, sheet);
  const title = provinceName(visit, choice.prefix);
  const share = sharesOf(readProvinceYears(visit.database)).find(({ prefix }) => prefix === choice.prefix);
  return {
    kind: 'page', section: '/coverage', title, data: { prefix: choice.prefix, agencies, page: sheet.number, ledger: cells },
    body: html`<p class="quiet"><a href="${visit.to('/coverage')}">← ${visit.say('coverage')}</a></p><h1>${title}</h1>${share && html`<p>${visit.say('provinceLead', { held: share.held, due: share.due, share: percent(share) })}</p>`}
<p class="quiet">${visit.say('heatAbout')}</p>${stateLegend(visit)}${heatMap(visit, [{ name: null, cells }], title)}${sheets(visit, sheet, sheet.offset + sheet.limit < agencies)}`,
  };
};
