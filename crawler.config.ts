/** The settings of this archive. Everything has a default: delete what you do not change. `nianbao --help` names the flags that win over them. */
import { defineConfig } from 'nianbao';

export default defineConfig({
  // Where the portals are listed, and where the archive is kept. Both are relative to this file.
  seeds: ['seeds/*.csv'],
  storage: 'storage',

  // Who you are. Put an address here at which a portal's staff can reach you, and a page that says what you do.
  userAgent: 'nianbao/1.0 (+https://example.org/about-our-crawl; crawl@example.org)',

  politeness: {
    delaySeconds: 3, // between two requests to one host; a longer Crawl-delay in robots.txt wins
    maxDelaySeconds: 300, // a host that asks for more is skipped and reported
    maxHosts: 64, // visited at the same time, one request each
    respectRobots: true,
    quietHours: null, // or '08:00-18:00': nothing is fetched then
  },

  limits: {
    responseBytes: 32 * 2 ** 20,
    attachmentBytes: 64 * 2 ** 20,
    responseSeconds: 60,
    redirects: 10,
    depth: 6, // links from a seed
    pagesPerPortal: 2000, // in one harvest
    retries: 3,
  },

  // A report that did not change is looked at again after 20 hours, then 40, 80 … at most 180 days.
  revisit: { firstHours: 20, maxDays: 180 },

  // Chromium: 'never', 'when-needed' (pages that are empty without JavaScript) or 'always'.
  browser: { use: 'when-needed', executablePath: null },

  network: {
    allowPrivateAddresses: false, // true for an intranet
    proxies: [],
    insecureTls: [], // hosts whose broken certificate is accepted, such as 'gaj.example.gov.cn'
  },

  // `nianbao schedule`: every night in the season (spans MM-DD/MM-DD), the first night of the week outside it.
  schedule: { cron: '30 1 * * *', timeZone: 'Asia/Shanghai', season: ['01-01/02-15', '03-21/03-31'], weekday: 0, jitterMinutes: 20 },
  notify: { onFailure: [], onFinish: [] }, // 'https://…' (webhook) or 'mailto:…'; passwords and tokens stand in the environment (docs/settings.md)
});
