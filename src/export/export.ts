/** Writes a selection of the archive to a folder in one of the formats; the same archive gives the same bytes. */
import { usageError } from '../errors.js';
import { newestExchange, readExchange, repeatedExchange, selectExchanges } from '../store/exchanges.js';
import type { StoredExchange } from '../store/exchanges.js';
import { readLedger } from '../store/ledger.js';
import type { Sqlite } from '../store/open.js';
import { readCellNames, readDocument, readParts, readPayload, withSnapshot } from '../store/read.js';
import { newestSeal } from '../store/run-chain.js';
import { selectDocuments } from '../store/selection.js';
import type { Selection } from '../store/selection.js';
import { codebook } from './codebook.js';
import { csvWriter } from './csv.js';
import { cardFrontMatter, dataPackage } from './data-package.js';
import { writeDigested } from './digested-file.js';
import type { WrittenFile } from './digested-file.js';
import { jsonlWriter } from './jsonl.js';
import { writeManifest } from './manifest.js';
import type { ExportCounts } from './manifest.js';
import { openOutFolder } from './out-folder.js';
import { parquetWriter } from './parquet.js';
import { buildRecord } from './record.js';
import { Redactor } from './redact-record.js';
import type { Redaction } from './redact-record.js';
import { textWriter } from './text.js';
import { waczWriter } from './wacz.js';
import { warcWriter } from './warc.js';
import type { ExportFacts, WriterMaker } from './writer.js';

/** The formats; a new one is a line here and a chapter in the codebook. */
export const FORMATS = { csv: csvWriter, jsonl: jsonlWriter, parquet: parquetWriter, text: textWriter, wacz: waczWriter, warc: warcWriter } as const satisfies Record<string, WriterMaker>;

export type Format = keyof typeof FORMATS;

export interface ExportOptions {
  readonly format: Format;
  readonly out: string;
  readonly selection: Selection;
  readonly toolVersion: string;
  readonly byteOrderMark?: boolean;
  /** Masks what names a person (see redact.ts). Not with `warc` and `wacz`, whose raw bytes cannot be masked. */
  readonly redact?: boolean;
  /** Stops between two reports; nothing is left behind. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ExportResult {
  /** Null when the export was stopped. */
  readonly folder: string | null;
  readonly counts: ExportCounts;
  readonly files: readonly WrittenFile[];
  /** Null unless redacted. */
  readonly redaction: Redaction | null;
}

/** The format called `name`. Error: `export-format`. */
export function formatNamed(name: string): Format {
  if (Object.hasOwn(FORMATS, name)) return name as Format;
  throw usageError('export-format', `"${name}" is no export format; there are ${Object.keys(FORMATS).join(', ')}.`);
}

/** Refuses to redact what carries the bytes of the portals. Error: `export-redact`. */
function checkRedact(format: Format): void {
  if (format !== 'warc' && format !== 'wacz') return;
  throw usageError('export-redact', `--redact cannot go with ${format}: a web archive holds the raw bytes of the pages, and these stay home. Nothing was written. Export jsonl, csv, parquet or text with --redact, or ${format} without it.`);
}

interface Written {
  readonly counts: ExportCounts;
  readonly files: readonly WrittenFile[];
  readonly stopped: boolean;
  readonly redaction: Redaction | null;
}

/** The exchanges of the selection one by one; ends early when the export is stopped. */
function* exchangesOf(database: Sqlite, options: ExportOptions): Generator<StoredExchange> {
  const ids = selectExchanges(database, options.selection);
  for (const [index, id] of ids.entries()) {
    if (options.signal?.aborted) return;
    const exchange = readExchange(database, id);
    if (exchange) yield exchange;
    options.onProgress?.(index + 1, ids.length);
  }
}

function factsOf(database: Sqlite, options: ExportOptions, made: { readonly folder: string; readonly ids: readonly string[]; readonly redactor: Redactor | null }): ExportFacts {
  const { places, provinces, years } = options.selection;
  return {
    folder: made.folder, byteOrderMark: options.byteOrderMark ?? false, tool: `nianbao ${options.toolVersion}`,
    date: newestExchange(database) ?? '1970-01-01T00:00:00.000Z', newestRunSha256: newestSeal(database),
    cellNames: () => readCellNames(database, made.ids),
    ledger: () => readLedger(database, { places, provinces, years }).map((row) => made.redactor?.ledgerRow(row) ?? row),
    exchanges: () => exchangesOf(database, options),
    lookup: { payload: (digest) => readPayload(database, digest), repeated: (exchange) => repeatedExchange(database, exchange) },
  };
}

async function writeRecords(database: Sqlite, options: ExportOptions, folder: string): Promise<Written> {
  const ids = selectDocuments(database, options.selection);
  const redactor = options.redact ? new Redactor() : null;
  const writer = FORMATS[options.format](factsOf(database, options, { folder, ids, redactor }));
  const counts = { documents: 0, reports: 0, other: 0, cells: 0 };
  for (const id of ids) {
    if (options.signal?.aborted) break;
    const document = readDocument(database, id);
    if (!document) continue;
    const full = buildRecord(document, readParts(database, document));
    const record = redactor?.record(full) ?? full;
    await writer.add(record);
    counts.documents += 1;
    counts[record.kind === 'annual-report' ? 'reports' : 'other'] += 1;
    counts.cells += record.cells.length;
    options.onProgress?.(counts.documents, ids.length);
  }
  const files = await writer.finish();
  return { counts, files, stopped: options.signal?.aborted ?? false, redaction: redactor?.redaction ?? null };
}

const inOrder = (files: readonly WrittenFile[]): WrittenFile[] => [...files].sort((a, b) => (a.path < b.path ? -1 : 1));

/**
 * Exports `options.selection` to the folder `options.out`, all or nothing: it is written beside and renamed. An earlier export there is
 * replaced; a folder with anything else is refused. Works while a harvest writes. Errors: the folder; `export-redact`.
 */
export async function exportArchive(database: Sqlite, options: ExportOptions): Promise<ExportResult> {
  if (options.redact) checkRedact(options.format);
  const out = openOutFolder(options.out);
  try {
    const written = await withSnapshot(database, async () => {
      const records = await writeRecords(database, options, out.folder);
      const readme = writeDigested(out.folder, 'README.md', `${cardFrontMatter(records.counts, records.files)}${codebook(options.format, options.redact)}`);
      const described = inOrder([...records.files, readme]);
      const descriptor = writeDigested(out.folder, 'datapackage.json', dataPackage(options.format, described));
      const files = inOrder([...described, descriptor]).map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
      writeManifest(out.folder, { options, counts: records.counts, redaction: records.redaction, files, newestRunSha256: newestSeal(database) });
      return { ...records, files };
    });
    if (!written.stopped) return { folder: out.commit(), counts: written.counts, files: written.files, redaction: written.redaction };
    out.abandon();
    return { folder: null, counts: written.counts, files: [], redaction: null };
  } catch (error) {
    out.abandon();
    throw error;
  }
}
