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
function smaller(payload: Uint8Array, packed: Uint8Array): PackedPayload {
  return packed.length < payload.length * 0.9 ? { coding: 'gzip', bytes: packed } : { coding: 'identity', bytes: payload };
}

/** The stored form of `payload`. */
export function packPayload(payload: Uint8Array): PackedPayload {
  return smaller(payload, gzipSync(payload, { level: GZIP_LEVEL }));
}

/** Puts the compressed form of a payload in the place of the plain one. The bytes it stands for are the same. */
export function compactPayload(database: Sqlite, payloadDigest: string, packed: PackedPayload): void {
  if (packed.coding === 'identity') return;
  statement(database, "UPDATE payload SET coding = ?, bytes = ? WHERE sha256 = ? AND coding = 'identity'").run(packed.coding, packed.bytes, payloadDigest);
}

/** Stores `payload` unless its digest is known; `packed` is its stored form where that was made before. Returns whether it was new. */
export function keepPayload(database: Sqlite, payloadDigest: string, payload: Uint8Array, packed: PackedPayload | null = null): boolean {
  if (statement(database, 'SELECT 1 FROM payload WHERE sha256 = ?').get(payloadDigest)) return false;
  const { coding, bytes } = packed ?? packPayload(payload);
  statement(database, 'INSERT INTO payload (sha256, size, coding, bytes) VALUES (?, ?, ?, ?)').run(payloadDigest, payload.length, coding, bytes);
  return true;
}
