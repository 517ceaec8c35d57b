/** The format of 2021 (国办公开办函〔2021〕30号), labels in the order of the form. */
import type { Form, RequestRow } from './form.js';

/** Rows that both formats share, up to 其他处理. */
export const SHARED_ROWS: readonly RequestRow[] = [
  { key: 'new', label: '一、本年新收政府信息公开申请数量', also: ['本年新收政府信息公开申请数', '本年度新收政府信息公开申请数量', '本年新收申请数量', '新收政府信息公开申请数量'] },
  { key: 'carriedIn', label: '二、上年结转政府信息公开申请数量', also: ['上年结转政府信息公开申请数', '上年度结转政府信息公开申请数量', '上年结转申请数量'] },
  { key: 'r.open', label: '（一）予以公开' },
  { key: 'r.partial', label: '（二）部分公开（区分处理的，只计这一情形，不计其他情形）' },
  { key: 'r.denied.stateSecret', label: '1.属于国家秘密', group: '不予公开' },
  { key: 'r.denied.lawForbidden', label: '2.其他法律行政法规禁止公开', also: ['其他法律、行政法规禁止公开', '法律行政法规禁止公开'], group: '不予公开' },
  { key: 'r.denied.threeSecurities', label: '3.危及“三安全一稳定”', also: ['危及三安全一稳定', '“三安全一稳定”'], group: '不予公开' },
  { key: 'r.denied.thirdParty', label: '4.保护第三方合法权益', group: '不予公开' },
  { key: 'r.denied.internalAffairs', label: '5.属于三类内部事务信息', group: '不予公开' },
  { key: 'r.denied.process', label: '6.属于四类过程性信息', group: '不予公开' },
  { key: 'r.denied.enforcementFile', label: '7.属于行政执法案卷', group: '不予公开' },
  { key: 'r.denied.adminQuery', label: '8.属于行政查询事项', group: '不予公开' },
  { key: 'r.unable.notHeld', label: '1.本机关不掌握相关政府信息', group: '无法提供' },
  { key: 'r.unable.needsCreation', label: '2.没有现成信息需要另行制作', group: '无法提供' },
  { key: 'r.unable.stillUnclear', label: '3.补正后申请内容仍不明确', group: '无法提供' },
  { key: 'r.notProcessed.petition', label: '1.信访举报投诉类申请', group: '不予处理' },
  { key: 'r.notProcessed.repeat', label: '2.重复申请', group: '不予处理' },
  { key: 'r.notProcessed.publication', label: '3.要求提供公开出版物', group: '不予处理' },
  { key: 'r.notProcessed.abusive', label: '4.无正当理由大量反复申请', group: '不予处理' },
  { key: 'r.notProcessed.reissue', label: '5.要求行政机关确认或重新出具已获取信息', group: '不予处理' },
];

export const CLOSING_ROWS: readonly RequestRow[] = [
  { key: 'r.total', label: '（七）总计', also: ['合计'] },
  { key: 'carriedOut', label: '四、结转下年度继续办理', also: ['结转下年度继续办理数量', '结转下年继续办理'] },
];

export const FORM_2021: Form = {
  bands: [
    {
      key: 'art20_1', title: '第二十条第（一）项',
      columns: [{ key: 'issued', label: '本年制发件数', also: ['本年制发数量'] }, { key: 'repealed', label: '本年废止件数', also: ['本年废止数量'] }, { key: 'inForce', label: '现行有效件数', also: ['现行有效数量'] }],
      rows: [{ key: 'rule', label: '规章' }, { key: 'normative', label: '行政规范性文件', also: ['规范性文件'] }],
    },
    { key: 'art20_5', title: '第二十条第（五）项', columns: [{ key: 'decisions', label: '本年处理决定数量' }], rows: [{ key: 'licence', label: '行政许可' }] },
    {
      key: 'art20_6', title: '第二十条第（六）项',
      columns: [{ key: 'decisions', label: '本年处理决定数量' }],
      rows: [{ key: 'penalty', label: '行政处罚' }, { key: 'coercion', label: '行政强制' }],
    },
    {
      key: 'art20_8', title: '第二十条第（八）项',
      columns: [{ key: 'amountWan', label: '本年收费金额（单位：万元）', also: ['本年收费金额', '本年收费金额（万元）', '本年收费金额单位：万元'] }],
      rows: [{ key: 'fee', label: '行政事业性收费' }],
    },
  ],
  requests: [
    ...SHARED_ROWS,
    { key: 'r.other.overdueCorrection', label: '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请', also: ['申请人无正当理由逾期不补正'], group: '其他处理' },
    { key: 'r.other.overdueFee', label: '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请', also: ['申请人逾期未按收费通知要求缴纳费用'], group: '其他处理' },
    { key: 'r.other.misc', label: '3.其他', also: ['其它'], group: '其他处理' },
    ...CLOSING_ROWS,
  ],
};
