/** Undoes content codings strictly and within limits: a body that ends early or swells without end is never taken for the page. */
import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { InputType, ZlibOptions } from 'node:zlib';

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

type Decompress = (input: InputType, options: ZlibOptions) => Promise<Uint8Array>;

const gunzipAsync = promisify(gunzip) as Decompress;
const inflateAsync = promisify(inflate) as Decompress;
const inflateRawAsync = promisify(inflateRaw) as Decompress;
const brotliAsync = promisify(brotliDecompress) as unknown as Decompress;

/** `deflate` means zlib-wrapped, but some servers send it raw (RFC 9110 8.4.1.2, note). */
const inflateEither: Decompress = async (input, options) => {
  const first = (input as Uint8Array)[0] ?? 0;
  return (first & 0x0f) === 8 ? inflateAsync(input, options) : inflateRawAsync(input, options);
};

const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  gzip: gunzipAsync, 'x-gzip': gunzipAsync, deflate: inflateEither, br: brotliAsync,
};

/** The codings of a Content-Encoding header, outermost first; `identity` left out. */
function layersOf(header: string | undefined): string[] {
  const names = (header ?? '').toLowerCase().split(',').map((name) => name.trim());
  return names.filter((name) => name !== '' && name !== 'identity').reverse();
}

function endsEarly(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code === 'Z_BUF_ERROR' || /unexpected end/iu.test((error as Error).message);
}

/** What could be read of a body that ends early: kept as evidence, marked as cut. */
async function partOf(decompress: Decompress, body: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const lenient = { maxOutputLength: maxBytes, finishFlush: decompress === brotliAsync ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH };
  return decompress(body, lenient).catch(() => new Uint8Array());
}

async function undoLayer(name: string, body: Uint8Array, maxBytes: number): Promise<DecodedBody> {
  const decompress = DECOMPRESS[name];
  if (!decompress) return { payload: body, fault: { reason: 'bad-encoding', detail: `unknown Content-Encoding "${name.slice(0, 40)}"; the bytes are kept as sent` } };
  try {
    return { payload: await decompress(body, { maxOutputLength: maxBytes }), fault: null };
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') return { payload: new Uint8Array(), fault: { reason: 'too-large', detail: `more than ${maxBytes} bytes after ${name} decoding` } };
    if (endsEarly(error)) return { payload: await partOf(decompress, body, maxBytes), fault: { reason: 'truncated', detail: `the ${name} stream ends early; what could be read is kept` } };
    return { payload: body, fault: { reason: 'bad-encoding', detail: `not a ${name} stream (${(error as Error).message}); the bytes are kept as sent` } };
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
