/** `nianbao export`: writes a selection of the archive to a folder. */
import { usageError } from '../errors.js';
import type { ExitCode } from '../errors.js';
import { exportArchive, formatNamed } from '../export/export.js';
import type { ExportResult } from '../export/export.js';
import { safeForTerminal } from '../log.js';
import type { Grade } from '../record.js';
import { counted } from '../report/counted.js';
import { openReader } from '../store/open.js';
import type { Selection } from '../store/selection.js';
import { TOOL_VERSION } from '../version.js';
import type { CommandContext } from './context.js';
import { placeCodes } from './places.js';
import { resolvePlace } from '../seeds/places.js';
import { taskProgress } from './task-progress.js';

export interface ExportCommandOptions {
  readonly format: string;
  readonly out: string;
  readonly places?: readonly string[];
  readonly provinces?: readonly string[];
  /** As typed. */
  readonly years?: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly since?: string | null;
  readonly grades?: readonly string[];
  /** A byte order mark before CSV files, for Excel. */
  readonly excel?: boolean;
  /** Masks what names a person. */
  readonly redact?: boolean;
}

const GRADES: readonly string[] = ['official', 'mirror', 'clone'];

function checkedGrades(words: readonly string[]): Grade[] {
  const wrong = words.find((word) => !GRADES.includes(word));
  if (wrong !== undefined) throw usageError('export-grade', `"${wrong}" is no grade; there are ${GRADES.join(', ')}.`);
  return words as Grade[];
}

function checkedYears(words: readonly string[]): readonly number[] {
  const wrong = words.find((word) => !/^(?:19|2\d)\d\d$/u.test(word));
  if (wrong !== undefined) throw usageError('export-year', `"${wrong}" is no year; write four digits, such as 2016.`);
  return words.map(Number);
}

/** Division codes of provinces end with four zeros. */
function checkedProvinces(words: readonly string[]): readonly string[] {
  for (const word of words) {
    const { code, name } = resolvePlace(word);
    if (!code.endsWith('0000')) throw usageError('export-province', `"${word}" (${code} ${name}) is no province; use --place ${word}.`);
  }
  return placeCodes(words);
}

/** A day that exists, as `YYYY-MM-DD`. */
function checkedDay(day: string | null): string | null {
  if (day === null) return null;
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)) throw usageError('export-since', `"${day}" is no day; write it as 2026-01-31.`);
  return day;
}

function selectionOf(options: ExportCommandOptions): Selection {
  return {
    places: placeCodes(options.places ?? []), provinces: checkedProvinces(options.provinces ?? []),
    years: checkedYears(options.years ?? []), since: checkedDay(options.since ?? null), grades: checkedGrades(options.grades ?? []),
  };
}

function tell(context: CommandContext, options: ExportCommandOptions, result: ExportResult): void {
  const { counts, files } = result;
  if (context.json) context.print(`${JSON.stringify({ format: options.format, folder: result.folder, counts, redaction: result.redaction, files })}\n`);
  else if (result.folder === null) context.log.line('Stopped; nothing was exported.');
  else context.print(safeForTerminal(`${counted(counts.reports, 'report')} and ${counted(counts.other, 'other document')} exported to ${result.folder} (${counted(files.length + 1, 'file')}).\n${maskLine(result)}`));
  if (result.folder !== null && counts.documents === 0) context.log.warn(emptyLine(options));
}

/** A slip in a filter looks like an archive without reports. */
function emptyLine(options: ExportCommandOptions): string {
  const filters = Object.entries({ '--place': options.places, '--province': options.provinces, '--year': options.years, '--since': options.since ? [options.since] : [], '--grade': options.grades });
  const typed = filters.flatMap(([option, words]) => (words ?? []).map((word) => `${option} ${word}`));
  return typed.length === 0 ? 'The archive holds no document; the export is empty.' : `No document of the archive matches ${typed.join(' ')}; the export is empty. "nianbao status" shows which agencies and years are held.`;
}

function maskLine({ redaction }: ExportResult): string {
  if (!redaction) return '';
  const { identity, phone, plate } = redaction.masks;
  return `Masked in ${redaction.documents} of them: ${counted(identity, 'identity number')}, ${counted(phone, 'phone number')}, ${counted(plate, 'plate')}.\n`;
}

/** Exports to `options.out`; 130 when stopped by a signal, with nothing left behind. Errors: format, filters, the folder. */
export async function exportCommand(context: CommandContext, options: ExportCommandOptions): Promise<ExitCode> {
  const format = formatNamed(options.format);
  const selection = selectionOf(options);
  const database = openReader(context.config.storage);
  const progress = taskProgress(context, options.format === 'warc' || options.format === 'wacz' ? 'exchanges' : 'documents');
  try {
    const result = await exportArchive(database, {
      format, out: options.out, selection, toolVersion: TOOL_VERSION, byteOrderMark: options.excel ?? false, redact: options.redact ?? false, signal: context.signal, onProgress: progress.step,
    }).finally(() => progress.end());
    tell(context, options, result);
    return result.folder === null ? 130 : 0;
  } finally {
    database.close();
  }
}
