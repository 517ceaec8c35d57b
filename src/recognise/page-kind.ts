/** Says what a page is: an annual report, a list of them, a wall, an error page that answers 200, or something else. */
import type { Tree } from '../html/parse.js';
import { isElement, rootOf } from '../html/parse.js';
import { walk } from '../html/walk.js';
import { foldForMatching } from '../han/fold.js';
import type { Divisions, PageKind } from '../record.js';
import { namesOtherBody } from './agency.js';
import type { TextLine } from './lines.js';
import { headOf } from './lines.js';
import type { ReportTitle } from './title.js';
import { isReportTitle, namesOtherDocument } from './title.js';

export interface KindEvidence {
  readonly title: ReportTitle | null;
  readonly lines: readonly TextLine[];
  /** Null for plain text. */
  readonly tree: Tree | null;
  readonly markup: string;
  readonly status: number | null;
  readonly divisions: Divisions;
}

/** Characters of text under which a page says nothing of its own: walls and error pages met have up to 120. */
const LITTLE = 300;
const LITTLE_OF_A_WALL = 150;
/** No wall met was longer; a report with the same script in its head is. */
const LONGEST_WALL = 16_000;

const WALL = /__jsl_clearance|_clearance_s|\$_ts\b|go\(\{"bts"|reason:GeoBL|captcha|滑动验证|请输入验证码|访问验证|安全验证|人机验证/u;
const WALL_STATUS: ReadonlySet<number> = new Set([403, 405, 412, 418, 429, 521, 567]);
const GONE = /(?:页面|网页|文章|信息|内容|栏目|文件|地址)(?:不存在|已被?删除|已被?移除|找不到|未找到|无法(?:访问|找到)|已下线|已失效)|(?:不存在|找不到|未找到|没有找到).{0,8}(?:页面|网页|文章|信息|内容)|404|您访问的.{0,12}(?:不存在|出错|已删除)|系统(?:错误|异常|维护中)|服务器(?:错误|繁忙)/u;

function length(lines: readonly TextLine[]): number {
  return lines.reduce((sum, { folded }) => sum + folded.length, 0);
}

function isWall({ markup, status, lines, tree, title }: KindEvidence): boolean {
  if (tree === null || length(lines) > LITTLE_OF_A_WALL || markup.length > LONGEST_WALL || isReportTitle(foldForMatching(title?.title ?? ''))) return false;
  return WALL.test(markup) || (status !== null && WALL_STATUS.has(status));
}

function isGone({ title, lines }: KindEvidence): boolean {
  if (length(lines) > LITTLE) return false;
  const said = `${foldForMatching(title?.title ?? '')}\n${headOf(lines, LITTLE)}`;
  return GONE.test(said) && !isReportTitle(foldForMatching(title?.title ?? ''));
}

/** Links that bear a report's title: a list has some, an article's margin may have a few too. */
function reportLinks(tree: Tree): number {
  let count = 0;
  let read = 0;
  walk(rootOf(tree), {
    enter(node) {
      if (!isElement(node) || node.name !== 'a' || (read += 1) > 2000) return;
      const text = node.attribs['title'] ?? node.children.map((child) => ('data' in child ? child.data : '')).join('');
      if (text.length < 80 && isReportTitle(foldForMatching(text))) count += 1;
      return false;
    },
  });
  return count;
}

/** Full stops: a list of forty titles has none, the shortest report met has nine. */
const FEW_SENTENCES = 2;

function hasSentences(lines: readonly TextLine[]): boolean {
  return lines.reduce((count, { text }) => count + (text.match(/。/gu)?.length ?? 0), 0) > FEW_SENTENCES;
}

/** A report's own title names its year; a column's (公安局政府信息公开年报) does not. */
function namesYear(title: ReportTitle | null): boolean {
  return title !== null && (title.from === 'meta' || title.from === 'heading') && /\d{4}|[〇○零一二三四五六七八九]{4}年/u.test(foldForMatching(title.title));
}

function isList({ title, lines, tree }: KindEvidence): boolean {
  return tree !== null && !namesYear(title) && !hasSentences(lines) && reportLinks(tree) >= 2;
}

/** A report looks back on a year. These words open and close its first paragraph. */
const LOOKS_BACK = /(?:汇报|报告|总结|公布|通报)如下|特?(?:向社会)?公布|予以(?:报告|公布)|本(?:年度)?报告|年度报告|工作情况(?:报告|汇报|总结)/u;
/** A notice looks ahead, and asks. */
const LOOKS_AHEAD = /印发给你们|特此通知|请(?:认真|遵照|结合实际)?(?:贯彻|遵照|抓紧|认真)|各.{0,12}(?:有关单位|分局、|大队、).{0,4}[:：]|制定本(?:办法|规定|方案|制度|指南)|本指南/u;
const SUBJECT = /信息公开|政务公开|警务公开/gu;
/** The parts of the unified format and of the free form before it. */
const PARTS = [/总体情况|概述|基本情况/u, /主动公开/u, /依申请公开|政府信息公开申请/u, /行政复议|行政诉讼/u, /(?:存在|主要).{0,6}问题/u, /收费|减免|其他需要(?:报告|说明)/u];
const PART_HEADING = /^(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)])/u;

function partsIn(lines: readonly TextLine[]): number {
  const headings = lines.filter(({ folded }) => folded.length < 60 && PART_HEADING.test(folded)).map(({ folded }) => folded);
  return PARTS.filter((part) => headings.some((heading) => part.test(heading))).length;
}

/** How often the subject must be named: twice in a thousand characters, five times at least; reports met do so 4 to 12 times. */
function speaksOfSubject(lines: readonly TextLine[]): boolean {
  const text = lines.map(({ folded }) => folded).join('');
  const named = text.match(SUBJECT)?.length ?? 0;
  return named >= 5 && named * 500 >= text.length;
}

/** A text without a report's title is one when it looks back on the year's work on the subject, in parts. */
function readsAsReport(lines: readonly TextLine[]): boolean {
  const opening = headOf(lines, 900);
  if (LOOKS_AHEAD.test(opening)) return false;
  const parts = partsIn(lines);
  if (parts >= 4) return true;
  const firstLevel = lines.filter(({ folded }) => /^[一二三四五六七八九十]{1,2}、/u.test(folded)).length;
  return LOOKS_BACK.test(opening.slice(0, 500)) && firstLevel >= 2 && speaksOfSubject(lines) && /(?:19|20)\d{2}年/u.test(opening);
}

/** What the page is. `other` covers the guides, catalogues, plans, notices and reports of other bodies around our reports. */
export function pageKind(evidence: KindEvidence): PageKind {
  if (isWall(evidence)) return 'blocked';
  if (isGone(evidence)) return 'soft-404';
  if (isList(evidence)) return 'list';
  const { title, lines, divisions } = evidence;
  const folded = title === null ? null : foldForMatching(title.title);
  if (folded !== null && (namesOtherDocument(folded) || (isReportTitle(folded) && namesOtherBody(folded, divisions)))) return 'other';
  // Without year and sentences a title is a column's name, over a list that a script fills.
  if (folded !== null && isReportTitle(folded) && (/\d{4}|[〇○零一二三四五六七八九]{4}年/u.test(folded) || hasSentences(lines))) return 'annual-report';
  return readsAsReport(lines) ? 'annual-report' : 'other';
}
