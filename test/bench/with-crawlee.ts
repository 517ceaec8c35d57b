/** The course run by Crawlee's CheerioCrawler as its documentation shows it, storing page and text in SQLite too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CheerioCrawler, Configuration, LogLevel, log } from '@crawlee/cheerio';
import { connect } from '../../src/store/sqlite.js';
import type { Course } from './contestant.js';

type LookupCallback = (error: Error | null, address: string | { address: string; family: number }[], family?: number) => void;

/** Names under .localhost are loopback (RFC 6761); the system's resolver may not know. */
function loopback(_hostname: string, options: { all?: boolean } | LookupCallback, callback?: LookupCallback): void {
  const answer = typeof options === 'function' ? options : callback;
  if (typeof options === 'object' && options.all) answer?.(null, [{ address: '127.0.0.1', family: 4 }]);
  else answer?.(null, '127.0.0.1', 4);
}

function startAddresses(seeds: string): string[] {
  const [header = '', ...rows] = readFileSync(seeds, 'utf8').trim().split('\n');
  const names = header.split(',');
  return rows.map((row) => {
    const fields = row.split(',');
    const field = (name: string): string => fields[names.indexOf(name)] ?? '';
    return field('columns') === '' ? field('home') : field('columns');
  });
}

/** Crawls the course into `<folder>/nianbao.sqlite`, table `page`. Returns when the last page and its text were stored, on the clock of `performance.now()`. */
export async function crawlWithCrawlee(course: Course): Promise<number> {
  log.setLevel(LogLevel.OFF);
  const database = connect(join(course.folder, 'nianbao.sqlite'));
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE page (url TEXT PRIMARY KEY, title TEXT, body BLOB, text TEXT)');
  const insert = database.prepare('INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)');
  let storedMs = 0;
  const crawler = new CheerioCrawler({
    sameDomainDelaySecs: course.delaySecs,
    maxRequestRetries: 0,
    preNavigationHooks: [(_context, gotOptions) => { (gotOptions as { dnsLookup?: unknown }).dnsLookup = loopback; }],
    requestHandler: async ({ request, $, body, enqueueLinks }) => {
      insert.run(request.url, $('title').text().trim(), Buffer.from(body), $('body').text());
      storedMs = performance.now();
      await enqueueLinks({ strategy: 'same-hostname', selector: 'a[href*="zfxxgknb"]' });
    },
  }, new Configuration({ storageClientOptions: { localDataDirectory: join(course.folder, 'crawlee') } }));
  await crawler.run(startAddresses(course.seeds));
  database.close();
  return storedMs;
}
