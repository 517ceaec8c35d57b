/** CSV for spreadsheets and statistics programs: one file of reports, one for each of their lists, one of the ledger. */
import { stringify } from 'csv-stringify/sync';
import { inFormOrder } from './cell-meanings.js';
import { CELL_CODEBOOK_COLUMNS, cellCodebook, csvTables, LEDGER_COLUMNS } from './csv-tables.js';
import type { Field } from './csv-tables.js';
import { DigestedFile } from './digested-file.js';
import type { WrittenFile } from './digested-file.js';
import { guardFormula } from './formula-guard.js';
import type { Column } from './record-shape.js';
import type { LedgerRow } from '../store/ledger.js';
import type { ExportFacts, WriterMaker } from './writer.js';

/** RFC 4180 with LF; a lone CR is quoted too, because spreadsheets end a row there. */
const DIALECT = { quoted_match: /\r/u };

function line(fields: readonly Field[]): string {
  return stringify([fields.map((field) => (typeof field === 'string' ? guardFormula(field) : typeof field === 'boolean' ? String(field) : field))], DIALECT);
}

/** Rows as the text of a CSV file, formulas made harmless. */
export function csvText(rows: readonly (readonly Field[])[]): string {
  return rows.map(line).join('');
}

/** A CSV file that counts its rows. */
class CsvFile {
  readonly #file: DigestedFile;
  readonly #columns: readonly Column[];
  #rows = 0;

  constructor(facts: Pick<ExportFacts, 'folder' | 'byteOrderMark'>, path: string, columns: readonly Column[]) {
    this.#file = new DigestedFile(facts.folder, path);
    this.#columns = columns;
    this.#file.append(`${facts.byteOrderMark ? '\ufeff' : ''}${line(columns.map(({ name }) => name))}`);
  }

  add(fields: readonly Field[]): void {
    this.#file.append(line(fields));
    this.#rows += 1;
  }

  close(): WrittenFile {
    return this.#file.close({ columns: this.#columns.map(({ name, type }) => [name, type]), rows: this.#rows });
  }
}

function writeTable(file: CsvFile, rows: Iterable<readonly Field[]>): WrittenFile {
  for (const row of rows) file.add(row);
  return file.close();
}

export const csvWriter: WriterMaker = (facts) => {
  const names = inFormOrder(facts.cellNames());
  const tables = csvTables(names).map((made) => ({ ...made, out: new CsvFile(facts, made.file, made.columns) }));
  const ledger = (): Field[][] => facts.ledger().map((row) => LEDGER_COLUMNS.map(({ name }) => row[name as keyof LedgerRow]));
  return {
    add: (record) => { for (const { out, rows } of tables) for (const row of rows(record)) out.add(row); },
    finish: () => [
      ...tables.map(({ out }) => out.close()),
      writeTable(new CsvFile(facts, 'cells-codebook.csv', CELL_CODEBOOK_COLUMNS), cellCodebook(names)),
      writeTable(new CsvFile(facts, 'ledger.csv', LEDGER_COLUMNS), ledger()),
    ],
  };
};
