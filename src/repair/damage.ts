/** Says what damage a text had and what of it is left: hints for grading a copy, and notices for what nobody can restore. */
import type { Notice, Repair } from '../record.js';

/** The named repairs that helped, and what they say about where the text came from. */
export interface DamageSummary {
  /** Names of the repairs that changed something, sorted. */
  readonly kinds: readonly string[];
  /** Repairs of the kinds that only copying sites cause: converted script, inserted pinyin, shifted bytes. */
  readonly isCopyDamaged: boolean;
  /** Stretches whose new text was inferred, not recovered. */
  readonly inferred: number;
}

const COPY_DAMAGE = new Set(['byte-shift', 'inserted-pinyin', 'traditional-conversion']);

/** Sums up the repairs of a text. */
export function damageSummary(repairs: readonly Repair[]): DamageSummary {
  const kinds = [...new Set(repairs.flatMap(({ step }) => step.split('+')))].sort();
  return { kinds, isCopyDamaged: kinds.some((kind) => COPY_DAMAGE.has(kind)), inferred: repairs.filter(({ method }) => method === 'inferred').length };
}

/** Signs of text that is gone for good, with what they are; the bytes must be fetched again. */
const LOSSES: readonly { readonly sign: RegExp; readonly what: string }[] = [
  { sign: /锟斤拷/gu, what: 'UTF-8 replacement characters read as GBK' },
  { sign: /\ufffd/gu, what: 'characters replaced when the page was read' },
  { sign: /\?{4,}/gu, what: 'characters replaced by question marks' },
  { sign: /烫{3,}|屯{3,}/gu, what: 'uninitialised memory' },
  { sign: /[\ue000-\uf8ff]/gu, what: 'private-use characters without a known meaning' },
];

/** A notice for each kind of loss that remains in `text`. */
export function lossNotices(text: string): Notice[] {
  return LOSSES.flatMap(({ sign, what }): Notice[] => {
    const count = text.match(sign)?.length ?? 0;
    return count === 0 ? [] : [{ code: 'text-lost', room: 'repair', message: `${what}: ${count} places` }];
  });
}
