/** Made-up prose in the shape of a report: deterministic, different for each number. */

const SUBJECTS = ['本局', '全市公安机关', '各派出所', '信息公开领导小组', '办公室', '出入境管理部门', '交警支队', '户政窗口', '法制科', '警务公开网'];
const VERBS = ['主动公开', '及时更新', '认真办理', '集中清理', '逐项核对', '公开答复', '组织培训', '督促落实', '补充完善', '统一发布'];
const OBJECTS = ['行政许可事项', '规范性文件', '户籍政策', '交通管理信息', '行政处罚结果', '便民服务指南', '机构职能', '财政预算', '依申请公开件', '政策解读'];
const TAILS = ['收到群众好评', '较上年有所增长', '未发生失泄密', '进一步明确了责任', '仍存在不足', '已全部办结', '接受社会监督', '为下一步工作打下基础'];

/** About `length` characters of prose; the same number gives the same prose. */
export function madeUpReport(number: number, length: number): string {
  let state = number * 2654435761 >>> 0;
  const next = (size: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * size);
  };
  let text = '';
  while (text.length < length) {
    text += `${SUBJECTS[next(10)]}${VERBS[next(10)]}${OBJECTS[next(10)]}${next(900) + 1}条，${OBJECTS[next(10)]}${next(90) + 1}件，${TAILS[next(8)]}。${next(4) === 0 ? '\n' : ''}`;
  }
  return text.slice(0, length);
}
