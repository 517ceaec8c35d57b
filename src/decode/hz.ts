/**
 * Reads HZ, the seven-bit dress of GB 2312 that mail archives of the nineties kept: ~{9+02~} is 公安. The standard's decoders refuse it; a page
 * in it is pure ASCII, so nothing else can tell.
 */
import { countHan } from '../han/everyday.js';
import { charactersOf } from './character-tables.js';

/** `~{`, pairs of 21–77 and 21–7E, `~}`; the closing sign may be missing at the end of a line. */
const RUN = /~\{((?:[\x21-\x77][\x21-\x7e])+?)(?:~\}|(?=\n|$))/gmu;

/** `text` (pure ASCII) with its HZ runs as Chinese; null when there is none, or when they make no Chinese. */
export function readHz(text: string): string | null {
  if (!text.includes('~{')) return null;
  const decoded = text.replace(RUN, (_, run: string) => charactersOf(Uint8Array.from(run, (character) => character.charCodeAt(0) | 0x80), 'gb18030')).replace(/~~/gu, '~');
  const counts = countHan(decoded);
  return counts.hanzi > 1 && counts.replaced === 0 && counts.everyday >= counts.hanzi * 0.5 ? decoded : null;
}
