/** Walks a tree in document order without recursion: hostile pages nest 20,000 elements deep. */
import type { TreeElement, TreeNode, TreeRoot } from './parse.js';
import { isElement } from './parse.js';

export interface Visitor {
  /** Called on every node; `false` on an element skips what is inside it, and its `leave`. */
  enter(node: TreeNode): boolean | void;
  leave?(element: TreeElement): void;
}

/** Visits everything below `top`, not `top` itself. Linear in the number of nodes, constant in memory. */
export function walk(top: TreeRoot | TreeElement, visitor: Visitor): void {
  let node: TreeNode | null = top.children[0] ?? null;
  while (node !== null) {
    const entered: TreeElement | null = visitor.enter(node) !== false && isElement(node) ? node : null;
    const first: TreeNode | undefined = entered?.children[0];
    if (entered && first === undefined) visitor.leave?.(entered);
    node = first ?? following(node, top, visitor);
  }
}

/** The node after the subtree of `node`, leaving the elements that end there. */
function following(node: TreeNode, top: TreeRoot | TreeElement, visitor: Visitor): TreeNode | null {
  let at: TreeNode = node;
  while (at.next === null) {
    const parent: TreeNode | TreeRoot | null = at.parent;
    if (parent === null || parent === top || !isElement(parent)) return null;
    visitor.leave?.(parent);
    at = parent;
  }
  return at.next;
}

/** Whether the element leads somewhere. `<a name>` is a bookmark that Word leaves around paragraphs. */
export function isLink(element: TreeElement): boolean {
  return element.name === 'a' && element.attribs['href'] !== undefined;
}

/** Names of elements whose content no reader sees. */
const UNSEEN: ReadonlySet<string> = new Set([
  'script', 'style', 'template', 'noscript', 'head', 'title', 'select', 'datalist', 'textarea', 'iframe', 'object', 'embed', 'audio', 'video', 'canvas', 'svg', 'map', 'noframes', 'button',
]);

const HIDDEN_STYLE = /(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/iu;

/** Whether no reader sees the element: scripts, styles, forms' choices, `hidden`, `display:none`. */
export function isHidden(element: TreeElement): boolean {
  if (UNSEEN.has(element.name)) return true;
  const { style, hidden } = element.attribs;
  return hidden !== undefined || (style !== undefined && HIDDEN_STYLE.test(style));
}
