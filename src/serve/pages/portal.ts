/** One portal: how it fares, and the newest exchanges with it. */
import { readPortalCaptures } from '../../store/browse.js';
import { readListsOfPortal } from '../../store/lists.js';
import type { ListRow } from '../../store/lists.js';
import { readPortal } from '../../store/read-runs.js';
import { askedSheet } from '../asked.js';
import { agencyLink, amount, facts, scrolling, sheets, when } from '../frame.js';
import type { Html } from '../../markup.js';
import { html, outward, told } from '../../markup.js';
import type { PageMaker, Visit } from '../visit.js';

const A_PAGE = 50;

/** Reports missing of a list that are named; the twin has them all. */
const NAMED = 20;

/** Why a list is not whole, and what it names that the archive does not hold. */
function shortfall(visit: Visit, { causes, missing }: ListRow): Html | null {
  if (causes.length + missing.length === 0) return null;
  const named = missing.slice(0, NAMED).map(({ url, anchor, reason }) => html`<li><code>${reason}</code> ${told(anchor)} ${outward(url)}</li>`);
  return html`${causes.map((cause, index) => html`${index > 0 ? ', ' : ''}<code class="warn">${cause}</code>`)}${missing.length === 0 ? null : html`<details><summary>${visit.say('missing', { count: missing.length })}</summary><ul>${named}</ul>${missing.length > NAMED ? html`<p>${visit.say('more', { count: missing.length - NAMED })}</p>` : null}</details>`}`;
}

function listTable(visit: Visit, lists: readonly ListRow[]): Html {
  const { say } = visit;
  const rows = lists.map((list) => html`<tr><th scope="row">${told(list.name)} ${outward(list.url)}</th><td${list.state === 'whole' ? null : html` class="warn"`}>${say(`listState_${list.state}`)}</td><td class="n">${list.total}</td><td class="n">${list.rows}</td>
<td class="n">${list.listed}</td><td class="n">${list.fetched}</td><td class="n">${list.held}</td><td>${shortfall(visit, list)}</td></tr>`);
  return scrolling(say('lists'), html`<table><thead><tr><th scope="col">${say('listName')}</th><th scope="col">${say('state')}</th><th scope="col" class="n">${say('rowsSaid')}</th><th scope="col" class="n">${say('rowsSeen')}</th><th scope="col" class="n">${say('reportsListed')}</th><th scope="col" class="n">${say('reportsFetched')}</th><th scope="col" class="n">${say('reportsHeld')}</th><th scope="col">${say('troubles')}</th></tr></thead><tbody>${rows}</tbody></table>`);
}

export const portalPage: PageMaker = (visit, [portalId = '']) => {
  const portal = readPortal(visit.database, portalId);
  if (!portal) return null;
  const sheet = askedSheet(visit, A_PAGE);
  const lists = readListsOfPortal(visit.database, portalId);
  const captures = readPortalCaptures(visit.database, portalId, { limit: A_PAGE + 1, offset: sheet.offset });
  const shown = captures.slice(0, A_PAGE);
  const { say } = visit;
  const title = `${portal.agency ?? ''} ${say('portal')}`.trim();
  return {
    kind: 'page', section: '/coverage', title, data: { portal, lists, page: sheet.number, captures: shown },
    body: html`<h1>${title}</h1>${facts([
      [say('agency'), agencyLink(visit, portal.agency)], [say('code'), portal.code], [say('address'), outward(portal.address)], [say('reports'), portal.reports],
      [say('pagesHeld'), portal.captured], [say('waiting'), portal.waiting], [say('lastVisit'), when(portal.lastVisit) ?? say('never')], [say('state'), portal.enabled ? null : say('disabled')],
    ])}
<h2>${say('troubles')}</h2>${portal.reasons.length === 0 ? html`<p>${say('nothing')}</p>` : html`<ul>${portal.reasons.map(({ reason, pages, example }) => html`<li><code>${reason}</code> ×${pages} — ${outward(example)}</li>`)}</ul>`}
${lists.length === 0 ? null : html`<h2>${say('lists')}</h2>${listTable(visit, lists)}`}
<h2>${say('captures')}</h2>${scrolling(say('captures'), html`<table><thead><tr><th scope="col">${say('time')}</th><th scope="col" class="n">${say('status')}</th><th scope="col">${say('outcome')}</th><th scope="col">${say('kind')}</th><th scope="col" class="n">${say('size')}</th><th scope="col">${say('address')}</th></tr></thead><tbody>
${shown.map((capture) => html`<tr><td class="when">${when(capture.fetchedAt)}</td><td class="n">${capture.status}</td><td>${capture.outcome} · <code>${capture.reason}</code></td><td>${capture.kind}</td><td class="n">${capture.payloadBytes === null ? null : amount(capture.payloadBytes)}</td><td>${outward(capture.url)}</td></tr>`)}</tbody></table>`)}
${sheets(visit, sheet, captures.length > A_PAGE)}`,
  };
};
