/** Lets the requests of a page to one host through one at a time: a page built by script must not burden a portal more than a reader's click. */

interface Lane {
  busy: string | null;
  readonly waiting: { readonly id: string; readonly go: (granted: boolean) => void }[];
  timer: NodeJS.Timeout | null;
}

/** Turns by host. A turn that is never given back ends by itself, so that one dead request cannot stop a page. */
export class Turns {
  readonly #lanes = new Map<string, Lane>();
  readonly #hostOf = new Map<string, string>();
  readonly #longestMs: number;

  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  /** Requests under way or waiting. */
  get open(): number {
    return this.#hostOf.size;
  }

  /** Waits for the host's turn; false when the turns were closed meanwhile. A request that already has its turn (a redirect) keeps it. */
  take(host: string, id: string): Promise<boolean> {
    if (this.#hostOf.has(id)) return Promise.resolve(true);
    const lane = this.#lanes.get(host) ?? { busy: null, waiting: [], timer: null };
    this.#lanes.set(host, lane);
    this.#hostOf.set(id, host);
    return new Promise((go) => {
      lane.waiting.push({ id, go });
      this.#next(lane);
    });
  }

  /** Gives a turn back; unknown ones are nobody's. */
  release(id: string): void {
    const lane = this.#lanes.get(this.#hostOf.get(id) ?? '');
    this.#hostOf.delete(id);
    if (!lane || lane.busy !== id) return;
    lane.busy = null;
    if (lane.timer) clearTimeout(lane.timer);
    this.#next(lane);
  }

  /** Ends all waiting. */
  close(): void {
    for (const lane of this.#lanes.values()) {
      if (lane.timer) clearTimeout(lane.timer);
      for (const { go } of lane.waiting.splice(0)) go(false);
    }
    this.#hostOf.clear();
  }

  #next(lane: Lane): void {
    if (lane.busy !== null) return;
    const first = lane.waiting.shift();
    if (!first) return;
    lane.busy = first.id;
    lane.timer = setTimeout(() => this.release(first.id), this.#longestMs);
    first.go(true);
  }
}
