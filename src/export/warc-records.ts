/** Turns a stored exchange into WARC records: what was asked, what came, what came again unchanged, and what a browser made of it. */
import type { StoredExchange } from '../store/exchanges.js';
import { answerHead } from '../warc/http-head.js';
import { recordId } from '../warc/record.js';
import type { WarcRecord } from '../warc/record.js';

/** What an exchange needs from the archive. */
export interface ExchangeLookup {
  readonly payload: (digest: string) => Uint8Array;
  /** The exchange whose bytes a revisit repeats; null for any other. */
  readonly repeated: (exchange: StoredExchange) => StoredExchange | null;
}

/** A record with what the index says of it; null where it is not indexed (requests). */
export interface ExchangeRecord {
  readonly record: WarcRecord;
  readonly index: { readonly mime: string; readonly status: number | null; readonly digest: string | null } | null;
}

const REVISIT = 'http://netpreserve.org/warc/1.1/revisit/';
const HTTP_ANSWER = 'application/http; msgtype=response';

/** The main record's id: made of what the exchange was, so that it is the same in every export. */
function idOf(exchange: StoredExchange, kind: string): string {
  return recordId(kind, exchange.captureId, exchange.fetchedAt, exchange.url, exchange.finalUrl, exchange.payloadDigest);
}

const uri = (address: string): string => {
  try {
    return new URL(address).href;
  } catch {
    return address;
  }
};

const labelOf = (digest: string | null): string | null => (digest === null ? null : `sha256:${digest}`);

/** Faults that ended a body before it was whole, as WARC names them. */
function truncation({ outcome, reason, payloadDigest }: StoredExchange): string | null {
  if (outcome !== 'failed' || payloadDigest === null) return null;
  if (reason === 'too-large') return 'length';
  if (reason.startsWith('timeout')) return 'time';
  return ['truncated', 'reset', 'network', 'bad-http'].includes(reason) ? 'disconnect' : null;
}

/** Whether the body is kept without its content coding: not where the coding could not be undone, nor where the transfer itself broke off. */
function isDecoded(exchange: StoredExchange): boolean {
  if (exchange.reason === 'bad-encoding') return false;
  return truncation(exchange) === null || /what could be read is kept$/u.test(exchange.detail ?? '');
}

/** The page as scripts left it: no server ever sent these bytes. */
function isRendered({ via, headers, transferBytes }: StoredExchange): boolean {
  return via === 'browser' && transferBytes === 0 && Object.keys(headers).join() === 'content-type';
}

function headOf(exchange: StoredExchange, bodyBytes: number | null): Buffer {
  return answerHead({ status: exchange.status ?? 0, headers: exchange.headers, bodyBytes, isDecoded: isDecoded(exchange) });
}

function responseOf(exchange: StoredExchange, lookup: ExchangeLookup): ExchangeRecord {
  const body = exchange.payloadDigest === null ? null : lookup.payload(exchange.payloadDigest);
  const digest = labelOf(exchange.payloadDigest);
  return {
    record: {
      type: 'response', id: idOf(exchange, 'response'), date: exchange.fetchedAt, targetUri: uri(exchange.finalUrl), contentType: HTTP_ANSWER,
      fields: { 'WARC-IP-Address': exchange.remoteAddress, 'WARC-Payload-Digest': digest, 'WARC-Truncated': truncation(exchange) },
      block: Buffer.concat([headOf(exchange, body?.length ?? 0), body ?? Buffer.alloc(0)]),
    },
    index: { mime: exchange.mediaType ?? 'application/octet-stream', status: exchange.status, digest },
  };
}

function revisitOf(exchange: StoredExchange, original: StoredExchange): ExchangeRecord {
  const digest = labelOf(original.payloadDigest);
  const bodyBytes = exchange.revisitProfile === 'server-not-modified' ? null : original.payloadBytes;
  return {
    record: {
      type: 'revisit', id: idOf(exchange, 'revisit'), date: exchange.fetchedAt, targetUri: uri(exchange.finalUrl), contentType: HTTP_ANSWER,
      fields: {
        'WARC-IP-Address': exchange.remoteAddress, 'WARC-Profile': `${REVISIT}${exchange.revisitProfile ?? 'identical-payload-digest'}`, 'WARC-Refers-To': `<${mainId(original)}>`,
        'WARC-Refers-To-Target-URI': uri(original.finalUrl), 'WARC-Refers-To-Date': original.fetchedAt, 'WARC-Payload-Digest': digest,
      },
      block: headOf(exchange, bodyBytes),
    },
    index: { mime: 'warc/revisit', status: exchange.status, digest },
  };
}

/** A file that was brought in, or a rendered page: bytes without an exchange around them. */
function bareOf(exchange: StoredExchange, lookup: ExchangeLookup, type: 'resource' | 'conversion'): ExchangeRecord {
  const digest = labelOf(exchange.payloadDigest);
  const mime = exchange.mediaType ?? 'application/octet-stream';
  return {
    record: {
      type, id: idOf(exchange, type), date: exchange.fetchedAt, targetUri: uri(exchange.finalUrl), contentType: mime,
      fields: { 'WARC-Payload-Digest': digest }, block: exchange.payloadDigest === null ? Buffer.alloc(0) : lookup.payload(exchange.payloadDigest),
    },
    index: type === 'conversion' ? null : { mime, status: null, digest },
  };
}

/**
 * The request: its line and its host are certain, its other headers were not kept. `WARC-Truncated` says that the block is not whole; a request that
 * nobody of ours made (imported material) gets no record.
 */
function requestOf(exchange: StoredExchange, concurrentTo: string): ExchangeRecord[] {
  if (exchange.via === 'import' || !/^https?:/u.test(exchange.finalUrl)) return [];
  const url = new URL(exchange.finalUrl);
  return [{
    record: {
      type: 'request', id: idOf(exchange, 'request'), date: exchange.fetchedAt, targetUri: url.href, contentType: 'application/http; msgtype=request',
      fields: { 'WARC-Concurrent-To': `<${concurrentTo}>`, 'WARC-Truncated': 'unspecified' },
      block: Buffer.from(`GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`, 'latin1'),
    },
    index: null,
  }];
}

/** The redirects on the way: status and target are kept, other headers and bodies are not. */
function hopsOf(exchange: StoredExchange): ExchangeRecord[] {
  return exchange.redirects.filter(({ url }) => uri(url) !== uri(exchange.finalUrl)).map(({ url, status, location }, index) => ({
    record: {
      type: 'response', id: recordId('hop', index, idOf(exchange, 'response')), date: exchange.fetchedAt, targetUri: uri(url), contentType: HTTP_ANSWER,
      fields: { 'WARC-Truncated': 'unspecified' }, block: answerHead({ status, headers: { location: asciiLocation(location) }, bodyBytes: null, isDecoded: true }),
    },
    index: { mime: 'unk', status, digest: null },
  }));
}

/** A target with hanzi would not survive Latin-1: it is written as UTF-8 bytes, as servers send it. */
function asciiLocation(location: string): string {
  return Buffer.from(location, 'utf8').toString('latin1');
}

function kindOf(exchange: StoredExchange): 'resource' | 'conversion' | 'response' {
  if (exchange.status === null) return 'resource';
  return isRendered(exchange) ? 'conversion' : 'response';
}

function mainId(exchange: StoredExchange): string {
  return idOf(exchange, kindOf(exchange));
}

/** The records of an exchange, the one with the answer last but the request. */
export function exchangeRecords(exchange: StoredExchange, lookup: ExchangeLookup): ExchangeRecord[] {
  const kind = kindOf(exchange);
  if (kind !== 'response') return [bareOf(exchange, lookup, kind)];
  const original = lookup.repeated(exchange);
  const main = original ? revisitOf(exchange, original) : responseOf(exchange, lookup);
  return [...hopsOf(exchange), main, ...requestOf(exchange, main.record.id)];
}
