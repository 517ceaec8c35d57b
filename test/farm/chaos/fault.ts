/** What one fault of the chaos portal is: its name, what it does, and what must come of it. No code. */
import type { Serve } from './wire.js';

/** What the archive must say of the address after a harvest. */
export interface Named {
  /** One of the closed list in `src/fetch/outcome.ts`. */
  readonly reason: string;
  readonly state: 'captured' | 'skipped' | 'failed' | 'waiting';
  /** Code of a notice that must say what was left out. */
  readonly notice?: string;
}

export interface ChaosFault {
  /** First label of its host, and its name in test output. */
  readonly name: string;
  /** What the server does, in a sentence. */
  readonly hazard: string;
  readonly outcome: Named;
  /** The path whose outcome is meant; the seed's own, `/nb/`, where it is not named. */
  readonly at?: string;
  readonly serve: Serve;
  /** The answer to `/robots.txt`; 404 where it is not named. */
  readonly robots?: Serve;
  /** Most requests that a harvest may spend on this host, robots.txt and retries included. */
  readonly mostRequests?: number;
  /** Which door the host listens at; `plain` where it is not named. */
  readonly door?: 'plain' | 'closed' | 'unknown-name' | 'plain-behind-https' | 'expired' | 'wrong-name' | 'untrusted' | 'old-protocol' | 'silent-handshake' | 'broken-handshake';
}
