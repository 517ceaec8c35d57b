/** Writes HTML that cannot be broken by what is written into it: every value of a template is escaped unless it is markup itself. */

/** Finished markup. Only the template below makes it, and `trusted` for markup that a library wrote. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template; null, undefined and false stand for nothing. Attributes are always written in double quotes. */
export type Value = Html | string | number | null | undefined | false | readonly Value[];

/**
 * Characters that are not seen but change what is: controls, zero-width characters, direction controls, tags. They are shown by their number, so that a
 * title from the web cannot turn the page around it or hide in it. Tab and line feed stay.
 */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** `text` with what cannot be seen made visible: ⟦U+202E⟧. */
export function visible(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd').replace(UNSEEN, (character) => `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`);
}

function written(value: Value): string {
  if (value instanceof Html) return value.text;
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return (value as readonly Value[]).map(written).join('');
  return visible(`${value as string | number}`).replace(/[&<>"']/gu, (sign) => ESCAPES[sign] ?? sign);
}

/** A template of HTML: `html\`<p>${anything}</p>\``. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.map((part, index) => (index === 0 ? part : written(values[index - 1]) + part)).join(''));
}

/** Text that others wrote, kept apart from the page's own direction and said to be Chinese. */
export function told(text: string | number | null | undefined): Html | null {
  return text === null || text === undefined || text === '' ? null : html`<bdi lang="zh-Hans">${text}</bdi>`;
}

/** A link to where a page came from, when a browser may follow it; else the address as text. */
export function outward(url: string, text: string = url): Html {
  if (!/^https?:\/\//iu.test(url)) return html`<bdi class="url">${text}</bdi>`;
  return html`<a class="url" href="${url}" rel="noreferrer nofollow external"><bdi>${text}</bdi></a>`;
}
