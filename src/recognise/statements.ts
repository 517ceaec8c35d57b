/** Reads the numbers that reports state in words: requests, answers, fees, reviews, suits, information published; each with its sentence. */
import { foldForMatching } from '../han/fold.js';
import { parseHanNumber } from '../han/numerals.js';
import type { Statement } from '../record.js';
import type { TextLine } from './lines.js';

interface Sentence {
  readonly text: string;
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  /** The first-level heading it stands under, folded. */
  readonly under: string;
}

/** A rule reads one kind of number from a folded sentence. */
interface Rule {
  readonly key: string;
  readonly method: string;
  readonly pattern: RegExp;
  /** Said without a number: 未收到 is 0. */
  readonly fixed?: number;
  /** Only sentences, or headings above them, with these words. */
  readonly about: RegExp;
  /** Never sentences with these. */
  readonly never?: RegExp;
}

const NUMBER = '(?<number>\\d[\\d,]*(?:\\.\\d+)?|[一二两三四五六七八九十百]{1,5})(?<myriad>万)?(?<more>余|多|来)?';
const CASES = '(?<unit>件|条|宗|份|起|例|项|人次|次)';
/** Up to `most` characters within one clause that bring in neither a review nor a suit. */
const within = (most: number): string => `(?:(?!复议|诉讼|[,;。\\d]).){0,${most}}?`;
/** 未收到公民、法人和其他组织提出的政府信息公开申请: words that leave the statement general. 超出一定数量范围的 does not. */
const GENERAL = '(?:任何|公民|法人|组织|单位|个人|社会|公众|群众|其他|其它|或者?|和|及|以及|、|的|书面|有关|相关|关于|要求|获取|提出|提交|向|对|我局|本局|市局|本机关|本单位|公开|政府|信息|依|事项|类|涉及|本年度|全年){0,20}';

const REQUESTS = /信息公开申请|依申请公开|申请公开|公开政府信息|信息依申请/u;
const ELSEWHERE = /信箱|信件|留言|诉求|来信|来访|咨询|投诉|举报|网民|网友|民心网|热线|提案|建议/u;
const RUNNING = /累计|历年|以来/u;
const DISPUTES = /公开/u;

const RULES: readonly Rule[] = [
  { key: 'requests.received', method: 'prose-count', about: REQUESTS, never: RUNNING, pattern: new RegExp(`(?:收到|受理|接收|接受|接到|新收|收悉|共收|承办|提出)${within(30)}(?:申请|依申请公开)${within(14)}${NUMBER}${CASES}`, 'u') },
  { key: 'requests.received', method: 'prose-none', fixed: 0, about: REQUESTS, pattern: new RegExp(`(?:未|没有|无|尚未|暂未)(?:曾)?(?:收到|接到|受理|接收|接受)(?:过|到)?${GENERAL}(?:申请|依申请公开(?:政府信息|申请|件)?)(?:$|[,;。]|的?(?:情况|事项|案?件))`, 'u') },
  { key: 'requests.answered', method: 'prose-count', about: REQUESTS, never: new RegExp(`${ELSEWHERE.source}|${RUNNING.source}`, 'u'), pattern: new RegExp(`(?:答复|回复|办结)(?:了|申请|共|完毕)?${NUMBER}${CASES}`, 'u') },
  { key: 'requests.answerRate', method: 'prose-rate', about: REQUESTS, never: ELSEWHERE, pattern: /(?:答复|回复|办结|按时办结|按期答复)(?:及时)?率(?:均?(?:达到?了?|为|是))?(?<number>\d{1,3}(?:\.\d+)?)(?<unit>%)/u },
  { key: 'fees.collected', method: 'prose-none', fixed: 0, about: /公开|申请|信息处理费|收费/u, pattern: /(?:未|没有|从未|均未|不)(?:向(?:(?![;。]).){0,30}?)?(?:收取|收过|产生|发生)(?:过|了|任何|有关|相关|各种|政府信息公开|信息公开|依申请公开|的|检索|复制|邮寄|信息处理|等|、){0,8}(?:费用?|收费)|(?:没有|无|未)(?:任何|发生|产生)?收费|未收费|(?:全部|均|一律)(?:为|予以)?免费/u },
  { key: 'fees.collected', method: 'prose-count', about: /公开|申请|信息处理费|收费/u, pattern: new RegExp(`(?:收取|收费)${within(24)}${NUMBER}(?<unit>元)`, 'u') },
  { key: 'reviews.received', method: 'prose-count', about: DISPUTES, never: RUNNING, pattern: new RegExp(`行政复议(?:申请|案件|案)?${within(10)}${NUMBER}${CASES}`, 'u') },
  { key: 'reviews.received', method: 'prose-none', fixed: 0, about: DISPUTES, pattern: /(?:未|没有|无|尚未|均无)(?:(?![,;。\d纠撤败错]).){0,30}?行政复议(?!(?:(?![,;。]).){0,10}(?:纠|撤|败|错))/u },
  { key: 'reviews.revoked', method: 'prose-count', about: /行政复议/u, pattern: new RegExp(`行政复议(?:(?!诉讼|[;。]).){0,30}?(?:撤销|纠正|纠错|变更)(?:的|了)?${NUMBER}${CASES}`, 'u') },
  { key: 'lawsuits.received', method: 'prose-count', about: DISPUTES, never: RUNNING, pattern: new RegExp(`行政诉讼(?:案件|案)?${within(10)}${NUMBER}${CASES}`, 'u') },
  { key: 'lawsuits.received', method: 'prose-none', fixed: 0, about: DISPUTES, pattern: /(?:未|没有|无|尚未|均无)(?:(?![,;。\d纠撤败错]).){0,40}?行政诉讼(?!(?:(?![,;。]).){0,10}(?:纠|撤|败|错))/u },
];

/** Information published: a clause names its channel, or none for the total. */
const PUBLISHED = new RegExp(`(?:公开|发布|更新|推送|转发|刊发)(?:(?![;。\\d]).){0,60}?信息(?:数|总数|共|共计|总计|约|近|达)?${NUMBER}(?<unit>条次|条|件|份|篇)`, 'u');
const CHANNELS: readonly (readonly [key: string, word: RegExp])[] = [
  ['published.wechat', /微信/u], ['published.weibo', /微博/u], ['published.website', /网站|网页|网上公安局|警网/u], ['published.gazette', /公报/u], ['published.internet', /互联网/u], ['published.other', /其[他它](?:方式|渠道|形式)/u],
];
/** 其中门户网站公开280条: the parts of a total, where 信息 is not said again. */
const PART = new RegExp(`(?:网站|微信|微博|公报|方式|渠道|形式)(?:公众号|平台)?(?:公开|发布)(?:了)?${NUMBER}(?<unit>条次|条|件|份|篇)`, 'u');
const NEW_MEDIA = /微信|微博|抖音|快手|头条|客户端/gu;

/** A sentence is read up to this length: beyond it the text has lost its full stops. */
const LONGEST_SENTENCE = 600;

function sentencesOf(lines: readonly TextLine[]): Sentence[] {
  let under = '';
  return lines.flatMap((line) => {
    if (/^[一二三四五六七八九十]{1,2}[、.]/u.test(line.folded)) under = line.folded.slice(0, 60);
    if (line.text.includes('\t') || line.text.includes('|')) return [];
    return [...line.text.matchAll(/[^。！？；]+[。！？；]?/gu)].flatMap(({ 0: text, index }) => {
      const start = line.start + index;
      return text.length > LONGEST_SENTENCE || !/\d|[０-９]|未|没有|无|不|免费|[一二三四五六七八九十]件/u.test(text) ? [] : [{ text, folded: foldForMatching(text), start, end: start + text.length, under }];
    });
  });
}

function numberOf(groups: Readonly<Record<string, string | undefined>>): number | null {
  const digits = (groups['number'] ?? '').replace(/,/gu, '');
  const value = /^\d/u.test(digits) ? Number(digits) : parseHanNumber(digits);
  return value === null ? null : Math.round(value * (groups['myriad'] ? 10_000 : 1) * 100) / 100;
}

function statement(sentence: Sentence, found: { readonly key: string; readonly method: string; readonly fixed?: number | undefined; readonly match: RegExpExecArray }): Statement | null {
  const groups = found.match.groups ?? {};
  const value = found.fixed ?? numberOf(groups);
  if (value === null) return null;
  const text = sentence.text.trim();
  const start = sentence.start + sentence.text.indexOf(text);
  const isApproximate = groups['more'] !== undefined || /(?:约|近|超过|多达)$/u.test(sentence.folded.slice(0, found.match.index + found.match[0].indexOf(groups['number'] ?? '\u0000')));
  return { key: found.key, value, unit: groups['unit'] ?? null, isApproximate, sentence: text, start, end: start + text.length, method: found.method };
}

function byRules(sentence: Sentence): Statement[] {
  return RULES.flatMap(({ key, method, pattern, fixed, about, never }) => {
    if (!about.test(sentence.folded) && !about.test(sentence.under)) return [];
    if (never?.test(sentence.folded)) return [];
    const match = pattern.exec(sentence.folded);
    const found = match === null ? null : statement(sentence, { key, method, fixed, match });
    return found === null ? [] : [found];
  });
}

/** The channel of a clause; several new media at once are one figure for all of them. */
function channelOf(clause: string): string | null {
  const media = new Set(clause.match(NEW_MEDIA) ?? []);
  if (media.size > 1) return 'published.newMedia';
  const named = CHANNELS.filter(([, word]) => word.test(clause));
  if (named.length > 1) return null;
  return named[0]?.[0] ?? (/(?:主动公开|公开(?:各类|各项)?政府信息)/u.test(clause) ? 'published.total' : null);
}

function published(sentence: Sentence): Statement[] {
  if (RUNNING.test(sentence.folded) || !sentence.folded.includes('信息')) return [];
  return sentence.folded.split(/[,;](?!\d{3}(?!\d))/u).flatMap((clause) => {
    const match = PUBLISHED.exec(clause) ?? PART.exec(clause);
    const key = match === null ? null : channelOf(clause);
    const found = match === null || key === null ? null : statement(sentence, { key, method: 'prose-published', match });
    return found === null ? [] : [found];
  });
}

/** What the report states in words, in the order of the text; nothing where it states nothing. */
export function statementsOf(lines: readonly TextLine[]): Statement[] {
  return sentencesOf(lines).flatMap((sentence) => [...byRules(sentence), ...published(sentence)]);
}
