/** Reads pages in worker threads, so that parsing never holds up the network and a hostile page cannot take the process down. */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Capture, Divisions } from '../record.js';
import type { Lesson, ReadingLimits } from './learn.js';
import type { PackedPayload } from '../store/payloads.js';
import { readTask } from './reader-worker.js';
import type { World } from './world.js';

/** Notice of a page that broke a still room, exhausted the worker's memory or took too long. */
export const UNREADABLE = 'derive-failed';

/** What a worker is handed: the capture, and the numbers it needs. Divisions it loads itself. */
export interface ReadingTask {
  readonly capture: Capture;
  /** When `capture` is an attachment: the page that has no words but the link to it. */
  readonly cover: Capture | null;
  readonly limits: ReadingLimits;
}

/** A page as read, with its payload in its stored form: compressing it is work for a worker too. */
export interface PageRead {
  readonly lesson: Lesson;
  readonly packed: PackedPayload;
}

export interface Reader {
  /** What the page teaches. Rejects when the page breaks a still room, exhausts the worker's memory, or takes longer than a minute. */
  read(task: ReadingTask): Promise<PageRead>;
  close(): Promise<void>;
}

/** A sound report takes milliseconds; what takes so long is stopped with its worker. */
const LONGEST_READING_MS = 60_000;
/** Enough for a 32 MiB page and its tree; a page that needs more fails alone. */
const WORKER_MEMORY_MIB = 1024;
const MOST_WORKERS = 4;

/** Pages handed to a worker in advance, so that it need not wait for the main thread between two. */
const PAGES_AHEAD = 4;

function poolOf(threads: number, pagesAhead: number): Piscina {
  return new Piscina({
    filename: new URL('./reader-worker.js', import.meta.url).href, minThreads: 1, maxThreads: threads, idleTimeout: 5_000, concurrentTasksPerWorker: pagesAhead,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY_MIB },
  });
}

/** The payloads in buffers of their own: what is handed to a worker is copied with all that stands around it. */
function alone({ capture, cover, limits }: ReadingTask): ReadingTask {
  const own = (one: Capture): Capture => ({ ...one, payload: new Uint8Array(one.payload) });
  return { capture: own(capture), cover: cover && own(cover), limits };
}

function run(pool: Piscina, task: ReadingTask): Promise<PageRead> {
  return pool.run(task, { signal: AbortSignal.timeout(LONGEST_READING_MS) }) as Promise<PageRead>;
}

function inWorkers(): Reader {
  const threads = Math.min(MOST_WORKERS, availableParallelism());
  const pool = poolOf(threads, PAGES_AHEAD);
  // A page that takes its worker down takes those with it that wait there: each of them is read again, by itself.
  let careful: Piscina | null = null;
  const again = (task: ReadingTask): Promise<PageRead> => run(careful ??= poolOf(1, 1), task);
  return {
    read: (task) => run(pool, alone(task)).catch(() => again(alone(task))),
    close: async () => { await Promise.all([pool.destroy(), careful?.destroy()]); },
  };
}

/** Run from its TypeScript source (in tests) the project has no worker file that Node 20 could load: pages are read here instead. */
function inProcess(divisions: Divisions): Reader {
  return { read: async (task) => readTask(task, divisions), close: async () => undefined };
}

/** What a found address is held against in this run. */
export function readingLimits({ config }: Pick<World, 'config'>): ReadingLimits {
  return { depth: config.limits.depth, urlLength: config.limits.urlLength, linksPerPage: config.limits.linksPerPage };
}

/** A page as read, or why it could not be. */
export interface SafeLesson {
  readonly lesson: Lesson;
  readonly packed: PackedPayload | null;
}

/** A hostile page may break a still room; its bytes are kept all the same, with a notice that says so. */
export async function learnSafely(world: Pick<World, 'config' | 'reader'>, capture: Capture, cover: Capture | null = null): Promise<SafeLesson> {
  try {
    return await world.reader.read({ capture, cover, limits: readingLimits(world) });
  } catch (error) {
    const message = `the page could not be read (${(error as Error).message}); its bytes are kept, "nianbao derive" tries again`;
    return { packed: null, lesson: { found: [], reading: null, document: null, pageKind: 'other', isShell: false, notices: [{ code: UNREADABLE, room: 'recognise', message }] } };
  }
}

/** The reader of one run. Workers start with the first page. */
export function openReader(divisions: Divisions): Reader {
  return import.meta.url.endsWith('.ts') ? inProcess(divisions) : inWorkers();
}
