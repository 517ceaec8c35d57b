/** Opens Chromium for a run at the first page that needs it, once, and remembers when there is none. */
import type { Config } from '../config.js';
import { openBrowser } from '../fetch/browser.js';
import type { BrowserFetcher } from '../fetch/browser.js';
import { findChromium } from '../fetch/chromium.js';

export interface BrowserOnce {
  /** The browser, or null when the configuration says never or none was found. */
  readonly open: () => Promise<BrowserFetcher | null>;
  readonly close: () => Promise<void>;
}

async function launch(config: Config, now: () => number): Promise<BrowserFetcher | null> {
  const found = await findChromium(config);
  return found ? openBrowser(config, { allowPrivate: config.network.allowPrivateAddresses, executablePath: found.path, now }) : null;
}

/** The browser of one run; Chromium starts only if `open` is called. */
export function browserOnce(config: Config, now: () => number): BrowserOnce {
  let opened: Promise<BrowserFetcher | null> | null = null;
  return {
    open: () => (config.browser.use === 'never' ? Promise.resolve(null) : opened ??= launch(config, now)),
    close: async () => { await (await opened)?.close(); },
  };
}
