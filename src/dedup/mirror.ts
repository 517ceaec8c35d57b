/** Grades a copy by where it stands and whether its words were altered: official, mirror or clone. */
import type { Grade, Notice, Repair, Seed } from '../record.js';

/** Suffixes under which only government bodies register: `.gov.cn`, and `.政务.cn` and `.政务` in their ASCII form. */
const GOVERNMENT_SUFFIXES: readonly string[] = ['gov.cn', 'xn--zfr164b', 'xn--zfr164b.cn'];

/** Names that say nothing about who stands behind them (RFC 2606, RFC 6761, RFC 6762, and the usual intranet ones). */
const PRIVATE_SUFFIXES: readonly string[] = ['example', 'internal', 'intranet', 'invalid', 'lan', 'local', 'localhost', 'test'];

/** Names of companies and associations: whatever stands behind them, no government body does, under a private suffix either. */
const COMPANY_NAME = /\.(?:com|net|org)(?:\.cn)?\.[a-z]+$/u;

/** Addresses, with or without IPv6 brackets. */
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\])$/iu;

/**
 * Repairs that only a copier makes necessary: official portals do not put pinyin into their sentences or convert them to
 * Traditional characters and back. Met on the mirrors of real reports: `共和(he)(he)國(guo)`, 製度, 全麵.
 */
const COPIER_STEP = /pinyin|traditional|conversion|byte-shift/u;

/** Words that hijacked domains put into the titles of what they copy (淮安市公安局 became 中国体彩网公安局). */
const SPAM_TITLE = /体彩|彩票|博彩|娱乐城|棋牌|六合彩|足彩|时时彩|赌场|百家乐|电竞|下注|投注|老虎机/u;

/** Bureau converters between the scripts: `host/gate/big5/INNER` shows the page INNER of the same government. */
const CONVERTER_PATH = /^\/gate\/(?:big5|gb)\/(.+)$/u;

export interface GradeFacts {
  /** Where the page was found after redirects; null or a `file:` URL for imported material. */
  readonly url: string | null;
  readonly seed: Seed | null;
  /** The agency the page was recognised to be of. */
  readonly agency: string | null;
  readonly title: string | null;
  readonly repairs: readonly Pick<Repair, 'step'>[];
  readonly notices?: readonly Notice[];
}

function hostOf(url: string | null): string | null {
  if (url === null || !/^https?:/iu.test(url)) return null;
  try {
    return new URL(url).hostname.replace(/\.+$/u, '').toLowerCase();
  } catch {
    return null;
  }
}

function endsWithSuffix(host: string, suffixes: readonly string[]): boolean {
  return suffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
}

/** Whether `host` is registered to a government body. */
export function isGovernmentHost(host: string): boolean {
  return endsWithSuffix(host, GOVERNMENT_SUFFIXES);
}

function cannotBeJudged(host: string): boolean {
  return ADDRESS.test(host) || !host.includes('.') || (endsWithSuffix(host, PRIVATE_SUFFIXES) && !COMPANY_NAME.test(host));
}

/** The name before the suffix of a private network: a portal imitated on loopback is graded as the one it imitates, with a seed or, from a web archive, without. */
function publicName(host: string): string {
  const suffix = PRIVATE_SUFFIXES.find((one) => host.endsWith(`.${one}`));
  return suffix === undefined ? host : host.slice(0, -suffix.length - 1);
}

/** 上海市公安局 and 上海市公安局黄浦分局 are one house: the seed of the one vouches for the other. */
function sameHouse(seedAgency: string, agency: string | null): boolean {
  return agency === null || agency.startsWith(seedAgency) || seedAgency.endsWith(agency);
}

/** For hosts whose name tells nothing the seed's word is all there is; without one there is no grade. */
function gradeBySeed(host: string, facts: GradeFacts): Grade | null {
  const { seed } = facts;
  if (!seed?.agency) return null;
  const named = [seed.home, ...seed.columns].some((address) => hostOf(address) === host);
  return named && sameHouse(seed.agency, facts.agency) ? 'official' : 'mirror';
}

function wasAltered(facts: GradeFacts): boolean {
  return facts.repairs.some((repair) => COPIER_STEP.test(repair.step))
    || (facts.notices ?? []).some((notice) => notice.code === 'repair-substituted-names')
    || SPAM_TITLE.test(facts.title ?? '');
}

/**
 * The grade of a copy: `official` on a government host, `mirror` elsewhere, `clone` when elsewhere and altered. Null when
 * nobody can say: imported files, and unnamed hosts that no seed vouches for. A page from a web archive is graded by the address it was archived from.
 */
export function gradeOf(facts: GradeFacts): Grade | null {
  const host = hostOf(facts.url);
  if (host === null) return null;
  if (isGovernmentHost(publicName(host))) return 'official';
  const grade = cannotBeJudged(host) ? gradeBySeed(host, facts) : 'mirror';
  return grade === 'mirror' && wasAltered(facts) ? 'clone' : grade;
}

/** Article paths worth looking for elsewhere: deep, with an id or date in them. */
const ARTICLE_PATH = /^\/(?:[^/]+\/)+[^/]*\d[^/]*$/u;

function converted(outer: URL): string | null {
  const inner = CONVERTER_PATH.exec(outer.pathname)?.[1];
  return inner ? `${outer.protocol}//${inner}${outer.search}` : null;
}

/** Hijacked domains keep the path of the page they copied (19 of 61 pages met did): the agency's own host may have it. */
function samePathAt(outer: URL, officialHome: string | null): string | null {
  if (!officialHome || isGovernmentHost(outer.hostname) || !ARTICLE_PATH.test(outer.pathname)) return null;
  return new URL(`${outer.pathname}${outer.search}`, officialHome).href;
}

/**
 * The page of which `url` is perhaps another presentation. An official converter names it itself: `http://host:82/gate/big5/www.x.gov.cn/a.htm`
 * gives `http://www.x.gov.cn/a.htm`. A mirror's article is looked for at the same path under `officialHome`, the agency's own site.
 * Null when the address names no original. A candidate, not a fact: nobody has looked.
 */
export function candidateOriginal(url: string, officialHome: string | null = null): string | null {
  try {
    const outer = new URL(url);
    const original = converted(outer) ?? samePathAt(outer, officialHome);
    return original !== null && new URL(original).hostname.includes('.') ? new URL(original).href : null;
  } catch {
    return null;
  }
}
