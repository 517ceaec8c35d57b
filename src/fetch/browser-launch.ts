/** Starts Chromium so that it asks for pages only, and keeps the hosts that it visits apart from each other. */
import { chromium } from 'playwright';
import type { Browser, BrowserContext } from 'playwright';
import type { Config } from '../config.js';
import { NianbaoError } from '../errors.js';
import { findChromium } from './chromium.js';

/** Contexts (cookies and cache of one host) kept; the least recently used goes first. */
const MOST_CONTEXTS = 12;

/** Chromium asks for updates, field trials and safe-browsing lists by itself; an archive's browser asks for pages only. */
const ARGUMENTS = [
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--disable-http2', '--no-first-run', '--no-pings', '--no-default-browser-check',
  '--disable-domain-reliability', '--disable-client-side-phishing-detection', '--disable-breakpad', '--dns-prefetch-disable', '--mute-audio',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp', '--js-flags=--max-old-space-size=512',
];

/** Names are resolved behind the guarded proxy; whatever Chromium would look up by itself, it does not find. */
const NO_NAMES = '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1';

function missing(path: string | null): NianbaoError {
  const what = path === null ? 'There is no Chromium on this machine.' : `The Chromium at ${path} does not run.`;
  return new NianbaoError('browser-missing', `${what} Install chromium or google-chrome, run "npx playwright install chromium", or name one in browser.executablePath; "nianbao doctor" says what is found. Pages built by script are skipped until then.`, 1);
}

/** The Chromium to start. Throws `NianbaoError` with code `browser-missing` when there is none that runs. */
export async function executableOf(configured: string | null): Promise<string> {
  const found = await findChromium({ browser: { executablePath: configured } });
  if (!found) throw missing(configured);
  return found.path;
}

export interface Launching {
  readonly executablePath: string;
  readonly noSandbox: boolean;
  /** The only way out, such as `socks5://127.0.0.1:40123`. */
  readonly proxy: string;
}

/** Starts it with a fresh profile. Throws `NianbaoError` with code `browser-missing` when it does not start. */
export async function launch(how: Launching): Promise<Browser> {
  try {
    return await chromium.launch({
      executablePath: how.executablePath, headless: true, chromiumSandbox: !how.noSandbox, proxy: { server: how.proxy },
      args: [...ARGUMENTS, NO_NAMES], ignoreDefaultArgs: ['--disable-popup-blocking'],
    });
  } catch (error) {
    throw new NianbaoError('browser-missing', `Chromium at ${how.executablePath} does not start: ${(error as Error).message.split('\n', 1)[0] ?? ''}. "nianbao doctor" says what it needs.`, 1, error);
  }
}

/** Contexts by host: cookies of one portal never reach another. */
export class Contexts {
  readonly #browser: Browser;
  readonly #config: Config;
  readonly #byHost = new Map<string, Promise<BrowserContext>>();

  constructor(browser: Browser, config: Config) {
    this.#browser = browser;
    this.#config = config;
  }

  async of(url: string): Promise<BrowserContext> {
    const { host, hostname } = new URL(url);
    const context = this.#byHost.get(host) ?? this.#create(hostname);
    this.#byHost.delete(host);
    this.#byHost.set(host, context);
    await this.#dropOldest();
    return context;
  }

  async #create(hostname: string): Promise<BrowserContext> {
    return this.#browser.newContext({
      userAgent: this.#config.userAgent, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1280, height: 900 },
      acceptDownloads: false, serviceWorkers: 'block', permissions: [], ignoreHTTPSErrors: this.#config.network.insecureTls.includes(hostname),
    });
  }

  async #dropOldest(): Promise<void> {
    for (const [host, opening] of this.#byHost) {
      if (this.#byHost.size <= MOST_CONTEXTS) return;
      const context = await opening;
      if (context.pages().length > 0) continue;
      this.#byHost.delete(host);
      await context.close();
    }
  }
}
