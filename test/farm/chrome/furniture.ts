/** The furniture that web sites put round a report: menus, share buttons, counters, captions, footers. None of it is text. */
import { escapeMarkup } from '../markup.js';

/** Who runs the site. */
export interface SitePlate {
  /** 岳阳市公安局 or 靖宇县人民政府. */
  readonly name: string;
  readonly host: string;
  readonly place: string;
  /** Ten digits, the first six the division code. */
  readonly siteId: string;
}

export interface Link {
  readonly text: string;
  readonly href: string;
}

/** A row of a list page. */
export interface ListRow extends Link {
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

export interface ArticleParts {
  readonly title: string;
  /** The report as an HTML fragment. */
  readonly body: string;
  readonly publishedOn: string;
  readonly source: string;
  readonly crumbs: readonly Link[];
  readonly related: readonly Link[];
  /** A charset to declare in `<meta>`; null declares nothing. */
  readonly declared: string | null;
}

export interface ListParts {
  readonly column: string;
  readonly crumbs: readonly Link[];
  readonly rows: readonly ListRow[];
  /** Whatever the family prints for its pager. */
  readonly paging: string;
  readonly declared: string | null;
}

export interface HomeParts {
  readonly links: readonly Link[];
  readonly news: readonly ListRow[];
  readonly declared: string | null;
}

/** A look of a site: how it wraps an article, a list and a home page. */
export interface Skin {
  article(site: SitePlate, parts: ArticleParts): string;
  list(site: SitePlate, parts: ListParts): string;
  home(site: SitePlate, parts: HomeParts): string;
}

export function anchor({ text, href }: Link, extra = ''): string {
  return `<a href="${href}"${extra}>${escapeMarkup(text)}</a>`;
}

const MENU: readonly Link[] = [
  { text: '网站首页', href: '/' },
  { text: '警务资讯', href: '/jwzx/' },
  { text: '办事服务', href: '/bsfw/' },
  { text: '警民互动', href: '/jmhd/' },
  { text: '通知公告', href: '/tzgg/' },
  { text: '专题专栏', href: '/ztzl/' },
];

/** The menu; pages linked from it exist nowhere, as a crawler has no business there. */
export function menu(disclosure: string): string {
  const links = [...MENU.slice(0, 2), { text: '信息公开', href: disclosure }, ...MENU.slice(2)];
  return `<ul class="nav-list">${links.map((link) => `<li>${anchor(link)}</li>`).join('')}</ul>`;
}

export function breadcrumbs(crumbs: readonly Link[]): string {
  return `<div class="crumbs">您现在的位置：${crumbs.map((crumb) => anchor(crumb)).join(' &gt; ')}</div>`;
}

export const FONT_SWITCH =
  '字体：【<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a>】';

export const PRINT_CLOSE =
  '<div class="dayin"><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></div>';

export const SHARE =
  '<div class="share bdsharebuttonbox"><span>分享到：</span><a class="bds_tsina" title="分享到新浪微博">新浪微博</a><a class="bds_weixin" title="分享到微信">微信</a><a class="bds_qzone">QQ空间</a></div>';

export const QR_CAPTION = '<div class="ewm"><img src="/images/qr.png" alt="二维码"><p>扫一扫在手机打开当前页</p></div>';

export function related(links: readonly Link[]): string {
  if (links.length === 0) return '';
  return `<div class="xgxx"><h3>相关信息</h3><ul>${links.map((link) => `<li>${anchor(link)}</li>`).join('')}</ul></div>`;
}

/** The footer, with the line that says the page is made up. */
export function footer(site: SitePlate): string {
  return `<div class="footer"><p>${anchor({ text: '关于我们', href: '/gywm/' })} | ${anchor({ text: '网站地图', href: '/wzdt/' })} | ${anchor({ text: '联系我们', href: '/lxwm/' })}</p>
<p>主办单位：${site.name}\u3000承办单位：${site.name}办公室\u3000网站标识码：${site.siteId}</p>
<p>ICP备案号：演ICP备${site.siteId.slice(0, 8)}号-1\u3000公安机关备案号：${site.siteId}2\u3000建议使用1024×768以上分辨率浏览</p>
<p>您是第 <span id="counter">${site.siteId.slice(2)}</span> 位访问者</p><p class="demo">演示数据，纯属虚构</p></div>`;
}

/** Metadata of the government web-site guidelines. */
export function metaTags(site: SitePlate, column: string, parts: ArticleParts | null): string {
  const tags: (readonly [string, string])[] = [
    ['SiteName', site.name],
    ['SiteDomain', site.host],
    ['SiteIDCode', site.siteId],
    ['ColumnName', column],
    ['ColumnType', '信息公开'],
  ];
  if (parts) tags.push(['ArticleTitle', parts.title], ['PubDate', `${parts.publishedOn} 09:30`], ['ContentSource', parts.source]);
  return tags.map(([name, content]) => `<meta name="${name}" content="${escapeMarkup(content)}">`).join('\n');
}

/** The catalogue card above an article of the information-disclosure catalogue. */
export function catalogueCard(site: SitePlate, parts: ArticleParts): string {
  const number = `${site.siteId.slice(0, 6)}0203-${parts.publishedOn.slice(0, 4)}-${parts.publishedOn.slice(5, 7)}${parts.publishedOn.slice(8)}`;
  return `<div class="xxgk_meta"><table class="gkml"><tr><td>索 引 号：</td><td>${number}</td><td>文\u3000\u3000号：</td><td>无</td></tr>
<tr><td>发布机构：</td><td>${parts.source}</td><td>生成日期：</td><td>${parts.publishedOn}</td></tr>
<tr><td>主题分类：</td><td>政府信息公开年报</td><td>有 效 性：</td><td>有效</td></tr></table></div>`;
}

/** Style and script that every template of such sites carries inline. */
export const STYLE_AND_SCRIPT = `<style type="text/css">
body{margin:0;padding:0;font:14px/1.8 "Microsoft YaHei",SimSun,Arial;color:#333;background:#f4f6f9}
ul,li{list-style:none;margin:0;padding:0}a{color:#333;text-decoration:none}a:hover{color:#c00}
.header{height:180px;background:#0a4a9b url(/images/top.jpg) no-repeat center top}.nav-list li{float:left;width:128px;line-height:44px;text-align:center}
.crumbs{height:36px;line-height:36px;border-bottom:1px solid #ddd}.footer{clear:both;padding:20px 0;background:#0a4a9b;color:#fff;text-align:center}
.main{width:1000px;margin:0 auto;background:#fff;padding:20px}.list li{line-height:32px;border-bottom:1px dashed #ccc}.list span{float:right;color:#999}
.gkml{width:100%;border:1px solid #9cc2ea;border-collapse:collapse}.gkml td{border:1px solid #9cc2ea;padding:4px 8px}
.share a{display:inline-block;margin:0 4px}.ewm{position:fixed;right:10px;bottom:80px;width:110px;text-align:center;font-size:12px}
</style>
<script type="text/javascript">
function doZoom(size){var zoom=document.getElementById('zoom');if(zoom){zoom.style.fontSize=size+'px';}}
function addFavorite(){try{window.external.addFavorite(location.href,document.title);}catch(e){alert('请使用Ctrl+D进行添加');}}
function setHome(obj){try{obj.style.behavior='url(#default#homepage)';obj.setHomePage(location.href);}catch(e){alert('请手动设置');}}
var weekdays=['日','一','二','三','四','五','六'];
</script>`;

/** The line above a DOCTYPE page's head that declares its charset, old or new spelling. */
export function declaration(declared: string | null): string {
  if (declared === null) return '';
  return declared === 'utf-8'
    ? '<meta charset="utf-8">'
    : `<meta http-equiv="Content-Type" content="text/html; charset=${declared}">`;
}

/** Head and shoulders of a page. */
export function pageStart(title: string, declared: string | null, metas: string): string {
  return `<!DOCTYPE html>
<html lang="zh-CN"><head>
${declaration(declared)}
<title>${escapeMarkup(title)}</title>
${metas}
${STYLE_AND_SCRIPT}
</head><body>`;
}
