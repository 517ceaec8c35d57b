/** Runs: what each did, and how the portals fare. */
import { readChanges, readPortalHealth, readPortalsOfRun, readRun, readRuns } from '../../store/read-runs.js';
import type { ReportLine, RunRow } from '../../store/read-runs.js';
import type { RunOutcome } from '../../store/runs.js';
import { askedNumber, askedSheet } from '../asked.js';
import { columnChart } from '../chart.js';
import { agencyLink, amount, facts, reportLink, scrolling, sheets, when } from '../frame.js';
import { healthTable } from '../health.js';
import type { Html } from '../../markup.js';
import { html } from '../../markup.js';
import { portalPath } from '../visit.js';
import type { Drawing, PageMaker, Visit } from '../visit.js';
import type { Word } from '../words.js';

/** Runs a page, and in the chart: a month of nights. */
const RUNS = 30;

/** Portals a page. */
const PORTALS = 100;

/** Reports of a kind shown on a run's page. */
const CHANGES = 200;

const outcomeWord = (visit: Visit, run: RunRow): string => visit.say(`outcome_${run.outcome as RunOutcome}`);

function runRow(visit: Visit, run: RunRow): Html {
  return html`<tr><th scope="row" class="n"><a href="${visit.to(`/run/${run.runId}`)}" aria-label="${visit.say('runN', { run: run.runId })}">${run.runId}</a></th><td>${run.command}</td><td class="when">${when(run.startedAt)}</td><td class="when">${when(run.finishedAt)}</td>
<td>${outcomeWord(visit, run)}</td><td class="n">${run.requests}</td><td class="n">${run.captures}</td><td class="n">${amount(run.transferBytes)}</td><td class="n">${run.newReports}</td><td class="n">${run.changedReports}</td></tr>`;
}

function runTable(visit: Visit, runs: readonly RunRow[]): Html {
  const { say } = visit;
  const names: readonly (readonly [Word, boolean])[] = [['run', true], ['command', false], ['started', false], ['finished', false], ['outcome', false], ['requests', true], ['captures', true], ['transferred', true], ['newReports', true], ['changedReports', true]];
  return scrolling(say('runs'), html`<table><thead><tr>${names.map(([word, isNumber]) => html`<th scope="col"${isNumber ? html` class="n"` : null}>${say(word)}</th>`)}</tr></thead><tbody>${runs.map((run) => runRow(visit, run))}</tbody></table>`);
}

export const runsPage: PageMaker = (visit) => {
  const before = askedNumber(visit, 'before', [1, 999_999_999]);
  const found = readRuns(visit.database, RUNS + 1, before);
  const runs = found.slice(0, RUNS);
  const sheet = askedSheet(visit, PORTALS);
  const portals = readPortalHealth(visit.database, [], { limit: PORTALS + 1, offset: sheet.offset });
  const { say } = visit;
  const older = found.length > RUNS ? html`<p><a href="${visit.to('/runs', { before: runs.at(-1)?.runId })}">${say('older')} →</a></p>` : null;
  return {
    kind: 'page', section: '/runs', title: say('runs'), data: { runs, page: sheet.number, portals: portals.slice(0, PORTALS) },
    body: html`<h1>${say('runs')}</h1><p class="lead">${say('runsLead')}</p>${runs.length === 0 ? html`<p class="note">${say('noRuns')}</p>`
      : html`${runTable(visit, runs)}${older}<h2>${say('runChart')}</h2><img class="chart" src="${visit.to('/runs.svg', { before })}" alt="${say('chartOf', { what: say('runChart') })}" width="900" height="330">`}
<h2>${say('health')}</h2>${healthTable(visit, portals.slice(0, PORTALS))}${sheets(visit, sheet, portals.length > PORTALS)}`,
  };
};

export const runsChart: PageMaker = (visit): Drawing | null => {
  const runs = readRuns(visit.database, RUNS, askedNumber(visit, 'before', [1, 999_999_999])).reverse();
  if (runs.length === 0) return null;
  const series = [visit.say('newReports'), visit.say('changedReports')] as const;
  const points = runs.flatMap((run) => [{ series: series[0], at: run.runId, value: run.newReports }, { series: series[1], at: run.runId, value: run.changedReports }]);
  const title = visit.say('runChart');
  return async () => ({ kind: 'file', mediaType: 'image/svg+xml; charset=utf-8', body: await columnChart({ title, description: title }, points, series), saveAs: null });
};

function changeList(visit: Visit, word: Word, lines: readonly ReportLine[]): Html {
  const shown = lines.slice(0, CHANGES);
  return html`<h2>${visit.say(word)}: ${lines.length}</h2>${shown.length === 0 ? null : html`<ul>${shown.map((line) => html`<li>${reportLink(visit, line)} — ${agencyLink(visit, line.agency)} ${line.year}${line.version > 1 && word === 'changedReports'
    ? html` · <a href="${visit.to(`/report/${line.reportId}/versions`, { from: line.version - 1, to: line.version })}">${visit.say('compare')}</a>` : null}</li>`)}</ul>`}${lines.length > CHANGES ? html`<p>${visit.say('more', { count: lines.length - CHANGES })}</p>` : null}`;
}

export const runPage: PageMaker = (visit, [number = '']) => {
  const run = readRun(visit.database, Number(number));
  if (!run) return null;
  const changes = readChanges(visit.database, run.runId);
  const portals = readPortalsOfRun(visit.database, run.runId);
  const { say } = visit;
  const title = say('runN', { run: run.runId });
  return {
    kind: 'page', section: '/runs', title, data: { run, changes, portals },
    body: html`<h1>${title}</h1>${facts([
      [say('command'), run.command], [say('started'), when(run.startedAt)], [say('finished'), when(run.finishedAt)], [say('outcome'), outcomeWord(visit, run)], [say('requests'), run.requests], [say('captures'), run.captures],
      [say('transferred'), amount(run.transferBytes)], [say('version'), run.toolVersion], [say('seal'), run.runSha256 === null ? null : html`<span class="digest">${run.runSha256}</span>`],
    ])}${changeList(visit, 'newReports', changes.new)}${changeList(visit, 'changedReports', changes.changed)}${changeList(visit, 'goneReports', changes.gone)}
<h2>${say('sameReports')}: ${changes.same.length}</h2>
<h2>${say('askedPortals')}</h2>${scrolling(say('askedPortals'), html`<table><thead><tr><th scope="col">${say('portal')}</th><th scope="col" class="n">${say('requests')}</th><th scope="col">${say('troubles')}</th></tr></thead><tbody>
${portals.slice(0, CHANGES).map((portal) => html`<tr><th scope="row"><a href="${visit.to(portalPath(portal.portalId))}"><bdi lang="zh-Hans">${portal.agency ?? portal.portalId}</bdi></a></th><td class="n">${portal.requests}</td><td>${portal.failures.map(({ reason, pages }, index) => `${index > 0 ? ', ' : ''}${reason} ×${pages}`)}</td></tr>`)}</tbody></table>`)}
${portals.length > CHANGES ? html`<p>${say('more', { count: portals.length - CHANGES })}</p>` : null}`,
  };
};
