/** The charset of a page: what is declared against what the bytes are. */
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import { BODY, TITLE, captureOf, encode, pageOf } from './page.js';

const TRADITIONAL = '清河市公安局2016年政府資訊公開工作年度報告';
const META_UTF8 = '<meta charset="utf-8">';
const META_GB2312 = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">';
const META_BIG5 = '<meta http-equiv="Content-Type" content="text/html; charset=big5">';

function titleOf(markup: string): string {
  return /<title>([^<]*)<\/title>/u.exec(markup)?.[1] ?? '';
}

interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly header?: string;
  readonly seed?: string;
  readonly used: string;
  readonly title?: string;
}

const bom = (bytes: Uint8Array, mark: readonly number[]): Uint8Array => Uint8Array.from([...mark, ...bytes]);

const CASES: readonly Case[] = [
  { name: 'GBK, meta gb2312, no header charset', bytes: encode(pageOf(META_GB2312), 'gb18030'), used: 'gb18030' },
  { name: 'GBK, nothing declared', bytes: encode(pageOf(''), 'gb18030'), used: 'gb18030' },
  { name: 'GBK, meta utf-8', bytes: encode(pageOf(META_UTF8), 'gb18030'), used: 'gb18030' },
  { name: 'GBK, header utf-8', bytes: encode(pageOf(META_GB2312), 'gb18030'), header: 'text/html; charset=utf-8', used: 'gb18030' },
  { name: 'UTF-8, header gbk', bytes: encode(pageOf(META_UTF8), 'utf8'), header: 'text/html;charset=GBK', used: 'utf-8' },
  { name: 'UTF-8, meta gb2312', bytes: encode(pageOf(META_GB2312), 'utf8'), used: 'utf-8' },
  { name: 'Big5, meta big5', bytes: encode(pageOf(META_BIG5, TRADITIONAL, '依據政府資訊公開條例之規定，茲公布本局年度報告，統計期間為一月至十二月。'), 'big5'), used: 'big5', title: TRADITIONAL },
  { name: 'GBK, bogus label', bytes: encode(pageOf('<meta charset="GB-2312-ANSI">'), 'gb18030'), header: 'text/html; charset=x-sjis-mac-roman', used: 'gb18030' },
  { name: 'UTF-16 with a mark', bytes: bom(encode(pageOf(''), 'utf16le'), [0xff, 0xfe]), used: 'utf-16le' },
  { name: 'UTF-8 with a mark, meta gbk', bytes: bom(encode(pageOf(META_GB2312), 'utf8'), [0xef, 0xbb, 0xbf]), used: 'utf-8' },
  { name: 'UTF-16 without a mark', bytes: encode(pageOf(''), 'utf16le'), used: 'utf-16le' },
  { name: 'UTF-8 cut in the middle of a character', bytes: encode(pageOf(META_UTF8), 'utf8').subarray(0, 400), used: 'utf-8' },
  { name: 'GBK heading alone', bytes: encode(`<title>${TITLE}</title>`, 'gb18030'), used: 'gb18030' },
  { name: 'GBK, seed says so, nothing else does', bytes: encode(pageOf(''), 'gb18030'), seed: 'gbk', used: 'gb18030' },
];

describe('decode', () => {
  it.each(CASES)('$name', ({ bytes, header, seed, used, title }) => {
    const capture = captureOf(bytes, { ...(header === undefined ? {} : { contentType: header }), ...(seed === undefined ? {} : { seedCharset: seed }) });
    const decoded = decode(capture);
    expect(decoded.charset.used).toBe(used);
    expect(titleOf(decoded.markup)).toBe(title ?? TITLE);
    expect(decoded.payload).toBe(capture.payload);
  });

  it('names labels that lie and labels that name nothing', () => {
    const decoded = decode(captureOf(encode(pageOf('<meta charset="nonsense-8">'), 'gb18030'), { contentType: 'text/html; charset=utf-8' }));
    expect(decoded.notices.map((notice) => notice.code)).toEqual(expect.arrayContaining(['charset-wrong-label', 'charset-unknown-label']));
    expect(decoded.charset.declared).toBe('utf-8');
  });

  it('reads a GBK footer in a UTF-8 page as GBK, and the reverse', () => {
    const footer = '<p>版权所有：清河市公安局　地址：清河市建设路一号</p>\n';
    const utf8 = decode(captureOf(Buffer.concat([encode(pageOf(META_UTF8), 'utf8'), encode(footer, 'gb18030')])));
    expect(utf8.markup).toContain('地址：清河市建设路一号');
    expect(utf8.charset).toMatchObject({ used: 'utf-8', replaced: 0 });
    const gb = decode(captureOf(Buffer.concat([encode(pageOf(META_GB2312) + BODY.repeat(3), 'gb18030'), encode(`\n${footer}`, 'utf8')])));
    expect(gb.markup).toContain('地址：清河市建设路一号');
    expect(gb.charset.used).toBe('gb18030');
  });

  it('reads fragments within one line', () => {
    const [left, right] = ['<b>地址：清河市建设路一号</b> ', '<i>咨询电话由专人接听</i>'];
    const gb = decode(captureOf(Buffer.concat([encode(`${pageOf('')}${left}`, 'gb18030'), encode(`${right}<u>全年</u>`, 'utf8'), encode(left, 'gb18030')])));
    expect(gb.markup.endsWith(`${left}${right}<u>全年</u>${left}`)).toBe(true);
    const utf8 = decode(captureOf(Buffer.concat([encode(`${pageOf('')}${left}`, 'utf8'), encode(right, 'gb18030'), encode(left, 'utf8')])));
    expect(utf8.markup.endsWith(left + right + left)).toBe(true);
  });

  it('reads HZ, and takes no tilde for it', () => {
    expect(decode(captureOf(encode('<p>~{9+02>V~} 2001</p>', 'ascii')))).toMatchObject({ charset: { used: 'hz-gb-2312' }, markup: '<p>公安局 2001</p>' });
    expect(decode(captureOf(encode('<p>~{a: 1~} and ~/home</p>', 'ascii'))).markup).toBe('<p>~{a: 1~} and ~/home</p>');
  });

  it('loses one character, not the page, to an overwritten byte', () => {
    const bytes = Uint8Array.from(encode(pageOf(META_UTF8), 'utf8'));
    bytes[bytes.indexOf(0xe6, 200)] = 0x3f;
    const decoded = decode(captureOf(bytes, { contentType: 'text/html; charset=gbk' }));
    expect(decoded.charset.used).toBe('utf-8');
    expect(decoded.markup).toContain('没有因此引起行政复议');
    expect(decoded.charset.replaced).toBeLessThanOrEqual(2);
  });

  it.each([
    ['PDF', [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31]],
    ['ZIP', [0x50, 0x4b, 0x03, 0x04, 0x00]],
    ['OLE', [0xd0, 0xcf, 0x11, 0xe0, 0xa1]],
  ])('does not read a %s as text', (_name, bytes) => {
    expect(decode(captureOf(Uint8Array.from(bytes)))).toMatchObject({ markup: '', notices: [{ code: 'decode-not-text' }] });
  });

  it('leaves English, Russian and empty pages what they are', () => {
    expect(decode(captureOf(encode('<p>Annual report</p>', 'utf8'))).charset.used).toBe('utf-8');
    expect(decode(captureOf(encode('<meta charset=windows-1251><p>Отчёт полиции за год</p>', 'win1251'))).markup).toContain('Отчёт полиции');
    expect(decode(captureOf(new Uint8Array())).markup).toBe('');
  });
});
