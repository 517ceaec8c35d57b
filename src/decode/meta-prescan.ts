/**
 * Reads the charset labels of a page's `<meta>` elements as browsers do before they know the charset: the prescan of the WHATWG HTML standard
 * (13.2.3.2), except that it goes on after the first label. It looks neither at scripts nor at nesting, on purpose: nor do browsers.
 */

/** Where reading goes on, and what was read; null when the head ended in the middle. */
interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly next: number;
}

const SPACE = ' \t\n\f\r';

function skip(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && characters.includes(text[at] as string)) at += 1;
  return at;
}

/** First place from `from` on that holds one of `characters`; the length of the text when there is none. */
function find(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && !characters.includes(text[at] as string)) at += 1;
  return at;
}

function readValue(text: string, from: number, name: string): Attribute | null {
  const start = skip(text, from, SPACE);
  const quote = text[start];
  if (quote === '"' || quote === '\'') {
    const end = text.indexOf(quote, start + 1);
    return end < 0 ? null : { name, value: text.slice(start + 1, end), next: end + 1 };
  }
  const end = find(text, start, `${SPACE}>`);
  return end >= text.length ? null : { name, value: text.slice(start, end), next: end };
}

/** The attribute at `from`; its name is empty at the end of the tag, where `next` stands on the `>`. */
function readAttribute(text: string, from: number): Attribute | null {
  const start = skip(text, from, `${SPACE}/`);
  if (start >= text.length) return null;
  if (text[start] === '>') return { name: '', value: '', next: start };
  // An equals sign at the very start belongs to the name.
  const nameEnd = find(text, start + 1, `${SPACE}/>=`);
  const name = text.slice(start, nameEnd).toLowerCase();
  const sign = skip(text, nameEnd, SPACE);
  if (sign >= text.length) return null;
  return text[sign] === '=' ? readValue(text, sign + 1, name) : { name, value: '', next: sign };
}

/** The attributes of the tag whose name ends at `from`, the first of each name; null when the head ended inside the tag. */
function readTag(text: string, from: number): { readonly attributes: ReadonlyMap<string, string>; readonly next: number } | null {
  const attributes = new Map<string, string>();
  for (let at = from; ;) {
    const attribute = readAttribute(text, at);
    if (!attribute) return null;
    if (attribute.name === '') return { attributes, next: attribute.next + 1 };
    if (!attributes.has(attribute.name)) attributes.set(attribute.name, attribute.value);
    at = attribute.next;
  }
}

/** `charset=` inside a `content` attribute: after it one label, quoted on both sides or not at all. */
function labelInContent(content: string): string | null {
  const folded = content.toLowerCase();
  for (let at = folded.indexOf('charset'); at >= 0; at = folded.indexOf('charset', at + 7)) {
    const sign = skip(content, at + 7, SPACE);
    if (content[sign] !== '=') continue;
    const start = skip(content, sign + 1, SPACE);
    const quote = content[start];
    if (quote !== '"' && quote !== '\'') return content.slice(start, find(content, start, `${SPACE};`));
    const end = content.indexOf(quote, start + 1);
    return end < 0 ? null : content.slice(start + 1, end);
  }
  return null;
}

function labelOf(attributes: ReadonlyMap<string, string>): string | null {
  const own = attributes.get('charset');
  if (own !== undefined) return own.trim();
  return attributes.get('http-equiv')?.toLowerCase() === 'content-type' ? labelInContent(attributes.get('content') ?? '') : null;
}

/** More than a page ever has: a hostile one could declare thousands. */
const MOST_LABELS = 16;

const META = /^meta[\t\n\f\r />]/iu;
const TAG = /^\/?[a-z]/iu;

/** Every label that a `<meta>` in `head` (one byte a character) declares, as written, in order. A tag that the head cuts off declares nothing. */
export function metaLabels(head: string): string[] {
  const labels: string[] = [];
  for (let at = head.indexOf('<'); at >= 0; at = head.indexOf('<', at)) {
    const start = head.slice(at + 1, at + 8);
    let next: number;
    if (start.startsWith('!--')) next = head.indexOf('-->', at + 2) + 3;
    else if (META.test(start) || TAG.test(start)) {
      const isMeta = META.test(start);
      const tag = readTag(head, isMeta ? at + 5 : find(head, at + 1, `${SPACE}>`));
      const label = isMeta && tag ? labelOf(tag.attributes) : null;
      if (label) labels.push(label);
      next = tag?.next ?? 0;
    } else if (/^[!/?]/u.test(start)) next = head.indexOf('>', at) + 1;
    else next = at + 1;
    if (next <= at || labels.length >= MOST_LABELS) return labels;
    at = next;
  }
  return labels;
}
