/**
 * Notices agencies whose place name was replaced by a gambling site's: 淮安市公安局 became 体彩网公安局, everywhere in the copy. Which place it was the text
 * no longer says, so nothing is restored; the notice makes the copy a clone.
 * Signal: such a name directly in front of 公安局 or 公安厅. Reports write of gambling too (打击网络博彩), but no bureau is called after it.
 */
import type { Notice } from '../record.js';

const SUBSTITUTED = /(?:体彩|彩票|福彩|博彩|六合彩|时时彩|棋牌|百家乐|赌场|娱乐城|电竞|必威|亚博|bt365|365bt)(?:网|官网|网站|平台|国际|体育|注册|app)?[省市县区]?公安(?:局|厅|分局)/giu;

/** Names shown in the message. */
const SHOWN = 3;

/** One notice when `text` (Simplified) names such agencies. */
export function substitutedNames(text: string): Notice[] {
  const names = [...new Set(text.match(SUBSTITUTED) ?? [])];
  if (names.length === 0) return [];
  return [{ code: 'repair-substituted-names', room: 'repair', message: `the agency's name was replaced by ${names.slice(0, SHOWN).join(', ')}` }];
}
