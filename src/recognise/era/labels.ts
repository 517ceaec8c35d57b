/** Matches the labels of the statutory tables, whatever their numbering, punctuation and spelling. */
import { foldLabel } from '../../han/fold.js';
import { ANNEX_ROWS } from './annex-2014.js';
import { APPLICANTS, OUTCOMES, REVIEW_GROUPS } from './columns.js';
import type { FormLabel } from './form.js';
import { FORM_2019 } from './form-2019.js';
import { FORM_2021 } from './form-2021.js';

const NUMBERING = /^(?:[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}）|\d{1,2}(?:[.．、](?!\d)|）))/u;
/** ①属于国家秘密: folded, the number would grow into the label. */
const CIRCLED = /^\s*[\u2460-\u2473]/u;
/** What a label says besides: （区分处理的…）, （单位：万元）, 其中：. */
const ASIDES = /（[^（）]*）?|^其中[:：]?/gu;
const MARKS = /[“”‘’、，。.:：;；·《》/()（）\-—_*＊]/gu;

/** The longest label has 46 characters, with its group in front 60. */
const LONGEST_LABEL = 120;

/** A label down to its words: no numbering, no asides, no punctuation. Prose is no label and comes back as it is. */
export function bareLabel(label: string): string {
  if (label.length > LONGEST_LABEL || /^\d*$/u.test(label)) return label;
  const folded = foldLabel(label.replace(CIRCLED, ''));
  const unnumbered = folded.replace(NUMBERING, '').replace(NUMBERING, '');
  return unnumbered.replace(ASIDES, '').replace(MARKS, '');
}

function index<T extends FormLabel>(labels: readonly T[]): ReadonlyMap<string, T> {
  return new Map(labels.flatMap((label) => [label.label, ...(label.also ?? [])].map((text) => [bareLabel(text), label] as const)));
}

const BANDS = [...FORM_2019.bands, ...FORM_2021.bands];

/** Rows of table three by bare label; `r.other` and `r.other.*` tell the formats apart. */
export const REQUEST_ROWS = index([...FORM_2019.requests, ...FORM_2021.requests]);
/** Group headings of table three, which stand in front of a row's own label. */
export const REQUEST_GROUPS: readonly string[] = ['本年度办理结果', '不予公开', '无法提供', '不予处理', '其他处理'];
export const APPLICANT_COLUMNS = index(APPLICANTS);
export const OUTCOME_COLUMNS = index(OUTCOMES);
export const GROUP_COLUMNS = index(REVIEW_GROUPS);
/** Columns of table two by bare label. */
export const BAND_COLUMNS = index(BANDS.flatMap(({ columns }) => columns));
/** Rows of table two by bare label, with the band they belong to in both formats. */
export const BAND_ROWS: ReadonlyMap<string, { readonly band: string; readonly key: string }> = new Map(
  BANDS.flatMap((band) => band.rows.flatMap((row) => [row.label, ...(row.also ?? [])].map((text) => [bareLabel(text), { band: band.key, key: row.key }] as const))),
);

const OTHER_LABELS = ['申请人情况', '法人或其他组织', '信息内容', '行政诉讼', '本列数据的勾稽关系为：第一项加第二项之和、等于第三项加第四项之和', '统计指标', ...BANDS.map(({ title }) => title)];

/** Labels of the 2014 annex by bare label, in the order of the form; 被依法纠错数 stands there twice. */
export const ANNEX_LABELS: ReadonlyMap<string, readonly number[]> = ANNEX_ROWS.reduce((map, { label, order }) => {
  const bare = bareLabel(label);
  return map.set(bare, [...(map.get(bare) ?? []), order]);
}, new Map<string, number[]>());

const ALL: ReadonlySet<string> = new Set([
  ...REQUEST_ROWS.keys(), ...REQUEST_GROUPS, ...APPLICANT_COLUMNS.keys(), ...OUTCOME_COLUMNS.keys(), ...GROUP_COLUMNS.keys(), ...BAND_COLUMNS.keys(), ...BAND_ROWS.keys(),
  ...OTHER_LABELS.map(bareLabel),
  // Without the annex's headings: 一、主动公开情况 is a part of many reports.
  ...ANNEX_ROWS.filter(({ unit }) => unit !== null).map(({ label }) => bareLabel(label)),
]);

/** Whether bare words are a label of any statutory table. */
export function isKnownLabel(bare: string): boolean {
  return ALL.has(bare);
}

/** Whether a folded line is a label of a statutory table rather than a part of the report (一、本年新收…数量 looks like one). */
export function isStatutoryLabel(line: string): boolean {
  const label = line.replace(/\|+$/u, '');
  if (label.length > LONGEST_LABEL) return false;
  const bare = bareLabel(label);
  return bare.length > 2 && ALL.has(bare) && !/^(?:行政复议|行政诉讼)$/u.test(bare);
}
