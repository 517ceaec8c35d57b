/** Writes the head of a stored answer so that it does not lie: the archive keeps bodies without their codings, so what described the coded body is set aside under another name. */
import { STATUS_CODES } from 'node:http';

export interface AnswerFacts {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the body as it is kept; null for an answer that has none (304) or whose body was not kept. */
  readonly bodyBytes: number | null;
  /** Whether the body is kept as it was before content coding; false where a coding could not be undone. */
  readonly isDecoded: boolean;
}

/** Headers that speak about the body as it crossed the wire. Other archives set them aside under the same prefix. */
const ASIDE = 'X-Archive-Orig-';

/** Every name is written as the web writes it; the archive has them in lower case. */
function headerName(name: string): string {
  return name.replace(/(?:^|-)[a-z]/gu, (start) => start.toUpperCase());
}

/** Whether a header still holds for the body as kept. Transfer coding never does: no body is kept in chunks. */
function stillHolds(name: string, value: string, { bodyBytes, isDecoded }: AnswerFacts): boolean {
  if (name === 'transfer-encoding') return false;
  if (name === 'content-encoding') return !isDecoded || value.trim().toLowerCase() === 'identity';
  return name !== 'content-length' || bodyBytes === null || Number(value) === bodyBytes;
}

const clean = (value: string): string => value.replace(/[\r\n\0]+/gu, ' ');

/**
 * The head of the answer as bytes, with the empty line that ends it. The reason phrase is the standard one, because the archive keeps the number only;
 * header values are Latin-1, as they came.
 */
export function answerHead(facts: AnswerFacts): Buffer {
  const lines = [`HTTP/1.1 ${facts.status} ${STATUS_CODES[facts.status] ?? ''}`.trimEnd()];
  let hasLength = false;
  for (const [name, value] of Object.entries(facts.headers)) {
    const holds = stillHolds(name, value, facts);
    if (holds && name === 'content-length') hasLength = true;
    lines.push(`${holds ? '' : ASIDE}${headerName(name)}: ${clean(value)}`);
  }
  if (!hasLength && facts.bodyBytes !== null) lines.push(`Content-Length: ${facts.bodyBytes}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

export interface ReadHead {
  readonly status: number;
  /** Lower-case names; repeated headers joined by `, `; what was set aside has its own name again. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the body begins. */
  readonly bodyAt: number;
}

const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/u;

/** Heads longer than this are no heads. */
const LONGEST_HEAD = 256 * 1024;

function headEnd(block: Buffer): { end: number; bodyAt: number } | null {
  const head = block.subarray(0, LONGEST_HEAD);
  const strict = head.indexOf('\r\n\r\n');
  const lax = head.indexOf('\n\n');
  if (strict >= 0 && (lax < 0 || strict < lax)) return { end: strict, bodyAt: strict + 4 };
  return lax >= 0 ? { end: lax, bodyAt: lax + 2 } : null;
}

/** Reads the head of an HTTP answer; null when the block has none. */
export function readHead(block: Buffer): ReadHead | null {
  const found = headEnd(block);
  if (!found) return null;
  const [first = '', ...rest] = block.subarray(0, found.end).toString('latin1').replace(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u);
  const status = Number(STATUS_LINE.exec(first)?.[1] ?? NaN);
  if (Number.isNaN(status)) return null;
  const headers = new Map<string, string>();
  for (const line of rest) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name) ?? ''}, ${value}` : value);
  }
  return { status, headers: Object.fromEntries(headers), bodyAt: found.bodyAt };
}

/** The headers as the server sent them: what an archive had set aside is put back. */
export function restoredHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const prefix = ASIDE.toLowerCase();
  const restored = Object.entries(headers).filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value] as const);
  return { ...Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(prefix))), ...Object.fromEntries(restored) };
}
