/** Chooses the character set, turns bytes into characters, keeps its evidence. */
import type { Capture, CharsetDeclaration, CharsetJudgement, Decoded, Notice } from '../record.js';
import { byteOrderMark } from './byte-order-mark.js';
import { charactersOf } from './character-tables.js';
import { declaredCharsets } from './declared-charset.js';
import { readHz } from './hz.js';
import type { Leaning } from './judge.js';
import { HZ, judgeCharset } from './judge.js';
import type { Verdict } from './judge.js';
import { readMixedGb, readMixedUtf8 } from './mixed-page.js';

/** First bytes of formats that are no text: PDF, ZIP (DOCX, OFD), OLE (DOC, WPS), PNG, JPEG, GIF, RAR, 7z, gzip. */
const BINARY_SIGNS: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46, 0x2d], [0x50, 0x4b, 0x03, 0x04], [0xd0, 0xcf, 0x11, 0xe0], [0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x61, 0x72, 0x21], [0x37, 0x7a, 0xbc, 0xaf], [0x1f, 0x8b, 0x08],
];

function isBinary(payload: Uint8Array): boolean {
  return BINARY_SIGNS.some((sign) => sign.every((byte, index) => payload[index] === byte));
}

interface Reading {
  readonly text: string;
  readonly notices: readonly Notice[];
}

function notice(code: string, message: string): Notice {
  return { code, room: 'decode', message };
}

/** Reads the whole payload in the judged charset; where lines disagree with it, by line and span. */
function read(payload: Uint8Array, used: string): Reading {
  const mark = byteOrderMark(payload);
  const bytes = mark ? payload.subarray(mark.length) : payload;
  if (used === 'utf-8') {
    const text = charactersOf(bytes, 'utf-8');
    if (!text.includes('\ufffd')) return { text, notices: [] };
    const mixed = readMixedUtf8(bytes);
    return { text: mixed.text, notices: mixed.others > 0 ? [notice('charset-mixed', `${mixed.others} stretches of this UTF-8 page are GBK and were read as such`)] : [] };
  }
  if (used === 'gb18030') {
    const mixed = readMixedGb(bytes);
    return { text: mixed.text, notices: mixed.others > 0 ? [notice('charset-mixed', `${mixed.others} stretches of this GBK page are UTF-8 and were read as such`)] : [] };
  }
  if (used === HZ) return { text: readHz(charactersOf(bytes, 'utf-8')) ?? charactersOf(bytes, 'utf-8'), notices: [] };
  return { text: charactersOf(bytes, used), notices: [] };
}

function countReplaced(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count += 1;
  return count;
}

function noticesOf(declarations: readonly CharsetDeclaration[], judged: { verdict: Verdict; replaced: number }): Notice[] {
  const unknown = declarations.filter((declaration) => declaration.charset === null)
    .map((declaration) => notice('charset-unknown-label', `the ${declaration.from} declares "${declaration.label}", which names no charset`));
  const lying = declarations.filter((declaration) => declaration.charset !== null && declaration.charset !== judged.verdict.used)
    .map((declaration) => notice('charset-wrong-label', `the ${declaration.from} declares "${declaration.label}", but the bytes are ${judged.verdict.used}`));
  const lost = judged.replaced > 0 ? [notice('charset-replaced', `${judged.replaced} characters could not be read and are U+FFFD`)] : [];
  return [...unknown, ...lying, ...lost];
}

function looksLikeMarkup(capture: Capture, text: string): boolean {
  if (capture.mediaType !== null && /html|xml/u.test(capture.mediaType)) return true;
  if (capture.mediaType === 'text/plain' && capture.fetchedBy === 'import') return false;
  return /^\s*<(?:!doctype|html|\?xml|head|body|div|script|table|meta|!--)/iu.test(text);
}

function binary(capture: Capture): Decoded {
  const charset: CharsetJudgement = { used: 'binary', declared: null, from: 'default', declarations: [], candidates: [], reason: 'the payload is a file, not text', replaced: 0 };
  return { ...capture, charset, markup: '', isMarkup: false, notices: [notice('decode-not-text', 'the payload is a file (PDF, ZIP, image or the like), not a page')] };
}

/** Division codes of Taiwan, Hong Kong and Macau begin with 71, 81 and 82. */
function leaningOf({ seed, finalUrl }: Capture): Leaning {
  const isElsewhere = /^(?:71|81|82)/u.test(seed?.code ?? '') || /^https?:\/\/[^/?#]*\.(?:tw|hk|mo)(?:[:/?#]|$)/iu.test(finalUrl);
  return isElsewhere ? 'big5' : 'gb18030';
}

/**
 * The capture with its characters. Never throws: an unknown label, a lying one, mixed and broken bytes end in notices. The payload
 * itself is not touched.
 */
export function decode(capture: Capture): Decoded {
  const { payload } = capture;
  if (isBinary(payload)) return binary(capture);
  const declarations = declaredCharsets(capture);
  const verdict = judgeCharset(payload, declarations, leaningOf(capture));
  const { text, notices } = read(payload, verdict.used);
  const replaced = countReplaced(text);
  const declared = declarations.find((declaration) => declaration.from !== 'seed')?.label ?? null;
  return {
    ...capture, charset: { ...verdict, declared, declarations, replaced }, markup: text, isMarkup: looksLikeMarkup(capture, text),
    notices: [...noticesOf(declarations, { verdict, replaced }), ...notices],
  };
}
