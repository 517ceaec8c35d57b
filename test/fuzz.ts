/** Mutates pages of the farm and hostile pieces, and reads them with the rooms that read what the web sends. */
import { startFarm } from './farm/farm.js';
import type { Chance } from './farm/random.js';
import { chance } from './farm/random.js';
import { TABLES } from './fuzz-pieces.js';
import { learn } from '../src/harvest/learn.js';
import { decide, robotsPolicy } from '../src/fetch/robots.js';
import { explainRepairs } from '../src/repair/explain.js';
import { readSeedTexts } from '../src/seeds/read.js';
import type { Capture, CandidateKind, Divisions } from '../src/record.js';
import { HOSTILE } from './hostile/strings.js';

/** One case: what was made, and from which number, so that it can be made again. */
export interface Case {
  readonly seed: number;
  readonly room: 'page' | 'repair' | 'seeds' | 'robots';
  readonly bytes: Buffer;
}

export interface Trouble {
  readonly seed: number;
  readonly room: Case['room'];
  readonly what: string;
}

const KINDS: readonly CandidateKind[] = ['home', 'column', 'list', 'article'];
const CHARSETS = ['', '; charset=utf-8', '; charset=gbk', '; charset=big5', '; charset=utf-16le', '; charset=hz-gb-2312', '; charset=utf-7', '; charset=\0'];
const MEDIA = ['text/html', 'application/json', 'text/xml', 'application/octet-stream', ''];
const MOST_BYTES = 200_000;

/** Pages to begin with: every page that a visitor of the farm finds by its seed list and its reports. */
export async function corpus(): Promise<Buffer[]> {
  const farm = await startFarm({ families: true });
  try {
    const urls = [...farm.portals.flatMap((portal) => [...(portal.home ? [portal.home] : []), ...portal.columns].map((path) => ({ host: portal.host, path }))), ...farm.reports.map(({ url }) => ({ host: new URL(url).hostname, path: new URL(url).pathname }))];
    const { request } = await import('undici');
    const pages: Buffer[] = [];
    for (const { host, path } of urls) {
      const answer = await request(`http://127.0.0.1:${farm.port}${path}`, { headers: { host: `${host}:${farm.port}`, cookie: 'farmsession=1' } }).catch(() => null);
      if (answer) pages.push(Buffer.from(await answer.body.arrayBuffer()));
    }
    return [...pages.filter((page) => page.length > 100), ...TABLES.map((table) => Buffer.from(table))];
  } finally {
    await farm.close();
  }
}

type Mutate = (bytes: Buffer, draw: Chance, other: Buffer) => Buffer;

const place = (bytes: Buffer, draw: Chance): number => draw.int(0, bytes.length);
const spliced = (bytes: Buffer, at: number, cut: number, piece: Buffer): Buffer => Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + cut)]);

const MUTATIONS: readonly Mutate[] = [
  (bytes, draw) => { const copy = Buffer.from(bytes); for (let times = draw.int(1, 40); times > 0 && copy.length > 0; times -= 1) copy[draw.int(0, copy.length - 1)] = draw.int(0, 255); return copy; },
  (bytes, draw) => spliced(bytes, place(bytes, draw), draw.int(1, 400), Buffer.alloc(0)),
  (bytes, draw) => bytes.subarray(0, place(bytes, draw)),
  (bytes, draw) => { const at = place(bytes, draw); return spliced(bytes, place(bytes, draw), 0, bytes.subarray(at, at + draw.int(1, 3000))); },
  (bytes, draw, other) => { const at = place(other, draw); return spliced(bytes, place(bytes, draw), draw.int(0, 200), other.subarray(at, at + draw.int(1, 5000))); },
  (bytes, draw) => spliced(bytes, place(bytes, draw), 0, Buffer.from(draw.pick(HOSTILE))),
  (bytes, draw) => spliced(bytes, place(bytes, draw), 0, Buffer.from(draw.pick(['<table>', '<tr><td colspan="999999999" rowspan="65534">', '<div>', '</div></td></tr></table>', '<td>', '&#x110000;', '&#0;', '<!--', '<script>', '<a href="', '\u202e', '共 99999999 页']).repeat(draw.int(1, 400)))),
  (bytes, draw) => { const at = place(bytes, draw); return spliced(bytes, at, 60, Buffer.from(bytes.subarray(at, at + 60).toString('latin1'), 'utf8')); },
  (bytes, draw) => Buffer.from(bytes.toString().replace(/\d+/gu, (digits) => (draw.next() < 0.1 ? draw.pick(['99999999999999999999', '-1', '1e400', '', '０', '1,2']) : digits))),
];

/** The case of a number: the same number and corpus always give the same case. */
export function caseOf(seed: number, pages: readonly Buffer[]): Case {
  const draw = chance(seed, 'fuzz');
  let bytes = draw.pick(pages);
  for (let times = draw.int(1, 6); times > 0; times -= 1) bytes = draw.pick(MUTATIONS)(bytes, draw, draw.pick(pages)).subarray(0, MOST_BYTES);
  const room = draw.pick(['page', 'page', 'page', 'page', 'repair', 'seeds', 'robots'] as const);
  return { seed, room, bytes };
}

function captureOf({ bytes, seed }: Case): Capture {
  const draw = chance(seed, 'capture');
  const url = 'http://gaj.qingxi.gov.cn/zwgk/nb/2019.html';
  const mediaType = draw.pick(MEDIA);
  return {
    url, finalUrl: url, kind: draw.pick(KINDS), heardVia: 'row', hops: 1, referrer: null, anchor: draw.pick(HOSTILE), listedOn: null, captureId: 0, runId: 1, status: 200, headers: { 'content-type': mediaType + draw.pick(CHARSETS) },
    redirects: [], mediaType: mediaType === '' ? null : mediaType, payload: bytes, payloadDigest: '', fetchedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, fetchedBy: 'http',
    seed: {
      portalId: 'p', code: '430100', province: '湖南省', city: '长沙市', county: null, agency: '长沙市公安局', level: 'prefecture', home: 'http://gaj.qingxi.gov.cn/', columns: [url], platform: 'auto', render: 'auto', charset: null,
      delaySecs: null, enabled: true, note: null, source: { file: 's.csv', line: 2 },
    },
  };
}

/** Reads a case as its room does. Throws what the room throws, which should be nothing. */
export async function readCase(fuzzed: Case, divisions: Divisions): Promise<void> {
  const { room, bytes } = fuzzed;
  if (room === 'page') await learn(captureOf(fuzzed), { depth: 6, urlLength: 2083, linksPerPage: 5000, divisions });
  else if (room === 'repair') explainRepairs(bytes.toString());
  else if (room === 'seeds') readSeedTexts([{ file: 's.csv', text: `code,agency,home,columns\n${bytes.toString()}` }], divisions);
  else {
    const policy = robotsPolicy({ status: 200, payload: Buffer.concat([Buffer.from('User-agent: *\nDisallow: /'), bytes]), error: null, fetchedAt: 0, agentToken: 'nianbao', headers: {}, url: 'http://gaj.qingxi.gov.cn/robots.txt' });
    decide(policy, `http://gaj.qingxi.gov.cn/${encodeURI(bytes.toString('latin1').slice(0, 2000))}`, 'nianbao');
  }
}
