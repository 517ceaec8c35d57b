/** The two halves: a visit stores, derivation reads later, and what it finds out reaches the frontier. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveCommand } from '../../src/commands/derive.js';
import { harvestCommand } from '../../src/commands/harvest.js';
import type { CommandContext } from '../../src/commands/context.js';
import { resolveConfig } from '../../src/config.js';
import type { UserConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { openArchive } from '../../src/store/open.js';
import { verifyArchive } from '../../src/store/verify.js';

const NAVIGATION = Array.from({ length: 60 }, (_, index) => `<li><a href="/a${index}/">机构职能政策文件办事服务</a></li>`).join('');
const PARAGRAPH = '本年度，我局认真贯彻政府信息公开条例，主动公开政府信息，依申请公开政府信息，现将政府信息公开工作情况报告如下。';
const page = (title: string, body: string): string => `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body><ul class="nav">${NAVIGATION}</ul><div class="article"><h1>${title}</h1>${body}</div></body></html>`;
const report = (year: number): string => page(`岳阳市公安局${year}年政府信息公开工作年度报告`, ['一、概述', '二、主动公开政府信息的情况', '三、依申请公开政府信息的情况', '四、行政复议和行政诉讼的情况'].map((part) => `<p>${part}</p><p>${PARAGRAPH.repeat(3)}</p>`).join(''));

const COLUMN = '/zwgk/nb/';
const PAGES: Readonly<Record<string, string>> = {
  '/zwgk/nb/2019.html': report(2019),
  '/zwgk/nb/2020.html': report(2020),
  '/zwgk/nb/2021.html': page('岳阳市公安局', '<p>对不起，您访问的页面不存在或已被删除。</p>'),
  '/zwgk/nb/2022.html': `<!doctype html><html><head><meta charset="utf-8"><title>岳阳市公安局2022年政府信息公开工作年度报告</title><script>${'var filler = 1;\n'.repeat(500)}</script></head><body><div id="app"></div></body></html>`,
};

let server: Server;
let folder: string;
let asked: string[];
const origin = (): string => `http://gaj.yueyang.gov.cn.localhost:${(server.address() as AddressInfo).port}`;

beforeEach(async () => {
  asked = [];
  const rows = Object.keys(PAGES).map((path) => `<li><a href="${path}">岳阳市公安局${path.slice(9, 13)}年政府信息公开工作年度报告</a><span>${Number(path.slice(9, 13)) + 1}-01-20</span></li>`).join('');
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const body = path === COLUMN ? page('政府信息公开年报', `<ul class="list">${rows}</ul>`) : PAGES[path];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(body ?? 'not found');
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  folder = mkdtempSync(join(tmpdir(), 'halves-'));
  writeFileSync(join(folder, 'seeds.csv'), `code,agency,columns\n430600,岳阳市公安局,${origin()}${COLUMN}\n`);
});

afterEach(async () => {
  await new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  rmSync(folder, { recursive: true, force: true });
});

function context(changes: UserConfig = {}, signal = new AbortController().signal): CommandContext {
  return {
    config: resolveConfig({
      storage: folder, seeds: [join(folder, 'seeds.csv')], politeness: { delaySeconds: 0.01 }, retry: { firstSeconds: 0.3, maxSeconds: 1 }, network: { allowPrivateAddresses: true }, revisit: { firstHours: 0 },
      browser: { use: 'never' }, ...changes,
    }), configDigest: 'test', cwd: folder, json: false, log: createLog('normal', () => undefined), terminal: { progress: false, table: false, columns: 100 }, print: () => undefined,
    divisions: loadDivisions, now: Date.now, signal,
  };
}

function rows<T>(sql: string): T[] {
  const database = openArchive(folder);
  try {
    return database.prepare(sql).all() as T[];
  } finally {
    database.close();
  }
}

const held = (): unknown[] => rows('SELECT year, versions FROM v_report ORDER BY year');
const candidates = (): unknown[] => rows("SELECT substr(url, -9) AS page, state, reason FROM candidate WHERE kind = 'article' ORDER BY url");

/** Puts every stored article back to where a harvest that was killed between the halves left it. */
function forgetDerivation(): void {
  const database = openArchive(folder);
  database.exec(`INSERT OR IGNORE INTO underived (capture_id) SELECT capture_id FROM capture WHERE kind = 'article' AND status = 200 AND revisit_of IS NULL;
    DELETE FROM band; DELETE FROM duplicate; DELETE FROM word_row; DELETE FROM words; DELETE FROM version; DELETE FROM ledger; DELETE FROM document;`);
  database.close();
}

describe('what derivation finds out', () => {
  it('reaches the frontier: a page that says it is gone, and one that needs the browser', async () => {
    expect(await harvestCommand(context(), { places: [] })).toBe(3);
    expect(held()).toEqual([{ year: 2019, versions: 1 }, { year: 2020, versions: 1 }]);
    expect(candidates()).toEqual([
      { page: '2019.html', state: 'captured', reason: 'ok' }, { page: '2020.html', state: 'captured', reason: 'ok' }, { page: '2021.html', state: 'failed', reason: 'soft-404' },
      { page: '2022.html', state: 'captured', reason: 'ok' },
    ]);
    expect(rows('SELECT outcome, reason FROM v_capture WHERE url LIKE \'%2021.html\'')).toEqual([{ outcome: 'failed', reason: 'soft-404' }]);
    expect(rows('SELECT * FROM underived')).toEqual([]);
    expect(rows("SELECT count(*) AS left FROM payload WHERE coding = 'identity' AND size > 2000")).toEqual([{ left: 0 }]);
  });

  it('sends a page without words to the browser, and names it where there is none', async () => {
    await harvestCommand(context({ browser: { use: 'when-needed', executablePath: '/nowhere/chromium' } }), { places: [] });
    expect(candidates().at(-1)).toEqual({ page: '2022.html', state: 'skipped', reason: 'browser-missing' });
    expect(asked.filter((path) => path.endsWith('2022.html'))).toHaveLength(1);
  });
});

describe('a harvest that was stopped between the halves', () => {
  it('is read by the next one before it asks for anything', async () => {
    await harvestCommand(context(), { places: [] });
    const before = held();
    forgetDerivation();
    expect(held()).toEqual([]);
    asked = [];
    const stopped = new AbortController();
    stopped.abort();
    expect(await harvestCommand(context({}, stopped.signal), { places: [] })).toBe(130);
    expect([held(), asked]).toEqual([[], []]);
    await harvestCommand(context(), { places: [] });
    expect(held()).toEqual(before);
    expect(rows('SELECT * FROM underived')).toEqual([]);
  });

  it('is read by "derive", which asks nobody', async () => {
    await harvestCommand(context(), { places: [] });
    const before = held();
    forgetDerivation();
    asked = [];
    expect(await deriveCommand(context(), { all: false })).toBe(0);
    expect(held()).toEqual(before);
    expect(asked).toEqual([]);
    const database = openArchive(folder);
    expect(verifyArchive(database).problems).toEqual([]);
    database.close();
  });
});

describe('a page whose stored bytes are damaged', () => {
  const damage = (): void => {
    const database = openArchive(folder);
    database.exec("UPDATE payload SET bytes = CAST('damaged' AS BLOB), coding = 'gzip' WHERE sha256 = (SELECT payload_sha256 FROM capture WHERE url LIKE '%2019.html' LIMIT 1)");
    database.close();
  };

  it('is named by "derive --all", and the others are derived', async () => {
    await harvestCommand(context(), { places: [] });
    const before = held();
    damage();
    let logged = '';
    expect(await deriveCommand({ ...context(), log: createLog('normal', (text) => { logged += text; }) }, { all: true })).toBe(3);
    expect(logged).toMatch(/could not be derived: the stored bytes [\da-f]{64} of \S+2019\.html are damaged .*; what was stored of it stays\./u);
    expect(logged).not.toContain('2020.html');
    expect(held()).toEqual(before);
  });

  it('does not keep a harvest from reading the others', async () => {
    await harvestCommand(context(), { places: [] });
    forgetDerivation();
    damage();
    let logged = '';
    expect(await deriveCommand({ ...context(), log: createLog('normal', (text) => { logged += text; }) }, { all: false })).toBe(3);
    expect(held()).toEqual([{ year: 2020, versions: 1 }]);
    expect(logged).toMatch(/The stored page \S+2019\.html could not be read: the stored bytes [\da-f]{64} of \S+2019\.html are damaged/u);
  });
});
