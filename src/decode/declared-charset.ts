/** Collects every charset that a page and its server declare, as written and as the standard reads it. */
import type { Capture, CharsetDeclaration } from '../record.js';
import { metaLabels } from './meta-prescan.js';

/** Declarations are looked for in so many bytes: portals put long scripts and comments before their `<meta>`. */
const SEARCHED_BYTES = 64 * 1024;

const XML = /^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([^"']{1,40})["']/iu;
const HEADER = /charset\s*=\s*["']?\s*([^\s"';,]{1,40})/iu;

/**
 * The encoding a label stands for by the WHATWG standard, or null when it stands for none. `gb2312` and `gbk` give `gb18030`, their
 * superset: pages that declare them hold characters of all three. `utf-7` and `utf-32` are nobody's label any more. Two that only some versions
 * of Node know are the same for all: `x-user-defined` is taken for windows-1252, as the standard does in a `<meta>`, `iso-8859-16` for nothing.
 */
export function charsetOfLabel(label: string): string | null {
  const written = label.trim().toLowerCase();
  if (written === 'x-user-defined') return 'windows-1252';
  if (written === 'iso-8859-16') return null;
  try {
    const { encoding } = new TextDecoder(written);
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    return null;
  }
}

/** A meta can only be read where ASCII is ASCII: the standard takes UTF-16 for UTF-8 there. */
function metaDeclaration(label: string): CharsetDeclaration {
  const charset = charsetOfLabel(label);
  return { from: 'meta', label: label.slice(0, 40), charset: charset?.startsWith('utf-16') ? 'utf-8' : charset };
}

function declaration(from: CharsetDeclaration['from'], label: string | undefined): CharsetDeclaration[] {
  return label === undefined || label === '' ? [] : [{ from, label, charset: charsetOfLabel(label) }];
}

/** ASCII markup is the same in every charset a portal uses, so the head can be read one byte a character. */
function head(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, Math.min(payload.length, SEARCHED_BYTES)).toString('latin1');
}

/** All declarations in the order header, XML, meta (as they stand), seed. */
export function declaredCharsets(capture: Pick<Capture, 'headers' | 'payload' | 'seed'>): CharsetDeclaration[] {
  const text = head(capture.payload);
  const metas = metaLabels(text).map(metaDeclaration);
  return [
    ...declaration('header', HEADER.exec(capture.headers['content-type'] ?? '')?.[1]),
    ...declaration('xml', XML.exec(text)?.[1]),
    ...metas,
    ...declaration('seed', capture.seed?.charset ?? undefined),
  ];
}
