/** The commands that read the archive: what they print, what they refuse, and how they end. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/commands/context.js';
import { checkNode, doctorCommand } from '../../src/commands/doctor.js';
import { exportCommand } from '../../src/commands/export.js';
import { scheduleCommand } from '../../src/commands/schedule.js';
import { searchCommand } from '../../src/commands/search.js';
import { showCommand } from '../../src/commands/show.js';
import { statusCommand } from '../../src/commands/status.js';
import { verifyCommand } from '../../src/commands/verify.js';
import { resolveConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { refreshLedger } from '../../src/store/ledger.js';
import { ArchiveFixture } from '../store/archive-fixture.js';

let archive: ArchiveFixture;
let printed: string;
let logged: string;

function context(over: Partial<CommandContext> = {}): CommandContext {
  return {
    config: resolveConfig({}, {}, { storage: archive.storage, seeds: [join(archive.storage, 'seeds.csv')] }), configDigest: 'c', cwd: archive.storage, json: false,
    log: createLog('normal', (text) => { logged += text; }), terminal: { progress: false, table: false, columns: 100 },
    print: (text) => { printed += text; }, divisions: loadDivisions, now: () => Date.parse('2026-06-30T00:00:00Z'), signal: new AbortController().signal, ...over,
  };
}

const json = (): Record<string, unknown> => JSON.parse(printed) as Record<string, unknown>;

beforeEach(() => {
  printed = '';
  logged = '';
  archive = new ArchiveFixture();
  archive.run({ id: 1 });
  archive.portal({ id: 'p', agency: '长沙市公安局', code: '430100', home: 'http://gaj.example.gov.cn/' });
  archive.candidate({ portalId: 'p', url: 'http://gaj.example.gov.cn/', kind: 'home', state: 'failed', reason: 'blocked-jsl-521' });
  const text = '一、概述\n全年受理19件。\u001b[31m红\u202e';
  archive.report({ id: 'abcdef0123456789', agency: '长沙市公安局', code: '430100', province: '湖南省', year: 2016, title: '长沙市公安局2016年度报告', text, portalId: 'p', runId: 1, payload: '<p>原文\u001b</p>' });
  archive.report({ id: 'abcdef9999999999', agency: '广州市公安局', code: '440100', province: '广东省', year: 2016, title: '广州市公安局2016年度报告', text, runId: 1 });
  refreshLedger(archive.database, { today: '2026-06-30' });
});
afterEach(() => archive.remove());

describe('status', () => {
  it('draws the ledger, the portals in trouble and the runs', async () => {
    expect(await statusCommand(context())).toBe(0);
    expect(printed).toMatch(/430100 长沙市公安局 (?:! {2}){8}# {2}! /u);
    expect(printed).toContain('blocked-jsl-521 ×1');
    expect(printed).toContain('harvest');
  });

  it('calls no portal fine of which nothing came', async () => {
    archive.portal({ id: 'q', agency: '株洲市公安局', code: '430200', home: 'http://gaj.other.gov.cn/' });
    archive.candidate({ portalId: 'q', url: 'http://gaj.other.gov.cn/', kind: 'home', state: 'waiting', reason: 'dns' });
    archive.database.prepare("UPDATE candidate SET attempts = 2 WHERE portal_id = 'q'").run();
    await statusCommand(context(), { places: ['株洲'] });
    expect(printed).toContain('of which 0 fine');
    expect(printed).toMatch(/430200 .*dns ×1, to be tried again/u);
  });

  it('narrows to places, and is one JSON document with --json', async () => {
    expect(await statusCommand(context({ json: true }), { places: ['长沙'] })).toBe(0);
    expect(new Set((json()['ledger'] as { agency: string }[]).map((row) => row.agency))).toEqual(new Set(['长沙市公安局']));
    expect(json()).toMatchObject({ portals: [{ portalId: 'p' }], runs: [{ runId: 1 }] });
    expect(logged).toBe('');
  });

  it('refuses an ambiguous place and a missing archive', async () => {
    await expect(statusCommand(context(), { places: ['chaoyang'] })).rejects.toMatchObject({ exitCode: 2 });
    const nowhere = context();
    await expect(statusCommand({ ...nowhere, config: { ...nowhere.config, storage: join(archive.storage, 'none') } })).rejects.toMatchObject({ code: 'storage-missing', exitCode: 2 });
  });
});

describe('search', () => {
  it('marks the passage and keeps control characters from the terminal', async () => {
    expect(await searchCommand(context(), { query: '受理 红', place: 'changsha' })).toBe(0);
    expect(printed).toContain('全年«受理»19件');
    expect(printed).toContain('abcdef0123456789');
    expect(printed).not.toContain('abcdef9999999999');
    expect(printed).not.toMatch(/[\u001b\u202e]/u);
  });

  it('finds nothing with 0, and refuses a query without words', async () => {
    expect(await searchCommand(context({ json: true }), { query: '不存在的话' })).toBe(0);
    expect(json()).toEqual({ query: '不存在的话', hits: [] });
    await expect(searchCommand(context(), { query: '，。' })).rejects.toMatchObject({ exitCode: 2 });
    await expect(searchCommand(context(), { query: '受理', year: '20x6' })).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('show', () => {
  it.each(['abcdef0123456789', 'abcdef0', 'http://gaj.example.gov.cn/abcdef0123456789.html', 'HTTP://GAJ.example.gov.cn:80/abcdef0123456789.html#top', 'gaj.example.gov.cn/abcdef0123456789.html'])('finds %s', async (wanted) => {
    archive.database.exec("UPDATE document SET url_key = 'cn,gov,example,gaj)/abcdef0123456789.html' WHERE document_id = 'abcdef0123456789'");
    expect(await showCommand(context({ json: true }), { wanted })).toBe(0);
    expect(json()).toMatchObject({ reportId: 'abcdef0123456789', version: 1, candidateOriginal: null });
  });

  it.each([['abcdef', 'report-ambiguous'], ['abcde', 'report-unknown'], ['http://nowhere/', 'report-unknown'], ['', 'report-unknown'], ["' OR 1=1 --", 'report-unknown']])('%j: %s', async (wanted, code) => {
    await expect(showCommand(context(), { wanted })).rejects.toMatchObject({ code, exitCode: 2 });
  });

  it('prints a page without what a terminal would obey', async () => {
    await showCommand(context(), { wanted: 'abcdef0' });
    expect(printed).toContain('长沙市公安局2016年度报告');
    expect(printed).not.toMatch(/[\u001b\u202e]/u);
  });

  it('writes the original bytes, and not when they have changed', async () => {
    let bytes = '';
    await showCommand(context(), { wanted: 'abcdef0', raw: true, writeBytes: (raw) => { bytes += Buffer.from(raw).toString(); } });
    expect(bytes).toBe('<p>原文\u001b</p>');
    archive.database.exec("UPDATE payload SET bytes = x'00', coding = 'identity'");
    await expect(showCommand(context(), { wanted: 'abcdef0', raw: true })).rejects.toMatchObject({ code: 'payload-damaged', exitCode: 5 });
  });

  it('refuses bytes as JSON', async () => {
    await expect(showCommand(context({ json: true }), { wanted: 'abcdef0', raw: true })).rejects.toMatchObject({ code: 'show-raw-json', exitCode: 2 });
    await expect(scheduleCommand(context({ json: true }), { print: 'cron' })).rejects.toMatchObject({ code: 'schedule-print-json', exitCode: 2 });
  });

  it('prints the labels of the form beside the rows of a table', async () => {
    archive.cell('abcdef0123456789', ['annex', '2', 'count'], '2953', 2953);
    await showCommand(context(), { wanted: 'abcdef0' });
    expect(printed).toMatch(/count\n2 +（一）主动公开政府信息数[^\n]+（条） +2953\n/u);
  });

  it('shows what changed between versions', async () => {
    await showCommand(context(), { wanted: 'abcdef0', diff: true });
    expect(printed).toContain('one version only');
    archive.report({ id: 'abcdef0123456789', agency: '长沙市公安局', year: 2016, text: '一、概述\n全年受理21件。' });
    await showCommand(context(), { wanted: 'abcdef0', diff: true });
    expect(printed).toContain('全年受理[-19-]{+21+}件。');
  });
});

describe('export', () => {
  it('exports, and says how much and where', async () => {
    const out = join(archive.storage, 'export');
    expect(await exportCommand(context({ json: true }), { format: 'jsonl', out, places: ['湖南'] })).toBe(0);
    expect(json()).toMatchObject({ format: 'jsonl', folder: out, counts: { reports: 1, other: 0 } });
    expect(readFileSync(join(out, 'reports.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    ['an unknown format', { format: 'xls' }], ['an unknown grade', { grades: ['best'] }], ['a wrong day', { since: '2026-02-30' }], ['a wrong year', { years: ['20x6'] }], ['a city as province', { provinces: ['yueyang'] }], ['an unknown place', { places: ['不存在市'] }],
  ])('refuses %s and writes nothing', async (_case, over) => {
    const out = join(archive.storage, 'export');
    await expect(exportCommand(context(), { format: 'jsonl', out, ...over })).rejects.toMatchObject({ exitCode: 2 });
    expect(existsSync(out)).toBe(false);
  });

  it('repeats what was typed, and says what to type', async () => {
    const words = { format: 'jsonl', out: join(archive.storage, 'export') };
    await expect(exportCommand(context(), { ...words, years: ['2016', '20x6'] })).rejects.toMatchObject({ message: expect.stringMatching(/^"20x6" is no year/u) as unknown });
    await expect(exportCommand(context(), { ...words, provinces: ['湖南', 'yueyang'] })).rejects.toMatchObject({ message: expect.stringMatching(/岳阳市\) is no province; use --place yueyang/u) as unknown });
    await expect(searchCommand(context(), { query: '受理', limit: 'many' })).rejects.toMatchObject({ message: expect.stringMatching(/"many"/u) as unknown });
  });

  it('warns when nothing matches, and writes the empty export', async () => {
    const out = join(archive.storage, 'export');
    expect(await exportCommand(context(), { format: 'jsonl', out, years: ['1999'], places: ['长沙'] })).toBe(0);
    expect(printed).toContain('0 reports and 0 other documents exported');
    expect(logged).toMatch(/matches --place 长沙 --year 1999/u);
    expect(existsSync(join(out, 'manifest.json'))).toBe(true);
    logged = '';
    await exportCommand(context(), { format: 'jsonl', out });
    expect(logged).toBe('');
  });

  it('names the exports that stand in folders of the one it is given', async () => {
    for (const format of ['csv', 'jsonl']) await exportCommand(context(), { format, out: join(archive.storage, 'exports', format) });
    await expect(exportCommand(context(), { format: 'jsonl', out: join(archive.storage, 'exports') })).rejects.toMatchObject({
      code: 'export-folder-not-empty', message: expect.stringMatching(/holds exports in folders of their own, such as csv;/u) as unknown,
    });
  });

  it('ends with 130 when it was stopped', async () => {
    expect(await exportCommand(context({ signal: AbortSignal.abort() }), { format: 'csv', out: join(archive.storage, 'export') })).toBe(130);
    expect(existsSync(join(archive.storage, 'export'))).toBe(false);
  });
});

describe('verify', () => {
  it('ends with 0 when all is as written and with 5 and a list when not', async () => {
    expect(await verifyCommand(context())).toBe(0);
    archive.database.exec("UPDATE version SET text = 'x' WHERE document_id = 'abcdef0123456789'");
    printed = '';
    expect(await verifyCommand(context({ json: true }))).toBe(5);
    expect(json()).toMatchObject({ ok: false, problems: [{ kind: 'text' }, { kind: 'repairs' }, { kind: 'search-index' }] });
  });

  it.each([
    ['overwritten at its beginning', (bytes: Buffer): Buffer => Buffer.concat([Buffer.from('#!/bin/sh overwritten'), bytes.subarray(21)])],
    ['cut in half', (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2))],
    ['overwritten in the middle', (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(0, bytes.length / 2), Buffer.alloc(bytes.length / 2, 0x41)])],
  ])('ends with 5 when the file was %s', async (_case, harm) => {
    archive.database.pragma('wal_checkpoint(TRUNCATE)');
    archive.database.close();
    const file = join(archive.storage, 'nianbao.sqlite');
    writeFileSync(file, harm(readFileSync(file)));
    expect(await verifyCommand(context({ json: true }))).toBe(5);
    expect(json()).toMatchObject({ ok: false });
  });

  it('refuses a file that never was an archive, as every other command does', async () => {
    const elsewhere = join(archive.storage, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'nianbao.sqlite'), 'notes of somebody\n'.repeat(1000));
    const there = { ...context().config, storage: elsewhere };
    await expect(verifyCommand(context({ config: there }))).rejects.toMatchObject({ code: 'storage-not-a-database', exitCode: 2 });
    await expect(statusCommand(context({ config: there }))).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('doctor', () => {
  it('says what is fine and what is missing, and how to mend it', async () => {
    writeFileSync(join(archive.storage, 'seeds.csv'), 'code,agency,home\n430100,长沙市公安局,http://gaj.example.gov.cn/\n');
    expect(await doctorCommand(context({ json: true }), { findChromium: () => Promise.resolve(null) })).toBe(0);
    const findings = json()['findings'] as { subject: string; state: string; mend: string | null }[];
    expect(findings.map((finding) => finding.subject)).toEqual(['Node.js', 'SQLite module', 'Character sets', 'Chromium', 'Chinese fonts', 'Disk', 'Storage', 'Seed lists', 'Introduction', 'Notices']);
    expect(findings.find((finding) => finding.subject === 'Chromium')).toMatchObject({ state: 'weak', mend: expect.stringContaining('apt-get install chromium') as unknown });
    writeFileSync(join(archive.storage, 'seeds.csv'), 'code,agency,home\n43x,长沙市公安局,not an address\n');
    printed = '';
    expect(await doctorCommand(context(), { findChromium: () => Promise.resolve({ path: '/usr/bin/chromium', source: 'installed' }) })).toBe(3);
    expect(printed).toContain('/usr/bin/chromium');
    expect(printed).toMatch(/missing +Seed lists: 0 portals, 1 bad row\n/u);
  });

  it.each([
    [[], null, 'fine', 'nobody is told'], [['https://hook.example.org/'], null, 'fine', '0 mail addresses, 1 webhook'], [['mailto:a@example.org'], null, 'weak', '1 mail address,'],
    [['mailto:a@example.org'], 'smtp.example.org', 'weak', '1 mail address,'], [['mailto:a@example.org'], 'smtps://u:geheim@smtp.example.org', 'fine', '1 mail address,'],
  ] as const)('says whether notices to %j can be sent through %s', async (onFinish, smtpUrl, state, found) => {
    const { config } = context();
    await doctorCommand(context({ json: true, config: { ...config, notify: { ...config.notify, onFinish } }, secrets: { smtpUrl, webhookToken: null } }), { findChromium: () => Promise.resolve(null) });
    const finding = (json()['findings'] as { subject: string; state: string; found: string }[]).find(({ subject }) => subject === 'Notices');
    expect(finding).toMatchObject({ state, found: expect.stringContaining(found) as unknown });
    expect(printed).not.toContain('geheim');
  });

  it.each([['v20.19.0', 'fine'], ['v20.18.3', 'missing'], ['v21.9.0', 'missing'], ['v22.11.0', 'missing'], ['v22.12.0', 'fine'], ['v24.0.0', 'fine'], ['v26.1.0', 'fine']])('Node %s is %s', (version, state) => {
    expect(checkNode(version).state).toBe(state);
  });
});
