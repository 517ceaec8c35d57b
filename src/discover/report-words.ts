/** Which words of a link mean an annual report, a column of annual reports or an information-disclosure section, and which never do. */
import { foldForMatching } from '../han/fold.js';

/** What the law calls the matter; 警务公开 and 政务公开 are the names of before 2008 that some agencies kept. */
const DISCLOSURE = /信息公开|政务公开|警务公开|公开年度?报|公开工作/u;

/** What a report on a year calls itself: 年报, 年度报告, 工作报告, 工作总结, 工作汇报, 工作情况. */
const REPORT = /年报|报告|总结|汇报|工作情况|情况说明/u;

/** A report year in a title: 2016, 201* (a template nobody filled in), 二〇一六. */
const YEAR = /(?:19|20)\d{2}|20\d\*|二[〇○零O0oＯ]{1,2}[一二三四五六七八九〇○零O0]{1,2}/u;

/**
 * Titles that share a column with annual reports and are none. Some contain the words of a report (法治政府建设年度报告,
 * 关于做好…年度报告的通知), so these words decide before all others.
 */
const EXCLUDED = new RegExp([
  '指南', '目录', '制度', '办法', '规定', '规程', '细则', '流程', '申请表', '申请书', '受理', '要点', '方案', '计划', '规划', '通知', '预算', '决算',
  '三公经费', '法治政府', '法治建设', '依法行政', '依法治', '双随机', '行政执法', '权责清单', '责任清单', '权力清单', '考核', '评估', '培训', '会议',
  '招聘', '招标', '采购', '网站年度', '网站工作', '政府网站', '统计公报', '统计年鉴', '质量年报', '企业年', '绩效', '审计', '人大代表', '政协', '建议提案', '规范性文件',
  '季度', '上半年', '下半年', '月报', '月份',
].join('|'), 'u');

/** Names of a column of annual reports, without a year. */
const REPORT_COLUMN = /年报|年度(?:工作)?报告|年度公开报告|信息公开(?:工作)?报告/u;

/** Columns of other yearly reports. */
const OTHER_COLUMN = /法治|依法|预算|决算|统计|企业|网站|报表|质量|财务|绩效|审计|双随机|社会责任|执法|普法|气象|环境|政府工作报告|规范性|代表|提案/u;

const SECTION = /^(?:政府|警务|政务|公安|部门|单位|机关)?信息公开(?:专栏|专题|平台|目录|栏目|网|大厅|首页|内容)?$|^(?:政务|警务|阳光)公开(?:专栏|栏)?$|^阳光警务$|^法定主动公开(?:内容|信息)?$|^主动公开(?:内容|信息|目录|基本目录)?$|^公开目录$|^政府信息主动公开(?:内容|目录)?$/u;
const SITE_MAP = /^(?:网站|站点)(?:地图|导航)$/u;

/** 2016年, 2016年度, 2016: a folder for one year, or a report whose row names nothing else. */
const YEAR_ONLY = /^(?:19|20)\d{2}年?度?$/u;

/** In a column of reports the words 政府信息公开 are often left out: 2018年年报, 2009年度报告. */
const SHORT_REPORT = /年报|年度|报告|总结|汇报|信息公开.*(?:情况|统计)|年版/u;

/** Sub-columns by publisher inside a government's report column: 市直部门年报, 各部门, 部门单位. */
const BY_DEPARTMENT = /^(?:[市县区省州盟旗]|各)?(?:直|级|政府)?(?:各)?(?:部门|委办局|单位|职能部门|工作部门|组成部门|部门单位|机关部门)(?:信息公开|政府信息公开)?(?:年报|年度报告|工作年度报告)?$/u;

/** The end of words that a page cut short (NFKC turns … into three dots). */
const CUT = /(?:…|\.{2,})$/u;

/** Column words are short; longer link texts are titles. Longest met: 政府信息公开工作年度报告专栏 with a place before it. */
const COLUMN_LENGTH = 24;

/** A link's words as the tables of this file expect them: NFKC, no white space, Simplified. */
export function foldWords(words: string): string {
  return foldForMatching(words);
}

/** Whether folded words name a report year. */
export function namesYear(folded: string): boolean {
  return YEAR.test(folded);
}

/** Whether folded words belong to a kind of page that is never an annual report on disclosure. */
export function isExcluded(folded: string): boolean {
  return EXCLUDED.test(folded);
}

/** Whether folded words were cut short by the page. */
export function isCut(folded: string): boolean {
  return CUT.test(folded);
}

/**
 * Whether folded words are, anywhere on a site, the title of an annual report on disclosure: they name the matter, a report
 * and a year. Words that were cut after the matter count too.
 */
export function isReportTitle(folded: string): boolean {
  if (isExcluded(folded) || !DISCLOSURE.test(folded)) return false;
  return namesYear(folded) && (REPORT.test(folded) || isCut(folded));
}

/**
 * Whether folded words name a report in a column that is known to hold annual reports on disclosure: the matter may be left out
 * there, or the year, or everything but the year.
 */
export function isReportRow(folded: string): boolean {
  if (isExcluded(folded) || (OTHER_COLUMN.test(folded) && !DISCLOSURE.test(folded))) return false;
  if (isReportTitle(folded) || YEAR_ONLY.test(folded)) return true;
  if (namesYear(folded)) return SHORT_REPORT.test(folded) || isCut(folded);
  return DISCLOSURE.test(folded) && REPORT.test(folded) && folded.length > 12;
}

/** Whether folded words are a year and nothing else. */
export function isYearOnly(folded: string): boolean {
  return YEAR_ONLY.test(folded);
}

/** Whether folded words name a column of annual reports. */
export function isReportColumn(folded: string): boolean {
  if (folded.length > COLUMN_LENGTH || namesYear(folded) || OTHER_COLUMN.test(folded)) return false;
  return REPORT_COLUMN.test(folded) && !/指南|制度|通知|解读$/u.test(folded);
}

/** Whether folded words name the departments' part of a government's report column. */
export function isDepartments(folded: string): boolean {
  return BY_DEPARTMENT.test(folded);
}

/** Whether folded words name an information-disclosure section. */
export function isSection(folded: string): boolean {
  return SECTION.test(folded);
}

/** Whether folded words lead to the site map. */
export function isSiteMap(folded: string): boolean {
  return SITE_MAP.test(folded);
}

/**
 * Folders of annual-report columns in pinyin initials, as met on 61 police reports: zfxxgknb, xxgknb, gknb, ndbg, ndgzbg, zfxxgkgzndbg,
 * bmxxgkndbg, bmxxgknb, bmnb, zfxxgkgznb, with the numbers that CMSs append (zfxxgknb_11187, xxgknbh8x).
 */
const REPORT_FOLDER = /^(?!fz|wz|zfwz|qy|tj)[a-z]{0,12}(?:gk(?:gz)?nd?bg?|nd(?:gz)?bg|bmnb)(?:[_\d]\w*|[a-z]\d\w*)?$/iu;
const SECTION_FOLDER = /^(?:zfxxgk|xxgk|zwgk|jwgk|gkml|fdzdgknr|zfxxgkml|zdgk)(?:[_\d]\w*)?$/iu;

/** File names of a list's pages: they say nothing of the column. */
const LIST_FILE = /^(?:index|list|default|common_list|\w{0,8}list)?(?:_?\d{1,5})?$/iu;

/** The folder that a column's address ends in: `zfxxgknb` of `/zwgk/zfxxgknb/index_2.html` and of `/zwgk/zfxxgknb.htm`. */
function lastFolder(url: string): string {
  const folders = new URL(url).pathname.split('/').map((folder) => folder.replace(/\.\w{2,5}$/u, ''));
  return folders.filter((folder) => !LIST_FILE.test(folder)).at(-1) ?? '';
}

/** Whether the URL ends in a folder named like a column of annual reports. A hint only: slugs are copied and never renamed. */
export function hasReportFolder(url: string): boolean {
  return REPORT_FOLDER.test(lastFolder(url));
}

/** Whether the URL ends in a folder that is named like an information-disclosure section. */
export function hasSectionFolder(url: string): boolean {
  return SECTION_FOLDER.test(lastFolder(url));
}

/** Words of a pager and of buttons: no column is called so. */
const PAGER_WORDS = /^(?:首页|尾页|末页|上一?页|下一?页|返回.*|[\d<>«»›‹.[\]()]+)$/u;

/** Whether folded words are those of a pager. */
export function isPagerWord(folded: string): boolean {
  return PAGER_WORDS.test(folded);
}
