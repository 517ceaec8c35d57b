/** Draws the map of China: each province in the shade of its share, as a link. */
import type { Html } from '../markup.js';
import { html } from '../markup.js';
import { provinceName, shortProvinceName } from './province-names.js';
import { OUTLINES, VIEW_BOX } from './provinces.js';
import type { ProvinceShare } from './shares.js';
import { percent, shadeOf } from './shares.js';
import type { Visit } from './visit.js';

/** The map. Provinces without an agency are grey and lead nowhere. */
export function provinceMap(visit: Visit, shares: readonly ProvinceShare[]): Html {
  const byPrefix = new Map(shares.map((share) => [share.prefix, share]));
  const drawn = OUTLINES.map(({ prefix, path, label }) => {
    const share = byPrefix.get(prefix);
    const name = provinceName(visit, prefix);
    const text = label && html`<text x="${label[0]}" y="${label[1]}" aria-hidden="true">${shortProvinceName(visit, prefix)}</text>`;
    if (!share) return { shape: html`<path class="none" d="${path}"><title>${name}: ${visit.say('noAgency')}</title></path>`, text };
    const says = `${name}: ${visit.say('heldOfDue', { held: share.held, due: share.due })} (${percent(share)})`;
    return { shape: html`<a href="${visit.to(`/coverage/${prefix}`)}" aria-label="${says}"><title>${says}</title><path class="s${shadeOf(share)}" d="${path}"/></a>`, text: text && html`<g class="t${shadeOf(share)}">${text}</g>` };
  });
  return html`<svg class="map" viewBox="${VIEW_BOX}" role="group" aria-label="${visit.say('mapTitle')}">${drawn.map(({ shape }) => shape)}${drawn.map(({ text }) => text)}</svg>`;
}
