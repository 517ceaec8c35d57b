/**
 * The statistics annex of 2014 to 2018 (政府信息公开情况统计表), labels in the order of the form. The order number is the row's key.
 * Labels and order are from general knowledge of the national form, not from an official copy.
 */

export interface AnnexRow {
  readonly order: number;
  readonly label: string;
  /** Null for a heading, which has no number. */
  readonly unit: string | null;
}

export const ANNEX_ROWS: readonly AnnexRow[] = [
  { order: 1, label: '一、主动公开情况', unit: null },
  { order: 2, label: '（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）', unit: '条' },
  { order: 3, label: '其中：主动公开规范性文件数', unit: '条' },
  { order: 4, label: '制发规范性文件总数', unit: '件' },
  { order: 5, label: '（二）通过不同渠道和方式公开政府信息的情况', unit: null },
  { order: 6, label: '1.政府公报公开政府信息数', unit: '条' },
  { order: 7, label: '2.政府网站公开政府信息数', unit: '条' },
  { order: 8, label: '3.政务微博公开政府信息数', unit: '条' },
  { order: 9, label: '4.政务微信公开政府信息数', unit: '条' },
  { order: 10, label: '5.其他方式公开政府信息数', unit: '条' },
  { order: 11, label: '二、回应解读情况', unit: null },
  { order: 12, label: '（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）', unit: '次' },
  { order: 13, label: '（二）通过不同渠道和方式回应解读的情况', unit: null },
  { order: 14, label: '1.参加或举办新闻发布会总次数', unit: '次' },
  { order: 15, label: '其中：主要负责同志参加新闻发布会次数', unit: '次' },
  { order: 16, label: '2.政府网站在线访谈次数', unit: '次' },
  { order: 17, label: '其中：主要负责同志参加政府网站在线访谈次数', unit: '次' },
  { order: 18, label: '3.政策解读稿件发布数', unit: '篇' },
  { order: 19, label: '4.微博微信回应事件数', unit: '次' },
  { order: 20, label: '5.其他方式回应事件数', unit: '次' },
  { order: 21, label: '三、依申请公开情况', unit: null },
  { order: 22, label: '（一）收到申请数', unit: '件' },
  { order: 23, label: '1.当面申请数', unit: '件' },
  { order: 24, label: '2.传真申请数', unit: '件' },
  { order: 25, label: '3.网络申请数', unit: '件' },
  { order: 26, label: '4.信函申请数', unit: '件' },
  { order: 27, label: '（二）申请办结数', unit: '件' },
  { order: 28, label: '1.按时办结数', unit: '件' },
  { order: 29, label: '2.延期办结数', unit: '件' },
  { order: 30, label: '（三）申请答复数', unit: '件' },
  { order: 31, label: '1.属于已主动公开范围数', unit: '件' },
  { order: 32, label: '2.同意公开答复数', unit: '件' },
  { order: 33, label: '3.同意部分公开答复数', unit: '件' },
  { order: 34, label: '4.不同意公开答复数', unit: '件' },
  { order: 35, label: '其中：涉及国家秘密', unit: '件' },
  { order: 36, label: '涉及商业秘密', unit: '件' },
  { order: 37, label: '涉及个人隐私', unit: '件' },
  { order: 38, label: '危及国家安全、公共安全、经济安全和社会稳定', unit: '件' },
  { order: 39, label: '不是《条例》所指政府信息', unit: '件' },
  { order: 40, label: '法律法规规定的其他情形', unit: '件' },
  { order: 41, label: '5.不属于本行政机关公开数', unit: '件' },
  { order: 42, label: '6.申请信息不存在数', unit: '件' },
  { order: 43, label: '7.告知作出更改补充数', unit: '件' },
  { order: 44, label: '8.告知通过其他途径办理数', unit: '件' },
  { order: 45, label: '四、行政复议数量', unit: '件' },
  { order: 46, label: '（一）维持具体行政行为数', unit: '件' },
  { order: 47, label: '（二）被依法纠错数', unit: '件' },
  { order: 48, label: '（三）其他情形数', unit: '件' },
  { order: 49, label: '五、行政诉讼数量', unit: '件' },
  { order: 50, label: '（一）维持具体行政行为或者驳回原告诉讼请求数', unit: '件' },
  { order: 51, label: '（二）被依法纠错数', unit: '件' },
  { order: 52, label: '（三）其他情形数', unit: '件' },
  { order: 53, label: '六、举报投诉数量', unit: '件' },
  { order: 54, label: '七、依申请公开信息收取的费用', unit: '万元' },
  { order: 55, label: '八、机构建设和保障经费情况', unit: null },
  { order: 56, label: '（一）政府信息公开工作专门机构数', unit: '个' },
  { order: 57, label: '（二）设置政府信息公开查阅点数', unit: '个' },
  { order: 58, label: '（三）从事政府信息公开工作人员数', unit: '人' },
  { order: 59, label: '1.专职人员数（不包括政府公报及政府网站工作人员数）', unit: '人' },
  { order: 60, label: '2.兼职人员数', unit: '人' },
  { order: 61, label: '（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）', unit: '万元' },
  { order: 62, label: '九、政府信息公开会议和培训情况', unit: null },
  { order: 63, label: '（一）召开政府信息公开工作会议或专题会议数', unit: '次' },
  { order: 64, label: '（二）举办各类培训班数', unit: '次' },
  { order: 65, label: '（三）接受培训人员数', unit: '人次' },
];

/** Sums the form implies: a row and the rows it consists of, by order. */
export const ANNEX_SUMS: readonly { readonly rule: string; readonly total: number; readonly parts: readonly number[] }[] = [
  { rule: 'S-REQ', total: 22, parts: [23, 24, 25, 26] },
  { rule: 'S-DONE', total: 27, parts: [28, 29] },
  { rule: 'S-REPLY', total: 30, parts: [31, 32, 33, 34, 41, 42, 43, 44] },
  { rule: 'S-DENY', total: 34, parts: [35, 36, 37, 38, 39, 40] },
  { rule: 'S-REVIEW', total: 45, parts: [46, 47, 48] },
  { rule: 'S-SUIT', total: 49, parts: [50, 51, 52] },
  { rule: 'S-STAFF', total: 58, parts: [59, 60] },
];
