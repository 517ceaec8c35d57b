/** Measures how well shifted bytes are put right: damages a document, repairs it, compares. */
import { repairText } from '../../src/repair/repair.js';
import { copyAsSitesDo, foldAscii, insertPinyin, shiftBytes, toTraditional, widenMarks } from '../farm/damage.js';

export interface Score {
  /** Lines whose bytes were shifted. */
  readonly damaged: number;
  readonly right: number;
  /** Lines that were changed where they had been damaged, to something that never stood there. */
  readonly wrong: readonly string[];
}

/** Damages a document as copying sites do, repairs it, and compares the lines whose bytes were shifted. */
export function scoreOf(lines: readonly string[]): Score {
  const repaired = repairText(lines.map((line) => copyAsSitesDo(line)).join('\n')).text.split('\n');
  let damaged = 0;
  let right = 0;
  const wrong: string[] = [];
  lines.forEach((line, index) => {
    const sent = widenMarks(line);
    const shifted = shiftBytes(insertPinyin(toTraditional(sent)));
    if (shifted === foldAscii(insertPinyin(toTraditional(sent)))) return;
    damaged += 1;
    const now = repaired[index] ?? '';
    if (now === foldAscii(sent)) right += 1;
    else if (!/[?？][。、?？]/u.test(now)) wrong.push(now);
  });
  return { damaged, right, wrong };
}
