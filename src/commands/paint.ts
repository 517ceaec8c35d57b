/** Colours for terminals; plain text for pipes and where NO_COLOR asks for it. */
import pc from 'picocolors';
import type { DiffMarks } from '../report/change-report.js';
import { PLAIN_MARKS } from '../report/change-report.js';
import type { Paint } from '../report/ledger-table.js';
import type { LedgerState } from '../store/ledger-rules.js';
import type { CommandContext } from './context.js';

type Colours = ReturnType<typeof pc.createColors>;

/** The colours that stdout of this command may carry: all of them do nothing when it may not. */
export function coloursFor(context: CommandContext): Colours {
  return pc.createColors(context.terminal.table && pc.isColorSupported && !context.json);
}

/** Added in green, removed in red and struck through; in a pipe with marks. */
export function diffMarksFor(context: CommandContext): DiffMarks {
  const colours = coloursFor(context);
  if (!colours.isColorSupported) return PLAIN_MARKS;
  return { added: colours.green, removed: (text) => colours.red(colours.strikethrough(text)), same: (text) => text };
}

/** Paints the ledger's signs: held green, trouble red, what nobody can help dim. */
export function ledgerPaintFor(context: CommandContext): Paint {
  const colours = coloursFor(context);
  const paints: Readonly<Record<LedgerState, (text: string) => string>> = {
    'held': colours.green, 'held-late': colours.yellow, 'mirror-only': colours.cyan, 'removed': colours.magenta,
    'blocked': colours.red, 'not-found': colours.bold, 'not-searched': colours.red, 'not-due': colours.dim,
  };
  return (state, sign) => paints[state](sign);
}
