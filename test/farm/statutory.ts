/** The labels of the statutory tables of the 2019 and 2021 formats, in the order of the form, as tables. */

export interface RequestRow {
  readonly key: string;
  /** Labels from the outermost to the row's own. */
  readonly path: readonly string[];
}

const RESULTS = '三、本年度办理结果';

function group(prefix: string, heading: string, rows: readonly (readonly [string, string])[]): RequestRow[] {
  return rows.map(([key, label]) => ({ key: `r.${prefix}.${key}`, path: [RESULTS, heading, label] }));
}

const SHARED: readonly RequestRow[] = [
  { key: 'new', path: ['一、本年新收政府信息公开申请数量'] },
  { key: 'carriedIn', path: ['二、上年结转政府信息公开申请数量'] },
  { key: 'r.open', path: [RESULTS, '（一）予以公开'] },
  { key: 'r.partial', path: [RESULTS, '（二）部分公开（区分处理的，只计这一情形，不计其他情形）'] },
  ...group('denied', '（三）不予公开', [
    ['stateSecret', '1.属于国家秘密'],
    ['lawForbidden', '2.其他法律行政法规禁止公开'],
    ['threeSecurities', '3.危及“三安全一稳定”'],
    ['thirdParty', '4.保护第三方合法权益'],
    ['internalAffairs', '5.属于三类内部事务信息'],
    ['process', '6.属于四类过程性信息'],
    ['enforcementFile', '7.属于行政执法案卷'],
    ['adminQuery', '8.属于行政查询事项'],
  ]),
  ...group('unable', '（四）无法提供', [
    ['notHeld', '1.本机关不掌握相关政府信息'],
    ['needsCreation', '2.没有现成信息需要另行制作'],
    ['stillUnclear', '3.补正后申请内容仍不明确'],
  ]),
  ...group('notProcessed', '（五）不予处理', [
    ['petition', '1.信访举报投诉类申请'],
    ['repeat', '2.重复申请'],
    ['publication', '3.要求提供公开出版物'],
    ['abusive', '4.无正当理由大量反复申请'],
    ['reissue', '5.要求行政机关确认或重新出具已获取信息'],
  ]),
];

const CLOSING: readonly RequestRow[] = [
  { key: 'r.total', path: [RESULTS, '（七）总计'] },
  { key: 'carriedOut', path: ['四、结转下年度继续办理'] },
];

/** Rows of table three: 23 in the 2019 format, 25 in that of 2021. */
export const REQUEST_ROWS: Readonly<Record<'2019' | '2021', readonly RequestRow[]>> = {
  '2019': [...SHARED, { key: 'r.other', path: [RESULTS, '（六）其他处理'] }, ...CLOSING],
  '2021': [
    ...SHARED,
    ...group('other', '（六）其他处理', [
      ['overdueCorrection', '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请'],
      ['overdueFee', '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请'],
      ['misc', '3.其他'],
    ]),
    ...CLOSING,
  ],
};

/** Columns of table three; `total` is the sum of the six before it. */
export const APPLICANTS: readonly (readonly [string, string])[] = [
  ['natural', '自然人'],
  ['commercial', '商业企业'],
  ['research', '科研机构'],
  ['welfare', '社会公益组织'],
  ['legal', '法律服务机构'],
  ['other', '其他'],
  ['total', '总计'],
];

/** Groups of table four. */
export const REVIEW_GROUPS: readonly string[] = ['review', 'suitDirect', 'suitAfterReview'];

/** Columns of each group of table four; `total` is the sum of the four before it. */
export const REVIEW_COLUMNS: readonly (readonly [string, string])[] = [
  ['upheld', '结果维持'],
  ['corrected', '结果纠正'],
  ['other', '其他结果'],
  ['pending', '尚未审结'],
  ['total', '总计'],
];

export interface ProactiveBand {
  readonly key: string;
  readonly title: string;
  readonly columns: readonly (readonly [string, string])[];
  readonly rows: readonly (readonly [string, string])[];
}

const CHANGES: ProactiveBand['columns'] = [
  ['itemsPrev', '上一年项目数量'],
  ['change', '本年增/减'],
  ['decisions', '处理决定数量'],
];

/** The bands of table two. */
export const PROACTIVE_BANDS: Readonly<Record<'2019' | '2021', readonly ProactiveBand[]>> = {
  '2019': [
    {
      key: 'art20_1',
      title: '第二十条第（一）项',
      columns: [['made', '本年新制作数量'], ['published', '本年新公开数量'], ['publishedTotal', '对外公开总数量']],
      rows: [['rule', '规章'], ['normative', '规范性文件']],
    },
    { key: 'art20_5', title: '第二十条第（五）项', columns: CHANGES, rows: [['licence', '行政许可'], ['otherService', '其他对外管理服务事项']] },
    { key: 'art20_6', title: '第二十条第（六）项', columns: CHANGES, rows: [['penalty', '行政处罚'], ['coercion', '行政强制']] },
    { key: 'art20_8', title: '第二十条第（八）项', columns: CHANGES.slice(0, 2), rows: [['fee', '行政事业性收费']] },
    {
      key: 'art20_9',
      title: '第二十条第（九）项',
      columns: [['projects', '采购项目数量'], ['amount', '采购总金额']],
      rows: [['procurement', '政府集中采购']],
    },
  ],
  '2021': [
    {
      key: 'art20_1',
      title: '第二十条第（一）项',
      columns: [['issued', '本年制发件数'], ['repealed', '本年废止件数'], ['inForce', '现行有效件数']],
      rows: [['rule', '规章'], ['normative', '行政规范性文件']],
    },
    { key: 'art20_5', title: '第二十条第（五）项', columns: [['decisions', '本年处理决定数量']], rows: [['licence', '行政许可']] },
    { key: 'art20_6', title: '第二十条第（六）项', columns: [['decisions', '本年处理决定数量']], rows: [['penalty', '行政处罚'], ['coercion', '行政强制']] },
    { key: 'art20_8', title: '第二十条第（八）项', columns: [['amountWan', '本年收费金额（单位：万元）']], rows: [['fee', '行政事业性收费']] },
  ],
};
