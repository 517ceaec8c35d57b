/** The farm's reports, damaged in every way the generator knows, and repaired. */
import { beforeAll, describe, expect, it } from 'vitest';
import { repairText } from '../../src/repair/repair.js';
import { startFarm } from '../farm/farm.js';
import { foldAscii, gbkAsLatin, insertPinyin, insertToneless, shiftBytes, toTraditional, utf8AsCp1252, utf8AsGbk, utf8AsLatin, widenMarks } from '../farm/damage.js';
import { scoreOf } from './damage-score.js';

/** Characters that the misreading keeps whole: an odd byte before a line break is lost, so a line gets a full stop more or less. */
function evenBytes(line: string): string {
  return Buffer.byteLength(line, 'utf8') % 2 === 0 ? line : `${line}。`;
}

describe('reports of the farm', () => {
  let texts: string[] = [];

  beforeAll(async () => {
    const farm = await startFarm({ seed: 7 });
    texts = farm.reports.filter(({ url }) => !url.includes('big5')).map(({ text }) => text).filter((text) => text.length > 400);
    await farm.close();
  });

  it.each([
    ['UTF-8 read as Latin-1', utf8AsLatin], ['UTF-8 read as windows-1252', utf8AsCp1252], ['GBK read as Latin-1', gbkAsLatin],
    ['UTF-8 read as Latin-1 twice', (text: string) => utf8AsLatin(utf8AsLatin(text))],
  ])('come back whole from %s', (_name, damage) => {
    for (const text of texts.slice(0, 12)) {
      // A line of nothing but figures or two characters cannot show what it was.
      const lines = text.split('\n').filter((line) => (line.match(/[\u4e00-\u9fff]/gu)?.length ?? 0) >= 6 && !line.includes('\t'));
      expect(repairText(lines.map(damage).join('\n')).text.split('\n')).toEqual(lines);
    }
  });

  it('come back whole from UTF-8 read as GBK, where the reading lost no byte', () => {
    let whole = 0;
    for (const text of texts.slice(0, 12)) {
      const lines = text.split('\n').filter((line) => (line.match(/[\u4e00-\u9fff]/gu)?.length ?? 0) >= 6 && !line.includes('\t')).map(evenBytes).filter((line) => !utf8AsGbk(line).includes('\ufffd'));
      whole += lines.length;
      expect(repairText(lines.map(utf8AsGbk).join('\n')).text.split('\n')).toEqual(lines);
    }
    expect(whole).toBeGreaterThan(30);
  });

  it.each([['converted', toTraditional], ['converted with toned pinyin', (text: string) => insertPinyin(toTraditional(text))], ['converted with toneless pinyin', (text: string) => insertToneless(toTraditional(text))]])(
    'come back whole when %s', (_name, damage) => {
      for (const text of texts.slice(0, 20)) {
        const original = foldAscii(widenMarks(text));
        expect(repairText(damage(original), { host: 'www.shop-mirror.com' }).text).toBe(original);
      }
    },
  );

  it('get nine shifted runs of ten back, and none wrong', () => {
    const scores = texts.slice(0, 8).map((text) => scoreOf(text.split(/[\n\t]/u).filter((line) => /[\u4e00-\u9fff]/u.test(line))));
    const damaged = scores.reduce((sum, score) => sum + score.damaged, 0);
    const right = scores.reduce((sum, score) => sum + score.right, 0);
    expect(scores.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(damaged).toBeGreaterThan(15);
    expect(right / damaged).toBeGreaterThanOrEqual(0.9);
  });

  it.each([['without pinyin', (line: string) => shiftBytes(toTraditional(widenMarks(line)))], ['in Simplified script', (line: string) => shiftBytes(widenMarks(line))]])(
    'are read wrong nowhere when they are shifted %s', (_name, damage) => {
      for (const text of texts.slice(8, 11)) {
        const lines = text.split(/[\n\t]/u).filter((line) => /[\u4e00-\u9fff]/u.test(line));
        const repaired = repairText(lines.map(damage).join('\n')).text.split('\n');
        const wrong = lines.filter((line, index) => repaired[index] !== foldAscii(widenMarks(line)) && repaired[index] !== damage(line) && !/[?？][。、?？]/u.test(repaired[index] ?? ''));
        expect(wrong).toEqual([]);
      }
    },
  );
});
