/** Lays the forms' three tables out as rows of cells with their spans, as the printed form has them. */
import { APPLICANTS, REVIEW_COLUMNS } from '../../farm/statutory.js';
import type { FormModel, RequestLine } from './model.js';

export interface LaidCell {
  text: string;
  colspan?: number;
  rowspan?: number;
  isValue?: boolean;
  isHeader?: boolean;
}

export type LaidRow = LaidCell[];

export interface LaidForm {
  proactive: LaidRow[];
  requests: LaidRow[];
  review: LaidRow[];
}

const value = (text: string): LaidCell => ({ text, isValue: true });
const header = (text: string, spans: Omit<LaidCell, 'text'> = {}): LaidCell => ({ text, isHeader: true, ...spans });

function proactive(form: FormModel): LaidRow[] {
  return form.bands.flatMap(({ title, columns, rows }) => {
    const last = 4 - columns.length;
    const spanned = (cells: LaidCell[]): LaidCell[] => cells.map((cell, index) => (index === cells.length - 1 && last > 1 ? { ...cell, colspan: last } : cell));
    return [
      [header(title, { colspan: 4 })],
      [header('信息内容'), ...spanned(columns.map(([, label]) => header(label)))],
      ...rows.map(({ label, values }) => [{ text: label }, ...spanned(values.map(({ raw }) => value(raw)))]),
    ];
  });
}

export const CORNER = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）';

export function requestHeader(): LaidRow[] {
  const labels = APPLICANTS.map(([, label]) => label);
  return [
    [header(CORNER, { colspan: 3, rowspan: 3 }), header('申请人情况', { colspan: 7 })],
    [header(labels[0] ?? '', { rowspan: 2 }), header('法人或其他组织', { colspan: 5 }), header(labels[6] ?? '', { rowspan: 2 })],
    labels.slice(1, 6).map((label) => header(label)),
  ];
}

/** Labels that no row above spans already, with their spans. */
function labels(lines: readonly RequestLine[], index: number): LaidCell[] {
  const path = lines[index]?.path ?? [];
  const above = lines[index - 1]?.path ?? [];
  return path.flatMap((text, depth) => {
    const isOwn = depth === path.length - 1;
    if (!isOwn && path.slice(0, depth + 1).every((label, at) => above[at] === label)) return [];
    let rowspan = 1;
    while (!isOwn && path.slice(0, depth + 1).every((label, at) => lines[index + rowspan]?.path[at] === label)) rowspan += 1;
    return [{ text, rowspan, colspan: isOwn ? 4 - path.length : 1 }];
  });
}

export function requestRows(lines: readonly RequestLine[]): LaidRow[] {
  return lines.map((line, index) => [...labels(lines, index), ...line.values.map(({ raw }) => value(raw))]);
}

function review(form: FormModel): LaidRow[] {
  const outcomes = REVIEW_COLUMNS.map(([, label]) => label);
  return [
    [header('行政复议', { colspan: 5 }), header('行政诉讼', { colspan: 10 })],
    [...outcomes.map((label) => header(label, { rowspan: 2 })), header('未经复议直接起诉', { colspan: 5 }), header('复议后起诉', { colspan: 5 })],
    [...outcomes, ...outcomes].map((label) => header(label)),
    form.review.map(({ raw }) => value(raw)),
  ];
}

export function layOut(form: FormModel): LaidForm {
  return { proactive: proactive(form), requests: [...requestHeader(), ...requestRows(form.requests)], review: review(form) };
}

/** A row with its full path of labels and no spans, so that rows can change places. */
export function unspanned(lines: readonly RequestLine[]): LaidRow[] {
  return lines.map(({ path, values }) => {
    const [first = '', second, third] = path;
    const cells: LaidCell[] = path.length === 3 ? [{ text: first }, { text: second ?? '' }, { text: third ?? '' }] : path.length === 2 ? [{ text: first }, { text: second ?? '', colspan: 2 }] : [{ text: first, colspan: 3 }];
    return [...cells, ...values.map(({ raw }) => value(raw))];
  });
}

/** All cells of the three tables. */
export function cellsOf(laid: LaidForm): LaidCell[] {
  return [laid.proactive, laid.requests, laid.review].flatMap((rows) => rows.flat());
}

/** Slot by slot, blank where a span fills: how a spreadsheet or a naive converter writes merged cells. */
export function padded(rows: readonly LaidRow[]): string[][] {
  const slots: (string | undefined)[][] = rows.map(() => []);
  rows.forEach((row, at) => {
    for (const { text, colspan = 1, rowspan = 1 } of row) {
      const line = slots[at] ?? [];
      let column = 0;
      while (line[column] !== undefined) column += 1;
      for (let down = 0; down < rowspan; down += 1) for (let right = 0; right < colspan; right += 1) { const target = slots[at + down]; if (target) target[column + right] = down === 0 && right === 0 ? text : ''; }
    }
  });
  return slots.map((line) => line.map((text) => text ?? ''));
}
