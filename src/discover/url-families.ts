/** The address grammars of the CMS families, in order: the first that matches wins. */

export interface UrlFamily {
  readonly id: string;
  readonly vendor: string;
  /** Reader in `families/` that goes with it. */
  readonly family: string;
  /** Tested against path and query. Groups y, m, d are the date of PUBLICATION, never the report year. */
  readonly article: RegExp;
  readonly list?: RegExp;
}

export const URL_FAMILIES: readonly UrlFamily[] = [
  { id: 'hanweb-xxgk-annual', vendor: '大汉 Hanweb JCMS xxgk module', family: 'hanweb', article: /\/module\/xxgk\/xxgkAnnualReport\.jsp\?.*\barea=(?<area>[0-9A-Za-z]+).*\bfbtime=(?<reportYear>\d{4})/u },
  { id: 'hanweb-art', vendor: '大汉 Hanweb JCMS', family: 'hanweb', article: /\/art\/(?<y>\d{4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})\/art_(?<col>\d+)_(?<id>\d+)(?:\.s?html?)?$/u, list: /\/col\/col(?<col>\d+)\/(?:index\.html?)?/u },
  { id: 'hanweb-jpaas-art', vendor: '大汉 jpaas', family: 'jpaas', article: /\/art\/(?<y>\d{4})\/art_(?<id>[0-9a-f]{32})\.s?html?$/u, list: /\/api-gateway\/jpaas-publish-server\// },
  { id: 'col-art-ts', vendor: 'unknown (淮安)', family: 'generic', article: /\/col\/(?<col>\d+_\d+)\/art\/(?<y>\d{4})(?<m>\d{2})\/(?<id>\d{13}\w+)\.html$/u },
  { id: 'trs-tdate', vendor: '拓尔思 TRS WCM', family: 'trs', article: /\/(?<ym>\d{6})\/t(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})_(?<id>\d+)(?:\.s?html?)?$/u },
  { id: 'gd-post', vendor: '广东省政府网站集约化平台 (NFCMS, gkmlpt)', family: 'gkmlpt', article: /(?:\/content\/|content\/)(?:\d+\/\d+\/)?m?post_(?<id>\d+)\.html$/u, list: /\/gkmlpt\/(?:index|policy|guide|annual|api)/u },
  { id: 'ucap-hexmon', vendor: '开普云 UCAP', family: 'ucap', article: /\/(?<y>\d{4})(?<m>\d{2})\/(?:[0-9a-f]{32}|c\d{2}_\d+)\.shtml$/u, list: /\/(?:common_list|list|xlist|[a-z_]*[lL]ist)(?:_\d+)?\.shtml$/u },
  { id: 'sh-hex', vendor: '上海集约化', family: 'generic', article: /\/(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})\/(?<id>[0-9a-f]{32})\.html$/u },
  { id: 'shga-todetail', vendor: '上海公安', family: 'shga', article: /\/[a-z]+ga\/(?:list\/toGjDetail|wzXxfbGj\/detail)\?/u, list: /\/[a-z]+ga\/(?:index\.html|list\/)/u },
  { id: 'lonsun', vendor: '安徽 龙讯 LonSun', family: 'lonsun', article: /\/public\/(?:column\/(?<organ>\d+)\?.*action=detail|(?<organ2>\d+)\/(?<id>\d+)\.html$)/u, list: /\/public\/column\/(?<organ>\d+)|\/site\/label\/8888\?/u },
  { id: 'openness', vendor: '安徽 Openness', family: 'openness', article: /\/(?:[oO]penness(?:AnnualReport|Content)\/show|oshow)\/(?<id>\d+)\.html$/u, list: /\/[oO]penness(?:AnnualReport|Content)?\/?(?:$|\?branch_id=|showList\/)|\/[oO]penness\/OpennessContent\/showList\//u },
  { id: 'epoint-cat', vendor: '国泰新点 Epoint WebBuilder', family: 'epoint', article: /\/(?<cat>\d{6,})\/(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})\/(?<id>[0-9a-f]{8}-[0-9a-f-]{27})\.html$/u, list: /\/(?:\d{3}){2,}\/(?:secondpage|secondPage|list|moreinfo\w*|index)_?\d*\.html$/u },
  { id: 'nantong-uuid', vendor: 'unknown (南通)', family: 'generic', article: /\/(?<unit>[a-z0-9]+)\/(?<chan>[a-z0-9]+)\/content\/(?<id>[0-9a-f]{8}-[0-9a-f-]{27})\.html$/u },
  { id: 'hebei-uuid', vendor: '河北集约化', family: 'generic', article: /\/columns\/[0-9a-f-]{36}\/(?<y>\d{4})(?<m>\d{2})\/(?<d>\d{2})\/[0-9a-f-]{36}\.html$/u, list: /\/columns\/[0-9a-f-]{36}\/index\.html/u },
  { id: 'zibo-doc', vendor: '淄博 政务公开平台', family: 'generic', article: /\/gongkai\/(?<site>site_\w+)\/(?<chan>channel_\w{24,60})\/(?<id>doc_[0-9a-f]{24})\.html$/u, list: /\/gongkai\/site_\w+\/channel_\w{24,60}\//u },
  { id: 'vsb-info', vendor: '博达 VSB', family: 'vsb', article: /\/info\/(?<tree>\d+)\/(?<id>\d+)\.htm$/u },
  { id: 'webplus', vendor: '苏迪 webplus', family: 'generic', article: /\/(?<y>\d{4})\/(?<md>\d{4})\/c\d+a(?<id>\d+)\/page\.(?:htm|psp)$/u, list: /\/\d+\/list\d*\.(?:htm|psp)$/u },
  { id: 'nc-content', vendor: 'n/c-content (公安部, 国资委)', family: 'nc', article: /\/n\d+\/(?:n\d+\/)*c(?<id>\d+)\/content\.s?html$/u, list: /\/n\d+\/(?:n\d+\/)*index(?:_\d+_\d+)?\.html$/u },
  { id: 'ucap-ccontent', vendor: '开普云 UCAP (证监会)', family: 'ucap', article: /\/c\d+\/c(?<id>\d+)\/content\.shtml$/u, list: /\/c\d+\/\w+\.shtml$/u },
  { id: 'content-ymd', vendor: 'content_ID', family: 'generic', article: /\/(?<y>\d{4})-(?<m>\d{2})\/(?<d>\d{2})\/(?:content|c)_(?<id>\w+)\.s?html?$/u },
  { id: 'hexdir-index', vendor: '辽宁集约化', family: 'generic', article: /\/(?:(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})\d{4,}|[0-9A-F]{32})\/index\.s?html?$/u },
  { id: 'site-html', vendor: '陕西 resources/site', family: 'generic', article: /\/resources\/site\/(?<site>\d+)\/html\/(?:[a-z0-9]+\/)+(?<y>\d{4})(?<m>\d{2})\/(?<id>\d+)\.html$/u },
  { id: 'aspx-pages', vendor: 'ASP.NET', family: 'generic', article: /\/m?Pages_(?<chan>\d+)_(?<id>\d+)\.aspx$/u, list: /\.aspx(?:\?|$)/u },
  { id: 'gongkai-show', vendor: '四川遂宁', family: 'generic', article: /\/gongkai\/show\/(?<id>[0-9a-f]{32})\.html$/u },
  { id: 'content-year-id', vendor: '阜新', family: 'generic', article: /\/content\/(?<y>\d{4})\/(?<id>\d+)\.html$/u },
  { id: 'pub-description', vendor: '昭通', family: 'generic', article: /\/pub\/description\/(?<id>\d+)\.html$/u },
  { id: 'snowflake', vendor: '渭南', family: 'generic', article: /\/(?<id>\d{19})\.html$/u },
  { id: 'anshan', vendor: '鞍山', family: 'generic', article: /\/html\/(?<unit>[A-Z]+)\/(?<y>\d{4})(?<m>\d{2})\/(?<id>\d+)\.html$/u },
  { id: 'changzhou', vendor: '常州', family: 'generic', article: /\/gi_news\/(?<id>\d+)$/u },
  { id: 'dir-as-article', vendor: '拓尔思 TRS WCM', family: 'trs', article: /\/(?<reportYear>20\d{2})n\/$/u },
];
