/**
 * Reads UTF-8 of which single bytes are known to be lost, one � for each character that cannot be told. In a date, one byte less is enough for 年, 月
 * and 日; at the end of a line for 。 and 》: those are inferred.
 */

/** A byte that the misreading lost. */
export const HOLE = -1;

export interface HoledText {
  readonly text: string;
  /** Characters that lost a byte: shown as � or inferred. */
  readonly lost: number;
  readonly inferred: number;
}

/** The first two bytes of a three-byte character, what it is, what must stand before it, and whether the line must end behind it. */
interface Rule {
  readonly first: number;
  readonly second: number;
  readonly character: string;
  readonly before: RegExp;
  readonly isAtEnd?: boolean;
}

/** Other characters share two bytes with these (期 with 月, 时 with 日, 》 with 。), so the words before must force them. */
const RULES: readonly Rule[] = [
  { first: 0xe5, second: 0xb9, character: '年', before: /(?<!\d)(?:19|20)\d\d$/u },
  { first: 0xe6, second: 0x9c, character: '月', before: /年[01]?\d$/u },
  { first: 0xe6, second: 0x97, character: '日', before: /月[0-3]?\d$/u },
  { first: 0xe3, second: 0x80, character: '》', before: /《[^《》，。；,\ufffd]{2,60}$/u, isAtEnd: true },
  { first: 0xe3, second: 0x80, character: '。', before: /[，；、。][^《“（「『【，；、。]{2,60}$/u, isAtEnd: true },
];

function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

function isTrail(byte: number | undefined): boolean {
  return byte !== undefined && (byte === HOLE || (byte >= 0x80 && byte <= 0xbf));
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function exactly(bytes: readonly number[]): string | null {
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}

function told(sequence: readonly number[], before: string, isAtEnd: boolean): string | null {
  const [first, second, third] = sequence;
  if (sequence.length !== 3 || third !== HOLE) return null;
  const rule = RULES.find((candidate) => candidate.first === first && candidate.second === second && (isAtEnd || !candidate.isAtEnd) && candidate.before.test(before));
  return rule?.character ?? null;
}

/** `bytes` as text; null when what is not lost is no UTF-8. */
export function readHoledUtf8(bytes: readonly number[]): HoledText | null {
  let [text, lost, inferred] = ['', 0, 0];
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] as number;
    const length = lead === HOLE ? 4 : lead < 0x80 ? 1 : sequenceLength(lead);
    if (length === 0) return null;
    let end = at + 1;
    while (end < at + length && isTrail(bytes[end])) end += 1;
    // Without its lead nobody knows how long a character was; otherwise it must be whole.
    if (lead !== HOLE && end < at + length) return null;
    const sequence = bytes.slice(at, end);
    at = end;
    if (!sequence.includes(HOLE)) {
      const character = exactly(sequence);
      if (character === null) return null;
      text += character;
      continue;
    }
    const character = told(sequence, text.slice(-64), at >= bytes.length);
    lost += 1;
    if (character !== null) inferred += 1;
    text += character ?? '\ufffd';
  }
  return { text, lost, inferred };
}
