/** Which characters a misaligned byte, or two, or none, can have been: the alphabet of the byte-shift repair. */
import { toSimplified } from '../han/conversion.js';
import { characterOfGbPair, isPrivateGbPair } from '../han/gb-bytes.js';

/** A character as it may have stood in the GBK text, with its Simplified form by which words are known. */
export interface Candidate {
  readonly character: string;
  /** UTF-16 code of the Simplified form. */
  readonly plain: number;
}

/** What a GBK text of a report holds besides hanzi: full-width forms, brackets, quotes, dashes. */
const MARKS = new Set('，。、；：“”（）《》〈〉〔〕［］＜＞／＋－？！—…·％０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ①②③④⑤⑥⑦⑧⑨㈠㈡㈢㈣㈤㈥⒈⒉⒊⒋⒌⒍　');

/** Candidates by `lead << 8 | trail`. */
let grid: readonly (Candidate | null)[] | null = null;

function makeGrid(): readonly (Candidate | null)[] {
  const made = new Array<Candidate | null>(0x10000).fill(null);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = characterOfGbPair(lead, trail);
      const code = character.charCodeAt(0);
      const isHan = code >= 0x4e00 && code <= 0x9fff;
      if (isHan || MARKS.has(character)) made[(lead << 8) | trail] = { character, plain: isHan ? toSimplified(character).charCodeAt(0) : code };
    }
  }
  return made;
}

function candidateOf(lead: number, trail: number): Candidate | null {
  return (grid ??= makeGrid())[(lead << 8) | trail] ?? null;
}

/** Sets of bytes, as sorted numbers. */
export type Bytes = readonly number[];

export const ANY_LEAD: Bytes = Array.from({ length: 0x7e }, (_, index) => 0x81 + index);
export const ANY_TRAIL: Bytes = Array.from({ length: 0xbf }, (_, index) => 0x40 + index);

/** A group of first bytes of dropped private-use pairs, with the second bytes that each of them allows. */
export interface DroppedGroup {
  readonly firsts: Bytes;
  readonly seconds: Bytes;
}

let groups: readonly DroppedGroup[] | null = null;

/** The private-use pairs that were dropped without a trace, grouped; the largest group (user zones AA to AF, F8 to FE) first. */
export function droppedGroups(): readonly DroppedGroup[] {
  if (groups) return groups;
  const bySeconds = new Map<string, { firsts: number[]; seconds: Bytes }>();
  for (const first of ANY_LEAD) {
    const all = ANY_LEAD.filter((second) => isPrivateGbPair(first, second));
    // The user zones share the upper half of their second bytes; FE has others beside.
    for (const seconds of [all.filter((second) => second >= 0xa1), all.filter((second) => second < 0xa1)]) {
      if (seconds.length === 0) continue;
      const key = seconds.join();
      const group = bySeconds.get(key) ?? { firsts: [], seconds };
      group.firsts.push(first);
      bySeconds.set(key, group);
    }
  }
  return (groups = [...bySeconds.values()].sort((a, b) => b.firsts.length - a.firsts.length));
}

/** Candidates of one place in the text, by the code of their Simplified form. */
export type Places = ReadonlyMap<number, readonly Candidate[]>;

/** Remembered by the sets themselves, which are made once. */
const remembered = new Map<Bytes, Map<Bytes, Places>>();

const singles: readonly Bytes[] = Array.from({ length: 0x100 }, (_, byte) => [byte]);

/** The set of one byte, always the same object. */
export function only(byte: number): Bytes {
  return singles[byte] ?? [];
}

function gather(leads: Bytes, trails: Bytes): Places {
  const made = new Map<number, Candidate[]>();
  for (const lead of leads) {
    for (const trail of trails) {
      const candidate = candidateOf(lead, trail);
      if (!candidate) continue;
      const same = made.get(candidate.plain);
      if (same) same.push(candidate);
      else made.set(candidate.plain, [candidate]);
    }
  }
  return made;
}

/** The characters whose lead is in `leads` and whose trail is in `trails`. The same few sets return all the time. */
export function candidatesOf(leads: Bytes, trails: Bytes): Places {
  const byTrails = remembered.get(leads) ?? new Map<Bytes, Places>();
  remembered.set(leads, byTrails);
  const places = byTrails.get(trails) ?? gather(leads, trails);
  byTrails.set(trails, places);
  return places;
}

/** A place whose character is known. */
export function known(character: string): Places {
  return new Map([[toSimplified(character).charCodeAt(0), [{ character, plain: toSimplified(character).charCodeAt(0) }]]]);
}
