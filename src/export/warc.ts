/** WARC 1.1: every answer of the selection as it came, each record a gzip member, with an index beside it. */
import { join } from 'node:path';
import { cdxjLine } from '../warc/cdxj.js';
import { fieldsBlock, packedRecord, recordId } from '../warc/record.js';
import type { WarcRecord } from '../warc/record.js';
import { DigestedFile } from './digested-file.js';
import type { WrittenFile } from './digested-file.js';
import { SortedLines } from './sorted-lines.js';
import { exchangeRecords } from './warc-records.js';
import type { ExchangeRecord } from './warc-records.js';
import type { ExportFacts, WriterMaker } from './writer.js';

/** A file of this size is followed by the next one: what archives commonly do. */
const FILE_BYTES = 1 << 30;

/** What the archive cannot tell, said in every file. */
const NOTES = 'Bodies are stored without transfer and content coding, as the archive keeps them; headers that described the coded body are set aside as X-Archive-Orig-*. Reason phrases are the standard ones. Requests are rebuilt from address and method; their other headers were not kept.';

function warcinfo(filename: string, facts: ExportFacts): WarcRecord {
  const fields = {
    software: facts.tool, format: 'WARC File Format 1.1', conformsTo: 'https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
    description: NOTES, ...(facts.newestRunSha256 === null ? {} : { 'newest-run-sha256': facts.newestRunSha256 }),
  };
  return {
    type: 'warcinfo', id: recordId('warcinfo', filename, facts.date, facts.newestRunSha256), date: facts.date, contentType: 'application/warc-fields', fields: { 'WARC-Filename': filename },
    block: fieldsBlock(fields),
  };
}

export interface WrittenWarc {
  readonly files: readonly WrittenFile[];
  /** Index lines, sorted. */
  readonly index: SortedLines;
}

interface OpenWarc {
  readonly file: DigestedFile;
  readonly name: string;
  readonly infoId: string;
}

/** The WARC files of one export, begun anew when one is full. */
class WarcFiles {
  readonly index: SortedLines;
  readonly #facts: ExportFacts;
  readonly #path: string;
  readonly #closed: WrittenFile[] = [];
  #open: OpenWarc | null = null;

  constructor(facts: ExportFacts, path: string) {
    this.#facts = facts;
    this.#path = path;
    this.index = new SortedLines(join(facts.folder, '.index'));
  }

  write({ record, index }: ExchangeRecord): void {
    const open = this.#open ??= this.#begin();
    const offset = open.file.offset;
    const packed = packedRecord({ ...record, fields: { ...record.fields, 'WARC-Warcinfo-ID': `<${open.infoId}>` } });
    open.file.appendBytes(packed);
    if (index) this.index.add(cdxjLine({ ...index, url: record.targetUri ?? '', date: record.date, filename: open.name, offset, length: packed.length, packed }));
  }

  /** Ends the file when it has `bytes`: never between the records of one exchange. */
  turnAt(bytes: number): void {
    if (this.#open && this.#open.file.offset >= bytes) this.#end(this.#open);
  }

  /** An archive without an answer still gives a file with its `warcinfo`. */
  close(): readonly WrittenFile[] {
    if (this.#open || this.#closed.length === 0) this.#end(this.#open ?? this.#begin());
    return this.#closed;
  }

  #begin(): OpenWarc {
    const name = `nianbao-${String(this.#closed.length).padStart(5, '0')}.warc.gz`;
    const info = warcinfo(name, this.#facts);
    const file = new DigestedFile(this.#facts.folder, `${this.#path}${name}`);
    file.appendBytes(packedRecord(info));
    return { file, name, infoId: info.id };
  }

  #end(open: OpenWarc): void {
    this.#closed.push(open.file.close());
    this.#open = null;
  }
}

/** Writes the answers into files `nianbao-00000.warc.gz` … under `path` (which ends with `/` or is empty). */
export function writeWarcs(facts: ExportFacts, path: string, fileBytes = FILE_BYTES): WrittenWarc {
  const warcs = new WarcFiles(facts, path);
  for (const exchange of facts.exchanges()) {
    for (const record of exchangeRecords(exchange, facts.lookup)) warcs.write(record);
    warcs.turnAt(fileBytes);
  }
  return { files: warcs.close(), index: warcs.index };
}

/** Writes the sorted index lines to a file. */
export function writeIndex(facts: ExportFacts, path: string, index: SortedLines): WrittenFile {
  const file = new DigestedFile(facts.folder, path);
  for (const line of index.drain()) file.append(`${line}\n`);
  return file.close();
}

export const warcWriter: WriterMaker = (facts) => ({
  add: () => undefined,
  finish: () => {
    const { files, index } = writeWarcs(facts, '');
    return [...files, writeIndex(facts, 'index.cdxj', index)];
  },
});
