/** What provinces are called on the pages: their full names in Chinese, their usual ones in English. */
import type { Visit } from './visit.js';

const ENGLISH: Readonly<Record<string, string>> = {
  11: 'Beijing', 12: 'Tianjin', 13: 'Hebei', 14: 'Shanxi', 15: 'Inner Mongolia', 21: 'Liaoning', 22: 'Jilin', 23: 'Heilongjiang', 31: 'Shanghai', 32: 'Jiangsu', 33: 'Zhejiang', 34: 'Anhui',
  35: 'Fujian', 36: 'Jiangxi', 37: 'Shandong', 41: 'Henan', 42: 'Hubei', 43: 'Hunan', 44: 'Guangdong', 45: 'Guangxi', 46: 'Hainan', 50: 'Chongqing', 51: 'Sichuan', 52: 'Guizhou', 53: 'Yunnan',
  54: 'Tibet', 61: 'Shaanxi', 62: 'Gansu', 63: 'Qinghai', 64: 'Ningxia', 65: 'Xinjiang', 81: 'Hong Kong', 82: 'Macao',
};

/** A province by the first two digits of its code; null stands for agencies without a place. */
export function provinceName(visit: Visit, prefix: string | null): string {
  if (prefix === null) return visit.say('withoutCode');
  const english = visit.language === 'en' ? ENGLISH[prefix] : undefined;
  return english ?? visit.knowledge.provinceName(prefix) ?? prefix;
}

/** As it stands on a map: 湖南省 is 湖南, 内蒙古自治区 内蒙古. */
export function shortProvinceName(visit: Visit, prefix: string): string {
  return provinceName(visit, prefix).replace(/(?:维吾尔|壮族|回族)?自治区$|特别行政区$|[省市]$/u, '');
}
