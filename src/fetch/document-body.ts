/** Takes the bytes of a document out of the browser at the response stage, before it decodes them, and never more than the limit. */
import type { CDPSession } from 'playwright';
import type { Fault } from './http.js';

export interface DocumentBody {
  /** After content decoding, otherwise untouched; the first part only when there is a fault. */
  readonly payload: Uint8Array;
  readonly fault: Fault | null;
  /** Whether the body has left the browser for good and must be handed back to it. */
  readonly taken: boolean;
}

export interface DocumentAnswer {
  readonly requestId: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

const CHUNK_BYTES = 1 << 20;
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

function tooLarge(payload: Uint8Array, maxBytes: number, taken: boolean): DocumentBody {
  return { payload, fault: { reason: 'too-large', detail: `more than ${maxBytes} bytes; the first ${payload.length} are kept` }, taken };
}

/** The whole body at once. What the wire may bring is limited by the proxy; a body that ends before its stated length is told here, one cut short within its chunks by the browser. */
async function readWhole(session: CDPSession, answer: DocumentAnswer, maxBytes: number): Promise<DocumentBody> {
  const { body, base64Encoded } = await session.send('Fetch.getResponseBody', { requestId: answer.requestId });
  const bytes = Buffer.from(body, base64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) return tooLarge(bytes.subarray(0, maxBytes), maxBytes, false);
  const stated = Number(answer.headers['content-length'] ?? 0);
  const fault = stated > bytes.length ? { reason: 'truncated', detail: `${bytes.length} of ${stated} bytes came; they are kept` } : null;
  return { payload: bytes, fault, taken: false };
}

/** A coded body piece by piece, so that a bomb is left at the limit. Trap: the browser tells nobody when such a body ends early. */
async function readPieces(session: CDPSession, requestId: string, maxBytes: number): Promise<DocumentBody> {
  const { stream } = await session.send('Fetch.takeResponseBodyAsStream', { requestId });
  const chunks: Buffer[] = [];
  let size = 0;
  for (let eof = false; !eof;) {
    const piece = await session.send('IO.read', { handle: stream, size: CHUNK_BYTES });
    const chunk = Buffer.from(piece.data, piece.base64Encoded ? 'base64' : 'utf8');
    chunks.push(chunk);
    size += chunk.length;
    eof = piece.eof || size > maxBytes;
  }
  await session.send('IO.close', { handle: stream });
  const bytes = Buffer.concat(chunks);
  return size > maxBytes ? tooLarge(bytes.subarray(0, maxBytes), maxBytes, true) : { payload: bytes, fault: null, taken: true };
}

/** The body of an answer that stands paused at the response stage. Rejects only when the page has gone away. */
export async function readDocument(session: CDPSession, answer: DocumentAnswer, maxBytes: number): Promise<DocumentBody> {
  if (BODILESS.has(answer.status)) return { payload: new Uint8Array(), fault: null, taken: false };
  const length = Number(answer.headers['content-length'] ?? 0);
  if (length > maxBytes) return tooLarge(new Uint8Array(), maxBytes, false);
  return answer.headers['content-encoding'] === undefined ? readWhole(session, answer, maxBytes) : readPieces(session, answer.requestId, maxBytes);
}
