/** `nianbao import`: brings in saved pages and texts with `file:` provenance. */
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExitCode } from '../errors.js';
import { usageError } from '../errors.js';
import { documentOf, readStored } from '../harvest/learn.js';
import type { Capture } from '../record.js';
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

/** What can be brought in, and as what. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.htm': 'text/html', '.shtml': 'text/html', '.xhtml': 'application/xhtml+xml', '.txt': 'text/plain',
  '.pdf': 'application/pdf', '.doc': 'application/msword', '.wps': 'application/vnd.ms-works', '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xls': 'application/vnd.ms-excel', '.et': 'application/vnd.ms-excel', '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '.rtf': 'application/rtf', '.ofd': 'application/ofd', '.zip': 'application/zip',
};

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

function collect(path: string, found: Found): void {
  const facts = lstatSync(path);
  if (facts.isSymbolicLink()) { found.skipped.push({ file: path, reason: 'symbolic links are not followed' }); return; }
  if (facts.isDirectory()) {
    for (const name of readdirSync(path).sort()) collect(join(path, name), found);
    return;
  }
  if (!(extname(path).toLowerCase() in MEDIA_TYPES)) { found.skipped.push({ file: path, reason: `only ${Object.keys(MEDIA_TYPES).join(', ')} can be imported` }); return; }
  if (facts.size > LARGEST_FILE) { found.skipped.push({ file: path, reason: `larger than ${LARGEST_FILE / 2 ** 20} MiB` }); return; }
  found.files.push(path);
}

/** The files under the named paths, in a fixed order; a path named by the user may be a link, one inside a folder is not followed. */
function filesOf(paths: readonly string[], cwd: string): Found {
  const found: Found = { files: [], skipped: [] };
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    try {
      statSync(absolute);
    } catch (error) {
      throw usageError('import-missing', `${path} cannot be read (${(error as Error).message}); nothing was imported.`, error);
    }
    collect(realpathSync(absolute), found);
  }
  return found;
}

function captureOfFile(file: string, runId: number): Capture {
  const payload = readFileSync(file);
  const url = pathToFileURL(file).href;
  return {
    url, seed: null, kind: 'article', heardVia: 'import', hops: 0, referrer: null, anchor: null, listedOn: null, captureId: 0, runId, finalUrl: url,
    status: null, headers: {}, redirects: [], mediaType: MEDIA_TYPES[extname(file).toLowerCase()] ?? null, payload,
    payloadDigest: createHash('sha256').update(payload).digest('hex'), fetchedAt: statSync(file).mtime.toISOString(), durationMs: 0, fetchedBy: 'import',
  };
}

async function importOne(context: CommandContext, database: Sqlite, facts: { file: string; runId: number }): Promise<{ change: DocumentChange; isReport: boolean; captureId: number }> {
  const capture = captureOfFile(facts.file, facts.runId);
  const document = await readStored(capture, context.divisions());
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

interface Imported {
  readonly runId: number;
  readonly files: number;
  readonly reports: number;
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly skipped: readonly Skipped[];
  readonly failed: readonly Skipped[];
}

async function importAll(context: CommandContext, database: Sqlite, found: Found): Promise<Imported> {
  closeInterruptedRuns(database);
  const startedAt = new Date(context.now()).toISOString();
  const runId = startRun(database, { command: 'import', places: [], startedAt, configSha256: context.configDigest, toolVersion: TOOL_VERSION });
  const counts = { files: 0, reports: 0, new: 0, changed: 0, same: 0, newReports: 0, changedReports: 0 };
  const failed: Skipped[] = [];
  for (const file of found.files) {
    if (context.signal.aborted) break;
    try {
      const { change, isReport } = await importOne(context, database, { file, runId });
      counts.files += 1;
      counts[change] += 1;
      if (!isReport) continue;
      counts.reports += 1;
      if (change === 'new') counts.newReports += 1;
      if (change === 'changed') counts.changedReports += 1;
    } catch (error) {
      failed.push({ file, reason: (error as Error).message });
    }
  }
  const finishedAt = new Date(context.now()).toISOString();
  const outcome = context.signal.aborted ? 'stopped' : failed.length > 0 ? 'done-with-failures' : 'done';
  finishRun(database, runId, { portals: 0, requests: 0, captures: counts.files, transferBytes: 0, newReports: counts.newReports, changedReports: counts.changedReports, finishedAt, outcome });
  refreshLedger(database, { today: dayInChina(finishedAt) });
  sealRun(database, runId);
  return { runId, files: counts.files, reports: counts.reports, new: counts.new, changed: counts.changed, same: counts.same, skipped: found.skipped, failed };
}

/** Imports files and folders. Exit 0, 3 (some could not be read), 2 (a path is missing) or 4 (locked). */
export async function importCommand(context: CommandContext, paths: readonly string[]): Promise<ExitCode> {
  if (paths.length === 0) throw usageError('no-path', 'import needs at least one file or folder, such as: nianbao import saved-pages/');
  const found = filesOf(paths, context.cwd);
  const lock = takeWriterLock(context.config.storage, 'import', new Date(context.now()).toISOString());
  const database = openArchive(context.config.storage);
  try {
    const imported = await importAll(context, database, found);
    if (context.json) context.print(`${JSON.stringify(imported)}\n`);
    else context.log.line(`${imported.files} files imported (${imported.reports} annual reports): ${imported.new} new, ${imported.changed} changed, ${imported.same} same.`);
    for (const { file, reason } of [...imported.skipped, ...imported.failed]) context.log.warn(`${file} was left out: ${reason}`);
    return context.signal.aborted ? 130 : imported.failed.length > 0 ? 3 : 0;
  } finally {
    database.close();
    lock.release();
  }
}
