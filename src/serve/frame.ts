/** The frame around every page: menu, language switch, footer, and the small parts that pages share. */
import type { Sheet } from './asked.js';
import type { Html, Value } from '../markup.js';
import { html, told, visible } from '../markup.js';
import { STYLE_PATH } from './style-path.js';
import type { Page, Visit } from './visit.js';
import { address, agencyPath } from './visit.js';
import type { Word } from './words.js';

/** The menu, in its order. */
const MENU: readonly (readonly [path: string, word: Word])[] = [
  ['/coverage', 'coverage'], ['/search', 'search'], ['/numbers', 'numbers'], ['/runs', 'runs'], ['/duplicates', 'duplicates'],
];

function menu(visit: Visit, section: string | null): Html {
  return html`<nav aria-label="${visit.say('menu')}"><ul>${MENU.map(([path, word]) => html`<li><a href="${visit.to(path)}"${path === section ? html` aria-current="page"` : null}>${visit.say(word)}</a></li>`)}</ul></nav>`;
}

function inOtherLanguage(visit: Visit): Html {
  const other = visit.language === 'zh' ? 'en' : 'zh';
  const query = visit.query.toString();
  return html`<a class="language" hreflang="${other}" lang="${other}" href="${address(`/${other}${visit.path}`)}${query === '' ? '' : `?${query}`}">${other === 'zh' ? '中文' : 'English'}</a>`;
}

function twin(visit: Visit): string {
  const query = visit.query.toString();
  return `${address(`${visit.path === '/' ? '/coverage' : visit.path}.json`)}${query === '' ? '' : `?${query}`}`;
}

/** The whole document. */
export function framed(visit: Visit, page: Page): Html {
  const { say } = visit;
  return html`<!DOCTYPE html>
<html lang="${visit.language === 'zh' ? 'zh-Hans' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${say('siteName')}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
<link rel="icon" type="image/svg+xml" href="/icon.svg">
${page.status === undefined ? html`<link rel="alternate" type="application/json" href="${twin(visit)}">` : null}
</head>
<body>
<a class="skip" href="#main">${say('skip')}</a>
<header class="top"><div><a class="name" href="${visit.to('/coverage')}">${say('siteName')}</a>${menu(visit, page.section)}${inOtherLanguage(visit)}</div></header>
<main id="main" tabindex="-1">
${page.body}
</main>
<footer class="foot"><div><span>${say('readOnly')}</span><span>nianbao ${say('version')} ${visit.knowledge.toolVersion}</span>${page.status === undefined ? html`<a href="${twin(visit)}">${say('asJson')}</a>` : null}</div></footer>
</body>
</html>
`;
}

/** Links to the pages before and after in a long list. */
export function sheets(visit: Visit, sheet: Sheet, hasMore: boolean): Html | null {
  if (sheet.number === 1 && !hasMore) return null;
  const at = (page: number): string => visit.to(visit.path, { ...Object.fromEntries(visit.query), page });
  return html`<nav class="sheets" aria-label="${visit.say('pages')}">${sheet.number > 1 ? html`<a rel="prev" href="${at(sheet.number - 1)}">← ${visit.say('previous')}</a>` : null}
<span>${visit.say('pageOf', { page: sheet.number })}</span>${hasMore ? html`<a rel="next" href="${at(sheet.number + 1)}">${visit.say('next')} →</a>` : null}</nav>`;
}

/** A list of facts; those without a value are left out. */
export function facts(rows: readonly (readonly [name: string, value: Value])[]): Html {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0));
  return html`<dl class="facts">${known.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** A table that scrolls in its own box, reachable by keyboard. */
export function scrolling(label: string, table: Html): Html {
  return html`<div class="wide" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}

/** A link to a report, by its title. */
export function reportLink(visit: Visit, entry: { readonly reportId: string; readonly title: string | null; readonly url: string }): Html {
  return html`<a href="${visit.to(`/report/${entry.reportId}`)}">${told(entry.title ?? entry.url)}</a>`;
}

/** A link to an agency; its name alone when there is none. */
export function agencyLink(visit: Visit, agency: string | null): Html | null {
  return agency === null ? null : html`<a href="${visit.to(agencyPath(agency))}">${told(agency)}</a>`;
}

/** `2026-03-01T01:31:00.000Z` as people read it. */
export function when(moment: string | null): string | null {
  return moment === null ? null : visible(moment).slice(0, 19).replace('T', ' ');
}

/** An amount of bytes as people read it: `9.8 MB`. */
export function amount(bytes: number): string {
  const [unit, divisor] = bytes < 1000 ? ['B', 1] as const : bytes < 1e6 ? ['kB', 1e3] as const : bytes < 1e9 ? ['MB', 1e6] as const : ['GB', 1e9] as const;
  const shown = bytes / divisor;
  return `${divisor > 1 && shown < 10 ? shown.toFixed(1) : Math.round(shown)} ${unit}`;
}

const GRADES: Readonly<Record<string, Word>> = { official: 'gradeOfficial', mirror: 'gradeMirror', clone: 'gradeClone' };

/** What kind of copy a report is. */
export function gradeWord(visit: Visit, grade: string | null): string {
  return visit.say(GRADES[grade ?? ''] ?? 'gradeUnknown');
}
