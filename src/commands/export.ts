/** `nianbao export`: writes a selection of the archive to a folder. */
import { usageError } from '../errors.js';
import type { ExitCode } from '../errors.js';
import { exportArchive, formatNamed } from '../export/export.js';
import type { ExportResult } from '../export/export.js';
import type { Grade } from '../record.js';
import { openReader } from '../store/open.js';
import type { Selection } from '../store/selection.js';
import { TOOL_VERSION } from '../version.js';
import type { CommandContext } from './context.js';
import { placeCodes } from './places.js';
import { taskProgress } from './task-progress.js';

export interface ExportCommandOptions {
  readonly format: string;
  readonly out: string;
  readonly places?: readonly string[];
  readonly provinces?: readonly string[];
  readonly years?: readonly number[];
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

function checkedYears(years: readonly number[]): readonly number[] {
  const wrong = years.find((year) => !Number.isInteger(year) || year < 1900 || year > 2999);
  if (wrong !== undefined) throw usageError('export-year', `"${wrong}" is no year; write four digits, such as 2016.`);
  return years;
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
    places: placeCodes(options.places ?? []), provinces: placeCodes(options.provinces ?? []),
    years: checkedYears(options.years ?? []), since: checkedDay(options.since ?? null), grades: checkedGrades(options.grades ?? []),
  };
}

function tell(context: CommandContext, options: ExportCommandOptions, result: ExportResult): void {
  const { counts, files } = result;
  if (context.json) context.print(`${JSON.stringify({ format: options.format, folder: result.folder, counts, redaction: result.redaction, files })}\n`);
  else if (result.folder === null) context.log.line('Stopped; nothing was exported.');
  else context.print(`${counts.reports} reports and ${counts.other} other documents exported to ${result.folder} (${files.length + 1} files).\n${maskLine(result)}`);
}

function maskLine({ redaction }: ExportResult): string {
  if (!redaction) return '';
  const { identity, phone, plate } = redaction.masks;
  return `Masked in ${redaction.documents} of them: ${identity} identity numbers, ${phone} phone numbers, ${plate} plates.\n`;
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
