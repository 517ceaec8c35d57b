/** Hostile words in everything the archive says: nothing is obeyed by a terminal, run by a spreadsheet, read as SQL, or written outside its folder. */
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/commands/context.js';
import { exportCommand } from '../../src/commands/export.js';
import { portalsCommand } from '../../src/commands/portals.js';
import { searchCommand } from '../../src/commands/search.js';
import { showCommand } from '../../src/commands/show.js';
import { statusCommand } from '../../src/commands/status.js';
import { verifyCommand } from '../../src/commands/verify.js';
import { resolveConfig } from '../../src/config.js';
import { NianbaoError } from '../../src/errors.js';
import { createLog, safeJson } from '../../src/log.js';
import { summariseRun, summaryLines } from '../../src/report/run-summary.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { refreshLedger } from '../../src/store/ledger.js';
import { searchArchive } from '../../src/store/search.js';
import { ArchiveFixture } from '../store/archive-fixture.js';
import { HOSTILE, LINES, OBEYED } from './strings.js';

const idOf = (index: number): string => index.toString(16).padStart(16, '0');
let archive: ArchiveFixture;
let said = '';

function context(over: Partial<CommandContext> = {}): CommandContext {
  return {
    config: resolveConfig({}, {}, { storage: archive.storage, seeds: [join(archive.storage, 'seeds.csv')] }), configDigest: 'c', cwd: archive.storage, json: false,
    log: createLog('verbose', (text) => { said += text; }), terminal: { progress: false, table: false, columns: 100 },
    print: (text) => { said += text; }, divisions: loadDivisions, now: () => Date.parse('2026-06-30T00:00:00Z'), signal: new AbortController().signal, ...over,
  };
}

/** What the command said on stdout and stderr. */
async function wordsOf(command: () => Promise<unknown>): Promise<string> {
  said = '';
  await command();
  return said;
}

/** As SQLite keeps it: half a surrogate pair is no character. */
const kept = (text: string): string => text.replace(/\ud800/gu, '\ufffd\ufffd\ufffd');
const obeyed = (text: string): string[] => [...text].filter((character) => OBEYED.has(character));

beforeAll(() => {
  archive = new ArchiveFixture();
  archive.run({ id: 1 });
  HOSTILE.forEach((text, index) => {
    archive.portal({ id: `p${index}`, agency: text, code: '430100', home: `http://gaj.example.gov.cn/${index}/` });
    archive.candidate({ portalId: `p${index}`, url: `http://gaj.example.gov.cn/${index}/`, kind: 'home', state: 'failed', reason: text === '' ? 'x' : text });
    archive.report({
      id: idOf(index), agency: text, code: '430100', province: text, year: 2016, title: text, text: `公安年报 ${text}\n${text}`, portalId: `p${index}`, runId: 1, seenAt: '2026-03-01T01:31:00.000Z',
      payload: `${index} ${text}`, attachments: [{ name: text, url: 'http://gaj.example.gov.cn/a.pdf' }],
    });
    archive.repair(idOf(index), { ordinal: 1, start: 0, end: 1, before: text, after: text });
    archive.cell(idOf(index), ['requests', text, text], text, null);
  });
  refreshLedger(archive.database, { today: '2026-06-30' });
  const field = (text: string): string => `"${text.replace(/"/gu, '""')}"`;
  writeFileSync(join(archive.storage, 'seeds.csv'), `code,agency,home,note\n${HOSTILE.map((text, index) => `430100,${field(text)},http://gaj${index}.example.gov.cn/,${field(text)}`).join('\n')}\n${HOSTILE.map((text) => `${field(text)},x,${field(text)},x`).join('\n')}\n`);
});
afterAll(() => archive.remove());

it('there are at least a hundred hostile strings', () => expect(HOSTILE.length).toBeGreaterThanOrEqual(100));

describe('a terminal', () => {
  const commands: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['status', () => statusCommand(context())], ['status of a place', () => statusCommand(context(), { places: ['长沙'] })], ['search', () => searchCommand(context(), { query: '公安', limit: '1000' })],
    ['search in colour', () => searchCommand(context({ terminal: { progress: false, table: true, columns: 100 } }), { query: '公安', limit: '1000' })],
    ['portals list', () => portalsCommand(context(), ['list'])], ['portals check', () => portalsCommand(context(), ['check'])], ['verify', () => verifyCommand(context())],
    ['the summary of a run', async () => { for (const line of summaryLines(summariseRun(archive.database, 1), true)) context().log.line(line); }],
  ];
  it.each(commands)('obeys nothing that %s prints', async (name, command) => {
    const words = await wordsOf(command);
    expect(words.length).toBeGreaterThan(name === 'verify' ? 10 : 1000);
    // Colours of our own are the only escapes there may be.
    expect(obeyed(words.replace(/\u001b\[\d{1,2}m/gu, name.endsWith('colour') ? '' : '\u001b'))).toEqual([]);
    expect(words).not.toMatch(/^(?:nianbao: done|Run 9:|0{16} {2}http:\/\/evil)/mu);
  });

  it('obeys nothing that show prints of any report', async () => {
    for (let index = 0; index < HOSTILE.length; index += 1) {
      for (const options of [{}, { diff: true }]) expect(obeyed(await wordsOf(() => showCommand(context(), { wanted: idOf(index), ...options }))), JSON.stringify(HOSTILE[index])).toEqual([]);
    }
  });

  it('obeys nothing in JSON, which says the same', async () => {
    for (const [index, text] of HOSTILE.entries()) {
      const printed = safeJson(await wordsOf(() => showCommand(context({ json: true }), { wanted: idOf(index) })));
      expect(obeyed(printed.trimEnd())).toEqual([]);
      expect((JSON.parse(printed) as { title: string }).title).toBe(kept(text));
    }
  });

  it('could have been told to: the strings themselves are obeyed', () => expect(HOSTILE.filter((text) => obeyed(text).length > 0 || LINES.includes(text)).length).toBeGreaterThan(30));
});

describe('a query', () => {
  it.each(HOSTILE.map((text) => [text]))('%j is words or is refused', async (query) => {
    const before = archive.database.prepare('SELECT count(*) FROM document').pluck().get();
    await searchCommand(context(), { query, limit: '5' }).catch((error: unknown) => { if (!(error instanceof NianbaoError) || error.exitCode !== 2) throw error; });
    await showCommand(context(), { wanted: query }).catch((error: unknown) => { if (!(error instanceof NianbaoError) || error.exitCode !== 2) throw error; });
    expect(searchArchive(archive.database, query, { places: [], year: null, limit: 5 }).length).toBeLessThanOrEqual(5);
    expect(archive.database.prepare('SELECT count(*) FROM document').pluck().get()).toBe(before);
  });
});

describe('an export', () => {
  const out = (format: string): string => join(archive.storage, `out-${format}`);
  const filesOf = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());

  it.each(['csv', 'jsonl', 'text'])('as %s stays in its folder, under names that every system takes', async (format) => {
    const before = filesOf(archive.storage).filter((name) => !name.startsWith('out-'));
    expect(await exportCommand(context(), { format, out: out(format) })).toBe(0);
    expect(filesOf(archive.storage).filter((name) => !name.startsWith('out-'))).toEqual(before);
    const reserved = filesOf(out(format)).flatMap((name) => name.split('/')).filter((part) => /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|[\\:*?"<>|]|[. ]$/iu.test(part) || obeyed(part).length > 0 || Buffer.byteLength(part) > 255);
    expect(reserved).toEqual([]);
    expect(filesOf(out(format)).every((name) => !relative(out(format), join(out(format), name)).startsWith('..'))).toBe(true);
  });

  it('as csv runs nothing in a spreadsheet', () => {
    const cells = filesOf(out('csv')).filter((name) => name.endsWith('.csv')).flatMap((name) => parse(readFileSync(join(out('csv'), name)), { relax_column_count: true }).flat());
    expect(cells.length).toBeGreaterThan(HOSTILE.length);
    expect(cells.filter((cell) => /^[\s\ufeff\u200b"'“”＂]*[=+\-@＝＋－＠]/u.test(cell) && !cell.startsWith('\'') && !/^[+-]?\d+(?:\.\d+)?$/u.test(cell))).toEqual([]);
  });

  it('as jsonl says every word as it is, and pollutes nothing', () => {
    const records = readFileSync(join(out('jsonl'), 'reports.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { title: string });
    expect(new Set(records.map(({ title }) => title))).toEqual(new Set(HOSTILE.map(kept)));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
