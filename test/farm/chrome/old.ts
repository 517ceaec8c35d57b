/** The look of a site from before style sheets: nested layout tables, `<font>`, no ids and no article metadata. */
import type { ArticleParts, HomeParts, Link, ListParts, SitePlate, Skin } from './furniture.js';
import * as furniture from './furniture.js';
import { escapeMarkup } from '../markup.js';

function start(title: string, declared: string | null): string {
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">
<HTML><HEAD><TITLE>${escapeMarkup(title)}</TITLE>
${furniture.declaration(declared)}
<STYLE>td{font-size:9pt;line-height:150%}A:link{color:#000066;text-decoration:none}</STYLE></HEAD>
<BODY bgcolor="#ffffff" leftmargin="0" topmargin="0">`;
}

function banner(site: SitePlate): string {
  const menu: Link[] = ['首页:/', '机构设置:/jgsz.asp', '信息公开:/xxgk/', '办事指南:/bszn.asp', '警方提示:/jfts.asp', '网上信访:/wsxf.asp'].map((pair) => {
    const [text = '', href = ''] = pair.split(':');
    return { text, href };
  });
  return `<TABLE width="778" border="0" align="center" cellpadding="0" cellspacing="0"><TR><TD><IMG src="/images/banner.gif" width="778" height="120" alt="${site.name}"></TD></TR>
<TR><TD bgcolor="#003399" align="center"><font color="#ffffff">${menu.map((link) => furniture.anchor(link)).join(' ┊ ')}</font></TD></TR></TABLE>`;
}

function end(site: SitePlate): string {
  return `<TABLE width="778" align="center" bgcolor="#e8eefb"><TR><TD align="center">版权所有：${site.name}\u3000技术支持：${site.place}信息中心<BR>演ICP备${site.siteId.slice(0, 8)}号\u3000您是第${site.siteId.slice(3)}位访问者<BR>演示数据，纯属虚构</TD></TR></TABLE></BODY></HTML>`;
}

function article(site: SitePlate, parts: ArticleParts): string {
  return `${start(parts.title, parts.declared)}
${banner(site)}
<TABLE width="778" border="0" align="center"><TR><TD width="160" valign="top" bgcolor="#f0f4ff"><TABLE width="100%">${parts.related.map((link) => `<TR><TD>· ${furniture.anchor(link)}</TD></TR>`).join('')}</TABLE></TD>
<TD valign="top"><TABLE width="100%" border="0"><TR><TD>当前位置：${parts.crumbs.map((crumb) => furniture.anchor(crumb)).join(' → ')}</TD></TR>
<TR><TD align="center"><font size="4" color="#cc0000"><b>${escapeMarkup(parts.title)}</b></font></TD></TR>
<TR><TD align="center"><font color="#888888">发布时间：${parts.publishedOn} \u3000阅读次数：${parts.title.length * 53}</font></TD></TR>
<TR><TD style="font-size:14px;line-height:200%">
${parts.body}
</TD></TR><TR><TD align="right">【<a href="javascript:window.print()">打印</a>】【<a href="javascript:window.close()">关闭</a>】</TD></TR></TABLE></TD></TR></TABLE>
${end(site)}`;
}

function list(site: SitePlate, parts: ListParts): string {
  const rows = parts.rows.map((entry) => `<TR><TD width="20"><IMG src="/images/dot.gif"></TD><TD>${furniture.anchor(entry, ' target="_blank"')}</TD><TD width="90">[${entry.date}]</TD></TR>`);
  return `${start(parts.column, parts.declared)}
${banner(site)}
<TABLE width="778" align="center"><TR><TD>当前位置：${parts.crumbs.map((crumb) => furniture.anchor(crumb)).join(' → ')}</TD></TR></TABLE>
<TABLE width="778" align="center" border="0">
${rows.join('\n')}
</TABLE>${parts.paging}
${end(site)}`;
}

function home(site: SitePlate, parts: HomeParts): string {
  const news = parts.news.map((entry) => `<TR><TD>· ${furniture.anchor(entry)}</TD><TD>${entry.date.slice(5)}</TD></TR>`);
  return `${start(site.name, parts.declared)}
${banner(site)}
<TABLE width="778" align="center"><TR><TD valign="top"><TABLE>${news.join('')}</TABLE></TD><TD valign="top">${parts.links.map((link) => furniture.anchor(link)).join('<BR>')}</TD></TR></TABLE>
${end(site)}`;
}

export const OLD_SKIN: Skin = { article, list, home };
