/** Says whose turn it is: hands out the next request of the host that may be asked, and waits when none may. */
import TinyQueue from 'tinyqueue';
import { nextDueOfHost, nextOfHost, readHost, waitingHosts } from '../store/frontier.js';
import type { FrontierRow, HostState } from '../store/frontier.js';
import type { Sqlite } from '../store/open.js';

/** Leave to ask one host once: for a page, or for its robots.txt when that is not known or too old. */
export interface Lease {
  readonly host: HostState;
  readonly row: FrontierRow;
  readonly purpose: 'page' | 'robots';
}

export interface TurnSettings {
  readonly respectRobots: boolean;
  readonly now: () => number;
}

interface Entry {
  readonly hostKey: string;
  readonly wakeAt: number;
}

interface HostTurn {
  state: HostState;
  wakeAt: number;
  busy: boolean;
}

/** A harvest does not stay up for a page that is due later than this; the page waits for the next harvest. */
const PATIENCE_MS = 15 * 60_000;
/** Longest single wait before Crawlee is answered with "nothing yet" and asks again. */
const LONGEST_WAIT_MS = 60_000;

/**
 * The turns of one run. At most one request per host is out at any time; a host is asked again only when `nextDueAt` of its
 * committed state has passed. Hosts sleep in a heap by waking time, so a thousand of them cost as little as ten.
 */
export class Turns {
  readonly #database: Sqlite;
  readonly #settings: TurnSettings;
  readonly #hosts = new Map<string, HostTurn>();
  readonly #sleeping = new TinyQueue<Entry>([], (a, b) => a.wakeAt - b.wakeAt);
  readonly #waiters: ((lease: Lease | null) => void)[] = [];
  readonly #inFlight = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(database: Sqlite, settings: TurnSettings) {
    this.#database = database;
    this.#settings = settings;
    for (const { hostKey, dueAt } of waitingHosts(database)) this.#sleep(this.#turnOf(hostKey), hostKey, dueAt);
  }

  get finished(): boolean {
    return this.#inFlight.size === 0 && (this.#stopped || this.#nothingSoon());
  }

  /** The next lease, as soon as a host's turn comes; null when the run is finished, stopped, or nothing came up for a minute. */
  next(): Promise<Lease | null> {
    return new Promise((resolve) => {
      const answer = (lease: Lease | null): void => { clearTimeout(tired); resolve(lease); };
      const tired = setTimeout(() => {
        const place = this.#waiters.indexOf(answer);
        if (place >= 0) this.#waiters.splice(place, 1);
        resolve(null);
      }, LONGEST_WAIT_MS);
      this.#waiters.push(answer);
      this.#pump();
    });
  }

  /** Ends a lease: `state` is the host's turn as committed with the visit. */
  end(lease: Lease, state: HostState): void {
    this.#inFlight.delete(lease.host.hostKey);
    const turn = this.#turnOf(lease.host.hostKey);
    turn.busy = false;
    turn.state = state;
    this.#sleep(turn, state.hostKey, 0);
    this.#pump();
  }

  /** Tells that hosts gained waiting candidates. */
  feed(hostKeys: Iterable<string>): void {
    for (const hostKey of hostKeys) {
      const turn = this.#turnOf(hostKey);
      if (!turn.busy) this.#sleep(turn, hostKey, 0);
    }
    this.#pump();
  }

  /** Hands out nothing more; what is in flight may end. */
  stop(): void {
    this.#stopped = true;
    this.#pump();
  }

  #turnOf(hostKey: string): HostTurn {
    let turn = this.#hosts.get(hostKey);
    if (!turn) this.#hosts.set(hostKey, turn = { state: readHost(this.#database, hostKey), wakeAt: Infinity, busy: false });
    return turn;
  }

  #sleep(turn: HostTurn, hostKey: string, dueAt: number): void {
    turn.wakeAt = Math.max(dueAt, turn.state.nextDueAt, turn.state.restingUntil);
    this.#sleeping.push({ hostKey, wakeAt: turn.wakeAt });
  }

  /** The soonest sleeping host; entries that a later one replaced are dropped on the way. */
  #soonest(): Entry | null {
    for (let entry = this.#sleeping.peek(); entry; entry = this.#sleeping.peek()) {
      const turn = this.#hosts.get(entry.hostKey);
      if (turn && !turn.busy && turn.wakeAt === entry.wakeAt) return entry;
      this.#sleeping.pop();
    }
    return null;
  }

  #nothingSoon(): boolean {
    const entry = this.#soonest();
    return entry === null || entry.wakeAt - this.#settings.now() > PATIENCE_MS;
  }

  #pump(): void {
    if (this.#timer) { clearTimeout(this.#timer); this.#timer = null; }
    while (this.#waiters.length > 0) {
      if (this.finished) { this.#dismiss(); return; }
      const entry = this.#stopped ? null : this.#soonest();
      if (!entry) return;
      const wait = entry.wakeAt - this.#settings.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#pump(), Math.min(wait, LONGEST_WAIT_MS));
        return;
      }
      this.#sleeping.pop();
      const lease = this.#leaseOf(entry.hostKey);
      if (lease) this.#waiters.shift()?.(lease);
    }
  }

  #dismiss(): void {
    for (const waiter of this.#waiters.splice(0)) waiter(null);
  }

  #leaseOf(hostKey: string): Lease | null {
    const now = this.#settings.now();
    const turn = this.#turnOf(hostKey);
    const row = nextOfHost(this.#database, hostKey, now);
    if (!row) {
      turn.wakeAt = Infinity;
      const dueAt = nextDueOfHost(this.#database, hostKey);
      if (dueAt !== null) this.#sleep(turn, hostKey, dueAt);
      return null;
    }
    turn.busy = true;
    this.#inFlight.add(hostKey);
    const robotsNeeded = this.#settings.respectRobots && turn.state.robotsExpiresAt <= now;
    return { host: turn.state, row, purpose: robotsNeeded ? 'robots' : 'page' };
  }
}
