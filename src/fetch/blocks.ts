/** Recognises what is not the page that was asked for: walls, logins, soft 404s, placeholders and empty stubs. They are reported, never attacked. */
import { reasonForStatus } from './outcome.js';
import type { OutcomeReason } from './outcome.js';
import { titleOf, visibleText } from './visible-text.js';

export interface PageAnswer {
  readonly status: number | null;
  /** Lower-case names; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first 64 KB of the body as characters. */
  readonly body: string;
  readonly url: string;
  readonly finalUrl: string;
}

export interface BlockFinding {
  readonly reason: OutcomeReason;
  /** What was seen, for people and for the archive. */
  readonly evidence: string;
}

/** What the signatures look at, worked out once. */
interface Look {
  readonly answer: PageAnswer;
  readonly status: number;
  /** Start of the body, lower case, with the `')+('` of split strings taken out: Jiasule writes `('_')+('_')+('j')+…`. */
  readonly source: string;
  readonly text: string;
  readonly title: string;
  readonly cookies: string;
  readonly server: string;
  /** The page says something of its own: see `hasContent`. */
  readonly hasContent: boolean;
}

type Signature = (look: Look) => BlockFinding | null;

/** Bodies are judged by their first 64 KB; no wall met was longer than 8 KB. */
const MOST_READ = 65_536;

/**
 * A wall, an error page or a login says little: those met have at most some 120 visible characters, the shortest report met 600.
 * Raising it takes short news for walls; lowering it lets wordy error pages through.
 */
const SHORT_TEXT = 300;

/** An error page inside a site's whole template has at most this much text; more need not be looked at. */
const TEMPLATE_TEXT = 3000;
/** With room for white space that is counted before it is folded. */
const ENOUGH_TEXT = 3 * TEMPLATE_TEXT;

/** Words of pages we came for. A short page with one of them (a list with two rows, a notice) is no wall. */
const CONTENT_WORDS = ['年度报告', '工作报告', '年报', '主动公开', '依申请公开', '信息公开指南', '信息公开目录', '索引号', '发布机构', '发布日期', '成文日期', '附件', '下一页', '共计', '条例'];

function hasContent(text: string): boolean {
  return text.length > SHORT_TEXT || CONTENT_WORDS.some((word) => text.includes(word));
}

function firstIn(text: string, marks: readonly string[]): string | undefined {
  return marks.find((mark) => text.includes(mark));
}

function quote(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().slice(0, 80);
}

function found(reason: OutcomeReason, evidence: string): BlockFinding {
  return { reason, evidence };
}

/** 知道创宇 加速乐: status 521, a cookie `__jsluid_*`, and a script that would set `__jsl_clearance`. A bare 521 is Cloudflare's "origin is down". */
const jiasule: Signature = ({ status, source, cookies }) => {
  const cookie = cookies.includes('__jsluid');
  const script = firstIn(source, ['jsl_clearance', 'go({"bts"', 'document.cookie=']);
  if (status === 521 && (cookie || script !== undefined)) return found('blocked-jsl-521', `status 521 with ${cookie ? 'cookie __jsluid' : `script "${script}"`}`);
  return source.includes('__jsl_clearance') && source.includes('document.cookie=') ? found('blocked-jsl-521', `status ${status} with a script that sets __jsl_clearance`) : null;
};

/** 瑞数: 412 (or 202, 400, even 200) and scripts around `$_ts`. Good pages behind it carry `$_ts` too, so nothing else may be on the page. */
const ruishu: Signature = ({ status, source, hasContent: content, text }) => {
  const mark = content ? undefined : firstIn(source, ['$_ts', 'r=\'m\'', 'r="m"']);
  if (mark === undefined) return null;
  const certain = status === 412 || status === 202 || status === 400;
  return certain || (status === 200 && mark === '$_ts' && text.length < 20) ? found('blocked-ruishu-412', `status ${status}, "${mark}" and no text of its own`) : null;
};

/** Who answers for a site, by its headers and by what its refusals say. */
const PROTECTION_SERVERS = ['wangsu', 'cdnws', 'pws/', 'wswaf', 'wzws', 'yunjiasu', 'tencent', 'stgw', 'edgeone', 'cloudflare', 'cloudwaf', 'yunsuo', 'safedog', 'waf'];
const PROTECTION_WORDS = ['geobl', 'wzws', '网宿', '知道创宇', '腾讯云', '阿里云', '华为云', '云防护', '云盾', '安全狗', 'safedog', 'yunsuo', '云锁', '创宇盾', 'web应用防火墙', 'waf', '访问被阻断', '访问被拒绝', '访问被拦截', '请求被拦截', '拦截提示', '非法访问', '恶意请求', '网站防火墙', '攻击行为', 'access denied', 'request blocked', 'reference #'];

const protection: Signature = ({ status, source, server, hasContent: content }) => {
  const refused = status === 403 || status === 405 || status === 406 || status === 418 || status === 444 || status === 493 || status === 567;
  if (content) return null;
  if (refused) {
    const mark = firstIn(source, PROTECTION_WORDS) ?? firstIn(server, PROTECTION_SERVERS);
    return mark === undefined ? null : found('blocked-cdn-403', `status ${status} by "${mark}"`);
  }
  const said = firstIn(source, ['reason:geobl', '您的请求已被该站点的安全策略拦截', '当前访问疑似黑客攻击', '您的访问请求可能对网站造成安全威胁', '您的访问被阻断']);
  return said !== undefined ? found('blocked-cdn-403', `the page says "${said}"`) : null;
};

/** Words of a request to prove that one is human. They also stand in ordinary forms and reports, so the page must say nothing else. */
const CAPTCHA_WORDS = ['滑动验证', '拖动滑块', '拖动下方滑块', '请完成安全验证', '请完成验证', '人机验证', '安全验证', '请输入验证码', '点击按钮进行验证', '访问验证', '您的操作过于频繁'];
const CAPTCHA_MARKS = ['geetest', 'tencentcaptcha', 'turing.captcha', 'nc_1_n1z', 'aliyuncaptcha', 'initaliyuncaptcha', 'awsc.js', 'hcaptcha', 'g-recaptcha', 'vaptcha', '/captcha'];

const captcha: Signature = ({ source, text, title, hasContent: content }) => {
  if (content) return null;
  const word = firstIn(`${title} ${text}`, CAPTCHA_WORDS);
  const mark = firstIn(source, CAPTCHA_MARKS);
  if (word !== undefined) return found('captcha', `the page says "${word}"`);
  return mark !== undefined && text.length < 100 ? found('captcha', `script "${mark}" and no text of its own`) : null;
};

const CHALLENGE_MARKS = ['acw_sc__v2', 'acw_sc_v2', 'cf-chl', 'challenge-platform', '__tst_status', '_guard/auto.js', 'guardret', 'wzwschallenge', 'waf_captcha', 'safeline', 'sl-challenge'];
const CHALLENGE_WORDS = ['just a moment', '浏览器安全检查中', '正在进行安全检测', '安全检测中', '正在验证您的浏览器', '请开启javascript并刷新该页', 'checking your browser', '网站访问检测中'];

const challenge: Signature = ({ source, text, title, hasContent: content }) => {
  if (content) return null;
  const mark = firstIn(source, CHALLENGE_MARKS) ?? firstIn(`${title} ${text}`.toLowerCase(), CHALLENGE_WORDS);
  return mark === undefined ? null : found('blocked-challenge', `"${mark}" and no text of its own`);
};

/** A path of a login page: whole words between separators, so that `/logindex/` or `/cassette.html` is none. */
const LOGIN_PATH = /(?:^|[/._-])(?:login|signin|sign-in|sso|cas|passport|oauth2?)(?:[/._-]|$)/iu;

function pathAndHost(url: string): { path: string; host: string } {
  if (!URL.canParse(url)) return { path: '/', host: '' };
  const { pathname, hostname } = new URL(url);
  return { path: pathname, host: hostname };
}

const login: Signature = ({ answer, source, hasContent: content }) => {
  if (content) return null;
  const asked = pathAndHost(answer.url);
  const came = pathAndHost(answer.finalUrl);
  if (LOGIN_PATH.test(came.path) && !LOGIN_PATH.test(asked.path)) return found('login', `redirected to ${came.host}${came.path.slice(0, 100)}`);
  const field = firstIn(source, ['type="password"', 'type=\'password\'', 'type=password']);
  return field !== undefined ? found('login', 'a password field and no text of its own') : null;
};

/** Titles of error pages, without white space and punctuation, lower case; a site's name after a dash is cut off before. */
const GONE_TITLES: ReadonlySet<string> = new Set([
  '404', '404error', '404errorpage', '404notfound', '404pagenotfound', '404出错', '404提示', '404文件找不到', '404未找到', '404您访问的页面不存在', '404找不到文件或目录',
  '404找不到页面', '404错误', '404错误页面', '404错误提示', '404页面', '404页面不存在', '404页面未找到', '410', '410gone', 'error404', 'filenotfound', 'http404', 'http404未找到', 'notfound',
  'objectnotfound', 'pagenotfound', '您访问的页面不存在', '找不到文件或目录', '找不到页面', '无法找到该页', '错误404', '页面不存在', '页面找不到', '页面未找到',
]);

function saysGone(title: string): boolean {
  const own = title.slice(0, 100).split(/[-_|–—]/u, 1)[0] ?? '';
  return GONE_TITLES.has(own.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
}

const GONE_WORDS = ['页面不存在', '页面没有找到', '页面未找到', '找不到页面', '页面找不到', '无法找到该页', '网页不存在', '文章不存在', '信息不存在', '内容不存在', '栏目不存在', '文件不存在', '已被删除', '已经被删除', '已删除或不存在', '已经删除', '已下线', '页面已失效', '链接已失效', '页面丢失', '不存在或已', '您要访问的页面', '您要查看的页面', '您访问的页面', '404 not found', 'page not found', 'file not found', 'http 404', '404错误', '404 error'];

const softGone: Signature = ({ status, text, title, hasContent: content }) => {
  if (status !== 200) return null;
  const titled = saysGone(title);
  const word = content && !titled ? undefined : firstIn(text.toLowerCase(), GONE_WORDS);
  // An error page may stand inside the site's whole template; then title and text must agree.
  const saysSo = titled && (text.length <= SHORT_TEXT || (word !== undefined && text.length <= TEMPLATE_TEXT));
  if (saysSo) return found('soft-404', `the title says "${quote(title)}"`);
  return word !== undefined && !content ? found('soft-404', `the page says "${word}"`) : null;
};

/** Asked for a page, sent to the front door: how many portals answer for what they no longer have. */
const sentHome: Signature = ({ answer, status }) => {
  if (status !== 200 || answer.url === answer.finalUrl) return null;
  const asked = pathAndHost(answer.url);
  const came = pathAndHost(answer.finalUrl);
  const isHome = /^\/(?:index|default|home|main)?(?:\.[a-z]{2,5})?$/iu;
  const askedDeep = asked.path.split('/').filter((part) => part !== '').length >= 2;
  return askedDeep && isHome.test(came.path) ? found('soft-404', `redirected to the home page ${came.host}${came.path}`) : null;
};

const PARKED_WORDS = ['网站未备案', '未进行备案', '域名未备案', '未完成备案', '域名已过期', '域名过期', '域名出售', '域名正在出售', '此域名可出售', '站点创建成功', '恭喜，站点创建成功', '没有找到站点', '站点不存在', '网站已关闭', '站点已关闭', '网站已停用', 'welcome to nginx', 'apache2 debian default page', 'apache2 ubuntu default page', 'test page for the apache', 'iis windows server', 'internet information services', 'domain is for sale', 'this domain is parked'];
const MAINTENANCE_WORDS = ['系统维护', '网站维护', '正在维护', '系统升级', '网站升级', '升级改造', '升级维护', '暂停服务', '暂停访问', '网站改版'];

const placeholder: Signature = ({ status, text, title, hasContent: content }) => {
  if (content || status >= 500) return null;
  const said = `${title} ${text}`.toLowerCase();
  const parked = firstIn(said, PARKED_WORDS);
  if (parked !== undefined) return found('parked', `the page says "${parked}"`);
  const maintenance = text.length <= 150 ? firstIn(said, MAINTENANCE_WORDS) : undefined;
  return maintenance === undefined ? null : found('maintenance', `the page says "${maintenance}"`);
};

/** What makes a page without text still a page: somewhere to go, something to show, or a script that will build it. */
const STRUCTURE = ['http-equiv="refresh"', 'http-equiv=refresh', 'http-equiv=\'refresh\'', 'location', '<frame', '<iframe', '<script', '<img', '<embed', '<object', '<a ', '<form', '<video', '<record', '<item', '<loc'];

/** Bodies of 3, 13, 54 and 215 bytes were met where articles should have been. The largest stub met had 400. */
const STUB_LENGTH = 600;
const STUB_TEXT = 20;

const stub: Signature = ({ answer, status, source, text }) => {
  if (status !== 200 || answer.body.length > STUB_LENGTH || text.length >= STUB_TEXT) return null;
  const isData = /json|xml(?!\+html)/iu.test((answer.headers['content-type'] ?? '').replace('xhtml+xml', '')) && answer.body.trim().length > 3;
  if (isData || /^[[{]/u.test(answer.body.trim()) || firstIn(source, STRUCTURE) !== undefined) return null;
  return found('stub', `${answer.body.length} characters, of them visible: "${quote(text)}"`);
};

/** So many bytes of a page's start show nearly always whether it says something. */
const HEAD_BYTES = 12_288;
/** A Chinese character takes two or three bytes; with room for white space that is counted before it is folded. */
const OWN_BYTES = 3 * SHORT_TEXT;

/**
 * Whether the start of a page that came from where it was asked for, with status 200, shows already that no signature can fit: it has a text of
 * its own, no title of an error page, and no challenge in it. Nearly every page is one of these, and this is a tenth of the work: the bytes
 * are looked at as they are, for all marks are ASCII.
 */
export function isOrdinaryPage(payload: Uint8Array): boolean {
  const head = Buffer.from(payload.buffer, payload.byteOffset, Math.min(payload.length, HEAD_BYTES)).toString('latin1');
  if (head.replaceAll('\')+(\'', '').includes('__jsl_clearance') || visibleText(head, 4 * OWN_BYTES).length <= OWN_BYTES) return false;
  const title = Buffer.from(titleOf(head), 'latin1');
  return !['utf-8', 'gb18030', 'big5'].some((charset) => saysGone(new TextDecoder(charset).decode(title)));
}

/** In order: what names itself goes before what is only suspected. */
const SIGNATURES: readonly Signature[] = [jiasule, ruishu, challenge, captcha, protection, login, placeholder, softGone, sentHome, stub];

function isText(headers: Readonly<Record<string, string>>): boolean {
  const type = (headers['content-type'] ?? '').toLowerCase();
  return type === '' || /text|html|xml|json|javascript/u.test(type);
}

/**
 * What stands in the page's place, or null when nothing tells against it. A status that is itself an answer (404, 500 without a
 * wall) gives null: `reasonForStatus` names it. A page built by script is no block; the reader of lists sees that it is empty.
 */
export function recogniseBlock(answer: PageAnswer): BlockFinding | null {
  const status = answer.status;
  if (status === null || !isText(answer.headers)) return null;
  const body = answer.body.slice(0, MOST_READ);
  const text = visibleText(body, ENOUGH_TEXT);
  const look: Look = {
    answer: { ...answer, body }, status, text, title: titleOf(body), hasContent: hasContent(text),
    source: body.toLowerCase().replaceAll('\')+(\'', ''), cookies: (answer.headers['set-cookie'] ?? '').toLowerCase(),
    server: [answer.headers['server'], answer.headers['x-via'], answer.headers['via'], answer.headers['x-powered-by-waf']].join(' ').toLowerCase(),
  };
  if (reasonForStatus(status) === 'gone') return null;
  for (const signature of SIGNATURES) {
    const finding = signature(look);
    if (finding) return finding;
  }
  return null;
}
