/** Furniture of government portals around an article, made up: what cleaning must drop. */

export const ARTICLE = [
  '根据《中华人民共和国政府信息公开条例》的规定，现公布云泽市公安局2016年政府信息公开工作年度报告。',
  '一、概述',
  '2016年，我局健全工作机制，明确责任分工，按照规定公开各类政府信息，接受群众监督。',
  '二、主动公开政府信息情况',
  '全年主动公开政府信息312条，其中门户网站公开280条，其他方式公开32条。',
  '三、存在的主要问题和改进措施',
  '一是公开内容还不够丰富；二是更新还不够及时。下一步我局将加强培训，完善制度。',
  '云泽市公安局',
  '2017年2月9日',
] as const;

export const TITLE = '云泽市公安局2016年政府信息公开工作年度报告';

const HEAD = `<html><head><meta charset="utf-8"><title>${TITLE}_云泽市公安局</title></head>`;
const MENU = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/jwgk/">警务公开</a></li><li><a href="/bsfw/">办事服务</a></li></ul></div><div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/">信息公开</a></div>';
const TOOLS = '<div class="xl-info"><span>发布日期：2017-02-10</span><span>来源：办公室</span><span>浏览次数：<em>301</em></span> 字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a></div>';
const TAIL = '<p>扫一扫在手机打开当前页</p><div class="share">分享到：<a href="#">微信</a></div><p>【<a href="javascript:print()">打印</a>】【<a href="javascript:close()">关闭</a>】</p><p>上一篇：<a href="1.html">云泽市公安局机构职能</a></p>';
const FOOTER = '<div class="footer"><p>主办单位：云泽市公安局　承办单位：云泽市公安局办公室　网站标识码：9900000011</p><p>ICP备案号：演ICP备99000000号　公安机关备案号：99000000112　建议使用1024×768以上分辨率浏览</p></div>';

export const PARAGRAPHS = ARTICLE.map((line) => `<p>\u3000\u3000${line}</p>`).join('\n');

/** A page around `container`, which holds the article. */
export function page(container: string): string {
  return `${HEAD}<body>${MENU}<h1>${TITLE}</h1>${TOOLS}${container}${TAIL}<div class="xgxx"><h3>相关信息</h3><ul><li><a href="2015.html">云泽市公安局2015年政府信息公开工作年度报告</a></li></ul></div>${FOOTER}</body></html>`;
}

export const EXPECTED = [TITLE, ...ARTICLE].join('\n');
