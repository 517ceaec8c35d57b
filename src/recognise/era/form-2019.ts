/** The format of 2019 (国办公开办函〔2019〕60号), labels in the order of the form. */
import type { Form, FormLabel } from './form.js';
import { CLOSING_ROWS, SHARED_ROWS } from './form-2021.js';

const ITEMS: readonly FormLabel[] = [
  { key: 'itemsPrev', label: '上一年项目数量' },
  { key: 'change', label: '本年增/减', also: ['本年增减'] },
];
const DECISIONS: FormLabel = { key: 'decisions', label: '处理决定数量' };

export const FORM_2019: Form = {
  bands: [
    {
      key: 'art20_1', title: '第二十条第（一）项',
      columns: [{ key: 'made', label: '本年新制作数量', also: ['本年新制作数'] }, { key: 'published', label: '本年新公开数量', also: ['本年新公开数'] }, { key: 'publishedTotal', label: '对外公开总数量', also: ['对外公开总数'] }],
      rows: [{ key: 'rule', label: '规章' }, { key: 'normative', label: '规范性文件', also: ['行政规范性文件'] }],
    },
    {
      key: 'art20_5', title: '第二十条第（五）项', columns: [...ITEMS, DECISIONS],
      rows: [{ key: 'licence', label: '行政许可' }, { key: 'otherService', label: '其他对外管理服务事项' }],
    },
    {
      key: 'art20_6', title: '第二十条第（六）项', columns: [...ITEMS, DECISIONS],
      rows: [{ key: 'penalty', label: '行政处罚' }, { key: 'coercion', label: '行政强制' }],
    },
    { key: 'art20_8', title: '第二十条第（八）项', columns: ITEMS, rows: [{ key: 'fee', label: '行政事业性收费' }] },
    {
      key: 'art20_9', title: '第二十条第（九）项',
      columns: [{ key: 'projects', label: '采购项目数量' }, { key: 'amount', label: '采购总金额', also: ['采购总金额（万元）', '采购总金额（元）'] }],
      rows: [{ key: 'procurement', label: '政府集中采购' }],
    },
  ],
  requests: [...SHARED_ROWS, { key: 'r.other', label: '（六）其他处理' }, ...CLOSING_ROWS],
};
