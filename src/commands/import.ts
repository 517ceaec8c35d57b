/** `nianbao import`: brings in saved pages, texts and documents with `file:` provenance, and the answers of web archives with theirs. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { ExitCode } from '../errors.js';
import { faultInWords, usageError } from '../errors.js';
import { isDocumentFile } from '../attachments/attachment.js';
import { documentOf } from '../harvest/learn.js';
import type { CarriedDocument } from '../harvest/learn.js';
import { ocrChoice, openReader } from '../harvest/reader.js';
import type { Reader } from '../harvest/reader.js';
import { reread, rewrite } from '../harvest/reread.js';
import { safeLine } from '../log.js';
import type { Capture } from '../record.js';
import { counted } from '../report/counted.js';
import { refreshLedger } from '../store/ledger.js';
import { dayInChina } from '../store/ledger-rules.js';
import { openArchive } from '../store/open.js';
import type { Sqlite } from '../store/open.js';
import { sealRun } from '../store/run-chain.js';
import { closeInterruptedRuns, finishRun, startRun } from '../store/runs.js';
import { coverVersions, writeDocument } from '../store/write-document.js';
import type { DocumentChange } from '../store/write-document.js';
import { writeCapture } from '../store/write-visit.js';
import { takeWriterLock } from '../store/writer-lock.js';
import { TOOL_VERSION } from '../version.js';
import type { CommandContext } from './context.js';
import { filesOf, leftOutLines, mediaTypeOf, promisesDocument } from './import-files.js';
import type { Found, NamedFile } from './import-files.js';
import { importWebArchive, WEB_ARCHIVE } from './import-warc.js';
import type { WarcImport } from './import-warc.js';
import { printTotals } from './result.js';
import { taskProgress } from './task-progress.js';

function captureOfFile(file: string, runId: number): Capture {
  const payload = readFileSync(file);
  const url = pathToFileURL(file).href;
  return {
    url, seed: null, kind: 'article', heardVia: 'import', hops: 0, referrer: null, anchor: null, listedOn: null, captureId: 0, runId, finalUrl: url,
    status: null, headers: {}, redirects: [], mediaType: mediaTypeOf(file), payload,
    payloadDigest: createHash('sha256').update(payload).digest('hex'), fetchedAt: statSync(file).mtime.toISOString(), durationMs: 0, fetchedBy: 'import',
  };
}

async function importOne(context: CommandContext, database: Sqlite, facts: Pick<WarcImport, 'file' | 'runId' | 'reader'>): Promise<{ change: DocumentChange; document: CarriedDocument; capture: Capture }> {
  const capture = captureOfFile(facts.file, facts.runId);
  const document = await facts.reader.readDocument({ capture, files: [] });
  const write = documentOf(database, document, capture.url);
  const seenAt = new Date(context.now()).toISOString();
  return database.transaction(() => {
    const captureId = writeCapture(database, {
      ...capture, portalId: null, candidateId: null, outcome: 'captured', reason: 'ok', detail: null, transferBytes: 0, remoteAddress: null, robots: null,
      revisitOf: null, revisitProfile: null, notices: document.recognised.notices,
    }, facts.runId);
    return { change: writeDocument(database, write, { runId: facts.runId, captureId, seenAt }), document, capture };
  }).immediate();
}

/** What has come in so far. */
export class ImportTally {
  /** Files, web archives not counted. */
  files = 0;
  /** Answers of web archives. */
  records = 0;
  /** Answers that the archive held already. */
  known = 0;
  reports = 0;
  readonly changes: Record<DocumentChange, number> = { new: 0, changed: 0, same: 0 };
  readonly reportChanges: Record<DocumentChange, number> = { new: 0, changed: 0, same: 0 };
  /** What could not be read, with its file and, inside a web archive, its byte. */
  readonly failed: NamedFile[] = [];
  /** What is stored and gave no word. */
  readonly withoutText: NamedFile[] = [];
  /** What is no document of the kind its name says, and was read as a text. */
  readonly misnamed: NamedFile[] = [];

  add(change: DocumentChange, isReport: boolean): void {
    this.changes[change] += 1;
    if (!isReport) return;
    this.reports += 1;
    this.reportChanges[change] += 1;
  }
}

async function importFile(context: CommandContext, database: Sqlite, work: WarcImport): Promise<void> {
  if (WEB_ARCHIVE.test(work.file)) { await importWebArchive(context, database, work); return; }
  const { change, document, capture } = await importOne(context, database, work);
  work.tally.files += 1;
  work.tally.add(change, document.recognised.pageKind === 'annual-report');
  lookAt(work, capture, document);
}

/** Notes a file that was stored and is not what somebody who imports reports expects. A page saved under the name of a document is read as the page it is. */
function lookAt({ file, tally }: WarcImport, { payload }: Capture, { recognised }: CarriedDocument): void {
  const isMisnamed = promisesDocument(file) && !isDocumentFile(payload) && !/^\s*</u.test(Buffer.from(payload.subarray(0, 200)).toString().replace(/^\ufeff/u, ''));
  if (recognised.text.trim() === '') tally.withoutText.push({ file, reason: payload.length === 0 ? 'the file is empty' : whyWordless(recognised, isMisnamed) });
  else if (isMisnamed) tally.misnamed.push({ file, reason: 'its bytes are no such document' });
}

function whyWordless({ notices }: CarriedDocument['recognised'], isMisnamed: boolean): string {
  return notices.find(({ room }) => room === 'attachments')?.message.replace(/; its bytes are kept$/u, '') ?? (isMisnamed ? 'its bytes are no document that can be read' : 'no words stand in it');
}

const KIB = 1024;

/** Takes the files one after another; a file that fails does not keep the others out. */
async function importFiles(context: CommandContext, database: Sqlite, facts: { files: readonly string[]; runId: number; tally: ImportTally }): Promise<void> {
  const { files, runId, tally } = facts;
  const sizes = files.map((file) => statSync(file).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const progress = taskProgress(context, 'KiB');
  const reader = openReader(context.divisions(), ocrChoice(context.config, context.signal));
  let done = 0;
  const tell = (bytes: number): void => { progress.step(Math.floor(bytes / KIB), Math.ceil(total / KIB)); };
  for (const [index, file] of files.entries()) {
    if (context.signal.aborted) break;
    try {
      await importFile(context, database, { file, runId, tally, reader, onProgress: (read, size) => { tell(done + (size === 0 ? 0 : (read / size) * (sizes[index] ?? 0))); } });
    } catch (error) {
      tally.failed.push({ file, reason: faultInWords(error) });
    }
    tell(done += sizes[index] ?? 0);
  }
  progress.end();
  await joinFiles(context, database, { reader, runId });
  await reader.close();
}

/** Gives pages that lead to a file its words: of a web archive both have come now, in whatever order. */
async function joinFiles(context: CommandContext, database: Sqlite, { reader, runId }: { readonly reader: Reader; readonly runId: number }): Promise<void> {
  const ocr = context.config.attachments.ocr === 'when-needed';
  for (const cover of coverVersions(database, runId)) {
    if (context.signal.aborted) return;
    const read = await reread({ database, reader, ocr }, cover);
    if (read.fault === null) rewrite(database, read);
  }
}

async function importAll(context: CommandContext, database: Sqlite, found: Found): Promise<{ readonly runId: number; readonly tally: ImportTally }> {
  closeInterruptedRuns(database);
  const startedAt = new Date(context.now()).toISOString();
  const runId = startRun(database, { command: 'import', places: [], startedAt, configSha256: context.configDigest, toolVersion: TOOL_VERSION });
  const tally = new ImportTally();
  await importFiles(context, database, { files: found.files, runId, tally });
  const finishedAt = new Date(context.now()).toISOString();
  const outcome = context.signal.aborted ? 'stopped' : tally.failed.length > 0 ? 'done-with-failures' : 'done';
  finishRun(database, runId, {
    portals: 0, requests: 0, captures: tally.files + tally.records, transferBytes: 0, newReports: tally.reportChanges.new, changedReports: tally.reportChanges.changed, finishedAt, outcome,
  });
  refreshLedger(database, { today: dayInChina(finishedAt) });
  sealRun(database, runId);
  return { runId, tally };
}

/** Files named before the rest is counted. */
const NAMED = 5;

function namedLines(head: string, files: readonly NamedFile[]): string[] {
  if (files.length === 0) return [];
  const more = files.length > NAMED ? [`  … and ${files.length - NAMED} more`] : [];
  return [head, ...files.slice(0, NAMED).map(({ file, reason }) => `  ${file}: ${reason}`), ...more];
}

function tell(context: CommandContext, found: Found, { runId, tally }: { readonly runId: number; readonly tally: ImportTally }): void {
  const { files, records, known, reports, changes, failed, withoutText, misnamed } = tally;
  const skipped = found.skipped.map(({ file, reason }) => ({ file, reason }));
  if (context.json) context.print(`${JSON.stringify({ runId, files, records, known, reports, ...changes, withoutText, misnamed, skipped, failed })}\n`);
  const answers = records + known === 0 ? '' : ` and ${counted(records, 'answer')} of web archives${known === 0 ? '' : ` (${known} more held already)`}`;
  printTotals(context, [`${counted(files, 'file')}${answers} imported (${counted(reports, 'annual report')}): ${changes.new} new, ${changes.changed} changed, ${changes.same} same.`]);
  for (const line of [
    ...namedLines(`${counted(withoutText.length, 'file')} of these gave no text; the bytes are kept:`, withoutText),
    ...namedLines(`${counted(misnamed.length, 'file is', 'files are')} not what the name says and ${misnamed.length === 1 ? 'was' : 'were'} read as plain text:`, misnamed),
    ...leftOutLines(found), ...failed.map(({ file, reason }) => `${file} was left out: ${reason}`),
  ]) context.log.warn(safeLine(line));
}

/** Imports files and folders. Exit 0, 3 (some could not be read), 2 (a path is missing, or nothing can be imported) or 4 (locked). */
export async function importCommand(context: CommandContext, paths: readonly string[]): Promise<ExitCode> {
  if (paths.length === 0) throw usageError('no-path', 'import needs at least one file or folder, such as: nianbao import saved-pages/');
  const found = filesOf(paths, context);
  const lock = takeWriterLock(context.config.storage, 'import', new Date(context.now()).toISOString());
  const database = openArchive(context.config.storage);
  try {
    const imported = await importAll(context, database, found);
    tell(context, found, imported);
    return context.signal.aborted ? 130 : imported.tally.failed.length > 0 ? 3 : 0;
  } finally {
    database.close();
    lock.release();
  }
}
