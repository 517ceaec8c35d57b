/** `nianbao repair`: repairs any text or page from a file or from stdin, and says what it did. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { clean } from '../clean/main-text.js';
import type { ExitCode } from '../errors.js';
import { faultInWords, usageError } from '../errors.js';
import { safeForTerminal } from '../log.js';
import { openCapture } from '../pipeline.js';
import type { Capture, CharsetJudgement, Decoded, Notice } from '../record.js';
import type { ExplainedText } from '../repair/explain.js';
import { explainRepairs, explanationLines } from '../repair/explain.js';
import type { CommandContext } from './context.js';

export interface RepairOptions {
  /** A file, or `-` for stdin. */
  readonly file: string;
  readonly explain: boolean;
  /** Where `-` reads from; stdin when not given. */
  readonly readInput?: () => Uint8Array;
}

const STDIN = 0;
/** Larger files are no report. */
const LARGEST_FILE = 64 * 2 ** 20;

function bytesOf(options: RepairOptions, path: string): Uint8Array {
  if (options.file === '-') return (options.readInput ?? ((): Uint8Array => readFileSync(STDIN)))();
  try {
    if (statSync(path).size > LARGEST_FILE) throw new Error(`larger than ${LARGEST_FILE / 2 ** 20} MiB`);
    return readFileSync(path);
  } catch (error) {
    throw usageError('repair-unreadable', `${options.file} cannot be read (${faultInWords(error)}).`, error);
  }
}

/** The file as if a server had given it: the rooms behind know captures only. No media type: the bytes tell text from page. */
function captureOf(payload: Uint8Array, url: string, fetchedAt: string): Capture {
  return {
    url, seed: null, kind: 'article', heardVia: 'import', hops: 0, referrer: null, anchor: null, listedOn: null, captureId: 0, runId: null, finalUrl: url, status: null,
    headers: {}, redirects: [], mediaType: null, payload, payloadDigest: createHash('sha256').update(payload).digest('hex'), fetchedAt, durationMs: 0, fetchedBy: 'import',
  };
}

interface Outcome extends ExplainedText {
  readonly charset: CharsetJudgement;
  readonly isPage: boolean;
}

/** A page gives its main text; a text stays whole, every line break where it was. */
function mended(page: Decoded): Outcome {
  const cleaned = page.isMarkup ? clean(page) : null;
  const explained = explainRepairs(cleaned?.decodedText ?? page.markup);
  const notices: readonly Notice[] = [...(cleaned?.notices ?? page.notices), ...explained.notices];
  return { ...explained, notices, charset: page.charset, isPage: page.isMarkup };
}

function charsetLine({ used, declared, reason }: CharsetJudgement): string {
  return `charset: ${used}${declared === null ? '' : `, declared ${declared}`} (${reason})`;
}

/** Above these shares of the characters, what was read is no text: NUL stands in none, and controls but those of print and of terminals in hardly any. Programs have tens of percent. */
const MOST_NULS = 0.01;
const MOST_CONTROLS = 0.05;

function isNoText(text: string): boolean {
  const count = (sign: RegExp): number => text.match(sign)?.length ?? 0;
  return count(/\u0000/gu) > text.length * MOST_NULS || count(/[\u0000-\u0006\u000e-\u001a\u001c-\u001f]/gu) > text.length * MOST_CONTROLS;
}

/** The file as a page or text, whatever it is. Error: `repair-not-text`. */
async function opened(capture: Capture, name: string): Promise<Decoded> {
  const page = await openCapture(capture);
  const unread = page.markup.endsWith('<body></body></html>') ? page.notices.find(({ room }) => room === 'attachments') : undefined;
  const reason = page.charset.used === 'binary' ? page.charset.reason : unread?.message.replace(/; its bytes are kept$/u, '') ?? (isNoText(page.markup) ? 'its bytes are those of a program or of data' : null);
  if (reason === null) return page;
  throw usageError('repair-not-text', `${name} is no text, no page and no document that can be read: ${reason}.`);
}

/** What nobody can bring back is told unasked: whoever keeps the text should know. */
function tellLosses(context: CommandContext, notices: readonly Notice[]): void {
  const lost = notices.filter(({ code }) => code === 'text-lost').map(({ message }) => message.replace(/: 1 places$/u, ': 1 place'));
  if (lost.length > 0) context.log.warn(`Lost and not repaired: ${lost.join('; ')}. Only another copy of the text has them.`);
}

/** Prints the repaired text on stdout; with `explain` its account on stderr, each line after `# `, so that a redirected text stays the text. */
export async function repairCommand(context: CommandContext, options: RepairOptions): Promise<ExitCode> {
  const path = resolve(context.cwd, options.file);
  const url = options.file === '-' ? 'file:///dev/stdin' : pathToFileURL(path).href;
  const outcome = mended(await opened(captureOf(bytesOf(options, path), url, new Date(context.now()).toISOString()), options.file));
  const { text, repairs, notices, charset, isPage } = outcome;
  if (context.json) {
    context.print(`${JSON.stringify({ file: options.file, isPage, charset, text, repairs, notices })}\n`);
    return 0;
  }
  // Into a pipe the text goes as it is; on a terminal its control characters would be obeyed.
  context.print(context.terminal.table ? safeForTerminal(text.replace(/\r\n/gu, '\n')) : text);
  if ((isPage || context.terminal.table) && !text.endsWith('\n')) context.print('\n');
  if (options.explain) for (const line of [charsetLine(charset), ...explanationLines(outcome)]) context.log.line(`# ${line}`);
  else tellLosses(context, notices);
  return 0;
}
