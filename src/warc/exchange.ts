/** Turns a read record into the exchange it tells of: whose answer, when, with which bytes once every coding is undone. */
import { decodedBody, unchunked } from './http-body.js';
import { readHead, restoredHeaders } from './http-head.js';
import { hasDigest } from './labelled-digest.js';
import type { ReadRecord } from './read.js';

export interface ImportedExchange {
  readonly kind: 'response' | 'revisit' | 'resource';
  readonly recordId: string;
  readonly url: string;
  /** ISO 8601 with milliseconds, UTC. */
  readonly date: string;
  /** Null for a resource. */
  readonly status: number | null;
  /** As the server sent them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly mediaType: string | null;
  /** Empty for a revisit. */
  readonly payload: Buffer;
  /** What was wrong with the body; its bytes are then as they were stored. */
  readonly bodyFault: string | null;
  /** The reason that the record itself gives for a body that is not whole. */
  readonly truncated: string | null;
  /** Whether the record's own digest of the payload is that of no form of the body. */
  readonly digestDiffers: boolean;
  /** What a revisit refers to. */
  readonly refersTo: { readonly url: string | null; readonly date: string | null; readonly digest: string | null };
}

/** Addresses that are brought in; `dns:` and `urn:` records are notes of the crawlers that wrote them. */
const ADDRESS = /^(?:https?|file):/iu;

function isoDate(text: string | undefined): string | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function typeOf(contentType: string | undefined): string | null {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return type === '' ? null : type;
}

/** WARC 1.0 wrote addresses in angle brackets here and there. */
const bare = (text: string): string => text.replace(/^<(.*)>$/u, '$1');

type Shared = Pick<ImportedExchange, 'recordId' | 'url' | 'date' | 'truncated' | 'refersTo'>;

function sharedOf(fields: ReadonlyMap<string, string>): Shared | null {
  const url = bare(fields.get('warc-target-uri') ?? '');
  const date = isoDate(fields.get('warc-date'));
  if (!ADDRESS.test(url) || !URL.canParse(url) || date === null) return null;
  return {
    url, date, recordId: bare(fields.get('warc-record-id') ?? ''), truncated: fields.get('warc-truncated') ?? null,
    refersTo: { url: fields.get('warc-refers-to-target-uri') ?? null, date: isoDate(fields.get('warc-refers-to-date')), digest: fields.get('warc-payload-digest') ?? null },
  };
}

function answerOf(record: ReadRecord, shared: Shared, maxBytes: number): ImportedExchange | string {
  const head = readHead(record.block);
  if (!head) return 'the record holds no HTTP answer';
  const raw = record.block.subarray(head.bodyAt);
  const kind = record.fields.get('warc-type') === 'revisit' ? 'revisit' : 'response';
  const decoded = decodedBody(raw, head.headers, maxBytes);
  if ('fault' in decoded && raw.length > maxBytes) return decoded.fault;
  const payload = 'body' in decoded ? decoded.body : raw;
  const label = kind === 'revisit' ? null : shared.refersTo.digest;
  const inOne = unchunked(raw);
  const forms = [payload, raw, ...(inOne === null ? [] : [inOne])];
  return {
    ...shared, kind, status: head.status, headers: restoredHeaders(head.headers), mediaType: typeOf(head.headers['content-type']), payload: kind === 'revisit' ? Buffer.alloc(0) : payload,
    bodyFault: 'fault' in decoded ? decoded.fault : null, digestDiffers: label !== null && forms.every((form) => hasDigest(form, label) === false),
  };
}

/**
 * The exchange a record tells of; null for records that tell of none (requests, notes), a sentence for one that is damaged. Answers may be
 * `response`, `revisit`, `resource`, and pages that were converted to HTML.
 */
export function exchangeOf(record: ReadRecord, maxBytes: number): ImportedExchange | string | null {
  const { fields, block } = record;
  const type = fields.get('warc-type') ?? '';
  const mediaType = typeOf(fields.get('content-type'));
  const isPage = type === 'resource' || (type === 'conversion' && mediaType === 'text/html');
  if (!isPage && type !== 'response' && type !== 'revisit') return null;
  const shared = sharedOf(fields);
  if (!shared) return null;
  const blockDigest = fields.get('warc-block-digest');
  if (blockDigest !== undefined && hasDigest(block, blockDigest) === false) return 'its bytes are not those of its digest (WARC-Block-Digest)';
  if (!isPage) return mediaType === 'application/http' ? answerOf(record, shared, maxBytes) : null;
  if (block.length > maxBytes) return `more than ${maxBytes} bytes`;
  const label = shared.refersTo.digest;
  return { ...shared, kind: 'resource', status: null, headers: {}, mediaType, payload: block, bodyFault: null, digestDiffers: label !== null && hasDigest(block, label) === false };
}
