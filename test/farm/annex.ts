/** The statistics annex of the years 2014 to 2018: indicator, unit, number. */
import type { TableRow } from './document.js';
import type { FreeFigures } from './figures.js';

/** Label, unit, and what stands there: a figure's name, a constant, or null for a heading row. */
type AnnexRow = readonly [label: string, unit: string, value: keyof FreeFigures | number | null];

const ROWS: readonly AnnexRow[] = [
  ['一、主动公开情况', '', null],
  ['（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）', '条', 'published'],
  ['其中：主动公开规范性文件数', '条', 0],
  ['制发规范性文件总数', '件', 0],
  ['（二）通过不同渠道和方式公开政府信息的情况', '', null],
  ['1.政府公报公开政府信息数', '条', 0],
  ['2.政府网站公开政府信息数', '条', 'website'],
  ['3.政务微博公开政府信息数', '条', 'weibo'],
  ['4.政务微信公开政府信息数', '条', 'wechat'],
  ['5.其他方式公开政府信息数', '条', 'other'],
  ['二、回应解读情况', '', null],
  ['（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）', '次', 3],
  ['（二）通过不同渠道和方式回应解读的情况', '', null],
  ['1.参加或举办新闻发布会总次数', '次', 2],
  ['其中：主要负责同志参加新闻发布会次数', '次', 1],
  ['2.政府网站在线访谈次数', '次', 1],
  ['其中：主要负责同志参加政府网站在线访谈次数', '次', 0],
  ['3.政策解读稿件发布数', '篇', 6],
  ['4.微博微信回应事件数', '次', 12],
  ['5.其他方式回应事件数', '次', 0],
  ['三、依申请公开情况', '', null],
  ['（一）收到申请数', '件', 'received'],
  ['1.当面申请数', '件', 'counter'],
  ['2.传真申请数', '件', 0],
  ['3.网络申请数', '件', 'online'],
  ['4.信函申请数', '件', 'letter'],
  ['（二）申请办结数', '件', 'received'],
  ['1.按时办结数', '件', 'received'],
  ['2.延期办结数', '件', 0],
  ['（三）申请答复数', '件', 'received'],
  ['1.属于已主动公开范围数', '件', 0],
  ['2.同意公开答复数', '件', 'granted'],
  ['3.同意部分公开答复数', '件', 'partly'],
  ['4.不同意公开答复数', '件', 'refused'],
  ['其中：涉及国家秘密', '件', 0],
  ['涉及商业秘密', '件', 0],
  ['涉及个人隐私', '件', 'refused'],
  ['危及国家安全、公共安全、经济安全和社会稳定', '件', 0],
  ['不是《条例》所指政府信息', '件', 0],
  ['法律法规规定的其他情形', '件', 0],
  ['5.不属于本行政机关公开数', '件', 'notOurs'],
  ['6.申请信息不存在数', '件', 'notHeld'],
  ['7.告知作出更改补充数', '件', 0],
  ['8.告知通过其他途径办理数', '件', 0],
  ['四、行政复议数量', '件', 'reviews'],
  ['（一）维持具体行政行为数', '件', 'reviews'],
  ['（二）被依法纠错数', '件', 0],
  ['（三）其他情形数', '件', 0],
  ['五、行政诉讼数量', '件', 'suits'],
  ['（一）维持具体行政行为或者驳回原告诉讼请求数', '件', 'suits'],
  ['（二）被依法纠错数', '件', 0],
  ['（三）其他情形数', '件', 0],
  ['六、举报投诉数量', '件', 0],
  ['七、依申请公开信息收取的费用', '万元', 0],
  ['八、机构建设和保障经费情况', '', null],
  ['（一）政府信息公开工作专门机构数', '个', 1],
  ['（二）设置政府信息公开查阅点数', '个', 2],
  ['（三）从事政府信息公开工作人员数', '人', 11],
  ['1.专职人员数（不包括政府公报及政府网站工作人员数）', '人', 2],
  ['2.兼职人员数', '人', 9],
  ['（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）', '万元', 5],
  ['九、政府信息公开会议和培训情况', '', null],
  ['（一）召开政府信息公开工作会议或专题会议数', '次', 4],
  ['（二）举办各类培训班数', '次', 2],
  ['（三）接受培训人员数', '人次', 86],
];

/** The annex's title line. */
export function annexTitle(year: number): string {
  return `政府信息公开情况统计表（${year}年度）`;
}

/** A heading row has a dash for its unit and its number, as in the printed form. */
function bodyRow([label, unit, value]: AnnexRow, figures: FreeFigures): TableRow {
  const shown = value === null ? '——' : String(typeof value === 'number' ? value : figures[value]);
  return [label, unit || '——', shown].map((text) => ({ text }));
}

/** The annex as table rows under its header. */
export function annexRows(figures: FreeFigures): TableRow[] {
  return [['统计指标', '单位', '统计数'].map((text) => ({ text })), ...ROWS.map((row) => bodyRow(row, figures))];
}
