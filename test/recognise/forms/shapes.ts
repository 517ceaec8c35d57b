/** The shapes in which real pages print the statutory tables: paste styles, span styles, cuts, flattening, blanks, errors. */
import type { Chance } from '../../farm/random.js';
import type { LaidCell, LaidForm, LaidRow } from './layout.js';
import { cellsOf, layOut, padded, requestHeader, requestRows, unspanned } from './layout.js';
import type { FormModel, Value } from './model.js';
import { drawForm, eachValue, number } from './model.js';

export interface Drawn {
  /** What a careful reader would copy from the page; cells that the page does not print are not in it. */
  readonly form: FormModel;
  readonly page: { readonly markup: string } | { readonly text: string };
  /** Keys of rows that the page leaves out. */
  readonly absent?: readonly string[];
}

export interface Shape {
  readonly name: string;
  readonly draw: (form: FormModel, chance: Chance) => Drawn;
}

const HEADINGS = ['一、总体情况', '二、主动公开政府信息情况', '三、收到和处理政府信息公开申请情况', '四、政府信息公开行政复议、行政诉讼情况', '五、存在的主要问题及改进情况'] as const;
const PROSE = '本年度我局依法依规做好各项工作，主动接受社会监督，提升服务水平。';

type Tag = (cell: LaidCell, inner: string) => string;

function spans({ colspan = 1, rowspan = 1 }: LaidCell): string {
  return `${colspan > 1 ? ` colspan="${colspan}"` : ''}${rowspan > 1 ? ` rowspan="${rowspan}"` : ''}`;
}

const plainTag: Tag = (cell, inner) => `<td${spans(cell)}>${inner}</td>`;

function table(rows: readonly LaidRow[], tag: Tag = plainTag): string {
  return `<table border="1"><tbody>\n${rows.map((row) => `<tr>${row.map((cell) => tag(cell, cell.text)).join('')}</tr>`).join('\n')}\n</tbody></table>`;
}

interface Tables {
  readonly proactive: string;
  readonly requests: string;
  readonly review: string;
}

function page({ proactive, requests, review }: Tables, wrap = (body: string): string => body): { readonly markup: string } {
  const p = (text: string): string => `<p>${text}</p>`;
  const body = [p(HEADINGS[0]), p(PROSE), p(HEADINGS[1]), proactive, p(HEADINGS[2]), requests, p(HEADINGS[3]), review, p(HEADINGS[4]), p(PROSE)].join('\n');
  const title = '某市公安局2022年政府信息公开工作年度报告';
  return { markup: `<html><head><title>${title}</title></head><body><div class="nav"><a href="/">首页</a></div><h1>${title}</h1><div id="zoom">${wrap(body)}</div></body></html>` };
}

/** Every table with the same tag. */
function tagged(laid: LaidForm, tag: Tag): { readonly markup: string } {
  return page({ proactive: table(laid.proactive, tag), requests: table(laid.requests, tag), review: table(laid.review, tag) });
}

function text(parts: readonly [string, string, string]): { readonly text: string } {
  const lines = ['某市公安局2022年政府信息公开工作年度报告', HEADINGS[0], PROSE, HEADINGS[1], parts[0], HEADINGS[2], parts[1], HEADINGS[3], parts[2], HEADINGS[4], PROSE];
  return { text: lines.join('\n') };
}

function textShape(name: string, write: (rows: readonly LaidRow[]) => string): Shape {
  return { name, draw: (form) => { const laid = layOut(form); return { form, page: text([write(laid.proactive), write(laid.requests), write(laid.review)]) }; } };
}

/** A shape of the tags alone. */
function markupShape(name: string, tag: Tag): Shape {
  return { name, draw: (form) => ({ form, page: tagged(layOut(form), tag) }) };
}

/** A shape of the values: each is rewritten, and what it means is known. */
function valueShape(name: string, change: (value: Value, chance: Chance) => void): Shape {
  return { name, draw: (form, chance) => { for (const value of eachValue(form)) change(value, chance); return { form, page: tagged(layOut(form), plainTag) }; } };
}

const fullWidth = (digits: string): string => digits.replace(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const thousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/gu, ',');
const broken = (label: string): string => (label.length > 3 ? `${label.slice(0, 2)}<br/>${label.slice(2)}` : label);
const TRADITIONAL: Readonly<Record<string, string>> = { 总: '總', 计: '計', 结: '結', 维: '維', 转: '轉', 处: '處', 开: '開', 数: '數', 国: '國', 审: '審', 关: '關', 请: '請', 复: '復', 议: '議', 诉: '訴', 讼: '訟', 发: '發', 规: '規', 机: '機', 组: '組', 织: '織', 业: '業' };
const traditional = (words: string): string => words.replace(/./gu, (character) => TRADITIONAL[character] ?? character);
const blanked = (value: Value): void => { Object.assign(value, { raw: '', value: null, state: 'blank' }); };

const wordTag: Tag = (cell, inner) => `<td${spans(cell)} valign="center" style="border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt"><p class="MsoNormal" align="center" style="mso-pagination:widow-orphan"><span lang="EN-US" style="font-size:10.5pt;mso-bidi-font-family:宋体">${inner}<o:p></o:p></span></p></td>`;

const PASTE: readonly Shape[] = [
  markupShape('plain', plainTag),
  markupShape('word paste', wordTag),
  markupShape('breaks in labels', (cell, inner) => `<td${spans(cell)}>${cell.isValue ? inner : broken(inner)}</td>`),
  markupShape('labels in several paragraphs', (cell, inner) => `<td${spans(cell)}>${cell.isValue ? `<p>${inner}</p>` : `<p>${inner.slice(0, 3)}</p>\n<p>${inner.slice(3)}</p>`}</td>`),
  markupShape('no-break spaces', (cell, inner) => `<td${spans(cell)}>&nbsp;${inner.split('').join(cell.isValue ? '' : '&nbsp;')}&nbsp;</td>`),
  markupShape('spaced labels', (cell, inner) => `<td${spans(cell)}>${cell.isValue ? inner : inner.split('').join('　')}</td>`),
  markupShape('header cells', (cell, inner) => (cell.isHeader ? `<th${spans(cell)}>${inner}</th>` : plainTag(cell, inner))),
  markupShape('cells never closed', (cell, inner) => `<td${spans(cell)}>${inner}`),
  markupShape('paragraphs and cells never closed', (cell, inner) => `<td${spans(cell)}><p>${inner}`),
  markupShape('upper case and fonts', (cell, inner) => `<TD${spans(cell).toUpperCase()}><FONT size=2><B>${inner}</B></FONT></TD>`),
  markupShape('smart tags', (cell, inner) => `<td${spans(cell)}>${cell.isValue ? `<st1:chmetcnv unitname="" sourcevalue="${inner}">${inner}</st1:chmetcnv>` : inner}</td>`),
  markupShape('hidden runs', (cell, inner) => `<td${spans(cell)}><span style="display:none">7</span>${inner}<!-- 8 --></td>`),
  markupShape('one-cell tables as values', (cell, inner) => `<td${spans(cell)}>${cell.isValue ? `<table><tr><td>${inner}</td></tr></table>` : inner}</td>`),
  markupShape('traditional labels', (cell, inner) => `<td${spans(cell)}>${traditional(inner)}</td>`),
  markupShape('ASCII punctuation', (cell, inner) => `<td${spans(cell)}>${inner.replace(/（/gu, '(').replace(/）/gu, ')').replace(/[“”]/gu, '"').replace(/，/gu, ',')}</td>`),
  markupShape('labels without numbering', (cell, inner) => `<td${spans(cell)}>${cell.isHeader ? inner : inner.replace(/^(?:[一二三四]、|（[一二三四五六七]）|\d\.)/u, '')}</td>`),
];

const VALUES: readonly Shape[] = [
  valueShape('full-width digits', (value) => { value.raw = fullWidth(value.raw); }),
  valueShape('thousands commas', (value) => { value.raw = thousands(value.raw); }),
  valueShape('units behind numbers', (value, chance) => { if (chance.next() < 0.4) value.raw += '件'; }),
  valueShape('strokes for nought', (value, chance) => { if (value.value === 0 && chance.next() < 0.6) Object.assign(value, { raw: chance.pick(['/', '—', '－', '——', '\\', '-']), value: null, state: 'not-applicable' }); }),
  valueShape('blanks for nought', (value, chance) => { if (value.value === 0 && chance.next() < 0.6) blanked(value); }),
  valueShape('words in a cell', (value, chance) => { if (chance.next() < 0.03) Object.assign(value, { raw: chance.pick(['见附件', '约数', '详见说明']), value: null, state: 'non-numeric' }); }),
  { name: 'blank totals', draw: (form) => { for (const { key, values } of form.requests) if (key.startsWith('r.')) blanked(values[6] as Value); return { form, page: tagged(layOut(form), plainTag) }; } },
  {
    name: 'wrong sums',
    draw: (form, chance) => {
      const line = chance.pick(form.requests);
      line.values[6] = number((line.values[6]?.value ?? 0) + chance.int(1, 9));
      return { form, page: tagged(layOut(form), plainTag) };
    },
  },
];

function reordered(form: FormModel, order: readonly number[]): LaidRow[] {
  const [first = [], second = [], third = []] = requestHeader();
  const kinds = order.filter((index) => index < 6);
  // Every applicant under its own header, in a drawn order, the total last.
  const header = kinds.map((index) => ({ text: [second[0], ...third, second[2]][index]?.text ?? '', isHeader: true }));
  return [[...first.map((cell) => ({ ...cell, rowspan: cell.rowspan ? 2 : 1 }))], [...header, { text: '总计', isHeader: true }], ...requestRows(form.requests.map((line) => ({ ...line, values: [...kinds, 6].map((index) => line.values[index] as Value) })))];
}

const SPANS: readonly Shape[] = [
  markupShape('colspan on every value', (cell, inner) => `<td${spans({ ...cell, colspan: (cell.colspan ?? 1) * 2 })}>${inner}</td>`),
  {
    name: 'rows in another order',
    draw: (form, chance) => {
      const rows = chance.some(unspanned(form.requests), form.requests.length);
      return { form, page: page({ proactive: table(layOut(form).proactive), requests: table([...requestHeader(), ...rows]), review: table(layOut(form).review) }) };
    },
  },
  { name: 'columns in another order', draw: (form, chance) => { const laid = layOut(form); return { form, page: tagged({ ...laid, requests: reordered(form, chance.some([0, 1, 2, 3, 4, 5], 6)) }, plainTag) }; } },
  { name: 'a span that runs over', draw: (form) => { const laid = layOut(form); const last = laid.requests.at(-1)?.[0]; if (last) last.rowspan = 9; return { form, page: tagged(laid, plainTag) }; } },
  {
    name: 'group labels in front of the label',
    draw: (form) => {
      const rows = form.requests.map(({ path, values }): LaidRow => [{ text: path.slice(-2).join('').replace('三、本年度办理结果', '') }, ...values.map(({ raw }) => ({ text: raw, isValue: true }))]);
      return { form, page: tagged({ ...layOut(form), requests: [[{ text: '', isHeader: true }, ...requestHeader()[1]?.slice(0, 1) ?? [], ...requestHeader()[2] ?? [], { text: '总计', isHeader: true }], ...rows] }, plainTag) };
    },
  },
  {
    name: 'an empty cell at the end of rows',
    draw: (form) => { const laid = layOut(form); for (const row of laid.requests.slice(3)) row.push({ text: '' }); return { form, page: tagged(laid, plainTag) }; },
  },
];

const CUTS: readonly Shape[] = [
  { name: 'nested in layout tables', draw: (form) => { const laid = layOut(form); const wrapped = (rows: LaidRow[]): string => `<table width="100%"><tr><td><div><table><tr><td>${table(rows)}</td></tr></table></div></td></tr></table>`; return { form, page: page({ proactive: wrapped(laid.proactive), requests: wrapped(laid.requests), review: wrapped(laid.review) }) }; } },
  { name: 'the article in a layout table', draw: (form) => { const laid = layOut(form); return { form, page: page({ proactive: table(laid.proactive), requests: table(laid.requests), review: table(laid.review) }, (body) => `<table width="778"><tr><td width="20"></td><td>${body}</td></tr></table>`) }; } },
  { name: 'all three in one table', draw: (form) => { const laid = layOut(form); return { form, page: page({ proactive: '', requests: table([...laid.proactive, ...laid.requests, ...laid.review]), review: '' }) }; } },
  {
    name: 'header repeated at the page break',
    draw: (form, chance) => {
      const laid = layOut(form);
      const cut = chance.int(2, 10);
      const rows = unspanned(form.requests);
      return { form, page: tagged({ ...laid, requests: [...requestHeader(), ...rows.slice(0, cut), ...requestHeader(), ...rows.slice(cut)] }, plainTag) };
    },
  },
  {
    name: 'table cut in two',
    draw: (form, chance) => {
      const laid = layOut(form);
      const cut = chance.int(2, 20);
      const rows = unspanned(form.requests);
      return { form, page: page({ proactive: table(laid.proactive), requests: `${table([...requestHeader(), ...rows.slice(0, cut)])}<p>&nbsp;</p>${table(rows.slice(cut))}`, review: table(laid.review) }) };
    },
  },
  {
    name: 'a row cut by the page',
    draw: (form, chance) => {
      const laid = layOut(form);
      const at = chance.pick(form.requests.map(({ path }, index) => ((path.at(-1)?.length ?? 0) > 12 ? index : -1)).filter((index) => index >= 0));
      const rows = unspanned(form.requests);
      const cut = rows[at] ?? [];
      const label = cut.findLastIndex(({ isValue }) => !isValue);
      const half = Math.ceil((cut[label]?.text.length ?? 0) / 2);
      const upper = cut.map((cell, index) => ({ ...cell, text: index === label ? cell.text.slice(0, half) : cell.isValue ? '' : cell.text }));
      const lower = cut.map((cell, index) => ({ ...cell, text: index === label ? cell.text.slice(half) : cell.isValue ? cell.text : '' }));
      return { form, page: tagged({ ...laid, requests: [...requestHeader(), ...rows.slice(0, at), upper, lower, ...rows.slice(at + 1)] }, plainTag) };
    },
  },
  {
    name: 'reviews and suits in two tables',
    draw: (form) => {
      const laid = layOut(form);
      const [first = [], second = [], third = [], values = []] = laid.review;
      const suits = [[...first.slice(1)], second.slice(5), third, values.slice(5)];
      const reviews = [first.slice(0, 1), second.slice(0, 5).map((cell) => ({ ...cell, rowspan: 1 })), values.slice(0, 5)];
      return { form, page: page({ proactive: table(laid.proactive), requests: table(laid.requests), review: `${table(reviews)}${table(suits)}` }) };
    },
  },
  {
    name: 'a row left out',
    draw: (form, chance) => {
      const at = chance.int(0, form.requests.length - 1);
      const absent = form.requests[at]?.key ?? '';
      const left = { ...form, requests: form.requests.filter((_, index) => index !== at) };
      return { form: left, absent: [absent], page: tagged(layOut(left), plainTag) };
    },
  },
  {
    name: 'a cell left out',
    draw: (form, chance) => {
      const laid = layOut(form);
      const at = chance.int(0, form.requests.length - 1);
      laid.requests[at + 3]?.pop();
      const absent = form.requests[at]?.key ?? '';
      return { form: { ...form, requests: form.requests.filter((_, index) => index !== at) }, absent: [absent], page: tagged(laid, plainTag) };
    },
  },
  {
    name: 'labels of 2019 in table two of 2021',
    draw: (_, chance) => {
      const mixed = { ...drawForm('2021', chance), bands: drawForm('2019', chance).bands };
      return { form: mixed, page: tagged(layOut(mixed), plainTag) };
    },
  },
];

/** A cell a line, bars behind it, fillers for spans at the row's end: how mirrors flatten a table. */
function flattened(rows: readonly LaidRow[]): string {
  const width = Math.max(...rows.map((row) => row.reduce((sum, { colspan = 1 }) => sum + colspan, 0)));
  return rows.map((row) => {
    const fillers = width - row.length;
    return `${row.map(({ text: inner }) => `${inner} |`).join('\n')}${fillers > 0 ? `\n${'|'.repeat(fillers)}` : ''}`;
  }).join('\n');
}

const TEXTS: readonly Shape[] = [
  textShape('flattened, a cell a line', flattened),
  textShape('flattened, a row a line', (rows) => rows.map((row) => `${row.map(({ text: inner }) => inner).join(' | ')} ||`).join('\n')),
  textShape('tab-separated', (rows) => rows.map((row) => row.map(({ text: inner }) => inner).join('\t')).join('\n')),
  textShape('spreadsheet copy', (rows) => padded(rows).map((row) => row.join('\t')).join('\n')),
  textShape('markdown', (rows) => { const [head = [], ...rest] = padded(rows); const line = (row: string[]): string => `| ${row.join(' | ')} |`; return [line(head), line(head.map(() => '---')), ...rest.map(line)].join('\n'); }),
  textShape('every cell alone on its line', (rows) => rows.flat().map(({ text: inner }) => inner).join('\n')),
  textShape('label and numbers on a line', (rows) => rows.map((row) => row.map(({ text: inner }) => inner).join(' ')).join('\n')),
  { name: 'flattened with blanks', draw: (form, chance) => { for (const value of eachValue(form)) if (value.value === 0 && chance.next() < 0.2) blanked(value); const laid = layOut(form); return { form, page: text([flattened(laid.proactive), flattened(laid.requests), flattened(laid.review)]) }; } },
  { name: 'tab-separated with blanks', draw: (form, chance) => { for (const value of eachValue(form)) if (value.value === 0 && chance.next() < 0.3) blanked(value); const laid = layOut(form); const write = (rows: LaidRow[]): string => rows.map((row) => row.map(({ text: inner }) => inner).join('\t')).join('\n'); return { form, page: text([write(laid.proactive), write(laid.requests), write(laid.review)]) }; } },
  textShape('flattened, traditional', (rows) => flattened(rows.map((row) => row.map((cell) => ({ ...cell, text: traditional(cell.text) }))))),
];

export const SHAPES: readonly Shape[] = [...PASTE, ...VALUES, ...SPANS, ...CUTS, ...TEXTS];

/** For tests of the layout alone. */
export { cellsOf };
