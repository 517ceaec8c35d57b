/** What a worker thread runs: one page in, what it teaches out. */
import type { Divisions } from '../record.js';
import { loadDivisions } from '../seeds/divisions.js';
import { packPayload } from '../store/payloads.js';
import { learn } from './learn.js';
import type { PageRead, ReadingTask } from './reader.js';

/** Reads one page, in whatever thread. */
export function readTask({ capture, limits }: ReadingTask, divisions: Divisions): PageRead {
  return { lesson: learn(capture, { ...limits, divisions }), packed: packPayload(capture.payload) };
}

/** Reads one page. The payload and the markup stay behind: the caller has the one and needs the other no more. */
export default function read(task: ReadingTask): PageRead {
  return readTask(task, loadDivisions());
}
