/**
 * Takes the pictures of the documents: `npm run build && node scripts/take-pictures.mjs`. Harvests the demo's made-up world for two nights, and from a portal of its own one
 * report that was damaged as copying sites damage them; serves both on loopback and looks at them with Chromium. About two minutes.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { chromium } from 'playwright';
import { findChromium } from '../dist/src/fetch/chromium.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = join(ROOT, 'dist', 'src', 'cli.js');
const PICTURES = join(ROOT, 'docs', 'pictures');
const LARGEST = 200_000;

/** TypeScript that is not built. */
const { insertPinyin, toTraditional } = await createJiti(import.meta.url).import('../test/farm/damage.ts');

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

/** A page of the demo as a copying site would publish it: Traditional characters, pinyin behind some, one total that does not come out. */
function damaged(page) {
  const wrong = page.replace(/(本年新收政府信息公开申请数量[\s\S]*?)(\d+)(\s*<\/t[dh]>\s*<\/tr>)/u, (whole, before, total, after) => `${before}${Number(total) + 7}${after}`);
  if (wrong === page) throw new Error('the page has no row of new requests whose total could be made wrong');
  return insertPinyin(toTraditional(wrong));
}

/** Harvests one page from a portal of our own into `storage`. */
async function harvestAlone(page, report, storage) {
  const portal = createServer((request, response) => {
    if (request.url === '/zwgk/ndbg.html') response.setHeader('Content-Type', 'text/html').end(page);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => { portal.listen(0, '127.0.0.1', resolve); });
  mkdirSync(storage, { recursive: true });
  const seeds = join(storage, 'seeds.csv');
  writeFileSync(seeds, `code,agency,columns\n${report.code},${report.agency},http://gaj.baoji.gov.cn.localhost:${portal.address().port}/zwgk/ndbg.html\n`);
  // Not spawnSync: the portal answers from this process.
  const harvest = spawn(process.execPath, [CLI, 'harvest', '--seeds', seeds, '--storage', storage, '--allow-private', '--quiet'], { cwd: ROOT, stdio: 'inherit' });
  const code = await new Promise((resolve) => { harvest.once('exit', resolve); });
  portal.close();
  portal.closeAllConnections();
  if (code !== 0) throw new Error(`the harvest of the damaged report ended with ${code}`);
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
  const { reports } = await twin(demo, `/agency/${encodeURIComponent('宝鸡市公安局')}.json`);
  const report = reports.find(({ year }) => year === 2021);
  const page = nianbao('show', report.reportId, '--raw', '--storage', join(folder, 'demo')).toString('utf8');
  say('the damaged report');
  await harvestAlone(damaged(page), report, join(folder, 'damaged'));
  const alone = await serve(join(folder, 'damaged'));
  closing.push(alone.close);
  const { reports: [found] } = await twin(alone, `/agency/${encodeURIComponent(report.agency)}.json`);
  mkdirSync(PICTURES, { recursive: true });
  const browser = await chromium.launch({ executablePath: chrome.path, args: ['--no-sandbox'] });
  closing.push(() => browser.close());
  for (const language of ['en', 'zh']) {
    const ending = language === 'en' ? '' : '.zh-CN';
    await picture(browser, `${demo.url}${language}/coverage`, { name: `coverage${ending}`, height: 860 });
    await picture(browser, `${demo.url}${language}/numbers`, { name: `numbers${ending}`, height: 940 });
    await picture(browser, `${alone.url}${language}/report/${found.reportId}`, { name: `report${ending}`, height: 680, below: '#provenance' });
    await picture(browser, `${alone.url}${language}/report/${found.reportId}`, { name: `tables${ending}`, height: 640, below: '#tables' });
  }
} finally {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
}
