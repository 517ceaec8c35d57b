/** Damages sound Simplified texts the way copying sites and careless software do: forward simulators, to be undone by the repairs. */
import iconv from 'iconv-lite';
import { Converter } from 'opencc-js/cn2t';
import { pinyin } from 'pinyin-pro';

const PHRASES = Converter({ from: 'cn', to: 't' }) as (text: string) => string;

/** Where the sites' map differs from OpenCC's first choice (sample 004). */
const SITE_FORMS: Readonly<Record<string, string>> = { 为: '為', 众: '眾', 台: '臺', 启: '啟', 于: '于', 范: '范', 后: '后', 系: '系', 干: '干', 采: '采', 并: '并', 布: '布', 里: '里', 面: '面', 群: '群' };

/** Simplified to Traditional by a one-to-one character map, as the copying sites do it: 准 is always 準, also where that is wrong. */
export function toTraditional(text: string): string {
  return Array.from(text, (character) => SITE_FORMS[character] ?? PHRASES(character)).join('');
}

/** The characters that one family of sites annotates (sample 004's list). */
const ANNOTATED = new Set('關發當點據結實現認執報規進礎權動機財統續會預經費項時務設強準內監擴應調運導領環節網聯優責紀學嚴濟復協護術創堅負數標錯個隊構業訓');

/** Toned pinyin behind every listed character. */
export function insertPinyin(traditional: string): string {
  return Array.from(traditional, (character) => (ANNOTATED.has(character) ? `${character}(${pinyin(character)})` : character)).join('');
}

/** Toneless pinyin, repeated, behind every seventh hanzi and every 局. */
export function insertToneless(traditional: string): string {
  let hanzi = 0;
  return Array.from(traditional, (character) => {
    if (!/[\u4e00-\u9fff]/u.test(character)) return character;
    hanzi += 1;
    const syllable = `(${pinyin(character, { toneType: 'none', v: true })})`;
    return character === '局' ? character + syllable.repeat(3) : hanzi % 7 === 0 ? character + syllable : character;
  }).join('');
}

const CP936 = new TextDecoder('gbk');

/** CP936 as PHP reads it: a lone lead is `?`, a lead with an invalid trail is one `?` and both are eaten; private use is dropped. */
function decodePiece(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] as number;
    if (lead < 0x81) { text += String.fromCharCode(lead); at += 1; continue; }
    const trail = bytes[at + 1];
    if (trail === undefined) { text += '?'; at += 1; continue; }
    at += 2;
    if (trail < 0x40 || trail === 0x7f || trail === 0xff) { text += '?'; continue; }
    const character = CP936.decode(Uint8Array.of(lead, trail));
    if (!/^[\ue000-\uf8ff\ufffd]/u.test(character)) text += character;
  }
  return text;
}

/** Pairs in front of which the text is cut, wherever their bytes meet: 。 ？ 、 */
const CUTS = new Set([0xa1a3, 0xa3bf, 0xa1a2]);

function piecesOf(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (let at = 1; at + 1 < bytes.length; at += 1) {
    if (!CUTS.has(((bytes[at] as number) << 8) | (bytes[at + 1] as number))) continue;
    pieces.push(bytes.subarray(start, at));
    start = at;
    at += 1;
  }
  return [...pieces, bytes.subarray(start)];
}

export function foldAscii(text: string): string {
  return text.replace(/[\uff01-\uff5e]/gu, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0));
}

/** Marks in full width, as a Chinese text has them before a harvest folds them. */
export function widenMarks(text: string): string {
  return text.replace(/[!-/:-@[-`{}~]/gu, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0));
}

/** One Traditional paragraph, indented, with its pinyin: encoded as GBK, cut, read piece by piece, folded and trimmed. */
export function shiftBytes(paragraph: string): string {
  const bytes = iconv.encode(`\u3000\u3000${paragraph}`, 'gb18030');
  return foldAscii(piecesOf(bytes).map(decodePiece).join('')).replace(/^[\s\u3000]+|[\s\u3000]+$/gu, '');
}

/** A Simplified document as such a site publishes it. */
export function copyAsSitesDo(document: string): string {
  return document.split('\n').map((line) => shiftBytes(insertPinyin(toTraditional(widenMarks(line))))).join('\n');
}

/** UTF-8 bytes read as GBK. */
export const utf8AsGbk = (text: string): string => new TextDecoder('gb18030').decode(Buffer.from(text, 'utf8'));
/** UTF-8 bytes read as Latin-1. */
export const utf8AsLatin = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
/** UTF-8 bytes read as windows-1252. */
export const utf8AsCp1252 = (text: string): string => Array.from(Buffer.from(text, 'utf8'), (byte) => {
  const character = iconv.decode(Buffer.of(byte), 'windows-1252');
  // The five bytes that the code page leaves out are controls by the WHATWG table.
  return character === '\ufffd' ? String.fromCharCode(byte) : character;
}).join('');
/** GBK bytes read as Latin-1. */
export const gbkAsLatin = (text: string): string => iconv.encode(text, 'gb18030').toString('latin1');
