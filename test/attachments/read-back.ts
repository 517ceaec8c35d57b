/** How much of a made-up page comes back from a picture of it. */
import type { Manuscript } from '../farm/publisher.js';
import { markupOf } from '../farm/markup.js';
import { readMarkup } from './twins.js';

/** The first page of a report: its title and its paragraphs. */
export function pageOf({ document: { title, blocks } }: Manuscript): string[] {
  const lines = readMarkup(markupOf(blocks, 'plain')).text.split('\n').filter((line) => !line.includes('\t')).slice(0, 10);
  return [title, ...lines.filter((line) => line !== title)];
}

/** Without blanks and with punctuation of one width: a picture does not tell them apart. */
const folded = (text: string): string[] => [...text.normalize('NFKC').replace(/\s+/gu, '')];

/** Characters to put in, take out or change. */
function distance(one: readonly string[], other: readonly string[]): number {
  let row = other.map((_, index) => index + 1);
  one.forEach((character, at) => {
    let corner = at;
    let left = at + 1;
    row = row.map((above, index) => {
      left = Math.min(above + 1, left + 1, corner + (character === other[index] ? 0 : 1));
      corner = above;
      return left;
    });
  });
  return row.at(-1) ?? one.length;
}

export const wordsOf = (html: string): string => html.replace(/<[^>]+>/gu, '').replace(/&lt;/gu, '<').replace(/&gt;/gu, '>').replace(/&amp;/gu, '&');

/** Characters of the page, and how many of them are wrong in what was read. */
export function judged(html: string, page: readonly string[]): { readonly characters: number; readonly wrong: number } {
  const expected = folded(page.join(''));
  return { characters: expected.length, wrong: distance(folded(wordsOf(html)), expected) };
}
