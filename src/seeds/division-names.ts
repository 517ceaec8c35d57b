/** Short names of divisions: 长沙 for 长沙市, 临夏州 for 临夏回族自治州, 石柱 for 石柱土家族自治县. */
import type { Division } from '../record.js';

/** Peoples in the names of autonomous units, as they are written there (哈萨克自治州, 土家族自治县). */
const PEOPLES = [
  '蒙古族', '蒙古', '回族', '藏族', '维吾尔', '苗族', '彝族', '壮族', '布依族', '朝鲜族', '满族', '侗族', '瑶族', '白族', '土家族', '哈尼族', '哈萨克族', '哈萨克', '傣族', '黎族',
  '傈僳族', '佤族', '畲族', '拉祜族', '水族', '纳西族', '景颇族', '柯尔克孜', '土族', '达斡尔族', '仫佬族', '羌族', '布朗族', '撒拉族', '毛南族', '仡佬族', '锡伯', '普米族',
  '塔吉克', '怒族', '裕固族', '保安族', '东乡族', '独龙族', '各族',
] as const;

/** Names that no rule gives. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  150000: ['内蒙古', '内蒙'], 450000: ['广西'], 540000: ['西藏'], 640000: ['宁夏'], 650000: ['新疆'], 660000: ['新疆兵团', '兵团'],
  810000: ['香港'], 820000: ['澳门'],
  150522: ['科左后旗'], 150521: ['科左中旗'], 152221: ['科右前旗'], 152222: ['科右中旗'], 150927: ['察右中旗'], 150926: ['察右前旗'], 150928: ['察右后旗'],
  211324: ['喀左县', '喀左'], 220721: ['前郭县', '前郭'], 230624: ['杜蒙县'], 532800: ['版纳'], 652700: ['博州'], 652800: ['巴州'], 653000: ['克州'],
};

/** 积石山保安族东乡族撒拉族 gives 积石山. A name made of one people only (鄂温克族, 东乡族) stays, without 族. */
function withoutPeoples(stem: string): string {
  let rest = stem;
  for (;;) {
    const people = PEOPLES.find((name) => rest.endsWith(name) && rest.length > name.length);
    if (people === undefined) return rest.replace(/族$/u, '');
    rest = rest.slice(0, -people.length);
  }
}

/** Names as good as the full one: they carry the level (临夏州, 石柱县, 鄂伦春旗). */
export function otherFullNames(division: Division): string[] {
  const found = /^(.+)自治([州县旗])$/u.exec(division.name);
  if (!found) return [];
  const stem = withoutPeoples(found[1] ?? '');
  return stem.length < 2 ? [] : [stem + (found[2] ?? '')];
}

/** Names without the level; none for 易县 or 郊区, whose stem is one character. */
export function shortNames(division: Division): string[] {
  const special = SPECIAL[division.code] ?? [];
  const autonomous = /^(.+)自治[区州县旗]$/u.exec(division.name)?.[1];
  const stem = withoutPeoples(autonomous ?? division.name.replace(/(?:特别行政区|地区|新区|林区|特区|[省市县区旗盟])$/u, ''));
  const ruled = stem.length < 2 || stem === division.name ? [] : [stem];
  return [...new Set([...ruled, ...special])];
}
