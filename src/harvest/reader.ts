/** Reads pages in worker threads, so that parsing never holds up the network and a hostile page cannot take the process down. */
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import { mayBeScanned } from '../attachments/attachment.js';
import type { Config } from '../config.js';
import type { Capture, Divisions } from '../record.js';
import type { AttachedFile } from '../pipeline.js';
import { readStored } from './learn.js';
import type { CarriedDocument, Lesson, ReadingLimits } from './learn.js';
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
  /** The files in which the words of the cover stand, in order: `capture` alone, or it and the other pictures. */
  readonly files: readonly AttachedFile[];
  readonly limits: ReadingLimits;
  /** Whether scanned pages are read by OCR; undefined: as the run says. */
  readonly ocr?: boolean;
}

/** A page as read, with its payload in its stored form: compressing it is work for a worker too. */
export interface PageRead {
  readonly lesson: Lesson;
  readonly packed: PackedPayload;
}

/** A stored page to be read as a document, whatever it was taken for; `files` are those whose words it was given. */
export interface DocumentTask {
  readonly capture: Capture;
  readonly files: readonly AttachedFile[];
  /** As in `ReadingTask`. */
  readonly ocr?: boolean;
}

/** What a run says of OCR. */
export interface OcrChoice {
  readonly ocr: boolean;
  /** Ends reading by OCR, which takes minutes, when the run is to stop. */
  readonly signal: AbortSignal;
}

export interface Reader {
  /** What the page teaches. Rejects when the page breaks a still room, exhausts the worker's memory, or takes longer than a minute (by OCR: than twenty). */
  read(task: ReadingTask): Promise<PageRead>;
  /** The document that a stored page carries. Rejects as `read` does. */
  readDocument(task: DocumentTask): Promise<CarriedDocument>;
  close(): Promise<void>;
}

/** A sound report takes milliseconds; what takes so long is stopped with its worker. */
const LONGEST_READING_MS = 60_000;
/** A scanned page takes some five seconds on an ordinary machine, and up to 30 of a file are read. */
const LONGEST_OCR_MS = 20 * 60_000;
/** Enough for a 32 MiB page and its tree; a page that needs more fails alone. */
const WORKER_MEMORY_MIB = 1024;
const MOST_WORKERS = 4;

/** Pages handed to a worker in advance, so that it need not wait for the main thread between two. */
const PAGES_AHEAD = 4;

function poolOf(threads: number, pagesAhead: number): Piscina {
  const pool = new Piscina({
    filename: new URL('./reader-worker.js', import.meta.url).href, minThreads: 1, maxThreads: threads, idleTimeout: 5_000, concurrentTasksPerWorker: pagesAhead,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY_MIB },
  });
  // A task's fault rejects its promise. What comes here is the answer of a worker that was stopped meanwhile, nobody's any more; unheard, it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** Payloads in buffers of their own: what is handed to a worker is copied with all that stands around it. */
function alone<T extends { readonly payload: Uint8Array }>(one: T): T {
  return { ...one, payload: new Uint8Array(one.payload) };
}

type Job = { readonly name: 'default'; readonly task: ReadingTask } | { readonly name: 'document'; readonly task: DocumentTask };

function withOwnBytes(job: Job): Job {
  const files = job.task.files.map(alone);
  if (job.name === 'document') return { ...job, task: { ...job.task, capture: alone(job.task.capture), files } };
  return { ...job, task: { ...job.task, capture: alone(job.task.capture), cover: job.task.cover && alone(job.task.cover), files } };
}

function run(pool: Piscina, job: Job, signal = AbortSignal.timeout(LONGEST_READING_MS)): Promise<unknown> {
  const { name, task } = withOwnBytes(job);
  return pool.run(task, { name, signal });
}

/** The job as the run wants it: by OCR only what may need it. */
function chosen<T extends ReadingTask | DocumentTask>(task: T, choice: OcrChoice | null): T & { readonly ocr: boolean } {
  const ocr = task.ocr ?? choice?.ocr ?? false;
  const read = task.files.length > 0 ? task.files : [task.capture];
  return { ...task, ocr: ocr && read.some(({ payload }) => mayBeScanned(payload)) };
}

function inWorkers(choice: OcrChoice | null): Reader {
  const threads = Math.min(MOST_WORKERS, availableParallelism());
  const pool = poolOf(threads, PAGES_AHEAD);
  // A page that takes its worker down takes those with it that wait there: each of them is read again, by itself.
  let careful: Piscina | null = null;
  const twice = (job: Job): Promise<unknown> => run(pool, job).catch(() => run(careful ??= poolOf(1, 1), job));
  // One scan at a time, in a worker of its own: it takes minutes and much memory, and its time counts from its own start.
  let scanning: Piscina | null = null;
  const turn = pLimit(1);
  const byOcr = (job: Job): Promise<unknown> => turn(() => run(scanning ??= poolOf(1, 1), job, AbortSignal.any([AbortSignal.timeout(LONGEST_OCR_MS), ...choice ? [choice.signal] : []])));
  const inTurn = (job: Job): Promise<unknown> => (job.task.ocr === true ? byOcr(job) : twice(job));
  return {
    read: (task) => inTurn({ name: 'default', task: chosen(task, choice) }) as Promise<PageRead>,
    readDocument: (task) => inTurn({ name: 'document', task: chosen(task, choice) }) as Promise<CarriedDocument>,
    close: async () => { await Promise.all([pool.destroy(), careful?.destroy(), scanning?.destroy()]); },
  };
}

/** Run from its TypeScript source (in tests) the project has no worker file that Node 20 could load: pages are read here instead. */
function inProcess(divisions: Divisions, choice: OcrChoice | null): Reader {
  return {
    read: async (task) => readTask(chosen(task, choice), divisions),
    readDocument: async (task) => readStored(task.capture, { divisions, ocr: chosen(task, choice).ocr }, task.files),
    close: async () => undefined,
  };
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

/** What a configuration says of OCR. */
export function ocrChoice({ attachments }: Pick<Config, 'attachments'>, signal: AbortSignal): OcrChoice {
  return { ocr: attachments.ocr === 'when-needed', signal };
}

/** A hostile page may break a still room; its bytes are kept all the same, with a notice that says so. */
export async function learnSafely(world: Pick<World, 'config' | 'reader'>, capture: Capture, joined: { readonly cover: Capture; readonly files: readonly Capture[] } | null = null): Promise<SafeLesson> {
  const files = (joined?.files ?? []).map(({ url, payload, payloadDigest }) => ({ url, payload, payloadDigest }));
  try {
    return await world.reader.read({ capture, cover: joined?.cover ?? null, files, limits: readingLimits(world) });
  } catch (error) {
    const message = `the page could not be read (${(error as Error).message}); its bytes are kept, "nianbao derive" tries again`;
    return { packed: null, lesson: { found: [], reading: null, document: null, pageKind: 'other', isShell: false, notices: [{ code: UNREADABLE, room: 'recognise', message }] } };
  }
}

/** The reader of one run; without a choice nothing is read by OCR. Workers start with the first page. */
export function openReader(divisions: Divisions, choice: OcrChoice | null = null): Reader {
  return import.meta.url.endsWith('.ts') ? inProcess(divisions, choice) : inWorkers(choice);
}
