/** The columns that the formats of 2019 and 2021 share: seven kinds of applicants, and the outcomes of reviews and suits. */
import type { FormLabel } from './form.js';

/** Columns of table three. */
export const APPLICANTS: readonly FormLabel[] = [
  { key: 'natural', label: '自然人' },
  { key: 'commercial', label: '商业企业' },
  { key: 'research', label: '科研机构' },
  { key: 'welfare', label: '社会公益组织' },
  { key: 'legal', label: '法律服务机构' },
  { key: 'other', label: '其他', also: ['其它'] },
  { key: 'total', label: '总计', also: ['合计'] },
];

/** Groups of table four, in the order of the form. */
export const REVIEW_GROUPS: readonly FormLabel[] = [
  { key: 'review', label: '行政复议' },
  { key: 'suitDirect', label: '未经复议直接起诉' },
  { key: 'suitAfterReview', label: '复议后起诉' },
];

/** Columns of each group of table four. */
export const OUTCOMES: readonly FormLabel[] = [
  { key: 'upheld', label: '结果维持' },
  { key: 'corrected', label: '结果纠正' },
  { key: 'other', label: '其他结果', also: ['其它结果'] },
  { key: 'pending', label: '尚未审结' },
  { key: 'total', label: '总计', also: ['合计'] },
];

/** `review.upheld` … in the order of the form. */
export const REVIEW_COLUMNS: readonly string[] = REVIEW_GROUPS.flatMap((group) => OUTCOMES.map((outcome) => `${group.key}.${outcome.key}`));
