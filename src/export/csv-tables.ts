/** The CSV files of an export: which there are, their columns, and the rows that a record gives each. */
import { cellMeaning, partsOfName } from './cell-meanings.js';
import type { ExportRecord } from './record.js';
import { entryColumns, flatColumns, KEY_COLUMNS, keyColumns, LEDGER_SHAPE } from './record-shape.js';
import type { Column, EntryList } from './record-shape.js';

export type Field = string | number | boolean | null;

export interface CsvTable {
  readonly file: string;
  readonly columns: readonly Column[];
  readonly rows: (record: ExportRecord) => readonly (readonly Field[])[];
}

/** A report without its lists: those have files of their own. The cited documents are joined by `|`, as in the seed lists. */
function reportRow(record: ExportRecord, columns: readonly Column[]): Field[] {
  const { charset, provenance } = record;
  const flat: Readonly<Record<string, unknown>> = {
    ...record, ...provenance, legalBasis: record.legalBasis.join('|'),
    charsetUsed: charset.used, charsetDeclared: charset.declared, charsetFrom: charset.from,
  };
  return columns.map(({ name }) => (flat[name] ?? null) as Field);
}

function reportTable(): CsvTable {
  const columns = flatColumns();
  return { file: 'reports.csv', columns, rows: (record) => [reportRow(record, columns)] };
}

function keysOf(record: ExportRecord): Field[] {
  return KEY_COLUMNS.map((key) => record[key]);
}

/** A long file: the columns of each entry of one of the record's lists. */
function longTable(list: EntryList): CsvTable {
  const columns = entryColumns(list);
  return {
    file: `${list}.csv`, columns: [...keyColumns(), ...columns],
    rows: (record) => record[list].map((entry) => [...keysOf(record), ...columns.map(({ name }) => (entry as unknown as Readonly<Record<string, Field>>)[name] ?? null)]),
  };
}

/** One row a report, one column a statutory cell: the number, empty where the report states none. */
function wideTable(cellNames: readonly string[]): CsvTable {
  return {
    file: 'cells-wide.csv',
    columns: [...keyColumns(), { name: 'publishedOn', type: 'date' }, { name: 'formatEra', type: 'string' }, ...cellNames.map((name): Column => ({ name, type: 'number' }))],
    rows: (record) => {
      if (record.cells.length === 0) return [];
      const values = new Map(record.cells.map((cell) => [`${cell.table}.${cell.row}.${cell.column}`, cell.value]));
      return [[...keysOf(record), record.publishedOn, record.formatEra, ...cellNames.map((name) => values.get(name) ?? null)]];
    },
  };
}

const text = (name: string): Column => ({ name, type: 'string' });

/** The files made from the records. */
export function csvTables(cellNames: readonly string[]): CsvTable[] {
  return [
    reportTable(), longTable('cells'), wideTable(cellNames), longTable('checks'), longTable('statements'),
    {
      file: 'metadata.csv', columns: [...keyColumns(), text('key'), text('value')],
      rows: (record) => Object.entries(record.metadata ?? {}).map(([key, value]) => [...keysOf(record), key, value]),
    },
    longTable('notices'), longTable('repairs'), longTable('sections'), longTable('attachments'),
    {
      file: 'duplicates.csv', columns: [text('reportId'), text('otherReportId'), text('kind'), { name: 'similarity', type: 'number' }],
      rows: (record) => record.duplicates.map((link) => [record.reportId, link.reportId, link.kind, link.similarity]),
    },
  ];
}

/** The file that explains the columns of the wide one. */
export const CELL_CODEBOOK_COLUMNS = ['name', 'table', 'row', 'column', 'english', 'chinese'].map(text);

/** What each cell that occurs counts; nothing where no reporting format has it. */
export function cellCodebook(cellNames: readonly string[]): Field[][] {
  return cellNames.map((name) => {
    const parts = partsOfName(name);
    const meaning = cellMeaning(...parts);
    return [name, ...parts, meaning?.english ?? null, meaning?.chinese ?? null];
  });
}

/** The ledger's file, whose rows come from the archive and not from the records. */
export const LEDGER_COLUMNS = Object.entries(LEDGER_SHAPE).map(([name, type]): Column => ({ name, type }));
