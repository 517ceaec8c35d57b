/** Converts Traditional characters to Simplified and tells how much of a text is Traditional: opencc-js's only door. */
import { Converter } from 'opencc-js/t2cn';

/** The unified ideographs of the basic block, where every character of the conversion table that reports use lies. */
const FIRST = 0x4e00;
const LAST = 0x9fff;

type Convert = (text: string) => string;

interface Tables {
  readonly convert: Convert;
  /** One byte a character from FIRST on: 1 when it exists only in Traditional script. */
  readonly traditional: Uint8Array;
}

let tables: Tables | null = null;

/**
 * `t → cn`, never the phrase mode `twp`: on Simplified police texts that one changed 88 words (文件 to 文档, 程序 to 进程), this one none.
 */
function loadTables(): Tables {
  const convert = Converter({ from: 't', to: 'cn' }) as Convert;
  const every = Array.from({ length: LAST - FIRST + 1 }, (_, offset) => String.fromCharCode(FIRST + offset));
  const converted = convert(every.join(' ')).split(' ');
  const traditional = Uint8Array.from(every, (character, index) => (converted[index] === character ? 0 : 1));
  return { convert, traditional };
}

function known(): Tables {
  return (tables ??= loadTables());
}

/** Whether the character with this UTF-16 code exists only in Traditional script. */
function isTraditionalCode(code: number, traditional: Uint8Array): boolean {
  return code >= FIRST && code <= LAST && traditional[code - FIRST] === 1;
}

/** `text` in Simplified script; the same string when nothing in it is Traditional. */
export function toSimplified(text: string): string {
  const { convert, traditional } = known();
  for (let index = 0; index < text.length; index += 1) {
    if (isTraditionalCode(text.charCodeAt(index), traditional)) return convert(text);
  }
  return text;
}

/** Share of the hanzi of `text` that exist only in Traditional script, 0 to 1; 0 without hanzi. */
export function traditionalShare(text: string): number {
  const { traditional } = known();
  let hanzi = 0;
  let found = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < FIRST || code > LAST) continue;
    hanzi += 1;
    if (traditional[code - FIRST] === 1) found += 1;
  }
  return hanzi === 0 ? 0 : found / hanzi;
}

/** Whether the character exists only in Traditional script. */
export function isTraditional(character: string): boolean {
  return isTraditionalCode(character.charCodeAt(0), known().traditional);
}
