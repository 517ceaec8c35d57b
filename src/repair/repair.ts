/** Undoes known damage to characters, one named repair at a time, and says which helped. */
import type { Cleaned, Notice, Repair, Repaired } from '../record.js';
import { findShiftedRuns } from './byte-shift.js';
import { lossNotices } from './damage.js';
import { documentNumber } from './document-number.js';
import { escapedCharacters } from './escaped-characters.js';
import type { PinyinFamily } from './inserted-pinyin.js';
import { pinyinFamily, withoutPinyin } from './inserted-pinyin.js';
import { injectedCommas } from './injected-commas.js';
import { invisibleCharacters } from './invisible-characters.js';
import { misreadSpaces } from './misread-spaces.js';
import { mixedWidth } from './mixed-width.js';
import type { Misreading } from './mojibake.js';
import { MISREADINGS, isMisread, undoMisreading } from './mojibake.js';
import type { NamedRepair } from './named-repair.js';
import { Patchwork } from './patchwork.js';
import { radicalForms } from './radical-forms.js';
import { reportingPeriod } from './reporting-period.js';
import { substitutedNames } from './substituted-names.js';
import { symbolBullets } from './symbol-bullets.js';
import { isConvertedReport, taiwanWords, undoConversion } from './traditional-conversion.js';
import { undecodedEntities } from './undecoded-entities.js';

/**
 * What stands after the misreadings, which come first: until the bytes are right, nothing else can be recognised. Escapes and entities come before single characters, because
 * decoding one may bring such a character to light.
 */
const READING: readonly NamedRepair[] = [
  escapedCharacters, undecodedEntities, misreadSpaces, invisibleCharacters, radicalForms, symbolBullets,
];

/** What copying put between marks and extraction lost from numbers; their words are looked for in Simplified, so after the conversion. */
const NUMBERS: readonly NamedRepair[] = [injectedCommas, documentNumber, reportingPeriod, mixedWidth];

/** What is known of a text beside its characters. */
export interface RepairContext {
  /** Host the text came from; Traditional-script publishers keep their script. */
  readonly host?: string | null;
}

export interface RepairedText {
  readonly text: string;
  /** Offsets into the text that was given; applying them gives exactly `text`. */
  readonly repairs: readonly Repair[];
  /** What looked wrong and was left. */
  readonly notices: readonly Notice[];
  /** Does to another string of the same document (a title, a table cell) what was decided for the document. */
  readonly mend: (text: string) => string;
}

/** What only a whole document can tell. */
interface Decision {
  readonly misreadings: readonly Misreading[];
  readonly pinyin: PinyinFamily | null;
  readonly isConverted: boolean;
}

function applyAll(patchwork: Patchwork, repairs: readonly NamedRepair[]): void {
  for (const { name, find } of repairs) patchwork.apply(name, find(patchwork.text));
}

function applyDecision(patchwork: Patchwork, decision: Decision): void {
  patchwork.apply('inserted-pinyin', withoutPinyin(patchwork.text, decision.pinyin));
  if (decision.isConverted) patchwork.apply('traditional-conversion', undoConversion(patchwork.text));
  applyAll(patchwork, NUMBERS);
}

/** Each misreading is looked for in what the one before it left: a text can be misread in two ways in turn. */
function undoMisreadings(patchwork: Patchwork, known: readonly Misreading[] | null): readonly Misreading[] {
  return MISREADINGS.filter((misreading) => {
    if (!(known?.includes(misreading) ?? isMisread(patchwork.text, misreading))) return false;
    patchwork.apply(misreading.name, undoMisreading(patchwork.text, misreading));
    return true;
  });
}

function mendWith(decision: Decision): (text: string) => string {
  return (text) => {
    const patchwork = new Patchwork(text);
    undoMisreadings(patchwork, decision.misreadings);
    applyAll(patchwork, READING);
    applyDecision(patchwork, decision);
    return patchwork.text;
  };
}

/**
 * Repairs any text. A sound text comes back unchanged, with no repairs. The shifted bytes are put right before the pinyin is taken out, because a
 * shifted run may have eaten the bracket of an insertion; and both before the conversion is undone, because the bytes were those of Traditional characters.
 */
export function repairText(decoded: string, context: RepairContext = {}): RepairedText {
  const patchwork = new Patchwork(decoded);
  const misreadings = undoMisreadings(patchwork, null);
  applyAll(patchwork, READING);
  const shifted = findShiftedRuns(patchwork.text);
  patchwork.apply('byte-shift', shifted.changes);
  const pinyin = pinyinFamily(patchwork.text);
  // Whoever inserts pinyin has converted the text before: the insertions stand behind Traditional characters.
  const decision: Decision = { misreadings, pinyin, isConverted: pinyin !== null || isConvertedReport(patchwork.text, { host: context.host ?? null }) };
  applyDecision(patchwork, decision);
  const notices = [...shifted.notices, ...(decision.isConverted ? taiwanWords(patchwork.text) : []), ...substitutedNames(patchwork.text), ...lossNotices(patchwork.text)];
  return { text: patchwork.text, repairs: patchwork.repairs, notices, mend: mendWith(decision) };
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}

/** Repairs a cleaned page. `mend` applies the same to other strings of the page: its titles, its table cells. */
export function repair(cleaned: Cleaned): { readonly repaired: Repaired; readonly mend: (text: string) => string } {
  const { text, repairs, notices, mend } = repairText(cleaned.decodedText, { host: hostOf(cleaned.finalUrl) });
  return { repaired: { ...cleaned, text, repairs, notices: [...cleaned.notices, ...notices] }, mend };
}
