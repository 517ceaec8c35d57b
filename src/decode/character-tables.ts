/** Turns bytes into characters with the right tables: iconv-lite's only door. */
import iconv from 'iconv-lite';

/**
 * `bytes` read in `charset` (a WHATWG name; `gb18030` for all of the GB family). Node's own decoder is WHATWG-exact for `gb18030` but
 * not for its labels `gbk` and `gb2312`, and its `big5` lacks the Hong Kong set: Big5 goes through iconv-lite. Never throws;
 * what cannot be read is U+FFFD. An unknown charset is read as UTF-8.
 */
export function charactersOf(bytes: Uint8Array, charset: string): string {
  if (charset === 'big5') return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), 'big5hkscs');
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }
}
