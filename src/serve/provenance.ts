/** Shows the chain from the request to the words: request, bytes, charset, main text, repairs, text. */
import type { Repair } from '../record.js';
import type { DocumentVersion } from '../store/read.js';
import { when } from './frame.js';
import { grouped } from './grouped.js';
import type { Html } from '../markup.js';
import { html, outward } from '../markup.js';
import type { Visit } from './visit.js';
import type { Word } from './words.js';

const WAYS: Readonly<Record<string, Word>> = { http: 'viaHttp', browser: 'viaBrowser', import: 'viaImport' };

function request(visit: Visit, { provenance, url, finalUrl }: DocumentVersion): Html {
  const { say } = visit;
  const via = say(WAYS[provenance.via] ?? 'viaHttp');
  return html`<p>${outward(url)}</p><p>${provenance.status === null ? via : say('answered', { via, status: provenance.status })}</p>
${provenance.redirects.length > 0 ? html`<p>${say('redirected', { count: provenance.redirects.length })} ${outward(finalUrl)}</p>` : null}
<p>${when(provenance.fetchedAt)} UTC${provenance.runId === null ? null : html` · <a href="${visit.to(`/run/${provenance.runId}`)}">${say('inRun')} ${provenance.runId}</a>`}</p>
${provenance.robots === null ? null : html`<p>${say('robots', { robots: provenance.robots })}</p>`}${provenance.referrer === null ? null : html`<p>${say('heard')} ${outward(provenance.referrer)}</p>`}`;
}

function charset(visit: Visit, { charset: judged }: DocumentVersion): Html {
  const { say } = visit;
  return html`<p>${say('usedCharset', { used: judged.used ?? say('unknown'), from: judged.from ?? say('unknown') })}</p>${judged.declared ? html`<p>${say('declaredCharset', { declared: judged.declared })}</p>` : null}
${judged.replaced > 0 ? html`<p class="warn">${say('replaced', { count: judged.replaced })}</p>` : null}<p class="quiet">${judged.reason}</p>`;
}

function repairs(visit: Visit, all: readonly Repair[]): Html {
  if (all.length === 0) return html`<p>${visit.say('noRepairs')}</p>`;
  return html`<p><a href="#repairs">${visit.say('repairCount', { count: all.length })}</a></p>${[...grouped(all, ({ step }) => step)].map(([step, own]) => html`<p><code>${step}</code> ×${own.length}</p>`)}`;
}

/** The chain as an ordered list. */
export function provenanceChain(visit: Visit, document: DocumentVersion, learned: { readonly repairs: readonly Repair[]; readonly payloadBytes: number | null }): Html {
  const { say } = visit;
  const steps: readonly (readonly [Word, Html])[] = [
    ['stepRequest', request(visit, document)],
    ['stepBytes', html`<p>${document.mediaType}</p>${learned.payloadBytes === null ? null : html`<p>${say('bytes', { bytes: learned.payloadBytes })}</p>`}<p class="digest">SHA-256 ${document.rawSha256}</p>
<p><a href="${visit.to(`/report/${document.reportId}/raw`, { version: document.version, save: 1 })}">${say('rawSave')}</a></p>`],
    ['stepCharset', charset(visit, document)],
    ['stepExtraction', html`<p>${say('foundBy', { extraction: document.extraction })}</p>`],
    ['stepRepairs', repairs(visit, learned.repairs)],
    ['stepText', html`<p><a href="#text">${say('characters', { count: document.text.length })}</a></p><p class="digest">SHA-256 ${document.textSha256}</p><p>${say('derivedBy', { derivation: document.derivation })}</p>`],
  ];
  return html`<ol class="chain">${steps.map(([word, body]) => html`<li><strong>${say(word)}</strong>${body}</li>`)}</ol>`;
}
