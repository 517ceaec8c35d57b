/** Lists what a report cites as its basis: regulations by name, decrees and documents by number. */
import { foldWidth } from '../han/fold.js';
import { toSimplified } from '../han/conversion.js';

const HAN = '\\p{Script=Han}';
/** 国办公开办函〔2021〕30号, whatever its brackets, the second one lost or not. The prefix is cut where the sentence's own words end. */
const NUMBERED = new RegExp(`(${HAN}{2,16})[〔﹝[(【]((?:19|20)\\d{2})[〕﹞\\])】]?第?(\\d{1,5})号`, 'gu');
const DECREE = new RegExp(`((?:国务院|主席|公安部)令)(?:第)?(\\d{1,4})号`, 'gu');
const NAMED = /《([^《》\n]{4,60}(?:条例|规定|办法|格式|通知|意见|细则|要点)(?:的通知|》的通知)?)》/gu;
/** Words of the sentence in front of a number. */
const BEFORE_NUMBER = /^.*(?:根据|按照|依据|贯彻|落实|转发|印发|执行|参照|以及|和|及|与|的|（|\()/u;
const SUBJECT = /信息公开|政务公开/u;

/** A basis is cited in the preamble; what later parts mention is work done. Preambles met end within 600 characters. */
const PREAMBLE = 1500;

/** What the opening of `text` cites, in order, each once; numbers in the form 国办公开办函〔2021〕30号. */
export function legalBasis(text: string): string[] {
  const opening = toSimplified(foldWidth(text.slice(0, PREAMBLE))).replace(/[ \t]+/gu, '');
  const found: { readonly at: number; readonly basis: string }[] = [];
  for (const match of opening.matchAll(NAMED)) if (SUBJECT.test(match[1] ?? '')) found.push({ at: match.index, basis: `《${match[1]}》` });
  for (const match of opening.matchAll(DECREE)) found.push({ at: match.index, basis: `${match[1]}第${match[2]}号` });
  for (const match of opening.matchAll(NUMBERED)) {
    const prefix = (match[1] ?? '').replace(BEFORE_NUMBER, '');
    if (prefix.length >= 2) found.push({ at: match.index, basis: `${prefix}〔${match[2]}〕${match[3]}号` });
  }
  return [...new Set(found.sort((a, b) => a.at - b.at).map(({ basis }) => basis))];
}
