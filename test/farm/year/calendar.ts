/** A year of a dozen portals: they publish, correct, break, are redesigned, fall silent and come back, each on its day. */
import type { FamilyFacts } from '../portals/family-parts.js';
import { build, finish, hex } from '../portals/family-parts.js';
import { columnPages } from '../portals/parts.js';
import { jpaasSite } from '../portals/script-families.js';
import type { World } from '../publisher.js';
import type { Answer, Site } from '../site.js';
import { plain, servePages } from '../site.js';

/** Kinds of alarm, as the archive names them. */
type Kind = 'portal-silent' | 'nothing-listed' | 'layout-changed' | 'text-shrunk' | 'replacement-characters' | 'checks-failing' | 'overdue';

/** An alarm that the year must raise: between these days, and ended on this one; null while it is open at the end of the year. */
export interface Planted {
  readonly agency: string;
  readonly kind: Kind;
  readonly raisedFrom: string;
  readonly raisedTo: string;
  readonly endedOn: string | null;
}

/** A portal of the year. Days are `YYYY-MM-DD` in China; something holds from the morning of its day. */
interface Story {
  readonly id: string;
  readonly agency: string;
  readonly code: string;
  /** When the report of 2025 appears; null: never. */
  readonly publishes: string | null;
  /** What becomes of a report, or of the portal, from one day to another. */
  readonly turn?: { readonly what: 'corrected' | 'shrunk' | 'garbled' | 'miscounted' | 'withdrawn' | 'redesigned' | 'emptied' | 'silent'; readonly from: string; readonly to?: string; readonly year?: number };
}

export const STORIES: readonly Story[] = [
  { id: 'plain', agency: '岳阳市公安局', code: '430600', publishes: '2026-01-20' },
  { id: 'late', agency: '临汾市公安局', code: '141000', publishes: '2026-03-15' },
  { id: 'never', agency: '揭阳市公安局', code: '445200', publishes: null },
  { id: 'corrected', agency: '绵阳市公安局', code: '510700', publishes: '2026-01-15', turn: { what: 'corrected', from: '2026-03-20', year: 2024 } },
  { id: 'shrunk', agency: '天水市公安局', code: '620500', publishes: '2026-01-12', turn: { what: 'shrunk', from: '2026-03-10', year: 2022 } },
  { id: 'garbled', agency: '百色市公安局', code: '451000', publishes: '2026-01-12', turn: { what: 'garbled', from: '2026-05-01', year: 2021 } },
  { id: 'miscounted', agency: '遵义市公安局', code: '520300', publishes: '2026-01-28', turn: { what: 'miscounted', from: '2026-03-25', year: 2023 } },
  { id: 'withdrawn', agency: '安康市公安局', code: '610900', publishes: '2026-01-09', turn: { what: 'withdrawn', from: '2026-05-20', year: 2019 } },
  { id: 'redesigned', agency: '赣州市公安局', code: '360700', publishes: '2026-01-22', turn: { what: 'redesigned', from: '2026-04-20' } },
  { id: 'emptied', agency: '宝鸡市公安局', code: '610300', publishes: '2026-01-30', turn: { what: 'emptied', from: '2026-07-01', to: '2026-07-11' } },
  { id: 'away', agency: '吴忠市公安局', code: '640300', publishes: '2026-01-30', turn: { what: 'silent', from: '2026-08-01', to: '2026-09-01' } },
  { id: 'vanished', agency: '哈密市公安局', code: '650500', publishes: '2026-01-30', turn: { what: 'silent', from: '2026-10-01' } },
];

/** With harvests every night, alarms after three silent ones, and everything asked for on 16 February and 1 April. */
export const PLANTED: readonly Planted[] = [
  { agency: '临汾市公安局', kind: 'overdue', raisedFrom: '2026-02-01', raisedTo: '2026-02-01', endedOn: '2026-03-15' },
  // The sixty days after the deadline are over.
  { agency: '揭阳市公安局', kind: 'overdue', raisedFrom: '2026-02-01', raisedTo: '2026-02-01', endedOn: '2026-04-02' },
  { agency: '天水市公安局', kind: 'text-shrunk', raisedFrom: '2026-03-10', raisedTo: '2026-04-01', endedOn: 'the next night' },
  { agency: '百色市公安局', kind: 'replacement-characters', raisedFrom: '2026-05-01', raisedTo: '2026-10-31', endedOn: 'the next night' },
  { agency: '遵义市公安局', kind: 'checks-failing', raisedFrom: '2026-03-25', raisedTo: '2026-04-01', endedOn: 'the next night' },
  { agency: '赣州市公安局', kind: 'layout-changed', raisedFrom: '2026-04-20', raisedTo: '2026-04-20', endedOn: 'the next night' },
  { agency: '宝鸡市公安局', kind: 'nothing-listed', raisedFrom: '2026-07-01', raisedTo: '2026-07-01', endedOn: '2026-07-11' },
  { agency: '吴忠市公安局', kind: 'portal-silent', raisedFrom: '2026-08-03', raisedTo: '2026-08-03', endedOn: '2026-09-01' },
  { agency: '哈密市公安局', kind: 'portal-silent', raisedFrom: '2026-10-03', raisedTo: '2026-10-03', endedOn: null },
];

const FIRST = 2016;
const NEWEST = 2025;

/** The day in China. */
export function dayOf(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

function factsOf({ id, agency, code, publishes }: Story, to: number): FamilyFacts {
  const column = '/zwgk/zfxxgknb/';
  return {
    id, family: 'trs', host: `gaj.${id}.gov.cn.localhost`, publisher: { agency, code, level: 'prefecture', place: agency.slice(0, 3), titleShape: 0, annexYears: [] },
    container: 'class="view TRS_UEDITOR trs_paper_default"', style: 'plain', from: FIRST, to, ...(publishes === null ? {} : { days: { [NEWEST]: publishes } }), home: '/', columns: [column],
    path: ({ year }, index) => `${column}${year + 1}02/t${year + 1}0201_${61_200 + index}.html`, difficulty: 'A year of its own.', outcome: 'Every report, and every alarm on its day.',
  };
}

/** The same page with other words in it. */
function changed(answer: Answer, change: (markup: string) => string): Answer {
  const body = Buffer.from(change(answer.body.toString('utf8')), 'utf8');
  return { ...answer, body, headers: { ...answer.headers, ETag: `"changed-${body.length}"`, 'Last-Modified': 'Thu, 30 Apr 2026 01:30:00 GMT' } };
}

/** The first total of the table of requests, one higher than its parts. */
function miscount(markup: string): string {
  const cells = [...markup.matchAll(/<td[^>]*>(\d+)<\/td>/gu)];
  const last = cells.at(-1);
  if (!last) throw new Error('the report has no table');
  return `${markup.slice(0, last.index)}${last[0].replace(/>\d+</u, `>${Number(last[1]) + 1}<`)}${markup.slice(last.index + last[0].length)}`;
}

/** The body of the article cut to its first half; whatever stands around it stays. */
function shrink(markup: string): string {
  const paragraphs = [...markup.matchAll(/<p\b[^]*?<\/p>|<table\b[^]*?<\/table>/gu)];
  const kept = Math.ceil(paragraphs.length / 3);
  return paragraphs.slice(kept).reduceRight((text, { index, 0: found }) => text.slice(0, index) + text.slice(index + found.length), markup);
}

const CHANGES: Readonly<Record<string, (markup: string) => string>> = {
  corrected: (markup) => markup.replace('依法', '严格依法'), shrunk: shrink, garbled: (markup) => markup.replace(/。<\/p>/gu, '\ufffd</p>'), miscounted: miscount,
};

const silent: Site['respond'] = () => ({ status: 0, headers: {}, body: Buffer.alloc(0), cut: true });

function siteOf(world: World, story: Story, state: { readonly to: number; readonly turned: boolean }): Site {
  const facts = factsOf(story, state.to);
  const what = state.turned ? story.turn?.what : undefined;
  if (what === 'redesigned') {
    const after: FamilyFacts = { ...facts, family: 'jpaas', container: 'class="main-txt"', columns: ['/col/col1299011/index.html'], path: ({ year }) => `/zwgk/art/${year + 1}/art_${hex(`${story.id}-${year}`, 32)}.html` };
    const site = jpaasSite(world, after);
    return { ...site, portal: { ...site.portal, columns: facts.columns } };
  }
  const built = build(world, facts);
  const victim = built.printed.find(({ report }) => report.year === story.turn?.year);
  const rows = what === 'withdrawn' ? built.rows.filter(({ href }) => href !== victim?.path) : what === 'emptied' ? [] : built.rows;
  const paging = (index: number, total: number): string => `<script>createPageHTML(${total}, ${index}, "index", "html");</script>`;
  const column = facts.columns[0] ?? '/';
  columnPages({ press: built.on, column: '政府信息公开年报', rows, perPage: 6, paging }).forEach((answer, index) => built.pages.set(index === 0 ? column : `${column}index_${index}.html`, answer));
  const change = what === undefined ? undefined : CHANGES[what];
  const page = victim && built.pages.get(victim.path);
  if (change && page) built.pages.set(victim.path, changed(page, change));
  if (what === 'withdrawn' && victim) built.pages.set(victim.path, plain(404, '<html><head><title>404 Not Found</title></head><body>404 Not Found</body></html>'));
  return finish(facts, built, what === 'silent' ? silent : servePages(built.pages));
}

/** The dozen portals on any day of 2026. A portal is built anew only when something has become of it. */
export function calendar(world: World): (now: Date) => readonly Site[] {
  const built = new Map<string, Site>();
  return (now) => STORIES.map((story) => {
    const day = dayOf(now);
    const { turn, publishes } = story;
    const state = { to: publishes !== null && publishes <= day ? NEWEST : NEWEST - 1, turned: turn !== undefined && turn.from <= day && (turn.to === undefined || day < turn.to) };
    const key = `${story.id} ${state.to} ${state.turned}`;
    const site = built.get(key) ?? siteOf(world, story, state);
    built.set(key, site);
    return site;
  });
}
