/** Tells a report's format from the labels of its tables and headings, never from its year: moved and late reports disagree. */
import type { FormatEra } from '../record.js';
import type { TextLine } from './lines.js';

/** Labels that only one format has (国办公开办函〔2021〕30号, 〔2019〕60号; the national statistics annex of 2014 to 2018). */
const LABELS: Readonly<Record<'2021' | '2019' | '2014', readonly string[]>> = {
  2021: ['本年制发件数', '本年废止件数', '现行有效件数', '本年处理决定数量', '本年收费金额', '逾期未按收费通知要求缴纳费用', '无正当理由逾期不补正'],
  2019: ['本年新制作数量', '本年新公开数量', '对外公开总数量', '上一年项目数量', '本年增/减', '采购项目数量', '采购总金额', '其他对外管理服务事项'],
  2014: ['政府信息公开情况统计表', '统计指标', '申请办结数', '按时办结数', '不是《条例》所指政府信息', '申请信息不存在数', '回应解读情况'],
};

/** Headings of the unified format: without tables they fit 2019 and 2021 alike. */
const UNIFIED = [/收到和处理政府信息公开申请情况/u, /政府信息公开行政复议、?行政诉讼情况|被申请行政复议、提起行政诉讼情况/u, /其他需要报告的事项/u];
/** A free-form report has prose; an attachment's cover page has none and tells nothing. */
const LEAST_PROSE = 150;

export interface EraFinding {
  readonly era: FormatEra | null;
  /** Formats whose labels were met, most labels first. */
  readonly met: readonly FormatEra[];
}

/** The format by its labels; `2008` for prose in parts of the agency's own choice; null when the labels do not tell. */
export function formatEra(lines: readonly TextLine[], hasReport: boolean): EraFinding {
  const text = lines.map(({ folded }) => folded).join('\n');
  const counts = (['2021', '2019', '2014'] as const).map((era) => ({ era, count: LABELS[era].filter((label) => text.includes(label)).length }));
  // Of the annex one label may be a word of the prose; two are a table.
  const met = counts.filter(({ era, count }) => count >= (era === '2014' ? 2 : 1)).sort((a, b) => b.count - a.count).map(({ era }) => era);
  if (met[0]) return { era: met[0], met };
  const unified = UNIFIED.filter((heading) => lines.some(({ folded }) => folded.length < 60 && /^[一二三四五六七八九十（(]/u.test(folded) && heading.test(folded))).length;
  return { era: hasReport && unified < 2 && text.length >= LEAST_PROSE ? '2008' : null, met: [] };
}
