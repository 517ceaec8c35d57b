/** Joins a report that stands in a file with the page that leads to it: the one has the words, the other the title, the date and the address. */
import type { Capture } from '../record.js';
import { fetchedFile } from '../store/captures.js';
import { coverAt } from '../store/covers.js';
import type { CoverVersion } from '../store/covers.js';
import { attachmentOf } from './learn.js';
import { learnSafely } from './reader.js';
import type { SafeLesson } from './reader.js';
import type { World } from './world.js';

type JoiningWorld = Pick<World, 'config' | 'reader' | 'database'>;

/** What a page teaches. One that leads to a file fetched before has that file's words at once. */
export async function learnPage(world: JoiningWorld, capture: Capture): Promise<SafeLesson> {
  const own = await learnSafely(world, capture);
  const document = own.lesson.document?.recognised;
  if (!document?.notices.some(({ code }) => code === 'text-in-attachment')) return own;
  for (const { url } of document.attachments) {
    const file = fetchedFile(world.database, url);
    const joined = file && (await learnSafely(world, file, capture)).lesson.document;
    if (joined) return { ...own, lesson: { ...own.lesson, document: joined } };
  }
  return own;
}

/** What an attachment gives to the page that led to it. `cover` is null when that page has words of its own: then the file is kept, and no more. */
export interface AttachmentRead extends SafeLesson {
  readonly cover: (CoverVersion & { readonly isFirst: boolean }) | null;
}

const KEPT: AttachmentRead = { cover: null, packed: null, lesson: { found: [], reading: null, document: null, pageKind: 'other', isShell: false, notices: [] } };

/** Reads an attachment together with its cover page. */
export async function learnAttachment(world: JoiningWorld, file: Capture): Promise<AttachmentRead> {
  const cover = file.seed && file.referrer !== null ? coverAt(world.database, file.seed.portalId, file.referrer) : null;
  if (!cover) return KEPT;
  const joinedBefore = attachmentOf(cover.extraction);
  // A page with several files has the words of the first that could be read.
  if (joinedBefore === file.payloadDigest || (joinedBefore === null && !cover.isBare) || (joinedBefore !== null && !cover.filesOf.includes(file.url))) return KEPT;
  const read = await learnSafely(world, file, cover.capture);
  return { ...read, cover: { ...cover, isFirst: joinedBefore === null } };
}
