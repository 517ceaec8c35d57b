/** Pages that stand beside annual reports in real columns and are none: guides, catalogues, plans, budgets, rule-of-law reports. */
import type { Press } from './publisher.js';
import type { ListRow } from './chrome/furniture.js';
import type { Answer } from './site.js';
import { page } from './site.js';

/** Title shapes; `A` the agency, `Y` a year. */
const TITLES: readonly string[] = [
  'A政府信息公开指南（Y年版）',
  'A政府信息公开目录',
  'AY年部门预算公开说明',
  'AY年度部门决算公开',
  'AY年法治政府建设年度报告',
  'AY年政务公开工作要点',
  'AY年度双随机抽查工作计划',
  'A依申请公开办理流程图',
  'A关于Y年度行政规范性文件清理结果的公告',
  'AY年第三季度网站检查情况通报',
];

const BODY: readonly string[] = [
  '为方便公民、法人和其他组织获取所需材料，现将有关事项说明如下，请结合实际参照办理。',
  '本文所列内容由办公室负责解释，联系电话见网站首页底部，工作日上午九时至下午五时受理咨询。',
  '相关表格可到办事大厅领取，也可以在网上服务栏目下载填写后提交，提交前请核对个人信息是否完整。',
];

/** The decoy rows of a column, `count` of them, one every year back from `lastYear`; `href` gives each its address. */
export function decoyRows(agency: string, lastYear: number, count: number, href: (index: number, date: string) => string): ListRow[] {
  return TITLES.slice(0, count).map((shape, index) => {
    const year = lastYear - (index % 6);
    const date = `${year}-${String((index % 9) + 1).padStart(2, '0')}-1${index % 9}`;
    return { text: shape.replace('A', agency).replace('Y', String(year)), href: href(index, date), date };
  });
}

/** A decoy's own page, on the site's usual chrome. */
export function decoyPage(press: Press, row: ListRow): Answer {
  const parts = {
    ...{ title: row.text, body: BODY.map((line) => `<p>${line}</p>`).join('\n'), publishedOn: row.date, source: press.plate.name },
    ...{ crumbs: press.crumbs, related: [], declared: press.declared },
  };
  const modifiedOn = press.isStatic ? row.date : null;
  return page(press.skin.article(press.plate, parts), { charset: press.charset, contentType: press.contentType, modifiedOn });
}
