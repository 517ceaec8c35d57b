/** Reads web archives with Webrecorder's own reader (warcio), which shares no code with ours: what a stranger finds in the files. */
import { createReadStream } from 'node:fs';
import { WARCParser } from 'warcio';

export interface ForeignRecord {
  readonly type: string;
  readonly offset: number;
  readonly field: (name: string) => string | null;
  readonly http: { readonly status: number; readonly header: (name: string) => string | null } | null;
  /** The body after the codings that its own headers name were undone; the block where there is no HTTP. */
  readonly payload: Buffer;
}

/** Every record of a file, with `offset` in the compressed file. */
export async function foreignRecords(file: string): Promise<ForeignRecord[]> {
  const parser = new WARCParser(createReadStream(file));
  const records: ForeignRecord[] = [];
  for await (const record of parser) {
    const payload = Buffer.from(await record.readFully(record.httpHeaders !== null) ?? []);
    const { httpHeaders } = record;
    records.push({
      type: record.warcType ?? '', offset: parser.offset, payload, field: (name) => record.warcHeader(name) ?? null,
      http: httpHeaders === null ? null : { status: Number(httpHeaders.statusCode), header: (name) => httpHeaders.headers.get(name) ?? null },
    });
  }
  return records;
}
