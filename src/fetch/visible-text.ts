/** Tells roughly what a reader would see of a page: enough to weigh how much text there is, in one pass without parsing. */

/** Elements whose content is not on the page. */
const HIDDEN = ['script', 'style', 'noscript', 'template', 'title'];

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"' };

/** ASCII only: `toLowerCase` makes two characters of some (İ), and the places would no longer agree. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}

function isTagStart(markup: string, at: number): boolean {
  return /[a-zA-Z/!?]/u.test(markup[at + 1] ?? '');
}

/** Where the tag, comment or hidden element that starts at `at` ends; the end of the text when it never does. */
function endOfTag(markup: string, lower: string, at: number): number {
  const after = (mark: string, from: number): number => { const found = lower.indexOf(mark, from); return found < 0 ? markup.length : found + mark.length; };
  if (lower.startsWith('<!--', at)) return after('-->', at + 4);
  const hidden = HIDDEN.find((name) => lower.startsWith(`<${name}`, at) && !/[a-z0-9-]/u.test(lower[at + name.length + 1] ?? ''));
  return hidden ? after('>', after(`</${hidden}`, at) - 1) : after('>', at);
}

/** The text between the tags of `markup`, without scripts, styles and comments; runs of white space are one space. Linear. */
export function visibleText(markup: string): string {
  const lower = lowerAscii(markup);
  const parts: string[] = [];
  let position = 0;
  while (position < markup.length) {
    const open = markup.indexOf('<', position);
    if (open < 0) { parts.push(markup.slice(position)); break; }
    parts.push(markup.slice(position, open));
    const isTag = isTagStart(markup, open);
    if (!isTag) parts.push('<');
    position = isTag ? endOfTag(markup, lower, open) : open + 1;
  }
  return parts.join(' ').replace(/&(nbsp|amp|lt|gt|quot);/gu, (_, name: string) => ENTITIES[name] ?? ' ').replace(/\s+/gu, ' ').trim();
}

/** Content of the first `<title>`; the empty string when there is none. */
export function titleOf(markup: string): string {
  const lower = lowerAscii(markup);
  const open = lower.indexOf('<title');
  const start = open < 0 ? -1 : markup.indexOf('>', open);
  const end = start < 0 ? -1 : lower.indexOf('</title', start);
  return end < 0 ? '' : markup.slice(start + 1, end).replace(/\s+/gu, ' ').trim();
}
