/** Cuts an RTF file into groups, control words and bytes of text. */

export type RtfToken =
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'word'; readonly word: string; readonly value: number | null }
  /** One byte of text, written as itself or as `\'hh`. */
  | { readonly kind: 'byte'; readonly byte: number };

const [BACKSLASH, OPEN, CLOSE, QUOTE, MINUS, SPACE] = [0x5c, 0x7b, 0x7d, 0x27, 0x2d, 0x20];
/** The longest word of the specification has 31 letters. */
const LONGEST_WORD = 32;

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function latin(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

/** Tokens of the file in order; `\binN` and its bytes are left out. Linear; never throws. */
export function* rtfTokens(bytes: Uint8Array): Generator<RtfToken> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    at += 1;
    if (byte === OPEN) yield { kind: 'open' };
    else if (byte === CLOSE) yield { kind: 'close' };
    else if (byte !== BACKSLASH) { if (byte >= SPACE || byte === 0x09) yield { kind: 'byte', byte }; }
    else {
      const { token, end } = controlAt(bytes, at);
      at = end;
      if (token?.kind === 'word' && token.word === 'bin') at += Math.max(0, token.value ?? 0);
      else if (token) yield token;
    }
  }
}

/** What stands behind a backslash. */
function controlAt(bytes: Uint8Array, start: number): { readonly token: RtfToken | null; readonly end: number } {
  const first = bytes[start];
  if (first === undefined) return { token: null, end: start };
  if (first === QUOTE) {
    const byte = Number.parseInt(latin(bytes, start + 1, start + 3), 16);
    return { token: Number.isNaN(byte) ? null : { kind: 'byte', byte }, end: start + 3 };
  }
  if (!isLetter(first)) {
    // `\\`, `\{` and `\}` stand for themselves; a backslash at the end of a line is a paragraph's end.
    if (first === BACKSLASH || first === OPEN || first === CLOSE) return { token: { kind: 'byte', byte: first }, end: start + 1 };
    return { token: { kind: 'word', word: first === 0x0a || first === 0x0d ? 'par' : String.fromCharCode(first), value: null }, end: start + 1 };
  }
  let end = start;
  while (isLetter(bytes[end]) && end - start < LONGEST_WORD) end += 1;
  const word = latin(bytes, start, end);
  const digits = bytes[end] === MINUS && isDigit(bytes[end + 1]) ? end + 1 : end;
  let last = digits;
  while (isDigit(bytes[last]) && last - digits < 10) last += 1;
  const value = last > digits ? Number(latin(bytes, end, last)) : null;
  return { token: { kind: 'word', word, value }, end: bytes[last] === SPACE ? last + 1 : last };
}
