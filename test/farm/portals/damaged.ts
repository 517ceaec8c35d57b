/** Reports whose characters were damaged as the field knows it: an agency's own portal after a careless migration, and a site that copies it in other script. */
import { GOV_SKIN } from '../chrome/gov.js';
import { foldAscii, gbkAsLatin, insertPinyin, shiftBytes, toTraditional, utf8AsGbk, widenMarks } from '../damage.js';
import type { Block, ReportDocument } from '../document.js';
import { mapText, textOf } from '../document.js';
import type { Manuscript, Press, Printed, Publisher, World } from '../publisher.js';
import { manuscripts, print } from '../publisher.js';
import type { Pages, Site } from '../site.js';
import { servePages } from '../site.js';
import { columnPages, compact, frontPages, newestFirst, plate, portalFacts, press, rowsOf, shelve } from './parts.js';

const HOST = 'gaj.hebi.gov.cn.localhost';
const COPY_HOST = 'www.baogaoku.com.localhost';
const COLUMN = '/zwgk/ndbg/';
const PUBLISHER: Publisher = { agency: '鹤壁市公安局', code: '410600', level: 'prefecture', place: '鹤壁市', titleShape: 0, annexYears: [] };
const [FIRST_OWN, LAST_OWN] = [2016, 2021];

/** What was done to a report, and the repairs that must be listed when it is undone. */
interface Damage {
  /** The report as this site had it while it was sound. */
  readonly sound: (document: ReportDocument) => ReportDocument;
  readonly damage: (sound: ReportDocument) => ReportDocument;
  readonly steps: readonly string[];
}

function mapParagraphs(document: ReportDocument, change: (paragraph: Block & { kind: 'paragraph' }, isBelow: boolean) => Block[]): ReportDocument {
  const first = document.blocks.findIndex(({ kind }) => kind === 'heading');
  const blocks = document.blocks.flatMap((block, index) => (block.kind === 'paragraph' ? change(block, index > first) : [block]));
  return { ...document, blocks };
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/** A line a clause below the first heading, as a text comes out of a form of narrow fields. */
const byClause = (document: ReportDocument): ReportDocument =>
  mapParagraphs(document, (block, isBelow) => (isBelow ? (block.text.match(/[^，。；]+[，。；]?/gu) ?? []).map(paragraph) : [block]));

/**
 * Lines of which the misreading would lose a byte, and those too short to show what they were, stand sound: nobody could bring them back, and this
 * portal promises every word.
 */
function misreadLine(text: string): string {
  const misread = utf8AsGbk(text);
  const isWhole = Buffer.byteLength(text, 'utf8') % 2 === 0 && !misread.includes('\ufffd');
  return isWhole && (text.match(/[\u4e00-\u9fff]/gu)?.length ?? 0) >= 6 ? misread : text;
}

/** Paragraphs on the fields of police work, each with `mark` before it. */
function marked(document: ReportDocument, mark: (index: number) => string): ReportDocument {
  let index = 0;
  return mapParagraphs(document, (block) => [/^.{2,6}(?:方面|业务上|窗口|治安|工作中|业务中|宣传中|处置中|规定)，/u.test(block.text) ? paragraph(`${mark(index++)}${block.text}`) : block]);
}

/** Characters that PDF software writes as their radicals. */
const RADICALS: Readonly<Record<string, string>> = { 一: '⼀', 用: '⽤', 工: '⼯', 人: '⼈', 行: '⾏', 民: '⺠', 长: '⻓', 网: '⽹', 方: '⽅', 面: '⾯' };

/** A PDF pasted into the editor: radicals for characters, Wingdings for bullets, and the bracket of a document number lost. */
const fromPdf = (text: string): string => text.replace(/●/gu, '\uf06c').replace(/〔(20\d\d)〕/gu, '〔$1').replace(/[一用工人行民长网方面]/gu, (character) => RADICALS[character] ?? character);

const asWritten = (document: ReportDocument): ReportDocument => document;
const everywhere = (damage: (text: string) => string) => (document: ReportDocument): ReportDocument => mapText(document, damage);

/** By year; the other years of the portal are sound. */
const OWN: Readonly<Record<number, Damage>> = {
  2016: { sound: byClause, damage: everywhere(misreadLine), steps: ['mojibake-utf8-as-gbk'] },
  2018: { sound: asWritten, damage: everywhere(gbkAsLatin), steps: ['mojibake-gbk-as-latin'] },
  2021: { sound: (document) => marked(document, () => '●'), damage: everywhere(fromPdf), steps: ['radical-forms', 'symbol-bullets', 'document-number'] },
};

const numerals = '一二三四五六七八九十';

/** The copying site's own years: one that the agency's portal lacks, and three that stand there too. */
const COPIED: Readonly<Record<number, Damage>> = {
  2008: {
    // Whether a shifted run has one reading only depends on its words: in the demo's seed all six of this year have. The marks of such a copy are narrow before anything breaks; that is a way of writing, and stays.
    sound: (document) => mapText(marked(document, (index) => `（${numerals.charAt(index)}）`), (text) => foldAscii(widenMarks(text))),
    damage: everywhere((text) => shiftBytes(insertPinyin(toTraditional(widenMarks(text))))),
    steps: ['byte-shift', 'inserted-pinyin', 'traditional-conversion'],
  },
  2017: { sound: asWritten, damage: everywhere(toTraditional), steps: ['traditional-conversion'] },
  2018: { sound: asWritten, damage: everywhere((text) => insertPinyin(toTraditional(text))), steps: ['inserted-pinyin', 'traditional-conversion'] },
  2020: { sound: asWritten, damage: everywhere((text) => insertPinyin(toTraditional(text))), steps: ['inserted-pinyin', 'traditional-conversion'] },
};

/** The page carries the damage, the promise does not: what must come out is the sound report. */
function printDamaged(world: World, on: Press, manuscript: Manuscript, { path, done }: { readonly path: string; readonly done: Damage | undefined }): Printed {
  const at = { path, style: 'plain' as const };
  if (!done) return print(world, PUBLISHER, on, manuscript, at);
  const sound = done.sound(manuscript.document);
  const printed = print(world, PUBLISHER, on, { ...manuscript, document: done.damage(sound) }, at);
  return { ...printed, report: { ...printed.report, title: sound.title, text: textOf(sound), repairs: done.steps } };
}

function siteOf(on: Press, printed: readonly Printed[], words: { readonly difficulty: string; readonly outcome: string }): Site {
  const pages: Pages = new Map();
  shelve(pages, printed, [], on);
  const [column] = columnPages({ press: on, column: '年度报告', rows: newestFirst(rowsOf(printed)), perPage: 40, paging: () => '' });
  if (column) pages.set(COLUMN, column);
  frontPages(pages, on, [{ text: '年度报告', href: COLUMN }]);
  const portal = { ...portalFacts(PUBLISHER, on), ...words, family: 'generic', columns: [COLUMN] };
  return { portal, reports: printed.map(({ report }) => report), respond: servePages(pages) };
}

/** The agency's years to the last that either site shows, drawn together: both print the same words. */
function drawn(world: World): Manuscript[] {
  return manuscripts(world, PUBLISHER, HOST, { from: 2008, to: LAST_OWN });
}

const pathOf = ({ publishedOn, year }: Manuscript): string => `${COLUMN}${compact(publishedOn).month}/t${compact(publishedOn).day}_${7000 + year}.html`;

export function damagedPortal(world: World): Site {
  const on = press({ portalId: 'damaged', plate: plate(HOST, PUBLISHER.agency, PUBLISHER), skin: GOV_SKIN, column: { text: '年度报告', href: COLUMN } });
  const printed = drawn(world).filter(({ year }) => year >= FIRST_OWN).map((manuscript) => printDamaged(world, on, manuscript, { path: pathOf(manuscript), done: OWN[manuscript.year] }));
  return siteOf(on, printed, {
    difficulty: 'A migration read UTF-8 as GBK in one report and GBK as Latin-1 in another; a third was pasted from a PDF: radicals for characters, Wingdings bullets, a bracket of a document number lost.',
    outcome: 'Six reports, FY2016 to FY2021, in the words they had before; the repairs of FY2016, FY2018 and FY2021 are listed in v_repair.',
  });
}

export function copyistPortal(world: World): Site {
  const on = press({ portalId: 'copyist', plate: plate(COPY_HOST, '报告库', PUBLISHER), skin: GOV_SKIN, column: { text: '年度报告', href: COLUMN } });
  const original = world.origin(HOST);
  const printed = drawn(world).flatMap((manuscript): Printed[] => {
    const done = COPIED[manuscript.year];
    if (!done) return [];
    const path = pathOf(manuscript);
    const one = printDamaged(world, on, manuscript, { path, done });
    return [manuscript.year < FIRST_OWN ? one : { ...one, report: { ...one.report, duplicateOf: `${original}${path}`, duplicateKind: 'text' } }];
  });
  return siteOf(on, printed, {
    difficulty: 'Another\'s reports (damaged) converted to Traditional characters so that they look new, most with pinyin in brackets; in one the bytes of GBK have shifted besides.',
    outcome: 'Four reports, FY2008, FY2017, FY2018 and FY2020, in the agency\'s own words, graded as clones; FY2008 is held as a copy only.',
  });
}
