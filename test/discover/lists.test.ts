/** Lists as pages print them: rows, titles cut short, guides among reports, other agencies, what is missing. */
import { describe, expect, it } from 'vitest';
import type { Discovery } from '../../src/discover/discover.js';
import { discover } from '../../src/discover/discover.js';
import type { PageFacts } from './made-up-page.js';
import { pageOf } from './made-up-page.js';

const COLUMN = 'http://gaj.qingxi.gov.cn/zwgk/zfxxgknb/';
const AGENCY = '清溪市公安局';

function read(markup: string, facts: Partial<PageFacts> = {}): Discovery {
  return discover({ page: pageOf({ url: COLUMN, markup, kind: 'list', seed: { agency: AGENCY }, ...facts }) });
}

function codes({ notices }: Discovery): string[] {
  return notices.map(({ code }) => code);
}

function column(rows: string, more = '', name = '政府信息公开年报'): string {
  return `<html><head><title>${name}-${AGENCY}</title><meta name="ColumnName" content="${name}"></head><body><ul class="nav"><li><a href="/">首页</a></li><li><a href="/jwzx/">警务资讯</a></li></ul>
    <ul class="list">${rows}</ul>${more}<div class="footer"><a href="/about/">关于我们</a></div></body></html>`;
}

function row(title: string, href: string, date = '2020-01-20'): string {
  return `<li><a href="${href}">${title}</a><span>${date}</span></li>`;
}

describe('rows', () => {
  it('takes whole titles from the title attribute, and dates from the row', () => {
    const found = read(column(`<li><a href="./202001/t20200120_7.html" title="${AGENCY}2019年政府信息公开工作年度报告">${AGENCY}2019年政府信…</a><span>[2020-01-20]</span></li>`)).found[0];
    expect(found).toMatchObject({ url: `${COLUMN}202001/t20200120_7.html`, kind: 'article', heardVia: 'row', anchor: `${AGENCY}2019年政府信息公开工作年度报告`, listedOn: '2020-01-20' });
  });

  it('leaves the date open where the row prints none or half of one, whatever the address says', () => {
    const { found, list } = read(column(row(`${AGENCY}2019年政府信息公开年报`, './202001/t20200120_7.html', '[01-20]') + row(`${AGENCY}2018年政府信息公开年报`, './202001/t20200120_8.html', '')));
    expect(found.map(({ listedOn }) => listedOn)).toEqual([null, null]);
    expect(list?.reportRows).toBe(2);
  });

  it.each([
    ['rows of a table', (title: string, at: number) => `<table><tr><td><img src="/dot.gif"></td><td><a href="${at}.htm">${title}</a></td><td>[2020-01-0${at + 1}]</td></tr></table>`],
    ['definition lists', (title: string, at: number) => `<dl><dt><a href="${at}.htm">${title}</a></dt><dd>2020-01-0${at + 1}</dd></dl>`],
    ['plain lines', (title: string, at: number) => `<p>· <a href="${at}.htm">${title}</a> (2020-01-0${at + 1})</p>`],
    ['nested boxes', (title: string, at: number) => `<div class="r"><div><h4><span><a href="${at}.htm">${title}</a></span></h4></div><div><i>2020-01-0${at + 1}</i></div></div>`],
    ['the link itself', (title: string, at: number) => `<a class="r" href="${at}.htm"><span>${title}</span><em>2020-01-0${at + 1}</em></a>`],
    ['text between line breaks', (title: string, at: number) => `<a href="${at}.htm">${title}</a>&nbsp;2020-01-0${at + 1}<br>`],
  ])('reads dates in %s', (_name, shape) => {
    const rows = [2017, 2018, 2019].map((year, at) => shape(`${AGENCY}${year}年政府信息公开工作年度报告`, at)).join('');
    const { found, list } = read(`<html><head><title>年度报告</title></head><body><div>${rows}</div></body></html>`);
    expect(found.map(({ anchor, listedOn }) => [anchor, listedOn])).toEqual([2017, 2018, 2019].map((year, at) => [`${AGENCY}${year}年政府信息公开工作年度报告`, `2020-01-0${at + 1}`]));
    expect([list?.rows, list?.reportRows]).toEqual([3, 3]);
  });

  it('takes the title from the row when the link is a button, and from the picture when it has no words', () => {
    const rows = `<table><tr><td>3</td><td>${AGENCY}2019年政府信息公开工作年度报告</td><td>2020-01-20</td><td><a href="a.html">查看</a></td></tr></table><li><a href="b.html"><img src="b.gif" alt="2018年政府信息公开年报"></a></li>`;
    expect(read(column(rows)).found.map(({ anchor, listedOn }) => [anchor, listedOn])).toEqual([[`${AGENCY}2019年政府信息公开工作年度报告`, '2020-01-20'], ['2018年政府信息公开年报', null]]);
  });

  it('takes short titles in a column of reports only', () => {
    const rows = row('2018年年报', 'a.html') + row('2017年度报告', 'b.html') + row('2016年', './2016n/');
    expect(read(column(rows)).found.map(({ kind }) => kind)).toEqual(['article', 'article', 'article']);
    expect(read(column(rows, '', '通知公告'), { url: 'http://gaj.qingxi.gov.cn/tzgg/', seed: {} }).found).toEqual([]);
  });

  it('follows folders of a year as lists', () => {
    const { found } = read(column(row('2016年', './2016/') + row('2015年度', './2015/')));
    expect(found.map(({ url, kind, anchor }) => [url, kind, anchor])).toEqual([[`${COLUMN}2016/`, 'list', '2016年'], [`${COLUMN}2015/`, 'list', '2015年度']]);
  });

  it('leaves guides, plans and budgets among reports', () => {
    const { found, list } = read(column(row(`${AGENCY}政府信息公开指南（2020年版）`, 'a.html') + row(`${AGENCY}2020年法治政府建设年度报告`, 'b.html') + row(`${AGENCY}2020年部门预算公开`, 'c.html') + row('2019年度报告', 'd.html')));
    expect(found.map(({ url }) => url)).toEqual([`${COLUMN}d.html`]);
    expect([list?.rows, list?.reportRows]).toEqual([4, 1]);
  });

  it('takes a row that links straight to a file as an attachment', () => {
    expect(read(column(row('2010年政府信息公开年报', '/files/2010.doc'))).found[0]).toMatchObject({ kind: 'attachment', heardVia: 'row' });
  });

  it('counts the reports of other agencies and leaves them out when the seed names its own', () => {
    const rows = row('清溪市教育局2019年政府信息公开工作年度报告', 'a.html') + row(`${AGENCY}2019年政府信息公开工作年度报告`, 'b.html') + row('东城区街道办事处2019年政府信息公开年报', 'c.html');
    const known = read(column(rows));
    expect([known.found.map(({ url }) => url), known.list?.reportRows, codes(known)]).toEqual([[`${COLUMN}b.html`], 3, ['discover-other-agency']]);
    expect(read(column(rows), { seed: null }).found).toHaveLength(3);
  });

  it('reads Traditional script', () => {
    const { found } = read(column(row('清溪市公安局2012年政府信息公開工作年度報告', 'a.html'), '', '政府信息公開年報'));
    expect(found).toHaveLength(1);
  });
});

describe('what is missing is said', () => {
  it('calls an empty column a failure', () => {
    const empty = read(column(''));
    expect([empty.kind, empty.list?.rows, codes(empty)]).toEqual(['list', 0, ['discover-empty-list']]);
  });

  it('calls an empty page of a seeded column a failure, whatever it names itself', () => {
    const empty = read('<html><body><h1>某某</h1><p>暂无内容</p></body></html>', { url: 'http://gaj.qingxi.gov.cn/x/', kind: 'column', heardVia: 'seed', seed: { columns: ['http://gaj.qingxi.gov.cn/x/'] } });
    expect([empty.list?.rows, codes(empty)]).toEqual([0, ['discover-empty-list']]);
  });

  it('calls a column whose rows name no report unread: they are a side bar\'s as often as not', () => {
    const rows = row('警营开放日', 'a.html') + row('关于停电的通知', 'b.html');
    expect(codes(read(column(rows)))).toEqual(['discover-empty-list']);
    expect(codes(read(column(rows, '<script>createPageHTML(2, 0, "index", "html");</script>')))).toEqual(['discover-no-report-rows']);
  });

  it('says that 共 12 条 gave fewer', () => {
    const partial = read(column(row('2018年年报', 'a.html'), '<div class="page">共 12 条</div>'));
    expect([partial.list?.total, partial.list?.stop, codes(partial)]).toEqual([12, 'single-page', ['discover-partial-list']]);
    expect(codes(read(column(row('2018年年报', 'a.html'), '<div class="page">共 1 条</div>')))).toEqual([]);
  });

  it('says that pages are known and have no address', () => {
    const partial = read(column(row('2018年年报', 'a.html'), '<div class="page">共5页 <a href="javascript:goPage(2)">下一页</a></div>'));
    expect([partial.list?.stop, codes(partial)]).toEqual(['needs-script', ['discover-needs-script']]);
    const postback = read(column(row('2018年年报', 'a.html'), `<div class="page">1/5页 <a href="javascript:__doPostBack('pager','2')">下一页</a></div>`));
    expect([postback.list?.stop, codes(postback)]).toEqual(['needs-post', ['discover-needs-postback']]);
  });

  it('calls a further page without rows broken', () => {
    const broken = read('<html><body>error</body></html>', { url: `${COLUMN}index_4.html`, heardVia: 'paging', anchor: '政府信息公开年报' });
    expect([broken.list?.stop, codes(broken)]).toEqual(['broken-page', ['discover-partial-list']]);
  });

  it('says that a page prints nothing itself', () => {
    const shell = read('<html><head><title>清溪</title><script src="/app.js"></script></head><body><div id="app"></div></body></html>', { url: 'http://gaj.qingxi.gov.cn/list' });
    expect([shell.kind, shell.list, codes(shell)]).toEqual(['shell', null, ['discover-needs-script']]);
  });

  describe('of which a script asks for the rows', () => {
    const menus = Array.from({ length: 9 }, (_, at) => `<li><a href="/m${at}/">栏目${at}</a></li>`).join('');
    const scripted = (body: string, script: string): string => `<html><head><title>政府信息公开年报</title></head><body><ul>${menus}</ul><p>${'主办单位：清溪市公安局，本站所有内容均为演示。'.repeat(8)}</p>${body}<script>${script}</script></body></html>`;
    const POST = 'fetch("/irs/front/list",{method:"POST",body:\'{"tableName":"t_1","properties":[{"value":"7"}]}\'})';

    it.each(['fetch("/a"+"pi")', '$.post(u,{id:1})', 'var x=new XMLHttpRequest()', '$("#l").load("/rows?page=1")'])('is a shell though its menus are printed: %s', (script) => {
      const page = read(scripted('<ul id="l"></ul>', script));
      expect([page.kind, page.list, codes(page)]).toEqual(['shell', null, ['discover-needs-script']]);
    });

    it.each([
      ['its rows are printed', scripted(`<ul>${row('2018年年报', 'a.html')}</ul>`, 'fetch("/weather")'), {}],
      ['the script asks for nothing', scripted('<ul id="l"></ul>', 'var now = new Date();'), {}],
      ['a browser has shown it', scripted('<ul id="l"></ul>', 'fetch("/api")'), { fetchedBy: 'browser' as const }],
    ])('is none when %s', (_name, markup, facts) => {
      expect(read(markup, facts).kind).toBe('list');
    });

    it('is named with its endpoint when it answers to POST only, and read like any list once a browser has shown it', () => {
      const asked = read(scripted('<ul id="l"></ul>', POST));
      expect([asked.kind, codes(asked)]).toEqual(['shell', ['discover-needs-post', 'discover-needs-script']]);
      const shown = read(scripted(`<ul>${row('2018年年报', 'a.html')}${row('2017年年报', 'b.html')}</ul>`, POST), { fetchedBy: 'browser' });
      expect([shown.kind, shown.list?.reportRows, shown.list?.stop, codes(shown)]).toEqual(['list', 2, 'single-page', []]);
      const more = read(scripted(`<ul>${row('2018年年报', 'a.html')}</ul>共3页 <a href="javascript:go(2)">下一页</a>`, POST), { fetchedBy: 'browser' });
      expect([more.list?.stop, codes(more)]).toEqual(['needs-script', ['discover-needs-script']]);
    });
  });

  it('stops with no-new when the pager only names pages met before', () => {
    const next = `${COLUMN}index_1.html`;
    const markup = column(row('2018年年报', 'a.html'), '<a href="index_1.html">下一页</a>');
    expect(discover({ page: pageOf({ url: COLUMN, markup }), knownListUrls: new Set([next]) }).list?.stop).toBe('no-new');
  });
});

describe('a mixed list', () => {
  const news = (count: number): string => Array.from({ length: count }, (_, at) => row(`警务动态第${at}号`, `n${at}.html`)).join('');

  it('gives only full titles of reports', () => {
    const { found, list } = read(column(news(8) + row(`${AGENCY}2019年政府信息公开工作年度报告`, 'r.html') + row('2019年年报', 's.html'), '', '最新公开'), { url: 'http://gaj.qingxi.gov.cn/zxgk/' });
    expect(found.map(({ url }) => url)).toEqual(['http://gaj.qingxi.gov.cn/zxgk/r.html']);
    expect([list?.rows, list?.reportRows]).toEqual([10, 1]);
  });

  it('is walked so far and no further when its first page names no report', () => {
    const pager = '<script>createPageHTML(300, 0, "index", "html");</script>';
    const first = read(column(news(8), pager, '最新公开'), { url: 'http://gaj.qingxi.gov.cn/zxgk/' });
    expect([first.list, first.found.length, codes(first)]).toEqual([null, 19, ['discover-partial-list', 'discover-no-report-rows']]);
    const late = read(column(news(8), '<a href="index_21.html">下一页</a>', '最新公开'), { url: 'http://gaj.qingxi.gov.cn/zxgk/index_20.html', heardVia: 'paging' });
    expect([late.list, late.found]).toEqual([null, []]);
  });

  it('is no evidence on a home page', () => {
    const home = read(column(news(8) + row(`${AGENCY}2019年政府信息公开工作年度报告`, '/r.html'), '', '首页'), { url: 'http://gaj.qingxi.gov.cn/', kind: 'home' });
    expect([home.kind, home.list, home.found.map(({ url }) => url)]).toEqual(['home', null, ['http://gaj.qingxi.gov.cn/r.html']]);
  });
});

describe('articles', () => {
  const article = (title: string, body: string): string => `<html><head><title>${title}</title><meta name="ArticleTitle" content="${title}"></head><body><h1>${title}</h1><div id="zoom">${body}</div></body></html>`;
  const url = `${COLUMN}202001/t20200120_7.html`;

  it('lead to their attachments when they are reports', () => {
    const { kind, found, list } = read(article(`${AGENCY}2019年政府信息公开工作年度报告`, '<p>附件：<a href="./P020200120337.pdf">年度报告.pdf</a></p>'), { url, kind: 'article' });
    expect([kind, list, found.map((link) => [link.kind, link.heardVia])]).toEqual(['article', null, [['attachment', 'attachment']]]);
  });

  it('of another kind keep theirs', () => {
    const { kind, found } = read(article('政府信息公开指南', '<p><a href="./P020200120337.doc">申请表</a></p>'), { url, kind: 'article' });
    expect([kind, found]).toEqual(['article', []]);
  });

  it.each([
    ['<iframe src="/pdfjs/web/viewer.html?file=/upload/2019.pdf"></iframe>', '/upload/2019.pdf'],
    ['<embed src="/upload/2019.pdf">', '/upload/2019.pdf'],
    ['<div class="wp_pdf_player" pdfsrc="/_upload/article/files/1/2/a.pdf"></div>', '/_upload/article/files/1/2/a.pdf'],
  ])('lead to the document shown in %s', (body, path) => {
    const { found } = read(article(`${AGENCY}2019年政府信息公开工作年度报告`, body), { url, kind: 'article' });
    expect(found.map((link) => [new URL(link.url).pathname, link.kind])).toEqual([[path, 'attachment']]);
  });

  it('lead to their further pages', () => {
    const { found } = read(article(`${AGENCY}2019年政府信息公开工作年度报告`, '<p>正文</p><a href="t20200120_7_1.html">2</a><a href="t20200120_7_1.html">下一页</a>'), { url, kind: 'article' });
    expect(found).toMatchObject([{ url: `${COLUMN}202001/t20200120_7_1.html`, kind: 'article', heardVia: 'paging' }]);
  });

  it('may be what a list was expected to be', () => {
    const body = ['一、总体情况', '二、主动公开政府信息情况', '三、收到和处理政府信息公开申请情况'].map((heading) => `<p>${heading}</p><p>${'本年度认真落实条例要求。'.repeat(60)}</p>`).join('');
    expect(read(`<html><head><title>2019年</title></head><body><div>${body}</div></body></html>`, { url: `${COLUMN}2019n/` }).kind).toBe('article');
  });

  it('may be lists in truth', () => {
    const { kind, found } = read(column(row(`${AGENCY}2019年政府信息公开工作年度报告`, 'a.html') + row(`${AGENCY}2018年政府信息公开工作年度报告`, 'b.html')), { kind: 'article', url: `${COLUMN}2019/` });
    expect([kind, found.length]).toEqual(['list', 2]);
  });

  it('that say there is none lead nowhere', () => {
    const soft = read('<html><head><title>404</title></head><body><div>对不起，您访问的页面不存在或已被删除！</div><script>setTimeout(function(){location.href="/"},5000)</script></body></html>', { url, kind: 'article' });
    expect([soft.kind, soft.found, soft.list, codes(soft)]).toEqual(['other', [], null, ['discover-soft-missing']]);
  });
});
