/** What a worker thread runs: one page in, what it teaches out. */
import { loadDivisions } from '../seeds/divisions.js';
import { learn } from './learn.js';
import type { Lesson } from './learn.js';
import type { ReadingTask } from './reader.js';

/** Reads one page. The payload and the markup stay behind: the caller has the one and needs the other no more. */
export default function read({ capture, limits }: ReadingTask): Lesson {
  return learn(capture, { ...limits, divisions: loadDivisions() });
}
