/**
 * Restores the 年 and 月 that a careless extraction dropped from the reporting period: 201411日至1231日 was 2014年1月1日至12月31日. Seen on official pages and on
 * copies. Only the full calendar year is restored, which the sentence forces; other dates (20151214) can be read in more than one way and stay.
 */
import type { NamedRepair } from './named-repair.js';
import type { Change } from './patchwork.js';

const PERIOD = /((?:19|20)\d{2})(年?)1(月?)1日(起?[,，]?[至到](?:同年|当年|本年)?)((?:19|20)\d{2})?(年?)12(月?)31日/gu;

function restored(match: RegExpMatchArray): Change[] {
  const [whole, year = '', , , between = '', again, secondYear = ''] = match;
  if (again !== undefined && again !== year) return [];
  const after = `${year}年1月1日${between}${again === undefined ? secondYear : `${again}年`}12月31日`;
  const start = match.index ?? 0;
  return after === whole ? [] : [{ start, end: start + whole.length, after, method: 'inferred', confidence: 0.9 }];
}

export const reportingPeriod: NamedRepair = { name: 'reporting-period', find: (text) => [...text.matchAll(PERIOD)].flatMap(restored) };
