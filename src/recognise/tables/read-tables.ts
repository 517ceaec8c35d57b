/** Reads the statutory tables of a report, from the page's tables or from its text, whichever gives more. */
import type { Tree } from '../../html/parse.js';
import type { Cell, Notice, Section } from '../../record.js';
import type { TextLine } from '../lines.js';
import { readAnnex } from './annex.js';
import { absences, expectedTables } from './presence.js';
import { readProactive } from './proactive.js';
import type { Reading, TableName } from './reading.js';
import { readRequests } from './requests.js';
import { readReview } from './review.js';
import type { SourceTable } from './source-rows.js';
import { tablesOfPage, tablesOfText } from './source-rows.js';

const READERS: Readonly<Record<TableName, (tables: readonly SourceTable[]) => Reading>> = {
  proactive: readProactive, requests: readRequests, reviewLitigation: readReview, annex: readAnnex,
};
const NAMES = Object.keys(READERS) as readonly TableName[];

export interface TableEvidence {
  /** Null for plain text. */
  readonly tree: Tree | null;
  readonly lines: readonly TextLine[];
  readonly sections: readonly Section[];
  readonly mend: (text: string) => string;
}

export interface TablesRead {
  readonly cells: readonly Cell[];
  readonly notices: readonly Notice[];
}

/** Labels that every annex has: without one, the text of a page is not searched for a flattened annex. */
const ANNEX_SIGNS = /统计指标|指标名称|申请办结数|收到申请数|主动公开政府信息数/u;

/** The better of two readings: the one with more cells; the page's own grid when they have the same. */
function better(page: Reading | null, text: () => Reading): Reading {
  if (page !== null && page.faults.length === 0 && page.cells.length > 0) return page;
  const second = text();
  return page !== null && page.cells.length >= second.cells.length ? { ...page, isMet: page.isMet || second.isMet } : second;
}

/** The cells of all statutory tables, and notices of what is missing or could not be read. */
export function readTables({ tree, lines, sections, mend }: TableEvidence): TablesRead {
  const ofPage = tree === null ? null : tablesOfPage(tree, mend);
  let ofText: readonly SourceTable[] | null = null;
  const hasAnnexWords = lines.some(({ folded }) => ANNEX_SIGNS.test(folded));
  const readings = NAMES.map((name) => {
    const page = ofPage === null ? null : READERS[name](ofPage);
    if (page !== null && name === 'annex' && !hasAnnexWords) return { name, ...page };
    return { name, ...better(page, () => READERS[name](ofText ??= tablesOfText(lines))) };
  });
  const expected = expectedTables(sections);
  const missing = readings.flatMap(({ name, cells, isMet }) => (name !== 'annex' && cells.length === 0 && (isMet || expected.includes(name)) ? [{ table: name, isMet }] : []));
  const faults = readings.flatMap(({ faults: all }) => all);
  return {
    cells: readings.flatMap(({ cells }) => cells),
    notices: [...absences(missing, tree), ...faults.map(({ code, message }): Notice => ({ code, room: 'recognise', message }))],
  };
}
