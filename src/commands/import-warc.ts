/** Brings in web archives: each answer of a WARC file or WACZ package becomes a capture that names its file and record. */
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { outcomeOf, reasonForStatus } from '../fetch/outcome.js';
import { canonicalUrl } from '../frontier/canonical-url.js';
import { documentOf } from '../harvest/learn.js';
import type { CarriedDocument } from '../harvest/learn.js';
import type { Reader } from '../harvest/reader.js';
import type { CandidateKind, Capture, Notice, Redirect } from '../record.js';
import { repeatedCapture, sameCapture } from '../store/imported.js';
import type { Sqlite } from '../store/open.js';
import { writeDocument } from '../store/write-document.js';
import { writeCapture } from '../store/write-visit.js';
import type { NewCapture } from '../store/write-visit.js';
import { openSources } from '../warc/byte-source.js';
import type { ByteSource } from '../warc/byte-source.js';
import { exchangeOf } from '../warc/exchange.js';
import type { ImportedExchange } from '../warc/exchange.js';
import { readWarc } from '../warc/read.js';
import type { CommandContext } from './context.js';
import type { ImportTally } from './import.js';

/** What is brought in as a web archive. */
export const WEB_ARCHIVE = /\.(?:warc|warc\.gz|wacz)$/iu;

/** Heads and line ends of a record beside its body. */
const HEAD_BYTES = 1 << 20;

export interface WarcImport {
  readonly file: string;
  readonly runId: number;
  readonly tally: ImportTally;
  /** Reads pages in worker threads. */
  readonly reader: Reader;
  /** Told after each record: bytes read and bytes there are. */
  readonly onProgress: (read: number, size: number) => void;
}

/**
 * Redirects that led to an answer: an archive of ours writes them before it, with the same moment. Only those of one moment are remembered.
 */
class RedirectTrail {
  #date = '';
  #hops = new Map<string, Redirect[]>();

  /** The hops that end at this exchange, oldest first. */
  before({ url, date }: ImportedExchange): readonly Redirect[] {
    return this.#date === date ? this.#hops.get(url) ?? [] : [];
  }

  add(exchange: ImportedExchange): void {
    const location = exchange.headers['location'];
    if (location === undefined || exchange.status === null || exchange.status < 300 || exchange.status > 399 || !URL.canParse(location, exchange.url)) return;
    const earlier = this.before(exchange);
    if (this.#date !== exchange.date) this.#hops = new Map();
    this.#date = exchange.date;
    this.#hops.set(new URL(location, exchange.url).href, [...earlier, { url: exchange.url, status: exchange.status, location }]);
  }
}

/** A redirect of which nothing but status and target was kept is told by the answer it led to. */
function isHop({ status, truncated, payload }: ImportedExchange): boolean {
  return status !== null && status >= 300 && status < 400 && status !== 304 && truncated === 'unspecified' && payload.length === 0;
}

interface Place {
  readonly source: ByteSource;
  readonly offset: number;
}

function originOf(exchange: ImportedExchange, { source, offset }: Place): string {
  return `record ${exchange.recordId} of ${pathToFileURL(source.name).href} at byte ${offset}`;
}

function endingOf(exchange: ImportedExchange): { outcome: NewCapture['outcome']; reason: string } {
  const { status, payload, truncated } = exchange;
  if (exchange.kind === 'revisit') return { outcome: 'captured', reason: status === 304 ? 'not-modified' : 'identical' };
  if (exchange.bodyFault !== null) return { outcome: 'failed', reason: 'bad-encoding' };
  if (status !== null && status >= 300 && status < 400) return { outcome: 'captured', reason: 'redirected' };
  const reason = status === null ? 'ok' : reasonForStatus(status);
  if (reason === 'ok' && truncated !== null) return { outcome: 'failed', reason: truncated === 'length' ? 'too-large' : truncated === 'time' ? 'timeout-body' : 'truncated' };
  if (reason === 'ok' && payload.length === 0) return { outcome: 'failed', reason: 'stub' };
  return { outcome: outcomeOf(reason).kind, reason };
}

const PAGE_TYPES = /^(?:text\/(?:html|plain)|application\/xhtml\+xml)$/u;

/** Pages may be reports; anything else is kept as a file. */
function kindOf(exchange: ImportedExchange): CandidateKind {
  if (/^https?:\/\/[^/]+\/robots\.txt$/iu.test(exchange.url)) return 'robots';
  return PAGE_TYPES.test(exchange.mediaType ?? '') ? 'article' : 'attachment';
}

function noticesOf(exchange: ImportedExchange): Notice[] {
  const notices: Notice[] = [];
  if (exchange.digestDiffers) notices.push({ code: 'payload-digest-differs', room: 'fetch', message: 'the record names a digest of its payload that no form of the body has' });
  if (exchange.bodyFault !== null) notices.push({ code: 'body-left-coded', room: 'fetch', message: `${exchange.bodyFault}; the bytes are kept as they were stored` });
  return notices;
}

/** The capture that the exchange becomes. Its address is the one that was asked for. */
function captureOf(exchange: ImportedExchange, trail: readonly Redirect[], runId: number): Capture {
  const finalUrl = canonicalUrl(exchange.url) ?? exchange.url;
  const first = trail[0]?.url;
  const { payload } = exchange;
  return {
    url: first === undefined ? finalUrl : canonicalUrl(first) ?? first, finalUrl, seed: null, kind: kindOf(exchange), heardVia: 'import', hops: 0, referrer: null, anchor: null, listedOn: null,
    captureId: 0, runId, status: exchange.status, headers: exchange.headers, redirects: trail, mediaType: exchange.mediaType, payload,
    payloadDigest: createHash('sha256').update(payload).digest('hex'), fetchedAt: exchange.date, durationMs: 0, fetchedBy: 'import',
  };
}

const sha256Of = (label: string | null): string | null => /^sha-?256:([\da-f]{64})$/iu.exec(label ?? '')?.[1]?.toLowerCase() ?? null;

function repeatedBy(database: Sqlite, { refersTo }: ImportedExchange): ReturnType<typeof repeatedCapture> {
  const url = refersTo.url === null ? null : canonicalUrl(refersTo.url) ?? refersTo.url;
  return repeatedCapture(database, { url, date: refersTo.date, payloadDigest: sha256Of(refersTo.digest) });
}

function newCapture(capture: Capture, exchange: ImportedExchange, detail: string): NewCapture {
  const hasBody = capture.payload.length > 0;
  return {
    ...capture, portalId: null, candidateId: null, ...endingOf(exchange), detail, transferBytes: 0, remoteAddress: null, robots: null, notices: noticesOf(exchange),
    payload: hasBody ? capture.payload : null, payloadDigest: hasBody ? capture.payloadDigest : null, revisitOf: null, revisitProfile: null,
  };
}

/** A revisit as one; null when the archive does not hold what it repeats. */
function asRevisit(database: Sqlite, made: NewCapture, exchange: ImportedExchange): NewCapture | null {
  const original = repeatedBy(database, exchange);
  if (!original) return null;
  return { ...made, payloadDigest: original.payloadDigest, revisitOf: original.captureId, revisitProfile: exchange.status === 304 ? 'server-not-modified' : 'identical-payload-digest' };
}

/** The report that a whole page is; null for every other page, and for files. */
async function reportOf(reader: Reader, capture: Capture, made: NewCapture): Promise<CarriedDocument | null> {
  if (made.reason !== 'ok' || capture.kind !== 'article') return null;
  const document = await reader.readDocument({ capture, files: [] });
  return document.recognised.pageKind === 'annual-report' ? document : null;
}

async function importExchange(context: CommandContext, database: Sqlite, facts: { exchange: ImportedExchange; trail: readonly Redirect[]; place: Place; work: WarcImport }): Promise<void> {
  const { exchange, work: { tally, runId } } = facts;
  const capture = captureOf(exchange, facts.trail, runId);
  const plain = newCapture(capture, exchange, originOf(exchange, facts.place));
  const made = exchange.kind === 'revisit' ? asRevisit(database, plain, exchange) : plain;
  if (!made) { tally.failed.push({ file: `${facts.place.source.name} at byte ${facts.place.offset}`, reason: 'the answer that this revisit repeats is not in the archive' }); return; }
  if (sameCapture(database, made) !== null) { tally.known += 1; return; }
  const document = await reportOf(facts.work.reader, capture, made);
  const write = document ? documentOf(database, document, capture.url) : null;
  const seenAt = new Date(context.now()).toISOString();
  const change = database.transaction(() => {
    const captureId = writeCapture(database, { ...made, notices: [...made.notices, ...(document?.recognised.notices ?? [])] }, runId);
    return write ? writeDocument(database, write, { runId, captureId, seenAt }) : null;
  }).immediate();
  tally.records += 1;
  if (change !== null) tally.add(change, true);
}

async function importSource(context: CommandContext, database: Sqlite, source: ByteSource, work: WarcImport): Promise<void> {
  const maxBytes = context.config.limits.responseBytes;
  const trail = new RedirectTrail();
  for (const read of readWarc(source, { recordBytes: maxBytes + HEAD_BYTES })) {
    if (context.signal.aborted) return;
    work.onProgress(read.offset, source.size);
    const exchange = 'fault' in read ? read.fault : exchangeOf(read, maxBytes);
    if (typeof exchange === 'string') work.tally.failed.push({ file: `${source.name} at byte ${read.offset}`, reason: exchange });
    if (exchange === null || typeof exchange === 'string') continue;
    trail.add(exchange);
    if (isHop(exchange)) continue;
    await importExchange(context, database, { exchange, trail: trail.before(exchange), place: { source, offset: read.offset }, work });
  }
}

/** Brings in one file. What could not be read is in the tally, with the byte at which it stands; everything else is stored. */
export async function importWebArchive(context: CommandContext, database: Sqlite, work: WarcImport): Promise<void> {
  const { sources, refused } = await openSources(work.file);
  for (const { name, reason } of refused) work.tally.failed.push({ file: name, reason });
  for (const source of sources) {
    try {
      await importSource(context, database, source, work);
    } finally {
      source.close();
    }
  }
  if (sources.length === 0 && refused.length === 0) work.tally.failed.push({ file: work.file, reason: 'it holds no WARC file' });
}
