/** Turns bytes into characters with the right tables: iconv-lite's only door. */
import iconv from 'iconv-lite';
import { decodeWindows1252 } from '../han/windows-1252.js';
import type { Big5Table } from './big5.js';
import { big5Table, decodeBig5 } from './big5.js';

let big5: Big5Table | null = null;

/** iconv-lite knows the Hong Kong set as the standard does; its way with broken pairs is not the standard's, so only its table is used. */
function hongKongTable(): Big5Table {
  return (big5 ??= big5Table((pair) => iconv.decode(Buffer.from(pair), 'big5hkscs')));
}

/**
 * `bytes` read in `charset` (a WHATWG name; `gb18030` for all of the GB family), exactly as browsers read it. Node's own decoder is that for
 * `gb18030` but not for its labels `gbk` and `gb2312`, nor for `big5` and `windows-1252`. Never throws; what cannot be read is U+FFFD. An unknown charset is
 * read as UTF-8.
 */
export function charactersOf(bytes: Uint8Array, charset: string): string {
  if (charset === 'big5') return decodeBig5(bytes, hongKongTable());
  if (charset === 'windows-1252') return decodeWindows1252(bytes);
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }
}
