/** Chance with a seed: the same seed and name always give the same draws, so that two farms are alike byte for byte. */

/** A stream of draws. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  pick<T>(choices: readonly T[]): T;
  /** `count` different choices in a drawn order; all of them when there are fewer. */
  some<T>(choices: readonly T[], count: number): T[];
}

/** FNV-1a over UTF-16 units: spreads names such as `gaj.example/3` over the 32-bit seeds. */
function seedOf(name: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) state = Math.imul(state ^ name.charCodeAt(at), 0x01000193);
  return state >>> 0;
}

/** The stream that belongs to `seed` and `name` (mulberry32). */
export function chance(seed: number, name: string): Chance {
  let state = seedOf(`${seed}/${name}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(choices: readonly T[]): T => choices[int(0, choices.length - 1)] as T;
  const some = <T>(choices: readonly T[], count: number): T[] => {
    const left = [...choices];
    const drawn: T[] = [];
    while (drawn.length < count && left.length > 0) drawn.push(...left.splice(int(0, left.length - 1), 1));
    return drawn;
  };
  return { next, int, pick, some };
}
