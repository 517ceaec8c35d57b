/** Parses markup once per page and lends the tree: cheerio's only door. Nobody changes the tree they are lent. */
import { load } from 'cheerio/slim';
import type { Cheerio, CheerioAPI } from 'cheerio/slim';

/** A parsed page. Query it with selectors; never change it. */
export type Tree = CheerioAPI;

type Contained<T> = T extends Cheerio<infer Node> ? Node : never;

/** The root of a tree. */
export type TreeRoot = Contained<ReturnType<Tree['root']>>;
/** Any node below the root: element, text, comment, directive. */
export type TreeNode = TreeRoot['children'][number];
export type TreeElement = Extract<TreeNode, { attribs: Record<string, string> }>;
export type TreeText = Extract<TreeNode, { readonly nodeType: 3 }>;

export function isElement(node: TreeNode): node is TreeElement {
  return 'attribs' in node;
}

export function isText(node: TreeNode): node is TreeText {
  return node.nodeType === 3;
}

/** The root of a parsed page. */
export function rootOf(tree: Tree): TreeRoot {
  const root = tree.root().get(0);
  if (root === undefined) throw new TypeError('a tree without a root');
  return root;
}

/** How many trees are remembered: a page is read by four rooms one after another, not side by side with others. */
const REMEMBERED = 4;

const remembered = new Map<string, Tree>();

/**
 * The tree of `markup`, parsed at most once while it is remembered. htmlparser2 does the work: linear in depth where
 * parse5 is quadratic (100 KB of nested `<div>` blocked it for four seconds), and three times as fast on report pages.
 * Strings only: cheerio reads a Buffer of GBK as mojibake without a word.
 */
export function parse(markup: string): Tree {
  const known = remembered.get(markup);
  if (known) return known;
  const tree = load(markup);
  remembered.set(markup, tree);
  if (remembered.size > REMEMBERED) {
    const oldest = remembered.keys().next();
    if (!oldest.done) remembered.delete(oldest.value);
  }
  return tree;
}

/** The tree of an XML part of a document file, names with their prefix. Entities that the file declares itself are left as they stand: nothing can be blown up by them. */
export function parseXml(xml: string): Tree {
  return load(xml, { xml: true });
}
