/** Shows how portals fare, a row each. */
import type { PortalHealth } from '../store/read-runs.js';
import { agencyLink, scrolling, when } from './frame.js';
import type { Html } from '../markup.js';
import { html, outward } from '../markup.js';
import { portalPath } from './visit.js';
import type { Visit } from './visit.js';

/** Reasons named in a row; the portal's own page has them all. */
const NAMED = 3;

function trouble(visit: Visit, portal: PortalHealth): Html | string {
  if (!portal.enabled) return visit.say('disabled');
  if (portal.reasons.length === 0) return portal.lastVisit === null ? visit.say('never') : visit.say('fine');
  return html`${portal.reasons.slice(0, NAMED).map(({ state, reason, pages }, index) => html`${index === 0 ? '' : ', '}<span${state === 'failed' ? html` class="warn"` : null}>${reason} ×${pages}</span>`)}`;
}

/** A table of portals with what came of their pages. */
export function healthTable(visit: Visit, portals: readonly PortalHealth[]): Html {
  const { say } = visit;
  const rows = portals.map((portal) => html`<tr><th scope="row"><a href="${visit.to(portalPath(portal.portalId))}">${portal.code ?? ''} ${say('portal')}</a></th><td>${agencyLink(visit, portal.agency)}</td>
<td class="n">${portal.reports}</td><td class="n">${portal.captured}</td><td class="n">${portal.waiting}</td><td class="when">${when(portal.lastVisit)}</td><td>${trouble(visit, portal)}</td><td>${outward(portal.address)}</td></tr>`);
  return scrolling(say('health'), html`<table><thead><tr><th scope="col">${say('portal')}</th><th scope="col">${say('agency')}</th><th scope="col" class="n">${say('reports')}</th><th scope="col" class="n">${say('pagesHeld')}</th><th scope="col" class="n">${say('waiting')}</th><th scope="col">${say('lastVisit')}</th><th scope="col">${say('troubles')}</th><th scope="col">${say('address')}</th></tr></thead><tbody>${rows}</tbody></table>`);
}
