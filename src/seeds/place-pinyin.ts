/** Spells places in pinyin, with the readings that only place names have. */
import { pinyin } from 'pinyin-pro';

/** Characters that have one reading in every division's name, whatever the dictionary says (都 is dou in 都匀 there). */
const ALWAYS: Readonly<Record<string, string>> = { 都: 'du', 什: 'shi' };

/** Names that the dictionary reads wrongly; found by reading its spelling of every division with an ambiguous character. */
const CORRECTED: Readonly<Record<string, string>> = {
  乐亭: 'laoting', 乐陵: 'laoling', 乐清: 'yueqing', 民乐: 'minle', 六合: 'luhe', 蚌山: 'bengshan', 蔚县: 'yuxian', 洪洞: 'hongtong', 珲春: 'hunchun', 涡阳: 'guoyang',
  歙县: 'shexian', 单县: 'shanxian', 浚县: 'xunxian', 泌阳: 'biyang', 曾都: 'zengdu', 大埔: 'dabu', 筠连: 'junlian', 宕昌: 'tanchang', 万柏林: 'wanbailin', 吴堡: 'wubu',
  繁峙: 'fanshi', 大箐山: 'daqingshan', 黄陂: 'huangpi', 郫都: 'pidu', 称多: 'chenduo', 尉犁: 'yuli', 调兵山: 'diaobingshan', 陕西: 'shaanxi',
};

/** Other spellings in use: without the doubled vowel that tells 陕西 from 山西, and the international names. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  陕西: ['shanxi'], 西藏: ['tibet', 'xizang'], 内蒙古: ['innermongolia', 'neimenggu', 'neimongol'], 新疆: ['sinkiang'], 香港: ['hongkong'], 澳门: ['macau', 'macao'], 台湾: ['taiwan'],
  呼和浩特: ['hohhot', 'huhhot'], 鄂尔多斯: ['ordos'], 乌鲁木齐: ['urumqi'], 拉萨: ['lhasa'], 哈尔滨: ['harbin'], 齐齐哈尔: ['qiqihar'], 喀什: ['kashgar', 'kashi'], 日喀则: ['shigatse', 'xigaze'],
  吐鲁番: ['turpan'], 哈密: ['kumul', 'hami'], 呼伦贝尔: ['hulunbuir'], 锡林郭勒: ['xilingol'], 克拉玛依: ['karamay'], 和田: ['hotan', 'hetian'], 阿克苏: ['aksu', 'akesu'], 伊犁: ['ili', 'yili'],
};

/** One key for all spellings of one reading: no case, tone, space or apostrophe; lü, lv and lyu are lu. */
export function pinyinKey(spelling: string): string {
  return spelling.normalize('NFD').toLowerCase().replace(/[^a-z]/gu, '').replaceAll('v', 'u').replace(/(?<=[ln])yu/gu, 'u');
}

function spelled(name: string): string {
  return pinyin(name, { toneType: 'none', type: 'array' }).map((syllable, at) => ALWAYS[name[at] ?? ''] ?? syllable).join('');
}

/** The keys of a division's name, given in Chinese. */
export function spellings(name: string): string[] {
  const stem = Object.keys(CORRECTED).find((known) => name.startsWith(known));
  const first = stem === undefined ? spelled(name) : `${CORRECTED[stem] ?? ''}${spelled(name.slice(stem.length))}`;
  const others = Object.entries(ALSO).filter(([known]) => name.startsWith(known))
    .flatMap(([known, also]) => also.map((spelling) => spelling + spelled(name.slice(known.length))));
  return [...new Set([first, ...others].map(pinyinKey))];
}
