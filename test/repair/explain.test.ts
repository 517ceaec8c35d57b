/** The shell's and the shelf's way to repair: any text or page, with its account. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repairCommand } from '../../src/commands/repair.js';
import type { CommandContext } from '../../src/commands/context.js';
import { DEFAULTS } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { explainRepairs, explanationLines } from '../../src/repair/explain.js';
import { docxOf } from '../farm/docx.js';
import { encode, pageOf } from '../decode/page.js';

const DAMAGED = '公\u200b安局&nbsp;政务公开函〔202130号';

let folder: string;
let printed: string;
let logged: string;

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'repair-')); printed = ''; logged = ''; });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

function contextOf(json: boolean, table = false): CommandContext {
  return {
    config: DEFAULTS, configDigest: '', cwd: folder, json, log: createLog('normal', (text) => { logged += text; }), terminal: { progress: false, table, columns: 80 },
    print: (text) => { printed += text; }, divisions: () => { throw new Error('not needed'); }, now: () => 0, signal: new AbortController().signal,
  };
}

async function repairFile(bytes: Uint8Array, options: { json?: boolean; explain?: boolean; table?: boolean } = {}): Promise<number> {
  writeFileSync(join(folder, 'in.txt'), bytes);
  return repairCommand(contextOf(options.json ?? false, options.table), { file: 'in.txt', explain: options.explain ?? false });
}

describe('explained repairs', () => {
  it('give the text and what was done', () => {
    const explained = explainRepairs(DAMAGED);
    expect(explained.text).toBe('公安局 政务公开函〔2021〕30号');
    expect(explained.repairs.map(({ step, method }) => [step, method])).toEqual([
      ['invisible-characters', 'recovered'], ['undecoded-entities', 'recovered'], ['document-number', 'inferred'],
    ]);
    expect(explanationLines(explained).join('\n')).toContain('document-number: 1 place, 1 of them inferred\n  at 20: "" -> "〕" (inferred, 0.95)');
  });

  it('say when there is nothing to do', () => expect(explanationLines(explainRepairs('公安局'))).toEqual(['nothing to repair']));
});

describe('nianbao repair', () => {
  it.each(['一、概述\r\n\r\n　　公安局\t12\n', 'Annual report', ''])('prints a sound text as it is: %j', async (text) => {
    expect(await repairFile(encode(text, 'utf8'))).toBe(0);
    expect(printed).toBe(text);
  });

  it('reads a GBK text', async () => {
    await repairFile(encode('清河市公安局政府信息公开年度报告\n', 'gb18030'));
    expect(printed).toBe('清河市公安局政府信息公开年度报告\n');
  });

  it('prints the main text of a page', async () => {
    await repairFile(encode(pageOf('<meta charset=gb2312>').replace('公安局', '公\u00ad安局'), 'utf8'));
    expect(printed).toContain('清河市公安局2016年政府信息公开工作年度报告\n');
    expect(printed).not.toContain('<');
  });

  it('explains on stderr, so that the text can be kept in a file', async () => {
    await repairFile(encode(DAMAGED, 'utf8'), { explain: true });
    expect(printed).toBe('公安局 政务公开函〔2021〕30号');
    expect(logged).toMatch(/^# charset: utf-8/u);
    expect(logged).toContain('# invisible-characters: 1 place\n');
  });

  it('lets no control character reach a terminal, and every one a file', async () => {
    const text = '公安局\u001b[31m红\u0007\r\n二\u009b行\n';
    await repairFile(encode(text, 'utf8'), { table: true });
    expect(printed).toBe('公安局\ufffd[31m红\ufffd\n二\ufffd行\n');
    printed = '';
    await repairFile(encode(text, 'utf8'));
    expect(printed).toBe(text);
  });

  it('says unasked what is lost for good, and nothing where nothing is', async () => {
    await repairFile(encode('清河县公安局??????办理\n', 'utf8'));
    expect(logged).toBe('Lost and not repaired: characters replaced by question marks: 1 place. Only another copy of the text has them.\n');
    logged = '';
    await repairFile(encode('清河县公安局\n', 'utf8'));
    expect(logged).toBe('');
  });

  it('reads a document file', async () => {
    writeFileSync(join(folder, 'in.docx'), docxOf({ title: '清河县公安局2016年年度报告', blocks: [{ kind: 'paragraph', text: '清河县公\u200b安局全年受理申请19件，均在法定期限内答复。' }] }));
    expect(await repairCommand(contextOf(false), { file: 'in.docx', explain: false })).toBe(0);
    expect(printed).toContain('清河县公安局全年受理申请19件，均在法定期限内答复。\n');
  });

  it('gives one JSON document', async () => {
    await repairFile(encode(DAMAGED, 'utf8'), { json: true });
    expect(JSON.parse(printed)).toMatchObject({ text: '公安局 政务公开函〔2021〕30号', charset: { used: 'utf-8' }, repairs: [{ step: 'invisible-characters', start: 1, end: 2 }, {}, {}] });
  });

  it('reads stdin', async () => {
    await repairCommand(contextOf(false), { file: '-', explain: false, readInput: () => encode('公&#23433;局', 'utf8') });
    expect(printed).toBe('公安局');
  });

  it.each([
    ['a missing file', null], ['a broken PDF', Buffer.from('%PDF-1.7')], ['a program', readFileSync(process.execPath).subarray(0, 100_000)], ['a picture', Buffer.from('\u0089PNG\r\n\u001a\n\0\0', 'latin1')],
  ])('refuses %s', async (_name, bytes) => {
    if (bytes) writeFileSync(join(folder, 'x'), bytes);
    await expect(repairCommand(contextOf(false), { file: 'x', explain: false })).rejects.toMatchObject({ exitCode: 2, message: expect.not.stringMatching(/ENOENT/u) as unknown });
  });
});
