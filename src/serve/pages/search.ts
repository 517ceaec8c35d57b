/** Search with filters: ranked hits with the passages that match. */
import type { Grade } from '../../record.js';
import { searchArchive } from '../../store/search.js';
import type { SearchHit } from '../../store/search.js';
import { matchExpression } from '../../store/search-words.js';
import type { Snippet } from '../../store/snippet.js';
import { askedChoice, askedNumber, askedSheet, askedWord } from '../asked.js';
import { agencyLink, gradeWord, reportLink, sheets } from '../frame.js';
import type { Html } from '../../markup.js';
import { html, outward } from '../../markup.js';
import type { PageMaker, Visit } from '../visit.js';

const A_PAGE = 20;

/** Ranking reads every match: nobody turns so many pages. */
const LAST_PAGE = 50;

const GRADES = ['', 'official', 'mirror', 'clone'] as const satisfies readonly (Grade | '')[];

interface Asked {
  readonly query: string | null;
  readonly place: string | null;
  readonly year: number | null;
  readonly grade: Grade | '';
}

function form(visit: Visit, asked: Asked): Html {
  const { say } = visit;
  return html`<form class="ask" role="search" method="get" action="${visit.to('/search')}">
<label class="grow">${say('query')}<input type="search" name="q" value="${asked.query}" required maxlength="200" autofocus></label>
<label>${say('place')}<input name="place" value="${asked.place}" placeholder="${say('placeHint')}" size="18" maxlength="60"></label>
<label>${say('year')}<input name="year" value="${asked.year}" inputmode="numeric" pattern="[0-9]{4}" size="6"></label>
<label>${say('grade')}<select name="grade">${GRADES.map((grade) => html`<option value="${grade}"${grade === asked.grade ? html` selected` : null}>${grade === '' ? say('all') : gradeWord(visit, grade)}</option>`)}</select></label>
<button>${say('find')}</button></form>`;
}

function passage({ text, marks }: Snippet): Html {
  const ends = [0, ...marks.map(([, end]) => end)];
  return html`<bdi lang="zh-Hans">${marks.map(([start, end], index) => html`${text.slice(ends[index], start)}<mark>${text.slice(start, end)}</mark>`)}${text.slice(ends.at(-1))}</bdi>`;
}

function hitEntry(visit: Visit, hit: SearchHit): Html {
  return html`<li><h3>${reportLink(visit, hit)}</h3><p class="quiet">${agencyLink(visit, hit.agency)} · ${hit.year ?? visit.say('unknown')} · ${hit.kind === 'other' ? visit.say('other') : gradeWord(visit, hit.grade)}${hit.publishedOn === null ? null : ` · ${hit.publishedOn}`}${hit.removedAt === null ? null : ` · ${visit.say('goneSince', { date: hit.removedAt.slice(0, 10) })}`}</p>
<p>${passage(hit.snippet)}</p><p class="quiet">${outward(hit.url)}</p></li>`;
}

function results(visit: Visit, asked: Asked, hits: readonly SearchHit[]): Html | null {
  if (asked.query === null) return null;
  if (matchExpression(asked.query) === null) return html`<p class="note">${visit.say('emptyQuery', { query: asked.query })}</p>`;
  if (hits.length === 0) return html`<p class="note">${visit.say('noHits', { query: asked.query })}</p>`;
  return html`<h2>${visit.say('hits')}</h2><ol class="hits">${hits.map((hit) => hitEntry(visit, hit))}</ol>`;
}

export const searchPage: PageMaker = (visit) => {
  const asked: Asked = { query: askedWord(visit, 'q'), place: askedWord(visit, 'place'), year: askedNumber(visit, 'year', [1900, 2999]), grade: askedChoice(visit, 'grade', GRADES) };
  const sheet = askedSheet(visit, A_PAGE);
  const places = asked.place === null ? [] : [visit.knowledge.placeCode(asked.place)];
  const wanted = sheet.number > LAST_PAGE ? 0 : A_PAGE + 1;
  const found = asked.query === null ? [] : searchArchive(visit.database, asked.query, { places, year: asked.year, grades: asked.grade === '' ? [] : [asked.grade], limit: wanted, offset: sheet.offset });
  const hits = found.slice(0, A_PAGE);
  return {
    kind: 'page', section: '/search', title: asked.query === null ? visit.say('search') : `${asked.query} · ${visit.say('search')}`,
    data: { query: asked.query, places, year: asked.year, grade: asked.grade === '' ? null : asked.grade, page: sheet.number, hits },
    body: html`<h1>${visit.say('search')}</h1><p class="lead">${visit.say('searchLead')}</p>${form(visit, asked)}${results(visit, asked, hits)}${sheets(visit, sheet, found.length > A_PAGE && sheet.number < LAST_PAGE)}`,
  };
};
