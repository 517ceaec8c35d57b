/**
 * Undoes the conversion of a Mainland report to Traditional script. Copying sites convert character by character so that the copy looks
 * new, and over-convert as no writer would: 製度, 全麵, 體係, 批準, 答復. Back is many-to-one and safe: opencc's `t → cn` restored the map of sample 004 without
 * one difference, and `製度` and `制度` both become 制度.
 * Traditional script by itself is no damage: it is undone only where the text is a Mainland agency's by its own words, and no publisher
 * of Hong Kong, Macau or Taiwan speaks. Words that a Taiwan converter replaced (網路, 民眾) are named in a notice and stay: each stands for several.
 */
import { isTraditional, toSimplified, traditionalShare } from '../han/conversion.js';
import type { Notice } from '../record.js';
import type { Change } from './patchwork.js';

/** Share of hanzi that only Traditional script has: converted reports reach 0.2 to 0.3, names in a Simplified report 0.01. */
const CONVERTED_SHARE = 0.08;
/** Too few hanzi to say whose words they are. */
const LEAST_HANZI = 30;

/** Words of Mainland administration, Simplified; no organ outside the Mainland is called so. */
const MAINLAND = /信息公开|公安(?:局|厅|部|机关|分局|派出所|工作|民警)|派出所|中华人民共和国|政府信息|国务院|党委|居民身份证|人民政府|党的|省委|市委|区委|县委/gu;
/** Organs of Hong Kong, Macau and Taiwan; their words (资讯) prove nothing, converters put them in too. */
const ELSEWHERE = /警务处|警政署|特区政府|特别行政区|行政院|立法院|立法会|公安委员会|内政部|户政|保安局|行政长官/gu;
/** Names end in `.localhost` where a portal is imitated on loopback. */
const PUBLISHED_ELSEWHERE = /\.(?:hk|mo|tw)(?:\.localhost)?$/iu;
/** What a government publishes in Traditional script it means so, be it for readers overseas. Behind it may stand the suffix of a private network. */
const GOVERNMENT = /(?:^|\.)(?:gov\.(?:cn|hk|mo|tw)|xn--zfr164b(?:\.cn)?)(?:\.(?:localhost|local|lan|intranet|internal|test|example))?$/iu;

/** Words that a Taiwan converter puts for one or several Mainland ones; as they stand after the characters are Simplified. */
const TAIWAN_WORDS: Readonly<Record<string, string>> = {
  网路: '网络', 网际网路: '互联网', 民众: '群众', 视窗: '窗口', 档案: '文件', 资讯: '信息', 软体: '软件', 硬体: '硬件', 伺服器: '服务器', 冬粉: '粉丝', 入口网站: '门户网站', 程式: '程序', 连结: '链接',
};

export interface Publisher {
  /** Host the page came from, lower case; null when unknown. */
  readonly host: string | null;
}

/** Whether `text` is a Mainland report in converted script. A Traditional-script host keeps its script unless it copies such a report whole; a government's always. */
export function isConvertedReport(text: string, publisher: Publisher): boolean {
  const hanzi = text.match(/[\u3400-\u9fff]/gu)?.length ?? 0;
  if (publisher.host !== null && GOVERNMENT.test(publisher.host)) return false;
  if (hanzi < LEAST_HANZI || traditionalShare(text) < CONVERTED_SHARE) return false;
  const plain = toSimplified(text);
  const mainland = plain.match(MAINLAND)?.length ?? 0;
  const elsewhere = plain.match(ELSEWHERE)?.length ?? 0;
  const needed = Math.max(2, hanzi / 400) * (publisher.host !== null && PUBLISHED_ELSEWHERE.test(publisher.host) ? 2 : 1);
  return mainland >= needed && mainland > 3 * elsewhere;
}

/** Over-conversions that stay after the table, because their characters are Simplified too. */
const LEFT_OVER: readonly (readonly [RegExp, string])[] = [[/谘(?=询|商)/gu, '咨'], [/显着(?=[^的]|$)/gu, '显著'], [/(?<=批|核)準/gu, '准']];

function simplified(text: string): string {
  const plain = toSimplified(text);
  const mended = LEFT_OVER.reduce((current, [pattern, right]) => current.replace(pattern, right), plain);
  const isPaired = (text.match(/「/gu)?.length ?? 0) === (text.match(/」/gu)?.length ?? 0) && !/[“”]/u.test(text);
  return isPaired ? mended.replace(/「/gu, '“').replace(/」/gu, '”').replace(/『/gu, '‘').replace(/』/gu, '’') : mended;
}

/** The changed stretches of one line that begins at `offset`. */
function changesOf(line: string, plain: string, offset: number): Change[] {
  // The table is one character to one; should a phrase ever change a length, spans could not be told and the line stays.
  if (plain.length !== line.length) return [];
  const changes: Change[] = [];
  for (let at = 0; at < line.length;) {
    if (line[at] === plain[at]) { at += 1; continue; }
    let end = at + 1;
    while (end < line.length && line[end] !== plain[end]) end += 1;
    changes.push({ start: offset + at, end: offset + end, after: plain.slice(at, end), method: 'recovered', confidence: 0.98 });
    at = end;
  }
  return changes;
}

/** Every changed stretch of a converted text. */
export function undoConversion(text: string): Change[] {
  const changes: Change[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    changes.push(...changesOf(line, simplified(line), offset));
    offset += line.length + 1;
  }
  return changes;
}

/** Names the Taiwan words of a text that was converted by a phrase converter. */
export function taiwanWords(plain: string): Notice[] {
  const found = Object.entries(TAIWAN_WORDS).filter(([word]) => plain.includes(word));
  // One such word may be the agency's own (档案, 民众); several are a converter's.
  if (found.length < 2) return [];
  const words = found.map(([word, mainland]) => `${word} (${mainland}?)`).join(', ');
  return [{ code: 'taiwan-words', room: 'repair', message: `words of a Taiwan converter, left as they are: ${words}` }];
}

/** Whether any character of `text` is Traditional: for titles and cells of a converted document. */
export function hasTraditional(text: string): boolean {
  return Array.from(text).some((character) => isTraditional(character));
}
