/** Gives Crawlee its requests: its request-manager interface in front of our turns. State lives in the archive, not here. */
import { Request } from '@crawlee/basic';
import type { IRequestManager } from '@crawlee/basic';
import type { Lease, Turns } from './turns.js';

type AddedRequest = Awaited<ReturnType<IRequestManager['addRequest']>>;
type AddedBatch = Awaited<ReturnType<IRequestManager['addRequestsBatched']>>;

/**
 * What Crawlee asks is answered from the frontier in SQLite. `fetchNextRequest` waits until a host's turn comes, so Crawlee needs
 * no delay of its own (its `sameDomainDelaySecs` re-queues and took twelve times the politeness bound at 200 hosts). Handled and
 * reclaimed need no work here: the visit has already committed what became of its candidate.
 */
export class FrontierRequests implements IRequestManager {
  /** Crawlee writes these on any queue it is given. */
  internalTimeoutMillis = 0;
  requestLockSecs = 0;
  readonly #turns: Turns;
  readonly #leases = new Map<string, Lease>();
  #sequence = 0;
  #handled = 0;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** The lease behind a request handed out earlier. */
  leaseOf(request: { readonly uniqueKey: string }): Lease | undefined {
    return this.#leases.get(request.uniqueKey);
  }

  async fetchNextRequest<T extends Record<string, unknown>>(): Promise<Request<T> | null> {
    const lease = await this.#turns.next();
    if (!lease) return null;
    const uniqueKey = String(this.#sequence += 1);
    this.#leases.set(uniqueKey, lease);
    return new Request<T>({ url: lease.row.url, uniqueKey, id: uniqueKey });
  }

  async markRequestHandled(request: Request): Promise<null> {
    this.#leases.delete(request.uniqueKey);
    this.#handled += 1;
    return null;
  }

  async reclaimRequest(request: Request): Promise<null> {
    return this.markRequestHandled(request);
  }

  async isFinished(): Promise<boolean> {
    return this.#turns.finished;
  }

  async isEmpty(): Promise<boolean> {
    return this.#turns.finished;
  }

  async handledCount(): Promise<number> {
    return this.#handled;
  }

  getTotalCount(): number {
    return this.#handled + this.#leases.size;
  }

  getPendingCount(): number {
    return this.#leases.size;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
    for (let request = await this.fetchNextRequest(); request; request = await this.fetchNextRequest()) yield request;
  }

  addRequest(): Promise<AddedRequest> {
    return Promise.reject(new Error('candidates are added by the commit of a visit, not through Crawlee'));
  }

  addRequestsBatched(): Promise<AddedBatch> {
    return Promise.reject(new Error('candidates are added by the commit of a visit, not through Crawlee'));
  }
}
