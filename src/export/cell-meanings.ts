/** The meaning of every row and column of the statutory tables, in English and Chinese: what a column `table.row.column` counts. */
import type { FieldMeaning } from './codebook-fields.js';

export const TABLES: readonly FieldMeaning[] = [
  ['proactive', 'Information published on the agency’s own initiative (Regulation, Art. 20)', '主动公开政府信息情况（条例第二十条）'],
  ['requests', 'Requests for information received and handled', '收到和处理政府信息公开申请情况'],
  ['reviewLitigation', 'Administrative reviews and lawsuits about disclosure', '政府信息公开行政复议、行政诉讼情况'],
  ['annex', 'Statistics annex of 2014 to 2018; the row is the number in the form', '政府信息公开情况统计表（2014—2018）；行为表内序号'],
];

export const PROACTIVE_ROWS: readonly FieldMeaning[] = [
  ['art20_1.rule', 'Rules', '规章'],
  ['art20_1.normative', 'Normative documents', '行政规范性文件'],
  ['art20_5.licence', 'Administrative licences', '行政许可'],
  ['art20_5.otherService', 'Other services to the public', '其他对外管理服务事项'],
  ['art20_6.penalty', 'Administrative penalties', '行政处罚'],
  ['art20_6.coercion', 'Administrative coercive measures', '行政强制'],
  ['art20_8.fee', 'Administrative fees', '行政事业性收费'],
  ['art20_9.procurement', 'Government procurement', '政府集中采购'],
];

export const PROACTIVE_COLUMNS: readonly FieldMeaning[] = [
  ['issued', 'issued this year', '本年制发件数'],
  ['repealed', 'repealed this year', '本年废止件数'],
  ['inForce', 'in force', '现行有效件数'],
  ['decisions', 'decisions this year', '本年处理决定数量'],
  ['amountWan', 'amount collected this year, in 10,000 yuan', '本年收费金额（万元）'],
  ['made', 'made this year', '本年新制作数量'],
  ['published', 'published this year', '本年新公开数量'],
  ['publishedTotal', 'published in all', '对外公开总数量'],
  ['itemsPrev', 'number of kinds the year before', '上一年项目数量'],
  ['change', 'more or fewer this year', '本年增/减'],
  ['projects', 'procurement projects', '采购项目数量'],
  ['amount', 'procurement total, in the unit of the form', '采购总金额'],
];

export const REQUEST_ROWS: readonly FieldMeaning[] = [
  ['new', 'New requests this year', '本年新收政府信息公开申请数量'],
  ['carriedIn', 'Requests brought in from the year before', '上年结转政府信息公开申请数量'],
  ['r.open', 'Granted', '予以公开'],
  ['r.partial', 'Granted in part', '部分公开'],
  ['r.denied.stateSecret', 'Denied: state secret', '不予公开：属于国家秘密'],
  ['r.denied.lawForbidden', 'Denied: disclosure forbidden by another law', '不予公开：其他法律行政法规禁止公开'],
  ['r.denied.threeSecurities', 'Denied: endangers national, public or economic security or social stability', '不予公开：危及“三安全一稳定”'],
  ['r.denied.thirdParty', 'Denied: lawful interests of third parties', '不予公开：保护第三方合法权益'],
  ['r.denied.internalAffairs', 'Denied: internal affairs', '不予公开：属于三类内部事务信息'],
  ['r.denied.process', 'Denied: information on work in progress', '不予公开：属于四类过程性信息'],
  ['r.denied.enforcementFile', 'Denied: files of administrative enforcement', '不予公开：属于行政执法案卷'],
  ['r.denied.adminQuery', 'Denied: matters of administrative inquiry', '不予公开：属于行政查询事项'],
  ['r.unable.notHeld', 'Cannot be given: not held by the agency', '无法提供：本机关不掌握相关政府信息'],
  ['r.unable.needsCreation', 'Cannot be given: would have to be made', '无法提供：没有现成信息需要另行制作'],
  ['r.unable.stillUnclear', 'Cannot be given: request still unclear after correction', '无法提供：补正后申请内容仍不明确'],
  ['r.notProcessed.petition', 'Not processed: petition, report or complaint', '不予处理：信访举报投诉类申请'],
  ['r.notProcessed.repeat', 'Not processed: repeated request', '不予处理：重复申请'],
  ['r.notProcessed.publication', 'Not processed: asks for a publication on sale', '不予处理：要求提供公开出版物'],
  ['r.notProcessed.abusive', 'Not processed: large numbers of requests without good reason', '不予处理：无正当理由大量反复申请'],
  ['r.notProcessed.reissue', 'Not processed: asks to confirm or issue again what was obtained', '不予处理：要求行政机关确认或重新出具已获取信息'],
  ['r.other', 'Other handling (format of 2019)', '其他处理（2019年格式）'],
  ['r.other.overdueCorrection', 'Other: not corrected in time', '其他处理：逾期不补正'],
  ['r.other.overdueFee', 'Other: fee not paid in time', '其他处理：逾期未缴纳费用'],
  ['r.other.misc', 'Other: anything else', '其他处理：其他'],
  ['r.total', 'Results in all', '办理结果总计'],
  ['carriedOut', 'Carried over to the next year', '结转下年度继续办理'],
];

export const REQUEST_COLUMNS: readonly FieldMeaning[] = [
  ['natural', 'from natural persons', '自然人'],
  ['commercial', 'from businesses', '商业企业'],
  ['research', 'from research bodies', '科研机构'],
  ['welfare', 'from social welfare organisations', '社会公益组织'],
  ['legal', 'from legal service bodies', '法律服务机构'],
  ['other', 'from other legal persons', '其他'],
  ['total', 'from all applicants', '总计'],
];

export const REVIEW_GROUP_NAMES: readonly FieldMeaning[] = [
  ['review', 'Administrative reviews', '行政复议'],
  ['suitDirect', 'Lawsuits without a review before', '未经复议直接起诉'],
  ['suitAfterReview', 'Lawsuits after a review', '复议后起诉'],
];

export const REVIEW_OUTCOMES: readonly FieldMeaning[] = [
  ['upheld', 'upheld', '结果维持'],
  ['corrected', 'corrected', '结果纠正'],
  ['other', 'other result', '其他结果'],
  ['pending', 'not yet decided', '尚未审结'],
  ['total', 'in all', '总计'],
];

/** `review.upheld` …: each group with each outcome. */
export const REVIEW_COLUMN_NAMES: readonly FieldMeaning[] = REVIEW_GROUP_NAMES.flatMap(([group, english, chinese]) =>
  REVIEW_OUTCOMES.map(([outcome, result, outcomeChinese]): FieldMeaning => [`${group}.${outcome}`, `${english}: ${result}`, `${chinese}：${outcomeChinese}`]));

/** Rows of the annex that hold numbers, by their number in the form. */
export const ANNEX_ROW_NAMES: readonly FieldMeaning[] = [
  ['2', 'Information published', '主动公开政府信息数'], ['3', 'of which normative documents', '其中：主动公开规范性文件数'], ['4', 'Normative documents issued', '制发规范性文件总数'],
  ['6', 'Published in gazettes', '政府公报公开政府信息数'], ['7', 'Published on web sites', '政府网站公开政府信息数'], ['8', 'Published on Weibo', '政务微博公开政府信息数'],
  ['9', 'Published on WeChat', '政务微信公开政府信息数'], ['10', 'Published in other ways', '其他方式公开政府信息数'], ['12', 'Responses to public concerns', '回应公众关注热点或重大舆情数'],
  ['14', 'Press conferences', '参加或举办新闻发布会总次数'], ['15', 'of which attended by leaders', '其中：主要负责同志参加新闻发布会次数'], ['16', 'Online interviews', '政府网站在线访谈次数'],
  ['17', 'of which with leaders', '其中：主要负责同志参加政府网站在线访谈次数'], ['18', 'Articles explaining policy', '政策解读稿件发布数'], ['19', 'Responses on Weibo and WeChat', '微博微信回应事件数'],
  ['20', 'Responses in other ways', '其他方式回应事件数'], ['22', 'Requests received', '收到申请数'], ['23', 'in person', '当面申请数'], ['24', 'by fax', '传真申请数'], ['25', 'online', '网络申请数'], ['26', 'by letter', '信函申请数'],
  ['27', 'Requests concluded', '申请办结数'], ['28', 'in time', '按时办结数'], ['29', 'after an extension', '延期办结数'], ['30', 'Requests answered', '申请答复数'],
  ['31', 'Published already', '属于已主动公开范围数'], ['32', 'Granted', '同意公开答复数'], ['33', 'Granted in part', '同意部分公开答复数'], ['34', 'Denied', '不同意公开答复数'],
  ['35', 'Denied: state secret', '其中：涉及国家秘密'], ['36', 'Denied: business secret', '涉及商业秘密'], ['37', 'Denied: privacy', '涉及个人隐私'],
  ['38', 'Denied: endangers security or stability', '危及国家安全、公共安全、经济安全和社会稳定'], ['39', 'Denied: no government information in the sense of the Regulation', '不是《条例》所指政府信息'],
  ['40', 'Denied: other cases of the law', '法律法规规定的其他情形'], ['41', 'Not this agency’s to publish', '不属于本行政机关公开数'], ['42', 'Does not exist', '申请信息不存在数'],
  ['43', 'Told to change or complete the request', '告知作出更改补充数'], ['44', 'Told to take another way', '告知通过其他途径办理数'], ['45', 'Administrative reviews', '行政复议数量'],
  ['46', 'Reviews: upheld', '维持具体行政行为数'], ['47', 'Reviews: corrected', '被依法纠错数'], ['48', 'Reviews: other', '其他情形数'], ['49', 'Administrative lawsuits', '行政诉讼数量'],
  ['50', 'Lawsuits: upheld or dismissed', '维持具体行政行为或者驳回原告诉讼请求数'], ['51', 'Lawsuits: corrected', '被依法纠错数'], ['52', 'Lawsuits: other', '其他情形数'],
  ['53', 'Complaints', '举报投诉数量'], ['54', 'Fees collected for requests, in 10,000 yuan', '依申请公开信息收取的费用（万元）'], ['56', 'Offices for disclosure', '政府信息公开工作专门机构数'],
  ['57', 'Reading places', '设置政府信息公开查阅点数'], ['58', 'Staff', '从事政府信息公开工作人员数'], ['59', 'Staff, full time', '专职人员数'], ['60', 'Staff, part time', '兼职人员数'],
  ['61', 'Budget for disclosure, in 10,000 yuan', '政府信息公开专项经费（万元）'], ['63', 'Meetings held', '召开政府信息公开工作会议或专题会议数'], ['64', 'Trainings held', '举办各类培训班数'], ['65', 'Persons trained', '接受培训人员数'],
];

const COUNT: readonly FieldMeaning[] = [['count', 'number', '数量']];

/** Rows and columns of each table. */
const MEANINGS: Readonly<Record<string, { readonly rows: readonly FieldMeaning[]; readonly columns: readonly FieldMeaning[] }>> = {
  proactive: { rows: PROACTIVE_ROWS, columns: PROACTIVE_COLUMNS },
  requests: { rows: REQUEST_ROWS, columns: REQUEST_COLUMNS },
  reviewLitigation: { rows: [['count', 'Cases', '件数']], columns: REVIEW_COLUMN_NAMES },
  annex: { rows: ANNEX_ROW_NAMES, columns: COUNT },
};

/** Place of a key among meanings; what no format has comes last. */
function rank(meanings: readonly FieldMeaning[] | undefined, key: string): number {
  const index = meanings?.findIndex(([name]) => name === key) ?? -1;
  return index < 0 ? Number.MAX_SAFE_INTEGER : index;
}

/** `requests.r.denied.process.total`: the first part is the table, the rest row and column, of which `reviewLitigation` has the dot in its columns. */
export function partsOfName(name: string): readonly [table: string, row: string, column: string] {
  const [table = '', ...rest] = name.split('.');
  return table === 'reviewLitigation' ? [table, rest[0] ?? '', rest.slice(1).join('.')] : [table, rest.slice(0, -1).join('.'), rest.at(-1) ?? ''];
}

/** Cell names in the order of the forms: table by table, row by row. */
export function inFormOrder(names: readonly string[]): string[] {
  const ranked = names.map((name) => {
    const [table, row, column] = partsOfName(name);
    return { name, ranks: [rank(TABLES, table), rank(MEANINGS[table]?.rows, row), rank(MEANINGS[table]?.columns, column)] };
  });
  ranked.sort((a, b) => a.ranks.map((own, index) => own - (b.ranks[index] ?? 0)).find((difference) => difference !== 0) ?? (a.name < b.name ? -1 : 1));
  return ranked.map(({ name }) => name);
}

/** What a cell counts, in both languages; null for a cell that no reporting format has. */
export function cellMeaning(table: string, row: string, column: string): { readonly english: string; readonly chinese: string } | null {
  const one = (meanings: readonly FieldMeaning[] | undefined, key: string): FieldMeaning | undefined => meanings?.find(([name]) => name === key);
  const [ofRow, ofColumn] = [one(MEANINGS[table]?.rows, row), one(MEANINGS[table]?.columns, column)];
  return ofRow && ofColumn ? { english: `${ofRow[1]}, ${ofColumn[1]}`, chinese: `${ofRow[2]}，${ofColumn[2]}` } : null;
}
