/** The names that content systems give to the parts of a page: containers of the article, and furniture around it. */

export interface Container {
  /** `#id` or `.class`, compared without regard to case. */
  readonly name: string;
  /** A `sure` one is the article wherever it is filled; a `likely` one is also a name of layouts. */
  readonly trust: 'sure' | 'likely';
}

/** Where each was seen is in brackets: family, or the site it was met on. */
const SURE = [
  '#zoom', // Hanweb, TRS and most others: 35 of 76 crawlers read it
  '.trs_editor', '.trs_ueditor', '.trs_editor_view', // TRS WCM
  '#ucap-content', // UCAP
  '#vsb_content', '.v_news_content', // VSB
  '.bt-content', '.bt_content', '.artile_zw', '.main-txt', '.bt-article-y', '.xxgkannualreport', // Hanweb
  '.article-content', '.news_cont_d_wrap', '.tyxxy_main', // Guangdong
  '.j-fontcontent', '.wzcon', // LonSun, Openness
  '.ewb-article-content', '.ewb-article-info', '.ewb-info-con', '.ewb-results-info', '.ewb-detail-content', // Epoint
  '#ivs_content', '.article_content', // Shanghai
  '.wp_articlecontent', // webplus
  '#newscontent', '#div_zhengwen', '#articlecontent', '#article_content', '#artibody', '#fontzoom', '#contenttext', '#textcontent', '#js_content', '#news_content', '#con_con', '#mycontent',
  '.xxgk_content', '.xl-content', '.xl_content', '.conttxt', '.con_txt', '.zw_content', '.news_content', '.newscontent', '.detail-content', '.detail_content', '.article-detail', '.pages_content', '.txtcontent',
] as const;

const LIKELY = [
  '.view', '.wordsection1', '#content', '.content', '.article', '#article', '.article-con', '.articlecon', '.artcontent', '.con', '.txt', '.text', '.main-content', '.detail', '.info-content', '.nr', '.neirong', '.zhengwen', '.content-main',
] as const;

function containers(names: readonly string[], trust: Container['trust']): readonly (readonly [string, Container])[] {
  return names.map((name) => [name, { name, trust }] as const);
}

/** Containers by `#id` and `.class` in lower case. */
export const CONTAINERS: ReadonlyMap<string, Container> = new Map([...containers(SURE, 'sure'), ...containers(LIKELY, 'likely')]);

/** Elements that are furniture by their tag. */
export const FURNITURE_TAGS: ReadonlySet<string> = new Set(['nav', 'footer', 'aside', 'menu', 'search']);

/** Words of the class and id names of furniture: sharing, printing, font size, QR codes, breadcrumbs, paging, related links, catalogue cards. */
const FURNITURE_WORDS = [
  'share', 'bdshare', 'bdsharebuttonbox', 'print', 'close', 'printclose', 'fontsize', 'font-size', 'fontzoom-btn', 'zoom-btn', 'ewm', 'qrcode', 'qr', 'erweima', 'ewmbox',
  'position', 'crumb', 'crumbs', 'breadcrumb', 'breadcrumbs', 'dqwz', 'location', 'weizhi', 'nav', 'navbar', 'navigation', 'menu', 'topnav', 'sidebar', 'side', 'leftnav', 'toolbar', 'tools', 'tool', 'gongju',
  'footer', 'foot', 'bottom', 'copyright', 'banquan', 'pagination', 'paging', 'pager', 'fenye', 'related', 'xgxx', 'xgyd', 'xglj', 'recommend', 'prev', 'next', 'prevnext', 'shangxia',
  'gkml', 'xxgk_meta', 'm-detailtb', 'xxgk-table', 'article-info', 'articleinfo', 'article_info', 'xl-info', 'content-info', 'explain', 'info-bar', 'infobar', 'source', 'laiyuan', 'hits', 'counter', 'weather',
  'searchbox', 'search', 'login', 'attachment', 'attachments', 'fujian', 'fjlist', 'appendix', 'links', 'friendlink', 'yqlj',
] as const;

const FURNITURE_NAMES: ReadonlySet<string> = new Set(FURNITURE_WORDS);

/** Furniture beside the text, but part of the report: the box of its files. */
const BOX_OF_FILES: ReadonlySet<string> = new Set(['attachment', 'attachments', 'fujian', 'fjlist', 'appendix']);

const SITE_FURNITURE_NAMES: ReadonlySet<string> = new Set(FURNITURE_WORDS.filter((word) => !BOX_OF_FILES.has(word)));

function namesOneOf(set: ReadonlySet<string>, names: string): boolean {
  return names.toLowerCase().split(/\s+/u).some((name) => set.has(name));
}

/** Whether a class or id attribute names the site's furniture, in which nothing of the report stands. */
export function namesSiteFurniture(names: string): boolean {
  return namesOneOf(SITE_FURNITURE_NAMES, names);
}

/** Whether a class or id attribute names a piece of furniture. */
export function namesFurniture(names: string): boolean {
  return namesOneOf(FURNITURE_NAMES, names);
}
