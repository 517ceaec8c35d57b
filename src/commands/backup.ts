/** `nianbao backup`: a verified copy of the archive in one file, taken while a harvest may be running. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExitCode } from '../errors.js';
import { counted } from '../report/counted.js';
import { backupArchive } from '../store/backup.js';
import type { CommandContext } from './context.js';
import { taskProgress } from './task-progress.js';
import { problemLine } from './verify.js';

export interface BackupOptions {
  readonly file: string;
}

/** Writes the copy; 5, and no file, when the copy is not as the archive was written. */
export async function backupCommand(context: CommandContext, options: BackupOptions): Promise<ExitCode> {
  const file = resolve(context.cwd, options.file);
  const progress = taskProgress(context, 'payloads, versions and documents');
  const { checked, problems } = await backupArchive(context.config.storage, file, progress.step).finally(() => progress.end());
  const isSound = problems.length === 0;
  const bytes = isSound ? statSync(file).size : 0;
  if (context.json) {
    context.print(`${JSON.stringify({ ok: isSound, file: isSound ? file : null, bytes, checked, problems })}\n`);
  } else if (isSound) {
    context.print(`${file}: ${(bytes / 2 ** 20).toFixed(1)} MiB, ${counted(checked.payloads, 'payload')}, ${counted(checked.captures, 'capture')}, ${counted(checked.versions, 'version of a text', 'versions of texts')} and ${counted(checked.runs, 'sealed run')}, all as written.\n`);
  } else {
    for (const problem of problems) context.print(`${problemLine(problem)}\n`);
  }
  if (isSound) return 0;
  context.log.warn(`The copy differs from what was written in ${counted(problems.length, 'place')}, so it was not kept. Run "nianbao verify": the archive itself is damaged.`);
  return 5;
}
