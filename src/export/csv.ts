/** CSV for spreadsheets and statistics programs: one file of reports, one for each of their lists, one of the ledger. */
import { stringify } from 'csv-stringify/sync';
import { csvTables, LEDGER_COLUMNS } from './csv-tables.js';
import type { Field } from './csv-tables.js';
import { DigestedFile } from './digested-file.js';
import type { WrittenFile } from './digested-file.js';
import { guardFormula } from './formula-guard.js';
import type { WriterMaker } from './writer.js';

/** RFC 4180 with LF; a lone CR is quoted too, because spreadsheets end a row there. */
const DIALECT = { quoted_match: /\r/u };

function line(fields: readonly Field[]): string {
  return stringify([fields.map((field) => (typeof field === 'string' ? guardFormula(field) : field))], DIALECT);
}

/** Rows as the text of a CSV file, formulas made harmless. */
export function csvText(rows: readonly (readonly Field[])[]): string {
  return rows.map(line).join('');
}

function openCsv(folder: string, path: string, columns: readonly string[], byteOrderMark: boolean): DigestedFile {
  const file = new DigestedFile(folder, path);
  file.append(`${byteOrderMark ? '\ufeff' : ''}${line(columns)}`);
  return file;
}

export const csvWriter: WriterMaker = ({ folder, cellNames, ledger, byteOrderMark }) => {
  const tables = csvTables(cellNames()).map((made) => ({ ...made, out: openCsv(folder, made.file, made.columns, byteOrderMark) }));
  const writeLedger = (): WrittenFile => {
    const out = openCsv(folder, 'ledger.csv', LEDGER_COLUMNS, byteOrderMark);
    for (const row of ledger()) out.append(line(LEDGER_COLUMNS.map((column) => row[column])));
    return out.close();
  };
  return {
    add: (record) => { for (const { out, rows } of tables) for (const row of rows(record)) out.append(line(row)); },
    finish: () => [...tables.map(({ out }) => out.close()), writeLedger()],
  };
};
