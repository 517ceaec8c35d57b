/** Finds a report's title among what the page claims and what its first lines say. */
import { foldForMatching } from '../han/fold.js';
import { articleTitle, withoutSite } from '../html/article-title.js';
import type { PageClaims } from '../html/page-title.js';
import type { TextLine } from './lines.js';

/** Words of the subject: the information an agency makes public. */
const SUBJECT = /(?:政府信息公开|政务信息公开|警务信息公开|信息公开|政务公开|警务公开|信息主动公开)/u;
/** Words of the kind: the titles met call the annual report so. 自查报告 and 汇报 are its names in some years and places. */
const KIND = /(?:年度?(?:工作)?(?:报告|总结)|工作(?:年度)?(?:报告|总结|汇报|年报)|年报|年度报告|公开(?:工作)?(?:情况)?(?:的)?(?:报告|总结|汇报)|自查报告|工作情况(?:的)?(?:报告|总结|汇报))/u;
const LONGEST_TITLE = 80;

/** Documents around the annual report that carry its words in their titles (DOMAIN: guides, catalogues, plans, budgets and the like). */
const OTHER_DOCUMENTS = new RegExp([
  '指南', '目录', '制度', '规定', '办法', '方案', '计划', '要点', '安排', '意见', '细则', '申请表', '流程', '通知', '通报', '公告', '公示', '函$', '批复', '规划', '清单',
  '半年', '季度', '月份?', '法治政府', '依法行政', '预算', '决算', '三公经费', '权力运行', '考核', '评估结果', '述职', '部署', '培训', '会议', '一图读懂', '图解', '解读', '政策问答',
].join('|'), 'u');

/** 关于…的通知 and the like: what comes last names the document. A report may be 关于…情况的报告. */
const LAST_WORD = /(?:报告|总结|汇报|年报|自查)(?:[（(【[].{0,20}[）)】\]])?[。.]?$/u;

/** Whether a folded title is that of an annual report on making information public. */
export function isReportTitle(folded: string): boolean {
  if (folded.length > LONGEST_TITLE || !SUBJECT.test(folded) || !KIND.test(folded)) return false;
  return !namesOtherDocument(folded);
}

/** Whether a folded title names one of the documents around the annual report. */
export function namesOtherDocument(folded: string): boolean {
  const title = folded.replace(/^.{0,40}关于印发/u, '关于印发');
  if (/^关于印发|^转发/u.test(title) || /(?:通知|方案|计划|安排|要点|办法|通报)$/u.test(title)) return true;
  const found = OTHER_DOCUMENTS.exec(title);
  if (found === null) return false;
  // 贯彻落实…规定情况的报告 ends as a report does; 法治政府建设年度报告 is another report.
  return !LAST_WORD.test(title) || /法治政府|依法行政|预算|决算|三公经费|图解|一图读懂|解读|考核|述职|培训|半年|季度|[1-9一二三四五六七八九]月份?/u.test(title);
}

export interface ReportTitle {
  readonly title: string;
  readonly from: 'meta' | 'heading' | 'document' | 'text' | 'link';
}

/** Marks of sentences, table rows, and rows of a list (a cut title, a day). */
const NO_TITLE = /[。；\t|…]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/u;

/** The title among the first lines: one line, or two or three that a page breaks it over. */
function fromText(lines: readonly TextLine[]): string | null {
  for (let start = 0; start < Math.min(4, lines.length); start += 1) {
    for (let count = 1; count <= 3 && start + count <= lines.length; count += 1) {
      const some = lines.slice(start, start + count);
      const title = some.map(({ text }) => text).join('').trim();
      if (title.length > LONGEST_TITLE || some.some(({ text }) => NO_TITLE.test(text))) break;
      if (isReportTitle(foldForMatching(title))) return title;
    }
  }
  return null;
}

export interface TitleEvidence {
  /** Null for a plain-text payload. */
  readonly claims: PageClaims | null;
  readonly lines: readonly TextLine[];
  /** Text of the link that led here. */
  readonly anchor: string | null;
  /** Repairs a piece of text that comes from the page's source. */
  readonly mend: (text: string) => string;
}

/**
 * The title: what the page claims when that is a report's title, else the text's first lines, else the link's text, else
 * whatever the page claims. Null when nothing does: some reports are prose without any title.
 */
export function findTitle({ claims, lines, anchor, mend }: TitleEvidence): ReportTitle | null {
  const found = claims === null ? null : articleTitle(claims);
  const claimed = found === null || claims === null ? null : { title: withoutSite(mend(found.title), claims), from: found.from };
  if (claimed && isReportTitle(foldForMatching(claimed.title))) return claimed;
  const first = fromText(lines);
  if (first !== null) return { title: first, from: 'text' };
  if (claimed) return claimed;
  return anchor !== null && isReportTitle(foldForMatching(anchor)) ? { title: anchor.trim(), from: 'link' } : firstLine(lines);
}

/** Of a text without claims: its first line, when it stands alone as a title does. */
function firstLine(lines: readonly TextLine[]): ReportTitle | null {
  const [line] = lines;
  if (line === undefined || line.text.length > LONGEST_TITLE || /^[一二三四五六七八九十（(\d]|[。；，：\t|]/u.test(line.text) || lines.length < 3) return null;
  return { title: line.text.trim(), from: 'text' };
}
