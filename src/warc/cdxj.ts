/** Indexes WARC records by address and time (CDXJ), in the key order that replay tools search. */
import { createHash } from 'node:crypto';

export interface IndexEntry {
  readonly url: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly mime: string;
  readonly status: number | null;
  /** `sha256:…` of the payload. */
  readonly digest: string | null;
  readonly filename: string;
  readonly offset: number;
  readonly length: number;
  /** The record as it stands in the file. */
  readonly packed: Uint8Array;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** The sort-friendly form of an address that replay tools compute: host reversed without `www.` (of addresses too), everything in lower case, query in order. */
export function surt(address: string): string {
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return address;
  const named = url.hostname.replace(/^www\d*\./u, '').split('.').reverse().join(',');
  const port = url.port === '' || url.port === DEFAULT_PORTS[url.protocol] ? '' : `:${url.port}`;
  const query = url.search === '' ? '' : `?${url.search.slice(1).toLowerCase().split('&').sort().join('&')}`;
  return `${named}${port})${url.pathname.toLowerCase()}${query}`;
}

/** Fourteen digits: to the second. */
export const timestamp = (date: string): string => date.replace(/\D/gu, '').slice(0, 14);

/** The index line of a record; sorted by their bytes, such lines make an index. */
export function cdxjLine(entry: IndexEntry): string {
  const facts = {
    url: entry.url, mime: entry.mime, ...(entry.status === null ? {} : { status: entry.status }), ...(entry.digest === null ? {} : { digest: entry.digest }),
    length: entry.length, offset: entry.offset, filename: entry.filename, recordDigest: `sha256:${createHash('sha256').update(entry.packed).digest('hex')}`,
  };
  return `${surt(entry.url)} ${timestamp(entry.date)} ${JSON.stringify(facts)}`;
}
