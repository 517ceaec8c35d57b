/** Misread charsets: whole documents come back exactly, short stretches with them, and what lost bytes stays open. */
import { existsSync, readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeWindows1252 } from '../../src/han/windows-1252.js';
import { repairText } from '../../src/repair/repair.js';
import { startFarm } from '../farm/farm.js';

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const gbk = (bytes: Uint8Array): string => new TextDecoder('gb18030').decode(bytes);

const gbkBytes = (text: string): Uint8Array => iconv.encode(text, 'gb18030');

const MISREADINGS: readonly (readonly [string, (text: string) => string])[] = [
  ['UTF-8 read as Latin-1', (text) => latin(utf8(text))],
  ['UTF-8 read as windows-1252', (text) => decodeWindows1252(utf8(text))],
  ['UTF-8 read as Latin-1 twice', (text) => latin(utf8(latin(utf8(text))))],
  ['GBK read as Latin-1', (text) => latin(gbkBytes(text))],
  ['GBK read as windows-1252', (text) => decodeWindows1252(gbkBytes(text))],
  ['UTF-8 read as GBK', (text) => gbk(utf8(text))],
];

const SAMPLES = '../shared/samples';

/** Whether `restored` is `original` but for characters that lost a byte. */
function isSame(original: string, restored: string): boolean {
  return original.length === restored.length && Array.from(original).every((character, index) => character === restored[index] || restored[index] === '\ufffd');
}

/** Misreads every line, repairs the whole, and counts the lines that lost nothing and those that stay open. Fails on any line that comes out wrong. */
function restoreAll(texts: readonly string[], misread: (text: string) => string): { exact: number; open: number } {
  let [exact, open] = [0, 0];
  for (const text of texts) {
    const lines = text.split('\n');
    const damaged = lines.map(misread);
    const restored = repairText(damaged.join('\n')).text.split('\n');
    const wrong = lines.filter((line, index) => (damaged[index]?.includes('\ufffd') ? !isSame(line, restored[index] ?? '') : line !== restored[index]));
    expect(wrong).toEqual([]);
    exact += damaged.filter((line) => !line.includes('\ufffd')).length;
    open += restored.filter((line) => line.includes('\ufffd')).length;
  }
  return { exact, open };
}

describe('misread documents', () => {
  const texts: string[] = [];

  beforeAll(async () => {
    const farm = await startFarm({ seed: 11 });
    texts.push(...farm.reports.filter(({ charset }) => charset !== 'big5').map(({ text }) => text));
    await farm.close();
  });

  it.each(MISREADINGS)('%s: every line that lost nothing is exact, every other but for what was lost', (_name, misread) => {
    const { exact, open } = restoreAll(texts, misread);
    expect(exact).toBeGreaterThan(1000);
    // Only GBK loses bytes of UTF-8.
    expect(open === 0).toBe(!_name.endsWith('as GBK'));
  });

  it.skipIf(!existsSync(SAMPLES)).each(MISREADINGS)('%s: collected reports as well (skipped without ../shared)', (_name, misread) => {
    const samples = ['000', '001', '002', '003'].map((name) => readFileSync(`${SAMPLES}/${name}.txt`, 'utf8').replace('〔202130号', '〔2021〕30号'));
    expect(restoreAll(samples, misread).exact).toBeGreaterThan(50);
  });
});

describe('misread stretches', () => {
  const sentence = '本局全年共收到政府信息公开申请十二件，均按时答复。';

  it('are put right in titles and cells as the document was', () => {
    const { mend } = repairText(latin(utf8(sentence)));
    expect(['年报', '——', '一、概述', '条'].map((cell) => mend(latin(utf8(cell))))).toEqual(['年报', '——', '一、概述', '条']);
    expect(repairText(latin(utf8('条'))).text).toBe(latin(utf8('条')));
  });

  it('know the two ways in which GBK writes €', () => {
    const text = '检索、复制、邮寄等费用；一览表、公告栏，均免费';
    expect(gbk(utf8(text))).toContain('€');
    expect(repairText(gbk(utf8(text))).text.replace(/\ufffd$/u, '费')).toBe(text);
  });

  it.each([
    ['统计期限为2014年1月1日至12月31日，共答复12件，较上年增加3件。', '统计期限�2014年1月1日至12�31日，共答�12件，较上年增�3件。'],
    ['现印发《清河市公安局政府信息公开指南》', '现印发《清河市公安局政府信息公开指南》'],
  ])('lose what was lost and no more: %s', (text, restored) => {
    const { text: after, repairs } = repairText(gbk(utf8(text)));
    expect(after).toBe(restored);
    expect(repairs.every(({ method }) => method === 'inferred')).toBe(true);
  });

  it('take a byte that windows-1252 does not have for lost', () => {
    const damaged = decodeWindows1252(utf8(sentence)).replace(/[\u0080-\u009f]/gu, '\ufffd');
    expect(isSame(sentence, repairText(damaged).text)).toBe(true);
  });

  it.each(['鍏一览表，涓水流域，鏄字', '“naïve” café — déjà vu … œuvre', '¡¿Qué? ©®™ £5 ±2° ¼½¾', 'ÄÖÜäöüß ÅØåø', 'ĞğİıŞş ĀāĒē', 'ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâã'])('leave alone what only looks so: %s', (text) => {
    expect(repairText(text)).toMatchObject({ text, repairs: [] });
    expect(repairText(`${text}\n${text}`).text).toBe(`${text}\n${text}`);
  });
});
