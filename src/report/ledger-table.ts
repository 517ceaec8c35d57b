/** Draws the ledger as a compact table: an agency a row, a year a column, a sign a cell. */
import { getBorderCharacters, table } from 'table';
import type { LedgerRow } from '../store/ledger.js';
import type { LedgerState } from '../store/ledger-rules.js';

/** Signs that stay apart without colour and exist in every font. */
export const LEDGER_SIGNS: Readonly<Record<LedgerState, string>> = {
  'held': '#', 'held-late': 'L', 'mirror-only': 'm', 'removed': 'x', 'blocked': '!', 'not-found': '-', 'not-searched': '?', 'not-due': '.',
};

const MEANINGS: Readonly<Record<LedgerState, string>> = {
  'held': 'held', 'held-late': 'held, published late', 'mirror-only': 'only a mirror or clone held', 'removed': 'removed by its portal',
  'blocked': 'portal blocks', 'not-found': 'looked for, not found', 'not-searched': 'not searched, or the search failed', 'not-due': 'not due yet',
};

/** Colours a sign for a terminal, or leaves it. */
export type Paint = (state: LedgerState, sign: string) => string;

/** One line explaining the signs. */
export function ledgerLegend(): string {
  return (Object.keys(LEDGER_SIGNS) as LedgerState[]).map((state) => `${LEDGER_SIGNS[state]} ${MEANINGS[state]}`).join(' · ');
}

function groupByAgency(rows: readonly LedgerRow[]): Map<string, LedgerRow[]> {
  const groups = new Map<string, LedgerRow[]>();
  for (const row of rows) groups.set(`${row.code ?? ''} ${row.agency}`, [...(groups.get(`${row.code ?? ''} ${row.agency}`) ?? []), row]);
  return groups;
}

/** Controls that the table refuses to draw at all; a newline begins a line within the cell, an escape is a colour of ours or the caller's to make safe. */
const UNDRAWABLE = /[\u0000-\u0009\u000b-\u001a]/gu;

/** Rows of text with columns aligned by display width (a hanzi is two columns wide) and no borders. */
export function plainTable(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return table(rows.map((row) => row.map((cell) => cell.replace(UNDRAWABLE, (control) => (control === '\t' ? ' ' : '\ufffd')))), {
    border: getBorderCharacters('void'), columnDefault: { paddingLeft: 0, paddingRight: 1 }, drawHorizontalLine: () => false,
  }).split('\n').map((line) => line.trimEnd()).join('\n').trimEnd();
}

/** The ledger as a table with two-digit years and the number of years held; empty without rows. */
export function ledgerTable(rows: readonly LedgerRow[], paint: Paint = (_state, sign) => sign): string {
  if (rows.length === 0) return '';
  const years = [...new Set(rows.map((row) => row.year))].sort((a, b) => a - b);
  const body = [...groupByAgency(rows).values()].map((own) => {
    const byYear = new Map(own.map((row) => [row.year, row.state]));
    const signs = years.map((year) => {
      const state = byYear.get(year);
      return state === undefined ? '' : paint(state, LEDGER_SIGNS[state]);
    });
    const held = own.filter((row) => row.state === 'held' || row.state === 'held-late').length;
    return [own[0]?.code ?? '', own[0]?.agency ?? '', ...signs, String(held)];
  });
  return plainTable([['code', 'agency', ...years.map((year) => String(year).slice(2)), 'held'], ...body]);
}

/** How many agency-years are in each state, as one line. */
export function ledgerCounts(rows: readonly LedgerRow[]): string {
  return (Object.keys(LEDGER_SIGNS) as LedgerState[])
    .map((state) => `${rows.filter((row) => row.state === state).length} ${state}`).filter((part) => !part.startsWith('0 ')).join(', ');
}
