/**
 * Decodes characters that a script or a mail gateway escaped and nobody unescaped: \u516c\u5b89, %u516C%u5B89, %E5%85%AC, =E5=85=AC, HZ's ~{9+020~}. Only
 * runs that come out as everyday Chinese are touched.
 * Limit: percent escapes inside an address belong there and stay.
 */
import { countHan } from '../han/everyday.js';
import type { NamedRepair } from './named-repair.js';
import { replaceMatches } from './named-repair.js';

const SCRIPT = /(?:\\u[0-9a-f]{4}){2,}/giu;
const ESCAPE = /(?:%u[0-9a-f]{4}){2,}/giu;
/** Not behind the characters of an address. */
const PERCENT = /(?<![\w/?=&.%-])(?:%[89a-f][0-9a-f]){4,}(?![\w/?=&.%-])/giu;
const QUOTED = /(?<![\w=])(?:=[89A-F][0-9A-F]){4,}(?![\w=])/gu;
const HZ = /~\{((?:[\x21-\x77][\x21-\x7e]){1,200})[\x21-\x7d]?~\}/gu;

function chinese(text: string): string | null {
  const counts = countHan(text);
  return counts.replaced === 0 && counts.everyday > 0 && counts.everyday >= counts.beyondAscii * 0.5 ? text : null;
}

function codes(run: string): string | null {
  return chinese(String.fromCharCode(...(run.match(/[0-9a-f]{4}/giu) ?? []).map((code) => Number.parseInt(code, 16))));
}

function bytes(run: string): string | null {
  const read = Uint8Array.from((run.match(/[0-9a-f]{2}/giu) ?? []).map((code) => Number.parseInt(code, 16)));
  return chinese(new TextDecoder('utf-8').decode(read)) ?? chinese(new TextDecoder('gb18030').decode(read));
}

/** HZ is GB 2312 with the eighth bit cleared. */
function hz(run: string): string | null {
  return chinese(new TextDecoder('gb18030').decode(Uint8Array.from(run, (character) => character.charCodeAt(0) | 0x80)));
}

export const escapedCharacters: NamedRepair = {
  name: 'escaped-characters',
  find: (text) => (/\\u|%|=[89A-F]|~\{/u.test(text) ? [
    ...replaceMatches(text, SCRIPT, ([run]) => codes(run)), ...replaceMatches(text, ESCAPE, ([run]) => codes(run)),
    ...replaceMatches(text, PERCENT, ([run]) => bytes(run)), ...replaceMatches(text, QUOTED, ([run]) => bytes(run)),
    ...replaceMatches(text, HZ, (match) => hz(match[1] ?? '')),
  ].sort((a, b) => a.start - b.start) : []),
};
