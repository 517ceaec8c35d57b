/** Redacted exports: what is masked and what never is, that offsets hold, in every format. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects, asyncBufferFromFile } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportArchive } from '../../src/export/export.js';
import type { ExportOptions } from '../../src/export/export.js';
import type { ExportRecord } from '../../src/export/record.js';
import { redactText } from '../../src/export/redact.js';
import { refreshLedger } from '../../src/store/ledger.js';
import { EVERYTHING } from '../../src/store/selection.js';
import { ArchiveFixture, temporaryFolder } from '../store/archive-fixture.js';

interface Case { readonly label: string; readonly text: string; readonly masked: string }
const CASES = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'cases', 'redaction.json'), 'utf8')) as Case[];

describe('a text', () => {
  it.each(CASES.map((one) => [one.label, one] as const))('%s', (_label, { text, masked }) => {
    const redacted = redactText(text);
    expect(redacted.text).toBe(masked);
    expect(redacted.text).toHaveLength(text.length);
    expect(redactText(masked).text).toBe(masked);
    expect(redacted.found).toHaveLength(redacted.counts.identity + redacted.counts.phone + redacted.counts.plate);
  });

  it('keeps the numbers of statutory tables, and masks the same digits elsewhere', () => {
    const number = '13812345678';
    expect(redactText(`${number}\t${number}\n电话${number}`, { tableNumbers: new Set([number]) }).text).toBe(`${number}\t${number}\n电话***********`);
  });

  it('takes time in proportion to the text', () => {
    const texts = ['1 '.repeat(2e5), '电话'.repeat(2e5), '1'.repeat(4e5), '0731-'.repeat(1e5), '湘A1'.repeat(1e5), '电话：82581234、'.repeat(2e4)];
    const spent = (text: string): number => { const start = performance.now(); redactText(text); return performance.now() - start; };
    // Four times the text may take four times the time; quadratic would be sixteen times. Between the two, with some leave for short spans.
    for (const text of texts) expect(spent(text + text + text + text)).toBeLessThan(10 * (spent(text) + 100));
  });
});

const IDENTITY = '430103197501011231';
const PHONE = '0731-82581234';
const PLATE = '湘A12345';
const TEXT = `清河市公安局\n一、概述 ${PLATE}\n申请人身份证号${IDENTITY}，收到申请19件，电话13812345678。\n合计\t13812345678\n附：${PHONE}`;
const HEADING = `一、概述 ${PLATE}`;
const SENTENCE = `申请人身份证号${IDENTITY}，收到申请19件，电话13812345678。`;

let archive: ArchiveFixture;
let folder: ReturnType<typeof temporaryFolder>;
const at = (...path: string[]): string => join(folder.path, ...path);
const run = (format: ExportOptions['format'], redact = true): ReturnType<typeof exportArchive> =>
  exportArchive(archive.database, { format, redact, out: at(`${format}-${redact}`), selection: EVERYTHING, toolVersion: '1.0.0' });
const record = (redact: boolean): ExportRecord => JSON.parse(readFileSync(at(`jsonl-${redact}`, 'reports.jsonl'), 'utf8').split('\n')[0] ?? '') as ExportRecord;

beforeAll(async () => {
  archive = new ArchiveFixture();
  folder = temporaryFolder();
  archive.run({ id: 1 });
  archive.report({ id: 'aaaaaa01', agency: '清河市公安局', code: '430100', province: '湖南省', year: 2016, runId: 1, title: `答复${IDENTITY}`, text: TEXT, attachments: [{ name: `${PLATE}.pdf`, url: 'http://gaj.example.gov.cn/f.pdf' }] });
  archive.report({ id: 'bbbbbb02', agency: '沙岭县公安局', code: '440111', province: '广东省', year: 2016, runId: 1 });
  archive.cell('aaaaaa01', ['requests', 'new', 'natural'], '13812345678', 13812345678);
  archive.cell('aaaaaa01', ['requests', 'new', 'total'], `见${PHONE}`, null);
  archive.database.prepare("UPDATE cell SET state = 'non-numeric' WHERE raw LIKE '见%'").run();
  const statement = { key: 'requests.received', value: 19, unit: '件', isApproximate: false, sentence: SENTENCE, start: TEXT.indexOf(SENTENCE), end: TEXT.indexOf(SENTENCE) + SENTENCE.length, method: 'prose-count' };
  archive.database.prepare('UPDATE version SET statements = ?, metadata = ?, notices = ?, sections = ? WHERE document_id = ?').run(
    JSON.stringify([statement]), JSON.stringify({ indexNumber: '0310-82581234', publisher: `办公室 ${PHONE}`, documentNumber: '清公〔2017〕30号' }),
    JSON.stringify([{ code: 'year-conflict', room: 'recognise', message: `"${PHONE}"` }]), JSON.stringify([{ heading: HEADING, level: 1, start: TEXT.indexOf(HEADING), end: TEXT.length }]), 'aaaaaa01');
  archive.repair('aaaaaa01', { ordinal: 0, start: 5, end: 11, before: '０１１2３1', after: '011231' });
  refreshLedger(archive.database, { today: '2026-06-30' });
  archive.database.prepare("UPDATE ledger SET evidence = ? WHERE agency = '沙岭县公安局' AND year = 2010").run(JSON.stringify({ open: [{ url: 'http://x.example/13812345678', anchor: `电话${PHONE}` }] }));
  for (const format of ['jsonl', 'csv', 'text', 'parquet'] as const) await run(format);
  await run('jsonl', false);
});
afterAll(() => { archive.remove(); folder.remove(); });

describe('an export', () => {
  it('masks every text of a record and keeps its offsets', () => {
    const masked = record(true);
    expect(masked.text).toBe('清河市公安局\n一、概述 *******\n申请人身份证号******************，收到申请19件，电话***********。\n合计\t13812345678\n附：****-********');
    expect(masked.textSha256).toBe(createHash('sha256').update(masked.text).digest('hex'));
    for (const { heading, start } of masked.sections) expect(masked.text.startsWith(heading, start)).toBe(true);
    for (const { sentence, start, end } of masked.statements) expect(masked.text.slice(start, end)).toBe(sentence);
    expect(masked).toMatchObject({
      title: '答复******************', metadata: { indexNumber: '0310-82581234', publisher: '办公室 ****-********', documentNumber: '清公〔2017〕30号' },
      attachments: [{ name: '*******.pdf', url: 'http://gaj.example.gov.cn/f.pdf' }], notices: [{ message: '"****-********"' }], repairs: [{ before: '******', after: '******' }],
    });
    expect(masked.cells.map((cell) => [cell.raw, cell.value])).toEqual([['13812345678', 13812345678], ['见****-********', null]]);
  });

  it('changes nothing else', () => {
    const texts = ['text', 'textSha256', 'title', 'sections', 'cells', 'statements', 'metadata', 'attachments', 'notices', 'repairs'];
    const rest = (one: ExportRecord): unknown => Object.fromEntries(Object.entries(one).filter(([name]) => !texts.includes(name)));
    expect(rest(record(true))).toEqual(rest(record(false)));
    expect(record(false).text).toBe(TEXT);
  });

  it.each(['jsonl', 'csv', 'text', 'parquet'] as const)('%s: holds nothing of it in any file', async (format) => {
    const files = readdirSync(at(`${format}-true`), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const rows = format === 'parquet' ? await parquetReadObjects({ file: await asyncBufferFromFile(at('parquet-true', 'reports.parquet')) }) : [];
    const words = `${files.map((file) => readFileSync(file, 'utf8')).join('\n')}${JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`;
    expect(words).toContain('******************');
    for (const secret of [IDENTITY, IDENTITY.slice(6, 14), '０１１2３1', '0731-82581234', PLATE, '电话13812345678']) expect(words).not.toContain(secret);
  });

  it('masks the evidence of the ledger but no address in it', () => {
    const ledger = readFileSync(at('csv-true', 'ledger.csv'), 'utf8');
    expect(ledger).toContain('http://x.example/13812345678');
    expect(ledger).toContain('电话****-********');
  });

  it('counts the masks in the manifest and explains them in the README', async () => {
    const manifest = (redact: boolean): { redaction: unknown } => JSON.parse(readFileSync(at(`jsonl-${redact}`, 'manifest.json'), 'utf8')) as { redaction: unknown };
    // Identity: text, title. Phones: two in the text, publisher, cell, notice; the sentence is a piece of the text. Plates: text, attachment.
    expect(manifest(true).redaction).toEqual({ sign: '*', masks: { identity: 2, phone: 5, plate: 2 }, documents: 1 });
    expect(manifest(false).redaction).toBeNull();
    expect((await run('jsonl')).redaction).toEqual(manifest(true).redaction);
    const readme = (redact: boolean): string => readFileSync(at(`jsonl-${redact}`, 'README.md'), 'utf8');
    expect(readme(true)).toContain('## Redacted · 脱敏');
    expect(readme(false)).not.toContain('## Redacted');
  });

  it.each(['warc', 'wacz'] as const)('%s: refuses, and leaves nothing', async (format) => {
    await expect(run(format)).rejects.toMatchObject({ code: 'export-redact', exitCode: 2, message: expect.stringContaining('raw bytes') as unknown });
    expect(readdirSync(folder.path)).not.toContain(`${format}-true`);
  });
});
