/** The look of a VSB site: the whole article inside a `<form>`, the text in `v_news_content`. */
import type { ArticleParts, HomeParts, ListParts, SitePlate, Skin } from './furniture.js';
import * as furniture from './furniture.js';
import { escapeMarkup } from '../markup.js';

function article(site: SitePlate, parts: ArticleParts): string {
  const column = parts.crumbs.at(-1)?.text ?? '';
  return `${furniture.pageStart(`${parts.title}-${site.name}`, parts.declared, furniture.metaTags(site, column, parts))}
<div class="top">${furniture.menu('/zwgk.htm')}</div>
${furniture.breadcrumbs(parts.crumbs)}
<div class="content-main"><form name="_newscontent_fromname"><div class="content">
<h1 align="center">${escapeMarkup(parts.title)}</h1>
<div class="content-info">时间：${parts.publishedOn}\u3000\u3000作者：\u3000\u3000来源：${parts.source}\u3000\u3000点击数：<span id="dynclicks_wbnews">${parts.title.length * 11}</span></div>
<div id="vsb_content"><div class="v_news_content">
${parts.body}
</div></div>
<div class="content-foot">${furniture.SHARE}<p>上一条：无\u3000下一条：无</p>${furniture.PRINT_CLOSE}</div>
</div></form></div>
${furniture.related(parts.related)}
${furniture.footer(site)}
</body></html>`;
}

function list(site: SitePlate, parts: ListParts): string {
  const rows = parts.rows.map(
    (entry, at) => `<li id="line_u8_${at}"><a href="${entry.href}" target="_blank" title="${escapeMarkup(entry.text)}">${escapeMarkup(entry.text)}</a><span class="time">${entry.date.replace(/-/g, '/')}</span></li>`,
  );
  return `${furniture.pageStart(`${parts.column}-${site.name}`, parts.declared, furniture.metaTags(site, parts.column, null))}
<div class="top">${furniture.menu('/zwgk.htm')}</div>
${furniture.breadcrumbs(parts.crumbs)}
<div class="list-main"><h2>${parts.column}</h2><ul class="news-list">
${rows.join('\n')}
</ul>${parts.paging}</div>
${furniture.footer(site)}
</body></html>`;
}

function home(site: SitePlate, parts: HomeParts): string {
  const news = parts.news.map((entry) => `<li>${furniture.anchor(entry)}<span>${entry.date}</span></li>`);
  return `${furniture.pageStart(site.name, parts.declared, furniture.metaTags(site, '首页', null))}
<div class="top">${furniture.menu(parts.links[0]?.href ?? '/')}</div><ul>${news.join('')}</ul>
<div class="quick">${parts.links.map((link) => furniture.anchor(link)).join('')}</div>
${furniture.footer(site)}
</body></html>`;
}

export const VSB_SKIN: Skin = { article, list, home };
