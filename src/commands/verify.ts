/** `nianbao verify`: re-reads the whole archive and lists what is not as it was written. */
import { join } from 'node:path';
import { NianbaoError } from '../errors.js';
import type { ExitCode } from '../errors.js';
import { safeLine } from '../log.js';
import { counted } from '../report/counted.js';
import { DATABASE_NAME, openReader } from '../store/open.js';
import type { Sqlite } from '../store/open.js';
import { holdsRemains } from '../store/remains.js';
import { verifyArchive } from '../store/verify.js';
import type { Problem, Verification } from '../store/verify.js';
import type { CommandContext } from './context.js';
import { taskProgress } from './task-progress.js';
import type { Step } from './task-progress.js';

/** One problem in words, safe for a terminal. */
export function problemLine(problem: Problem): string {
  return safeLine(`${problem.kind}: ${problem.where}: ${problem.message}${problem.url === null ? '' : ` (${problem.url})`}`);
}

/** Whether a fault of opening is itself what verification looks for: the file is there, and is no longer what was written. One that never was an archive is the wrong file. */
function isDamage(storage: string, { code }: NianbaoError): boolean {
  return code === 'storage-corrupt' || (code === 'storage-not-a-database' && holdsRemains(join(storage, DATABASE_NAME)));
}

function verifyFile(storage: string, step: Step): Verification {
  let database: Sqlite | null = null;
  try {
    database = openReader(storage);
    return verifyArchive(database, step);
  } catch (error) {
    if (!(error instanceof NianbaoError) || !isDamage(storage, error)) throw error;
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
  const ending = problems.length === 0 ? 'all as written' : counted(problems.length, 'differs', 'differ');
  context.print(`Checked ${counted(checked.payloads, 'payload')}, ${counted(checked.captures, 'capture')}, ${counted(checked.versions, 'version of a text', 'versions of texts')} and ${counted(checked.runs, 'sealed run')}: ${ending}.\n`);
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
