import { readFileSync } from 'node:fs';
import { CFB } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { readFileText } from '../../src/attachments/attachment.js';
import { rowEdges } from '../../src/attachments/doc-row.js';
import { fileKind } from '../../src/attachments/file-kind.js';
import { REPORTS, expectTwin } from './twins.js';

const fixture = (year: number): Buffer => readFileSync(new URL(`fixtures/libreoffice-${year}.doc`, import.meta.url));

describe('a report as DOC', () => {
  it.each(REPORTS.map((report) => [report.year, report] as const))('of %i says what its page says', async (year, report) => {
    const { html, notices } = await readFileText(fixture(year));
    expect(fileKind(fixture(year))).toBe('doc');
    expect(notices).toEqual([]);
    expectTwin(html, report);
  });
});

interface Compound { readonly FileIndex: { readonly name: string; content: Uint8Array }[] }
const compound = CFB as { read(bytes: Buffer, options: { type: 'buffer' }): Compound; write(container: Compound, options: { type: 'buffer' }): Buffer };

/** The file with the stream of that name changed. */
function changed(year: number, name: string, change: (stream: Buffer) => Buffer): Buffer {
  const container = compound.read(fixture(year), { type: 'buffer' });
  const entry = container.FileIndex.find((one) => one.name === name);
  if (!entry) throw new TypeError(`${name} was asked for`);
  entry.content = change(Buffer.from(entry.content));
  return Buffer.from(compound.write(container, { type: 'buffer' }));
}

const head = (place: number, value: number) => (stream: Buffer): Buffer => { stream.writeUInt32LE(value >>> 0, place); return stream; };
const notice = async (payload: Uint8Array): Promise<readonly [string, readonly (string | undefined)[]]> => {
  const { html, notices } = await readFileText(payload);
  return [html, notices.map(({ code }) => code)];
};

describe('a Word file', () => {
  it('that is locked with a password is named so', async () => {
    const { html, notices } = await readFileText(changed(2016, 'WordDocument', (stream) => { stream.writeUInt16LE(stream.readUInt16LE(0x0a) | 0x0100, 0x0a); return stream; }));
    expect([html, notices.map(({ message }) => message)]).toEqual(['', [expect.stringContaining('password')]]);
  });

  it('that claims two thousand million characters ends in a notice', async () => {
    expect(await notice(changed(2016, 'WordDocument', head(0x4c, 2_000_000_000)))).toEqual(['', ['attachment-too-large']]);
  });

  it.each([
    ['whose text is in no piece', changed(2016, 'WordDocument', head(0x01a2, 0xfffffff0))],
    ['without the stream of its parts', changed(2016, '1Table', () => Buffer.alloc(0))],
    ['whose document is cut', changed(2016, 'WordDocument', (stream) => stream.subarray(0, 700))],
    ['that is cut itself', fixture(2016).subarray(0, 3000)],
  ])('%s ends in words or a notice', async (_, payload) => {
    const [html, codes] = await notice(payload);
    expect(html === '' ? codes : []).toEqual(html === '' ? ['attachment-unreadable'] : []);
  });

  it('whose settings are lost keeps its words', async () => {
    const { html } = await readFileText(changed(2022, 'WordDocument', head(0x0106, 0)));
    expect(html).toContain('政府信息公开');
  });

  it('with any byte wrong never ends in an error', async () => {
    const whole = fixture(2020);
    let state = 20;
    const next = (below: number): number => { state = (state * 1103515245 + 12345) % 2 ** 31; return Math.floor(state / 2 ** 31 * below); };
    for (let round = 0; round < 60; round += 1) {
      const broken = Buffer.from(whole);
      for (let spot = 0; spot < 20; spot += 1) broken[512 + next(broken.length - 512)] = next(256);
      const { html, notices } = await readFileText(broken);
      expect(html !== '' || notices.length === 1).toBe(true);
    }
  });
});

describe('the shape of a row', () => {
  const shape = (...flags: number[]): Buffer => {
    const edges = Array.from({ length: flags.length + 1 }, (_, at) => [at * 100 & 0xff, at * 100 >> 8]).flat();
    const cells = flags.flatMap((flag) => [flag & 0xff, flag >> 8, ...new Array<number>(18).fill(0)]);
    return Buffer.from([0, 0, flags.length, ...edges, ...cells]);
  };
  it('has edges and merged cells', () => {
    expect(rowEdges([{ number: 0xd608, operand: shape(0, 0x60, 0x20, 2) }])).toEqual([
      { left: 0, right: 100, vertical: 'alone', joined: false }, { left: 100, right: 200, vertical: 'start', joined: false },
      { left: 200, right: 300, vertical: 'continued', joined: false }, { left: 300, right: 400, vertical: 'alone', joined: true },
    ]);
  });

  it('follows what is said later', () => {
    const later = [{ number: 0xd62b, operand: Buffer.from([2, 1, 1]) }, { number: 0x5624, operand: Buffer.from([0, 2]) }];
    expect(rowEdges([{ number: 0xd608, operand: shape(0, 0, 0) }, ...later]).map(({ vertical, joined }) => [vertical, joined])).toEqual([['alone', false], ['continued', true], ['alone', false]]);
  });

  it('is none where it is cut', () => {
    expect(rowEdges([{ number: 0xd608, operand: shape(0, 0).subarray(0, 5) }])).toEqual([]);
  });
});
