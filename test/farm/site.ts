/** A site of the farm as a function from request to answer, and the pages it is made of. */
import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import type { FarmPortal, FarmReport } from './shapes.js';

export interface FarmRequest {
  readonly method: string;
  readonly pathname: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly delayMs?: number;
  /** Cut the connection without a word. */
  readonly cut?: boolean;
  /** Send in chunks, without Content-Length. */
  readonly chunked?: boolean;
}

export type Respond = (request: FarmRequest) => Answer;

/** One site: what it promises and how it answers. */
export interface Site {
  readonly portal: FarmPortal;
  readonly reports: readonly FarmReport[];
  readonly respond: Respond;
}

/** The pages of a site by path. */
export type Pages = Map<string, Answer>;

/** WHATWG names, as the records of the archive use them. */
export type FarmCharset = 'utf-8' | 'gb18030' | 'big5';

/** `text` as bytes. Throws when the charset lacks one of its characters: the farm's texts are chosen to fit. */
export function encode(text: string, charset: FarmCharset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  const bytes = iconv.encode(text, charset);
  if (charset === 'big5' && iconv.decode(bytes, charset) !== text) throw new Error(`not all of the text fits ${charset}`);
  return bytes;
}

export function sha256(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

export interface PageFacts {
  readonly charset: FarmCharset;
  /** The Content-Type header as sent. */
  readonly contentType: string;
  /** `YYYY-MM-DD`: send validators, as a server of static files does; null sends none. */
  readonly modifiedOn: string | null;
}

/** A page answer, with ETag and Last-Modified when it is a static file. */
export function page(markup: string, facts: PageFacts): Answer {
  const body = encode(markup, facts.charset);
  const headers: Record<string, string> = { 'Content-Type': facts.contentType };
  if (facts.modifiedOn !== null) {
    headers['ETag'] = `"${sha256(body).slice(0, 16)}-${body.length.toString(16)}"`;
    headers['Last-Modified'] = new Date(`${facts.modifiedOn}T01:30:00Z`).toUTCString();
  }
  return { status: 200, headers, body };
}

/** A short answer in ASCII or UTF-8. */
export function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers }, body: Buffer.from(text, 'utf8') };
}

const NOT_FOUND = plain(404, '<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>');

/** Answers from `pages`, an index page for its folder too; everything else is not found. */
export function servePages(pages: Pages): Respond {
  return ({ pathname }) => pages.get(pathname) ?? NOT_FOUND;
}
