/** Tells rows of other agencies apart in the list of a whole government: only words decide, never the path. */
import type { Seed } from '../record.js';
import { foldWords } from './report-words.js';

/** What every report's title says, whoever wrote it; what is left names the agency. */
const COMMON_WORDS = /(?:政府|政务|警务)?信息公开|政务公开|年度|工作|情况|报告|总结|汇报|年报|图解|图片版|超链版|[\d〇○零一二三四五六七八九年版度的关于*()（）【】[\]〔〕《》“”"'.…_\-—:：、，,]/gu;

/** Endings of the names of public bodies that are not the police. */
const OTHER_BODY = /(?:局|委|委员会|办|办公室|厅|院|中心|管委会|街道|镇|乡|集团|公司|学校|大学|学院|医院|协会|银行|馆|社|站|处|所|联合会|总工会|人民政府)$/u;

/** Police bodies by any of their names. */
const POLICE = /公安|分局|警|派出所|看守所|拘留所|戒毒所|出入境|刑侦|治安|禁毒|车管所/u;

/** The part of an agency's name by which a row is recognised as its own: 公安 for the police, else the end of the name. */
function ownWords(agency: string): RegExp {
  if (agency.includes('公安')) return POLICE;
  const end = agency.slice(-4).replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  return new RegExp(end, 'u');
}

/**
 * Whether a row's folded title names an agency other than the seed's. A title that names none (2018年年报) or only a place is not
 * another's. Without an agency in the seed no row is another's.
 */
export function namesOtherAgency(folded: string, seed: Seed | null): boolean {
  const agency = seed?.agency ? foldWords(seed.agency) : null;
  if (agency === null || ownWords(agency).test(folded)) return false;
  return OTHER_BODY.test(folded.replace(COMMON_WORDS, ''));
}

/** Whether folded link words are the seed's agency by its full name or the short ones used in menus: 长沙市公安局, 市公安局, 公安局. */
export function namesOwnAgency(folded: string, seed: Seed | null): boolean {
  const agency = seed?.agency ? foldWords(seed.agency) : null;
  if (agency === null || folded.length < 3) return false;
  const body = agency.replace(/^.*?(?=.?公安)/u, '');
  return folded === agency || (agency.endsWith(folded) && folded.length >= 3) || folded === body || folded === `${agency}信息公开`;
}
