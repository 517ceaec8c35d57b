/** Keeps bytes: each body once, under its SHA-256, compressed, never changed. */
import { gzipSync } from 'node:zlib';
import type { Sqlite } from './open.js';
import { statement } from './statement.js';

/** Compression level 4 keeps HTML at a fifth of its size for a third of the time that level 9 takes. */
const GZIP_LEVEL = 4;

/** Bytes as they are stored. */
export interface PackedPayload {
  readonly coding: 'identity' | 'gzip';
  readonly bytes: Uint8Array;
}

/** A payload is stored as it came when compression would not save a tenth (PDF, ZIP, images). */
export function packPayload(payload: Uint8Array): PackedPayload {
  const packed = gzipSync(payload, { level: GZIP_LEVEL });
  return packed.length < payload.length * 0.9 ? { coding: 'gzip', bytes: packed } : { coding: 'identity', bytes: payload };
}

/** Stores `payload` unless its digest is known; `packed` is its stored form where that was made before. Returns whether it was new. */
export function keepPayload(database: Sqlite, payloadDigest: string, payload: Uint8Array, packed: PackedPayload | null = null): boolean {
  if (statement(database, 'SELECT 1 FROM payload WHERE sha256 = ?').get(payloadDigest)) return false;
  const { coding, bytes } = packed ?? packPayload(payload);
  statement(database, 'INSERT INTO payload (sha256, size, coding, bytes) VALUES (?, ?, ?, ?)').run(payloadDigest, payload.length, coding, bytes);
  return true;
}
