/** Takes the codings off a stored HTTP body, within limits: chunks first, then gzip, deflate or Brotli. */
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { ZlibOptions } from 'node:zlib';

export type Decoded = { readonly body: Buffer } | { readonly fault: string };

/** A body that says it is chunked and is not was stored after the chunks were undone: many archives do so. */
const CHUNK_SIZE = /^([\da-f]{1,8})(?:;[^\r\n]*)?$/iu;

/** The body without its chunk sizes; null when it is not in chunks at all. */
export function unchunked(body: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = body.indexOf('\n', at);
    if (lineEnd < 0 || lineEnd - at > 200) return null;
    const size = CHUNK_SIZE.exec(body.subarray(at, lineEnd).toString('latin1').trim())?.[1];
    if (size === undefined) return null;
    const length = parseInt(size, 16);
    if (length === 0) return Buffer.concat(parts);
    if (lineEnd + 1 + length > body.length) return null;
    parts.push(body.subarray(lineEnd + 1, lineEnd + 1 + length));
    at = lineEnd + 1 + length;
    if (body[at] === 0x0d) at += 1;
    if (body[at] === 0x0a) at += 1;
  }
}

/** Two layers were met on real servers; a third is an attack. */
const MOST_LAYERS = 2;

type Undo = (body: Buffer, options: ZlibOptions) => Buffer;

const UNDO: Readonly<Record<string, Undo>> = {
  gzip: gunzipSync, 'x-gzip': gunzipSync, br: (body, options) => brotliDecompressSync(body, { maxOutputLength: options.maxOutputLength ?? 0 }),
  // Some servers send deflate without its zlib wrapper.
  deflate: (body, options) => (((body[0] ?? 0) & 0x0f) === 8 ? inflateSync(body, options) : inflateRawSync(body, options)),
};

const isGzip = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b;

/** One layer. A body that says gzip and does not begin like gzip was stored decoded: it is taken as it is. */
function undone(body: Buffer, coding: string, maxBytes: number): Decoded {
  const undo = UNDO[coding];
  if (!undo) return { fault: `unknown Content-Encoding "${coding.slice(0, 40)}"` };
  if (coding.endsWith('gzip') && !isGzip(body)) return { body };
  try {
    return { body: undo(body, { maxOutputLength: maxBytes }) };
  } catch (error) {
    const tooLarge = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    return { fault: tooLarge ? `more than ${maxBytes} bytes after ${coding} decoding` : `no whole ${coding} stream (${(error as Error).message})` };
  }
}

/** The body as the page was before transfer and content coding, at most `maxBytes`. */
export function decodedBody(body: Buffer, headers: Readonly<Record<string, string>>, maxBytes: number): Decoded {
  const isChunked = /\bchunked\b/iu.test(headers['transfer-encoding'] ?? '');
  const whole = isChunked ? unchunked(body) ?? body : body;
  const layers = (headers['content-encoding'] ?? '').toLowerCase().split(',').map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity').reverse();
  if (layers.length > MOST_LAYERS) return { fault: `${layers.length} layers of Content-Encoding` };
  let current: Decoded = { body: whole };
  for (const layer of layers) {
    if ('fault' in current || current.body.length === 0) break;
    current = undone(current.body, layer, maxBytes);
  }
  return 'body' in current && current.body.length > maxBytes ? { fault: `more than ${maxBytes} bytes` } : current;
}
