/** Drives the turns with Crawlee: it keeps as many hosts busy as the configuration allows, and ends when nothing is left. */
import { BasicCrawler, Configuration, LogLevel, log as crawleeLog } from '@crawlee/basic';
import type { RequestQueue } from '@crawlee/basic';
import { FrontierRequests } from './request-manager.js';
import type { Lease, Turns } from './turns.js';

export interface EngineSettings {
  /** Hosts asked at the same time. */
  readonly maxHosts: number;
  /** Longest that one visit may take, all its redirects and pauses included. */
  readonly visitSeconds: number;
}

/**
 * Crawlee writes to and purges `./storage` by default: the user's folder. Nothing of it is persisted here. Every second it would also start `ps` to
 * see how busy the machine is, which decides nothing here: the number of hosts is fixed.
 */
function ownConfiguration(): Configuration {
  return new Configuration({ persistStorage: false, purgeOnStart: false, availableMemoryRatio: 0.5, systemInfoIntervalMillis: 60_000 });
}

/**
 * Visits every lease that `turns` hands out, until it is finished or stopped. `visit` must not throw: what went wrong with a page
 * is its outcome; a fault it does throw ends the run. Resolves when the last visit has ended.
 */
export async function drive(turns: Turns, visit: (lease: Lease) => Promise<void>, settings: EngineSettings): Promise<void> {
  crawleeLog.setLevel(LogLevel.OFF);
  const requests = new FrontierRequests(turns);
  const underWay = new Set<Promise<void>>();
  const faults: Error[] = [];
  const crawler = new BasicCrawler({
    // 3.18.1's option check refuses `requestManager`; the same object passes as `requestQueue`.
    requestQueue: requests as unknown as RequestQueue,
    maxRequestRetries: 0,
    useSessionPool: false,
    retryOnBlocked: false,
    requestHandlerTimeoutSecs: settings.visitSeconds,
    statusMessageLoggingInterval: 3600,
    autoscaledPoolOptions: { minConcurrency: settings.maxHosts, maxConcurrency: settings.maxHosts, desiredConcurrency: settings.maxHosts, maybeRunIntervalSecs: 0.05, loggingIntervalSecs: null },
    requestHandler: async ({ request }) => {
      const lease = requests.leaseOf(request);
      if (!lease) return;
      // The run is at its end: what was handed out just before goes back unasked.
      if (faults.length > 0) { turns.end(lease, lease.host); return; }
      const step = visit(lease).catch((error: unknown) => { faults.push(error instanceof Error ? error : new Error(String(error))); turns.stop(); });
      underWay.add(step);
      await step;
      underWay.delete(step);
    },
  }, ownConfiguration());
  await crawler.run();
  await Promise.all(underWay);
  if (faults[0]) throw faults[0];
}
