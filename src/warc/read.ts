/** Reads WARC records one after another, compressed or not, within limits; behind a damaged one it finds the next and says where it was. */
import { crc32, inflateRawSync } from 'node:zlib';
import type { ByteSource } from './byte-source.js';

export interface ReadRecord {
  /** Byte at which the record, or the gzip member that holds it, begins. */
  readonly offset: number;
  /** Lower-case names. */
  readonly fields: ReadonlyMap<string, string>;
  readonly block: Buffer;
}

/** Something that could not be read, and where. */
export interface ReadFault {
  readonly offset: number;
  readonly fault: string;
}

export interface ReadLimits {
  /** Most bytes of a record, unpacked. */
  readonly recordBytes: number;
}

/** Heads longer than this are no heads. */
const LONGEST_HEAD = 64 * 1024;
/** A file with more damage than this is no archive: reading ends, so that a made-up one cannot keep us busy. */
const MOST_FAULTS = 1000;
/** Pieces in which the next record is looked for. */
const SEARCH_BYTES = 1 << 20;

const VERSION = /^WARC\/[01]\.\d+\r?\n/u;

interface Head {
  readonly fields: ReadonlyMap<string, string>;
  readonly blockAt: number;
  readonly length: number;
}

function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u).slice(1)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !fields.has(line.slice(0, colon).trim().toLowerCase())) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}

/** The head at the start of `bytes`; a sentence when there is none. */
function headOf(bytes: Buffer): Head | string {
  if (!VERSION.test(bytes.subarray(0, 16).toString('latin1'))) return 'no WARC record begins here';
  const head = bytes.subarray(0, LONGEST_HEAD);
  const strict = head.indexOf('\r\n\r\n');
  const lax = head.indexOf('\n\n');
  const end = strict >= 0 && (lax < 0 || strict < lax) ? strict : lax;
  if (end < 0) return 'the head of the record has no end';
  const text = head.subarray(0, end).toString('utf8');
  if (/.WARC\/[01]\.\d+\r?\n/su.test(text)) return 'the head of the record breaks off';
  const fields = fieldsOf(text);
  const length = fields.get('content-length') ?? '';
  if (!/^\d{1,15}$/u.test(length)) return 'the record does not say how long it is';
  return { fields, blockAt: end + (end === strict ? 4 : 2), length: Number(length) };
}

/** Where the next record begins: behind the line ends that close one. */
function skipLineEnds(bytes: Buffer, at: number): number {
  let next = at;
  while (bytes[next] === 0x0d || bytes[next] === 0x0a) next += 1;
  return next;
}

/** The records inside an unpacked gzip member: nearly always one. */
function* recordsIn(member: Buffer, offset: number): Generator<ReadRecord | ReadFault> {
  for (let at = skipLineEnds(member, 0); at < member.length;) {
    const head = headOf(member.subarray(at));
    if (typeof head === 'string') { yield { offset, fault: head }; return; }
    const end = at + head.blockAt + head.length;
    if (end > member.length) { yield { offset, fault: 'the record ends before it is whole' }; return; }
    yield { offset, fields: head.fields, block: member.subarray(at + head.blockAt, end) };
    at = skipLineEnds(member, end);
  }
}

/** Length of a gzip member's header (RFC 1952); null when it is none or longer than what is here. */
function gzipHeaderLength(bytes: Buffer): number | null {
  const flags = bytes[3] ?? 0xff;
  if (bytes.length < 10 || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || (flags & 0xe0) !== 0) return null;
  let at = 10;
  if (flags & 4) at += 2 + bytes.readUInt16LE(at);
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if (flags & 2) at += 2;
  return at;
}

interface Member {
  readonly bytes: Buffer;
  /** Bytes it takes in the file. */
  readonly length: number;
}

const FIRST_WINDOW = 256 * 1024;
/** Deflate cannot make a block much longer than it was. */
const slack = (limit: number): number => Math.ceil(limit * 1.01) + 64 * 1024;

type Inflated = { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };

/** Unpacks the member at `offset`, at most `limit` bytes of it; a sentence when that fails. */
function unpack(source: ByteSource, offset: number, limit: number): Member | string {
  const most = Math.min(source.size - offset, slack(limit));
  for (let window = Math.min(FIRST_WINDOW, most); ; window = Math.min(window * 4, most)) {
    const packed = source.read(offset, window);
    const headerLength = gzipHeaderLength(packed);
    if (headerLength === null) return 'no gzip member begins here';
    try {
      const { buffer, engine } = inflateRawSync(packed.subarray(headerLength), { info: true, maxOutputLength: limit }) as unknown as Inflated;
      const end = headerLength + engine.bytesWritten;
      if (packed.length < end + 8 && window < most) continue;
      if (packed.length < end + 8) return 'the gzip member ends before it is whole';
      const isSound = packed.readUInt32LE(end) === crc32(buffer) && packed.readUInt32LE(end + 4) === buffer.length >>> 0;
      return isSound ? { bytes: buffer, length: end + 8 } : 'the gzip member has not the checksum that it says';
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'ERR_BUFFER_TOO_LARGE') return `the record unpacks to more than ${limit} bytes`;
      if (code !== 'Z_BUF_ERROR') return `the gzip member is damaged (${(error as Error).message})`;
      if (window >= most) return 'the gzip member ends before it is whole';
    }
  }
}

/** Whether the gzip member at the start of `bytes` seems to hold a record: a piece of it is unpacked, never more than half a megabyte. */
function beginsRecord(bytes: Buffer): boolean {
  const headerLength = gzipHeaderLength(bytes);
  if (headerLength === null) return false;
  try {
    return VERSION.test(inflateRawSync(bytes.subarray(headerLength, headerLength + 512), { finishFlush: 2, maxOutputLength: 1 << 20 }).subarray(0, 16).toString('latin1'));
  } catch {
    return false;
  }
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);

/** Offset of the next record behind a damaged one; the end of the file when there is none. */
function nextRecord(source: ByteSource, from: number, isPacked: boolean): number {
  const sign = isPacked ? GZIP_MAGIC : Buffer.from('WARC/');
  for (let start = from; start < source.size; start += SEARCH_BYTES) {
    const piece = source.read(start, SEARCH_BYTES + 1024);
    for (let at = piece.indexOf(sign); at >= 0 && at < SEARCH_BYTES; at = piece.indexOf(sign, at + 1)) {
      const rest = piece.subarray(at, at + 1024);
      if (isPacked ? beginsRecord(rest) : VERSION.test(rest.subarray(0, 16).toString('latin1'))) return start + at;
    }
  }
  return source.size;
}

interface Step {
  readonly items: Iterable<ReadRecord | ReadFault>;
  /** Where to go on; null behind damage, when that must be looked for. */
  readonly next: number | null;
}

function packedStep(source: ByteSource, offset: number, limits: ReadLimits): Step {
  const member = unpack(source, offset, limits.recordBytes + LONGEST_HEAD);
  if (typeof member === 'string') return { items: [{ offset, fault: member }], next: null };
  return { items: recordsIn(member.bytes, offset), next: offset + member.length };
}

function plainStep(source: ByteSource, offset: number, limits: ReadLimits): Step {
  const head = headOf(source.read(offset, LONGEST_HEAD));
  if (typeof head === 'string') return { items: [{ offset, fault: head }], next: null };
  const blockAt = offset + head.blockAt;
  if (blockAt + head.length > source.size) return { items: [{ offset, fault: 'the record ends before it is whole' }], next: null };
  const after = blockAt + head.length;
  const next = after + skipLineEnds(source.read(after, 16), 0);
  if (head.length > limits.recordBytes) return { items: [{ offset, fault: `the record has more than ${limits.recordBytes} bytes` }], next };
  // A wrong length is seen by what stands behind the block.
  if (next === after && after < source.size) return { items: [{ offset, fault: 'the record is not as long as it says' }], next: null };
  return { items: [{ offset, fields: head.fields, block: source.read(blockAt, head.length) }], next };
}

/** All records of `source` in order, with a fault for each stretch that could not be read. Holds one record at a time. */
export function* readWarc(source: ByteSource, limits: ReadLimits): Generator<ReadRecord | ReadFault> {
  const isPacked = source.read(0, 2).equals(GZIP_MAGIC.subarray(0, 2));
  let faults = 0;
  for (let offset = isPacked ? 0 : skipLineEnds(source.read(0, 16), 0); offset < source.size;) {
    const { items, next } = isPacked ? packedStep(source, offset, limits) : plainStep(source, offset, limits);
    for (const read of items) {
      if ('fault' in read) faults += 1;
      yield read;
    }
    if (faults >= MOST_FAULTS) {
      yield { offset, fault: `${faults} records were damaged; the rest of the file was left unread` };
      return;
    }
    offset = next ?? nextRecord(source, offset + 1, isPacked);
  }
}
