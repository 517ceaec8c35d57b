/** Says for which year a report is, by the order of evidence: its stated period, title, text, address, day of publication. */
import { parseYear } from '../han/numerals.js';

export interface ReportYear {
  readonly year: number | null;
  readonly yearFrom: 'period' | 'title' | 'text' | 'url' | 'published' | null;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
}

export interface YearEvidence {
  /** Folded. */
  readonly title: string | null;
  /** Folded text of the report. */
  readonly text: string;
  readonly url: string;
  readonly publishedOn: string | null;
}

const NONE: ReportYear = { year: null, yearFrom: null, periodStart: null, periodEnd: null };

/** Information agencies have reported since the regulation of 2008, Shanghai since 2004. */
const FIRST_YEAR = 2004;
const LAST_YEAR = 2099;

const DIGITS = '(?:19|20)\\d{2}|[〇○零一二三四五六七八九]{4}';
const PERIOD = new RegExp(`(${DIGITS})年(?:度)?0?1月0?1日(?:起|开始)?(?:至|到|[-—~～])+(?:同年|当年)?(?:(${DIGITS})年)?1[012]月3[01]日`, 'u');
/** 统计期限自2016年1月1日起 with the end left out. */
const OPEN_PERIOD = new RegExp(`(?:统计|数据).{0,12}自(${DIGITS})年1月1日`, 'u');
const YEAR_IN_TITLE = new RegExp(`(?<![\\d第〔﹝\\[])(${DIGITS})(?!\\d)`, 'gu');
const YEAR_WITH_SIGN = new RegExp(`(?<!\\d)(${DIGITS})(?:年|度)`, 'gu');
const REPORT_IN_TEXT = new RegExp(`(?<!\\d)(${DIGITS})年?度?(?:(?!年|。|》).){0,25}(?:信息公开|政务公开)(?:(?:(?!。|年).){0,12}(?:年度|工作)?(?:报告|年报|总结)|[^。年]{0,40}(?:汇报|报告|总结|通报)如下)`, 'u');
const ADDRESS = /[?&](?:fbtime|title|year|nd)=(20\d{2})(?!\d)/iu;

function plausible(text: string | undefined): number | null {
  const year = text === undefined ? null : parseYear(text);
  return year !== null && year >= FIRST_YEAR && year <= LAST_YEAR ? year : null;
}

function byPeriod(text: string): ReportYear | null {
  const closed = PERIOD.exec(text);
  const year = plausible(closed?.[1] ?? OPEN_PERIOD.exec(text)?.[1]);
  if (year === null) return null;
  const lastYear = plausible(closed?.[2]) ?? year;
  // A period over several years (since 2008, say) is a running total, not a report's year.
  if (lastYear !== year) return null;
  return { year, yearFrom: 'period', periodStart: `${year}-01-01`, periodEnd: `${year}-12-31` };
}

/** The only year of a title; of several, the only one that 年 follows (2015上海市…, 2021政府信息公开… have none). */
function byTitle(title: string): number | null {
  const all = [...new Set([...title.matchAll(YEAR_IN_TITLE)].map(([, year]) => plausible(year)).filter((year) => year !== null))];
  if (all.length <= 1) return all[0] ?? null;
  const signed = [...new Set([...title.matchAll(YEAR_WITH_SIGN)].map(([, year]) => plausible(year)).filter((year) => year !== null))];
  return signed.length === 1 ? signed[0] ?? null : null;
}

/** How much of a text counts as its opening: the preamble of the reports met ends within 600 characters. */
const OPENING = 800;

/** The year of the report that the opening speaks of, else the year it names more often than all others together. */
function byText(text: string): number | null {
  const opening = text.slice(0, OPENING);
  const stated = plausible(REPORT_IN_TEXT.exec(opening)?.[1]);
  if (stated !== null) return stated;
  const named = [...opening.matchAll(YEAR_WITH_SIGN)]
    .filter(({ index, 0: { length } }) => !/^(?:\d{1,2}月|修订|修正|[)）])/u.test(opening.slice(index + length)))
    .map(([, year]) => plausible(year)).filter((year) => year !== null);
  const counts = new Map<number, number>();
  for (const year of named) counts.set(year, (counts.get(year) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] >= 2 && most[1] * 2 > named.length ? most[0] : null;
}

/** Reports appear in the first months of the next year; later ones are late or moved, and then the day says nothing. */
function byPublication(publishedOn: string): number | null {
  const month = Number(publishedOn.slice(5, 7));
  return month <= 4 ? plausible(String(Number(publishedOn.slice(0, 4)) - 1)) : null;
}

/** The report's year, what gave it, and the period it states; all null when nothing says. */
export function reportYear(evidence: YearEvidence): ReportYear {
  const { title, text, url, publishedOn } = evidence;
  const period = byPeriod(text);
  if (period) return period;
  const found = (year: number | null | undefined, yearFrom: ReportYear['yearFrom']): ReportYear | null => (year ? { ...NONE, year, yearFrom } : null);
  return found(title === null ? null : byTitle(title), 'title')
    ?? found(byText(text), 'text')
    ?? found(plausible(ADDRESS.exec(url)?.[1]), 'url')
    ?? found(publishedOn === null ? null : byPublication(publishedOn), 'published')
    ?? NONE;
}

/** The year a folded title names; null when it names none or several. */
export function yearOfTitle(title: string): number | null {
  return byTitle(title);
}
