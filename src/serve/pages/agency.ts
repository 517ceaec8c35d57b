/** One agency: its years with the reasons, its reports, the portals on which it publishes. */
import { readAgencyLedger, readAgencyReports } from '../../store/browse.js';
import type { LedgerRow } from '../../store/ledger.js';
import { readPortalsOfAgency } from '../../store/read-runs.js';
import { gradeWord, reportLink, scrolling } from '../frame.js';
import { healthTable } from '../health.js';
import { STATE_SIGNS } from '../heat.js';
import type { Html } from '../../markup.js';
import { html, outward, told } from '../../markup.js';
import type { PageMaker, Visit } from '../visit.js';

/** No agency has so many: a report a year, with its copies. */
const MOST_REPORTS = 200;

/** What a ledger row's evidence may hold; the store writes it as JSON. */
interface Evidence {
  readonly lists?: readonly { readonly url: string; readonly readAt?: string }[];
  readonly open?: readonly { readonly url: string; readonly reason: string; readonly anchor?: string }[];
}

function evidenceOf(row: LedgerRow): Evidence {
  try {
    return JSON.parse(row.evidence) as Evidence;
  } catch {
    return {};
  }
}

function evidence(visit: Visit, row: LedgerRow): Html | null {
  if (row.reportId !== null) return html`<a href="${visit.to(`/report/${row.reportId}`)}">${visit.say('report')}</a>`;
  const { lists = [], open = [] } = evidenceOf(row);
  if (lists.length + open.length === 0) return null;
  return html`<details><summary>${visit.say('listsRead', { count: lists.length })}${open.length > 0 ? ` · ${visit.say('openPages')}: ${open.length}` : null}</summary>
<ul>${lists.map(({ url }) => html`<li>${outward(url)}</li>`)}${open.map(({ url, reason, anchor }) => html`<li><span class="warn">${reason}</span> ${told(anchor)} ${outward(url)}</li>`)}</ul></details>`;
}

function yearsTable(visit: Visit, rows: readonly LedgerRow[]): Html {
  const { say } = visit;
  return scrolling(say('years'), html`<table><thead><tr><th scope="col" class="n">${say('year')}</th><th scope="col">${say('state')}</th><th scope="col">${say('due')}</th><th scope="col">${say('published')}</th><th scope="col">${say('evidence')}</th></tr></thead><tbody>
${rows.map((row) => html`<tr id="y${row.year}"><th scope="row" class="n">${row.year}</th><td><span class="swatch ${row.state}" aria-hidden="true">${STATE_SIGNS[row.state]}</span> ${say(row.state)}</td><td class="when">${row.dueOn}</td>
<td class="when">${row.publishedOn}${row.daysLate !== null && row.daysLate > 0 ? html`<br>${say('daysLate', { days: row.daysLate })}` : null}</td><td>${evidence(visit, row)}</td></tr>`)}</tbody></table>`);
}

export const agencyPage: PageMaker = (visit, [agency = '']) => {
  const ledger = readAgencyLedger(visit.database, agency);
  const reports = readAgencyReports(visit.database, agency, MOST_REPORTS);
  const portals = readPortalsOfAgency(visit.database, agency);
  if (ledger.length + reports.length + portals.length === 0) return null;
  const { say } = visit;
  return {
    kind: 'page', section: '/coverage', title: agency, data: { agency, ledger: ledger.map((row) => ({ ...row, evidence: evidenceOf(row) })), reports, portals },
    body: html`<h1>${told(agency)}</h1><p class="lead">${say('agencyLead')}</p>
<h2>${say('reports')}</h2>${reports.length === 0 ? html`<p>${say('nothing')}</p>` : scrolling(say('reports'), html`<table><thead><tr><th scope="col" class="n">${say('year')}</th><th scope="col">${say('title')}</th><th scope="col">${say('published')}</th><th scope="col">${say('grade')}</th><th scope="col" class="n">${say('versions')}</th></tr></thead><tbody>
${reports.map((entry) => html`<tr><td class="n">${entry.year}</td><td>${reportLink(visit, entry)}</td><td class="when">${entry.publishedOn}</td><td>${gradeWord(visit, entry.grade)}</td><td class="n">${entry.versions}</td></tr>`)}</tbody></table>`)}
<h2>${say('years')}</h2>${yearsTable(visit, ledger)}
<h2>${say('portals')}</h2>${portals.length === 0 ? html`<p>${say('nothing')}</p>` : healthTable(visit, portals)}`,
  };
};
