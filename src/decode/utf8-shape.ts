/** Measures how much of a payload is well-formed UTF-8. */

export interface Utf8Shape {
  /** Well-formed sequences of two, of three and of four bytes. */
  readonly two: number;
  readonly three: number;
  readonly four: number;
  /** Bytes above ASCII that belong to no well-formed sequence. */
  readonly stray: number;
  /** Stray bytes that a cut at the very end explains (at most three). */
  readonly tail: number;
}

function isTrail(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}

/** Length of the sequence that `lead` opens by Unicode's table 3-7 (no overlong forms, no surrogates); 0 when it opens none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead === 0xe0) return second >= 0xa0 ? 3 : 0;
  if (lead === 0xed) return second <= 0x9f ? 3 : 0;
  if (lead >= 0xe1 && lead <= 0xef) return 3;
  if (lead === 0xf0) return second >= 0x90 ? 4 : 0;
  if (lead === 0xf4) return second <= 0x8f ? 4 : 0;
  return lead >= 0xf1 && lead <= 0xf3 ? 4 : 0;
}

/** The lengths of well-formed sequences in `bytes`, counted. */
export function utf8Shape(bytes: Uint8Array): Utf8Shape {
  const counts = [0, 0, 0, 0, 0];
  let stray = 0;
  let tail = 0;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] as number;
    if (byte < 0x80) { at += 1; continue; }
    const length = sequenceLength(bytes, at);
    let whole = length > 0;
    for (let offset = 1; whole && offset < length; offset += 1) whole = isTrail(bytes[at + offset]);
    if (whole) { counts[length] = (counts[length] ?? 0) + 1; at += length; continue; }
    if (length > 0 && at + length > bytes.length) tail = bytes.length - at;
    stray += 1;
    at += 1;
  }
  return { two: counts[2] ?? 0, three: counts[3] ?? 0, four: counts[4] ?? 0, stray, tail };
}
