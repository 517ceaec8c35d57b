/** One report: what is known of it, how it got here, its words with their repairs, its tables with their checks, and the page as it was. */
import { payloadSize, readEntries } from '../../store/browse.js';
import { readParts } from '../../store/read.js';
import type { DocumentParts, DocumentVersion } from '../../store/read.js';
import { askedDocument } from '../asked-document.js';
import { agencyLink, facts, gradeWord, reportLink, scrolling, when } from '../frame.js';
import type { Html } from '../../markup.js';
import { html, outward, told } from '../../markup.js';
import { provenanceChain } from '../provenance.js';
import { LISTED, placeRepairs, repairedText } from '../repaired-text.js';
import type { PlacedRepair } from '../repaired-text.js';
import { checksSummary, statutoryTables } from '../statutory.js';
import type { PageMaker, Visit } from '../visit.js';
import type { Word } from '../words.js';
import { isShownInPage } from './raw.js';

/** Characters of a text shown in the page: a report of this length would fill 200 sheets. */
const SHOWN = 200_000;

/** Characters of a reading shown in the list of repairs. */
const READING = 300;

/** Up to this many repairs the list of them stands open. */
const UNFOLDED = 10;

function head(visit: Visit, document: DocumentVersion): Html {
  const { say } = visit;
  const place = [document.province, document.city, document.county].filter((name, index, all) => name !== null && all.indexOf(name) === index).join(' ');
  const period = document.periodStart === null ? null : `${document.periodStart} – ${document.periodEnd ?? ''}`;
  return html`<h1 lang="zh-Hans">${told(document.title ?? document.url)}</h1>
${document.version < document.versions ? html`<p class="note">${say('oldVersion', { version: document.version, versions: document.versions })} <a href="${visit.to(`/report/${document.reportId}`)}">${say('current')}</a></p>` : null}
${document.removedAt === null ? null : html`<p class="note">${say('removedOn', { date: document.removedAt.slice(0, 10) })}</p>`}
${facts([
    [say('agency'), agencyLink(visit, document.agency)], [say('year'), document.year], [say('published'), document.publishedOn], [say('place'), told(place)], [say('code'), document.code], [say('period'), period],
    [say('formatEra'), document.formatEra], [say('grade'), gradeWord(visit, document.grade)], [say('kind'), document.kind === 'other' ? say('other') : null], [say('basis'), document.legalBasis.map((basis, index) => html`${index > 0 ? '；' : ''}${told(basis)}`)],
    [say('original'), outward(document.url)], [say('seen'), `${when(document.firstSeen)} / ${when(document.lastSeen)}`], [say('versions'), versionLinks(visit, document)],
  ])}`;
}

function versionLinks(visit: Visit, { reportId, versions, version }: DocumentVersion): Html | null {
  if (versions === 1) return null;
  // Newest first; a page that changes every night has more than anybody reads.
  const shown = Array.from({ length: Math.min(versions, 30) }, (_, index) => versions - index);
  const links = shown.map((number) => html`<a href="${visit.to(`/report/${reportId}`, { version: number })}"${number === version ? html` aria-current="true"` : null}>${visit.say('versionN', { version: number })}</a> `);
  return html`${links}${version > 1 ? html`· <a href="${visit.to(`/report/${reportId}/versions`, { from: version - 1, to: version })}">${visit.say('compare')}</a>` : null}`;
}

function contents(visit: Visit, document: DocumentVersion): Html | null {
  if (document.sections.length < 2) return null;
  return html`<nav aria-label="${visit.say('contents')}"><ul class="toc">${document.sections.map(({ heading }, index) => html`<li><a href="#s${index}">${told(heading)}</a></li>`)}</ul></nav>`;
}

function reading(text: string): string {
  return text.length > READING ? `${text.slice(0, READING)}…` : text;
}

function repairList(visit: Visit, placed: readonly PlacedRepair[]): Html | null {
  if (placed.length === 0) return null;
  const { say } = visit;
  const rows = placed.slice(0, LISTED).map(({ number, repair }) => html`<tr id="repair-${number}"><td class="n">${number}</td><td><code>${repair.step}</code></td><td><del class="before">${reading(repair.before)}</del></td><td><ins class="after">${reading(repair.after)}</ins></td><td class="n">${repair.confidence}</td></tr>`);
  return html`<h2 id="repairs">${say('stepRepairs')}</h2><details${placed.length <= UNFOLDED ? html` open` : null}><summary>${say('repairCount', { count: placed.length })}</summary>${scrolling(say('stepRepairs'), html`<table><thead><tr><th scope="col" class="n">#</th><th scope="col">${say('step')}</th><th scope="col">${say('before')}</th><th scope="col">${say('after')}</th><th scope="col" class="n">${say('confidence')}</th></tr></thead><tbody>${rows}</tbody></table>`)}
${placed.length > LISTED ? html`<p>${say('moreRepairs', { count: placed.length - LISTED })}</p>` : null}</details>`;
}

/** What the report says in numbers outside its tables, with the sentence of each. */
function statements(visit: Visit, document: DocumentVersion): Html | null {
  if (document.statements.length === 0) return null;
  const { say } = visit;
  const rows = document.statements.map(({ key, value, unit, isApproximate, sentence }) => html`<tr><th scope="row"><code>${key}</code></th><td class="n">${isApproximate ? say('about') : null}${value}${told(unit)}</td><td>${told(sentence)}</td></tr>`);
  return html`<h2 id="statements">${say('statements')}</h2>${scrolling(say('statements'), html`<table><thead><tr><th scope="col">${say('counted')}</th><th scope="col" class="n">${say('figure')}</th><th scope="col">${say('sentence')}</th></tr></thead><tbody>${rows}</tbody></table>`)}`;
}

/** The catalogue card (索引号, 发布机构 …) that some portals print above a page. */
function card(visit: Visit, { metadata }: DocumentVersion): Html | null {
  return metadata === null ? null : html`<h2>${visit.say('card')}</h2>${facts(Object.entries(metadata).map(([key, value]) => [key, told(value)]))}`;
}

/** Where on the page the parts are that this report has. */
function jumps(visit: Visit, parts: DocumentParts, document: DocumentVersion): Html {
  const places: readonly (readonly [id: string, word: Word, isThere: boolean])[] = [
    ['provenance', 'provenance', true], ['text', 'text', true], ['tables', 'tables', parts.cells.length > 0], ['checks', 'checks', parts.checks.length > 0], ['statements', 'statements', document.statements.length > 0],
    ['repairs', 'stepRepairs', parts.repairs.length > 0], ['raw', 'rawPage', true],
  ];
  return html`<nav class="jumps" aria-label="${visit.say('onThisPage')}"><ul>${places.map(([id, word, isThere]) => (isThere ? html`<li><a href="#${id}">${visit.say(word)}</a></li>` : null))}</ul></nav>`;
}

function copies(visit: Visit, parts: DocumentParts): Html | null {
  if (parts.duplicates.length === 0) return null;
  const links = new Map(parts.duplicates.map((link) => [link.reportId, link]));
  const entries = readEntries(visit.database, [...links.keys()]);
  return html`<h2>${visit.say('copies')}</h2><ul>${entries.map((entry) => {
    const link = links.get(entry.reportId);
    return html`<li>${reportLink(visit, entry)} — ${told(entry.agency)} ${entry.year}${link && html` · ${visit.say(`kind_${link.kind}`)} · ${visit.say('similarity')} ${link.similarity.toFixed(2)}`}</li>`;
  })}</ul>`;
}

function attachments(visit: Visit, parts: DocumentParts): Html | null {
  if (parts.attachments.length === 0) return null;
  return html`<h2>${visit.say('attachments')}</h2><ul>${parts.attachments.map(({ name, url, sha256, mediaType }) => html`<li>${told(name)} — ${outward(url)} · ${sha256 === null ? visit.say('notFetched') : html`${mediaType} <span class="digest">${sha256}</span>`}</li>`)}</ul>`;
}

function oddities(visit: Visit, document: DocumentVersion): Html | null {
  if (document.notices.length === 0) return null;
  return html`<h2>${visit.say('notices')}</h2><ul>${document.notices.map(({ code, message }) => html`<li><code>${code}</code> ${told(message)}</li>`)}</ul>`;
}

function rawView(visit: Visit, document: DocumentVersion): Html {
  const { say } = visit;
  const address = visit.to(`/report/${document.reportId}/raw`, { version: document.version });
  const save = html`<a href="${visit.to(`/report/${document.reportId}/raw`, { version: document.version, save: 1 })}">${say('rawSave')}</a>`;
  if (!isShownInPage(document)) return html`<p>${say('rawOther', { mediaType: document.mediaType ?? say('unknown') })}</p><p class="actions">${save}</p>`;
  return html`<p class="quiet">${say('rawAbout')}</p><p class="actions"><a href="${address}">${say('rawOpen')}</a>${save}</p><iframe class="raw" sandbox="" loading="lazy" title="${say('rawPage')}" src="${address}"></iframe>`;
}

export const reportPage: PageMaker = (visit, [wanted = '']) => {
  const document = askedDocument(visit, wanted);
  if (!document) return null;
  const parts = readParts(visit.database, document);
  const payloadBytes = payloadSize(visit.database, document.rawSha256);
  const placed = placeRepairs(parts.repairs);
  const { say } = visit;
  return {
    kind: 'page', section: null, title: document.title ?? document.url, data: { ...document, ...parts, payloadBytes },
    body: html`${head(visit, document)}
${jumps(visit, parts, document)}
<h2 id="provenance">${say('provenance')}</h2>${provenanceChain(visit, document, { repairs: parts.repairs, payloadBytes })}
<h2 id="text">${say('text')}</h2>${contents(visit, document)}
${placed.length > 0 ? html`<p><label class="toggle"><input type="checkbox" id="before" checked> ${say('showBefore')}</label></p>` : null}
${repairedText(visit, document, placed, SHOWN)}${document.text.length > SHOWN ? html`<p class="note">${say('cutText', { count: SHOWN })}</p>` : null}
<h2 id="tables">${say('tables')}</h2>${statutoryTables(visit, parts.cells, parts.checks)}
${parts.checks.length > 0 ? html`<h2 id="checks">${say('checks')}</h2>${checksSummary(visit, parts.checks)}` : null}
${statements(visit, document)}${repairList(visit, placed)}${card(visit, document)}${attachments(visit, parts)}${copies(visit, parts)}${oddities(visit, document)}
<h2 id="raw">${say('rawPage')}</h2>${rawView(visit, document)}`,
  };
};
