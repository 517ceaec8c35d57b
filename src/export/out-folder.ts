/** Gives an export its folder: written beside, put in place at once, and never over what is not an earlier export. */
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { faultInWords, storageError, usageError } from '../errors.js';
import { makeFolder } from '../store/folder.js';

export const MANIFEST = 'manifest.json';

export interface OutFolder {
  /** Where to write meanwhile. */
  readonly folder: string;
  /** Puts what was written in place, in one rename when nothing stood there. Returns the final path. */
  readonly commit: () => string;
  /** Removes what was written. */
  readonly abandon: () => void;
}

/** Files under `folder`, relative, with `/`; a link counts as a file and is not followed. */
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function listedFiles(folder: string): Set<string> | null {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as { tool?: unknown; files?: { path: string }[] };
    if (typeof manifest.tool !== 'string' || !manifest.tool.startsWith('nianbao') || !Array.isArray(manifest.files)) return null;
    return new Set([MANIFEST, ...manifest.files.map((file) => file.path)]);
  } catch {
    return null;
  }
}

/** An earlier export may be replaced, an empty folder filled; anything else belongs to somebody. */
function refuseForeign(target: string): void {
  const found = filesUnder(target);
  if (found.length === 0) return;
  const ours = listedFiles(target);
  const foreign = ours ? found.find((file) => !ours.has(file)) : found[0];
  if (foreign === undefined) return;
  const exported = ours ? undefined : exportFolderIn(target);
  if (exported !== undefined) throw usageError('export-folder-not-empty', `${target} holds exports in folders of their own, such as ${exported}; nothing was changed. Name one of them, or a new folder, with --out.`);
  throw usageError('export-folder-not-empty', `${target} holds ${foreign}, which ${ours ? 'the export there did not write' : 'no export of nianbao wrote'}; nothing was changed. Name an empty or new folder with --out.`);
}

/** The first folder inside that an earlier export filled. */
function exportFolderIn(target: string): string | undefined {
  return readdirSync(target, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort().find((name) => listedFiles(join(target, name)) !== null);
}

function targetOf(out: string): string {
  const target = resolve(out);
  if (!existsSync(target)) return target;
  const real = realpathSync(target);
  if (!lstatSync(real).isDirectory()) throw usageError('export-not-a-folder', `${target} is a file; nothing was changed. Name a folder with --out.`);
  refuseForeign(real);
  return real;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** Folders of exports whose process died are swept up by the next one. */
function sweep(parent: string, name: string): void {
  for (const entry of readdirSync(parent)) {
    const pid = entry.startsWith(`.${name}.partial-`) ? Number(entry.slice(`.${name}.partial-`.length)) : NaN;
    if (Number.isInteger(pid) && pid !== process.pid && !isAlive(pid)) rmSync(join(parent, entry), { recursive: true, force: true });
  }
}

function putInPlace(folder: string, target: string): void {
  const old = join(dirname(target), `.${basename(target)}.old-${process.pid}`);
  const replaces = existsSync(target);
  if (replaces) renameSync(target, old);
  try {
    renameSync(folder, target);
  } catch (error) {
    if (replaces) renameSync(old, target);
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

/** Prepares the folder `out` for an export. Errors: `export-folder-not-empty`, `export-not-a-folder`, `export-unwritable`. */
export function openOutFolder(out: string): OutFolder {
  const target = targetOf(out);
  const parent = dirname(target);
  const folder = join(parent, `.${basename(target)}.partial-${process.pid}`);
  try {
    makeFolder(parent);
    sweep(parent, basename(target));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  } catch (error) {
    throw usageError('export-unwritable', `${target} cannot be written (${faultInWords(error)}); choose another folder with --out.`, error);
  }
  return {
    folder,
    commit: () => {
      try {
        if (existsSync(target)) refuseForeign(target);
        putInPlace(folder, target);
        return target;
      } catch (error) {
        rmSync(folder, { recursive: true, force: true });
        if ((error as { code?: string }).code === 'export-folder-not-empty') throw error;
        throw storageError('export-not-placed', `The export could not be put at ${target} (${faultInWords(error)}).`, error);
      }
    },
    abandon: () => rmSync(folder, { recursive: true, force: true }),
  };
}
