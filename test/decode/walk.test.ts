/** Every sequence of GB18030 and every pair of Big5 against an independent decoder written from the WHATWG tables. */
import { createMultibyteDecoder } from '@exodus/bytes/multi-byte.js';
import { createSinglebyteDecoder } from '@exodus/bytes/single-byte.js';
import { describe, expect, it } from 'vitest';
import { charactersOf } from '../../src/decode/character-tables.js';

const NEWLINE = 0x0a;

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** A page with one sequence a line: whatever a decoder makes of one, the line break brings it back in step. */
function page(sequences: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(sequences.flatMap((sequence) => [...sequence, NEWLINE]));
}

/** The lines that the two decoders read differently, in hexadecimal. */
function disagreements(charset: 'gb18030' | 'big5', sequences: readonly (readonly number[])[]): string[] {
  const bytes = page(sequences);
  const ours = charactersOf(bytes, charset);
  const theirs = createMultibyteDecoder(charset, true)(bytes);
  if (ours === theirs) return [];
  return sequences.flatMap((sequence) => {
    const alone = page([sequence]);
    const [mine, other] = [charactersOf(alone, charset), createMultibyteDecoder(charset, true)(alone)];
    return mine === other ? [] : [`${Buffer.from(sequence).toString('hex')}: ${JSON.stringify(mine)}, not ${JSON.stringify(other)}`];
  });
}

describe('GB18030', () => {
  it('reads every one- and two-byte sequence, valid or not, as the standard does', () => {
    const wrong = range(0, 0xff).flatMap((lead) => disagreements('gb18030', [[lead], ...range(0, 0xff).map((trail) => [lead, trail])]));
    expect(wrong).toEqual([]);
  });

  it('reads every four-byte sequence as the standard does', () => {
    const wrong: string[] = [];
    for (const first of range(0x81, 0xfe)) {
      const sequences = range(0x30, 0x39).flatMap((second) => range(0x81, 0xfe).flatMap((third) => range(0x30, 0x39).map((fourth) => [first, second, third, fourth])));
      wrong.push(...disagreements('gb18030', sequences));
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it('reads broken four-byte sequences as the standard does', () => {
    const samples = range(0x81, 0xfe).flatMap((first) => [[first, 0x30], [first, 0x30, 0x81], [first, 0x30, 0x20], [first, 0x30, 0x81, 0x20], [first, 0x39, 0xfe, 0x40], [first, 0x20], [0x80], [0xff, first]]);
    expect(disagreements('gb18030', samples)).toEqual([]);
  });
});

describe('Big5 with the Hong Kong set', () => {
  it('reads every pair, valid or not, as the standard does', () => {
    const wrong = range(0x80, 0xff).flatMap((lead) => disagreements('big5', range(0, 0xff).map((trail) => [lead, trail])));
    expect(wrong).toEqual([]);
  });
});

it('reads every byte of windows-1252 as the standard does', () => {
  const every = Uint8Array.from(range(0, 0xff));
  expect(charactersOf(every, 'windows-1252')).toBe(createSinglebyteDecoder('windows-1252', true)(every));
});
