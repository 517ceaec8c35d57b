/** Reads stored versions again, with the words of the files that belong to them. */
import { isOcrExtraction } from '../pipeline.js';
import type { Capture } from '../record.js';
import { captureOfPayload, readCapture } from '../store/captures.js';
import type { Sqlite } from '../store/open.js';
import { rewriteVersion } from '../store/write-document.js';
import type { StoredVersion } from '../store/write-document.js';
import { heldFiles } from './cover.js';
import { attachedDigests, documentOf, isUnread } from './learn.js';
import type { CarriedDocument } from './learn.js';
import type { Reader } from './reader.js';

/** A stored version as read again. */
export interface Reread {
  readonly stored: StoredVersion;
  readonly url: string;
  /** Null: its capture is not there. */
  readonly document: CarriedDocument | null;
  readonly fault: string | null;
}

/** Why a text that came by OCR did not come again. */
function unreadOf({ recognised }: CarriedDocument): string {
  return recognised.notices.find(({ room }) => room === 'attachments')?.message ?? 'its words came by OCR, which gave none this time';
}

/** What reading again needs. */
export interface Rereading {
  readonly database: Sqlite;
  readonly reader: Reader;
  /** Whether scanned pages are read by OCR. */
  readonly ocr: boolean;
}

/** A page as it stands, or with the words of files that came when nobody could read them. */
async function rereadPage({ database, reader, ocr }: Rereading, capture: Capture): Promise<CarriedDocument> {
  const own = await reader.readDocument({ capture, files: [] });
  for (const files of heldFiles(database, own.recognised, ocr)) {
    const joined = await reader.readDocument({ capture, files });
    if (!isUnread(joined.recognised)) return joined;
  }
  return own;
}

/** Reads a version again from the stored bytes. What cannot be read is told, not thrown. */
export async function reread(world: Rereading, stored: StoredVersion): Promise<Reread> {
  const { database, reader } = world;
  try {
    const capture = readCapture(database, stored.captureId);
    if (!capture) return { stored, url: '', document: null, fault: null };
    const digests = attachedDigests(stored.extraction);
    const files = digests.flatMap((digest) => captureOfPayload(database, digest) ?? []);
    if (files.length < digests.length) return { stored, url: capture.url, document: null, fault: 'the bytes of a file that its words come from are not held ("nianbao verify" says more)' };
    // Words that came by OCR come that way again, whatever the setting says now.
    const byOcr = isOcrExtraction(stored.extraction);
    const document = files.length === 0 && !byOcr ? await rereadPage(world, capture) : await reader.readDocument({ capture, files, ...byOcr ? { ocr: true } : {} });
    const isLost = byOcr && !isOcrExtraction(document.recognised.extraction);
    return { stored, url: capture.url, document, fault: isLost ? unreadOf(document) : null };
  } catch (error) {
    return { stored, url: '', document: null, fault: (error as Error).message };
  }
}

/** Writes what was read again of one version. Returns whether its text changed. */
export function rewrite(database: Sqlite, { stored, url, document }: Reread): boolean {
  if (!document) return false;
  return database.transaction(() => {
    const write = documentOf(database, document, url);
    rewriteVersion(database, write, stored.version);
    return write.judged.textDigest !== stored.textSha256;
  }).immediate();
}
