/** Pages for what cannot be shown: they say what happened and what to do. */
import { html } from '../markup.js';
import type { Page, Visit } from './visit.js';
import type { Word } from './words.js';

const TITLES: Readonly<Record<number, Word>> = { 400: 'badTitle', 404: 'notFoundTitle' };

/** The page of a fault, and its twin `{ error }`. */
export function faultPage(visit: Visit, status: 400 | 404 | 500 | 503, message: string): Page {
  const title = visit.say(TITLES[status] ?? 'brokenTitle');
  return {
    kind: 'page', status, section: null, title, data: { error: { status, message } },
    body: html`<h1>${title}</h1><p>${message}</p>${status === 400 ? html`<p>${visit.say('bad')}</p>` : null}<p><a href="${visit.to('/coverage')}">${visit.say('coverage')}</a></p>`,
  };
}
