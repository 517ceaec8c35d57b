/** `nianbao verify`: re-reads the whole archive and lists what is not as it was written. */
import { NianbaoError } from '../errors.js';
import type { ExitCode } from '../errors.js';
import { safeLine } from '../log.js';
import { openReader } from '../store/open.js';
import type { Sqlite } from '../store/open.js';
import { verifyArchive } from '../store/verify.js';
import type { Problem, Verification } from '../store/verify.js';
import type { CommandContext } from './context.js';
import { taskProgress } from './task-progress.js';
import type { Step } from './task-progress.js';

/** One problem in words, safe for a terminal. */
export function problemLine(problem: Problem): string {
  return safeLine(`${problem.kind}: ${problem.where}: ${problem.message}${problem.url === null ? '' : ` (${problem.url})`}`);
}

/** Faults of opening that are themselves what verification looks for: the file is there, and is no longer what was written. */
const DAMAGED: ReadonlySet<string> = new Set(['storage-corrupt', 'storage-not-a-database']);

function verifyFile(storage: string, step: Step): Verification {
  let database: Sqlite | null = null;
  try {
    database = openReader(storage);
    return verifyArchive(database, step);
  } catch (error) {
    if (!(error instanceof NianbaoError) || !DAMAGED.has(error.code)) throw error;
    const problem: Problem = { kind: 'database', where: 'SQLite file', reportId: null, url: null, message: error.message };
    return { checked: { payloads: 0, captures: 0, versions: 0, runs: 0 }, problems: [problem] };
  } finally {
    database?.close();
  }
}

function tell(context: CommandContext, { checked, problems }: Verification): void {
  if (context.json) {
    context.print(`${JSON.stringify({ ok: problems.length === 0, checked, problems })}\n`);
    return;
  }
  for (const problem of problems) context.print(`${problemLine(problem)}\n`);
  const ending = problems.length === 0 ? 'all as written' : `${problems.length} differ`;
  context.print(`Checked ${checked.payloads} payloads, ${checked.captures} captures, ${checked.versions} versions of texts and ${checked.runs} sealed runs: ${ending}.\n`);
}

/** Verifies the archive; 5 when anything differs, an unreadable file included. Nothing is changed. */
export async function verifyCommand(context: CommandContext): Promise<ExitCode> {
  const progress = taskProgress(context, 'payloads, versions and documents');
  const verification = verifyFile(context.config.storage, progress.step);
  progress.end();
  tell(context, verification);
  if (verification.problems.length === 0) return 0;
  context.log.warn('The archive is damaged. Keep this file as it is, restore a backup, or fetch the named pages again with "nianbao recrawl".');
  return 5;
}
