/** Commits visits in groups: those that end within a few milliseconds of each other share one transaction and one wait for the disk. */
import type { Sqlite } from './open.js';
import { presenceOf } from './presence.js';
import { commitVisit, commitVisits } from './write-visit.js';
import type { Visit, VisitReceipt } from './write-visit.js';

interface Pending {
  readonly visit: Visit;
  readonly resolve: (receipt: VisitReceipt) => void;
  readonly reject: (error: unknown) => void;
}

/** A commit waits this long for company: a host's pause is far longer, and visits that are written together change the same pages of the file once. */
const GATHER_MS = 25;
const MOST_TOGETHER = 64;

/** The queue of one run. Every visit is acknowledged after the COMMIT that holds it. */
export class VisitQueue {
  readonly #database: Sqlite;
  readonly #checkPresence: () => void;
  #pending: Pending[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(database: Sqlite) {
    this.#database = database;
    this.#checkPresence = presenceOf(database);
  }

  /** Resolves once the visit is durable, in a file that is still there; rejects when it could not be written (disk full), and then nothing of it was. */
  commit(visit: Visit): Promise<VisitReceipt> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ visit, resolve, reject });
      if (this.#pending.length >= MOST_TOGETHER) this.#flush();
      else this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
    });
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const together = this.#pending;
    this.#pending = [];
    try {
      const receipts = commitVisits(this.#database, together.map(({ visit }) => visit));
      this.#checkPresence();
      together.forEach(({ resolve }, index) => { const receipt = receipts[index]; if (receipt) resolve(receipt); });
    } catch {
      // One of them cannot be written: the others must not suffer for it.
      for (const each of together) this.#alone(each);
    }
  }

  #alone({ visit, resolve, reject }: Pending): void {
    try {
      const receipt = commitVisit(this.#database, visit);
      this.#checkPresence();
      resolve(receipt);
    } catch (error) {
      reject(error);
    }
  }
}
