/** Pages that lie about their charset or were damaged on the way: made-up texts in every combination that portals were seen to serve. */
import { Converter } from 'opencc-js/cn2t';
import { encode } from './page.js';

export interface HardPage {
  readonly name: string;
  readonly kind: string;
  readonly bytes: Uint8Array;
  /** Value of the Content-Type header; null when the server sends none. */
  readonly contentType: string | null;
  /** The charset by which the page can be read: `gb18030` stands for its whole family. */
  readonly charset: string;
  /** Words that a right reading shows. */
  readonly shows: string;
}

const toTraditional = Converter({ from: 'cn', to: 't' }) as (text: string) => string;

const AGENCIES = [
  '清河市公安局', '白石县公安局', '东岭区公安分局', '云溪市公安局', '临江县公安局', '南屏区公安分局', '青原市公安局', '龙泉县公安局', '北湾区公安分局', '金沙市公安局',
  '桃源县公安局', '西城区公安分局', '长水市公安局', '新丰县公安局', '高桥区公安分局', '安平市公安局', '石门县公安局', '海宁区公安分局', '永兴市公安局', '双河县公安局',
];

const SENTENCES = [
  '一年来，本局坚持以公开为常态、不公开为例外，及时回应群众关心的问题。', '全年共收到政府信息公开申请十二件，均在法定期限内答复。', '窗口单位增设了查阅点，方便群众就近办理户籍、出入境和车辆业务。',
  '门户网站全年发布警务动态三百余条，办事指南四十一项。', '没有因政府信息公开引起行政复议和行政诉讼的情况。', '存在的主要问题是更新不够及时，个别栏目内容偏少。',
  '下一步将完善审查机制，加强业务培训，提高公开质量。', '主动公开规范性文件两件，行政许可事项九项。', '咨询电话由专人接听，工作日内全部答复。', '本年度未收取任何费用。',
];

function titleOf(index: number): string {
  return `${AGENCIES[index % AGENCIES.length] ?? ''}${2008 + (index % 15)}年政府信息公开工作年度报告`;
}

function sentencesOf(index: number, count: number): string {
  return Array.from({ length: count }, (_, place) => `<p>${SENTENCES[(index * 3 + place) % SENTENCES.length] ?? ''}</p>`).join('\n');
}

/** Four shapes of page: an article, a short notice, a list, a page whose head is long and whose text is in a table. */
const SHAPES: readonly ((index: number, head: string) => string)[] = [
  (index, head) => `<!DOCTYPE html>\n<html><head>${head}<title>${titleOf(index)}</title></head>\n<body>${sentencesOf(index, 30)}</body></html>\n`,
  (index, head) => `<html><head>${head}<title>${titleOf(index)}</title></head>\n<body>${sentencesOf(index, 1)}</body></html>\n`,
  (index, head) => `<html><head>${head}<title>${titleOf(index)}</title></head><body>${Array.from({ length: 15 }, (_, row) => `<li><a href="/n${row}.html">${titleOf(index + row)}</a><i>2016-03-0${row % 9}</i></li>`).join('')}</body></html>`,
  (index, head) => `<html><head><script>${'var a=1;'.repeat(3000)}</script>${head}<title>${titleOf(index)}</title></head><body><table>${Array.from({ length: 12 }, (_, row) => `<tr><td>${SENTENCES[(index + row) % 10]?.slice(0, 9) ?? ''}</td><td>${row * 7}</td></tr>`).join('')}</table></body></html>`,
];

const CHARSETS = ['utf8', 'gb18030', 'big5'] as const;
const NAMES: Readonly<Record<string, string>> = { utf8: 'utf-8', gb18030: 'gb18030', big5: 'big5' };
const HEADERS = [null, 'text/html', 'text/html; charset=utf-8', 'text/html;charset=GBK', 'text/html; charset=big5', 'text/html; charset=ISO-8859-1'] as const;
const METAS = [
  '', '<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', '<meta charset=big5>', '<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">',
  '<meta charset="x-unknown">',
] as const;

function inScript(text: string, charset: string): string {
  return charset === 'big5' ? toTraditional(text) : text;
}

function lastHanzi(text: string): number {
  return Math.max(...Array.from(text.matchAll(/[\u4e00-\u9fff]/gu), (match) => match.index));
}

/** 4 shapes × 3 charsets × 6 headers × 6 metas × whole or cut inside the last character: 864 pages. */
export function lieMatrix(): HardPage[] {
  return SHAPES.flatMap((shape, index) => CHARSETS.flatMap((charset) => HEADERS.flatMap((contentType) => METAS.flatMap((meta) => [false, true].map((cut): HardPage => {
    const text = inScript(shape(index, meta), charset);
    const whole = encode(text, charset);
    const bytes = cut ? encode(text.slice(0, lastHanzi(text) + 1), charset).subarray(0, -1) : whole;
    return { name: `shape ${index} in ${charset}, header ${contentType ?? 'none'}, meta ${meta || 'none'}${cut ? ', cut' : ''}`, kind: 'lying labels', bytes, contentType, charset: NAMES[charset] ?? charset, shows: inScript(titleOf(index), charset) };
  })))));
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** The byte at `share` of the page overwritten by `?`, inside a hanzi near there. */
function overwritten(bytes: Uint8Array, share: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = copy.findIndex((byte, index) => index > copy.length * share && byte >= 0x80);
  copy[at + 1] = 0x3f;
  return copy;
}

const UTF8_META = '<meta charset="utf-8">';
const GBK_META = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">';
const FOOTER = '\n<div class="footer">版权所有：清河市公安局　备案序号：清公网安备　地址：建设路一号</div>\n';

type Recipe = readonly [kind: string, charset: string, make: (index: number) => Uint8Array, shows?: (index: number) => string];

const page = (index: number, head: string): string => (SHAPES[index % 2 === 0 ? 0 : 2] as (typeof SHAPES)[number])(index, head);

const RECIPES: readonly Recipe[] = [
  ['one overwritten byte in a UTF-8 page', 'utf-8', (index) => overwritten(encode(page(index, UTF8_META), 'utf8'), 0.3 + index / 40)],
  ['one overwritten byte in a GBK page', 'gb18030', (index) => overwritten(encode(page(index, GBK_META), 'gb18030'), 0.3 + index / 40)],
  ['a GBK footer in a UTF-8 page', 'utf-8', (index) => concat(encode(page(index, UTF8_META), 'utf8'), encode(FOOTER, 'gb18030'))],
  ['a UTF-8 footer in a GBK page', 'gb18030', (index) => concat(encode(page(index, GBK_META), 'gb18030'), encode(FOOTER, 'utf8'))],
  ['a GBK heading alone', 'gb18030', (index) => encode(`<h1>${titleOf(index)}</h1>`, 'gb18030')],
  ['a GBK agency alone', 'gb18030', (index) => encode(`<b>${AGENCIES[index] ?? ''}</b>`, 'gb18030'), (index) => AGENCIES[index] ?? ''],
  ['a UTF-8 heading alone', 'utf-8', (index) => encode(`<h1>${titleOf(index)}</h1>`, 'utf8')],
  ['a Big5 heading alone', 'big5', (index) => encode(toTraditional(`<h1>${titleOf(index)}</h1>`), 'big5'), (index) => toTraditional(titleOf(index))],
  ['a stale GBK label on UTF-8', 'utf-8', (index) => encode(page(index, GBK_META), 'utf8')],
  ['a stale UTF-8 label on GBK', 'gb18030', (index) => encode(page(index, UTF8_META), 'gb18030')],
  ['a cut tail in UTF-8', 'utf-8', (index) => encode(page(index, ''), 'utf8').subarray(0, 900 + index)],
  ['a cut tail in GBK', 'gb18030', (index) => encode(page(index, ''), 'gb18030').subarray(0, 700 + index)],
  ['labels removed, GBK', 'gb18030', (index) => encode(page(index, ''), 'gb18030')],
  ['labels removed, Big5', 'big5', (index) => encode(toTraditional(page(index, '')), 'big5'), (index) => toTraditional(titleOf(index))],
  ['labels removed, UTF-8', 'utf-8', (index) => encode(page(index, ''), 'utf8')],
  ['Traditional text in GBK', 'gb18030', (index) => encode(toTraditional(page(index, '')), 'gb18030'), (index) => toTraditional(titleOf(index))],
  ['Traditional text in UTF-8 under a Big5 label', 'utf-8', (index) => encode(toTraditional(page(index, '<meta charset=big5>')), 'utf8'), (index) => toTraditional(titleOf(index))],
  ['rare names in four bytes', 'gb18030', (index) => encode(page(index, GBK_META).replace(/报告/gu, '报告㐀㑳䶮'), 'gb18030'), (index) => AGENCIES[index] ?? ''],
];

/** 18 kinds × 20 pages: 360 hard pages. */
export function hardSet(): HardPage[] {
  return RECIPES.flatMap(([kind, charset, make, shows]) => AGENCIES.map((_, index): HardPage => ({
    name: `${kind}, ${index}`, kind, bytes: make(index), contentType: null, charset, shows: shows?.(index) ?? titleOf(index),
  })));
}
