/** Charset labels of `<meta>` as the standard reads them, on the 82 published cases of html5lib-tests. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { byteOrderMark } from '../../src/decode/byte-order-mark.js';
import { charsetOfLabel, declaredCharsets } from '../../src/decode/declared-charset.js';
import { metaLabels } from '../../src/decode/meta-prescan.js';

const FOLDER = '../shared/data/encoding/html5lib';
const FILES = ['tests1.dat', 'tests2.dat', 'test-yahoo-jp.dat'];

interface PrescanCase {
  readonly name: string;
  readonly payload: Uint8Array;
  readonly charset: string | null;
}

/** Blocks of `#data` and `#encoding`; pages are bytes, so the file is read one byte a character. */
function casesOf(file: string): PrescanCase[] {
  return readFileSync(`${FOLDER}/${file}`, 'latin1').split(/^#data\n/mu).slice(1).map((block, index) => {
    const [page = '', label = ''] = block.split('\n#encoding\n');
    return { name: `${file} ${index + 1}`, payload: Buffer.from(page, 'latin1'), charset: charsetOfLabel(label.trim().split('\n')[0] ?? '') };
  });
}

function standardCharset(payload: Uint8Array): string {
  const known = declaredCharsets({ headers: {}, seed: null, payload }).find(({ charset }) => charset !== null);
  return byteOrderMark(payload)?.charset ?? known?.charset ?? 'windows-1252';
}

describe.skipIf(!existsSync(FOLDER))('the published prescan cases (skipped without ../shared)', () => {
  const cases = existsSync(FOLDER) ? FILES.flatMap(casesOf) : [];

  it('are 82', () => expect(cases).toHaveLength(82));

  it.each(cases)('$name', ({ payload, charset }) => expect(standardCharset(payload)).toBe(charset));
});

describe('labels of meta elements', () => {
  it.each([
    ['two of them', '<meta charset=utf-8><meta http-equiv=Content-Type content="text/html; charset=gb2312">', ['utf-8', 'gb2312']],
    ['behind a long script', `<script>${'x'.repeat(40_000)}</script><meta charset="gbk">`, ['gbk']],
    ['in a comment', '<!-- <meta charset="gbk"> --><meta charset="big5">', ['big5']],
    ['in capitals, with a slash', '<META HTTP-EQUIV="content-type" CONTENT="text/html;charset=GB2312" />', ['GB2312']],
    ['charset inside another attribute', '<meta name="description" content="charset=gbk">', []],
    ['cut off', '<meta charset="gb', []],
    ['in an element named metadata', '<metadata charset="gbk">', []],
  ])('%s', (_name, head, labels) => expect(metaLabels(head)).toEqual(labels));

  it('looks no further than 64 KiB', () => {
    const payload = Buffer.from(`${' '.repeat(65 * 1024)}<meta charset="gbk">`);
    expect(declaredCharsets({ headers: {}, seed: null, payload })).toEqual([]);
  });

  it('takes a hostile head in linear time', () => {
    const started = performance.now();
    for (const hostile of ['<', '<meta ', '<meta charset', '<meta content="charset', '<!--', '<a =']) metaLabels(hostile.repeat(60_000 / hostile.length));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
