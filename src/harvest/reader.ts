/** Reads pages in worker threads, so that parsing never holds up the network and a hostile page cannot take the process down. */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Capture, Divisions } from '../record.js';
import { learn } from './learn.js';
import type { Lesson, ReadingLimits } from './learn.js';
import type { World } from './world.js';

/** Notice of a page that broke a still room, exhausted the worker's memory or took too long. */
export const UNREADABLE = 'derive-failed';

/** What a worker is handed: the capture, and the numbers it needs. Divisions it loads itself. */
export interface ReadingTask {
  readonly capture: Capture;
  readonly limits: ReadingLimits;
}

export interface Reader {
  /** What the page teaches. Rejects when the page breaks a still room, exhausts the worker's memory, or takes longer than a minute. */
  read(task: ReadingTask): Promise<Lesson>;
  close(): Promise<void>;
}

/** A sound report takes milliseconds; what takes so long is stopped with its worker. */
const LONGEST_READING_MS = 60_000;
/** Enough for a 32 MiB page and its tree; a page that needs more fails alone. */
const WORKER_MEMORY_MIB = 1024;
const MOST_WORKERS = 4;

function inWorkers(): Reader {
  const pool = new Piscina({
    filename: new URL('./reader-worker.js', import.meta.url).href, minThreads: 1, maxThreads: Math.min(MOST_WORKERS, availableParallelism()),
    idleTimeout: 5_000, resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY_MIB },
  });
  return {
    read: (task) => pool.run(task, { signal: AbortSignal.timeout(LONGEST_READING_MS) }) as Promise<Lesson>,
    close: () => pool.destroy(),
  };
}

/** Run from its TypeScript source (in tests) the project has no worker file that Node 20 could load: pages are read here instead. */
function inProcess(divisions: Divisions): Reader {
  return { read: async ({ capture, limits }) => learn(capture, { ...limits, divisions }), close: async () => undefined };
}

/** What a found address is held against in this run. */
export function readingLimits({ config }: Pick<World, 'config'>): ReadingLimits {
  return { depth: config.limits.depth, urlLength: config.limits.urlLength };
}

/** A hostile page may break a still room; its bytes are kept all the same, with a notice that says so. */
export async function learnSafely(world: Pick<World, 'config' | 'reader'>, capture: Capture): Promise<Lesson> {
  try {
    return await world.reader.read({ capture, limits: readingLimits(world) });
  } catch (error) {
    const message = `the page could not be read (${(error as Error).message}); its bytes are kept, "nianbao derive" tries again`;
    return { found: [], reading: null, document: null, pageKind: 'other', isShell: false, notices: [{ code: UNREADABLE, room: 'recognise', message }] };
  }
}

/** The reader of one run. Workers start with the first page. */
export function openReader(divisions: Divisions): Reader {
  return import.meta.url.endsWith('.ts') ? inProcess(divisions) : inWorkers();
}
