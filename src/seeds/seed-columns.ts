/** Names of the columns of a seed list, in English and as Chinese spreadsheets head them. */

export const SEED_COLUMNS = [
  'code', 'province', 'city', 'county', 'agency', 'level', 'home', 'columns', 'platform', 'render', 'charset', 'delay', 'enabled', 'note',
] as const;

export type SeedColumn = (typeof SEED_COLUMNS)[number];

const OTHER_NAMES: Readonly<Record<SeedColumn, readonly string[]>> = {
  code: ['代码', '区划代码', '行政区划代码', '行政区划'],
  province: ['省', '省份', '省级'],
  city: ['市', '城市', '地市', '市级'],
  county: ['县', '区县', '县区', '县级'],
  agency: ['机关', '单位', '机关名称', '单位名称', '公安机关', '部门', '部门名称'],
  level: ['级别', '层级'],
  home: ['首页', '主页', '网址', '网站', '首页网址', 'url'],
  columns: ['栏目', '栏目网址', '年报栏目', 'column'],
  platform: ['平台', '系统'],
  render: ['抓取方式', '渲染'],
  charset: ['编码', '字符集'],
  delay: ['间隔', '延迟', '间隔秒数'],
  enabled: ['启用', '是否启用'],
  note: ['备注', '说明'],
};

const BY_NAME: ReadonlyMap<string, SeedColumn> = new Map(SEED_COLUMNS.flatMap((column) => [column, ...OTHER_NAMES[column]].map((name) => [name, column] as const)));

/** The column that a header cell names; null for a column of the user's own. */
export function columnNamed(header: string): SeedColumn | null {
  return BY_NAME.get(header.normalize('NFKC').replace(/\s+/gu, '').toLowerCase()) ?? null;
}
