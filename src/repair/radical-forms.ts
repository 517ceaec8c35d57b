/**
 * Puts characters back that PDF software wrote as their radicals: ⼀ (U+2F00) for 一, ⽤ for 用. They look the same and match
 * nothing. Kangxi radicals (U+2F00 to U+2FD5) have an exact equivalent in Unicode's NFKC; the supplement (U+2E80 to U+2EFF) does not, and the
 * Simplified forms that reports show are listed. CJK compatibility ideographs (U+F900 to U+FAFF) are NFKC too.
 */
import type { NamedRepair } from './named-repair.js';
import { replaceMatches } from './named-repair.js';

const FORMS = /[\u2e80-\u2fd5\uf900-\ufaff]/gu;

/** Radicals of the supplement that are whole characters of today's script. */
const SUPPLEMENT: Readonly<Record<string, string>> = {
  '⺠': '民', '⺟': '母', '⻄': '西', '⻅': '见', '⻆': '角', '⻉': '贝', '⻋': '车', '⻓': '长', '⻔': '门', '⻘': '青', '⻙': '韦', '⻚': '页', '⻛': '风',
  '⻜': '飞', '⻝': '食', '⻢': '马', '⻣': '骨', '⻤': '鬼', '⻥': '鱼', '⻦': '鸟', '⻨': '麦', '⻩': '黄', '⻬': '齐', '⻮': '齿', '⻰': '龙',
};

export const radicalForms: NamedRepair = {
  name: 'radical-forms',
  find: (text) => replaceMatches(text, FORMS, ([form]) => {
    const known = SUPPLEMENT[form] ?? form.normalize('NFKC');
    return known === form ? null : known;
  }),
};
