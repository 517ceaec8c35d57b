/** An agency that publishes on a site: its reports through the years, as documents, pages and promises. */
import type { ArticleParts, Link, SitePlate, Skin } from './chrome/furniture.js';
import { compose } from './compose.js';
import type { ReportDocument } from './document.js';
import { textOf } from './document.js';
import type { FormFigures, FreeFigures } from './figures.js';
import { formFigures, freeFigures } from './figures.js';
import type { MarkupStyle } from './markup.js';
import { markupOf } from './markup.js';
import { chance } from './random.js';
import type { FarmCell, FarmPortal, FarmReport, Season } from './shapes.js';
import type { Answer, FarmCharset } from './site.js';
import { page, sha256 } from './site.js';
import { cellsOf } from './tables.js';

/** What every portal is built from. */
export interface World {
  readonly seed: number;
  readonly season: Season;
  readonly origin: (host: string) => string;
  /** How often each unreliable address has failed: `HOST` to path to count. */
  readonly failures: (host: string) => Map<string, number>;
}

export interface Publisher {
  readonly agency: string;
  readonly code: string;
  readonly level: FarmPortal['level'];
  /** 岳阳市, 靖宇县. */
  readonly place: string;
  readonly titleShape: number;
  /** How titles call the agency in some years, when not by its full name: 市公安局. */
  readonly shortTitles?: Readonly<Record<number, string>>;
  /** Years of 2014 to 2018 whose reports carry the statistics annex. */
  readonly annexYears: readonly number[];
}

/** How a site shows what is published on it. */
export interface Press {
  readonly portalId: string;
  readonly plate: SitePlate;
  readonly skin: Skin;
  readonly charset: FarmCharset;
  /** The charset declared in `<meta>`; null declares none. */
  readonly declared: string | null;
  readonly contentType: string;
  /** Static sites send ETag and Last-Modified. */
  readonly isStatic: boolean;
  readonly crumbs: readonly Link[];
  /** Furniture that this site leaves inside the article's own container, after the text. */
  readonly strayed?: string;
}

/** A report before it is printed. */
export interface Manuscript {
  readonly year: number;
  readonly publishedOn: string;
  readonly era: FarmReport['formatEra'];
  readonly document: ReportDocument;
  readonly cells: readonly FarmCell[];
}

/** A report as a page and as a promise. */
export interface Printed {
  readonly path: string;
  readonly answer: Answer;
  readonly report: FarmReport;
}

function eraOf(year: number, publisher: Publisher): FarmReport['formatEra'] {
  if (year >= 2021) return '2021';
  if (year >= 2019) return '2019';
  return publisher.annexYears.includes(year) ? '2014' : '2008';
}

/** March until FY2018; January from FY2019, when departments' deadline moved there. */
function publicationDay(world: World, publisher: Publisher, year: number): string {
  const draw = chance(world.seed, `${publisher.agency}/${year}/day`);
  const [month, day] = year >= 2019 ? [1, draw.int(8, 30)] : [draw.int(1, 3), draw.int(5, 28)];
  return `${year + 1}-0${month}-${String(day).padStart(2, '0')}`;
}

function figuresOf(world: World, publisher: Publisher, years: readonly number[]): Map<number, FreeFigures | FormFigures> {
  const known = new Map<number, FreeFigures | FormFigures>();
  let before: FormFigures | null = null;
  for (const year of years) {
    const draw = chance(world.seed, `${publisher.agency}/${year}/figures`);
    const era = eraOf(year, publisher);
    if (era === '2019' || era === '2021') known.set(year, (before = formFigures(draw, era, before)));
    else known.set(year, freeFigures(draw));
  }
  return known;
}

/** The agency's reports of these years, in order; `days` overrides publication dates (bulk migrations). */
export function manuscripts(
  world: World,
  publisher: Publisher,
  site: string,
  years: { readonly from: number; readonly to: number; readonly days?: Readonly<Record<number, string>> },
): Manuscript[] {
  const all = Array.from({ length: years.to - years.from + 1 }, (_, at) => years.from + at);
  const figures = figuresOf(world, publisher, all);
  return all.map((year) => {
    const numbers = figures.get(year) as FreeFigures | FormFigures;
    const era = eraOf(year, publisher);
    const publishedOn = years.days?.[year] ?? publicationDay(world, publisher, year);
    const facts = { ...publisher, titleAgency: publisher.shortTitles?.[year] ?? publisher.agency, year, publishedOn, site: `http://${site}`, figures: numbers, annex: era === '2014' };
    const document = compose(facts, chance(world.seed, `${publisher.agency}/${year}/words`));
    return { year, publishedOn, era, document, cells: 'format' in numbers ? cellsOf(numbers) : [] };
  });
}

/** Prints a manuscript on a site at `path`. */
export function print(
  world: World,
  publisher: Publisher,
  press: Press,
  manuscript: Manuscript,
  at: { readonly path: string; readonly style: MarkupStyle; readonly related?: readonly Link[]; readonly modifiedOn?: string },
): Printed {
  const { document, publishedOn } = manuscript;
  const parts: ArticleParts = {
    ...{ title: document.title, body: markupOf(document.blocks, at.style) + (press.strayed ?? ''), publishedOn, source: publisher.agency },
    ...{ crumbs: press.crumbs, related: at.related ?? [], declared: press.declared },
  };
  const modifiedOn = press.isStatic ? (at.modifiedOn ?? publishedOn) : null;
  const answer = page(press.skin.article(press.plate, parts), { charset: press.charset, contentType: press.contentType, modifiedOn });
  const report: FarmReport = {
    ...{ portal: press.portalId, agency: publisher.agency, code: publisher.code, year: manuscript.year, formatEra: manuscript.era },
    ...{ title: document.title, url: `${world.origin(press.plate.host)}${at.path}`, publishedOn, text: textOf(document) },
    ...{ payloadSha256: sha256(answer.body), charset: press.charset, cells: manuscript.cells },
  };
  return { path: at.path, answer, report };
}
