/**
 * Undoes what spaces become when read as GBK: no-break spaces 牋牋 (A0A0) and 聽聽 (C2A0, that of UTF-8), the ideographic space 銆€ (E38080); seen as indents of
 * whole pages.
 * Signal: the rare 牋 at least twice running, 聽 at least four times running at the start of a line or twice in front of a heading (聽聽看 is a sentence), 銆 before the euro sign.
 */
import type { NamedRepair } from './named-repair.js';
import { replaceMatches } from './named-repair.js';

const RUN = /牋{2,}|^聽{2,}(?=[一二三四五六七八九十第（(\d《“]|$)|^聽{4,}|銆€/gmu;

export const misreadSpaces: NamedRepair = { name: 'misread-spaces', find: (text) => replaceMatches(text, RUN, ([run]) => (run === '銆€' ? '\u3000' : '')) };
