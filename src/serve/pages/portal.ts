/** One portal: how it fares, and the newest exchanges with it. */
import { readPortalCaptures } from '../../store/browse.js';
import { readPortal } from '../../store/read-runs.js';
import { askedSheet } from '../asked.js';
import { agencyLink, facts, scrolling, sheets, when } from '../frame.js';
import { html, outward } from '../../markup.js';
import type { PageMaker } from '../visit.js';

const A_PAGE = 50;

export const portalPage: PageMaker = (visit, [portalId = '']) => {
  const portal = readPortal(visit.database, portalId);
  if (!portal) return null;
  const sheet = askedSheet(visit, A_PAGE);
  const captures = readPortalCaptures(visit.database, portalId, { limit: A_PAGE + 1, offset: sheet.offset });
  const shown = captures.slice(0, A_PAGE);
  const { say } = visit;
  const title = `${portal.agency ?? ''} ${say('portal')}`.trim();
  return {
    kind: 'page', section: '/coverage', title, data: { portal, page: sheet.number, captures: shown },
    body: html`<h1>${title}</h1>${facts([
      [say('agency'), agencyLink(visit, portal.agency)], [say('code'), portal.code], [say('address'), outward(portal.address)], [say('reports'), portal.reports],
      [say('pagesHeld'), portal.captured], [say('waiting'), portal.waiting], [say('lastVisit'), when(portal.lastVisit) ?? say('never')], [say('state'), portal.enabled ? null : say('disabled')],
    ])}
<h2>${say('troubles')}</h2>${portal.reasons.length === 0 ? html`<p>${say('nothing')}</p>` : html`<ul>${portal.reasons.map(({ reason, pages, example }) => html`<li><code>${reason}</code> ×${pages} — ${outward(example)}</li>`)}</ul>`}
<h2>${say('captures')}</h2>${scrolling(say('captures'), html`<table><thead><tr><th scope="col">${say('time')}</th><th scope="col" class="n">${say('status')}</th><th scope="col">${say('outcome')}</th><th scope="col">${say('kind')}</th><th scope="col" class="n">${say('size')}</th><th scope="col">${say('address')}</th></tr></thead><tbody>
${shown.map((capture) => html`<tr><td class="when">${when(capture.fetchedAt)}</td><td class="n">${capture.status}</td><td>${capture.outcome} · <code>${capture.reason}</code></td><td>${capture.kind}</td><td class="n">${capture.payloadBytes}</td><td>${outward(capture.url)}</td></tr>`)}</tbody></table>`)}
${sheets(visit, sheet, captures.length > A_PAGE)}`,
  };
};
