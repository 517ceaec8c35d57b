/** Asks hosts a few questions outside a harvest, as politely as within one: robots.txt first, one request at a time, the same pauses and guards. */
import type { Config } from '../config.js';
import type { BrowserExchange, BrowserFetcher } from '../fetch/browser.js';
import { askFollowing } from '../fetch/follow.js';
import type { Followed, HopDecision } from '../fetch/follow.js';
import type { HttpFetcher } from '../fetch/http.js';
import { policyToText, productToken, robotsPolicy } from '../fetch/robots.js';
import type { RobotsPolicy } from '../fetch/robots.js';
import { canonicalUrl } from '../frontier/canonical-url.js';
import { retryAfterMs } from '../frontier/retry.js';
import { inScope } from '../frontier/scope.js';
import { hostKey } from '../frontier/url-key.js';
import { afterVisit, isHostTrouble, pauseOf } from '../harvest/host-state.js';
import { robotsDecision } from '../harvest/robots-visit.js';
import { pause } from '../harvest/wait.js';
import type { Seed } from '../record.js';
import type { HostState } from '../store/frontier.js';

/** RFC 9309, 2.3.1.2 and 2.5: redirects of robots.txt that are followed, and the bytes of it that are read. */
const ROBOTS_REDIRECTS = 5;
const ROBOTS_BYTES = 500 * 1024;

/** A host that wants to be left alone for longer than this is not waited for. */
const PATIENCE_MS = 60_000;

/** Requests that one portal may cost, robots.txt and redirects included. */
export class RequestBudget {
  #spent = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get spent(): number {
    return this.#spent;
  }

  get isSpent(): boolean {
    return this.#spent >= this.#most;
  }

  /** Takes one request; false when none is left. */
  take(): boolean {
    if (this.isSpent) return false;
    this.#spent += 1;
    return true;
  }
}

/** What kept a page from being asked for. */
export interface NotAsked {
  readonly reason: string;
  readonly detail: string;
}

/** An answer, or why there was no question. */
export type Asked = { readonly followed: Followed } | { readonly notAsked: NotAsked };

/** A page as a browser showed it, or why it was not loaded. */
export type Loaded = { readonly shown: BrowserExchange } | { readonly notAsked: NotAsked };

/** What a host's turn depends on. */
type Answered = Pick<BrowserExchange, 'status' | 'headers' | 'fault'>;

function ended({ exchange, fault }: Followed): Answered {
  return { status: exchange.status, headers: exchange.headers, fault };
}

export const BUDGET_SPENT: NotAsked = { reason: 'request-limit', detail: 'as many requests as one portal may cost here were made' };

export interface Question {
  readonly url: string;
  readonly seed: Seed;
  readonly referrer: string | null;
  readonly budget: RequestBudget;
}

export interface AskerWorld {
  readonly config: Config;
  readonly fetcher: HttpFetcher;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

interface Lane {
  state: HostState;
  policy: RobotsPolicy | null;
  /** Ends when the question before has been answered. */
  tail: Promise<unknown>;
}

function freshHost(key: string): HostState {
  return { hostKey: key, nextDueAt: 0, crawlDelaySecs: null, robots: null, robotsExpiresAt: 0, failures: 0, restingUntil: 0, reason: null };
}

/** Keeps the turns of all hosts of one command. Nothing is stored. */
export class PoliteAsker {
  readonly #world: AskerWorld;
  readonly #lanes = new Map<string, Lane>();

  constructor(world: AskerWorld) {
    this.#world = world;
  }

  /** Asks when the host's turn comes. Never throws. */
  ask(question: Question): Promise<Asked> {
    const lane = this.#laneOf(question.url);
    const answer = lane.tail.then(() => this.#inTurn(lane, question));
    lane.tail = answer;
    return answer;
  }

  /** What robots.txt of the address's host said, in a sentence; null before it was asked. */
  robotsOf(url: string): string | null {
    if (!this.#world.config.politeness.respectRobots) return 'ignored (politeness.respectRobots)';
    return this.#lanes.get(hostKey(url))?.policy?.note ?? null;
  }

  #laneOf(url: string): Lane {
    const key = hostKey(url);
    const lane = this.#lanes.get(key) ?? { state: freshHost(key), policy: null, tail: Promise.resolve() };
    this.#lanes.set(key, lane);
    return lane;
  }

  /** Loads a page in the browser when the host's turn comes; what its scripts ask for is held to scope and robots.txt. */
  load(question: Question, browser: BrowserFetcher): Promise<Loaded> {
    const lane = this.#laneOf(question.url);
    const answer = lane.tail.then(async (): Promise<Loaded> => {
      const refusal = await this.#admit(lane, question);
      if (refusal) return { notAsked: refusal };
      const { config, signal } = this.#world;
      const shown = await browser.fetch(question.url, { maxBytes: config.limits.responseBytes, signal, mayAsk: (address) => this.#mayAsk(lane, question.seed, address) });
      this.#ended(lane, question.seed, shown, null);
      return { shown };
    });
    lane.tail = answer;
    return answer;
  }

  #mayAsk(lane: Lane, seed: Seed, address: string): boolean {
    const url = canonicalUrl(address);
    if (url === null || !inScope(url, seed)) return false;
    return !this.#world.config.politeness.respectRobots || robotsDecision(lane.state, url, this.#world.config).allowed;
  }

  /** robots.txt first, then the host's turn; why the page may not be asked for, or null when it is its turn. */
  async #admit(lane: Lane, question: Question): Promise<NotAsked | null> {
    const { config } = this.#world;
    if (config.politeness.respectRobots && lane.state.robotsExpiresAt <= this.#world.now()) {
      const refusal = await this.#askRobots(lane, question);
      if (refusal) return refusal;
    }
    const robots = config.politeness.respectRobots ? robotsDecision(lane.state, question.url, config) : null;
    if (robots && !robots.allowed) return { reason: robots.reason, detail: robots.detail ?? question.url };
    return this.#waitTurn(lane, question.budget);
  }

  async #inTurn(lane: Lane, question: Question): Promise<Asked> {
    const refusal = await this.#admit(lane, question);
    if (refusal) return { notAsked: refusal };
    const { config } = this.#world;
    const followed = await askFollowing(this.#world.fetcher, question.url, {
      headers: question.referrer === null ? {} : { referer: question.referrer }, maxBytes: config.limits.responseBytes, maxRedirects: config.limits.redirects,
      decide: (target) => this.#hop(lane, question, target), canonical: canonicalUrl, signal: this.#world.signal, pause: () => this.#pauseOf(lane, question.seed),
    });
    this.#ended(lane, question.seed, ended(followed), null);
    return { followed };
  }

  async #askRobots(lane: Lane, { url, seed, budget }: Question): Promise<NotAsked | null> {
    const refusal = await this.#waitTurn(lane, budget);
    if (refusal) return refusal;
    const { config } = this.#world;
    const address = new URL('/robots.txt', url).href;
    const followed = await askFollowing(this.#world.fetcher, address, {
      maxBytes: ROBOTS_BYTES, maxRedirects: ROBOTS_REDIRECTS, canonical: canonicalUrl, signal: this.#world.signal, pause: () => this.#pauseOf(lane, seed),
      decide: () => (budget.take() ? { take: 'follow' } : { take: 'refuse', fault: BUDGET_SPENT }),
    });
    const { exchange, fault } = followed;
    const policy = robotsPolicy({
      status: exchange.status, payload: exchange.payload, error: fault, fetchedAt: this.#world.now(), agentToken: productToken(config.userAgent), headers: exchange.headers, url: address,
    });
    const unreachable = policy.state === 'unreachable';
    lane.policy = policy;
    // Before the pause is reckoned: it is the one that the file asks for.
    lane.state = { ...lane.state, crawlDelaySecs: policy.crawlDelaySecs, robots: policyToText(policy), robotsExpiresAt: policy.expiresAt };
    this.#ended(lane, seed, ended(followed), unreachable ? policy.reason : 'ok');
    return unreachable ? { reason: fault?.reason ?? policy.reason ?? 'robots-unreachable', detail: policy.note } : null;
  }

  /** Redirects within the host are followed while requests are left; another host waits for its own turn; strangers are refused. */
  #hop(lane: Lane, { seed, budget }: Question, target: string): HopDecision {
    if (!inScope(target, seed)) return { take: 'refuse', fault: { reason: 'redirect-out-of-scope', detail: `redirected to ${target}, which is another site` } };
    if (hostKey(target) !== lane.state.hostKey) return { take: 'defer' };
    const robots = this.#world.config.politeness.respectRobots ? robotsDecision(lane.state, target, this.#world.config) : null;
    if (robots && !robots.allowed) return { take: 'refuse', fault: { reason: robots.reason, detail: robots.detail ?? target } };
    return budget.take() ? { take: 'follow' } : { take: 'refuse', fault: BUDGET_SPENT };
  }

  async #waitTurn(lane: Lane, budget: RequestBudget): Promise<NotAsked | null> {
    if (budget.isSpent) return BUDGET_SPENT;
    const wait = Math.max(lane.state.nextDueAt, lane.state.restingUntil) - this.#world.now();
    if (wait > Math.max(PATIENCE_MS, this.#world.config.politeness.maxDelaySeconds * 1000)) return { reason: 'host-resting', detail: `the host asks to be left alone for ${Math.ceil(wait / 1000)} seconds` };
    if (wait > 0) await pause(wait, this.#world.signal);
    if (this.#world.signal.aborted) return { reason: 'stopped', detail: 'stopped by the user' };
    budget.take();
    return null;
  }

  #pauseOf(lane: Lane, seed: Seed): Promise<void> {
    return pause(pauseOf(lane.state, { config: this.#world.config, seed }), this.#world.signal);
  }

  #ended(lane: Lane, seed: Seed, { status: came, headers, fault }: Answered, reason: string | null): void {
    const status = came ?? 0;
    const trouble = reason ?? fault?.reason ?? (status >= 500 ? 'http-5xx' : 'ok');
    const away = retryAfterMs(headers['retry-after'], this.#world.now());
    lane.state = afterVisit(lane.state, { config: this.#world.config, seed, nowMs: this.#world.now(), inTrouble: isHostTrouble(trouble), reason: trouble, retryAfterMs: status >= 400 ? away : null });
  }
}
