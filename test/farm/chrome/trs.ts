/** The look of a TRS WCM site: `TRS_Editor`, catalogue card, `createPageHTML`. */
import type { ArticleParts, HomeParts, ListParts, SitePlate, Skin } from './furniture.js';
import * as furniture from './furniture.js';
import { escapeMarkup } from '../markup.js';

function article(site: SitePlate, parts: ArticleParts): string {
  const column = parts.crumbs.at(-1)?.text ?? '';
  return `${furniture.pageStart(`${parts.title}_${site.name}`, parts.declared, furniture.metaTags(site, column, parts))}
<div class="header"><div class="logo"><a href="/"><img src="/images/logo.png" alt="${site.name}"></a></div>${furniture.menu('/zwgk/')}</div>
<div class="main">
${furniture.breadcrumbs(parts.crumbs)}
${furniture.catalogueCard(site, parts)}
<div class="xl-title"><h1>${escapeMarkup(parts.title)}</h1></div>
<div class="xl-info"><span>发布日期：${parts.publishedOn}</span><span>来源：${parts.source}</span><span>浏览次数：<em id="hits">${parts.title.length * 37}</em></span><span>${furniture.FONT_SWITCH}</span></div>
<div class="view TRS_UEDITOR trs_paper_default" id="zoom"><style type="text/css">.TRS_Editor P{line-height:1.5;font-family:宋体;font-size:12pt;}</style><div class="TRS_Editor">
${parts.body}
</div></div>
${furniture.QR_CAPTION}${furniture.SHARE}${furniture.PRINT_CLOSE}
${furniture.related(parts.related)}
</div>
${furniture.footer(site)}
</body></html>`;
}

/** Long titles are cut in the list; the whole one stands in the `title` attribute. */
function row(text: string, href: string, date: string): string {
  const shown = text.length > 26 ? `${text.slice(0, 24)}…` : text;
  return `<li><a href="${href}" target="_blank" title="${escapeMarkup(text)}">${escapeMarkup(shown)}</a><span>${date}</span></li>`;
}

function list(site: SitePlate, parts: ListParts): string {
  return `${furniture.pageStart(`${parts.column}_${site.name}`, parts.declared, furniture.metaTags(site, parts.column, null))}
<div class="header">${furniture.menu('/zwgk/')}</div>
<div class="main">
${furniture.breadcrumbs(parts.crumbs)}
<div class="left"><h2>信息公开</h2><ul class="sub"><li><a href="/zwgk/zfxxgkzn/">政府信息公开指南</a></li><li><a href="/zwgk/fdzdgknr/">法定主动公开内容</a></li><li><a href="/zwgk/ysqgk/">依申请公开</a></li></ul></div>
<div class="right"><h2>${parts.column}</h2><ul class="list">
${parts.rows.map((entry) => row(entry.text, entry.href, entry.date)).join('\n')}
</ul>
<div class="page">${parts.paging}</div></div>
</div>
${furniture.footer(site)}
</body></html>`;
}

function home(site: SitePlate, parts: HomeParts): string {
  return `${furniture.pageStart(site.name, parts.declared, furniture.metaTags(site, '首页', null))}
<div class="header">${furniture.menu(parts.links[0]?.href ?? '/zwgk/')}</div>
<div class="main"><div class="news"><h2>警务资讯</h2><ul>${parts.news.map((entry) => row(entry.text, entry.href, entry.date)).join('\n')}</ul></div>
<div class="gk"><h2>信息公开</h2><ul>${parts.links.map((link) => `<li>${furniture.anchor(link)}</li>`).join('')}</ul></div></div>
${furniture.footer(site)}
</body></html>`;
}

export const TRS_SKIN: Skin = { article, list, home };
