/** Lays a page out flat in one walk: text in reading order, and for each element which text and which links stand in it. */
import type { Tree } from '../html/parse.js';

/** The little of a DOM node that this room reads. */
export interface DomNode {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly firstChild?: DomNode | null;
  readonly next: DomNode | null;
  readonly parent: DomNode | null;
}

/** Positions in `pieces` and `anchors`, end exclusive. */
export interface Span {
  readonly textStart: number;
  readonly anchorStart: number;
  textEnd: number;
  anchorEnd: number;
}

export interface FlatAnchor {
  readonly element: DomNode;
  /** As written. */
  readonly href: string;
  readonly title: string;
}

/** How far above an image its link is looked for. */
const IMAGE_DEPTH = 4;

export interface FlatForm {
  readonly action: string;
  readonly fields: [name: string, value: string][];
}

export interface FlatPage {
  /** Runs of visible text in reading order. */
  readonly pieces: readonly string[];
  readonly anchors: readonly FlatAnchor[];
  readonly spans: ReadonlyMap<DomNode, Span>;
  /** `alt` or `title` of the first image in a link: the only words of a banner. */
  readonly imageWords: ReadonlyMap<DomNode, string>;
  readonly frames: readonly { readonly src: string; readonly isFrameset: boolean }[];
  readonly forms: readonly FlatForm[];
  /** Addresses of documents shown inside the page: embed, object, a viewer's `pdfsrc`. */
  readonly embedded: readonly string[];
  /** Elements of `script`, attributes and inline text. */
  readonly scripts: readonly { readonly attribs: Readonly<Record<string, string>>; readonly text: string }[];
  /** `name` in lower case to `content`; the first of each counts. */
  readonly metas: ReadonlyMap<string, string>;
  /** The content of a `<meta http-equiv=refresh>`. */
  readonly refresh: string | null;
  readonly base: string | null;
  readonly title: string;
  /** Words of the h1 to h3 elements. */
  readonly headings: readonly string[];
}

type Draft = { -readonly [Key in keyof FlatPage]: FlatPage[Key] extends readonly (infer One)[] ? One[] : FlatPage[Key] } & { spans: Map<DomNode, Span>; imageWords: Map<DomNode, string>; metas: Map<string, string>; headingElements: DomNode[] };

/** Elements whose text is not read by people. */
const UNREAD: ReadonlySet<string> = new Set(['noscript', 'script', 'style', 'template', 'textarea', 'title']);

function textWithin(element: DomNode): string {
  let text = '';
  for (let child = element.firstChild ?? null; child; child = child.next) text += child.data ?? '';
  return text;
}

function readMeta(draft: Draft, attribs: Readonly<Record<string, string>>): void {
  const name = (attribs['name'] ?? attribs['property'] ?? '').toLowerCase();
  const content = attribs['content'] ?? '';
  if (name !== '' && !draft.metas.has(name)) draft.metas.set(name, content.trim());
  if ((attribs['http-equiv'] ?? '').toLowerCase() === 'refresh') draft.refresh ??= content;
}

function readField(draft: Draft, attribs: Readonly<Record<string, string>>): void {
  const name = attribs['name'] ?? '';
  if (name !== '') draft.forms.at(-1)?.fields.push([name, attribs['value'] ?? '']);
}

type Reader = (draft: Draft, element: DomNode, attribs: Readonly<Record<string, string>>) => void;

function readAnchor(draft: Draft, element: DomNode, attribs: Readonly<Record<string, string>>): void {
  if (attribs['href'] !== undefined) draft.anchors.push({ element, href: attribs['href'], title: attribs['title'] ?? attribs['alt'] ?? '' });
}

const readImage: Reader = (draft, element, attribs) => {
  const words = (attribs['alt'] ?? attribs['title'] ?? '').trim();
  let above = element.parent;
  for (let height = 0; words !== '' && above && height < IMAGE_DEPTH; height += 1, above = above.parent) {
    if (above.name !== 'a') continue;
    if (!draft.imageWords.has(above)) draft.imageWords.set(above, words);
    return;
  }
};

const readHeading: Reader = (draft, element) => { draft.headingElements.push(element); };

/** What is noted of an element besides its text. */
const READERS: Readonly<Record<string, Reader>> = {
  a: readAnchor,
  area: readAnchor,
  base: (draft, _element, { href }) => { draft.base ??= href ?? null; },
  div: (draft, _element, { pdfsrc }) => { if (pdfsrc) draft.embedded.push(pdfsrc); },
  embed: (draft, _element, { src }) => { if (src) draft.embedded.push(src); },
  form: (draft, _element, { action }) => { draft.forms.push({ action: action ?? '', fields: [] }); },
  frame: (draft, _element, { src }) => { if (src) draft.frames.push({ src, isFrameset: true }); },
  h1: readHeading,
  h2: readHeading,
  h3: readHeading,
  iframe: (draft, _element, { src }) => { if (src) draft.frames.push({ src, isFrameset: false }); },
  img: readImage,
  input: (draft, _element, attribs) => readField(draft, attribs),
  meta: (draft, _element, attribs) => readMeta(draft, attribs),
  object: (draft, _element, { data }) => { if (data) draft.embedded.push(data); },
  script: (draft, element, attribs) => { draft.scripts.push({ attribs, text: textWithin(element) }); },
  select: (draft, _element, attribs) => readField(draft, attribs),
  title: (draft, element) => { draft.title ||= textWithin(element).trim(); },
};

function enter(draft: Draft, node: DomNode): void {
  if (node.type === 'text') {
    const text = (node.data ?? '').trim();
    if (text !== '') draft.pieces.push(text);
    return;
  }
  if (!node.name) return;
  draft.spans.set(node, { textStart: draft.pieces.length, textEnd: 0, anchorStart: draft.anchors.length, anchorEnd: 0 });
  READERS[node.name]?.(draft, node, node.attribs ?? {});
}

function leave(draft: Draft, node: DomNode): void {
  const span = draft.spans.get(node);
  if (!span) return;
  span.textEnd = draft.pieces.length;
  span.anchorEnd = draft.anchors.length;
}

/** Walks by parent and sibling pointers: hostile pages nest tens of thousands deep. */
function walk(draft: Draft, root: DomNode): void {
  let node: DomNode | null = root.firstChild ?? null;
  while (node && node !== root) {
    enter(draft, node);
    const inside: DomNode | null = UNREAD.has(node.name ?? '') ? null : node.firstChild ?? null;
    if (inside) {
      node = inside;
      continue;
    }
    leave(draft, node);
    while (!node.next && node.parent && node.parent !== root) {
      node = node.parent;
      leave(draft, node);
    }
    node = node.next;
  }
}

/** The words of an element, joined. */
export function wordsOf(flat: Pick<FlatPage, 'pieces' | 'spans'>, element: DomNode): string {
  const span = flat.spans.get(element);
  return span ? flat.pieces.slice(span.textStart, span.textEnd).join('') : '';
}

/** The page laid out flat. Linear in the page's size, whatever its depth. */
export function flatten(tree: Tree): FlatPage {
  const draft: Draft = { pieces: [], anchors: [], spans: new Map(), imageWords: new Map(), frames: [], embedded: [], forms: [], scripts: [], metas: new Map(), refresh: null, base: null, title: '', headings: [], headingElements: [] };
  const root = tree.root()[0] as unknown as DomNode | undefined;
  if (root) walk(draft, root);
  draft.headings = draft.headingElements.map((element) => wordsOf(draft, element)).filter((words) => words !== '');
  return draft;
}
