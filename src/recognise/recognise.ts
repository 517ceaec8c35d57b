/** Says whose report this is, for which year, in which format, with which tables. */
import { foldForMatching } from '../han/fold.js';
import { embeddedArticle } from '../html/embedded-article.js';
import { claimsOf } from '../html/page-title.js';
import type { Tree } from '../html/parse.js';
import { parse, rootOf } from '../html/parse.js';
import { textOf } from '../html/text-of.js';
import type { Divisions, FormatEra, Notice, PageKind, Recognised, Repaired } from '../record.js';
import { UNKNOWN_AGENCY, findAgency } from './agency.js';
import type { Agency } from './agency.js';
import { attachmentsOf, picturesOf } from './attachments.js';
import { catalogueCard } from './catalogue-card.js';
import { checksOf } from './checks.js';
import { formatEra } from './format-era.js';
import { legalBasis } from './legal-basis.js';
import type { TextLine } from './lines.js';
import { linesOfText } from './lines.js';
import { pageKind } from './page-kind.js';
import { publicationDates, publishedOn } from './published-on.js';
import { reportYear, yearOfTitle } from './report-year.js';
import type { ReportYear } from './report-year.js';
import { sectionsOf } from './sections.js';
import { statementsOf } from './statements.js';
import { readTables } from './tables/read-tables.js';
import type { ReportTitle } from './title.js';
import { findTitle } from './title.js';

export interface Aids {
  readonly divisions: Divisions;
  /** Repairs a piece of text from the page's source the way its main text was repaired. */
  readonly mend?: (text: string) => string;
}

/** The page as the rules of this room see it. */
interface Look {
  readonly page: Repaired;
  readonly tree: Tree | null;
  /** The tree that holds the article: the page's, or that of the HTML a script carries. */
  readonly article: Tree | null;
  readonly lines: readonly TextLine[];
  readonly title: ReportTitle | null;
  readonly kind: PageKind;
  readonly mend: (text: string) => string;
  /** What a reader sees of the whole page. */
  readonly pageText: () => string;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const unchanged = (text: string): string => text;

function lookAt(page: Repaired, { divisions, mend = unchanged }: Aids): Look {
  const tree = page.isMarkup ? parse(page.markup) : null;
  const embedded = tree === null ? null : embeddedArticle(page.markup);
  const article = embedded === null ? tree : parse(embedded);
  const lines = linesOfText(page.text);
  const title = findTitle({ claims: tree === null ? null : claimsOf(tree), lines, anchor: page.anchor, mend });
  const kind = pageKind({ title, lines, tree, markup: page.markup, status: page.status, divisions });
  return { page, tree, article, lines, title, kind, mend, pageText: once(() => (tree === null ? page.text : textOf(rootOf(tree)))) };
}

interface Dated extends ReportYear {
  readonly publishedOn: string | null;
}

function dated(look: Look): Dated {
  const { page, tree, lines, title } = look;
  const dates = publicationDates({ claims: tree === null ? null : claimsOf(tree), pageText: look.pageText, lines, listedOn: page.listedOn, title: title?.title ?? null });
  const isReport = look.kind === 'annual-report';
  const text = lines.map(({ folded }) => folded).join('\n');
  const year = reportYear({ title: title === null ? null : foldForMatching(title.title), text, url: page.finalUrl, publishedOn: isReport ? dates[0] ?? null : null });
  return { ...year, publishedOn: publishedOn(dates, isReport ? year.year : null) };
}

/** A date, a greeting, a caption may stand on a cover page; the shortest report met has 600 characters. */
const MOST_OF_A_COVER = 60;

interface Files {
  readonly attachments: Recognised['attachments'];
  readonly notices: readonly Notice[];
}

/** The files of the page. Beside a text no longer than its title stands the report: in one of the documents, else in the pictures one after another. */
function filesOf(look: Look, sections: Recognised['sections']): Files {
  const { page, article, kind, title } = look;
  const documents = article === null ? [] : attachmentsOf(article, page.finalUrl);
  const isCover = page.text.length <= (title?.title.length ?? 0) + MOST_OF_A_COVER;
  if (kind !== 'annual-report') return { attachments: documents, notices: [] };
  if (documents.length > 0) return { attachments: documents, notices: isCover ? [notice('text-in-attachment', 'the page has a title and documents; the report is in one of them')] : [] };
  const isScan = (isCover && sections.length === 0) || page.notices.some(({ code }) => code === 'text-by-ocr');
  const pictures = isScan && article !== null ? picturesOf(page.pictures, article, page.finalUrl) : [];
  return { attachments: pictures, notices: pictures.length > 0 ? [notice('text-in-pictures', `the page has a title and ${pictures.length === 1 ? 'a picture' : `${pictures.length} pictures`}; the report is printed there`)] : [] };
}

function notice(code: string, message: string): Notice {
  return { code, room: 'recognise', message };
}

/** What disagrees, and is left as found. */
function disagreements(look: Look, year: ReportYear, met: readonly FormatEra[]): Notice[] {
  const titled = look.title === null ? null : yearOfTitle(foldForMatching(look.title.title));
  const notices: Notice[] = [];
  if (titled !== null && year.year !== null && titled !== year.year) notices.push({ code: 'year-conflict', room: 'recognise', message: `the title says ${titled}, the stated period ${year.year}` });
  if (met.length > 1 && met[0] !== '2014') notices.push({ code: 'era-mixed', room: 'recognise', message: `labels of the formats ${met.join(' and ')}` });
  return notices;
}

function card(look: Look): { readonly metadata?: Readonly<Record<string, string>> } {
  if (look.tree === null || !/索\s*引\s*号|发布机构|发文机关|发文机构/u.test(look.page.markup)) return {};
  const metadata = catalogueCard(look.mend(look.pageText()));
  return metadata === null ? {} : { metadata };
}

/** A list or an error page is nobody's report: it has a title and links, and no facts of a report. */
function withoutReport(look: Look, agency: Agency): Recognised {
  const { page, title, kind } = look;
  const empty = { year: null, yearFrom: null, periodStart: null, periodEnd: null, formatEra: null, legalBasis: [], sections: [], cells: [], checks: [], attachments: [] };
  return { ...page, ...agency, ...empty, pageKind: kind, title: title?.title ?? null, publishedOn: null };
}

/** Everything the archive wants to know of a page. Unknown is null; nothing is guessed, and no page is an error. */
export function recognise(page: Repaired, aids: Aids): Recognised {
  const look = lookAt(page, aids);
  const { article, lines, title, kind, mend } = look;
  if (kind === 'list' || kind === 'blocked' || kind === 'soft-404') return withoutReport(look, UNKNOWN_AGENCY);
  const isReport = kind === 'annual-report';
  const agency = findAgency({ title: title === null ? null : foldForMatching(title.title), lines, seed: page.seed, divisions: aids.divisions });
  const { publishedOn: published, ...year } = dated(look);
  const { era, met } = formatEra(lines, isReport);
  const sections = sectionsOf(lines, page.text.length);
  const tables = isReport ? readTables({ tree: article, lines, sections, mend: page.repairs.length > 0 ? mend : unchanged }) : { cells: [], notices: [] };
  const statements = isReport ? statementsOf(lines) : [];
  const files = filesOf(look, sections);
  return {
    ...page, ...agency, ...year, ...card(look),
    notices: [...page.notices, ...disagreements(look, year, met), ...files.notices, ...tables.notices],
    pageKind: kind, title: title?.title ?? null, publishedOn: published, formatEra: isReport ? era : null,
    legalBasis: legalBasis(page.text), sections, cells: tables.cells, checks: checksOf(tables.cells, statements),
    attachments: files.attachments, statements,
  };
}
