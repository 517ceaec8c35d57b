/** Keeps what the agency wrote, drops what its web site wrapped around it. */
import { foldForMatching } from '../han/fold.js';
import { articleTitle } from '../html/article-title.js';
import { embeddedArticle } from '../html/embedded-article.js';
import { claimsOf } from '../html/page-title.js';
import type { TreeElement, TreeRoot } from '../html/parse.js';
import { parse, rootOf } from '../html/parse.js';
import type { Line } from '../html/text-of.js';
import { linesOf } from '../html/text-of.js';
import type { Cleaned, Decoded, Notice, Picture } from '../record.js';
import { isBoilerplate, isCatalogueLine } from './boilerplate.js';
import type { Found } from './find-article.js';
import { findArticle } from './find-article.js';
import type { Mass } from './mass.js';
import { massesOf } from './mass.js';
import { FURNITURE_TAGS, namesFurniture, namesSiteFurniture } from './names.js';
import { picturesIn } from './pictures.js';

/** Furniture holds little of the article it stands in; what holds more is the article under a misleading name (`<div class="print">`). */
const FURNITURE_SHARE = 0.3;

function furnitureIn(article: TreeElement | TreeRoot, masses: ReadonlyMap<TreeElement, Mass>): (element: TreeElement) => boolean {
  const whole = masses.get(article as TreeElement)?.prose ?? Infinity;
  return (element) => {
    const { class: names = '', id = '' } = element.attribs;
    if (!FURNITURE_TAGS.has(element.name) && !namesFurniture(names) && !namesFurniture(id)) return false;
    const mass = masses.get(element);
    return mass === undefined || (mass.headings === 0 && mass.prose <= whole * FURNITURE_SHARE);
  };
}

/** What menus put between their links. */
const BETWEEN_LINKS = /[\s|│┊┆¦·•>»→/、，,\-—]+/gu;

/** A line of nothing but links leads away or to an attachment; 附件： in front of one is its caption. */
function isLinks(line: Line): boolean {
  const length = line.text.replace(BETWEEN_LINKS, '').length;
  const caption = /^附\s*件\s*\d*\s*[:：.、]?/u.exec(line.text)?.[0].length ?? 0;
  return line.linked > 0 && line.linked >= (length - caption) * 0.9;
}

/** Three lines of a catalogue card in a row are one; a single 标题：… may be the report's. */
function catalogueEnd(lines: readonly Line[]): number {
  const card = lines.slice(0, 30).map(({ text }, index) => (isCatalogueLine(text) ? index : -1)).filter((index) => index >= 0);
  return card.length >= 3 ? (card.at(-1) ?? -1) : -1;
}

function keptLines(lines: readonly Line[]): string[] {
  const cardEnd = catalogueEnd(lines);
  return lines
    .filter((line, index) => !(index <= cardEnd && isCatalogueLine(line.text)) && (line.isRow || !isLinks(line)))
    .filter((line, index, rest) => line.isRow || !isBoilerplate(line.text, index, rest.length))
    .map(({ text }) => text);
}

/** Where the title is looked for: some pages print spam or the agency above it, some break it over three lines. */
const TITLE_AMONG = 5;
const TITLE_LINES = 3;
/** What may stand beside a title on its line, such as （2016年度）. */
const BESIDE_TITLE = 15;

/** Whether the title is a line of the head, or some lines in a row; inside a sentence it does not count. */
function standsIn(lines: readonly string[], title: string): boolean {
  const folded = foldForMatching(title);
  return lines.slice(0, TITLE_AMONG).some((_, start) => Array.from({ length: TITLE_LINES }, (__, more) => foldForMatching(lines.slice(start, start + more + 1).join('')))
    .some((line) => line.length <= folded.length + BESIDE_TITLE && line.includes(folded) && (!line.endsWith('。') || folded.endsWith('。'))));
}

/** Where no container marks the article off, what stands above its title is the head of the page. */
const HEAD_LINES = 20;

function belowHead(lines: readonly string[], title: string | null, extraction: string): readonly string[] {
  if (title === null || extraction.startsWith('.') || extraction.startsWith('#')) return lines;
  const at = lines.slice(0, HEAD_LINES).indexOf(title);
  return at > 0 ? lines.slice(at) : lines;
}

/** The title as the text's first line, unless it stands there already. */
function withTitle(lines: readonly string[], title: string | null): string[] {
  return title === null || standsIn(lines, title) ? [...lines] : [title, ...lines];
}

function isSiteFurniture({ name, attribs }: TreeElement): boolean {
  return FURNITURE_TAGS.has(name) || namesSiteFurniture(attribs['class'] ?? '') || namesSiteFurniture(attribs['id'] ?? '');
}

interface Extracted {
  readonly lines: readonly string[];
  readonly extraction: string;
  readonly pictures: readonly Picture[];
}

function extract(markup: string): Extracted {
  const root = rootOf(parse(markup));
  const masses = massesOf(root);
  const found: Found = findArticle(root, masses);
  const lines = found.elements.flatMap((element) => linesOf(element, { skip: furnitureIn(element, masses) }));
  const pictures = picturesIn(found.elements, { skip: isSiteFurniture, onlyInParagraphs: found.extraction === 'whole' });
  return { lines: keptLines(lines), extraction: found.extraction, pictures };
}

function fromMarkup(markup: string): Extracted {
  const embedded = embeddedArticle(markup);
  const { lines, extraction, pictures } = embedded === null ? extract(markup) : { ...extract(embedded), extraction: 'embedded' };
  const title = articleTitle(claimsOf(parse(markup)))?.title ?? null;
  return { lines: withTitle(belowHead(lines, title, extraction), title), extraction, pictures };
}

/** Without the spaces at either end. Tabs stay: they are the borders of blank cells. */
function trimmed(line: string): string {
  const isSpace = (character: string | undefined): boolean => character === ' ' || character === '\u3000' || character === '\u00a0' || character === '\ufeff';
  let start = 0;
  let end = line.length;
  while (start < end && isSpace(line[start])) start += 1;
  while (end > start && isSpace(line[end - 1])) end -= 1;
  return line.slice(start, end);
}

/** Plain text: line ends unified, furniture that was copied along dropped; nothing inside a line changes. */
function fromPlainText(text: string): Extracted {
  const lines = text.replace(/\r\n?|\u2028|\u2029|\f/gu, '\n').split('\n').map(trimmed);
  const filled = lines.filter((line) => line !== '');
  return { lines: filled.filter((line, index) => line.includes('\t') || !isBoilerplate(line, index, filled.length)), extraction: 'whole', pictures: [] };
}

function notice(code: string, message: string): Notice {
  return { code, room: 'clean', message };
}

/**
 * The main text of a page: paragraphs and table rows separated by `\n`, cells by `\t`, the title first. Never fails: a page
 * without words gives an empty text and a notice.
 */
export function clean(decoded: Decoded): Cleaned {
  const { lines, extraction, pictures } = decoded.isMarkup ? fromMarkup(decoded.markup) : fromPlainText(decoded.markup);
  const decodedText = lines.join('\n');
  const notices = [...decoded.notices];
  if (decodedText === '') notices.push(notice('main-text-empty', 'the page holds no words'));
  else if (decoded.isMarkup && extraction === 'whole') notices.push(notice('main-text-whole', 'no part of the page stood out; the text is all of it but links'));
  return { ...decoded, notices, decodedText, extraction, pictures };
}
