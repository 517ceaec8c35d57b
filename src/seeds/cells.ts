/** Reads single cells of a seed row; each says what it expected when it cannot. */
import type { Level, RenderMode } from '../record.js';

/** A value, or what is wrong with the cell. */
export type Reading<T> = { readonly value: T } | { readonly wrong: string };

const LONGEST_URL = 2083;

export function readCode(text: string): Reading<string | null> {
  const digits = text.normalize('NFKC');
  if (digits === '') return { value: null };
  if (/^\d{6}$/u.test(digits)) return { value: digits };
  // A 12-digit statistical code or a short one is the usual slip; say what it would be rather than take it.
  const guess = /^\d{6}0{6}$/u.test(digits) ? digits.slice(0, 6) : /^\d{2}(?:\d{2})?$/u.test(digits) ? digits.padEnd(6, '0') : null;
  return { wrong: `expected a division code of six digits${guess ? `, such as ${guess}` : ''}` };
}

const LEVELS: Readonly<Record<string, Level>> = {
  ministry: 'ministry', province: 'province', prefecture: 'prefecture', county: 'county',
  部: 'ministry', 部级: 'ministry', 省: 'province', 省级: 'province', 市: 'prefecture', 市级: 'prefecture', 地市: 'prefecture', 地级: 'prefecture',
  县: 'county', 县级: 'county', 区: 'county', 区县: 'county', 县区: 'county',
};

export function readLevel(text: string): Reading<Level | null> {
  if (text === '') return { value: null };
  const level = LEVELS[text.toLowerCase()];
  return level ? { value: level } : { wrong: 'expected ministry, province, prefecture or county' };
}

/** An absolute http or https address, as written. */
export function readAddress(text: string): Reading<string> {
  if (/\s/u.test(text)) return { wrong: 'an address holds no spaces; put | between two addresses' };
  if (!/^[a-z][a-z\d+.-]*:/iu.test(text) || !URL.canParse(text)) {
    return { wrong: URL.canParse(`http://${text}`) && text.includes('.') ? `expected a whole address, such as http://${text}` : 'expected a web address' };
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { wrong: `expected http:// or https://, not ${url.protocol}` };
  if (url.username !== '' || url.password !== '') return { wrong: 'an address may not hold a user name or password' };
  return text.length > LONGEST_URL ? { wrong: `longer than ${LONGEST_URL} characters` } : { value: text };
}

export function readHome(text: string): Reading<string | null> {
  return text === '' ? { value: null } : readAddress(text);
}

/** Addresses with `|` or a line break between, each once. */
export function readColumns(text: string): Reading<readonly string[]> {
  const parts = text.split(/[|｜\n]/u).map((part) => part.trim()).filter((part) => part !== '');
  const read = parts.map(readAddress);
  const wrong = read.findIndex((reading) => 'wrong' in reading);
  if (wrong >= 0) return { wrong: `${parts[wrong] ?? ''}: ${(read[wrong] as { wrong: string }).wrong}` };
  return { value: [...new Set(parts)] };
}

export function readPlatform(text: string): Reading<string> {
  const name = text.toLowerCase() || 'auto';
  return /^[a-z0-9][a-z0-9-]*$/u.test(name) ? { value: name } : { wrong: 'expected auto or the name of a CMS family in letters, digits and hyphens' };
}

export function readRender(text: string): Reading<RenderMode> {
  const mode = text.toLowerCase() || 'auto';
  return mode === 'auto' || mode === 'http' || mode === 'browser' ? { value: mode } : { wrong: 'expected auto, http or browser' };
}

/** A label of the WHATWG Encoding Standard, in lower case. */
export function readCharset(text: string): Reading<string | null> {
  const label = text.toLowerCase();
  if (label === '') return { value: null };
  try {
    new TextDecoder(label);
    return { value: label };
  } catch {
    return { wrong: 'expected a charset, such as utf-8 or gb18030' };
  }
}

export function readDelay(text: string): Reading<number | null> {
  const digits = text.normalize('NFKC');
  if (digits === '') return { value: null };
  return /^\d{1,4}(?:\.\d{1,3})?$/u.test(digits) && Number(digits) <= 3600 ? { value: Number(digits) } : { wrong: 'expected seconds, 0 to 3600' };
}

const YES: ReadonlySet<string> = new Set(['', 'yes', 'y', 'true', '1', '是']);
const NO: ReadonlySet<string> = new Set(['no', 'n', 'false', '0', '否']);

/** Empty means yes. */
export function readEnabled(text: string): Reading<boolean> {
  const word = text.normalize('NFKC').toLowerCase();
  return YES.has(word) || NO.has(word) ? { value: YES.has(word) } : { wrong: 'expected yes or no' };
}
