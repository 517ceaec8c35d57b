/** Lays out the statutory tables of the 2019 and 2021 formats as their authors do, spans and all. */
import type { TableCell, TableRow } from './document.js';
import type { Figures, FormFigures, TableFormat } from './figures.js';
import type { FarmCell } from './shapes.js';
import type { RequestRow } from './statutory.js';
import { APPLICANTS, PROACTIVE_BANDS, REQUEST_ROWS, REVIEW_COLUMNS, REVIEW_GROUPS } from './statutory.js';

function number(figures: Figures, row: string, column: string): string {
  return String(figures[`${row}/${column}`] ?? 0);
}

/** Headers of eight and more characters stand on two lines in Word. */
function header(text: string, spans: Omit<TableCell, 'text'> = {}): TableCell {
  return text.length >= 4 && text.length <= 6 ? { text, breakAt: 2, ...spans } : { text, ...spans };
}

/** Table two: bands over a grid of four columns. */
export function proactiveRows(format: TableFormat, figures: Figures): TableRow[] {
  return PROACTIVE_BANDS[format].flatMap((band) => {
    const span = band.columns.length === 1 ? { colspan: 3 } : {};
    const last = band.columns.length === 2 ? { colspan: 2 } : span;
    const cells = (texts: readonly string[]): TableCell[] =>
      texts.map((text, at) => ({ text, ...(at === texts.length - 1 ? last : span) }));
    return [
      [{ text: band.title, colspan: 4 }],
      [{ text: '信息内容' }, ...cells(band.columns.map(([, label]) => label))],
      ...band.rows.map(([row, label]) => [
        { text: label },
        ...cells(band.columns.map(([column]) => number(figures, `${band.key}.${row}`, column))),
      ]),
    ];
  });
}

const CORNER = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）';

function requestHeader(): TableRow[] {
  const labels = APPLICANTS.map(([, label]) => label);
  return [
    [{ text: CORNER, colspan: 3, rowspan: 3 }, { text: '申请人情况', colspan: 7 }],
    [{ text: labels[0] ?? '', rowspan: 2 }, { text: '法人或其他组织', colspan: 5 }, { text: labels[6] ?? '', rowspan: 2 }],
    labels.slice(1, 6).map((label) => header(label)),
  ];
}

/** The label cells of a row: those of its path that no row above has spanned already. */
function labelCells(rows: readonly RequestRow[], index: number): TableCell[] {
  const path = rows[index]?.path ?? [];
  const above = rows[index - 1]?.path ?? [];
  return path.flatMap((text, depth) => {
    const isOwn = depth === path.length - 1;
    if (!isOwn && above[depth] === text) return [];
    const rowspan = isOwn ? 1 : rows.filter((row) => row.path[depth] === text).length;
    return [{ text, rowspan, colspan: isOwn ? 4 - path.length : 1 }];
  });
}

/** Table three: three label columns with spans, seven columns of numbers. */
export function requestTableRows(format: TableFormat, figures: Figures): TableRow[] {
  const rows = REQUEST_ROWS[format];
  const numbers = (row: RequestRow): TableCell[] => APPLICANTS.map(([column]) => ({ text: number(figures, row.key, column) }));
  return [...requestHeader(), ...rows.map((row, index) => [...labelCells(rows, index), ...numbers(row)])];
}

/** Table four: one row of numbers under three header rows. */
export function reviewRows(figures: Figures): TableRow[] {
  const labels = REVIEW_COLUMNS.map(([, label]) => label);
  return [
    [{ text: '行政复议', colspan: 5 }, { text: '行政诉讼', colspan: 10 }],
    [
      ...labels.map((label) => header(label, { rowspan: 2 })),
      { text: '未经复议直接起诉', colspan: 5 },
      { text: '复议后起诉', colspan: 5 },
    ],
    [...labels, ...labels].map((label) => header(label)),
    REVIEW_GROUPS.flatMap((group) => REVIEW_COLUMNS.map(([column]) => ({ text: number(figures, 'count', `${group}.${column}`) }))),
  ];
}

/** All cells of the three tables, keyed. */
export function cellsOf(form: FormFigures): FarmCell[] {
  const keyed = (table: string, figures: Figures): FarmCell[] =>
    Object.entries(figures).map(([key, value]) => {
      const [row = '', column = ''] = key.split('/');
      return { table, row, column, raw: String(value), value };
    });
  return [...keyed('proactive', form.proactive), ...keyed('requests', form.requests), ...keyed('reviewLitigation', form.review)];
}
