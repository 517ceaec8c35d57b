/** Walls, soft 404s and stubs by their signatures; and good pages that look like them but are none. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { isOrdinaryPage, recogniseBlock } from '../../src/fetch/blocks.js';
import type { PageAnswer } from '../../src/fetch/blocks.js';
import { outcomeOf } from '../../src/fetch/outcome.js';
import { titleOf, visibleText } from '../../src/fetch/visible-text.js';

const URL_ASKED = 'http://gaj.example.gov.cn/zwgk/nb/t20220101_1.html';
const page = (body: string, facts: Partial<PageAnswer> = {}): PageAnswer => ({ status: 200, headers: { 'content-type': 'text/html' }, url: URL_ASKED, finalUrl: URL_ASKED, ...facts, body });
const html = (title: string, body: string): string => `<!doctype html><html><head><title>${title}</title><script>var a = "隐藏";</script></head><body>${body}</body></html>`;
const filler = '<p>本年度共受理申请若干件，均已按期答复，未发生行政复议和行政诉讼案件，现将有关情况报告如下。</p>'.repeat(12);

const SPLIT_COOKIE = '<script>document.cookie=(\'_\')+(\'_\')+(\'j\')+(\'s\')+(\'l\')+(\'_clearance_s=\')+(\'17145\')+\';max-age=3600\';location.href=location.pathname</script>';
const RUISHU = '<!DOCTYPE html><html><head><meta id="x1yz" content="AbCd" r=\'m\'><script r=\'m\'>$_ts=window[\'$_ts\'];if(!$_ts)$_ts={};$_ts.nsd=12;</script><script src="/a/b.js" r=\'m\'></script></head><body></body></html>';

const WALLS: readonly (readonly [name: string, answer: PageAnswer, reason: string])[] = [
  ['Jiasule, first answer', page(SPLIT_COOKIE, { status: 521 }), 'blocked-jsl-521'],
  ['Jiasule, by its cookie', page('<script>var _0x1=1</script>', { status: 521, headers: { 'set-cookie': '__jsluid_s=ab; path=/' } }), 'blocked-jsl-521'],
  ['Jiasule, second answer', page('<script>;go({"bts":["1","2"],"ct":"x","ha":"md5"})</script>', { status: 521 }), 'blocked-jsl-521'],
  ['Jiasule with status 200', page(SPLIT_COOKIE), 'blocked-jsl-521'],
  ['Ruishu', page(RUISHU, { status: 412 }), 'blocked-ruishu-412'],
  ['Ruishu with 202', page(RUISHU, { status: 202 }), 'blocked-ruishu-412'],
  ['Ruishu with 200 and nothing else', page(RUISHU), 'blocked-ruishu-412'],
  ['WZWS by country', page('<html><body>reason:GeoBL</body></html>', { status: 403, headers: { server: 'WZWS' } }), 'blocked-cdn-403'],
  ['Wangsu', page(html('403 Forbidden', '<h1>403 Forbidden</h1>'), { status: 403, headers: { server: 'PWS/8.3.1' } }), 'blocked-cdn-403'],
  ['Tencent', page(html('403', '腾讯云 Web应用防火墙'), { status: 403 }), 'blocked-cdn-403'],
  ['a firewall\'s own page with 200', page(html('提示', '您的访问请求可能对网站造成安全威胁，请求已被阻断')), 'blocked-cdn-403'],
  ['safedog', page(html('网站防火墙', '您的请求带有不合法参数，已被网站管理员设置拦截！安全狗'), { status: 405 }), 'blocked-cdn-403'],
  ['ACW challenge', page('<html><script>var arg1="AB12";function reload(x){setCookie("acw_sc__v2",x)}</script></html>'), 'blocked-challenge'],
  ['Cloudflare', page(html('Just a moment...', '<noscript>Enable JavaScript</noscript>'), { status: 403, headers: { server: 'cloudflare' } }), 'blocked-challenge'],
  ['browser check', page(html('安全检测', '浏览器安全检查中，请稍候')), 'blocked-challenge'],
  ['slider', page(html('访问验证', '<div>请拖动滑块完成拼图</div><script src="/geetest.js"></script>')), 'captcha'],
  ['code to type in', page(html('提示', '<p>您的操作过于频繁，请输入验证码后继续访问</p><input name="code">')), 'captcha'],
  ['captcha script alone', page('<html><body><div id="c"></div><script src="https://turing.captcha.example/TCaptcha.js"></script></body></html>'), 'captcha'],
  ['redirected to a login', page(html('统一身份认证', '<form><input name="u"></form>'), { finalUrl: 'http://sso.example.gov.cn/cas/login?service=x' }), 'login'],
  ['a login in its place', page(html('登录', '<form>用户名<input><input type="password"></form>')), 'login'],
  ['soft 404', page('<html><head><title>404</title></head><body>对不起，您访问的页面不存在或已被删除！<span>5</span>秒后返回首页</body></html>'), 'soft-404'],
  ['soft 404 by its title', page(html('404 Not Found', '<center>nginx</center>')), 'soft-404'],
  ['soft 404 in the site\'s template', page(html('页面不存在', `<ul>${'<li>机构职能 政策文件 重点领域 办事服务</li>'.repeat(20)}</ul>您访问的页面不存在`)), 'soft-404'],
  ['soft 404 in English', page('<body>File not found.</body>'), 'soft-404'],
  ['13 bytes', page('404 Not Found'), 'soft-404'],
  ['sent to the home page', page(html('某市公安局', filler), { finalUrl: 'http://gaj.example.gov.cn/' }), 'soft-404'],
  ['sent to the index page', page(html('某市公安局', filler), { finalUrl: 'http://gaj.example.gov.cn/index.html' }), 'soft-404'],
  ['not registered', page(html('网站未备案', '该网站暂时无法访问')), 'parked'],
  ['just installed', page(html('Welcome to nginx!', '<h1>Welcome to nginx!</h1><p>If you see this page</p>')), 'parked'],
  ['for sale', page(html('a.com', '此域名可出售，请联系')), 'parked'],
  ['being maintained', page(html('公告', '本站正在进行系统升级，请稍后访问')), 'maintenance'],
  ['empty body', page(''), 'stub'],
  ['3 bytes', page('\r\n\n'), 'stub'],
  ['13 bytes of markup', page('<html></html>'), 'stub'],
  ['54 bytes', page('<html><head><title></title></head><body></body></html>'), 'stub'],
  ['215 bytes', page(`<html><head><meta charset="utf-8"></head><body>${'<div></div>'.repeat(13)}</body></html>`), 'stub'],
];

const GOOD: readonly (readonly [name: string, answer: PageAnswer])[] = [
  ['a report behind Ruishu', page(RUISHU.replace('</body>', `${filler}</body>`))],
  ['a report behind Ruishu, with 412 by mistake', page(RUISHU.replace('</body>', `${filler}</body>`), { status: 412 })],
  ['a report behind Jiasule, cookie and all', page(html('某县公安局2021年政府信息公开工作年度报告', filler), { headers: { 'set-cookie': '__jsluid_h=1' } })],
  ['a report that speaks of 验证码', page(html('某县公安局2021年政府信息公开工作年度报告', `${filler}<p>网上申请须输入验证码，系统维护期间可来信。</p>`))],
  ['a news page about 404', page(html('404页面也有温度：某市公安局网站改版', `${filler}<p>过去用户常看到“页面不存在”。</p>`))],
  ['a short notice', page(html('公告', '<p>2021年政府信息公开工作年度报告见附件。</p><a href="a.pdf">附件</a>'))],
  ['a short list', page(html('信息公开年报', '<a href="1.html">2021年年度报告</a>'))],
  ['a page with a login box at its side', page(html('某市公安局', `<form>登录<input type="password"></form>${filler}`))],
  ['a search page with a code to type in', page(html('依申请公开', '<form>请输入验证码<input>依申请公开</form>'))],
  ['a redirect by script', page('<html><body><script>window.location.href="./a.html";</script></body></html>')],
  ['a redirect by meta', page('<html><head><meta http-equiv="refresh" content="0; url=./portal/index.shtml"></head><body></body></html>')],
  ['a frame', page('<html><body><iframe src="/gkml.jsp"></iframe></body></html>')],
  ['a shell that scripts fill', page('<!DOCTYPE html><html><head><title>nfra</title></head><body><div id="app"></div><script src="/js/app.js"></script></body></html>')],
  ['a scanned report', page('<html><body><img src="1.jpg"><img src="2.jpg"></body></html>')],
  ['empty list data', page('{"total":0}', { headers: { 'content-type': 'application/json' } })],
  ['list data as XML', page('<datastore><totalrecord>0</totalrecord></datastore>', { headers: { 'content-type': 'text/xml' } })],
  ['list data under a wrong type', page('[]')],
  ['a PDF', page('%PDF-1.4', { headers: { 'content-type': 'application/pdf' } })],
  ['the home page moved to /index.html', page(html('某市公安局', filler), { url: 'http://gaj.example.gov.cn/', finalUrl: 'http://gaj.example.gov.cn/index.html' })],
  ['a column moved to another folder', page(html('年报', filler), { finalUrl: 'http://gaj.example.gov.cn/zwgk/new/' })],
  ['a path that only contains a login word', page(html('案例', '<p>短文一则</p><a href="x">x</a>'), { finalUrl: 'http://gaj.example.gov.cn/cassette/logindex.html' })],
  ['an honest 404', page(html('404', '页面不存在'), { status: 404 })],
  ['an honest 403', page(html('403 Forbidden', '<h1>Forbidden</h1><hr>Apache'), { status: 403, headers: { server: 'Apache' } })],
  ['an origin that is down', page(html('521: Web server is down', 'Error 521'), { status: 521 })],
  ['a broken server', page(html('500', '系统升级'), { status: 500 })],
  ['no answer', page('', { status: null })],
];

describe('walls and fakes', () => {
  it.each(WALLS)('%s', (_name, answer, reason) => {
    expect(recogniseBlock(answer)).toMatchObject({ reason });
    expect(outcomeOf(reason).kind).toBe('failed');
  });
});

describe('pages that are none', () => {
  it.each(GOOD)('%s', (_name, answer) => {
    expect(recogniseBlock(answer)).toBeNull();
  });
});

const EXAMPLES = '../shared/data/cms-examples';
const WALLS_AMONG_EXAMPLES: Readonly<Record<string, readonly [status: number, reason: string]>> = {
  'block-412.html': [412, 'blocked-ruishu-412'], 'block-jsl521.html': [521, 'blocked-jsl-521'], 'soft404.html': [200, 'soft-404'],
};

describe.skipIf(!existsSync(EXAMPLES))('example pages of all families (from ../shared/data/cms-examples; skipped where that is absent)', () => {
  it.each(existsSync(EXAMPLES) ? readdirSync(EXAMPLES) : ['every page'])('%s', (file) => {
    const [status, reason] = WALLS_AMONG_EXAMPLES[file] ?? [200, undefined];
    const type = file.endsWith('.json') ? 'application/json' : file.endsWith('.xml') ? 'text/xml' : 'text/html';
    expect(recogniseBlock(page(readFileSync(`${EXAMPLES}/${file}`, 'utf8'), { status, headers: { 'content-type': type } }))?.reason).toBe(reason);
  });
});

describe('the quick look at a page\'s bytes', () => {
  const asBytes = (body: string): Uint8Array[] => [Buffer.from(body, 'utf8'), iconv.encode(body, 'gb18030')];
  const asAsked = ([, answer]: readonly [string, PageAnswer, ...unknown[]]): boolean => answer.status === 200 && answer.url === answer.finalUrl;

  it.each(WALLS.filter(asAsked))('passes no wall: %s', (_name, { body }) => {
    for (const bytes of asBytes(body)) expect(isOrdinaryPage(bytes)).toBe(false);
  });

  it('passes an ordinary page, whatever its charset', () => {
    for (const bytes of asBytes(html('某市公安局2021年政府信息公开工作年度报告', filler))) expect(isOrdinaryPage(bytes)).toBe(true);
    for (const bytes of asBytes(html('页面不存在', filler))) expect(isOrdinaryPage(bytes)).toBe(false);
    for (const bytes of asBytes(html('年报', `${filler}${SPLIT_COOKIE}`))) expect(isOrdinaryPage(bytes)).toBe(false);
  });
});

describe('hostile bodies', () => {
  const hostile: readonly (readonly [name: string, body: string])[] = [
    ['open tags', '<a'.repeat(32_000)], ['open scripts', '<script>'.repeat(8000)], ['open comments', '<!--'.repeat(16_000)], ['angle brackets', '<'.repeat(65_000)],
    ['white space', ' \n'.repeat(32_000)], ['titles', '<title>404 '.repeat(6000)], ['entities', '&amp'.repeat(16_000)], ['dotted capital I', `İ<b>${'İ'.repeat(30_000)}`],
  ];

  it.each(hostile)('%s are judged quickly', (_name, body) => {
    const started = performance.now();
    recogniseBlock(page(body));
    isOrdinaryPage(Buffer.from(body));
    expect(performance.now() - started).toBeLessThan(300);
  });
});

describe('visible text', () => {
  it('leaves out what is not shown', () => {
    expect(visibleText('<title>x</title><p>甲<!-- 乙 --><style>丙</style>&nbsp;丁 < 戊</p><script>己</script><scripty>庚</scripty>')).toBe('甲 丁 < 戊 庚');
    expect(titleOf('<TITLE lang="zh">\n 某局 \n</TITLE>')).toBe('某局');
    expect(titleOf('<title>open')).toBe('');
  });
});
