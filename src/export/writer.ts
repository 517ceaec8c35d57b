/** What a format must be able to do; one writer writes one export. */
import type { StoredExchange } from '../store/exchanges.js';
import type { LedgerRow } from '../store/ledger.js';
import type { WrittenFile } from './digested-file.js';
import type { ExportRecord } from './record.js';
import type { ExchangeLookup } from './warc-records.js';

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
  /** The stored exchanges of the selection, in the order in which they were stored; for formats that carry bytes. */
  readonly exchanges: () => Iterable<StoredExchange>;
  readonly lookup: ExchangeLookup;
  /** `nianbao 1.0.0` */
  readonly tool: string;
  /** The moment of the archive's newest capture: the export's own date, the same for the same archive. */
  readonly date: string;
  /** Digest of the newest sealed run; null when none is sealed. */
  readonly newestRunSha256: string | null;
}

export interface CorpusWriter {
  /** Takes one record; records come sorted by code, agency, year and id. */
  readonly add: (record: ExportRecord) => void | Promise<void>;
  /** Closes the files and lists them. */
  readonly finish: () => readonly WrittenFile[] | Promise<readonly WrittenFile[]>;
}

export type WriterMaker = (facts: ExportFacts) => CorpusWriter;
