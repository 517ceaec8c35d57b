/** Parquet: all fields of a report with their types, nested as in the record, and its cells and the ledger as flat tables beside it. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet-writer';
import { DigestedFile } from './digested-file.js';
import type { WrittenFile } from './digested-file.js';
import { entryColumns, KEY_COLUMNS, keyColumns, LEDGER_SHAPE, RECORD_FIELD_SHAPES } from './record-shape.js';
import type { Scalar, Shape } from './record-shape.js';
import type { ExportFacts, WriterMaker } from './writer.js';

/** What a scalar is in the file. Timestamps are in UTC, milliseconds. */
const ELEMENTS: Readonly<Record<Scalar, Omit<SchemaElement, 'name'>>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  date: { type: 'INT32', converted_type: 'DATE' },
  datetime: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

type Repetition = 'REQUIRED' | 'OPTIONAL';

/** The elements of a column, parents before children. A list and a struct are never null in the record; a map and a scalar may be. */
function elementsOf(name: string, shape: Shape, repetition: Repetition): SchemaElement[] {
  if (shape === 'map') {
    return [
      { name, repetition_type: 'OPTIONAL', converted_type: 'MAP', num_children: 1 }, { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
      ...elementsOf('key', 'string', 'REQUIRED'), ...elementsOf('value', 'string', 'OPTIONAL'),
    ];
  }
  if (typeof shape === 'string') return [{ name, repetition_type: repetition, ...ELEMENTS[shape] }];
  if ('list' in shape) {
    return [
      { name, repetition_type: 'REQUIRED', converted_type: 'LIST', num_children: 1 }, { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      ...elementsOf('element', shape.list, 'REQUIRED'),
    ];
  }
  const children = Object.entries(shape.struct);
  return [{ name, repetition_type: 'REQUIRED', num_children: children.length }, ...children.flatMap(([child, type]) => elementsOf(child, type, 'OPTIONAL'))];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** A day or moment as a date; null for a text that names none. */
function dateOf(text: unknown, type: 'date' | 'datetime'): Date | null {
  if (typeof text !== 'string' || (type === 'date' && !DAY.test(text))) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time);
}

/** A value of the record as the writer takes it: dates as dates, everything else as it is. */
function typed(value: unknown, shape: Shape): unknown {
  if (shape === 'date' || shape === 'datetime') return dateOf(value, shape);
  if (typeof shape === 'string' || value === null || value === undefined) return value ?? null;
  if ('list' in shape) return (value as unknown[]).map((entry) => typed(entry, shape.list));
  return Object.fromEntries(Object.entries(shape.struct).map(([name, type]) => [name, typed((value as Record<string, unknown>)[name], type)]));
}

/** Writes what has come to the file and begins its buffer anew. */
class FileBytes extends ByteWriter {
  readonly #file: DigestedFile;

  constructor(file: DigestedFile) {
    super(1 << 16);
    this.#file = file;
  }

  flush(): void {
    this.#file.appendBytes(new Uint8Array(this.buffer, 0, this.index));
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

/**
 * Rows of a row group: it is written when it has so many rows or so many characters. A reader skips whole groups, so they should be large;
 * until one is full it is in memory, so they may not be. 8 Mi characters were about 2,000 reports.
 */
const GROUP_ROWS = 10_000;
const GROUP_CHARACTERS = 8 << 20;

type Columns = readonly (readonly [name: string, shape: Shape])[];

/** One table in one file; a row is an object with a value a column. */
class ParquetTable {
  readonly #file: DigestedFile;
  readonly #bytes: FileBytes;
  readonly #writer: ParquetWriter;
  readonly #columns: Columns;
  #waiting: unknown[][];
  #characters = 0;
  #rows = 0;

  constructor(folder: string, path: string, columns: Columns) {
    this.#columns = columns;
    this.#file = new DigestedFile(folder, path);
    this.#bytes = new FileBytes(this.#file);
    const schema = [{ name: 'root', num_children: columns.length }, ...columns.flatMap(([name, shape]) => elementsOf(name, shape, 'OPTIONAL'))];
    this.#writer = new ParquetWriter({ writer: this.#bytes, schema, createdBy: 'nianbao' });
    this.#waiting = columns.map(() => []);
  }

  add(row: Readonly<Record<string, unknown>>, characters = 0): void {
    this.#columns.forEach(([name, shape], index) => this.#waiting[index]?.push(typed(row[name], shape)));
    this.#rows += 1;
    this.#characters += characters;
    if ((this.#waiting[0]?.length ?? 0) >= GROUP_ROWS || this.#characters >= GROUP_CHARACTERS) this.#writeGroup();
  }

  close(): WrittenFile {
    this.#writeGroup();
    void this.#writer.finish();
    return this.#file.close({ columns: this.#columns, rows: this.#rows });
  }

  #writeGroup(): void {
    const rows = this.#waiting[0]?.length ?? 0;
    if (rows === 0) return;
    void this.#writer.write({ columnData: this.#columns.map(([name], index) => ({ name, data: this.#waiting[index] ?? [], offsetIndex: false })), rowGroupSize: rows });
    this.#waiting = this.#columns.map(() => []);
    this.#characters = 0;
  }
}

function ledgerFile({ folder, ledger }: ExportFacts): WrittenFile {
  const table = new ParquetTable(folder, 'ledger.parquet', Object.entries(LEDGER_SHAPE));
  for (const row of ledger()) table.add({ ...row });
  return table.close();
}

export const parquetWriter: WriterMaker = (facts) => {
  const reports = new ParquetTable(facts.folder, 'reports.parquet', RECORD_FIELD_SHAPES);
  const cells = new ParquetTable(facts.folder, 'cells.parquet', [...keyColumns(), ...entryColumns('cells')].map(({ name, type }) => [name, type]));
  return {
    add: (record) => {
      reports.add({ ...record }, record.text.length);
      const keys = Object.fromEntries(KEY_COLUMNS.map((name) => [name, record[name]]));
      for (const cell of record.cells) cells.add({ ...keys, ...cell });
    },
    finish: () => [reports.close(), cells.close(), ledgerFile(facts)],
  };
};
