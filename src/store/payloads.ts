/** Keeps bytes: each body once, under its SHA-256, compressed, never changed. */
import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** Compression level 4 keeps HTML at a fifth of its size for a third of the time that level 9 takes. */
const GZIP_LEVEL = 4;

/** Bytes as they are stored. */
export interface PackedPayload {
  readonly coding: 'identity' | 'gzip';
  readonly bytes: Uint8Array;
}

const gzipInBackground = promisify<Uint8Array, { level: number }, Buffer>(gzip);

/** A payload is stored as it came when compression would not save a tenth (PDF, ZIP, images). */
function smaller(payload: Uint8Array, packed: Uint8Array): PackedPayload {
  return packed.length < payload.length * 0.9 ? { coding: 'gzip', bytes: packed } : { coding: 'identity', bytes: payload };
}

/** The stored form of `payload`, made beside the main thread. */
export async function packPayload(payload: Uint8Array): Promise<PackedPayload> {
  return smaller(payload, await gzipInBackground(payload, { level: GZIP_LEVEL }));
}

/** Stores `payload` unless its digest is known; `packed` is its stored form where that was made before. Returns whether it was new. */
export function keepPayload(database: Sqlite, payloadDigest: string, payload: Uint8Array, packed: PackedPayload | null = null): boolean {
  if (statement(database, 'SELECT 1 FROM payload WHERE sha256 = ?').get(payloadDigest)) return false;
  const { coding, bytes } = packed ?? smaller(payload, gzipSync(payload, { level: GZIP_LEVEL }));
  statement(database, 'INSERT INTO payload (sha256, size, coding, bytes) VALUES (?, ?, ?, ?)').run(payloadDigest, payload.length, coding, bytes);
  return true;
}
