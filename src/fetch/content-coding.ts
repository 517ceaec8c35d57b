/** Undoes content codings strictly and within limits: a body that ends early or swells without end is never taken for the page. */
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

export interface DecodedBody {
  readonly payload: Uint8Array;
  readonly fault: { readonly reason: 'truncated' | 'too-large' | 'bad-encoding'; readonly detail: string } | null;
}

export interface CodingLimits {
  /** Most bytes after decoding, over all layers. */
  readonly maxBytes: number;
}

/** Two layers were met on real servers (`gzip, gzip`); a third is an attack. */
const MOST_LAYERS = 2;

/** Real pages grow five to thirty times; gzip can do a thousand, Brotli a million. Looked at only above the floor: small pages of white space may grow as they like. */
const MOST_GROWTH = 64;
const GROWTH_FLOOR_BYTES = 4 * 2 ** 20;

/** Of what was too large, this much is kept as evidence. */
const EVIDENCE_BYTES = 2 ** 20;

const PIECE = { chunkSize: 64 * 1024 };

/** `deflate` means zlib-wrapped, but some servers send it raw (RFC 9110 8.4.1.2, note). */
function inflateEither(body: Uint8Array): Transform {
  return ((body[0] ?? 0) & 0x0f) === 8 ? createInflate(PIECE) : createInflateRaw(PIECE);
}

const DECODERS: ReadonlyMap<string, (body: Uint8Array) => Transform> = new Map([
  ['gzip', () => createGunzip(PIECE)], ['x-gzip', () => createGunzip(PIECE)], ['deflate', inflateEither], ['br', () => createBrotliDecompress(PIECE)],
]);

/** The codings of a Content-Encoding header, outermost first; `identity` left out. */
function layersOf(header: string | undefined): string[] {
  const names = (header ?? '').toLowerCase().split(',').map((name) => name.trim());
  return names.filter((name) => name !== '' && name !== 'identity').reverse();
}

function endsEarly(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code === 'Z_BUF_ERROR' || /unexpected end/iu.test((error as Error).message);
}

/** The fault of a stream that broke off after `kept`. */
function faultOf(error: unknown, name: string): NonNullable<DecodedBody['fault']> {
  if (endsEarly(error)) return { reason: 'truncated', detail: `the ${name} stream ends early; what could be read is kept` };
  return { reason: 'bad-encoding', detail: `not a ${name} stream (${(error as Error).message}); the bytes are kept as sent` };
}

/** Decodes piece by piece and stops at the limit: a bomb costs no more than a page of that size. */
async function undoLayer(name: string, body: Uint8Array, maxBytes: number): Promise<DecodedBody> {
  const decoder = DECODERS.get(name)?.(body);
  if (!decoder) return { payload: body, fault: { reason: 'bad-encoding', detail: `unknown Content-Encoding "${name.slice(0, 40)}"; the bytes are kept as sent` } };
  const most = Math.min(maxBytes, Math.max(GROWTH_FLOOR_BYTES, body.length * MOST_GROWTH));
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    decoder.end(body);
    for await (const piece of decoder as AsyncIterable<Uint8Array>) {
      if (size + piece.length > most) {
        const why = most < maxBytes ? `grows more than ${MOST_GROWTH} times in ${name} decoding` : `more than ${maxBytes} bytes after ${name} decoding`;
        const kept = Buffer.concat(pieces.slice(0, EVIDENCE_BYTES / PIECE.chunkSize));
        return { payload: kept, fault: { reason: 'too-large', detail: `${why}; the first ${kept.length} bytes are kept` } };
      }
      size += piece.length;
      pieces.push(piece);
    }
    return { payload: Buffer.concat(pieces, size), fault: null };
  } catch (error) {
    const fault = faultOf(error, name);
    return { payload: fault.reason === 'truncated' ? Buffer.concat(pieces, size) : body, fault };
  } finally {
    decoder.destroy();
  }
}

/** The body as the page was before `Content-Encoding`. Never throws; what went wrong is the fault, beside what was kept. */
export async function undoContentCoding(body: Uint8Array, header: string | undefined, limits: CodingLimits): Promise<DecodedBody> {
  const layers = layersOf(header);
  if (layers.length > MOST_LAYERS) return { payload: body, fault: { reason: 'bad-encoding', detail: `${layers.length} layers of Content-Encoding; the bytes are kept as sent` } };
  let current: DecodedBody = { payload: body, fault: null };
  for (const layer of layers) {
    if (current.fault || current.payload.length === 0) break;
    current = await undoLayer(layer, current.payload, limits.maxBytes);
  }
  return current;
}
