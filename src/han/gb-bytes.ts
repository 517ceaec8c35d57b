/** The two-byte table of GBK: which bytes a character is, and which character two bytes are. */

/** Character of each pair of bytes, at `lead << 8 | trail`; empty where there is none. */
let characters: readonly string[] | null = null;
let pairs: Map<string, number> | null = null;

const PRIVATE_USE = /^[\ue000-\uf8ff]$/u;
/** Pairs that WHATWG's table assigns and CP936, frozen before, reads as private use. First and last of each range. */
const PRIVATE_IN_CP936: readonly (readonly [number, number])[] = [
  [0xa2e3, 0xa2e3], [0xa3a0, 0xa3a0], [0xa6d9, 0xa6df], [0xa6ec, 0xa6ed], [0xa6f3, 0xa6f3], [0xa8bc, 0xa8bc], [0xa8bf, 0xa8bf], [0xa989, 0xa995], [0xfe50, 0xfea0],
];

/** Every two-byte sequence of GB18030, read once by the platform's own decoder. */
function table(): readonly string[] {
  if (characters) return characters;
  const decoder = new TextDecoder('gb18030');
  const made = new Array<string>(0x10000).fill('');
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd') made[(lead << 8) | trail] = character;
    }
  }
  return (characters = made);
}

function pairTable(): Map<string, number> {
  if (pairs) return pairs;
  const made = new Map<string, number>();
  table().forEach((character, pair) => { if (character !== '' && !made.has(character)) made.set(character, pair); });
  return (pairs = made);
}

/** The character that two bytes are; empty when none. */
export function characterOfGbPair(lead: number, trail: number): string {
  return table()[(lead << 8) | trail] ?? '';
}

/** The two bytes of a character as one number (`lead << 8 | trail`), or undefined. */
export function gbPairOf(character: string): number | undefined {
  return pairTable().get(character);
}

/** Whether two bytes stand for a private-use character under CP936: what careless tools drop without a trace. */
export function isPrivateGbPair(lead: number, trail: number): boolean {
  const pair = (lead << 8) | trail;
  return PRIVATE_IN_CP936.some(([first, last]) => pair >= first && pair <= last && trail !== 0x7f) || PRIVATE_USE.test(characterOfGbPair(lead, trail));
}

/** The bytes of `text` in GBK, € as the single byte 0x80; null when a character has none. */
export function gbBytesOf(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) { bytes.push(code); continue; }
    if (code === 0x20ac) { bytes.push(0x80); continue; }
    const pair = gbPairOf(text[index] ?? '');
    if (pair === undefined) return null;
    bytes.push(pair >> 8, pair & 0xff);
  }
  return Uint8Array.from(bytes);
}
