/** The look of a Hanweb JCMS site: `datastore` lists, `zoom` and `bt-content`, template comments in Chinese. */
import type { ArticleParts, HomeParts, ListParts, ListRow, SitePlate, Skin } from './furniture.js';
import * as furniture from './furniture.js';
import { escapeMarkup } from '../markup.js';

function article(site: SitePlate, parts: ArticleParts): string {
  const column = parts.crumbs.at(-1)?.text ?? '';
  return `${furniture.pageStart(`${site.name} ${column} ${parts.title}`, parts.declared, furniture.metaTags(site, column, parts))}
<table width="1000" align="center" border="0" cellpadding="0" cellspacing="0"><tr><td background="/picture/0/top.jpg" height="160">${furniture.menu('/col/col1229/index.html')}</td></tr></table>
<table width="1000" align="center" border="0"><tr><td class="dqwz">当前位置：<!--<$[当前位置]>begin-->${parts.crumbs.map((crumb) => furniture.anchor(crumb)).join(' &gt;&gt; ')}<!--<$[当前位置]>end--></td></tr></table>
<table id="c" width="1000" align="center" border="0" cellpadding="0" cellspacing="0">
<tr><td class="title" align="center"><!--<$[标题名称(html)]>begin-->${escapeMarkup(parts.title)}<!--<$[标题名称(html)]>end--></td></tr>
<tr><td align="center" class="explain">发布日期：<!--<$[发布时间]>begin-->${parts.publishedOn}<!--<$[发布时间]>end-->\u3000来源：${parts.source}\u3000浏览次数：<script language="javascript" src="/module/visitcount/articlehits.jsp?colid=1229&artid=${parts.title.length}"></script>\u3000${furniture.FONT_SWITCH}</td></tr>
<tr><td class="bt_content"><div id="zoom" class="bt-content"><!--ZJEG_RSS.content.begin--><!--<$[信息内容]>begin-->
${parts.body}
<!--<$[信息内容]>end--><!--ZJEG_RSS.content.end--></div></td></tr>
<tr><td align="right">${furniture.PRINT_CLOSE}</td></tr></table>
${furniture.SHARE}${furniture.related(parts.related)}
${furniture.footer(site)}
</body></html>`;
}

/** One list row, as the page and the data proxy both print it. */
export function hanwebRow(entry: ListRow): string {
  return `<li><a href="${entry.href}" title="${escapeMarkup(entry.text)}" target="_blank">${escapeMarkup(entry.text)}</a><span>${entry.date}</span></li>`;
}

function list(site: SitePlate, parts: ListParts): string {
  return `${furniture.pageStart(`${site.name} ${parts.column}`, parts.declared, furniture.metaTags(site, parts.column, null))}
${furniture.menu('/col/col1229/index.html')}
${furniture.breadcrumbs(parts.crumbs)}
<table width="1000" align="center"><tr><td class="lm_title">${parts.column}</td></tr><tr><td>
${parts.paging}
</td></tr></table>
${furniture.footer(site)}
</body></html>`;
}

function home(site: SitePlate, parts: HomeParts): string {
  return `${furniture.pageStart(site.name, parts.declared, furniture.metaTags(site, '首页', null))}
${furniture.menu(parts.links[0]?.href ?? '/')}
<ul class="tzgg">${parts.news.map(hanwebRow).join('\n')}</ul><div class="xxgk">${parts.links.map((link) => furniture.anchor(link)).join(' ')}</div>
${furniture.footer(site)}
</body></html>`;
}

export const HANWEB_SKIN: Skin = { article, list, home };
