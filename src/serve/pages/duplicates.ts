/** Duplicates: documents that are copies of each other, in clusters. */
import { dataVersion, readEntries } from '../../store/browse.js';
import { clustersOf, readDuplicatePairs } from '../../store/clusters.js';
import type { Cluster } from '../../store/clusters.js';
import type { Sqlite } from '../../store/open.js';
import { askedSheet } from '../asked.js';
import { agencyLink, gradeWord, reportLink, scrolling, sheets } from '../frame.js';
import { grouped } from '../grouped.js';
import type { Html } from '../../markup.js';
import { html, outward } from '../../markup.js';
import type { PageMaker, Visit } from '../visit.js';

const A_PAGE = 20;

/** Members of a cluster shown in the page; the JSON has them all. */
const MEMBERS = 50;

interface Known {
  readonly version: number;
  readonly clusters: readonly Cluster[];
  readonly pairs: number;
}

/** Clusters are made of all pairs at once, so they are kept until somebody writes to the archive. */
const known = new WeakMap<Sqlite, Known>();

function clustersNow(database: Sqlite): Known {
  const version = dataVersion(database);
  const before = known.get(database);
  if (before?.version === version) return before;
  const pairs = readDuplicatePairs(database);
  const made = { version, clusters: clustersOf(pairs), pairs: pairs.length };
  known.set(database, made);
  return made;
}

function clusterView(visit: Visit, cluster: Cluster, number: number): Html {
  const { say } = visit;
  const entries = readEntries(visit.database, cluster.reportIds.slice(0, MEMBERS));
  const kinds = [...grouped(cluster.pairs, ({ kind }) => kind)].map(([kind, pairs]) => `${say(`kind_${kind}`)} ×${pairs.length}`).join(' · ');
  const least = Math.min(...cluster.pairs.map(({ similarity }) => similarity));
  return html`<section><h2>${say('cluster', { number, count: cluster.reportIds.length })}</h2><p class="quiet">${kinds} · ${say('similarity')} ≥ ${least.toFixed(2)}</p>
${scrolling(say('cluster', { number, count: cluster.reportIds.length }), html`<table><thead><tr><th scope="col">${say('title')}</th><th scope="col">${say('agency')}</th><th scope="col" class="n">${say('year')}</th><th scope="col">${say('grade')}</th><th scope="col">${say('address')}</th></tr></thead><tbody>
${entries.map((entry) => html`<tr><td>${reportLink(visit, entry)}</td><td>${agencyLink(visit, entry.agency)}</td><td class="n">${entry.year}</td><td>${gradeWord(visit, entry.grade)}</td><td>${outward(entry.url)}</td></tr>`)}</tbody></table>`)}
${cluster.reportIds.length > MEMBERS ? html`<p>${say('more', { count: cluster.reportIds.length - MEMBERS })}</p>` : null}</section>`;
}

export const duplicatesPage: PageMaker = (visit) => {
  const { clusters, pairs } = clustersNow(visit.database);
  const sheet = askedSheet(visit, A_PAGE);
  const shown = clusters.slice(sheet.offset, sheet.offset + A_PAGE);
  return {
    kind: 'page', section: '/duplicates', title: visit.say('duplicates'), data: { clusters: clusters.length, pairs, page: sheet.number, shown },
    body: html`<h1>${visit.say('duplicates')}</h1><p class="lead">${clusters.length === 0 ? visit.say('noDuplicates') : visit.say('duplicatesLead', { clusters: clusters.length, pairs })}</p>
${shown.map((cluster, index) => clusterView(visit, cluster, sheet.offset + index + 1))}${sheets(visit, sheet, sheet.offset + A_PAGE < clusters.length)}`,
  };
};
