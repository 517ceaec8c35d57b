/** The stored bytes of a page, shown where they can do nothing: no script, no form, no request to anywhere. */
import { readPayload } from '../../store/read.js';
import type { DocumentVersion } from '../../store/read.js';
import { askedDocument } from '../asked-document.js';
import type { PageMaker } from '../visit.js';

/**
 * Everything is forbidden but the page's own inline styles and images it carries itself. `sandbox` without words takes away scripts, forms, plug-ins,
 * the origin and refreshes by themselves.
 */
const POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/** Charsets in which the byte of `<` is never part of another character. */
const ASCII_BASED = /^(?:utf-8|gb18030|gbk|gb2312|big5|windows-1252|iso-8859-\d{1,2})$/u;

/** A tag, as far as a browser would read it; the length keeps an unclosed one from costing more than it is worth. */
const TAG = /<[a-z][^>]{0,20000}>?/giu;

/** Elements that make a browser connect to another host before any policy is asked (`preconnect`, `dns-prefetch`) or change where addresses lead. */
const REACHING_ELEMENT = /^<(?=(?:link|base)\b)/iu;

/** Attributes that load, run or send something; pictures that the page carries itself stay. */
const REACHING_ATTRIBUTE = /(?<=[\s"'/])(?=(?:on[a-z]+|(?:src|srcset|background|poster|data)(?!\s*=\s*["']?data:)|xlink:href|formaction|action|ping|http-equiv)\s*=)/giu;

/** What a style sheet inside the page would load. */
const REACHING_STYLE = /url\((?!\s*["']?data:)|@import\b/giu;

/**
 * The page with everything that reaches out renamed, byte for byte, so that a browser does not even try what the policy forbids. The first `type` of a
 * script counts, and this one names no language. What is saved with `save=1` is untouched.
 */
function disarmed(payload: Uint8Array): Buffer {
  const page = Buffer.from(payload).toString('latin1');
  const quiet = page.replace(TAG, (tag) => tag.replace(REACHING_ELEMENT, '<x-').replace(REACHING_ATTRIBUTE, 'x-').replace(/^<script\b/iu, '<script type="text/x-stored"'))
    .replace(REACHING_STYLE, (start) => `x-${start}`);
  return Buffer.from(quiet, 'latin1');
}

/** Whether the original can be shown in a frame: a web page or a plain text in a charset that browsers know. */
export function isShownInPage({ mediaType, charset }: Pick<DocumentVersion, 'mediaType' | 'charset'>): boolean {
  return /^(?:text\/(?:html|plain)|application\/xhtml\+xml)$/iu.test(mediaType ?? '') && ASCII_BASED.test(charset.used ?? '');
}

export const rawPage: PageMaker = (visit, [wanted = '']) => {
  const document = askedDocument(visit, wanted);
  if (!document) return null;
  const payload = readPayload(visit.database, document.rawSha256);
  if (visit.query.get('save') !== null || !isShownInPage(document)) return { kind: 'file', mediaType: 'application/octet-stream', body: payload, saveAs: document.rawSha256, policy: POLICY };
  const isText = /plain/iu.test(document.mediaType ?? '');
  return { kind: 'file', mediaType: `text/${isText ? 'plain' : 'html'}; charset=${document.charset.used}`, body: isText ? payload : disarmed(payload), saveAs: null, policy: POLICY };
};
