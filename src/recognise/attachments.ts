/** Lists the documents a report page links to: by file ending, or by the download addresses of content systems. */
import type { Tree, TreeElement } from '../html/parse.js';
import { isElement, rootOf } from '../html/parse.js';
import { walk } from '../html/walk.js';
import type { AttachmentLink, Picture } from '../record.js';

const DOCUMENT = /\.(?:docx?|wps|xlsx?|et|pdf|ofd|rtf|pptx?|zip|rar|7z|csv|odt|ods)(?:$|[?#])/iu;
/** Hanweb's downfile.jsp, VSB's download.jsp, TRS's and others' download servlets. */
const DOWNLOAD = /(?:downfile|download|downloadattach\w*|attachdown\w*)\.(?:jsp|do|aspx?|php|action)\b|[?&](?:showname|wbfileid)=/iu;
/** Where viewers of PDF name their file (webplus and others). */
const FILE_ATTRIBUTES = ['pdfsrc', 'data-src', 'data-pdf', 'src', 'data'] as const;
const MOST_ATTACHMENTS = 50;
const LONGEST_NAME = 200;

function textOf(element: TreeElement): string {
  let text = '';
  walk(element, { enter(node) { if ('data' in node && node.nodeType === 3 && text.length < LONGEST_NAME) text += node.data; } });
  return text.replace(/\s+/gu, ' ').trim().slice(0, LONGEST_NAME);
}

function resolved(href: string, base: string): string | null {
  try {
    const url = new URL(href.trim(), base);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

/** The name to show: the link's words, else `showname`, else the file's name. A bare 下载 or 附件 says nothing. */
function nameOf(element: TreeElement, url: string): string {
  const said = [textOf(element), element.attribs['title'] ?? '', new URL(url).searchParams.get('showname') ?? ''].map((name) => name.trim());
  const telling = said.find((name) => name !== '' && !/^(?:点击|下载|附件|查看|点击下载|附件下载|\d+|[:：\s])+$/u.test(name));
  return telling ?? fileName(url);
}

function fileName(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || url;
  } catch {
    return last;
  }
}

function targetOf(element: TreeElement): string | null {
  const { name, attribs } = element;
  const href = attribs['href'];
  if (name === 'a') return href !== undefined && (DOCUMENT.test(href) || DOWNLOAD.test(href)) ? href : null;
  if (!/^(?:iframe|embed|object|div)$/u.test(name)) return null;
  return FILE_ATTRIBUTES.map((attribute) => attribs[attribute]).find((value) => value !== undefined && /\.(?:pdf|ofd|docx?)(?:$|[?#])/iu.test(value)) ?? null;
}

/** What relative addresses on the page are relative to. */
function baseOf(tree: Tree, pageUrl: string): string {
  let base: string | undefined;
  walk(rootOf(tree), { enter(node) { if (isElement(node) && node.name === 'base') base ??= node.attribs['href']; } });
  return base ? resolved(base, pageUrl) ?? pageUrl : pageUrl;
}

/** Documents linked anywhere on the page, each address once. `pageUrl` resolves relative links; a `<base>` goes before it. */
export function attachmentsOf(tree: Tree, pageUrl: string): AttachmentLink[] {
  const found = new Map<string, AttachmentLink>();
  // Most pages lead to no file: the tree is searched for its base only when one does.
  let base: string | null = null;
  walk(rootOf(tree), {
    enter(node) {
      if (!isElement(node)) return;
      const target = found.size < MOST_ATTACHMENTS ? targetOf(node) : null;
      const url = target === null ? null : resolved(target, base ??= baseOf(tree, pageUrl));
      if (url !== null && !found.has(url)) found.set(url, { name: nameOf(node, url), url });
      return;
    },
  });
  return [...found.values()];
}

/** The pictures of an article, each address once. */
export function picturesOf(pictures: readonly Picture[], tree: Tree, pageUrl: string): AttachmentLink[] {
  const base = baseOf(tree, pageUrl);
  const urls = pictures.map(({ address, name }) => ({ url: resolved(address, base), name }));
  const found = new Map(urls.flatMap(({ url, name }) => (url === null ? [] : [[url, { name: name === '' ? fileName(url) : name, url }] as const])));
  return [...found.values()];
}
