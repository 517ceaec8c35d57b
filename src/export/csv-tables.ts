/** The CSV files of an export: which there are, their columns, and the rows that a record gives each. */
import type { LedgerRow } from '../store/ledger.js';
import { cellMeaning, partsOfName } from './cell-meanings.js';
import type { ExportRecord } from './record.js';

export type Field = string | number | boolean | null;

export interface CsvTable {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: (record: ExportRecord) => readonly (readonly Field[])[];
}

const REPORT_COLUMNS = [
  'reportId', 'url', 'finalUrl', 'kind', 'title', 'agency', 'code', 'province', 'city', 'county', 'level', 'year', 'periodStart', 'periodEnd',
  'publishedOn', 'formatEra', 'legalBasis', 'grade', 'mediaType', 'charsetUsed', 'charsetDeclared', 'charsetFrom', 'text', 'rawSha256', 'textSha256',
  'captureId', 'runId', 'fetchedAt', 'via', 'status', 'robots', 'tool', 'derivation',
] as const;

/** A report without its lists: those have files of their own. The cited documents are joined by `|`, as in the seed lists. */
function reportRow(record: ExportRecord): Field[] {
  const { charset, provenance } = record;
  const flat: Record<(typeof REPORT_COLUMNS)[number], Field> = {
    ...record, legalBasis: record.legalBasis.join('|'),
    charsetUsed: charset.used, charsetDeclared: charset.declared, charsetFrom: charset.from,
    captureId: provenance.captureId, runId: provenance.runId, fetchedAt: provenance.fetchedAt, via: provenance.via, status: provenance.status,
    robots: provenance.robots, tool: provenance.tool, derivation: provenance.derivation,
  };
  return REPORT_COLUMNS.map((column) => flat[column]);
}

/** Columns that every long file begins with, so that it can be read without joining. */
const KEYS = ['reportId', 'code', 'agency', 'year'] as const;

function keysOf(record: ExportRecord): Field[] {
  return KEYS.map((key) => record[key]);
}

/** A long file: `columns` of each entry of one of the record's lists. */
function longTable<T extends object>(file: string, columns: readonly (keyof T & string)[], entries: (record: ExportRecord) => readonly T[]): CsvTable {
  return {
    file, columns: [...KEYS, ...columns],
    rows: (record) => entries(record).map((entry) => [...keysOf(record), ...columns.map((column) => entry[column] as Field)]),
  };
}

/** One row a report, one column a statutory cell: the number, empty where the report states none. */
function wideTable(cellNames: readonly string[]): CsvTable {
  return {
    file: 'cells-wide.csv', columns: [...KEYS, 'publishedOn', 'formatEra', ...cellNames],
    rows: (record) => {
      if (record.cells.length === 0) return [];
      const values = new Map(record.cells.map((cell) => [`${cell.table}.${cell.row}.${cell.column}`, cell.value]));
      return [[...keysOf(record), record.publishedOn, record.formatEra, ...cellNames.map((name) => values.get(name) ?? null)]];
    },
  };
}

/** The files made from the records. */
export function csvTables(cellNames: readonly string[]): CsvTable[] {
  return [
    { file: 'reports.csv', columns: REPORT_COLUMNS, rows: (record) => [reportRow(record)] },
    longTable<ExportRecord['cells'][number]>('cells.csv', ['table', 'row', 'column', 'raw', 'value', 'state', 'place'], (record) => record.cells),
    wideTable(cellNames),
    longTable<ExportRecord['checks'][number]>('checks.csv', ['rule', 'state', 'expected', 'actual', 'otherReportId'], (record) => record.checks),
    longTable<ExportRecord['statements'][number]>('statements.csv', ['key', 'value', 'unit', 'isApproximate', 'sentence', 'start', 'end', 'method'], (record) => record.statements),
    longTable<{ readonly key: string; readonly value: string }>('metadata.csv', ['key', 'value'], (record) => Object.entries(record.metadata ?? {}).map(([key, value]) => ({ key, value }))),
    longTable<ExportRecord['notices'][number]>('notices.csv', ['code', 'room', 'message'], (record) => record.notices),
    longTable<ExportRecord['repairs'][number]>('repairs.csv', ['step', 'start', 'end', 'before', 'after', 'method', 'confidence'], (record) => record.repairs),
    longTable<ExportRecord['sections'][number]>('sections.csv', ['heading', 'level', 'start', 'end'], (record) => record.sections),
    longTable<ExportRecord['attachments'][number]>('attachments.csv', ['name', 'url', 'sha256', 'mediaType'], (record) => record.attachments),
    {
      file: 'duplicates.csv', columns: ['reportId', 'otherReportId', 'kind', 'similarity'],
      rows: (record) => record.duplicates.map((link) => [record.reportId, link.reportId, link.kind, link.similarity]),
    },
  ];
}

/** The file that explains the columns of the wide one. */
export const CELL_CODEBOOK_COLUMNS = ['name', 'table', 'row', 'column', 'english', 'chinese'] as const;

/** What each cell that occurs counts; nothing where no reporting format has it. */
export function cellCodebook(cellNames: readonly string[]): Field[][] {
  return cellNames.map((name) => {
    const parts = partsOfName(name);
    const meaning = cellMeaning(...parts);
    return [name, ...parts, meaning?.english ?? null, meaning?.chinese ?? null];
  });
}

/** The ledger's file, whose rows come from the archive and not from the records. */
export const LEDGER_COLUMNS = ['code', 'agency', 'year', 'state', 'reportId', 'dueOn', 'publishedOn', 'daysLate', 'evidence'] as const satisfies readonly (keyof LedgerRow)[];
