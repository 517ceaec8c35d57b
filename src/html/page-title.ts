/** Gathers what a page says of itself: its meta tags and the titles it claims, each with where it stood. */
import type { Tree, TreeElement } from './parse.js';
import { isElement, isText, rootOf } from './parse.js';
import { foldAllSpaces } from './spaces.js';
import { isHidden, isLink, walk } from './walk.js';

export interface PageClaims {
  /** Content of `<meta name|property>`, names in lower case; the first of a name wins. */
  readonly meta: ReadonlyMap<string, string>;
  /** Text of `<title>`. */
  readonly documentTitle: string | null;
  /** Texts of headings and of elements classed as a title, in document order. */
  readonly headings: readonly string[];
}

/** Class and id words of the elements that hold an article's title. */
const TITLE_NAMES = /(?:^|[\s_-])(?:title|tit|bt|biaoti|headline|nb_tit|arti_title|articletitle|newstitle|news_title|xl-title|content_title|contenttitle|bt_title|wz_title|infotitle)(?:$|[\s_-]|\d)/iu;
const HEADINGS: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'strong', 'b']);
/** The longest title of the reports met has 48 characters; a mirror's heading carried 120 of its own words. */
const LONGEST_TITLE = 150;
/** Caps for hostile pages: elements tried as headings, and nodes read of one. */
const MOST_TRIED = 80;
const MOST_NODES = 300;

function isTitleElement(element: TreeElement): boolean {
  if (HEADINGS.has(element.name)) return true;
  const { class: names, id } = element.attribs;
  return (names !== undefined && TITLE_NAMES.test(names)) || (id !== undefined && TITLE_NAMES.test(id));
}

/** Text of an element outside links, white space collapsed; null when it is empty or too long: the rows of a list are titles of other pages. */
function shortText(element: TreeElement): string | null {
  let text = '';
  let nodes = 0;
  walk(element, {
    enter(node) {
      if (text.length > LONGEST_TITLE * 3 || (nodes += 1) > MOST_NODES) return false;
      if (isText(node)) text += node.data;
      return isElement(node) ? !isHidden(node) && !isLink(node) : undefined;
    },
  });
  const tidy = foldAllSpaces(text);
  return tidy === '' || tidy.length > LONGEST_TITLE ? null : tidy;
}

const known = new WeakMap<Tree, PageClaims>();

/** What the page claims; read once a tree. */
export function claimsOf(tree: Tree): PageClaims {
  const before = known.get(tree);
  if (before) return before;
  const claims = readClaims(tree);
  known.set(tree, claims);
  return claims;
}

function readClaims(tree: Tree): PageClaims {
  const meta = new Map<string, string>();
  const headings: string[] = [];
  let documentTitle: string | null = null;
  let tried = 0;
  walk(rootOf(tree), {
    enter(node) {
      if (!isElement(node)) return;
      if (node.name === 'meta') {
        const name = (node.attribs['name'] ?? node.attribs['property'])?.trim().toLowerCase();
        const content = node.attribs['content']?.trim();
        if (name && content && !meta.has(name)) meta.set(name, content);
      } else if (node.name === 'title') documentTitle ??= shortText(node);
      else if (node.name !== 'head' && (isHidden(node) || isLink(node))) return false;
      else if (tried < MOST_TRIED && isTitleElement(node)) {
        tried += 1;
        const text = shortText(node);
        if (text !== null) headings.push(text);
      }
      return;
    },
  });
  return { meta, documentTitle, headings };
}
