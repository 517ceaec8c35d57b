/** Watches the addresses that each portal gains, and refuses those of a series without end: calendars, session numbers. */
import { seriesOf } from '../frontier/trap.js';
import { addressesOf, candidateCount } from '../store/frontier.js';
import type { NewCandidate } from '../store/frontier.js';
import type { Sqlite } from '../store/open.js';

/** Below this many addresses a portal cannot hold a series that is too long. */
const WORTH_COUNTING = 200;
/** Refused addresses of a series that are kept as evidence; the rest would fill the archive with the trap. */
const EVIDENCE = 10;

/** The watch of one run. Counting is cheap: a portal is looked at closely only once it has gained hundreds of addresses. */
export class TrapWatch {
  readonly #database: Sqlite;
  /** Never less than the portal's number of addresses. */
  readonly #atMost = new Map<string, number>();

  constructor(database: Sqlite) {
    this.#database = database;
  }

  /** `found` with the members of endless series refused as traps; of those, only a few are kept at all. */
  sift(portalId: string | null, found: readonly NewCandidate[]): readonly NewCandidate[] {
    if (portalId === null || found.length === 0) return found;
    const atMost = (this.#atMost.get(portalId) ?? candidateCount(this.#database, portalId)) + found.length;
    this.#atMost.set(portalId, atMost);
    if (atMost < WORTH_COUNTING) return found;
    const known = addressesOf(this.#database, portalId);
    this.#atMost.set(portalId, known.length + found.length);
    return this.#count(known, found);
  }

  #count(known: readonly { readonly url: string; readonly urlKey: string; readonly kind: NewCandidate['kind'] }[], found: readonly NewCandidate[]): NewCandidate[] {
    const alike = new Map<string, number>();
    for (const { url, kind } of known) {
      const { shape } = seriesOf(url, kind);
      alike.set(shape, (alike.get(shape) ?? 0) + 1);
    }
    const keys = new Set(known.map(({ urlKey }) => urlKey));
    return found.flatMap((candidate) => {
      if (keys.has(candidate.urlKey) || candidate.refusal) return [candidate];
      const { shape, most, isList } = seriesOf(candidate.url, candidate.kind);
      const number = (alike.get(shape) ?? 0) + 1;
      alike.set(shape, number);
      if (number <= most) return [candidate];
      const detail = `the portal has ${most} ${isList ? 'lists' : 'documents'} whose addresses are made like this one already`;
      return number > most + EVIDENCE ? [] : [{ ...candidate, refusal: { reason: 'trap', detail } }];
    });
  }
}
