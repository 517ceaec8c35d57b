/** What a format must be able to do; one writer writes one export. */
import type { LedgerRow } from '../store/ledger.js';
import type { WrittenFile } from './digested-file.js';
import type { ExportRecord } from './record.js';

/** What a format may need to know before the first record. */
export interface ExportFacts {
  /** Where to write. */
  readonly folder: string;
  /** Names `table.row.column` of all cells in the selected reports, sorted; asked for only by formats that need them. */
  readonly cellNames: () => readonly string[];
  /** The ledger of the selected places and years. */
  readonly ledger: () => readonly LedgerRow[];
  /** A byte order mark before each CSV file, for spreadsheets that read nothing else as UTF-8. */
  readonly byteOrderMark: boolean;
}

export interface CorpusWriter {
  /** Takes one record; records come sorted by code, agency, year and id. */
  readonly add: (record: ExportRecord) => void | Promise<void>;
  /** Closes the files and lists them. */
  readonly finish: () => readonly WrittenFile[] | Promise<readonly WrittenFile[]>;
}

export type WriterMaker = (facts: ExportFacts) => CorpusWriter;
