/** What a worker thread runs: one page in, what it teaches out. */
import type { Divisions } from '../record.js';
import { loadDivisions } from '../seeds/divisions.js';
import { packPayload } from '../store/payloads.js';
import { learn, learnWithAttachments, readStored } from './learn.js';
import type { CarriedDocument } from './learn.js';
import type { DocumentTask, PageRead, ReadingTask } from './reader.js';

/** Reads one page, in whatever thread. */
export async function readTask({ capture, cover, files, limits, ocr }: ReadingTask, divisions: Divisions): Promise<PageRead> {
  const settings = { ...limits, divisions, ocr: ocr ?? false };
  const lesson = cover ? await learnWithAttachments(cover, files, settings) : await learn(capture, settings);
  return { lesson, packed: packPayload(capture.payload) };
}

/** Reads one page. The payload and the markup stay behind: the caller has the one and needs the other no more. */
export default function read(task: ReadingTask): Promise<PageRead> {
  return readTask(task, loadDivisions());
}

/** Reads one stored page as a document. */
export function document({ capture, files, ocr }: DocumentTask): Promise<CarriedDocument> {
  return readStored(capture, { divisions: loadDivisions(), ocr: ocr ?? false }, files);
}
