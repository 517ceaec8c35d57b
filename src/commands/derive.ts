/** `nianbao derive`: text, metadata, tables and duplicates again from the stored bytes; no network. */
import type { ExitCode } from '../errors.js';
import { Deriver } from '../harvest/deriver.js';
import { ocrChoice, openReader } from '../harvest/reader.js';
import type { Reader } from '../harvest/reader.js';
import { reread, rewrite } from '../harvest/reread.js';
import type { Reread } from '../harvest/reread.js';
import { TrapWatch } from '../harvest/trap-watch.js';
import { newTally } from '../harvest/world.js';
import { DERIVATION, derivationOf } from '../pipeline.js';
import { counted } from '../report/counted.js';
import { refreshLedger } from '../store/ledger.js';
import { dayInChina } from '../store/ledger-rules.js';
import { openArchive } from '../store/open.js';
import type { Sqlite } from '../store/open.js';
import { failedDerivations } from '../store/underived.js';
import { staleVersions } from '../store/write-document.js';
import { takeWriterLock } from '../store/writer-lock.js';
import type { CommandContext } from './context.js';
import { printTotals } from './result.js';
import { taskProgress } from './task-progress.js';

export interface DeriveOptions {
  /** Every version, not only those derived by an older version of the code. */
  readonly all: boolean;
}

/** Versions read together: the workers have the next ones while these are written. */
const TOGETHER = 24;

/** Stored pages named that could not be read; the rest is counted. */
const NAMED = 10;

interface Derived {
  /** Captures stored by a harvest that was stopped before it had read them. */
  readonly captures: number;
  /** Stored pages that could not be read, now or before. */
  readonly unread: readonly { url: string; message: string }[];
  readonly versions: number;
  readonly changedTexts: number;
  readonly failed: readonly { documentId: string; message: string }[];
}

/** Reads what a stopped harvest has stored and not read. Returns how many captures that were. */
async function deriveStored(context: CommandContext, database: Sqlite, facts: { reader: Reader; all: boolean }): Promise<number> {
  const deriver = new Deriver({ ...context, database, reader: facts.reader, runId: null, tally: newTally(), traps: new TrapWatch(database), onVisit: () => undefined }, facts.all);
  const before = deriver.left;
  const progress = taskProgress(context, 'stored pages');
  await deriver.drain(() => progress.step(before - deriver.left, before)).finally(() => progress.end());
  return before - deriver.left;
}

async function deriveVersions(context: CommandContext, database: Sqlite, facts: { reader: Reader; all: boolean; ocr: boolean }): Promise<Omit<Derived, 'captures' | 'unread'>> {
  const failed: { documentId: string; message: string }[] = [];
  let changedTexts = 0;
  const stored = staleVersions(database, facts.all ? [] : [DERIVATION, derivationOf('ocr ')]);
  const progress = taskProgress(context, 'versions');
  const take = (from: number): Promise<Reread[]> => Promise.all(stored.slice(from, from + TOGETHER).map((version) => reread({ ...facts, database }, version)));
  let next = take(0);
  for (let from = 0; from < stored.length && !context.signal.aborted; from += TOGETHER) {
    const ready = await next;
    next = take(from + TOGETHER);
    for (const one of ready) {
      try {
        if (one.fault !== null && context.signal.aborted) continue;
        if (one.fault !== null) failed.push({ documentId: one.stored.documentId, message: one.fault });
        else if (rewrite(database, one)) changedTexts += 1;
      } catch (error) {
        failed.push({ documentId: one.stored.documentId, message: (error as Error).message });
      }
    }
    progress.step(Math.min(from + TOGETHER, stored.length), stored.length);
  }
  await next;
  progress.end();
  refreshLedger(database, { today: dayInChina(new Date(context.now()).toISOString()) });
  return { versions: stored.length, changedTexts, failed };
}

/** Derives what no harvest has come to yet and what an older version of the code derived, or with `all` everything. Bytes and history stay as they are. */
export async function deriveCommand(context: CommandContext, options: DeriveOptions): Promise<ExitCode> {
  const lock = takeWriterLock(context.config.storage, 'derive', new Date(context.now()).toISOString());
  const database = openArchive(context.config.storage);
  const reader = openReader(context.divisions(), ocrChoice(context.config, context.signal));
  try {
    const facts = { reader, all: options.all, ocr: context.config.attachments.ocr === 'when-needed' };
    const captures = await deriveStored(context, database, facts);
    const derived: Derived = { captures, unread: failedDerivations(database), ...await deriveVersions(context, database, facts) };
    if (context.json) context.print(`${JSON.stringify(derived)}\n`);
    const first = captures > 0 ? `${counted(captures, 'stored page')} read for the first time. ` : '';
    printTotals(context, [`${first}${counted(derived.versions, 'version')} derived again, ${counted(derived.changedTexts, 'text')} changed.`]);
    for (const { url, message } of derived.unread.slice(0, NAMED)) context.log.warn(`The stored page ${url} could not be read: ${message}.`);
    if (derived.unread.length > NAMED) context.log.warn(`${counted(derived.unread.length - NAMED, 'more stored page')} could not be read ("nianbao derive --json" names them all).`);
    for (const failure of derived.failed) context.log.warn(`${failure.documentId} could not be derived: ${failure.message}; what was stored of it stays.`);
    return context.signal.aborted ? 130 : derived.failed.length + derived.unread.length > 0 ? 3 : 0;
  } finally {
    await reader.close();
    database.close();
    lock.release();
  }
}
