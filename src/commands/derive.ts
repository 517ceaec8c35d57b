/** `nianbao derive`: text, metadata, tables and duplicates again from the stored bytes; no network. */
import type { ExitCode } from '../errors.js';
import { Deriver } from '../harvest/deriver.js';
import { attachmentOf, documentOf, readStored } from '../harvest/learn.js';
import { openReader } from '../harvest/reader.js';
import { TrapWatch } from '../harvest/trap-watch.js';
import { newTally } from '../harvest/world.js';
import { DERIVATION } from '../pipeline.js';
import { captureOfPayload, readCapture } from '../store/captures.js';
import { refreshLedger } from '../store/ledger.js';
import { dayInChina } from '../store/ledger-rules.js';
import { openArchive } from '../store/open.js';
import type { Sqlite } from '../store/open.js';
import { rewriteVersion, staleVersions } from '../store/write-document.js';
import type { StoredVersion } from '../store/write-document.js';
import { takeWriterLock } from '../store/writer-lock.js';
import type { CommandContext } from './context.js';

export interface DeriveOptions {
  /** Every version, not only those derived by an older version of the code. */
  readonly all: boolean;
}

/** Derives one stored version again. Returns whether its text changed. */
async function deriveOne(context: CommandContext, database: Sqlite, stored: StoredVersion): Promise<boolean> {
  const capture = readCapture(database, stored.captureId);
  if (!capture) return false;
  const attached = attachmentOf(stored.extraction);
  const file = attached === null ? null : captureOfPayload(database, attached);
  const write = documentOf(database, await readStored(capture, context.divisions(), file), capture.url);
  database.transaction(() => rewriteVersion(database, write, stored.version)).immediate();
  return write.judged.textDigest !== stored.textSha256;
}

interface Derived {
  /** Captures stored by a harvest that was stopped before it had read them. */
  readonly captures: number;
  readonly versions: number;
  readonly changedTexts: number;
  readonly failed: readonly { documentId: string; message: string }[];
}

/** Reads what a stopped harvest has stored and not read. Returns how many captures that were. */
async function deriveStored(context: CommandContext, database: Sqlite, all: boolean): Promise<number> {
  const reader = openReader(context.divisions());
  const deriver = new Deriver({ ...context, database, reader, runId: null, tally: newTally(), traps: new TrapWatch(database), onVisit: () => undefined }, all);
  try {
    const before = deriver.left;
    await deriver.drain();
    return before - deriver.left;
  } finally {
    await reader.close();
  }
}

async function deriveVersions(context: CommandContext, database: Sqlite, all: boolean): Promise<Omit<Derived, 'captures'>> {
  const failed: { documentId: string; message: string }[] = [];
  let changedTexts = 0;
  const stored = staleVersions(database, all ? null : DERIVATION);
  for (const version of stored) {
    if (context.signal.aborted) break;
    try {
      if (await deriveOne(context, database, version)) changedTexts += 1;
    } catch (error) {
      failed.push({ documentId: version.documentId, message: (error as Error).message });
    }
  }
  refreshLedger(database, { today: dayInChina(new Date(context.now()).toISOString()) });
  return { versions: stored.length, changedTexts, failed };
}

/** Derives what no harvest has come to yet and what an older version of the code derived, or with `all` everything. Bytes and history stay as they are. */
export async function deriveCommand(context: CommandContext, options: DeriveOptions): Promise<ExitCode> {
  const lock = takeWriterLock(context.config.storage, 'derive', new Date(context.now()).toISOString());
  const database = openArchive(context.config.storage);
  try {
    const captures = await deriveStored(context, database, options.all);
    const derived: Derived = { captures, ...await deriveVersions(context, database, options.all) };
    if (context.json) context.print(`${JSON.stringify(derived)}\n`);
    else context.log.line(`${captures > 0 ? `${captures} stored pages read for the first time. ` : ''}${derived.versions} versions derived again, ${derived.changedTexts} texts changed.`);
    for (const failure of derived.failed) context.log.warn(`${failure.documentId} could not be derived: ${failure.message}; what was stored of it stays.`);
    return context.signal.aborted ? 130 : derived.failed.length > 0 ? 3 : 0;
  } finally {
    database.close();
    lock.release();
  }
}
