/** Which files under the named paths can be brought in, and what is said of the others. */
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { faultInWords, usageError } from '../errors.js';
import { counted } from '../report/counted.js';
import type { CommandContext } from './context.js';
import { WEB_ARCHIVE } from './import-warc.js';

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

/** A file with what is to be said of it. */
export interface NamedFile {
  readonly file: string;
  readonly reason: string;
}

interface Skipped extends NamedFile {
  /** Its extension, when it is one of many in a folder that nobody named: these are counted, not listed. */
  readonly kind: string | null;
}

export interface Found {
  readonly files: readonly string[];
  readonly skipped: readonly Skipped[];
  /** The extensions that can be imported, for people. */
  readonly importable: string;
}

const kindOf = (file: string): string => extname(file).toLowerCase();

/** What the name of a file says it is. */
export function mediaTypeOf(file: string): string | null {
  return { ...MEDIA_TYPES, ...PICTURE_TYPES }[kindOf(file)] ?? null;
}

/** Whether the name promises a document file, which can be told by its first bytes. */
export function promisesDocument(file: string): boolean {
  return !/^text\/|xhtml/u.test(mediaTypeOf(file) ?? 'text/');
}

class Collection {
  readonly files: string[] = [];
  readonly skipped: Skipped[] = [];
  readonly #types: Readonly<Record<string, string>>;

  constructor(types: Readonly<Record<string, string>>) {
    this.#types = types;
  }

  add(path: string, isNamed: boolean): void {
    const facts = lstatSync(path);
    if (facts.isDirectory()) for (const name of readdirSync(path).sort()) this.add(join(path, name), false);
    else if (facts.isSymbolicLink()) this.skipped.push({ file: path, reason: 'symbolic links are not followed', kind: null });
    else if (WEB_ARCHIVE.test(path)) this.files.push(path);
    else if (!(kindOf(path) in this.#types)) this.skipped.push({ file: path, reason: `files of this kind (${kindOf(path) || 'no extension'}) are not imported`, kind: isNamed ? null : kindOf(path) || 'no extension' });
    else if (facts.size > LARGEST_FILE) this.skipped.push({ file: path, reason: `larger than ${LARGEST_FILE / 2 ** 20} MiB`, kind: null });
    else this.files.push(path);
  }
}

/**
 * The files under the named paths, in a fixed order; a path named by the user may be a link, one inside a folder is not followed. Errors (exit 2):
 * `import-missing`, a path that is not there; `import-nothing`, no file under any of them can be imported.
 */
export function filesOf(paths: readonly string[], { cwd, config }: Pick<CommandContext, 'cwd' | 'config'>): Found {
  const readsPictures = config.attachments.ocr !== 'never';
  const types = readsPictures ? { ...MEDIA_TYPES, ...PICTURE_TYPES } : MEDIA_TYPES;
  const collection = new Collection(types);
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    try {
      statSync(absolute);
    } catch (error) {
      throw usageError('import-missing', `${path} cannot be read (${faultInWords(error)}); nothing was imported.`, error);
    }
    collection.add(realpathSync(absolute), true);
  }
  const pictures = readsPictures ? '' : `; ${Object.keys(PICTURE_TYPES).join(', ')} with attachments.ocr`;
  const found = { files: collection.files, skipped: collection.skipped, importable: `.warc, .warc.gz, .wacz, ${Object.keys(types).join(', ')}${pictures}` };
  if (found.files.length > 0) return found;
  throw usageError('import-nothing', [`Nothing under ${paths.join(', ')} can be imported; the archive is as it was.`, ...leftOutLines(found)].join('\n'));
}

/** Kinds of files named before the rest is counted. */
const KINDS = 8;

/** What was left out: named one by one, or counted by kind where a folder holds files of other kinds. */
export function leftOutLines({ skipped, importable }: Pick<Found, 'skipped' | 'importable'>): string[] {
  const kinds = new Map<string, number>();
  for (const { kind } of skipped) if (kind !== null) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const ranked = [...kinds].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const total = ranked.reduce((sum, [, count]) => sum + count, 0);
  const shown = ranked.slice(0, KINDS).map(([kind, count]) => `${kind} ${count}`).join(', ');
  const more = ranked.length > KINDS ? ' …' : '';
  const isOfOtherKind = skipped.some(({ kind, reason }) => kind !== null || reason.startsWith('files of this kind'));
  return [
    ...skipped.filter(({ kind }) => kind === null).map(({ file, reason }) => `${file} was left out: ${reason}`),
    ...(total === 0 ? [] : [`Left out: ${counted(total, 'file')} of other kinds (${shown}${more}).`]),
    ...(isOfOtherKind ? [`What can be imported: ${importable}.`] : []),
  ];
}
