/** Reads what stands in a cell: a number, a blank, a stroke for not applicable, or a text. Blank is never 0. */
import { foldWidth } from '../../han/fold.js';
import type { CellState } from '../../record.js';

export interface CellValue {
  readonly value: number | null;
  readonly state: CellState;
}

const NUMBER = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:件|条|份|次|起|项|个|人|人次|篇|宗|万元|元|万)?$/u;
/** A stroke in any of the shapes met, or the word for none. */
const STROKE = /^(?:[/\\|—–－_*×]+|-{1,4}|无|不适用|N\/?A)$/iu;
/** Table two of 2019 counts changes: 增3, 减少2项, 不变. */
const CHANGE = /^(增加?|减少?)(\d+)(?:件|项)?$/u;
const UNCHANGED = /^(?:不变|无变化|没有变化|持平)$/u;
const LONGEST_NUMBER = 24;

function plain(raw: string): string {
  return foldWidth(raw).replace(/[\s\u00a0\u200b\ufeff]+/gu, '').replace(/，/gu, ',').replace(/[−﹣]/gu, '-');
}

/** What `raw` says. Units are kept in `raw` alone: 采购总金额 is given in 元 and in 万元. */
export function readValue(raw: string): CellValue {
  const text = plain(raw);
  if (text === '') return { value: null, state: 'blank' };
  if (STROKE.test(text)) return { value: null, state: 'not-applicable' };
  const number = text.length <= LONGEST_NUMBER ? NUMBER.exec(text) : null;
  if (number) return { value: Number(`${number[1] === '-' ? '-' : ''}${(number[2] ?? '').replace(/,/gu, '')}${number[3] ?? ''}`), state: 'value' };
  const change = CHANGE.exec(text);
  if (change) return { value: Number(change[2]) * ((change[1] ?? '').startsWith('减') ? -1 : 1), state: 'value' };
  if (UNCHANGED.test(text)) return { value: 0, state: 'value' };
  return { value: null, state: 'non-numeric' };
}

/** Whether a piece of text can be a table's value rather than a label: a number, a stroke or nothing. */
export function looksLikeValue(raw: string): boolean {
  return readValue(raw).state !== 'non-numeric';
}
