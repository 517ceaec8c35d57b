/**
 * The charset judge beside the detectors on npm, over the same pages: `npm run build && node dist/test/bench/charset.js`. A page counts as
 * right when the detector names a charset of the page's family (GB2312, GBK and GB18030 are one). Detectors see the bytes only; nianbao's judge also
 * sees the labels, most of which lie here.
 */
import { createRequire } from 'node:module';
import { charsetOfLabel, declaredCharsets } from '../../src/decode/declared-charset.js';
import { decode } from '../../src/decode/decode.js';
import type { Capture } from '../../src/record.js';
import type { HardPage } from '../decode/hard-pages.js';
import { hardSet, lieMatrix } from '../decode/hard-pages.js';
import { captureOf } from '../decode/page.js';

type Detector = (page: HardPage) => string | null;

const load = createRequire(import.meta.url);

/** Captures are made before the clock runs: their digests are the server's page, not the judge's work. */
const captures = new Map<string, Capture>();

function captured(page: HardPage, which: 'whole' | 'bytes'): Capture {
  const key = `${which} ${page.kind} ${page.name}`;
  const known = captures.get(key) ?? captureOf(which === 'whole' ? page.bytes : withoutLabels(page.bytes), { contentType: which === 'whole' ? page.contentType ?? '' : '' });
  captures.set(key, known);
  return known;
}

function byBytes(detect: (bytes: Buffer) => string | null): Detector {
  return (page) => detect(Buffer.from(page.bytes));
}

/** The page with every `charset` of its ASCII markup misspelt. */
function withoutLabels(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replace(/charset/giu, 'chars-t'), 'latin1');
}

const DETECTORS: Readonly<Record<string, Detector>> = {
  nianbao: (page) => decode(captured(page, 'whole')).charset.used,
  'nianbao, bytes only': (page) => decode(captured(page, 'bytes')).charset.used,
  jschardet: byBytes((bytes) => (load('jschardet') as { detect: (bytes: Buffer) => { encoding: string | null } }).detect(bytes).encoding),
  chardet: byBytes((bytes) => (load('chardet') as { detect: (bytes: Uint8Array) => string | null }).detect(bytes)),
  'charset-detector': byBytes((bytes) => (load('charset-detector') as (bytes: Buffer) => { charsetName: string }[])(bytes)[0]?.charsetName ?? null),
  'the label, as browsers take it': (page) => declaredCharsets(captured(page, 'whole')).find(({ charset }) => charset !== null)?.charset ?? 'windows-1252',
};

interface Row {
  readonly right: number;
  readonly msPerPage: number;
}

function measure(pages: readonly HardPage[], detect: Detector): Row {
  for (const page of pages) detect(page);
  const started = performance.now();
  const right = pages.filter((page) => charsetOfLabel(detect(page) ?? '') === page.charset).length;
  return { right, msPerPage: (performance.now() - started) / pages.length };
}

const sets = [['864 lying labels', lieMatrix()], ['360 hard pages', hardSet()]] as const;
const say = (line: string): void => { process.stdout.write(`${line}\n`); };

say(`| detector | ${sets.map(([name]) => name).join(' | ')} | ms a page |\n|---|${sets.map(() => '---:').join('|')}|---:|`);
for (const [name, detect] of Object.entries(DETECTORS)) {
  const rows = sets.map(([, pages]) => ({ ...measure(pages, detect), of: pages.length }));
  const cells = rows.map(({ right, of }) => `${((right / of) * 100).toFixed(1)} %`);
  say(`| ${name} | ${cells.join(' | ')} | ${Math.max(...rows.map(({ msPerPage }) => msPerPage)).toFixed(2)} |`);
}

const kinds = [...new Set(hardSet().map(({ kind }) => kind))];
say(`\n| hard pages, right of 20 | ${Object.keys(DETECTORS).join(' | ')} |\n|---|${Object.keys(DETECTORS).map(() => '---:').join('|')}|`);
for (const kind of kinds) {
  const pages = hardSet().filter((page) => page.kind === kind);
  say(`| ${kind} | ${Object.values(DETECTORS).map((detect) => measure(pages, detect).right).join(' | ')} |`);
}
