/**
 * Takes the pictures of the documents: `npm run build && node scripts/take-pictures.mjs`. Harvests the demo's made-up world for two nights, serves it
 * on loopback and looks at it with Chromium. About two minutes.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findChromium } from '../dist/src/fetch/chromium.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = join(ROOT, 'dist', 'src', 'cli.js');
const PICTURES = join(ROOT, 'docs', 'pictures');
const LARGEST = 200_000;

const say = (line) => process.stdout.write(`${line}\n`);

/** Runs the tool and gives what it printed; a portal that failed (exit 3) is part of the demo. */
function nianbao(...words) {
  const done = spawnSync(process.execPath, [CLI, ...words], { cwd: ROOT, maxBuffer: 2 ** 28 });
  if (done.status !== 0 && done.status !== 3) throw new Error(`nianbao ${words[0]} ended with ${done.status}:\n${done.stderr.toString()}`);
  return done.stdout;
}

/** Serves an archive until `close` is called. */
async function serve(storage) {
  const server = spawn(process.execPath, [CLI, 'serve', '--json', '--port', '0', '--storage', storage], { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  const line = await new Promise((resolve, reject) => {
    server.stdout.once('data', (chunk) => resolve(String(chunk)));
    server.once('exit', (code) => reject(new Error(`nianbao serve ended with ${code}`)));
  });
  return { url: JSON.parse(line).url, close: () => server.kill('SIGTERM') };
}

/** The twin of a page. */
const twin = async (serving, path) => JSON.parse(await text((await once(get(new URL(path, serving.url)), 'response'))[0]));

/** The demo's report of an agency's year on a site whose address contains `host`. */
async function reportOf(serving, agency, { year, host }) {
  const { reports } = await twin(serving, `/agency/${encodeURIComponent(agency)}.json`);
  const found = reports.find((report) => report.year === year && report.url.includes(host));
  if (!found) throw new Error(`the demo has no report of ${agency} for ${year} on ${host}`);
  return found.reportId;
}

/** Takes a picture of the upper part of a page. */
async function picture(browser, address, { name, width = 1200, height, below = null }) {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1 });
  await page.goto(address, { waitUntil: 'load' });
  if (below !== null) await page.locator(below).evaluate((element) => element.scrollIntoView());
  const file = join(PICTURES, `${name}.png`);
  await page.screenshot({ path: file });
  await page.close();
  const bytes = statSync(file).size;
  say(`${file}: ${Math.round(bytes / 1000)} kB`);
  if (bytes > LARGEST) throw new Error(`${file} is larger than ${LARGEST} bytes; take a smaller part of the page`);
}

const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
const chrome = await findChromium({ browser: { executablePath: process.env.NIANBAO_BROWSER_EXECUTABLE_PATH || null } });
if (!chrome) throw new Error('no Chromium was found: node scripts/ensure-chromium.mjs installs one');
const closing = [];
try {
  for (const night of [1, 2]) {
    say(`the demo, night ${night}`);
    nianbao('demo', '--quiet', '--storage', folder);
  }
  const demo = await serve(join(folder, 'demo'));
  closing.push(demo.close);
  const damaged = await reportOf(demo, '鹤壁市公安局', { year: 2020, host: '.com.' });
  const mistaken = await reportOf(demo, '荆门市公安局', { year: 2021, host: '.gov.cn.' });
  mkdirSync(PICTURES, { recursive: true });
  const browser = await chromium.launch({ executablePath: chrome.path, args: ['--no-sandbox'] });
  closing.push(() => browser.close());
  for (const language of ['en', 'zh']) {
    const ending = language === 'en' ? '' : '.zh-CN';
    await picture(browser, `${demo.url}${language}/coverage`, { name: `coverage${ending}`, height: 860 });
    await picture(browser, `${demo.url}${language}/numbers`, { name: `numbers${ending}`, height: 940 });
    await picture(browser, `${demo.url}${language}/report/${damaged}`, { name: `report${ending}`, height: 680, below: '#provenance' });
    await picture(browser, `${demo.url}${language}/report/${mistaken}`, { name: `tables${ending}`, height: 640, below: '#tables' });
  }
} finally {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
}
