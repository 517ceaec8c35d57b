/** Masks what names a person in a text: identity numbers, phone numbers and vehicle plates. Every sign gives way to one `*`, so that offsets hold. */

export type MaskKind = 'identity' | 'phone' | 'plate';

export type MaskCounts = Readonly<Record<MaskKind, number>>;

export const MASK_KINDS: readonly MaskKind[] = ['identity', 'phone', 'plate'];

export interface Redacted {
  readonly text: string;
  readonly counts: MaskCounts;
  /** What was masked, digits and letters only, half width: to find pieces of it elsewhere. */
  readonly found: readonly string[];
}

export interface RedactOptions {
  /** Fields of a table (bounded by tabs and line ends) that are numbers of a statutory table, as printed: never masked, whatever they look like. */
  readonly tableNumbers?: ReadonlySet<string>;
  /** What to look for; all kinds unless told. */
  readonly kinds?: readonly MaskKind[];
}

const MASK = '*';

/** Signs that are read as another one: white space and signs without width divide like a space, dashes of all lengths like a hyphen. */
const SPACES = /[\u00a0\u00ad\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]/gu;
const DASHES = /[‐-―−－～﹣]/gu;
const FULL_WIDTH = /[！-～]/gu;

/** The text in half width, sign for sign: an offset in one is the offset in the other. */
function fold(text: string): string {
  return text.replace(SPACES, ' ').replace(DASHES, '-').replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('×', 'X');
}

/** What counts things stands behind a number that is no phone. 人, 名, 张 are left out: a name may follow a phone number. */
const COUNTED = /^ ?[余多]?(?:件|条|次|元|万[元件条次人余]|亿|个(?!人)|人次|份|篇|起|户|辆|字节|平方|%|号[文令])/u;
/** Behind these words stands the number of a document, an account or a web site. */
const NUMBERED = /(?:索引号|索取号|文号|编号|编码|代码|备案号?|安备|许可证|序列号|流水号|受理号|登记号|[账帐]号|第|[¥$])[ :]*[\dA-Za-z/()〔〕[\]-]{0,16} ?$/u;
const IDENTITY_LABEL = /(?:身份证|身份号码|证件号|证号|居住证)[^\d\n]{0,10}$/u;
const ADDRESS = /https?:\/\/[^\s<>"，。；]*$/u;

/** A number is over where its digits are: neither a digit nor a fraction nor further thousands follow. */
const BEGIN = String.raw`(?<!\d)`;
const END = String.raw`(?!\d)(?!\.\d{1,4}(?!\d))(?!,\d{3}(?!\d))`;

/** Provinces of GB/T 2260, 81 to 83 for the residence permits of Hong Kong, Macao and Taiwan, 9 and the province for foreigners. */
const PROVINCE = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-6])';
const IDENTITY_18 = new RegExp(String.raw`(?<!\d)[1-9](?:[ -]{0,2}\d){16}[ -]{0,2}[\dXx](?!\d)`, 'gu');
const IDENTITY_15 = new RegExp(String.raw`(?<!\d)[1-9](?:[ -]{0,2}\d){14}(?!\d)`, 'gu');
const SHAPE_18 = new RegExp(String.raw`^${PROVINCE}\d{4}((?:18|19|20)\d{2})(\d{2})(\d{2})\d{3}[\dX]$`, 'u');
const SHAPE_15 = new RegExp(String.raw`^${PROVINCE}\d{4}(\d{2})(\d{2})(\d{2})\d{3}$`, 'u');
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const PLATE_PLACE = '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]';
/** A letter, then five signs or (new energy) six, one of them a digit; I and O are on no plate, 学, 警, 挂, 港, 澳, 领, 试 and 超 may end one. */
const PLATE = new RegExp(String.raw`(?:${PLATE_PLACE} ?[A-HJ-NP-Z] ?[·•・.-]? ?(?=[A-Z]{0,5}\d)(?:[A-HJ-NP-Z\d]{4}[学警挂港澳领试超]|[A-HJ-NP-Z\d]{5,6})|WJ ?${PLATE_PLACE} ?-?\d{4}[\dA-Z])(?![A-Za-z\d])`, 'giu');

const MOBILE = String.raw`(?:(?:\+|00)?86[ -]{0,2})?0?1[3-9]\d(?:[ -]{0,2}\d{4}[ -]{0,2}\d{4}|\d[ -]{0,2}\d{3}[ -]{0,2}\d{4})`;
/** Area codes: 010, 02x, and four digits from 03 on. A subscriber's number begins with 2 to 8 and may have an extension. */
const LANDLINE = String.raw`\(?(?:\+?86[ -]{0,2}\(?)?(?:010|02[0-57-9]|0[3-9]\d\d)\)?[ -]{0,2}[2-8]\d{2,3}[ -]?\d{4}(?: ?(?:转|-|ext\.?) ?\d{1,5})?`;
const SERVICE = String.raw`[48]00(?=\d*-)(?:-?\d){7}`;
const PHONE = new RegExp(`${BEGIN}(?:${MOBILE}|${LANDLINE}|${SERVICE})${END}(?!-\\d)`, 'giu');

const PHONE_LABEL = /(?:电话|手机|联系方式|传真|热线|座机|致电|拨打|telephone|tel|fax|phone|mobile)(?:号码?|电话|手机|传真|为|是|[:：()[\]【】/、及或和与. \t-]){0,8}/giu;
const LABELLED = new RegExp(`(?:${MOBILE}|1(?: ?\\d){10}|${LANDLINE}|[48]00(?:[ -]?\\d){7}|[2-8]\\d{6,7}|[2-8]\\d{2,3}[ -]\\d{4})(?: ?(?:转|-) ?\\d{1,5})?${END}`, 'iuy');
const BETWEEN = /[、,，/;；或和及与 \t]{1,4}/uy;

type Span = readonly [start: number, end: number];

/** The text of the line before `at`, as far as a label reaches. */
function before(folded: string, at: number): string {
  const near = folded.slice(Math.max(0, at - 80), at);
  return near.slice(near.lastIndexOf('\n') + 1);
}

/** A day that exists; two digits of a year are of the twentieth century. */
function isDay(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(year.length === 2 ? 1900 + Number(year) : Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** The check digit of ISO 7064, MOD 11-2, as GB 11643 uses it. */
function hasCheckDigit(number: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return '10X98765432'[sum % 11] === number[17];
}

function hasShape(number: string): boolean {
  const [, year = '', month = '', day = ''] = (number.length === 18 ? SHAPE_18 : SHAPE_15).exec(number) ?? [];
  return year !== '' && isDay(year, month, day);
}

/** Whether digits with gaps are one number and not a row of counts: no further number beside them, and 15 digits (which no check digit secures) in the usual groups. */
function standsAlone(folded: string, written: string, at: number): boolean {
  if (!/[ -]/u.test(written)) return true;
  if (hasNeighbour(folded, at, at + written.length)) return false;
  return /[Xx]|(?:\d\D*){18}/u.test(written) || /^\d{6}\D+\d{6}\D+\d{3}$/u.test(written);
}

const hasNeighbour = (folded: string, start: number, end: number): boolean => /\d ?$/u.test(before(folded, start)) || /^ ?\d/u.test(folded.slice(end, end + 2));
const isCounted = (folded: string, end: number): boolean => COUNTED.test(folded.slice(end, end + 4));

function isIdentity(folded: string, written: string, at: number): boolean {
  const number = written.replace(/[ -]/gu, '').toUpperCase();
  if (!hasShape(number)) return false;
  if (IDENTITY_LABEL.test(before(folded, at))) return true;
  if (NUMBERED.test(before(folded, at)) || isCounted(folded, at + written.length)) return false;
  return (number.length === 15 || hasCheckDigit(number)) && standsAlone(folded, written, at);
}

function identities(folded: string, pattern: RegExp): Span[] {
  const spans: Span[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(folded); match; match = pattern.exec(folded)) {
    if (isIdentity(folded, match[0], match.index)) spans.push([match.index, pattern.lastIndex]);
    else pattern.lastIndex = match.index + 1;
  }
  return spans;
}

function plates(folded: string): Span[] {
  return [...folded.matchAll(PLATE)].map((match) => [match.index, match.index + match[0].length]);
}

/** Numbers behind 电话 and its like, one or a list of them: here a number without area code is a phone number too. */
function labelledPhones(folded: string): Span[] {
  const spans: Span[] = [];
  for (const label of folded.matchAll(PHONE_LABEL)) {
    for (let at = label.index + label[0].length; ;) {
      LABELLED.lastIndex = at;
      if (!LABELLED.test(folded) || isCounted(folded, LABELLED.lastIndex)) break;
      spans.push([at, LABELLED.lastIndex]);
      BETWEEN.lastIndex = LABELLED.lastIndex;
      if (!BETWEEN.test(folded)) break;
      at = BETWEEN.lastIndex;
    }
  }
  return spans;
}

/** Groups of digits with spaces, beside further numbers, are a row of counts; those of a number with an area code are not. */
function isRowOfCounts(folded: string, [start, end]: Span): boolean {
  return !/[0(+]/u.test(folded[start] ?? '') && folded.slice(start, end).includes(' ') && hasNeighbour(folded, start, end);
}

function phones(folded: string): Span[] {
  return [...folded.matchAll(PHONE)].map((match): Span => [match.index, match.index + match[0].length]).filter(([start, end]) => {
    const context = before(folded, start);
    return !NUMBERED.test(context) && !ADDRESS.test(context) && !isCounted(folded, end) && !isRowOfCounts(folded, [start, end]);
  });
}

/** In this order: what one found is masked for the next. */
const SEARCHES: readonly (readonly [kind: MaskKind, search: (folded: string) => readonly Span[]])[] = [
  ['identity', (folded) => identities(folded, IDENTITY_18)], ['identity', (folded) => identities(folded, IDENTITY_15)], ['plate', plates], ['phone', labelledPhones], ['phone', phones],
];

/** Letters, digits and hanzi of the spans (in order, apart) masked; spaces, dashes and brackets between them stay, so that the mask is seen for what it was. `where` has the same length. */
function masked(text: string, where: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const [start, end] of spans) {
    result += text.slice(at, start);
    for (let sign = start; sign < end; sign += 1) result += /[\p{L}\d]/u.test(where[sign] ?? '') ? MASK : text[sign] ?? '';
    at = end;
  }
  return result + text.slice(at);
}

/** Hides the numbers of statutory tables from the search. */
function hideTableNumbers(folded: string, text: string, numbers: ReadonlySet<string>): string {
  if (numbers.size === 0) return folded;
  let hidden = '';
  let at = 0;
  for (const field of text.split(/(?<=[\t\n])|(?=[\t\n])/u)) {
    hidden += numbers.has(field.trim()) ? '\0'.repeat(field.length) : folded.slice(at, at + field.length);
    at += field.length;
  }
  return hidden;
}

/**
 * `text` with identity numbers (18 signs with their check digit or under their label, 15 digits with a day), phone numbers (mobile, with area code, 400 and 800, and what stands
 * behind 电话 or 传真) and plates masked, of the same length. All phone numbers of seven digits and more are masked, an office's too: nobody can tell them from a person's. Short
 * public numbers (110, 12345) stay. A number before a counting word, of a document or an account, and the numbers of statutory tables stay.
 */
export function redactText(text: string, { tableNumbers = new Set(), kinds = MASK_KINDS }: RedactOptions = {}): Redacted {
  const counts: Record<MaskKind, number> = { identity: 0, phone: 0, plate: 0 };
  if (!/[\d０-９]/u.test(text)) return { text, counts, found: [] };
  const found: string[] = [];
  let shown = text;
  let folded = hideTableNumbers(fold(text), text, tableNumbers);
  for (const [kind, search] of SEARCHES) {
    if (!kinds.includes(kind)) continue;
    const spans = search(folded);
    found.push(...spans.map(([start, end]) => folded.slice(start, end).replace(/[^\p{L}\d]/gu, '')));
    counts[kind] += spans.length;
    shown = masked(shown, folded, spans);
    folded = masked(folded, folded, spans);
  }
  return { text: shown, counts, found };
}
