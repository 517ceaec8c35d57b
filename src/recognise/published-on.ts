/** Finds the day a report was published: meta tags, a labelled date, a date near the title, the list row, the signature. */
import { foldWidth } from '../han/fold.js';
import { parseHanNumber, parseYear } from '../han/numerals.js';
import type { PageClaims } from '../html/page-title.js';
import type { TextLine } from './lines.js';

export interface PublicationEvidence {
  readonly claims: PageClaims | null;
  /** What a reader sees of the whole page, furniture included; asked for only when the meta tags say nothing. */
  readonly pageText: () => string;
  readonly lines: readonly TextLine[];
  readonly listedOn: string | null;
  readonly title: string | null;
}

/** In this order. `Maketime` and the like tell when the page was built and are never read: 2019 for a report of 2016. */
const META = ['pubdate', 'publishdate', 'firstpublishedtime', 'article:published_time', 'og:published_time', 'dc.date', 'date', 'createdate', 'others'] as const;
const NUMERIC = /(?<!\d)((?:19|20)\d{2})(?:[-/.年]\s?)(\d{1,2})(?:[-/.月]\s?)(\d{1,2})(?!\d)/u;
const COMPACT = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?$/u;
const CHINESE = /([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日/u;
const LABELLED = /(?:发布|发文|公开|公布|生成|成文|上传|录入|更新)(?:日期|时间)|(?<![\p{Script=Han}])(?:日期|时间)(?=[:：\s]*(?:19|20)\d{2}[-年/.])/gu;
/** Labels in the order they are believed. */
const BEST_LABELS = ['发布日期', '发布时间', '公开日期', '公布日期', '公布时间', '公开时间', '发文日期', '上传时间', '录入时间', '日期', '时间', '生成日期', '成文日期'] as const;
/** Between a label and its date: a colon, spaces, a cell border. */
const AFTER_LABEL = 24;

function iso(year: number | null, month: number | null, day: number | null): string | null {
  if (year === null || month === null || day === null || month < 1 || month > 12 || day < 1) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day > last ? null : `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The first date in `text` as `YYYY-MM-DD`; null when there is none. */
export function dateIn(text: string): string | null {
  const plain = foldWidth(text);
  const compact = COMPACT.exec(plain.trim());
  const numeric = compact ?? NUMERIC.exec(plain);
  if (numeric) return iso(parseYear(numeric[1] ?? ''), Number(numeric[2]), Number(numeric[3]));
  const chinese = CHINESE.exec(plain);
  return chinese ? iso(parseYear(chinese[1] ?? ''), parseHanNumber(chinese[2] ?? ''), parseHanNumber(chinese[3] ?? '')) : null;
}

function fromMeta(claims: PageClaims | null): string | null {
  if (claims === null) return null;
  for (const name of META) {
    const content = claims.meta.get(name);
    const date = content === undefined ? null : dateIn(content);
    if (date !== null) return date;
  }
  return null;
}

function fromLabels(pageText: string): string | null {
  const text = foldWidth(pageText).replace(/[ \u00a0]+/gu, '');
  const found = new Map<string, string>();
  for (const match of text.matchAll(LABELLED)) {
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + AFTER_LABEL);
    const date = /^[:：\s\]】]*(?:19|20)\d{2}/u.test(after) ? dateIn(after) : null;
    if (date !== null && !found.has(match[0])) found.set(match[0], date);
  }
  const best = BEST_LABELS.find((label) => found.has(label));
  return best === undefined ? null : found.get(best) ?? null;
}

/** How far after the title a date without a label still belongs to it. */
const NEAR_TITLE = 120;

function nearTitle(pageText: string, title: string | null): string | null {
  const at = title === null ? -1 : pageText.lastIndexOf(title);
  if (title === null || at < 0) return null;
  const line = pageText.slice(at + title.length, at + title.length + NEAR_TITLE).split('\n').slice(0, 3).find((text) => text.length < 80 && NUMERIC.test(foldWidth(text)));
  return line === undefined || /[。，]/u.test(line) ? null : dateIn(line);
}

const SIGNATURE_LINES = 6;
const LONGEST_SIGNATURE = 40;

function fromSignature(lines: readonly TextLine[]): string | null {
  const last = lines.slice(-SIGNATURE_LINES).filter(({ folded }) => folded.length <= LONGEST_SIGNATURE && !/[。；，\t]/u.test(folded));
  return last.map(({ folded }) => dateIn(folded)).findLast((date) => date !== null) ?? null;
}

/** All dates that may be the day of publication, the most trusted first. */
export function publicationDates(evidence: PublicationEvidence): string[] {
  const { claims, lines, listedOn, title } = evidence;
  const meta = fromMeta(claims);
  const page = meta === null ? evidence.pageText() : '';
  return [meta, fromLabels(page), nearTitle(page, title), listedOn === null ? null : dateIn(listedOn), fromSignature(lines)].filter((date) => date !== null);
}

/** The first of `dates` on which a report of `year` can have been published: from December of that year on. Null when none can. */
export function publishedOn(dates: readonly string[], year: number | null): string | null {
  return dates.find((date) => year === null || date >= `${year}-12-01`) ?? null;
}
