/** `nianbao import`: brings in saved pages, texts and documents with `file:` provenance, and the answers of web archives with theirs. */
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExitCode } from '../errors.js';
import { usageError } from '../errors.js';
import { documentOf } from '../harvest/learn.js';
import { ocrChoice, openReader } from '../harvest/reader.js';
import { safeForTerminal } from '../log.js';
import type { Capture } from '../record.js';
import { counted } from '../report/counted.js';
import { refreshLedger } from '../store/ledger.js';
import { dayInChina } from '../store/ledger-rules.js';
import { openArchive } from '../store/open.js';
import type { Sqlite } from '../store/open.js';
import { sealRun } from '../store/run-chain.js';
import { closeInterruptedRuns, finishRun, startRun } from '../store/runs.js';
import { writeDocument } from '../store/write-document.js';
import type { DocumentChange } from '../store/write-document.js';
import { writeCapture } from '../store/write-visit.js';
import { takeWriterLock } from '../store/writer-lock.js';
import { TOOL_VERSION } from '../version.js';
import type { CommandContext } from './context.js';
import { importWebArchive, WEB_ARCHIVE } from './import-warc.js';
import type { WarcImport } from './import-warc.js';
import { printTotals } from './result.js';
import { taskProgress } from './task-progress.js';

/** What can be brought in, and as what. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.htm': 'text/html', '.shtml': 'text/html', '.xhtml': 'application/xhtml+xml', '.txt': 'text/plain',
  '.pdf': 'application/pdf', '.doc': 'application/msword', '.wps': 'application/vnd.ms-works', '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xls': 'application/vnd.ms-excel', '.et': 'application/vnd.ms-excel', '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '.rtf': 'application/rtf', '.ofd': 'application/ofd', '.zip': 'application/zip',
};

/** What can be brought in where scanned pages are read. */
const PICTURE_TYPES: Readonly<Record<string, string>> = { '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg' };

/** Files larger than this are no annual report. */
const LARGEST_FILE = 64 * 2 ** 20;

interface Skipped {
  readonly file: string;
  readonly reason: string;
}

interface Found {
  readonly files: string[];
  readonly skipped: Skipped[];
}

function collect(path: string, found: Found, types: Readonly<Record<string, string>>): void {
  const facts = lstatSync(path);
  if (facts.isSymbolicLink()) { found.skipped.push({ file: path, reason: 'symbolic links are not followed' }); return; }
  if (facts.isDirectory()) {
    for (const name of readdirSync(path).sort()) collect(join(path, name), found, types);
    return;
  }
  if (WEB_ARCHIVE.test(path)) { found.files.push(path); return; }
  if (!(extname(path).toLowerCase() in types)) { found.skipped.push({ file: path, reason: `only .warc, .warc.gz, .wacz, ${Object.keys(types).join(', ')} can be imported${types === MEDIA_TYPES ? `, ${Object.keys(PICTURE_TYPES).join(', ')} with attachments.ocr` : ''}` }); return; }
  if (facts.size > LARGEST_FILE) { found.skipped.push({ file: path, reason: `larger than ${LARGEST_FILE / 2 ** 20} MiB` }); return; }
  found.files.push(path);
}

/** The files under the named paths, in a fixed order; a path named by the user may be a link, one inside a folder is not followed. */
function filesOf(paths: readonly string[], { cwd, config }: Pick<CommandContext, 'cwd' | 'config'>): Found {
  const types = config.attachments.ocr === 'never' ? MEDIA_TYPES : { ...MEDIA_TYPES, ...PICTURE_TYPES };
  const found: Found = { files: [], skipped: [] };
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    try {
      statSync(absolute);
    } catch (error) {
      throw usageError('import-missing', `${path} cannot be read (${(error as Error).message}); nothing was imported.`, error);
    }
    collect(realpathSync(absolute), found, types);
  }
  return found;
}

function captureOfFile(file: string, runId: number): Capture {
  const payload = readFileSync(file);
  const url = pathToFileURL(file).href;
  return {
    url, seed: null, kind: 'article', heardVia: 'import', hops: 0, referrer: null, anchor: null, listedOn: null, captureId: 0, runId, finalUrl: url,
    status: null, headers: {}, redirects: [], mediaType: { ...MEDIA_TYPES, ...PICTURE_TYPES }[extname(file).toLowerCase()] ?? null, payload,
    payloadDigest: createHash('sha256').update(payload).digest('hex'), fetchedAt: statSync(file).mtime.toISOString(), durationMs: 0, fetchedBy: 'import',
  };
}

async function importOne(context: CommandContext, database: Sqlite, facts: Pick<WarcImport, 'file' | 'runId' | 'reader'>): Promise<{ change: DocumentChange; isReport: boolean; captureId: number }> {
  const capture = captureOfFile(facts.file, facts.runId);
  const document = await facts.reader.readDocument({ capture, files: [] });
  const write = documentOf(database, document, capture.url);
  const seenAt = new Date(context.now()).toISOString();
  return database.transaction(() => {
    const captureId = writeCapture(database, {
      ...capture, portalId: null, candidateId: null, outcome: 'captured', reason: 'ok', detail: null, transferBytes: 0, remoteAddress: null, robots: null,
      revisitOf: null, revisitProfile: null, notices: document.recognised.notices,
    }, facts.runId);
    return { change: writeDocument(database, write, { runId: facts.runId, captureId, seenAt }), isReport: document.recognised.pageKind === 'annual-report', captureId };
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
  readonly failed: Skipped[] = [];

  add(change: DocumentChange, isReport: boolean): void {
    this.changes[change] += 1;
    if (!isReport) return;
    this.reports += 1;
    this.reportChanges[change] += 1;
  }
}

async function importFile(context: CommandContext, database: Sqlite, work: WarcImport): Promise<void> {
  if (WEB_ARCHIVE.test(work.file)) { await importWebArchive(context, database, work); return; }
  const { change, isReport } = await importOne(context, database, work);
  work.tally.files += 1;
  work.tally.add(change, isReport);
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
      tally.failed.push({ file, reason: (error as Error).message });
    }
    tell(done += sizes[index] ?? 0);
  }
  progress.end();
  await reader.close();
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

function tell(context: CommandContext, found: Found, { runId, tally }: { readonly runId: number; readonly tally: ImportTally }): void {
  const { files, records, known, reports, changes, failed } = tally;
  if (context.json) context.print(`${JSON.stringify({ runId, files, records, known, reports, ...changes, skipped: found.skipped, failed })}\n`);
  const answers = records + known === 0 ? '' : ` and ${counted(records, 'answer')} of web archives${known === 0 ? '' : ` (${known} more held already)`}`;
  printTotals(context, [`${counted(files, 'file')}${answers} imported (${counted(reports, 'annual report')}): ${changes.new} new, ${changes.changed} changed, ${changes.same} same.`]);
  for (const { file, reason } of [...found.skipped, ...failed]) context.log.warn(`${safeForTerminal(file)} was left out: ${safeForTerminal(reason)}`);
}

/** Imports files and folders. Exit 0, 3 (some could not be read), 2 (a path is missing) or 4 (locked). */
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
