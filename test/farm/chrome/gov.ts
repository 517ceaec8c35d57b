/** The look of a government's own portal, where most county bureaus publish: catalogue metadata, `article-content`. */
import type { ArticleParts, HomeParts, ListParts, SitePlate, Skin } from './furniture.js';
import * as furniture from './furniture.js';
import { escapeMarkup } from '../markup.js';

function article(site: SitePlate, parts: ArticleParts, container: string): string {
  const column = parts.crumbs.at(-1)?.text ?? '';
  return `${furniture.pageStart(`${parts.title}-${site.name}门户网站`, parts.declared, furniture.metaTags(site, column, parts))}
<header class="site-header"><div class="weather">今天是：<span id="today"></span></div><form class="search" action="/so/s"><input name="qt" placeholder="请输入关键词"><button>搜索</button></form>${furniture.menu('/zwgk/')}</header>
<main class="wrap">
<nav class="position">首页 / ${parts.crumbs.map((crumb) => furniture.anchor(crumb)).join(' / ')}</nav>
${furniture.catalogueCard(site, parts)}
<article><header><h2 class="article-title">${escapeMarkup(parts.title)}</h2>
<p class="article-info"><time datetime="${parts.publishedOn}">${parts.publishedOn}</time> <span>信息来源：${parts.source}</span> <span>访问量：<i>${parts.title.length * 19}</i></span></p></header>
<div ${container}>
${parts.body}
</div></article>
<aside>${furniture.SHARE}${furniture.QR_CAPTION}${furniture.related(parts.related)}</aside>
</main>
${furniture.footer(site)}
</body></html>`;
}

function list(site: SitePlate, parts: ListParts): string {
  const rows = parts.rows.map((entry) => `<div class="row"><span class="title">${furniture.anchor(entry, ` title="${escapeMarkup(entry.text)}"`)}</span><span class="date">${entry.date}</span></div>`);
  return `${furniture.pageStart(`${parts.column}-${site.name}门户网站`, parts.declared, furniture.metaTags(site, parts.column, null))}
<header class="site-header">${furniture.menu('/zwgk/')}</header>
<main class="wrap"><nav class="position">首页 / ${parts.crumbs.map((crumb) => furniture.anchor(crumb)).join(' / ')}</nav>
<section class="news-list"><h2>${parts.column}</h2>
${rows.join('\n')}
</section><div class="pagination">${parts.paging}</div></main>
${furniture.footer(site)}
</body></html>`;
}

function home(site: SitePlate, parts: HomeParts): string {
  const news = parts.news.map((entry) => `<li>${furniture.anchor(entry)}<span>${entry.date}</span></li>`);
  return `${furniture.pageStart(`${site.name}门户网站`, parts.declared, furniture.metaTags(site, '首页', null))}
<header class="site-header">${furniture.menu(parts.links[0]?.href ?? '/')}</header><main><ul>${news.join('')}</ul><ul class="entry">${parts.links.map((link) => `<li>${furniture.anchor(link)}</li>`).join('')}</ul></main>
${furniture.footer(site)}
</body></html>`;
}

/** The look with the article in a container of the platform's own, such as `id="UCAP-CONTENT"`. */
export function govSkin(container: string): Skin {
  return { article: (site, parts) => article(site, parts, container), list, home };
}

export const GOV_SKIN: Skin = govSkin('class="article-content"');
