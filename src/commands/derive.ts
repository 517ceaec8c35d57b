/** `nianbao derive`: text, metadata, tables and duplicates again from the stored bytes; no network. */
import type { ExitCode } from '../errors.js';
import { Deriver } from '../harvest/deriver.js';
import { heldFiles } from '../harvest/cover.js';
import { attachedDigests, documentOf, isUnread } from '../harvest/learn.js';
import type { CarriedDocument } from '../harvest/learn.js';
import { ocrChoice, openReader } from '../harvest/reader.js';
import type { Reader } from '../harvest/reader.js';
import { TrapWatch } from '../harvest/trap-watch.js';
import { newTally } from '../harvest/world.js';
import { DERIVATION, derivationOf, isOcrExtraction } from '../pipeline.js';
import type { Capture } from '../record.js';
import { counted } from '../report/counted.js';
import { captureOfPayload, readCapture } from '../store/captures.js';
import { refreshLedger } from '../store/ledger.js';
import { dayInChina } from '../store/ledger-rules.js';
import { openArchive } from '../store/open.js';
import type { Sqlite } from '../store/open.js';
import { rewriteVersion, staleVersions } from '../store/write-document.js';
import type { StoredVersion } from '../store/write-document.js';
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

interface Reread {
  readonly stored: StoredVersion;
  readonly url: string;
  /** Null: its capture is not there. */
  readonly document: CarriedDocument | null;
  readonly fault: string | null;
}

/** Why a text that came by OCR did not come again. */
function unreadOf({ recognised }: CarriedDocument): string {
  return recognised.notices.find(({ room }) => room === 'attachments')?.message ?? 'its words came by OCR, which gave none this time';
}

interface Rereading {
  readonly database: Sqlite;
  readonly reader: Reader;
  /** Whether scanned pages are read by OCR. */
  readonly ocr: boolean;
}

/** A page as it stands, or with the words of files that came when nobody could read them. */
async function rereadPage({ database, reader, ocr }: Rereading, capture: Capture): Promise<CarriedDocument> {
  const own = await reader.readDocument({ capture, files: [] });
  for (const files of heldFiles(database, own.recognised, ocr)) {
    const joined = await reader.readDocument({ capture, files });
    if (!isUnread(joined.recognised)) return joined;
  }
  return own;
}

async function reread(world: Rereading, stored: StoredVersion): Promise<Reread> {
  const { database, reader } = world;
  const capture = readCapture(database, stored.captureId);
  if (!capture) return { stored, url: '', document: null, fault: null };
  const digests = attachedDigests(stored.extraction);
  const files = digests.flatMap((digest) => captureOfPayload(database, digest) ?? []);
  if (files.length < digests.length) return { stored, url: capture.url, document: null, fault: 'the bytes of a file that its words come from are not held ("nianbao verify" says more)' };
  try {
    // Words that came by OCR come that way again, whatever the setting says now.
    const byOcr = isOcrExtraction(stored.extraction);
    const document = files.length === 0 && !byOcr ? await rereadPage(world, capture) : await reader.readDocument({ capture, files, ...byOcr ? { ocr: true } : {} });
    const isLost = byOcr && !isOcrExtraction(document.recognised.extraction);
    return { stored, url: capture.url, document, fault: isLost ? unreadOf(document) : null };
  } catch (error) {
    return { stored, url: capture.url, document: null, fault: (error as Error).message };
  }
}

/** Writes what was read again of one version. Returns whether its text changed. */
function rewrite(database: Sqlite, { stored, url, document }: Reread): boolean {
  if (!document) return false;
  return database.transaction(() => {
    const write = documentOf(database, document, url);
    rewriteVersion(database, write, stored.version);
    return write.judged.textDigest !== stored.textSha256;
  }).immediate();
}

interface Derived {
  /** Captures stored by a harvest that was stopped before it had read them. */
  readonly captures: number;
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

async function deriveVersions(context: CommandContext, database: Sqlite, facts: { reader: Reader; all: boolean; ocr: boolean }): Promise<Omit<Derived, 'captures'>> {
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
    const derived: Derived = { captures, ...await deriveVersions(context, database, facts) };
    if (context.json) context.print(`${JSON.stringify(derived)}\n`);
    const first = captures > 0 ? `${counted(captures, 'stored page')} read for the first time. ` : '';
    printTotals(context, [`${first}${counted(derived.versions, 'version')} derived again, ${counted(derived.changedTexts, 'text')} changed.`]);
    for (const failure of derived.failed) context.log.warn(`${failure.documentId} could not be derived: ${failure.message}; what was stored of it stays.`);
    return context.signal.aborted ? 130 : derived.failed.length > 0 ? 3 : 0;
  } finally {
    await reader.close();
    database.close();
    lock.release();
  }
}
