/** `nianbao repair`: repairs any text or page from a file or from stdin, and says what it did. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { clean } from '../clean/main-text.js';
import { decode } from '../decode/decode.js';
import type { ExitCode } from '../errors.js';
import { usageError } from '../errors.js';
import { safeForTerminal } from '../log.js';
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
    throw usageError('repair-unreadable', `${options.file} cannot be read (${(error as Error).message}).`, error);
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

function printAccount(context: CommandContext, outcome: Outcome): void {
  const lines = [charsetLine(outcome.charset), ...explanationLines(outcome)];
  context.print(`\n${lines.map((line) => `# ${safeForTerminal(line)}`).join('\n')}\n`);
}

/** Prints the repaired text; with `explain` its account behind it, each line after `# `. */
export async function repairCommand(context: CommandContext, options: RepairOptions): Promise<ExitCode> {
  const path = resolve(context.cwd, options.file);
  const url = options.file === '-' ? 'file:///dev/stdin' : pathToFileURL(path).href;
  const outcome = mended(decode(captureOf(bytesOf(options, path), url, new Date(context.now()).toISOString())));
  if (outcome.charset.used === 'binary') throw usageError('repair-not-text', `${options.file} is no text and no page: ${outcome.charset.reason}.`);
  const { text, repairs, notices, charset, isPage } = outcome;
  if (context.json) {
    context.print(`${JSON.stringify({ file: options.file, isPage, charset, text, repairs, notices })}\n`);
    return 0;
  }
  // Into a pipe the text goes as it is; on a terminal its control characters would be obeyed.
  context.print(context.terminal.table ? safeForTerminal(text) : text);
  if ((isPage || context.terminal.table || options.explain) && !text.endsWith('\n')) context.print('\n');
  if (options.explain) printAccount(context, outcome);
  return 0;
}
