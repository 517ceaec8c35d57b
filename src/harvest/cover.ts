/** Joins a report that stands in files with the page that leads to them: they have the words, it has the title, the date and the address. */
import { canonicalUrl } from '../frontier/canonical-url.js';
import type { AttachmentLink, Capture, Notice } from '../record.js';
import { fetchedFile } from '../store/captures.js';
import { addressesOf, coverAt } from '../store/covers.js';
import type { CoverVersion } from '../store/covers.js';
import type { Sqlite } from '../store/open.js';
import { attachedDigests } from './learn.js';
import { learnSafely } from './reader.js';
import type { SafeLesson } from './reader.js';
import type { World } from './world.js';

type JoiningWorld = Pick<World, 'config' | 'reader' | 'database'>;

/** What tells a cover page, and where its words are. */
interface Cover {
  readonly notices: readonly Notice[];
  readonly attachments: readonly AttachmentLink[];
}

function says(cover: Cover, code: string): boolean {
  return cover.notices.some((notice) => notice.code === code);
}

/** The files that may hold the words of a cover page, each choice to be read as a whole: one document after the other, or all of its pictures once all are here. */
export function* heldFiles(database: Sqlite, cover: Cover, ocr: boolean): Generator<readonly Capture[]> {
  const isDocument = says(cover, 'text-in-attachment');
  if (!isDocument && !(ocr && says(cover, 'text-in-pictures'))) return;
  const pictures: Capture[] = [];
  for (const { url } of cover.attachments) {
    const file = fetchedFile(database, canonicalUrl(url) ?? url);
    if (file && isDocument) yield [file];
    else if (file) pictures.push(file);
  }
  if (!isDocument && pictures.length === cover.attachments.length) yield pictures;
}

/** What a page teaches. One that leads to files fetched before has their words at once. */
export async function learnPage(world: JoiningWorld, capture: Capture): Promise<SafeLesson> {
  const own = await learnSafely(world, capture);
  const document = own.lesson.document?.recognised;
  if (!document) return own;
  for (const files of heldFiles(world.database, document, world.config.attachments.ocr === 'when-needed')) {
    const [first] = files;
    const joined = first && (await learnSafely(world, first, { cover: capture, files })).lesson.document;
    if (joined) return { ...own, lesson: { ...own.lesson, document: joined } };
  }
  return own;
}

/** What an attachment gives to the page that led to it. `cover` is null when that page has words of its own: then the file is kept, and no more. */
export interface AttachmentRead extends SafeLesson {
  readonly cover: (CoverVersion & { readonly isFirst: boolean }) | null;
}

const KEPT: AttachmentRead = { cover: null, packed: null, lesson: { found: [], reading: null, document: null, pageKind: 'other', isShell: false, notices: [] } };

/** What to read now that `file` has come; null when the page needs nothing of it. A page with several documents has the words of the first that could be read. */
function filesToRead(world: JoiningWorld, cover: CoverVersion, file: Capture): readonly Capture[] | null {
  const before = attachedDigests(cover.extraction);
  if (says(cover, 'text-in-pictures')) {
    const [pictures = null] = heldFiles(world.database, cover, world.config.attachments.ocr === 'when-needed');
    return pictures?.every(({ payloadDigest }, index) => payloadDigest === before[index]) === true ? null : pictures;
  }
  const [digest] = before;
  if (digest === undefined) return says(cover, 'text-in-attachment') ? [file] : null;
  return digest !== file.payloadDigest && addressesOf(world.database, digest).includes(file.url) ? [file] : null;
}

/** Reads an attachment together with its cover page. */
export async function learnAttachment(world: JoiningWorld, file: Capture): Promise<AttachmentRead> {
  const cover = file.seed && file.referrer !== null ? coverAt(world.database, file.seed.portalId, file.referrer) : null;
  const files = cover && filesToRead(world, cover, file);
  if (!cover || !files) return KEPT;
  const read = await learnSafely(world, file, { cover: cover.capture, files });
  return { ...read, cover: { ...cover, isFirst: attachedDigests(cover.extraction).length === 0 } };
}
