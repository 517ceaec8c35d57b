/** Made-up lines of annual reports in Simplified script, as many as asked for, always the same. */

const WHO = ['清河市公安局', '云岭县公安局', '临川区公安分局', '东山派出所', '全市公安机关', '各县(市、区)局', '市局办公室', '政务服务窗口'];
const WHAT = [
  '政府信息公开工作', '行政处罚案件信息', '户籍和出入境办事指南', '重点领域信息公开', '行政审批事项目录', '财政预算决算', '依申请公开办理流程', '突发事件信息发布', '规范性文件', '警务公开栏目',
  '行政复议和行政诉讼', '执法监督结果', '社会关注的热点问题', '网上办事平台', '信息公开指南和目录', '责任追究制度',
];
const DID = ['加强对', '完善', '及时公布', '认真梳理', '规范', '深化', '推进', '公开', '组织检查', '建立健全', '进一步落实', '积极做好'];
const AND = [
  ',提高服务水平,方便群众查询', ',做到依法、及时、准确', ',并接受社会监督', ',明确责任单位和完成时限', ',未发生泄密事件', ',群众满意度不断提升', ',对存在的问题进行了整改',
  ',通过网站、微博、微信等渠道发布信息', ',建立了保密审查机制', ',全年办理申请均按期答复',
];
const CHAPTERS = ['一、概述', '二、主动公开情况', '三、依申请公开情况', '四、存在的问题和改进措施'];
const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length] as T;
}

function sentence(at: number): string {
  return `${pick(WHO, at * 7 + 3)}${pick(DID, at * 5 + 1)}${pick(WHAT, at * 11 + 2)}${pick(AND, at * 13 + 4)}。`;
}

/** Chapters of numbered sections, each a heading of its own and two or three sentences. */
export function reportLines(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const section = at % 9;
    const body = [sentence(at * 3), sentence(at * 3 + 1), sentence(at * 3 + 2)].join('');
    if (section === 0) return pick(CHAPTERS, Math.floor(at / 9));
    return `(${pick(NUMERALS, section - 1)})${pick(DID, at * 5 + 1)}${pick(WHAT, at * 11 + 7)}。${body}`;
  });
}
