/** Speaks WARC 1.1 (ISO 28500): puts records together, each a gzip member of its own, under ids that follow from their content. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export type WarcType = 'warcinfo' | 'response' | 'request' | 'revisit' | 'resource' | 'metadata' | 'conversion' | 'continuation';

export interface WarcRecord {
  readonly type: WarcType;
  /** `urn:uuid:…` */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly contentType: string | null;
  readonly targetUri?: string | null;
  /** Further named fields, written in this order; null ones are left out. */
  readonly fields?: Readonly<Record<string, string | null>>;
  readonly block: Uint8Array;
}

/** RFC 9562: the namespace of URLs. */
const NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/** The UUID (version 5) of a name: the same name gives the same id on every machine. */
export function recordId(...name: readonly (string | number | null)[]): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(`nianbao\n${name.join('\n')}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A digest as WARC labels it. */
export function labelled(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** A field's value may not break its line. */
const onOneLine = (value: string): string => value.replace(/[\r\n\0]+/gu, ' ').trim();

/** The record as it stands in the file, before compression. */
export function recordBytes(record: WarcRecord): Buffer {
  const fields: [string, string | null][] = [
    ['WARC-Type', record.type], ['WARC-Record-ID', `<${record.id}>`], ['WARC-Date', record.date], ['WARC-Target-URI', record.targetUri ?? null],
    ...Object.entries(record.fields ?? {}), ['WARC-Block-Digest', labelled(record.block)], ['Content-Type', record.contentType], ['Content-Length', String(record.block.length)],
  ];
  const head = fields.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${onOneLine(value)}\r\n`])).join('');
  return Buffer.concat([Buffer.from(`WARC/1.1\r\n${head}\r\n`, 'utf8'), record.block, Buffer.from('\r\n\r\n')]);
}

/** The record as a gzip member: a reader that knows its offset needs nothing before it. */
export function packedRecord(record: WarcRecord): Buffer {
  return gzipSync(recordBytes(record), { level: 6 });
}

/** The block of a `warcinfo` or `metadata` record. */
export function fieldsBlock(fields: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(Object.entries(fields).map(([name, value]) => `${name}: ${onOneLine(value)}\r\n`).join(''), 'utf8');
}
