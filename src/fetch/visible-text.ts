/** Tells roughly what a reader would see of a page: enough to weigh how much text there is, in one pass without parsing. */

/** Elements whose content is not on the page. */
const HIDDEN = ['script', 'style', 'noscript', 'template', 'title'];

const HIDDEN_INITIALS = 'snt';

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' };

/** Lower case with every character in its place: `toLowerCase` makes two of some (İ), then only ASCII is lowered. */
function lowerInPlace(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}

function isTagStart(lower: string, at: number): boolean {
  const next = lower[at + 1] ?? '';
  return (next >= 'a' && next <= 'z') || next === '/' || next === '!' || next === '?';
}

/** Where the tag, comment or hidden element that starts at `at` ends; the end of the text when it never does. */
function endOfTag(markup: string, lower: string, at: number): number {
  const after = (mark: string, from: number): number => { const found = lower.indexOf(mark, from); return found < 0 ? markup.length : found + mark.length; };
  if (lower.startsWith('<!--', at)) return after('-->', at + 4);
  const hidden = !HIDDEN_INITIALS.includes(lower[at + 1] ?? '') ? undefined : HIDDEN.find((name) => lower.startsWith(`<${name}`, at) && !/[a-z0-9-]/u.test(lower[at + name.length + 1] ?? ''));
  return hidden ? after('>', after(`</${hidden}`, at) - 1) : after('>', at);
}

/**
 * The text between the tags of `markup`, without scripts, styles and comments; runs of white space are one space. Linear.
 * It stops soon after `enough` characters: who asks how much there is need not read it all.
 */
export function visibleText(markup: string, enough = Number.POSITIVE_INFINITY): string {
  const lower = lowerInPlace(markup);
  const parts: string[] = [];
  let position = 0;
  let seen = 0;
  while (position < markup.length && seen < enough) {
    const open = markup.indexOf('<', position);
    if (open < 0) { parts.push(markup.slice(position)); break; }
    parts.push(markup.slice(position, open));
    seen += /\S/u.test(parts.at(-1) ?? '') ? open - position : 0;
    const isTag = isTagStart(lower, open);
    if (!isTag) parts.push('<');
    position = isTag ? endOfTag(markup, lower, open) : open + 1;
  }
  return parts.join(' ').replace(/&(nbsp|amp|lt|gt|quot);/gu, (_, name: string) => ENTITIES[name] ?? ' ').replace(/\s+/gu, ' ').trim();
}

/** Content of the first `<title>`; the empty string when there is none. */
export function titleOf(markup: string): string {
  const lower = lowerInPlace(markup);
  const open = lower.indexOf('<title');
  const start = open < 0 ? -1 : markup.indexOf('>', open);
  const end = start < 0 ? -1 : lower.indexOf('</title', start);
  return end < 0 ? '' : markup.slice(start + 1, end).replace(/\s+/gu, ' ').trim();
}
