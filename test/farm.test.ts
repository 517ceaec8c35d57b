/** The farm keeps its promises: bytes, headers, walls, seasons, the log, and the same world from the same seed. */
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request as httpRequest } from 'node:http';
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Farm } from './farm/farm.js';
import { startFarm } from './farm/farm.js';
import { portalTable } from './farm/portal-table.js';

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const agent = new Agent({ keepAlive: false });

/** Asks the farm for a URL, whatever its host name resolves to. */
function ask(farm: Farm, url: string, headers: Record<string, string> = {}, address = '127.0.0.1'): Promise<Reply> {
  const { host, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      { agent, host: address, port: farm.port, path: pathname + search, headers: { Host: host, 'User-Agent': 'farm-test', ...headers } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

const digest = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');
const COOKIE = { Cookie: 'farmsession=1' };
const host = (farm: Farm, id: string): string => farm.origin(farm.portals.find((portal) => portal.id === id)?.host ?? '');

let farm: Farm;
beforeAll(async () => {
  farm = await startFarm({ seed: 7 });
});
afterAll(() => farm.close());

describe('what is on the farm', () => {
  it('holds at least 60 reports of 2008 to 2024 on at least ten portals', () => {
    expect(farm.reports.length).toBeGreaterThanOrEqual(60);
    expect(farm.portals.length).toBeGreaterThanOrEqual(10);
    const years = farm.reports.map((report) => report.year);
    expect([Math.min(...years), Math.max(...years)]).toEqual([2008, 2024]);
  });

  it('promises the digest of every report it serves', async () => {
    const failing = farm.portals.find((portal) => portal.id === 'failing');
    for (const report of farm.reports) {
      if (report.portal === 'slow' || report.portal === failing?.id) continue;
      const reply = await ask(farm, report.url, COOKIE);
      expect([report.url, reply.status, digest(reply.body)]).toEqual([report.url, 200, report.payloadSha256]);
    }
  });

  it('writes no two reports alike, save those it calls duplicates', () => {
    const shingles = farm.reports.map((report) => new Set(Array.from({ length: report.text.length - 4 }, (_, at) => report.text.slice(at, at + 5))));
    farm.reports.forEach((report, index) => {
      for (let other = 0; other < index; other++) {
        if (report.duplicateOf === farm.reports[other]?.url) continue;
        const [one, two] = [shingles[index] as Set<string>, shingles[other] as Set<string>];
        const shared = [...one].filter((shingle) => two.has(shingle)).length;
        expect(shared / (one.size + two.size - shared), `${report.title} and ${farm.reports[other]?.title}`).toBeLessThan(0.6);
      }
    });
  });

  it('keeps the identities of the statutory tables, also from year to year', () => {
    const forms = farm.reports.filter((report) => report.cells.length > 0);
    expect(forms.length).toBeGreaterThan(15);
    for (const report of forms) {
      const cell = (row: string, column: string): number => report.cells.find((one) => one.table === 'requests' && one.row === row && one.column === column)?.value ?? NaN;
      for (const column of ['natural', 'legal', 'total']) {
        expect(cell('new', column) + cell('carriedIn', column)).toBe(cell('r.total', column) + cell('carriedOut', column));
      }
      const next = forms.find((one) => one.portal === report.portal && one.year === report.year + 1);
      const carriedIn = next?.cells.find((one) => one.row === 'carriedIn' && one.column === 'total')?.value;
      if (carriedIn !== undefined) expect(carriedIn).toBe(cell('carriedOut', 'total'));
    }
  });

  it('says on every report page that it is made up, outside the report', async () => {
    for (const portal of ['trs', 'hanweb', 'gbk-bare', 'wrong-header', 'county-column']) {
      const report = farm.reports.find((one) => one.portal === portal);
      const markup = iconv.decode((await ask(farm, report?.url ?? '')).body, report?.charset ?? '');
      expect(markup).toContain('演示数据，纯属虚构');
      expect(report?.text).not.toContain('演示数据');
    }
  });

  it('is described by its table', async () => {
    const wide = await startFarm({ families: true });
    const described = readFileSync(new URL('./farm/PORTALS.md', import.meta.url), 'utf8');
    expect(described).toContain(portalTable(farm.portals, farm.reports));
    expect(described).toContain(portalTable(wide.portals.slice(farm.portals.length), wide.reports));
    await wide.close();
    const large = await startFarm({ large: true });
    expect(described).toContain(portalTable(large.portals.slice(wide.portals.length), large.reports));
    await large.close();
  });
});

describe('charsets', () => {
  const cases = [
    { id: 'trs', header: 'text/html', meta: '<meta charset="utf-8">', charset: 'utf-8' },
    { id: 'hanweb', header: 'text/html', meta: 'charset=gb2312"', charset: 'gb18030' },
    { id: 'gbk-bare', header: 'text/html', meta: null, charset: 'gb18030' },
    { id: 'wrong-header', header: 'text/html; charset=gbk', meta: '<meta charset="utf-8">', charset: 'utf-8' },
    { id: 'big5', header: 'text/html', meta: 'charset=big5"', charset: 'big5' },
    { id: 'generic', header: 'text/html; charset=UTF-8', meta: '<meta charset="utf-8">', charset: 'utf-8' },
  ];
  it.each(cases)('$id declares $meta in $header and is $charset', async ({ id, header, meta, charset }) => {
    const report = farm.reports.find((one) => one.portal === id);
    const { body, headers } = await ask(farm, report?.url ?? '', COOKIE);
    const markup = iconv.decode(body, charset);
    expect(headers['content-type']).toBe(header);
    expect(markup).toContain(report?.title);
    if (meta) expect(markup).toContain(meta);
    else expect(markup).not.toContain('charset');
    expect(report?.charset).toBe(charset);
  });
});

describe('HTTP', () => {
  it('answers 304 to either validator, and logs that it was asked so', async () => {
    const url = farm.reports.find((one) => one.portal === 'trs')?.url ?? '';
    const first = await ask(farm, url);
    const byTag = await ask(farm, url, { 'If-None-Match': String(first.headers.etag) });
    const byDate = await ask(farm, url, { 'If-Modified-Since': String(first.headers['last-modified']) });
    const stale = await ask(farm, url, { 'If-None-Match': '"other"', 'If-Modified-Since': String(first.headers['last-modified']) });
    expect([byTag.status, byTag.body.length, byDate.status, stale.status]).toEqual([304, 0, 304, 200]);
    const logged = farm.log.slice(-4);
    expect(logged.map((entry) => entry.conditional)).toEqual([false, true, true, true]);
    expect(logged.map((entry) => entry.bodyBytes)).toEqual([first.body.length, 0, 0, first.body.length]);
    expect(logged[0]).toMatchObject({ host: 'gaj.yueyang.gov.cn.localhost', userAgent: 'farm-test', status: 200 });
  });

  it('names TRS list pages from 0', async () => {
    const column = `${host(farm, 'trs')}/zwgk/zfxxgknb/`;
    const pages = await Promise.all(['', 'index_1.html', 'index_2.html', 'index_3.html'].map((name) => ask(farm, column + name)));
    expect(pages.map((page) => page.status)).toEqual([200, 200, 200, 404]);
    expect(pages[1]?.body.toString()).toContain('createPageHTML(3, 1, "index", "html")');
  });

  it('gives Hanweb rows in the page and by the data proxy', async () => {
    const origin = host(farm, 'hanweb');
    const column = iconv.decode((await ask(farm, `${origin}/col/col1229/index.html`)).body, 'gb18030');
    expect(column.match(/<record>/g)).toHaveLength(5);
    const proxy = await ask(farm, `${origin}/module/web/jpage/dataproxy.jsp?startrecord=6&endrecord=15&perpage=5&columnid=1229`);
    expect(proxy.body.toString().match(/<record>/g)).toHaveLength(10);
    const second = await ask(farm, `${origin}/module/web/jpage/dataproxy.jsp?page=3&columnid=1229`);
    expect(second.body.toString().match(/<record>/g)).toHaveLength(5);
  });

  it('is busy twice, then good; cuts once, then good; and never mends what is broken', async () => {
    const failing = await startFarm({ seed: 7 });
    const url = (year: number): string => failing.reports.find((one) => one.portal === 'failing' && one.year === year)?.url ?? '';
    const busy = [await ask(failing, url(2016)), await ask(failing, url(2016)), await ask(failing, url(2016))];
    expect(busy.map((reply) => [reply.status, reply.headers['retry-after']])).toEqual([[503, '1'], [503, '1'], [200, undefined]]);
    await expect(ask(failing, url(2019))).rejects.toThrow();
    expect((await ask(failing, url(2019))).status).toBe(200);
    const refusals = failing.portals.find((portal) => portal.id === 'failing')?.refusals ?? [];
    expect((await ask(failing, refusals[0]?.url ?? '')).status).toBe(500);
    for (let time = 0; time < 3; time++) await expect(ask(failing, refusals[1]?.url ?? '')).rejects.toThrow();
    expect(failing.log.filter((entry) => entry.status === 0)).toHaveLength(4);
    await failing.close();
  });

  it('hides one host behind a challenge', async () => {
    const wall = await ask(farm, `${host(farm, 'challenge')}/zwgk/xxgknb/`);
    expect([wall.status, String(wall.headers['set-cookie'])]).toEqual([521, expect.stringContaining('__jsluid_s=')]);
    expect((await ask(farm, `${host(farm, 'challenge')}/robots.txt`)).status).toBe(404);
  });

  it('answers softly where reports are missing', async () => {
    const [first, second, third] = farm.portals.find((portal) => portal.id === 'soft-404')?.refusals ?? [];
    expect((await ask(farm, first?.url ?? '')).body.toString()).toContain('页面不存在');
    expect((await ask(farm, second?.url ?? '')).headers.location).toBe('/');
    expect((await ask(farm, third?.url ?? '')).status).toBe(200);
  });

  it('sets a cookie by a redirect to itself, then compresses and chunks', async () => {
    const url = `${host(farm, 'generic')}/news/gknb.php?page=2`;
    const gate = await ask(farm, url);
    expect([gate.status, gate.headers.location]).toEqual([302, '/news/gknb.php?page=2']);
    const packed = await ask(farm, url, { ...COOKIE, 'Accept-Encoding': 'gzip' });
    const bare = await ask(farm, url, COOKIE);
    expect([packed.headers['content-encoding'], packed.headers['transfer-encoding']]).toEqual(['gzip', 'chunked']);
    expect(gunzipSync(packed.body)).toEqual(bare.body);
  });

  it('forbids a folder by robots.txt and asks for a delay', async () => {
    const lines = (await ask(farm, `${host(farm, 'robots')}/robots.txt`)).body.toString();
    expect(lines).toContain('Disallow: /private/\n');
    expect(lines).toContain('Crawl-delay: 1\n');
    expect(farm.portals.find((portal) => portal.id === 'robots')?.refusals[0]?.url).toContain('/private/');
  });

  it('takes its time on the slow host', async () => {
    const started = performance.now();
    await ask(farm, `${host(farm, 'slow')}/zwgk/xxgknb/`);
    expect(performance.now() - started).toBeGreaterThan(780);
  });

  it('knows no other host', async () => {
    expect((await ask(farm, farm.origin('elsewhere.localhost'))).status).toBe(404);
  });
});

describe('duplicates', () => {
  it('serves two reports byte for byte again, and others in other chrome', () => {
    const copies = farm.reports.filter((report) => report.duplicateOf);
    const original = (url?: string) => farm.reports.find((report) => report.url === url);
    expect(copies.filter((copy) => copy.duplicateKind === 'raw')).toHaveLength(2);
    expect(copies.length).toBeGreaterThanOrEqual(4);
    for (const copy of copies) {
      expect(copy.text).toBe(original(copy.duplicateOf)?.text);
      expect(copy.payloadSha256 === original(copy.duplicateOf)?.payloadSha256).toBe(copy.duplicateKind === 'raw');
    }
  });
});

describe('the next night', () => {
  it('changes one report, adds one, takes one away, and leaves the rest', async () => {
    const world = await startFarm({ seed: 7 });
    const before = new Map(world.reports.map((report) => [report.url, report]));
    world.setSeason(2);
    const after = new Map(world.reports.map((report) => [report.url, report]));
    const added = [...after.keys()].filter((url) => !before.has(url));
    const gone = [...before.keys()].filter((url) => !after.has(url));
    const changed = [...after].filter(([url, report]) => before.has(url) && before.get(url)?.payloadSha256 !== report.payloadSha256);
    expect([added.length, gone.length, changed.length]).toEqual([1, 1, 1]);
    expect(after.get(added[0] ?? '')).toMatchObject({ portal: 'generic', year: 2024 });
    expect((await ask(world, gone[0] ?? '')).status).toBe(404);
    expect(before.get(changed[0]?.[0] ?? '')?.text).not.toBe(changed[0]?.[1].text);
    const refetched = await ask(world, changed[0]?.[0] ?? '', { 'If-Modified-Since': 'Wed, 31 Jan 2024 00:00:00 GMT' });
    expect([refetched.status, digest(refetched.body)]).toEqual([200, changed[0]?.[1].payloadSha256]);
    await world.close();
  });
});

describe('a second visit', () => {
  it('costs under 5 % of the first, with validators brought along', async () => {
    const world = await startFarm({ seed: 7 });
    const visit = async (known: Map<string, IncomingHttpHeaders>): Promise<number> => {
      const from = world.log.length;
      const columns = world.portals.filter((portal) => portal.id !== 'slow').flatMap((portal) => [...portal.columns, ...(portal.home ? [portal.home] : [])].map((path) => world.origin(portal.host) + path));
      for (const url of [...columns, ...world.reports.filter((report) => report.portal !== 'slow').map((report) => report.url)]) {
        const { etag, 'last-modified': modified } = known.get(url) ?? {};
        const validators = { ...(etag ? { 'If-None-Match': etag } : {}), ...(modified ? { 'If-Modified-Since': modified } : {}) };
        const reply = await ask(world, url, { ...COOKIE, ...validators }).catch(() => null);
        if (reply?.status === 200) known.set(url, reply.headers);
      }
      return world.log.slice(from).reduce((sum, entry) => sum + entry.bodyBytes, 0);
    };
    const known = new Map<string, IncomingHttpHeaders>();
    const first = await visit(known);
    await visit(known);
    world.setSeason(2);
    expect((await visit(known)) / first).toBeLessThan(0.05);
    await world.close();
  });
});

describe('the further families', () => {
  let wide: Farm;
  beforeAll(async () => {
    wide = await startFarm({ families: true });
  });
  afterAll(() => wide.close());

  it('serves every promised report', async () => {
    const further = new Set(wide.portals.slice(farm.portals.length).map((portal) => portal.id));
    expect(further.size).toBeGreaterThanOrEqual(12);
    for (const report of wide.reports.filter((one) => further.has(one.portal))) {
      const reply = await ask(wide, report.url);
      expect([report.url, reply.status, digest(reply.body)]).toEqual([report.url, 200, report.payloadSha256]);
    }
  });

  const rows: { id: string; path: string; pattern: RegExp; count: number }[] = [
    { id: 'vsb-paging', path: '/zwgk/zfxxgknb/2.htm', pattern: /id="line_u8_/g, count: 4 },
    { id: 'vsb-paging', path: '/zwgk/zfxxgknb/3.htm', pattern: /id="line_u8_/g, count: 0 },
    { id: 'ucap', path: '/tlfs/c106345/common_list_2.shtml', pattern: /class="row"/g, count: 3 },
    { id: 'lonsun', path: '/site/label/8888?pageSize=5&pageIndex=2', pattern: /<li>/g, count: 2 },
    { id: 'openness', path: '/opennessAnnualReport/?branch_id=5212bcb4', pattern: /class="row"/g, count: 5 },
    { id: 'openness', path: '/OpennessAnnualReport/?branch_id=0', pattern: /class="row"/g, count: 0 },
    { id: 'annual-endpoint', path: '/module/xxgk/xxgkAnnualReport.jsp?area=11330424002643296E&fbtime=2009', pattern: /<p>/g, count: 0 },
    { id: 'gkmlpt', path: '/gkmlpt/api/all/19?page=1&sid=755099', pattern: /"post_url"/g, count: 7 },
    { id: 'gkmlpt', path: '/gkmlpt/api/all/19?page=0&sid=755099', pattern: /"post_url"/g, count: 7 },
    { id: 'jpaas', path: `/api-gateway/jpaas-publish-server/front/page/build/unit?paramJson=${encodeURIComponent('{"pageNo":2,"pageSize":5}')}`, pattern: /<li>/g, count: 2 },
  ];
  it.each(rows)('$id $path lists $count rows', async ({ id, path, pattern, count }) => {
    const { body } = await ask(wide, host(wide, id) + path);
    expect(body.toString().match(pattern) ?? []).toHaveLength(count);
  });
});

describe('furniture', () => {
  it('strays into the article on one site, and titles leave out the city on another', async () => {
    const strayed = farm.reports.find((report) => report.portal === 'soft-404');
    const markup = (await ask(farm, strayed?.url ?? '')).body.toString();
    const inside = markup.slice(markup.indexOf('<div class="TRS_Editor">'), markup.indexOf('</div></div>\n'));
    expect(inside).toContain('扫一扫在手机打开当前页');
    expect(strayed?.text).not.toContain('扫一扫');
    expect(farm.reports.find((report) => report.portal === 'gbk-bare' && report.year === 2012)?.title).toBe('2012年度市公安局政府信息公开工作年度报告');
  });
});

describe('by hand', () => {
  it('prints its port first, writes the seed list, and logs a JSON line a request', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'farm-'));
    const [log, seeds] = [join(folder, 'log.jsonl'), join(folder, 'seeds.csv')];
    const child = spawn(process.execPath, [fileURLToPath(new URL('../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url)), fileURLToPath(new URL('./farm/main.ts', import.meta.url)), '--log', log, '--seeds', seeds]);
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const { port, portals } = JSON.parse(String(line).split('\n')[0] ?? '') as { port: number; portals: number };
      expect(readFileSync(seeds, 'utf8').trim().split('\n')).toHaveLength(portals + 1);
      const reply = await fetch(`http://127.0.0.1:${port}/anything`);
      expect(reply.status).toBe(404);
      expect(JSON.parse(readFileSync(log, 'utf8').trim())).toMatchObject({ host: '127.0.0.1', path: '/anything', status: 404 });
    } finally {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the same seed', () => {
  it('grows the same farm, another seed another one', async () => {
    const [twin, other] = await Promise.all([startFarm({ seed: 7 }), startFarm({ seed: 8 })]);
    const print = (one: Farm): string[] => one.reports.map((report) => `${new URL(report.url).pathname} ${report.payloadSha256}`);
    expect(print(twin)).toEqual(print(farm));
    expect(print(other)).not.toEqual(print(farm));
    expect(twin.seedsCsv().replaceAll(String(twin.port), '')).toBe(farm.seedsCsv().replaceAll(String(farm.port), ''));
    await Promise.all([twin.close(), other.close()]);
  });
});

describe('at scale', () => {
  it('serves any number of like hosts, half in GBK, each page as promised', async () => {
    const many = await startFarm({ scale: { hosts: 6, reportsPerHost: 4 } });
    expect(many.reports).toHaveLength(24);
    expect(new Set(many.reports.map((report) => report.payloadSha256)).size).toBe(24);
    for (const report of many.reports) {
      const { body } = await ask(many, report.url);
      expect(digest(body)).toBe(report.payloadSha256);
      expect(iconv.decode(body, report.charset)).toContain(report.title);
      expect(body.length).toBeGreaterThan(12_000);
    }
    expect(many.reports.filter((report) => report.charset === 'gb18030')).toHaveLength(12);
    expect((await ask(many, `${many.origin('h0001.farm.localhost')}/robots.txt`)).status).toBe(404);
    await many.close();
  });

  it.runIf(process.platform === 'linux')('gives each host an address of its own', async () => {
    const many = await startFarm({ scale: { hosts: 3, reportsPerHost: 1 }, anyLoopback: true });
    const report = many.reports[2];
    expect(report?.url).toContain('//127.0.1.3:');
    expect((await ask(many, report?.url ?? '', {}, '127.0.1.3')).status).toBe(200);
    await many.close();
  });
});
