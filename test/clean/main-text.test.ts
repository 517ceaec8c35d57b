import { describe, expect, it } from 'vitest';
import { isBoilerplate } from '../../src/clean/boilerplate.js';
import { clean } from '../../src/clean/main-text.js';
import { decoded } from '../recognise/forms/judge.js';
import { ARTICLE, EXPECTED, PARAGRAPHS, TITLE, page } from './pages.js';

const textOf = (markup: string): string => clean(decoded(markup)).decodedText;
const BREAKS = ARTICLE.map((line) => `\u3000\u3000${line}<br>`).join('\n');
const DIVS = ARTICLE.map((line) => `<div>&nbsp;&nbsp;${line}</div>`).join('');

const PAGES: readonly (readonly [what: string, container: string, extraction: string])[] = [
  ['TRS', `<div class="view TRS_UEDITOR trs_paper_default"><div class="TRS_Editor"><style>p{color:red}</style>${PARAGRAPHS}</div></div>`, '.trs_editor'],
  ['Hanweb', `<table><tr><td class="bt_content"><div id="zoom">${BREAKS}</div></td></tr></table>`, '#zoom'],
  ['VSB inside a form', `<form name="_newscontent_fromname"><div id="vsb_content"><div class="v_news_content">${PARAGRAPHS}</div></div></form>`, '.v_news_content'],
  ['UCAP', `<div id="UCAP-CONTENT">${DIVS}</div>`, '#ucap-content'],
  ['Guangdong', `<div class="article-content">${PARAGRAPHS}</div>`, '.article-content'],
  ['Openness', `<div class="j-fontContent wzcon">${PARAGRAPHS}</div>`, '.j-fontcontent'],
  ['Word sections side by side', `<div class="WordSection1">${PARAGRAPHS.slice(0, PARAGRAPHS.indexOf('二、主动') - '<p>\u3000\u3000'.length)}</div><div class="WordSection1">${PARAGRAPHS.slice(PARAGRAPHS.indexOf('二、主动') - '<p>\u3000\u3000'.length)}</div>`, '.wordsection1'],
  ['no container, paragraphs', `<div class="a1"><div class="b2">${PARAGRAPHS}</div></div>`, 'density'],
  ['no container, divs', `<div class="a1"><div class="b2">${DIVS}</div></div>`, 'density'],
  ['no container, layout tables', `<table width="778"><tr><td width="160"><a href="1">链接</a></td><td><table><tr><td>${BREAKS}</td></tr></table></td></tr></table>`, 'density'],
  ['furniture inside the container', `<div id="zoom"><div class="ewm">扫码查看</div>${PARAGRAPHS}<p>附件：<a href="P020170209.doc">统计表.doc</a></p></div>`, '#zoom'],
];

describe('main text', () => {
  it.each(PAGES)('%s', (_, container, extraction) => {
    const cleaned = clean(decoded(page(container)));
    expect(cleaned.decodedText).toBe(EXPECTED);
    expect(cleaned.extraction).toBe(extraction);
  });

  it('keeps paragraphs inside the bookmarks that Word leaves', () => {
    expect(textOf(page(`<div id="zoom">${PARAGRAPHS.replaceAll(/<p>(.*?)<\/p>/gu, '<p><a name="_Toc1">$1</a></p>')}</div>`))).toBe(EXPECTED);
  });

  it('does not repeat a title that the article begins with, even over two lines', () => {
    expect(textOf(page(`<div id="zoom"><p>云泽市公安局2016年政府信息</p><p>公开工作年度报告</p>${PARAGRAPHS}</div>`)).split('\n').slice(0, 3)).toEqual(['云泽市公安局2016年政府信息', '公开工作年度报告', ARTICLE[0]]);
  });

  it('has the title also where the first sentence names it', () => {
    const lines = textOf(page(`<div id="zoom"><p>现向社会公布${TITLE}。</p>${PARAGRAPHS}</div>`)).split('\n');
    expect(lines.slice(0, 2)).toEqual([TITLE, `现向社会公布${TITLE}。`]);
  });

  it('drops the catalogue card inside the container', () => {
    const card = '<table><tr><td>索 引 号：</td><td>9900-2017-0001</td><td>文　　号：</td><td>无</td></tr><tr><td>发布机构：</td><td>市公安局</td><td>生成日期：</td><td>2017-02-10</td></tr><tr><td>主题分类：</td><td>年报</td><td>有 效 性：</td><td>有效</td></tr></table>';
    expect(textOf(page(`<div id="zoom">${card}${PARAGRAPHS}</div>`))).toBe(EXPECTED);
  });

  it('keeps tables as tab-separated rows, blanks included', () => {
    const table = '<table><tr><td>规章</td><td>0</td><td>&nbsp;</td></tr><tr><td>行政许可</td><td colspan="2">335,873</td></tr></table>';
    expect(textOf(page(`<div id="zoom">${PARAGRAPHS}${table}</div>`))).toContain('2017年2月9日\n规章\t0\t\n行政许可\t335,873');
  });

  it('has the title alone where all else is an attachment', () => {
    expect(textOf(page('<div id="zoom"><p>附件：</p><p><a href="/a/report.pdf">年度报告.pdf</a></p></div>'))).toBe(TITLE);
  });

  it('reads an article that a script carries', () => {
    const content = JSON.stringify(PARAGRAPHS);
    expect(textOf(`<html><head><title>${TITLE}</title></head><body><div id="app"></div><script>window._CONFIG = {DETAIL: {"id": 1, "content": ${content}}}</script></body></html>`)).toBe(EXPECTED);
  });

  it('unifies the line ends of plain text and drops what was copied along', () => {
    const cleaned = clean(decoded('\ufeff标题\r\n\r\n　　一、概述\r本年\t1\t\n扫一扫在手机打开当前页', false));
    expect(cleaned.decodedText).toBe('标题\n一、概述\n本年\t1\t');
  });

  it('says so when a page holds no words', () => {
    expect(clean(decoded('<html><body><script>1</script></body></html>')).notices.map(({ code }) => code)).toEqual(['main-text-empty']);
  });
});

describe('boilerplate', () => {
  it.each(['扫一扫在手机打开当前页', '【打印本页】【关闭窗口】', '字体：大 中 小', '分享到：', '当前位置：首页 > 信息公开', '首页 > 政务公开', '上一篇：没有了', '附件：', '附件【年报.pdf】已下载0次', '发布时间：2017-02-10 来源：办公室', '浏览次数：301', '版权所有：云泽市公安局'])('drops %s', (line) => {
    expect(isBoilerplate(line, 0, 20)).toBe(true);
  });

  it.each(['附件：政府信息公开情况统计表（2016年度）', '关闭网站3家，收藏资料20份。', '通过微信、微博分享警务信息300条', '来源于群众的建议', '地址：云泽市长虹路1号', '二、信息公开的来源渠道', '打印机购置情况', '云泽市公安局', '2017年2月9日'])('keeps %s', (line) => {
    expect(isBoilerplate(line, 0, 20)).toBe(false);
  });

  it('drops footers at the edges only', () => {
    expect(isBoilerplate('主办单位：云泽市公安局', 10, 40)).toBe(false);
    expect(isBoilerplate('主办单位：云泽市公安局', 39, 40)).toBe(true);
  });
});

describe('hostile pages', () => {
  const CASES: readonly (readonly [string, string])[] = [
    ['deep divisions', '<div>'.repeat(20_000)], ['deep containers', '<div id="zoom">'.repeat(5_000)], ['deep titles', '<div class="title">'.repeat(20_000)], ['one endless word', `<p>${'信'.repeat(200_000)}`],
    ['spaces without end', `<p>${' \u3000'.repeat(100_000)}x`], ['bars', `<p>${'|'.repeat(200_000)}`], ['an open script', `<script>DETAIL: {"content":"${'\\'.repeat(100_001)}</script>`], ['a long title', `<title>${'-'.repeat(100_000)}</title>`],
  ];
  it.each(CASES)('%s', (_, markup) => {
    expect(() => clean(decoded(markup))).not.toThrow();
    expect(() => clean(decoded(markup, false))).not.toThrow();
  }, 10_000);
});
