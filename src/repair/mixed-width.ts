/**
 * Puts digits and letters in half width where the report's own convention is half width: a number that changes width in its middle (2０1６年) in any
 * text, and the odd full-width one in a document that otherwise writes half width. A report that writes full width throughout, or as often as not,
 * keeps it (616 sound places in the study): searching and reading numbers fold widths anyway.
 */
import { foldWidth } from '../han/fold.js';
import type { NamedRepair } from './named-repair.js';
import { replaceMatches } from './named-repair.js';

const MIXED = /\d+[０-９][\d０-９]*|[０-９]+\d[\d０-９]*/gu;
const FULL = /[０-９Ａ-Ｚａ-ｚ]+/gu;
/** Numbers in half width that make a convention, and the share of full-width ones that are slips beside it. */
const CONVENTION = { numbers: 40, slips: 0.05 };

export const mixedWidth: NamedRepair = {
  name: 'mixed-width',
  find: (text) => {
    const full = text.match(FULL)?.length ?? 0;
    if (full === 0) return [];
    const half = text.match(/\d+/gu)?.length ?? 0;
    const isHalfWidth = half >= CONVENTION.numbers && full <= half * CONVENTION.slips;
    return replaceMatches(text, isHalfWidth ? /[\d０-９]*[０-９Ａ-Ｚａ-ｚ][\d０-９Ａ-Ｚａ-ｚ]*/gu : MIXED, ([number]) => foldWidth(number));
  },
};
