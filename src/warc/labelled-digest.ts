/** Compares bytes with the digests that WARC records carry: several algorithms, in hexadecimal or base32. */
import { createHash } from 'node:crypto';

const ALGORITHMS: Readonly<Record<string, string>> = { 'md5': 'md5', 'sha1': 'sha1', 'sha-1': 'sha1', 'sha256': 'sha256', 'sha-256': 'sha256', 'sha512': 'sha512', 'sha-512': 'sha512' };

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(held >>> (bits - 5)) & 31] ?? '';
    held &= 0xff;
  }
  return bits > 0 ? text + (BASE32[(held << (5 - bits)) & 31] ?? '') : text;
}

/** Whether `content` has the digest `label` (`sha1:…`); null when the label names no known algorithm. */
export function hasDigest(content: Uint8Array, label: string): boolean | null {
  const colon = label.indexOf(':');
  const algorithm = ALGORITHMS[label.slice(0, colon).trim().toLowerCase()];
  if (algorithm === undefined) return null;
  const value = label.slice(colon + 1).trim().replace(/=+$/u, '').toLowerCase();
  const digest = createHash(algorithm).update(content).digest();
  return value === digest.toString('hex') || value === base32(digest).toLowerCase();
}
