/** Undoes known damage to characters, one named repair at a time, and says which helped. */
import type { Cleaned, Repair, Repaired } from '../record.js';
import { invisibleCharacters } from './invisible-characters.js';
import { gbkReadAsLatin, utf8ReadAsGbk, utf8ReadAsLatin } from './mojibake.js';
import type { NamedRepair } from './named-repair.js';
import { Patchwork } from './patchwork.js';
import { radicalForms } from './radical-forms.js';
import { symbolBullets } from './symbol-bullets.js';
import { undecodedEntities } from './undecoded-entities.js';

/**
 * The repairs in order. Misreadings come first: until their bytes are right, nothing else can be recognised. Entities come before single
 * characters, because decoding one may bring such a character to light.
 */
const REPAIRS: readonly NamedRepair[] = [utf8ReadAsGbk, utf8ReadAsLatin, gbkReadAsLatin, undecodedEntities, invisibleCharacters, radicalForms, symbolBullets];

export interface RepairedText {
  readonly text: string;
  /** Offsets into the text that was given; applying them gives exactly `text`. */
  readonly repairs: readonly Repair[];
}

/** Repairs any text. A sound text comes back unchanged, with no repairs. */
export function repairText(decoded: string): RepairedText {
  const patchwork = new Patchwork(decoded);
  for (const { name, find } of REPAIRS) patchwork.apply(name, find(patchwork.text));
  return { text: patchwork.text, repairs: patchwork.repairs };
}

/** Repairs a cleaned page. `mend` applies the same to other strings of the page: its titles, its table cells. */
export function repair(cleaned: Cleaned): { readonly repaired: Repaired; readonly mend: (text: string) => string } {
  const { text, repairs } = repairText(cleaned.decodedText);
  return { repaired: { ...cleaned, text, repairs }, mend: (other) => repairText(other).text };
}
