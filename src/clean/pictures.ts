/** Lists the pictures an article shows or links to: of a report that was scanned, they are all there is. */
import type { TreeElement, TreeRoot } from '../html/parse.js';
import { isElement } from '../html/parse.js';
import { isHidden, walk } from '../html/walk.js';
import type { Picture } from '../record.js';

const PICTURE_FILE = /\.(?:jpe?g|png|bmp|tiff?)(?:$|[?#])/iu;
/** Pages that load pictures late keep the address elsewhere, and a placeholder in `src`. */
const ADDRESS_ATTRIBUTES = ['data-src', 'data-original', 'original', 'src'] as const;
/** What furniture calls its pictures: marks of file types, codes to scan, buttons, badges. */
const FURNITURE_NAME = /icon|logo|blank|spacer|arrow|banner|qr|ewm|erweima|weixin|wechat|beian|jiucuo|btn|button|loading|dot\.|line\.|bg\./iu;
/** In CSS pixels, where the page says how wide a picture is: no page of a report can be read at half of this. */
const LEAST_WIDTH = 200;
/** The longest scan met has 20 pages. */
const MOST_PICTURES = 50;

function widthOf({ attribs }: TreeElement): number {
  const said = /^\s*(\d+)\s*(?:px)?\s*$/u.exec(attribs['width'] ?? '')?.[1] ?? /(?:^|[;\s])width\s*:\s*(\d+)(?:\.\d+)?px/iu.exec(attribs['style'] ?? '')?.[1];
  return said === undefined ? Infinity : Number(said);
}

function shownBy(image: TreeElement): string | null {
  const address = ADDRESS_ATTRIBUTES.map((attribute) => image.attribs[attribute]).find((value) => value !== undefined && PICTURE_FILE.test(value));
  return address === undefined || widthOf(image) < LEAST_WIDTH || FURNITURE_NAME.test(address.split('/').at(-1) ?? '') ? null : address;
}

export interface PictureRules {
  /** Tells furniture. */
  readonly skip: (element: TreeElement) => boolean;
  /** Where nothing marks the article off: an editor puts what it is given into paragraphs, a site's own pictures stand in none. */
  readonly onlyInParagraphs: boolean;
}

/** Pictures in reading order, each address once. A small picture that links to a large one is the large one; one that links elsewhere is a button. */
export function picturesIn(elements: readonly (TreeElement | TreeRoot)[], { skip, onlyInParagraphs }: PictureRules): Picture[] {
  const found = new Map<string, Picture>();
  let paragraphs = 0;
  const add = (address: string, name: string | undefined): void => {
    if (onlyInParagraphs && paragraphs === 0) return;
    if (found.size < MOST_PICTURES && !found.has(address)) found.set(address, { address, name: name?.trim() ?? '' });
  };
  for (const top of elements) {
    walk(top, {
      enter(node) {
        if (!isElement(node)) return;
        if (isHidden(node) || skip(node)) return false;
        if (node.name === 'p') paragraphs += 1;
        const { href, title } = node.attribs;
        if (node.name === 'a' && href !== undefined) {
          const isBookmark = /^\s*(?:#|javascript:|$)/iu.test(href);
          if (PICTURE_FILE.test(href)) add(href, title);
          if (!isBookmark) return false;
        }
        const address = node.name === 'img' ? shownBy(node) : null;
        if (address !== null) add(address, node.attribs['alt'] ?? title);
        return;
      },
      leave(element) { if (element.name === 'p') paragraphs -= 1; },
    });
  }
  return [...found.values()];
}
