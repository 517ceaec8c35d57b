/** Document files: the same report as its HTML twin from each kind, and a notice from each hostile one. */
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { isDocumentFile, readFileText, withAttachment } from '../../src/attachments/attachment.js';
import { fileKind } from '../../src/attachments/file-kind.js';
import { openCapture, readDocument, readPage } from '../../src/pipeline.js';
import type { Capture, Cell, Recognised } from '../../src/record.js';
import { loadDivisions } from '../../src/seeds/divisions.js';
import { AGENCY, REPORTS, docxOf, htmlOf, workbookOf, zipOf } from './files.js';

const NOWHERE = 'http://gaj.huangshan.gov.cn/zwgk/nb/202201/';

function captureOf(payload: Uint8Array, name = 'P020220116338899001122.docx'): Capture {
  return {
    url: `${NOWHERE}${name}`, seed: null, kind: 'article', heardVia: 'import', hops: 0, referrer: null, anchor: null, listedOn: null, captureId: 0, runId: null, finalUrl: `${NOWHERE}${name}`, status: 200,
    headers: {}, redirects: [], mediaType: null, payload, payloadDigest: '', fetchedAt: '2022-01-16T00:00:00.000Z', durationMs: 0, fetchedBy: 'import',
  };
}

async function read(payload: Uint8Array): Promise<Recognised> {
  return readDocument(await openCapture(captureOf(payload)), loadDivisions());
}

const numbers = (cells: readonly Cell[]): Map<string, number | null> => new Map(cells.map(({ table, row, column, value }) => [`${table}/${row}/${column}`, value]));

const KINDS: readonly (readonly [name: string, make: (report: (typeof REPORTS)[number]) => Uint8Array, kind: string])[] = [
  ['DOCX', ({ document }) => docxOf(document), 'docx'],
  ['XLSX', ({ document }) => workbookOf(document, 'xlsx'), 'sheet'],
  ['XLS', ({ document }) => workbookOf(document, 'biff8'), 'sheet'],
  ['ZIP of a DOCX', ({ document }) => zipOf({ '年报/报告.docx': docxOf(document), '年报/说明.txt': Buffer.from('说明') }), 'zip'],
];

describe.each(KINDS)('a report as %s', (_name, make, kind) => {
  it.each(REPORTS.map((report) => [report.year, report] as const))('gives what its HTML twin gives: %i', async (year, report) => {
    const payload = make(report);
    expect(fileKind(payload)).toBe(kind);
    const [file, twin] = [await read(payload), await read(htmlOf(report.document))];
    expect(numbers(twin.cells)).toEqual(numbers(report.cells as readonly Cell[]));
    expect(numbers(file.cells)).toEqual(numbers(twin.cells));
    expect(file).toMatchObject({ pageKind: 'annual-report', agency: AGENCY, year, formatEra: report.era, title: twin.title });
    expect(file.checks.filter(({ state }) => state === 'fail')).toEqual([]);
  });
});

describe('a report as DOCX', () => {
  it('gives the very words', async () => {
    for (const { document } of REPORTS) expect((await read(docxOf(document))).text).toBe((await read(htmlOf(document))).text);
  });
});

async function pdfOf(pages: number, text: string): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let page = 0; page < pages; page += 1) document.addPage([100, 100]).drawText(text, { size: 6, x: 5, y: 90, font, lineHeight: 8 });
  return document.save();
}

describe('a PDF', () => {
  it('gives its words in lines', async () => {
    const { html, notices } = await readFileText(await pdfOf(2, 'Requests 19 in 2021\nAnswered 19 & none <open>'));
    expect(notices).toEqual([]);
    expect(html).toContain('Requests 19 in 2021');
    expect(html).toContain('Answered 19 &amp; none &lt;open&gt;');
  });

  it('with broken references gives what can be found', async () => {
    const broken = Buffer.from(Buffer.from(await pdfOf(1, 'Requests')).toString('latin1').replaceAll('endobj', 'xxxxxx'), 'latin1');
    expect((await readFileText(broken)).html).toContain('Requests');
  });

  it('of pictures says that it holds no words', async () => {
    expect(await readFileText(await pdfOf(1, ''))).toMatchObject({ html: '', notices: [{ code: 'attachment-unreadable', room: 'attachments' }] });
  });
});

describe('a cover page', () => {
  const cover = (link: string): Capture => ({ ...captureOf(Buffer.from(`<!doctype html><html><head><meta charset="utf-8"><title>报告</title></head><body><div class="content"><h1>报告</h1><p>附件：${link}</p></div><div class="footer">主办单位</div></body></html>`), 't.html'), kind: 'article' });

  it.each([
    ['by its name', '<a href="./P0.docx">报告.docx</a>', 'P0.docx'], ['by its name in percent signs', '<a href="%E6%8A%A5%E5%91%8A.docx">报告.docx</a>', '%E6%8A%A5%E5%91%8A.docx'],
    ['by its name in characters', '<a href="报告2.docx">报告.docx</a>', '%E6%8A%A5%E5%91%8A2.docx'],
    ['by its name in GBK', '<a href="%b1%a8%b8%e6.docx">报告.docx</a>', '%B1%A8%B8%E6.docx'],
  ])('takes the words of its file in behind the link, found %s', (_how, link, name) => {
    const joined = withAttachment(readPage(cover(link)), { html: '<p>一、总体情况</p>', notices: [], url: `${NOWHERE}${name}`, isPicture: false });
    expect(joined.markup).toContain(`</a><div><p>一、总体情况</p></div></p>`);
  });

  it('whose link is not found takes them in at its end', () => {
    const joined = withAttachment(readPage(cover('见网站')), { html: '<p>一、总体情况</p>', notices: [], url: `${NOWHERE}P0.docx`, isPicture: false });
    expect(joined.markup).toContain('<div><p>一、总体情况</p></div></body>');
  });
});

const zeros = (bytes: number): Uint8Array => new Uint8Array(bytes);
const docx = (): Uint8Array => docxOf((REPORTS[0] as (typeof REPORTS)[number]).document);
const wordXml = (body: string, doctype = ''): Uint8Array => zipOf({
  '[Content_Types].xml': Buffer.from('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
  '_rels/.rels': Buffer.from('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
  'word/document.xml': Buffer.from(`<?xml version="1.0"?>${doctype}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`),
});
const LAUGHS = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${Array.from({ length: 9 }, (_, level) => `<!ENTITY ${'bcdefghij'[level]} "${`&${'abcdefghi'[level]};`.repeat(10)}">`).join('')}]>`;

describe('hostile files', () => {
  const CASES: readonly (readonly [name: string, make: () => Uint8Array | Promise<Uint8Array>, code: string])[] = [
    ['a ZIP bomb', () => zipOf({ 'a.docx': docx(), 'b.bin': zeros(200 * 2 ** 20) }), 'attachment-too-large'],
    ['a DOCX that is a bomb', () => zipOf({ 'word/document.xml': zeros(150 * 2 ** 20) }), 'attachment-too-large'],
    ['an XLSX that is a bomb', () => zipOf({ 'xl/workbook.xml': zeros(150 * 2 ** 20) }), 'attachment-too-large'],
    ['a ZIP of too many files', () => zipOf(Object.fromEntries(Array.from({ length: 2500 }, (_, index) => [`f${index}.txt`, zeros(1)]))), 'attachment-too-large'],
    ['a ZIP of nothing that is read', () => zipOf({ 'readme.txt': Buffer.from('x') }), 'attachment-unreadable'],
    ['a ZIP within a ZIP', () => zipOf({ 'inner.zip': zipOf({ 'a.docx': docx() }) }), 'attachment-unreadable'],
    ['a ZIP cut short', () => zipOf({ 'a.docx': docx() }).subarray(0, 400), 'attachment-unreadable'],
    ['a ZIP whose directory lies', () => { const bytes = zipOf({ 'a.docx': docx() }); bytes[bytes.length - 6] = 0xff; return bytes; }, 'attachment-unreadable'],
    ['a DOCX without a document', () => zipOf({ 'word/document.xml.bak': zeros(10) }), 'attachment-unreadable'],
    ['a DOCX of broken XML', () => wordXml('<w:p><w:r></w:p>'), 'attachment-unreadable'],
    ['a DOCX cut short', () => docx().subarray(0, 3000), 'attachment-unreadable'],
    ['an OLE file of nothing', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('WordDocument', 'utf16le'), zeros(600)]), 'attachment-unreadable'],
    ['a workbook of nothing', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('Workbook', 'utf16le'), zeros(600)]), 'attachment-unreadable'],
    ['a PDF of nothing', () => Buffer.from('%PDF-1.7\nnothing'), 'attachment-unreadable'],
    ['a PDF cut short', async () => (await pdfOf(1, 'x')).subarray(0, 200), 'attachment-unreadable'],
    ['a PDF of 600 pages', () => pdfOf(600, 'x'), 'attachment-too-large'],
    ['a picture', () => Buffer.from('89504e470d0a1a0a', 'hex'), 'attachment-unreadable'],
  ];

  it.each(CASES)('%s ends in a notice', async (_name, make, code) => {
    const { html, notices } = await readFileText(await make());
    expect(html).toBe('');
    expect(notices.map((notice) => notice.code)).toEqual([code]);
    expect(notices[0]?.message).toMatch(/kept/u);
  });

  it.each([
    ['a DOCX that multiplies entities', () => wordXml('<w:p><w:r><w:t>&j;</w:t></w:r></w:p>', LAUGHS)],
    ['a DOCX that asks for a file of the system', () => wordXml('<w:p><w:r><w:t>&x;</w:t></w:r></w:p>', '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')],
    ['a DOCX with markup in its words', () => wordXml('<w:p><w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r></w:p>')],
  ])('%s gives neither files nor scripts, and no end of words', async (_name, make) => {
    const { html } = await readFileText(make());
    expect(html.length).toBeLessThan(10_000);
    expect(html).not.toMatch(/root:|<script/u);
  });

  it('a page is no document file', () => {
    expect(isDocumentFile(htmlOf((REPORTS[0] as (typeof REPORTS)[number]).document))).toBe(false);
  });
});
