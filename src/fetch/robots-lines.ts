/** Reads robots.txt bytes into its directives, tolerating what Google's parser tolerates; makes no decisions. */

export type DirectiveKey = 'user-agent' | 'allow' | 'disallow' | 'crawl-delay' | 'sitemap';

/** One directive: its line number (from 1), its key, and its value as bytes written one character each (latin1). */
export type Directive = readonly [line: number, key: DirectiveKey, value: string];

/** RFC 9309, 2.5: at least 500 KiB must be read; what lies beyond is ignored. */
export const ROBOTS_MAX_BYTES = 500 * 1024;

/** Google's limit, eight times the longest address that browsers took: the rest of a longer line is ignored. */
const LONGEST_LINE = 2083 * 8 - 1;

/** Keys and the misspellings that Google's parser accepts, lower case; prefixes, for it accepts `Disallow-all:` as well. */
const KEYS: readonly (readonly [prefix: string, key: DirectiveKey])[] = [
  ['user-agent', 'user-agent'], ['useragent', 'user-agent'], ['user agent', 'user-agent'],
  ['allow', 'allow'],
  ['disallow', 'disallow'], ['dissallow', 'disallow'], ['dissalow', 'disallow'], ['disalow', 'disallow'], ['diasllow', 'disallow'], ['disallaw', 'disallow'],
  ['sitemap', 'sitemap'], ['site-map', 'sitemap'],
  ['crawl-delay', 'crawl-delay'], ['crawldelay', 'crawl-delay'], ['crawl delay', 'crawl-delay'],
];

function keyOf(text: string): DirectiveKey | null {
  const lower = text.toLowerCase();
  return KEYS.find(([prefix]) => lower.startsWith(prefix))?.[1] ?? null;
}

/** ASCII white space only: U+00A0 is the second byte of many a GBK character here. */
function trimAscii(text: string): string {
  let start = 0;
  let end = text.length;
  const isSpace = (index: number): boolean => { const code = text.charCodeAt(index); return code === 32 || (code >= 9 && code <= 13); };
  while (start < end && isSpace(start)) start += 1;
  while (end > start && isSpace(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** Key and value of a line. Without a colon, exactly two words count as key and value. */
function splitLine(line: string): readonly [key: string, value: string] | null {
  const hash = line.indexOf('#');
  const bare = trimAscii(hash < 0 ? line : line.slice(0, hash));
  const colon = bare.indexOf(':');
  if (colon >= 0) return [trimAscii(bare.slice(0, colon)), trimAscii(bare.slice(colon + 1))];
  const words = bare.split(/[ \t]+/u, 3);
  return words.length === 2 ? [words[0] ?? '', words[1] ?? ''] : null;
}

function directiveOf(line: string, lineNumber: number): Directive | null {
  const pair = splitLine(line.slice(0, LONGEST_LINE));
  if (!pair || pair[0] === '') return null;
  const key = keyOf(pair[0]);
  return key === null ? null : [lineNumber, key, pair[1]];
}

/** The bytes as text, one character a byte; UTF-16 with its mark becomes UTF-8 first, and marks go (a cut UTF-8 mark too, as with Google). */
function asByteText(bytes: Uint8Array): string {
  const capped = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, ROBOTS_MAX_BYTES));
  const mark = capped.subarray(0, 2).toString('latin1');
  if (mark === '\xff\xfe') return Buffer.from(new TextDecoder('utf-16le').decode(capped), 'utf8').toString('latin1');
  if (mark === '\xfe\xff') return Buffer.from(new TextDecoder('utf-16be').decode(capped), 'utf8').toString('latin1');
  const text = capped.toString('latin1');
  const partOfMark = ['\xef\xbb\xbf', '\xef\xbb', '\xef'].find((part) => text.startsWith(part));
  return text.slice(partOfMark?.length ?? 0);
}

/** The directives of a robots.txt, in order. Lines end with LF, CR or CRLF. Anything unreadable is left out; never throws. */
export function readDirectives(bytes: Uint8Array): Directive[] {
  const directives: Directive[] = [];
  asByteText(bytes).split(/\r\n|\n|\r/u).forEach((line, index) => {
    const directive = directiveOf(line, index + 1);
    if (directive) directives.push(directive);
  });
  return directives;
}

/** Whether the body is a web page: many portals answer any unknown address with their home page, or a wall with its own. */
export function looksLikeMarkup(bytes: Uint8Array): boolean {
  const start = trimAscii(Buffer.from(bytes.subarray(0, 512)).toString('latin1').replace(/^\xef\xbb\xbf/u, '')).toLowerCase();
  return start.startsWith('<!doctype') || start.startsWith('<html') || start.startsWith('<?xml') || start.startsWith('<head') || start.startsWith('<script') || start.startsWith('<meta');
}
