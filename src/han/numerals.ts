/** Reads numbers and years written in Chinese numerals. */

const DIGITS: Readonly<Record<string, number>> = {
  〇: 0, '○': 0, '０': 0, 零: 0, Ｏ: 0, O: 0, 一: 1, 壹: 1, 二: 2, 贰: 2, 两: 2, 三: 3, 叁: 3, 四: 4, 肆: 4, 五: 5, 伍: 5, 六: 6, 陆: 6, 七: 7, 柒: 7,
  八: 8, 捌: 8, 九: 9, 玖: 9,
};

const UNITS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const GROUPS: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };

/** 二〇一六: digit after digit. */
function readDigits(text: string): number | null {
  let value = 0;
  for (const character of text) {
    const digit = DIGITS[character];
    if (digit === undefined) return null;
    value = value * 10 + digit;
  }
  return value;
}

/** 三百二十万零五: units and groups. Null when a character is none of these or the order makes no sense. */
function readUnits(text: string): number | null {
  let total = 0;
  let group = 0;
  let digit: number | null = null;
  for (const character of text) {
    if (character in DIGITS) digit = DIGITS[character] ?? 0;
    else if (character in UNITS) { group += (digit ?? 1) * (UNITS[character] ?? 1); digit = null; }
    else if (character in GROUPS) { total += (group + (digit ?? 0)) * (GROUPS[character] ?? 1); group = 0; digit = null; }
    else return null;
  }
  return total + group + (digit ?? 0);
}

/** The number a run of Chinese numerals stands for (二〇一六 = 2016, 十二 = 12, 三百二十 = 320); null when it is none. */
export function parseHanNumber(text: string): number | null {
  if (text === '' || text.length > 20) return null;
  return /[十拾百佰千仟万亿]/u.test(text) ? readUnits(text) : readDigits(text);
}

/** A year from 1900 to 2099 in Arabic digits of either width or Chinese numerals (二〇一六, 二零一六, 二○一六); null when it is none. */
export function parseYear(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  const year = /^\d{4}$/u.test(plain) ? Number(plain) : plain.length === 4 ? readDigits(plain) : null;
  return year !== null && year >= 1900 && year <= 2099 ? year : null;
}
