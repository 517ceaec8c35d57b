/** `nianbao show`: one report, its original bytes, or what changed between its versions. */
import { candidateOriginal } from '../dedup/mirror.js';
import { usageError } from '../errors.js';
import type { ExitCode } from '../errors.js';
import { buildRecord } from '../export/record.js';
import { canonicalUrl } from '../frontier/canonical-url.js';
import { urlKey } from '../frontier/url-key.js';
import { safeForTerminal } from '../log.js';
import { diffText, renderDiff } from '../report/change-report.js';
import { reportPage } from '../report/report-page.js';
import { findDocument } from '../store/find-document.js';
import type { Sqlite } from '../store/open.js';
import { openReader } from '../store/open.js';
import { readSeed } from '../store/portals.js';
import { readDocument, readParts, readPayload, readVersions } from '../store/read.js';
import type { DocumentVersion } from '../store/read.js';
import type { CommandContext } from './context.js';
import { coloursFor, diffMarksFor } from './paint.js';
import { statutoryForms } from './statutory-forms.js';

export interface ShowOptions {
  /** A report id, the beginning of one, or a URL. */
  readonly wanted: string;
  readonly raw?: boolean;
  readonly diff?: boolean;
  /** Where `--raw` writes; stdout when not given. */
  readonly writeBytes?: (bytes: Uint8Array) => void;
}

function keyOf(address: string): string | null {
  const canonical = canonicalUrl(address);
  return canonical === null ? null : urlKey(canonical);
}

function wantedDocument(database: Sqlite, wanted: string): DocumentVersion {
  const found = findDocument(database, wanted.trim(), keyOf);
  const document = found === null ? null : readDocument(database, found);
  if (document) return document;
  throw usageError('report-unknown', `The archive holds no report "${wanted}". "nianbao search" finds report ids; six characters of one are enough.`);
}

function showRaw(database: Sqlite, document: DocumentVersion, options: ShowOptions): void {
  const write = options.writeBytes ?? ((bytes: Uint8Array): void => { process.stdout.write(bytes); });
  write(readPayload(database, document.rawSha256));
}

function showDiff(context: CommandContext, versions: readonly DocumentVersion[]): void {
  const marks = diffMarksFor(context);
  const steps = versions.slice(1).map((after, index) => {
    const before = versions[index] ?? after;
    const clean = [before.text, after.text].map(safeForTerminal) as [string, string];
    return { from: before.version, to: after.version, capturedAt: after.capturedAt, parts: diffText(...clean) };
  });
  if (context.json) {
    context.print(`${JSON.stringify({ reportId: versions[0]?.reportId, versions: versions.length, changes: steps })}\n`);
    return;
  }
  if (steps.length === 0) context.print('There is one version only.\n');
  for (const step of steps) context.print(`${coloursFor(context).bold(`Version ${step.from} to ${step.to}, captured ${step.capturedAt}`)}\n${renderDiff(step.parts, marks)}\n\n`);
}

/** The label of a row of a statutory table, as the form prints it. */
function rowLabel(table: string, row: string): string | null {
  return statutoryForms().find((form) => form.table === table)?.rows.find(({ key }) => key === row)?.label ?? null;
}

function showPage(context: CommandContext, database: Sqlite, document: DocumentVersion): void {
  const parts = readParts(database, document);
  const home = document.portalId === null ? null : readSeed(database, document.portalId)?.home ?? null;
  const original = document.grade === 'official' ? candidateOriginal(document.finalUrl) : candidateOriginal(document.finalUrl, home);
  if (context.json) {
    const { versions, version, firstSeen, lastSeen, removedAt } = document;
    const more = { version, versions, firstSeen, lastSeen, removedAt, candidateOriginal: original };
    context.print(`${JSON.stringify({ ...buildRecord(document, parts), ...more })}\n`);
    return;
  }
  context.print(`${safeForTerminal(reportPage(document, parts, original, rowLabel))}\n`);
}

/** Shows the wanted report. Errors: `report-unknown`, `report-ambiguous` (2), damaged bytes (1). */
export async function showCommand(context: CommandContext, options: ShowOptions): Promise<ExitCode> {
  if (options.raw && context.json) throw usageError('show-raw-json', '--raw writes the original bytes, which are no JSON; leave --raw or --json out.');
  const database = openReader(context.config.storage);
  try {
    const document = wantedDocument(database, options.wanted);
    if (options.raw) showRaw(database, document, options);
    else if (options.diff) showDiff(context, readVersions(database, document.reportId));
    else showPage(context, database, document);
    return 0;
  } finally {
    database.close();
  }
}
