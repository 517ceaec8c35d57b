/** One crawler of the comparison, run in a process of its own: `node contestant.js nianbao|crawlee SEEDS DIR DELAY`. Prints one JSON line. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { crawlWithCrawlee } from './with-crawlee.js';
import { crawlWithNianbao } from './with-nianbao.js';

/** What a contestant is given. */
export interface Course {
  readonly seeds: string;
  readonly folder: string;
  readonly delaySecs: number;
}

const [name = '', seeds = '', folder = '', delay = '0'] = process.argv.slice(2);
const course: Course = { seeds, folder, delaySecs: Number(delay) };
mkdirSync(folder, { recursive: true });
process.chdir(folder);

const started = performance.now();
const storedMs = await (name === 'nianbao' ? crawlWithNianbao(course) : crawlWithCrawlee(course));
const seconds = (performance.now() - started) / 1000;
const storedSeconds = (storedMs - started) / 1000;
process.stdout.write(`${JSON.stringify({ seconds, storedSeconds, peakMiB: process.resourceUsage().maxRSS / 1024, cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6, database: join(folder, 'nianbao.sqlite') })}\n`);
process.exit(0);
