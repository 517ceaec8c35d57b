/**
 * Reads Big5 with the Hong Kong set by the algorithm of the WHATWG standard; the table itself is handed in. Node's own `big5` lacks the Hong Kong
 * set (5,088 of 18,590 entries), and other decoders disagree with browsers about what a broken pair costs: here one U+FFFD, and an ASCII byte
 * behind a broken lead is kept.
 */

const FIRST_LEAD = 0x81;
const LAST_LEAD = 0xfe;
/** Trails are 40 to 7E and A1 to FE. */
const ROW = 0xff;
const REPLACEMENT = 0xfffd;

/** Characters of the pairs, as one or two UTF-16 units each (second << 16 | first), at `(lead - 81) * 255 + trail`; 0 where there is none. */
export type Big5Table = Uint32Array;

function isTrail(byte: number): boolean {
  return (byte >= 0x40 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xfe);
}

/** The table, asking `read` for the character of each pair. */
export function big5Table(read: (pair: Uint8Array) => string): Big5Table {
  const table = new Uint32Array((LAST_LEAD - FIRST_LEAD + 1) * ROW);
  for (let lead = FIRST_LEAD; lead <= LAST_LEAD; lead += 1) {
    for (let trail = 0; trail < ROW; trail += 1) {
      const character = isTrail(trail) ? read(Uint8Array.of(lead, trail)) : '';
      const isKnown = character !== '' && !character.includes('\ufffd') && character.charCodeAt(0) > 0x7f;
      if (isKnown) table[(lead - FIRST_LEAD) * ROW + trail] = ((character.charCodeAt(1) || 0) << 16) | character.charCodeAt(0);
    }
  }
  return table;
}

/** `bytes` as characters. Never throws. */
export function decodeBig5(bytes: Uint8Array, table: Big5Table): string {
  const units = new Uint16Array(bytes.length + 1);
  let length = 0;
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] as number;
    at += 1;
    if (lead < 0x80) { units[length++] = lead; continue; }
    const trail = bytes[at] ?? 0;
    if (lead < FIRST_LEAD || lead > LAST_LEAD || at >= bytes.length) { units[length++] = REPLACEMENT; continue; }
    const pair = trail < ROW ? table[(lead - FIRST_LEAD) * ROW + trail] ?? 0 : 0;
    if (pair !== 0 || trail >= 0x80) at += 1;
    if (pair === 0) { units[length++] = REPLACEMENT; continue; }
    units[length++] = pair & 0xffff;
    if (pair > 0xffff) units[length++] = pair >>> 16;
  }
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
}
