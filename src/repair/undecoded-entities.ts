/**
 * Decodes HTML entities that were escaped twice: the reader saw `&nbsp;` and `&#20844;` as text. A named or numbered reference
 * standing in text after parsing is always a leftover. Limit: only references with a semicolon (numbers of hanzi also without) and a known name or a valid
 * number; `AT&T` and `?a=1&copy=2` stay.
 */
import { WINDOWS_1252 } from '../han/windows-1252.js';
import type { NamedRepair } from './named-repair.js';
import { replaceMatches } from './named-repair.js';

const REFERENCE = /&(?:amp;)?(#\d{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,8});|&(#\d{5})(?!\d)/giu;

const NAMES: Readonly<Record<string, string>> = {
  nbsp: ' ', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', mdash: '—', ndash: '–', hellip: '…', middot: '·', times: '×', lt: '<', gt: '>', quot: '"', amp: '&',
  bull: '•', permil: '‰', deg: '°', ensp: ' ', emsp: ' ', thinsp: ' ', apos: '\'', laquo: '«', raquo: '»', yen: '¥', sect: '§',
};

function characterOf(body: string): string | null {
  if (!body.startsWith('#')) return NAMES[body] ?? null;
  const code = /^#x/iu.test(body) ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1));
  // HTML reads the numbers of C1 controls as windows-1252: &#147; is “.
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252[code - 0x80] ?? null;
  const isCharacter = code === 9 || code === 10 || (code >= 0x20 && code < 0x7f) || (code > 0x9f && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff));
  return isCharacter ? String.fromCodePoint(code).replace('\u00a0', ' ') : null;
}

export const undecodedEntities: NamedRepair = {
  name: 'undecoded-entities',
  find: (text) => (text.includes('&') ? replaceMatches(text, REFERENCE, (match) => characterOf(match[1] ?? match[2] ?? '')) : []),
};
